"""Which table a file is, and what fills each of its columns: every guess with its reason.

A guess rests on what the columns are called and on what stands in them. A code is matched
only where it is spelled as a code of the contract or as that code's plain name; what a code
of the force means is the force's to say.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from ...body import Body, InputMistake, Month, Problem, shipped
from ..contract import Contract, Field, contracts
from ..defects import few
from ..expressions import quoted
from .clock import clock_of
from .contents import ISO, Column, Contents
from .headers import ALIKE, likeness, speaks_for

SURE, FAIRLY, NOT = "sure", "fairly sure", "not sure"
ENOUGH = 0.45
"""A column is taken for one of the contract's when likeness times fit is at least this."""
BY_CONTENTS = 0.5
FEW = 100
"""Of fewer records the first and the last tell little of the months that a file covers."""
MONTHS = re.compile(r"\d{4}-\d{2}")
NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,9})?")
COMMA = re.compile(r"[-+]?\d{1,9},\d{1,9}")
ASK = "ask"
"""The clock of times of which nothing says which it is."""
MOST_SPELLINGS = 2_000
"""A column with more different values than this is not coded."""
NAMED = re.compile(r"name\b|initials", re.IGNORECASE)
"""What heads a column of people's names."""
BLANK = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Guess:
    """One guess: what was guessed, what was taken, why, and how sure it is."""

    what: str
    taken: str
    why: str
    sure: str


@dataclass
class Filled:
    """How one column of the contract would be filled.

    column    the place of the file's column
    codes     the file's codes with what each is in the contract
    unknown   values without a meaning, told only where they are codes and not names; `told`
              says whether they are
    filled    in how many records a coded column holds something
    questions what must be answered before the mapping can be used
    """

    name: str
    column: int
    sql: str
    score: float
    why: list[str]
    codes: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    clock: str = ""
    unknown: dict[str, int] = field(default_factory=dict)
    told: bool = True
    filled: int = 0
    questions: list[str] = field(default_factory=list)

    @property
    def sure(self) -> str:
        if self.questions or self.unknown or self.score < 0.7:
            return NOT
        return SURE if self.score >= 0.99 else FAIRLY


@dataclass(frozen=True)
class Choice:
    """A table with what would fill its columns, and how well it fits: 0 to 1."""

    contract: Contract
    filled: dict[str, Filled]
    fit: float
    questions: list[str] = field(default_factory=list)


def choose_table(contents: Contents, body: Body | None, table: str = "") -> tuple[Choice, Guess]:
    """The table that a file is. Raises InputMistake when it cannot be told."""
    known = contracts()
    if table and table not in known:
        raise InputMistake(
            Problem("--table", f"there is no table '{table}'", ", ".join(sorted(known)),
                    "Correct the name of the table.")
        )  # fmt: skip
    wanted = [known[table]] if table else list(known.values())
    choices = sorted(
        (fill(contract, contents, body) for contract in wanted), key=lambda each: -each.fit
    )
    best = choices[0]
    if table and not best.filled:
        raise InputMistake(
            Problem(
                contents.sample.path.name,
                f"none of its columns is named like one of {best.contract.name}",
                next_step="Correct the table, or write the mapping by hand.",
            )
        )
    named = sum(filled.score >= 0.7 for filled in best.filled.values())
    if not table and (best.fit < 0.3 or named < 2):
        alike = ", ".join(each.contract.name for each in choices[:3])
        raise InputMistake(
            Problem(
                contents.sample.path.name,
                "its columns are not those of any one table",
                ", ".join(sorted(known)),
                f"Say which it is with --table; the nearest are {alike}.",
            )
        )
    return best, _table_guess(choices, bool(table))


def _table_guess(choices: list[Choice], given: bool) -> Guess:
    best = choices[0]
    if given:
        return Guess("table", best.contract.name, "given with --table", SURE)
    why = f"{len(best.filled)} of its {len(best.contract.mapped)} columns seem to be here"
    ahead = best.fit - (choices[1].fit if len(choices) > 1 else 0)
    if ahead < 0.1:
        why += f"; {choices[1].contract.name} fits nearly as well"
    sure = SURE if ahead > 0.25 and best.fit > 0.5 else FAIRLY if ahead >= 0.1 else NOT
    return Guess("table", best.contract.name, why, sure)


