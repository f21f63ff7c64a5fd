"""What became of every text: marks counted by file and column, never quoted.

One pass counts all marks and says at which record each was found first; a second, only
over plain columns where a code was not listed, says which.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from .catalogue import finding
from .contract import Field
from .engine import Connection
from .expressions import columns_of, parse_expression
from .finding import Finding
from .mapping import Mapping
from .plan import OUTSIDE, SECOND, unlisted_statement, unpacked
from .times import NEVER, TWICE
from .values import DISORDER, EMPTY, OUT_OF_RANGE, TEXT_NULL, UNKNOWN, UNREADABLE, Column

MOST_CODES, LONGEST_CODE = 8, 30
"""So many unlisted codes are named, the commonest first, and none that is longer."""

_UNREADABLE = {"boolean": "not_yes_or_no", "date": "not_a_time", "datetime": "not_a_time"}


Told = tuple[str, str, int]
"""What became of a value, as `plan.unpacked` says it; ('', '', out) of a whole record."""


@dataclass
class Tally:
    """How many records of a file each thing became of, and at which record first."""

    counts: dict[Told, int] = field(default_factory=dict)
    first: dict[Told, int] = field(default_factory=dict)

    def add(self, told: Told, count: int, line: int) -> None:
        self.counts[told] = self.counts.get(told, 0) + count
        self.first[told] = min(line, self.first.get(told, line))


def check_records(
    connection: Connection,
    text: str,
    records: str,
    mapping: Mapping,
    columns: Sequence[Column],
    sql: Map[str, str],
) -> list[Finding]:
    """Every finding on the records that one mapping gave, by file and then by column."""
    found: list[Finding] = []
    for file, tally in _tallies(connection, records, columns).items():
        for column in columns:
            found += _column(column, mapping, file, tally)
        if outside := tally.counts.get(("", "", OUTSIDE)):
            said = f"covers {mapping.covers}; first at record {tally.first['', '', OUTSIDE]}"
            found.append(
                finding(
                    "outside_covers", mapping.table, file, outside, mapping.contract.month, said
                )
            )
    return [_with_codes(one, connection, text, mapping, columns, sql) for one in found]


def _tallies(connection: Connection, records: str, columns: Sequence[Column]) -> dict[str, Tally]:
    """The tally of each file, in the order of their names. Records of which the same became
    are counted together, so that DuckDB does the counting."""
    rows = connection.execute(
        f"SELECT _file, _out, _marks, _times, count(*), min(_line) FROM {records}"
        " GROUP BY ALL ORDER BY _file"
    ).fetchall()
    tallies: dict[str, Tally] = {}
    for file, out, marks, times, count, line in rows:
        tally = tallies.setdefault(file, Tally())
        tally.add(("", "", out), count, line)
        for told in unpacked(columns, marks, times):
            tally.add(told, count, line)
    return tallies


def _column(column: Column, mapping: Mapping, file: str, tally: Tally) -> Iterator[Finding]:
    """The findings on one column of one file."""
    field = column.field

    def told(name: str, mark: int, detail: str = "") -> Iterator[Finding]:
        key = ("s", field.name, mark)
        if count := tally.counts.get(key):
            said = "; ".join(
                part for part in (detail, f"first at record {tally.first[key]}") if part
            )
            yield finding(name, mapping.table, file, count, field.name, said)

    lost = "the records are left out" if field.required else ""
    yield from told("text_null", TEXT_NULL, "not declared in nulls")
    if field.required:
        yield from told("required_missing", EMPTY, lost)
    yield from told(_unknown(field), UNKNOWN, lost)
    yield from told(_UNREADABLE.get(field.type, "not_a_number"), UNREADABLE, lost)
    yield from told("out_of_range", OUT_OF_RANGE, _bounds(field))
    yield from told("impossible_order", DISORDER)
    yield from _clock(column, mapping, file, tally)


def _clock(column: Column, mapping: Mapping, file: str, tally: Tally) -> Iterator[Finding]:
    """The findings on how times are written and on the nights when clocks change."""
    name = column.field.name
    once, again = (tally.counts.get(("d", name, kind), 0) for kind in (TWICE, SECOND))
    if once + again:
        said = f"{once} taken as the first, {again} as the second because of the order of events"
        yield finding("dst_ambiguous", mapping.table, file, once + again, name, said)
    if gap := tally.counts.get(("d", name, NEVER)):
        said = f"first at record {tally.first['d', name, NEVER]}"
        yield finding("dst_gap", mapping.table, file, gap, name, said)
    formats = enumerate(mapping.columns[name].formats, 1)
    used = [(form, n) for at, form in formats if (n := tally.counts.get(("f", name, at)))]
    if len(used) > 1:
        said = ", ".join(f"{form}: {count}" for form, count in used)
        count = sum(count for _, count in used)
        yield finding("mixed_formats", mapping.table, file, count, name, said)


def _unknown(field: Field) -> str:
    return {"area": "unknown_area", "force": "unknown_force"}.get(field.name, "unknown_code")


def _bounds(field: Field) -> str:
    limits = (("from", field.minimum), ("to", field.maximum))
    told = [f"{word} {limit:g}" for word, limit in limits if limit is not None]
    return " ".join(["allowed", *told])


def _with_codes(
    found: Finding,
    connection: Connection,
    text: str,
    mapping: Mapping,
    columns: Sequence[Column],
    sql: Map[str, str],
) -> Finding:
    """Name the codes that are not listed, where that cannot tell of a person."""
    if found.name not in ("unknown_code", "unknown_area", "unknown_force"):
        return found
    column = next(c for c in columns if c.field.name == found.column)
    if not column.field.plain or _shares(column.field, mapping):
        return found
    query = unlisted_statement(text, mapping, column, sql)
    rows = connection.execute(query, {"file": found.file}).fetchall()
    named = [code for code, _ in rows if len(code) <= LONGEST_CODE][:MOST_CODES]
    more = len(rows) - len(named)
    if not named:
        return found
    said = "not listed: " + ", ".join(named) + (f" and {more} more" if more else "")
    detail = "; ".join(part for part in (said, found.detail) if part)
    return Finding(**{**found.__dict__, "detail": detail})


def _shares(field: Field, mapping: Mapping) -> bool:
    """Whether a column of the file also fills a column that may tell of a person.

    A mapping that has mixed up two columns must not print the one under the other's name.
    """

    def uses(name: str) -> set[str]:
        tree = parse_expression(mapping.columns[name].sql, mapping.where)
        return {column.lower() for column in columns_of(tree)}

    private = {f.name for f in mapping.contract.mapped if not f.plain} & set(mapping.columns)
    return bool(uses(field.name) & {column for name in private for column in uses(name)})
