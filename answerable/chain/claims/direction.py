"""Which way is good, which way unsettled figures lean, and what a figure is held to."""

from typing import Literal

from ..body import Period
from ..measures import Definition, Unit, quantity, unit_of
from ..statistics import Moved
from ..statistics.chart import Better as Better
from .claim import Reading

_OTHER: dict[Better, Better] = {"lower": "higher", "higher": "lower", "neither": "neither"}

_SHARES_OF_A_TIME = frozenset({"within_target", "eligible_within_target"})
_NO_DIRECTION = frozenset({"numerator", "denominator", "excluded_share", "mix"})

LEANS: dict[str, Moved | None] = {
    "count": Moved.FELL,
    "per_day": Moved.FELL,
    "rate": Moved.FELL,
    "mix": None,
    "ratio": Moved.FELL,
    "numerator": Moved.FELL,
    "denominator": Moved.FELL,
    "median": Moved.FELL,
    "p90": Moved.FELL,
    "within_target": Moved.ROSE,
    "eligible_within_target": Moved.FELL,
    "missing_share": Moved.ROSE,
    "satisfied": None,
    "response_rate": Moved.FELL,
    "excluded_share": None,
    "coverage": Moved.FELL,
    "open": Moved.ROSE,
    "median_open_days": Moved.ROSE,
    "completed": Moved.FELL,
    "reached": Moved.FELL,
    "step_rate": Moved.FELL,
    "lost": Moved.ROSE,
    "mean": Moved.FELL,
    "value": None,
}
"""Which way figures err while records are still to come: counts and outcomes are short,
the slow cases are not in yet, closures are not entered yet. None: no known lean."""


def better_of(definition: Definition, statistic: str) -> Better:
    """Which way is good for one statistic of a measure.

    A measure of time is better lower, the share within a time therefore higher; what is
    lost on a pathway is the other way round from what is completed.
    """
    if statistic in _NO_DIRECTION:
        return "neither"
    if statistic in _SHARES_OF_A_TIME or statistic == "response_rate":
        return "higher"
    if statistic == "missing_share":
        return "lower"
    return _OTHER[definition.better] if statistic == "lost" else definition.better


def claimed_move(says: str, better: Better) -> Moved | None:
    """The move that a reading asserts; None for 'unchanged'. Raises ValueError where
    'improved' or 'worsened' is said of something with no direction of good."""
    if says in ("rose", "fell"):
        return Moved(says)
    if says not in ("improved", "worsened"):
        return None
    if better == "neither":
        raise ValueError(f"'{says}' is said of a figure with no direction of good")
    return Moved.ROSE if (says == "improved") == (better == "higher") else Moved.FELL


def margin_of(reading: Reading, definition: Definition) -> float | None:
    """The smallest change that matters, in the unit of the reading's statistic.

    The reading's own margin, else what the measure says matters where that is in the same
    unit; None where neither says. Raises ValueError for a margin of another unit.
    """
    unit = unit_of(definition, reading.statistic)
    if reading.margin is not None:
        return abs(quantity(reading.margin, unit))
    if definition.matters is None or unit_of(definition, definition.statistics[0]) != unit:
        return None
    return abs(quantity(definition.matters.by, unit))


def target_of(
    reading: Reading, definition: Definition, period: Period
) -> tuple[float, Literal["at_least", "at_most"]] | None:
    """The target that a reading is held to, in the statistic's unit, and its side.

    The value that the claim itself names as the target, else the measure's target for this
    statistic where it is in force for the whole period. None where there is none.
    Raises ValueError for a value of another unit.
    """
    unit = unit_of(definition, reading.statistic)
    if reading.value is not None:
        better = better_of(definition, reading.statistic)
        return quantity(reading.value, unit), "at_most" if better == "lower" else "at_least"
    target = definition.target
    if target is None or not _is_about(definition, reading.statistic, unit):
        return None
    if target.since > period.first.first_day:
        return None
    if target.at_most is not None:
        return quantity(target.at_most, unit), "at_most"
    assert target.at_least is not None  # noqa: S101  # the schema holds this
    return quantity(target.at_least, unit), "at_least"


def _is_about(definition: Definition, statistic: str, unit: Unit) -> bool:
    """Whether a measure's target speaks of this statistic.

    Without a name, the target of a duration is one of time, and any other that of the
    first statistic.
    """
    assert definition.target is not None  # noqa: S101
    if definition.target.statistic:
        return definition.target.statistic == statistic
    if definition.kind == "duration":
        return unit in (Unit.SECONDS, Unit.DAYS)
    return statistic == definition.statistics[0]
