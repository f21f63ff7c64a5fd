"""What was understood of a spreadsheet: tables, their lines, and everything taken for granted."""

from dataclasses import dataclass

from ..body import Problem
from ..figures import Figure
from ..measures import Unit
from .grid import Notice


@dataclass(frozen=True)
class Remark:
    """Something taken for granted, or something odd: to be accepted, or corrected.

    code    a stable name: unit, dash, total_differs, duplicate, year, …
    text    one plain sentence
    place   the cell or cells, `Sheet1!C7`; empty for the whole table
    correct the kind of `Correction` that puts it right; empty where there is nothing to choose
    places  every cell that it is about, where `place` does not name them all
    """

    code: str
    text: str
    place: str = ""
    correct: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A row, a column or a cell that is no figure of a line, with the reason."""

    place: str
    heading: str
    why: str


@dataclass(frozen=True)
class Target:
    """A target that stood among the figures."""

    name: str
    value: float
    unit: Unit
    place: str


@dataclass(frozen=True)
class Line:
    """One series: a measure in an area, over the periods that the table has.

    name     as it stood, without the area
    area     as it stood; `all` for the whole
    place    of the cell that names it, or else of its first figure
    figures  in order of time
    total    whether it stood as the total of other lines
    """

    name: str
    area: str
    unit: Unit
    figures: tuple[Figure, ...]
    place: str = ""
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table on a sheet, as it was understood.

    span       with its headings, `A3:N12`
    title      the words above it, `; ` between them
    orientation  `wide`: periods across; `long`: periods down
    lines      what may be charted and judged
    targets    rows or columns of targets: not figures
    footnotes  the words beneath it
    left_out   every row and column that became no line, with why
    remarks    what was taken for granted, and what does not agree
    """

    sheet: str
    span: str
    title: str
    orientation: str
    lines: tuple[Line, ...]
    targets: tuple[Target, ...] = ()
    footnotes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A pack, as it was understood.

    problems   what could not be understood: each names the cell that stopped it, and what to do
    notices    what opening the file found
    """

    name: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all tables."""
        return tuple(line for table in self.tables for line in table.lines)
