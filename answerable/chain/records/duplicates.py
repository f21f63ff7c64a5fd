"""Records that carry a reference twice: the first is kept, the rest are told."""

from .catalogue import finding
from .engine import Connection
from .expressions import quoted
from .finding import Finding
from .mapping import Mapping
from .plan import USED

REPEATED = 3
"""In the column `_out`: the reference stands on a record before this one."""


def drop_duplicates(connection: Connection, table: str, mapping: Mapping) -> list[Finding]:
    """Mark all but the first record of each reference as out, and count them by file.

    Files are in the order of their names, records in the order of their file. A repeat
    that is the same in every column of the contract is told apart from one that is not.
    """
    contract = mapping.contract
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    connection.execute(
        f"CREATE TEMP TABLE repeats AS SELECT {key} FROM {table} WHERE _out = {USED}"
        f" GROUP BY {key} HAVING count(*) > 1"
    )
    try:
        if not connection.execute("SELECT 1 FROM repeats LIMIT 1").fetchone():
            return []
        derived = {field.name for field in contract.derived}
        whole = ", ".join(quoted(name) for name in contract.columns if name not in derived)
        connection.execute(
            f"CREATE TEMP TABLE later AS SELECT spot, _file, _line, whole IS DISTINCT FROM"
            f" first_value(whole) OVER same AS differs, row_number() OVER same AS place FROM"
            f" (SELECT {key}, {table}.rowid AS spot, _file, _line, row({whole}) AS whole"
            f"  FROM {table} JOIN repeats USING ({key}) WHERE _out = {USED})"
            f" WINDOW same AS (PARTITION BY {key} ORDER BY spot)"
        )
        connection.execute(
            f"UPDATE {table} SET _out = {REPEATED}"
            " WHERE rowid IN (SELECT spot FROM later WHERE place > 1)"
        )
        counted = connection.execute(
            "SELECT _file, differs, count(*), min(_line) FROM later WHERE place > 1"
            " GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        connection.execute("DROP TABLE later")
    finally:
        connection.execute("DROP TABLE repeats")
    return [
        finding(
            "conflicting_key" if differs else "duplicate_key",
            contract.name,
            file,
            count,
            ", ".join(contract.key),
            f"first at record {line}",
        )
        for file, differs, count, line in counted
    ]
