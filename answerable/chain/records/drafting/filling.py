"""How a column of a file would fill one of the contract, if it can, with the reasons."""

import re

from ...body import Body
from ..contract import Contract, Field
from ..expressions import quoted
from .coding import as_code, has_names
from .contents import ISO, Column
from .guess import ASK, Filled
from .headers import ALIKE

MONTHS = re.compile(r"\d{4}-\d{2}")
NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,9})?")
COMMA = re.compile(r"[-+]?\d{1,9},\d{1,9}")
NAMED = re.compile(r"name\b|initials", re.IGNORECASE)
"""What heads a column of people's names."""


def offer_of(
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
    named = has_names(contract, wanted)
    if wanted.name == "area" or wanted.enum or (named and column.share(NUMBER) < 0.99):
        return as_code(made, contract, wanted, column, like, body)
    if wanted.type in ("number", "integer"):
        return _as_number(made, column, like)
    if not wanted.plain:
        if NAMED.search(column.name):
            return None  # a pseudonymous key is never a person's name
        return _as_key(made, contract, column, like, wanted)
    return made if like and not column.times else None


def _as_time(made: Filled, wanted: Field, column: Column, like: float) -> Filled | None:
    if not like:
        return None
    if wanted.type == "date" and column.share(MONTHS) > 0.9:
        made.sql, made.months_alone = f"concat({made.sql}, '-01')", True
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
    if not like or column.times or column.booleans:
        return None
    once = column.distinct / column.filled
    if wanted.name in contract.key and len(contract.key) == 1:
        full = column.filled / max(column.rows, 1)
        made.why.append(
            f"{column.distinct:,} different values in {column.filled:,} of {column.rows:,} records"
        )
        made.score = like * (1 if once > 0.98 and full > 0.98 else 0.7 if once > 0.5 else 0.3)
    return made
