"""What a measure asks of the rows: columns, tallies, and the figures made of them.

A recipe is a definition in the engine's terms; each kind of measure has its own.
"""

from collections.abc import Callable

from ..definition import Definition
from .counts import count, ratio
from .pathways import pathway
from .shape import Figure, Frame, Recipe
from .shares import coverage, proportion
from .surveys import NOT_ASKED, SILENT, survey
from .times import duration, stock
from .units import DAY, QUANTILES, at_end, in_days, target_limit, unit_of

__all__ = [
    "DAY",
    "NOT_ASKED",
    "QUANTILES",
    "SILENT",
    "Figure",
    "Frame",
    "Recipe",
    "at_end",
    "in_days",
    "recipes",
    "tables_of",
    "target_limit",
    "unit_of",
]

_KINDS: dict[str, Callable[[Definition, str], tuple[Recipe, ...]]] = {
    "count": count,
    "proportion": proportion,
    "ratio": ratio,
    "duration": duration,
    "survey": survey,
    "coverage": coverage,
    "stock": stock,
    "pathway": pathway,
}


def recipes(definition: Definition, number: int) -> tuple[Recipe, ...]:
    """A measure's recipes: two for a ratio, one for any other kind.

    number   makes the names of its columns and tallies its own
    Raises InputMistake when an expression may not run.
    """
    return _KINDS[definition.kind](definition, str(number))


def tables_of(definition: Definition) -> tuple[str, ...]:
    """The tables that a measure reads; none for figures as given."""
    if definition.as_given:
        return ()
    sides = [side.table for side in (definition.numerator, definition.denominator) if side]
    return tuple(dict.fromkeys(sides or [definition.table]))
