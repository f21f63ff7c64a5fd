"""Figures → a file of the contract, that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from ..body import inert
from ..records.store import write_whole
from .contract import columns
from .figure import Figure


def write_figures(path: Path, figures: Iterable[Figure]) -> None:
    """Write a file of the contract: beside its place, flushed, then renamed.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, which
    `read_figures` takes off again: what is written comes back as it was, but for spaces round
    a text. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, as_csv(figures).encode("utf-8"))


def as_csv(figures: Iterable[Figure]) -> str:
    """The text of a file of the contract."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")  # so that a bare \r in a text is quoted
    names = [column.name for column in columns()]
    writer.writerow(names)
    for figure in figures:
        writer.writerow([_cell(name, figure) for name in names])
    return stream.getvalue()


def _cell(name: str, figure: Figure) -> str:
    value = getattr(figure, name)
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, str):
        return str(inert(value.strip()))
    return str(value)


def number(value: float) -> str:
    """A number that is read back as the same."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
