"""The periods that claims need figures for, and the default reading of each claim."""

from collections.abc import Iterable

from ..body import Month, Period
from .claim import COMPARES, Claim, Reading

ON_ONE_FIGURE = frozenset({"meets", "misses", "just_misses"})


def default_periods(claim: Claim) -> tuple[Period, Period]:
    """The last twelve complete months when it was said, and the twelve before."""
    last = Month.of(claim.said_on) + -1
    period = Period.of(last + -11, last)
    return period, period.earlier(12)


def default_reading(claim: Claim, reading: Reading, *, at_end: bool = False) -> Reading | None:
    """The same reading over the default periods; None where it is that already.

    at_end   whether the figure stands at a day (coverage, stock): against a target its
             default is then the last complete month

    The best of several end dates is 'supported' too often by chance, so the default stands
    beside any other choice. A stated value, something in place on a day and an outlier have
    a period of their own and no default.
    """
    if reading.says not in COMPARES | ON_ONE_FIGURE:
        return None
    period, baseline = default_periods(claim)
    if at_end and reading.says in ON_ONE_FIGURE:
        period = Period.of(period.last, period.last)
    changes: dict[str, str | None] = {"period": str(period), "changed_at": None}
    same = reading.changed_at is None and _same(reading.period, period)
    if reading.says in COMPARES:
        changes["baseline"] = str(baseline)
        same = same and _same(reading.baseline, baseline)
    return None if same else reading.model_copy(update=changes)


def _same(text: str, period: Period) -> bool:
    found = Period.parse(text)
    return (found.first, found.last) == (period.first, period.last)


def windows_of(claims: Iterable[Claim]) -> tuple[Period, ...]:
    """Every period that a reading or its default names, each once, in order of time."""
    found: dict[tuple[Month, Month], Period] = {}
    for claim in claims:
        for reading in claim.reading:
            both = (reading, default_reading(claim, reading))
            texts = [t for r in both if r is not None for t in (r.period, r.baseline) if t]
            for period in map(Period.parse, texts):
                found.setdefault((period.first, period.last), period)
    return tuple(found[key] for key in sorted(found))
