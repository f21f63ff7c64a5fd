"""A recipe: what a measure asks of the rows, in the engine's terms.

Everything additive is a tally, taken once for each month and place and added up from
there; medians and percentiles come from the rows themselves.
"""

from dataclasses import dataclass, field
from typing import Literal

from ..definition import Definition

Rule = Literal["count", "per_day", "share", "weighted", "ratio"]


@dataclass(frozen=True)
class Frame:
    """Rows of a table set in time: by a day of each, or standing at each month's end."""

    table: str
    at: str = ""
    opened: str = ""
    closed: str = ""

    @property
    def at_end(self) -> bool:
        """Whether a period's figure is that of its last day."""
        return bool(self.opened)


@dataclass(frozen=True)
class Figure:
    """One statistic as a calculation on tallies.

    n, x    names of the tallies of denominator and numerator
    by      a column by whose values the numerator is taken apart, of an undivided denominator
    label   what stands before the `=` of such a split; `fixed` is a whole split by name
    weights for the rule `weighted`: tallies of weight, weight of those counted, weight squared
    """

    statistic: str
    rule: Rule
    n: str
    x: str = ""
    by: str = ""
    label: str = ""
    fixed: str = ""
    weights: tuple[str, str, str] = ("", "", "")
    excluded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Recipe:
    """One measure, or one side of a ratio, on one frame.

    columns    name → expression over a row of the table
    tallies    name → aggregate over those columns; all can be added up
    present    the tally that is above zero where a split value belongs to the measure
    time       the column of whole seconds from which quantiles are taken; NULL if unusable
    splits     columns by which every figure is shown apart; `inner` those for `Figure.by`
    """

    definition: Definition
    frame: Frame
    columns: dict[str, str]
    tallies: dict[str, str]
    figures: tuple[Figure, ...]
    present: str
    splits: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    time: str = ""
    quantiles: tuple[str, ...] = ()
    time_excluded: tuple[tuple[str, str], ...] = ()
    doubles: frozenset[str] = field(default_factory=frozenset)