def fill(contract: Contract, contents: Contents, body: Body | None) -> Choice:
    """What would fill the columns of one table, each column of the file used once."""
    offers = sorted(
        _offers(contract, contents, body), key=lambda each: (-each.score, each.column, each.name)
    )
    filled: dict[str, Filled] = {}
    used: set[int] = set()
    for offer in offers:
        if offer.name not in filled and offer.column not in used:
            filled[offer.name] = offer
            used.add(offer.column)
    weights = {each.name: 2.0 if each.required else 1.0 for each in _fields(contract)}
    fit = sum(weights[name] * min(1, each.score) for name, each in filled.items())
    sample = contents.sample
    told = speaks_for(contract, f"{sample.path.name} {sample.sheet}", sample.columns)
    ordered = {each.name: filled[each.name] for each in _fields(contract) if each.name in filled}
    return Choice(contract, ordered, 0.7 * fit / sum(weights.values()) + 0.3 * told)


def tell_clocks(contents: Contents, choice: Choice, zone: str) -> Iterator[Guess]:
    """Settle the clock of the times of which nothing says which it is, all alike.

    Where the file does not tell either, it stays to be decided.
    """
    times = [each for each in choice.filled.values() if each.clock == ASK]
    if not times:
        return
    clock, why = clock_of(((contents.columns[each.column], each.formats) for each in times), zone)
    for each in times:
        each.clock = clock
    if clock:
        yield Guess("clock", clock, why, FAIRLY)
    else:
        named = few(each.name for each in times)
        choice.questions.append(f'clock: {why}; add clock = "utc" to {named} if it is UTC')


def _fields(contract: Contract) -> list[Field]:
    return [each for each in contract.mapped if each.name != "force"]


def _offers(contract: Contract, contents: Contents, body: Body | None) -> Iterator[Filled]:
    for wanted in _fields(contract):
        for at, column in enumerate(contents.columns):
            like = likeness(column.name, contract.name, wanted)
            offer = _offer(contract, wanted, at, column, like, body)
            if offer and offer.score >= ENOUGH:
                yield offer


def _offer(
    contract: Contract, wanted: Field, at: int, column: Column, like: float, body: Body | None
) -> Filled | None:
    """How a column of the file would fill one of the contract; None where it cannot."""
    made = Filled(wanted.name, at, quoted(column.name), like, [])
    if like:
        how = "named as it is known" if like >= ALIKE else "named much like it"
        made.why.append(how)
    if not column.filled:
        made.why.append("nothing stands in it here")
        made.score = 0.9 * like
        return made if like >= ALIKE else None
    if wanted.type in ("date", "datetime"):
        return _as_time(made, wanted, column, like)
    if wanted.type == "boolean":
        return _as_boolean(made, column, like)
    named = f"{contract.name}.{wanted.name}" in _names()
    if wanted.name == "area" or wanted.enum or (named and column.share(NUMBER) < 0.99):
        return _as_code(made, contract, wanted, column, like, body)
    if wanted.type in ("number", "integer"):
        return _as_number(made, column, like)
    if not wanted.plain:
        if NAMED.search(column.name):
            return None  # a pseudonymous key is never a person's name
        return _as_key(made, contract, column, like, wanted)
    return made if like and not _is_time(column) else None


def _is_time(column: Column) -> bool:
    return column.written.share > 0.9


