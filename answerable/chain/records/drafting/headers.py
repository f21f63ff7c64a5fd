"""What the words over a column may mean, by the library's vocabulary of headers."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ...body import shipped
from ..contract import Contract, Field

ALIKE, WITHIN, IN_PART = 1.0, 0.75, 0.5
"""A header is the name; holds a name of several words; holds a name of one word."""


@dataclass(frozen=True)
class Headers:
    """The vocabulary: short forms, idle words, words for tables, and names of columns, each
    by table and column as sets of words in order."""

    short: dict[str, str]
    idle: frozenset[str]
    tables: dict[str, tuple[str, ...]]
    names: dict[str, dict[str, tuple[str, ...]]]

    def words(self, header: str) -> tuple[str, ...]:
        """A header as small words, short forms written out and idle words left out."""
        parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
        found = re.findall(r"[a-z0-9]+", parts.casefold())
        written = [word for part in found for word in self.short.get(part, part).split()]
        return tuple(word for word in written if word not in self.idle) or tuple(written)

    def of(self, table: str, field: Field) -> frozenset[tuple[str, ...]]:
        """The names by which a column of a table is known."""
        return _known(table, field.name)


@cache
def headers() -> Headers:
    """The shipped vocabulary."""
    read = tomllib.loads(shipped("vocabulary", ".toml")["headers"].read_text(encoding="utf-8"))
    short, idle, tables = read.pop("short"), read.pop("idle")["words"], read.pop("tables")
    return Headers(
        short,
        frozenset(idle),
        {name: tuple(words) for name, words in tables.items()},
        {table: {c: tuple(n) for c, n in columns.items()} for table, columns in read.items()},
    )


@cache
def _known(table: str, column: str) -> frozenset[tuple[str, ...]]:
    known = headers()
    bare = re.sub(r"_(at|on)$", "", column)
    written = [column, bare, f"date {bare}", f"{bare} date", f"time {bare}", f"{bare} time"]
    for section in ("any", table):
        written += known.names.get(section, {}).get(column, ())
    return frozenset(known.words(name.replace("_", " ")) for name in written)


def likeness(header: str, table: str, field: Field) -> float:
    """How much a header is like a name of a column: 0 (not at all) to 1."""
    words = headers().words(header)
    best = 0.0
    for name in headers().of(table, field):
        if words == name:
            return ALIKE
        if set(name) <= set(words):
            share = len(name) / len(words)
            best = max(best, (WITHIN if len(name) > 1 else IN_PART) + 0.2 * share)
    return best


def speaks_for(contract: Contract, name: str, columns: Iterable[str]) -> float:
    """How much the name of a file or sheet, and its headers, speak for a table: 0 to 1."""
    words = set(headers().tables.get(contract.name, ()))
    named = set(re.findall(r"[a-z]+", name.casefold()))
    over = {word for column in columns for word in re.findall(r"[a-z]+", column.casefold())}
    return 0.7 * bool(words & named) + 0.3 * bool(words & over)
