"""In what the figures of a definition are measured, and on which day they stand."""

from ...records.contract import contracts
from ..definition import Definition
from ..quantity import quantity
from ..result import Unit

QUANTILES = {"median": 0.5, "p90": 0.9, "median_open_days": 0.5}
DAY = 86_400


def unit_of(definition: Definition, statistic: str) -> Unit:
    """What a statistic of a measure is measured in."""
    if definition.as_given:
        return Unit(definition.units[statistic])
    if statistic in ("count", "per_day", "numerator", "denominator", "open"):
        return Unit.COUNT
    if statistic == "ratio":
        return Unit.RATIO
    if statistic == "median_open_days":
        return Unit.DAYS
    if statistic in QUANTILES:
        return Unit.DAYS if in_days(definition) else Unit.SECONDS
    return Unit.SHARE


def at_end(definition: Definition, statistic: str) -> bool:
    """Whether a period's figure is that of its last day."""
    if definition.as_given:
        return statistic in ("open", "median_open_days", "coverage")
    return definition.kind in ("coverage", "stock")


def in_days(definition: Definition) -> bool:
    """Whether a duration runs from day to day, so that its unit is days."""
    return definition.kind == "duration" and all(
        _type_of(definition.table, name) == "date" for name in (definition.start, definition.stop)
    )


def target_limit(definition: Definition) -> int | None:
    """A duration's target in whole seconds; None without one. Raises ValueError."""
    target = definition.target
    if target is None or target.at_most is None:
        return None
    seconds = quantity(target.at_most, Unit.SECONDS)
    bare = not str(target.at_most).strip()[-1:].isalpha()
    return int(seconds * DAY) if bare and in_days(definition) else int(seconds)


def _type_of(table: str, name: str) -> str:
    contract = contracts().get(table)
    return next((f.type for f in contract.fields if f.name == name), "") if contract else ""