def _as_time(made: Filled, wanted: Field, column: Column, like: float) -> Filled | None:
    if not like:
        return None
    if wanted.type == "date" and column.share(MONTHS) > 0.9:
        made.sql = f"concat({made.sql}, '-01')"
        made.why.append("it tells months alone")
        made.questions.append("it tells months alone: may the first day stand for each?")
        made.score = 0.8 * like
        return made
    written = column.written
    if written.share < 0.9 or (wanted.type == "datetime" and not written.hours):
        return None
    made.formats = written.formats
    if made.formats == (ISO,):
        made.formats = ()
        made.why.append("written as ISO 8601")
    else:
        made.formats = tuple(form or _iso_as_format(column) for form in made.formats)
        said = " and ".join(made.formats)
        made.why.append(f"written as {said}" + ("" if written.share == 1 else ", nearly all"))
    made.score = like * (0.9 if written.unclear or written.share < 1 else 1)
    if written.unclear:
        made.questions.append("no value shows whether the day or the month comes first")
    if wanted.type == "datetime":
        named = bool(re.search(r"utc|gmt|zulu", column.name, re.IGNORECASE))
        made.clock = "utc" if written.utc or named else ASK
        if made.clock == "utc":
            made.why.append("its name or its values say UTC")
    return made


def _iso_as_format(column: Column) -> str:
    """ISO 8601 as a format, for a column in which it stands beside another."""
    value = next((v for v in column.commonest() if re.match(r"\d{4}-\d\d-\d\d", v)), "")
    mark = "T" if "T" in value else " "
    return (
        "%Y-%m-%d"
        if len(value) <= 10
        else f"%Y-%m-%d{mark}%H:%M" + (":%S" if value.count(":") == 2 else "")
    )


def _as_boolean(made: Filled, column: Column, like: float) -> Filled | None:
    if not like:
        return None
    if column.booleans:
        made.why.append("it says yes and no")
        return made
    if column.distinct > 4:
        return None
    made.score = 0.6 * like
    made.unknown = dict(column.counts)
    made.told, made.filled = column.may_be_told, column.filled
    return made


def _as_number(made: Filled, column: Column, like: float) -> Filled | None:
    if not like:
        return None
    if column.share(NUMBER) >= 0.99:
        made.why.append("it holds numbers")
    elif column.share(NUMBER) + column.share(COMMA) >= 0.99:
        made.sql = f"replace({made.sql}, ',', '.')"
        made.why.append("it holds numbers with a comma for the point")
    else:
        return None
    return made


def _as_key(
    made: Filled, contract: Contract, column: Column, like: float, wanted: Field
) -> Filled | None:
    """A reference or a pseudonym: told by its name, and by how often it repeats itself."""
    if not like or _is_time(column) or column.booleans:
        return None
    once = column.distinct / column.filled
    if wanted.name in contract.key and len(contract.key) == 1:
        full = column.filled / max(column.rows, 1)
        made.why.append(
            f"{column.distinct:,} different values in {column.filled:,} of {column.rows:,} records"
        )
        made.score = like * (1 if once > 0.98 and full > 0.98 else 0.7 if once > 0.5 else 0.3)
    return made


def _as_code(
    made: Filled, contract: Contract, wanted: Field, column: Column, like: float, body: Body | None
) -> Filled | None:
    """A coded column. Codes are matched by their spelling alone."""
    if column.distinct > MOST_SPELLINGS:
        return None
    known = _spellings(contract, wanted, body)
    plainly = column.spelled(_plain)
    matched = {value: known[key] for value, key in plainly.items() if key in known}
    share = sum(column.counts[value] for value in matched) / column.filled
    if not like and not (share >= 0.8 and len(set(matched.values())) > 1 and wanted.name != "area"):
        return None
    if _is_time(column):
        return None
    if not like:
        made.why.append("its values are codes of the table")
    made.unknown = {v: column.counts[v] for v in column.commonest() if v not in matched}
    made.told, made.filled = column.may_be_told, column.filled
    if any(value != code for value, code in matched.items()):
        made.codes = dict(sorted(matched.items(), key=lambda item: (item[1], item[0])))
    elif made.unknown:
        made.codes = {value: value for value in sorted(matched)}
    if matched:
        made.why.append(f"{share:.0%} of its values are spelled as codes or their names")
    weight = 0.6 + 0.4 * share if column.may_be_told else 0.5 + 0.5 * share
    made.score = like * weight if like else BY_CONTENTS * share
    return made


@cache
def _names() -> dict[str, dict[str, str]]:
    """The plain names of codes by column: 'incidents.strand' → {name: code}."""
    named: dict[str, dict[str, str]] = {}
    for path in shipped("codes", ".toml").values():
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        for column in read["columns"]:
            named[column] = {str(name): code for code, name in read["names"].items()}
    return named


