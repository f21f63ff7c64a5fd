"""A DuckDB table of text that takes in the files of a mapping, whatever their columns."""

from collections.abc import Sequence

import duckdb

from .layout import key_of


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


class TextTable:
    """Columns are united by name; rows keep the order of their file.

    The rows lie in a table of their own, and what the mapping sees is a view on it that
    adds `_line` and turns the declared words for 'no value' into no value. `_line` is
    reckoned from DuckDB's own row numbers, because numbering rows while reading costs
    two thirds more than the reading itself.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str):
        self.connection = connection
        self.name = name
        self.base = quoted(f"{name} as read")
        self.columns: dict[str, str] = {}
        self.rows = 0
        self._starts: dict[str, int] = {}
        connection.execute(f"create table {self.base} (_start bigint, _file varchar)")

    def insert(
        self, file: str, names: Sequence[str], relation: str, values: Sequence[object] = ()
    ) -> int:
        """Append what a query gives, its columns being `names` in order. Returns the rows."""
        for name in names:
            if key_of(name) not in self.columns:
                self.columns[key_of(name)] = name
                self.connection.execute(
                    f"alter table {self.base} add column {quoted(name)} varchar"
                )
        listed = ", ".join(quoted(self.columns[key_of(name)]) for name in names)
        start = self._starts.setdefault(file, self.rows)
        added = self.connection.execute(
            f"insert into {self.base} ({listed}, _start, _file)"
            f" select *, {start}, {literal(file)} from {relation}",
            list(values),
        ).fetchone()
        rows = int(added[0]) if added else 0
        self.rows += rows
        return rows

    def null_words(self, words: Sequence[str], among: Sequence[str]) -> list[tuple[str, str, int]]:
        """(file, column, rows) wherever a word for 'no value' stands as text."""
        names = [self.columns[key_of(name)] for name in among if key_of(name) in self.columns]
        if not words or not names or not self.rows:
            return []
        listed = ", ".join(literal(word) for word in words)
        counts = ", ".join(f"count(*) filter ({quoted(name)} in ({listed}))" for name in names)
        found = self.connection.execute(
            f"select _file, {counts} from {self.base} group by _file order by min(_start)"
        ).fetchall()
        return [
            (file, name, count)
            for file, *row in found
            for name, count in zip(names, row, strict=True)
            if count
        ]

    def finish(self, words: Sequence[str], emptied: Sequence[str]) -> None:
        """Make the view. `emptied` are the columns in which the words occur."""
        listed = ", ".join(literal(word) for word in words)
        empty = {key_of(name) for name in emptied}
        columns = [
            f"case when {quoted(name)} in ({listed}) then null else {quoted(name)} end"
            f" as {quoted(name)}"
            if key in empty
            else quoted(name)
            for key, name in self.columns.items()
        ]
        columns.append("(rowid - _start + 1)::bigint as _line")
        self.connection.execute(
            f"create view {quoted(self.name)} as"
            f" select {', '.join(columns)}, _file from {self.base}"
        )
