"""One statement that turns an extract's text into a contract's records.

Every column goes through the same steps, each a query over the one before it, so that
DuckDB does them all in one pass: what the mapping says (`m_`), its value and mark (`v_`,
`s_`), its time in UTC (`d_` marks the hours of a clock change), the order of events, the
record.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map

from .contract import Contract
from .expressions import quoted, text
from .mapping import Mapping
from .times import TWICE
from .values import DISORDER, UNKNOWN, Column

USED, INCOMPLETE, OUTSIDE = 0, 1, 2
"""Whether a record is used, lacks a required value, or lies outside the covered months."""
SECOND = 3
"""Beside `CERTAIN`, `TWICE` and `NEVER`: a time in the double hour that must be its second."""


def typed_statement(
    source: str, table: str, mapping: Mapping, columns: Sequence[Column], sql: Map[str, str]
) -> str:
    """`CREATE TABLE table` with the records of the view `source`.

    sql  the checked expression of each mapped column, and of `keep`
    The table has the contract's columns (look-backs apart), `_month` (its first
    day), `_out` (`USED`, …), `_line`, `_file`, and what became of each text, packed into
    `_marks` and `_times`: see `unpacked`.
    """
    query = _stepped(_mapped(source, mapping, columns, sql), columns)
    query = _valued(query, columns)
    query = _in_utc(query, columns)
    for chain in mapping.contract.orders:
        query = _in_order(query, chain, columns)
    return f"CREATE TABLE {quoted(table)} AS {_records(query, mapping, columns)}"


MARK_BITS, TIME_BITS, DOUBLE_BITS = 3, 5, 2
"""Bits for the mark of a column; for a time, of which two say whether its hour is certain
and three in which format it was written."""


def packed_marks(columns: Sequence[Column]) -> str:
    """The marks of all columns as one number, because one column is written faster than
    twenty, and few records differ in what became of them."""
    return _packed(
        [f"{quoted('s_' + column.field.name)}::UBIGINT" for column in columns], MARK_BITS
    )


def packed_times(columns: Sequence[Column]) -> str:
    """The same for the times: the format in which each was written, and its double hour."""
    made = []
    for name, column in ((c.field.name, c) for c in timed(columns)):
        double = f"{quoted('d_' + name)}::UBIGINT" if column.local else "0::UBIGINT"
        form = f"{quoted('f_' + name)}::UBIGINT" if column.form else "0::UBIGINT"
        made.append(f"({double} + {form} * {1 << DOUBLE_BITS}::UBIGINT)")
    return _packed(made, TIME_BITS)


def timed(columns: Sequence[Column]) -> list[Column]:
    """The columns of which more is known than a mark."""
    return [column for column in columns if column.local or column.form]


def unpacked(columns: Sequence[Column], marks: int, times: int) -> Iterator[tuple[str, str, int]]:
    """What became of one record: ('s', column, mark), ('d', column, which hour), ('f',
    column, which format), without those that are zero."""
    for at, column in enumerate(columns):
        if mark := marks >> (at * MARK_BITS) & ((1 << MARK_BITS) - 1):
            yield "s", column.field.name, mark
    for at, column in enumerate(timed(columns)):
        told = times >> (at * TIME_BITS) & ((1 << TIME_BITS) - 1)
        if double := told & ((1 << DOUBLE_BITS) - 1):
            yield "d", column.field.name, double
        if form := told >> DOUBLE_BITS:
            yield "f", column.field.name, form


def _packed(terms: Sequence[str], bits: int) -> str:
    if len(terms) > 64 // bits:
        raise ValueError(f"a table with more than {64 // bits} columns needs wider marks")
    scaled = [f"{term} * {1 << (at * bits)}::UBIGINT" for at, term in enumerate(terms)]
    return f"({' + '.join(scaled) or '0::UBIGINT'})"


def unlisted_statement(source: str, mapping: Mapping, column: Column, sql: Map[str, str]) -> str:
    """The texts of one column of the file `$file` that no code list has, the commonest first."""
    query = _stepped(_mapped(source, mapping, [column], sql), [column])
    query = _valued(query, [column], keep_text=True)
    name = column.field.name
    return (
        f"SELECT {quoted('m_' + name)}, count(*) FROM ({query}) WHERE {quoted('s_' + name)} ="
        f" {UNKNOWN} AND _file = $file GROUP BY 1 ORDER BY 2 DESC, 1"
    )


def _mapped(source: str, mapping: Mapping, columns: Sequence[Column], sql: Map[str, str]) -> str:
    """What the mapping says of each column, as text without outer spaces."""
    said = [f"({sql[c.field.name]})::VARCHAR AS {quoted('m_' + c.field.name)}" for c in columns]
    keep = f" WHERE {sql['keep']}" if mapping.keep else ""
    query = f"SELECT _line, _file, {', '.join(said)} FROM {quoted(source)}{keep}"
    made = [f"{_trimmed(name)} AS {name}" for c in columns if (name := quoted(f"m_{c.field.name}"))]
    return f"SELECT _line, _file, {', '.join(made)} FROM ({query})"


def _trimmed(name: str) -> str:
    """A text without outer spaces, and nothing when nothing is left.

    Few texts have any, and looking is ten times quicker than trimming: whatever sorts
    before `!` begins with a space or is empty.
    """
    outer = f"{name} < '!' OR suffix({name}, ' ')"
    return f"CASE WHEN {outer} THEN nullif(trim({name}, ' \t\r\n'), '') ELSE {name} END"


def _stepped(query: str, columns: Sequence[Column]) -> str:
    """What the columns work out before their values, one query for each step."""
    for at in range(max((len(column.steps) for column in columns), default=0)):
        steps = [column.steps[at] for column in columns if len(column.steps) > at]
        made = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in steps)
        query = f"SELECT *, {made} FROM ({query})"
    return query


def _valued(before: str, columns: Sequence[Column], keep_text: bool = False) -> str:
    made, joins = ["_line", "_file"], ""
    if keep_text:
        made += [quoted("m_" + column.field.name) for column in columns]
    for column in columns:
        name = column.field.name
        made.append(f"{column.value} AS {quoted('v_' + name)}")
        made.append(f"({column.mark})::UTINYINT AS {quoted('s_' + name)}")
        if column.form:
            made.append(f"({column.form})::UTINYINT AS {quoted('f_' + name)}")
        if column.codes is not None:
            alias = quoted("k_" + name)
            joins += f" LEFT JOIN {alias} ON {alias}.code = {quoted('m_' + name)}"
    return f"SELECT {', '.join(made)} FROM ({before}) AS mapped{joins}"


def _in_utc(before: str, columns: Sequence[Column]) -> str:
    """Times in UTC, with the civil date `c_` and, for the double hour, the second as `a_`."""
    made: list[str] = []
    replaced: list[str] = []
    joins = ""
    for column in (column for column in columns if column.field.type == "datetime"):
        field, local = column.field, column.local
        value, days = quoted(f"v_{field.name}"), quoted(f"z_{field.name}")
        table = "local_days" if local else "utc_days"
        joins += f" LEFT JOIN {table} AS {days} ON {days}.day = {value}::DATE"
        early = f"({days}.cut IS NULL OR {value} < {days}.cut)"
        offset = f"CASE WHEN {early} THEN {days}.before ELSE {days}.after END"
        if local:
            replaced.append(f"{value} - {offset} AS {value}")
            twice = f"{value} >= {days}.low AND {value} < {days}.high"
            made += [
                f"{value}::DATE AS {quoted('c_' + field.name)}",
                f"CASE WHEN {twice} THEN {days}.kind ELSE 0 END AS {quoted('d_' + field.name)}",
                f"CASE WHEN {twice} THEN {value} - {days}.after END AS {quoted('a_' + field.name)}",
            ]
        else:
            made.append(f"({value} + {offset})::DATE AS {quoted('c_' + field.name)}")
    star = f"valued.* REPLACE ({', '.join(replaced)})" if replaced else "valued.*"
    return f"SELECT {', '.join([star, *made])} FROM ({before}) AS valued{joins}"


def _in_order(before: str, chain: Sequence[str], columns: Sequence[Column]) -> str:
    """Drop each time of a chain that lies before the last one kept.

    A time in the hour that happens twice is taken as its second when its first would be
    out of order.
    """
    times = {column.field.name: column for column in columns}
    mapped = [name for name in chain if name in times]
    query = f"SELECT *, {quoted('v_' + mapped[0])} AS _last FROM ({before})" if mapped else before
    for name in mapped[1:]:
        value, mark, double = (quoted(f"{kind}_{name}") for kind in "vsd")
        if times[name].local:
            must = f"{double} = {TWICE} AND {value} < _last"
            second = quoted("a_" + name)
            query = (
                f"SELECT * REPLACE (CASE WHEN {must} THEN {second} ELSE {value} END AS {value},"
                f" CASE WHEN {must} THEN {SECOND} ELSE {double} END AS {double}) FROM ({query})"
            )
        query = (
            f"SELECT * REPLACE (CASE WHEN {value} < _last THEN NULL ELSE {value} END AS {value},"
            f" CASE WHEN {value} < _last THEN {DISORDER} ELSE {mark} END AS {mark},"
            f" greatest({value}, _last) AS _last) FROM ({query})"
        )
    return f"SELECT * EXCLUDE (_last) FROM ({query})" if mapped else query


def _records(before: str, mapping: Mapping, columns: Sequence[Column]) -> str:
    contract = mapping.contract
    mapped = {column.field.name for column in columns}
    made = []
    for field in contract.fields:
        source = field.civil_date_of or field.name
        if field in contract.derived:
            continue
        if field.name == "force" and mapping.force:
            made.append(f"{text(mapping.force)} AS force")
        elif source not in mapped:
            made.append(f"NULL::{field.stored_as} AS {quoted(field.name)}")
        elif field.civil_date_of:
            kept = f"CASE WHEN {quoted('v_' + source)} IS NOT NULL THEN {quoted('c_' + source)} END"
            made.append(f"{kept} AS {quoted(field.name)}")
        else:
            made.append(f"{quoted('v_' + source)} AS {quoted(field.name)}")
    marks = f"_line, _file, {packed_marks(columns)} AS _marks, {packed_times(columns)} AS _times"
    return (
        f"SELECT *, date_trunc('month', {quoted(contract.month)})::DATE AS _month,"
        f" {_out(contract, mapping)} AS _out"
        f" FROM (SELECT {', '.join(made)}, {marks} FROM ({before}))"
    )


def _out(contract: Contract, mapping: Mapping) -> str:
    required = [quoted(field.name) for field in contract.fields if field.required]
    incomplete = " OR ".join(f"{name} IS NULL" for name in [*required, quoted(contract.month)])
    period, day = mapping.period, quoted(contract.month)
    inside = f"{day} BETWEEN DATE '{period.first.first_day}' AND DATE '{period.last.last_day}'"
    return (
        f"(CASE WHEN {incomplete} THEN {INCOMPLETE} WHEN {inside} THEN {USED}"
        f" ELSE {OUTSIDE} END)::UTINYINT"
    )
