"""The lines of a table before their figures are read: names, areas, and cells by period."""

from dataclasses import dataclass, field

from ..body import WHOLE, Problem
from ..body.spoken.heard import Heard
from .places import Place
from .understood import LeftOut, Remark


@dataclass(frozen=True)
class Check:
    """A cell that should be the sum of others.

    sets   each a way in which it may have been added up
    """

    place: Place
    heading: str
    sets: tuple[tuple[Place, ...], ...]


@dataclass
class Strand:
    """One line: which cell holds its figure for which months.

    hints   words of its own that may name the unit, nearest first
    above   words over the whole table that may
    heads   the cells that name it, where a reader may say what it is
    """

    name: str
    area: str = WHOLE
    place: Place = (0, 0)
    cells: list[tuple[Heard, Place]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    total: bool = False
    target: bool = False
    checks: list[Check] = field(default_factory=list)
    group: str = ""
    shared: bool = False
    heads: list[Place] = field(default_factory=list)


@dataclass
class Woven:
    """All strands of a table, and what became of the rest."""

    strands: list[Strand] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[Place] = field(default_factory=set)
