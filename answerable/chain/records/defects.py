"""What is found wrong with one file while it is read: collected, never the first alone."""

from collections.abc import Iterable

from .catalogue import finding
from .finding import Finding, Weight

MOST_NAMED = 10
"""So many lines, columns or sheets are named in one finding; the rest are counted."""


class Defects:
    """Findings about one file of one table, in the order in which they were met."""

    def __init__(self, table: str, file: str):
        self.table = table
        self.file = file
        self.found: list[Finding] = []

    def stops(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """The file cannot be used."""
        self._add(name, Weight.STOPS, detail, count, column)

    def rejects(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """Rows or values could not be used."""
        self._add(name, Weight.REJECTS, detail, count, column)

    def notes(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """Used, and worth knowing."""
        self._add(name, Weight.NOTES, detail, count, column)

    @property
    def stopped(self) -> bool:
        return any(finding.weight is Weight.STOPS for finding in self.found)

    def _add(self, name: str, weight: Weight, detail: str, count: int, column: str) -> None:
        self.found.append(finding(name, self.table, self.file, count, column, detail, weight))


def few(things: Iterable[object]) -> str:
    """'3, 9 and 12', or the first ten 'and 40 more'."""
    named = [str(thing) for thing in things]
    if len(named) > MOST_NAMED:
        return f"{', '.join(named[:MOST_NAMED])} and {len(named) - MOST_NAMED} more"
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