def _spellings(contract: Contract, wanted: Field, body: Body | None) -> dict[str, str]:
    """Plain spelling → code, for each code and its name; a spelling of two codes is of none."""
    if wanted.name == "area":
        areas = body.areas if body else ()
        pairs = [(area.code, area.code) for area in areas] + [(a.name, a.code) for a in areas]
    else:
        names = _names().get(f"{contract.name}.{wanted.name}", {})
        codes = wanted.enum or tuple(names.values())
        pairs = [(code, code) for code in codes]
        pairs += [(name, code) for name, code in names.items() if code in codes]
    found: dict[str, str] = {}
    for spelled, code in pairs:
        key = _plain(spelled)
        if key:
            found[key] = code if found.get(key, code) == code else ""
    return {key: code for key, code in found.items() if code}


def _plain(spelled: str) -> str:
    """A spelling without regard to case, spaces, dashes and signs; `&` is 'and'."""
    return BLANK.sub(" ", spelled.casefold().replace("&", " and ")).strip()


def covers_of(contents: Contents, choice: Choice) -> tuple[str, tuple[str, ...], Guess]:
    """The months that the file covers, those half covered, and the guess.

    Months at either end with hardly a record in them (under a hundredth of the usual) are taken
    for mistakes of dates. The period is empty where no date can be read.
    """
    contract = choice.contract
    filed = next((f for f in contract.fields if f.name == contract.month), None)
    source = choice.filled.get((filed.civil_date_of or filed.name) if filed else "")
    days = _days(contents.columns[source.column], source) if source else {}
    if source is None or not days:
        return "", (), Guess("covers", "", "no column of dates was found", NOT)
    months: dict[Month, int] = {}
    for day, count in days.items():
        month = Month(day.year, day.month)
        months[month] = months.get(month, 0) + count
    usual = sorted(months.values())[len(months) // 2]
    kept = sorted(month for month, count in months.items() if 100 * count >= usual)
    first, last = kept[0], kept[-1]
    whole_months = source.sql.startswith("concat(")
    half = () if whole_months else _half_covered(days, first, last)
    why = f"the first and last months in {contents.columns[source.column].name}"
    if strays := len(months) - len(kept):
        why += f"; {strays} months with hardly a record were left out"
    if half:
        why += f"; {' and '.join(half)} only in part"
    whole = contents.sample.whole and not strays and sum(days.values()) >= FEW
    covers = str(first) if first == last else f"{first}..{last}"
    return covers, half, Guess("covers", covers, why, FAIRLY if whole else NOT)


def _days(column: Column, source: Filled) -> dict[date, int]:
    import duckdb

    from ..expressions import text
    from ..values import iso

    given = "concat(v, '-01')" if source.sql.startswith("concat(") else "v"
    read = [f"TRY_STRPTIME({given}, {text(form)})" for form in source.formats] or [iso(given)]
    connection = duckdb.connect()
    try:
        found = connection.execute(
            f"SELECT coalesce({', '.join(read)})::DATE AS day, sum(n)::BIGINT FROM (SELECT"
            " unnest($v::VARCHAR[]) AS v, unnest($n::BIGINT[]) AS n) GROUP BY 1 HAVING day"
            " BETWEEN DATE '1970-01-02' AND DATE '2100-01-01'",
            {"v": list(column.counts), "n": list(column.counts.values())},
        ).fetchall()
    finally:
        connection.close()
    return {day: int(count) for day, count in found}


def _half_covered(days: dict[date, int], first: Month, last: Month) -> tuple[str, ...]:
    """The first or last month, where records of most days stop well within it."""
    inside = [day for day in days if first.first_day <= day <= last.last_day]
    if len(inside) < 0.8 * ((max(inside) - min(inside)).days + 1):
        return ()
    half = []
    if min(inside) > first.first_day + timedelta(days=1):
        half.append(str(first))
    if max(inside) < last.last_day - timedelta(days=1):
        half.append(str(last))
    return tuple(dict.fromkeys(half))
