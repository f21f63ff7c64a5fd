"""A control chart as an object: its points, limits and signals, and what they come to.

Table, drawing, sentence and open data are renderings of this one object. Units are those
of the values that went in; nothing here knows what they are.
"""

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["run", "xmr", "p", "p-prime", "u", "u-prime", "c", "g", "t", "line"]
"""`line` is points alone, of periods that share months: it has no limits and no signals."""
Better = Literal["lower", "higher", "neither"]

SIGNALS = ("outside", "shift", "trend", "near_limit")
"""Every signal that a point may carry, in the order in which they are listed."""

SIGNAL_WORDS = {
    "outside": "outside the limits",
    "shift": "7 or more points in a row on one side of the centre",
    "trend": "7 or more points in a row going one way",
    "near_limit": "2 of 3 points close to one limit",
}


@dataclass(frozen=True)
class Rebase:
    """A recorded change from which limits are worked out afresh.

    at    the `x` of the first point of the new phase
    why   what changed; a re-base without a reason is not one
    by    who decided that limits are worked out afresh there
    """

    at: str
    why: str
    by: str = ""

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise ValueError(f"the re-base at {self.at} gives no reason")

    @property
    def reason(self) -> str:
        """What changed, and who decided it, without a full stop."""
        why = self.why.strip().rstrip(".")
        return f"{why} (decided by {self.by.strip()})" if self.by.strip() else why


@dataclass(frozen=True)
class Point:
    """One point. `value` is None where there is none to show (missing or withheld).

    n          the denominator (p, u); None on an XmR chart
    centre, lower, upper   in force at this point; None where they could not be worked out
    signals    those of `SIGNALS` that hold, in that order
    excluded   shown, but left out of the limits
    phase      0 up to the first re-base, then 1, …
    """

    x: str
    value: float | None
    n: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signals: tuple[str, ...] = ()
    excluded: bool = False
    phase: int = 0


@dataclass(frozen=True)
class Chart:
    """A control chart.

    kind       how its limits were worked out
    runs       of the last phase, for every kind but XmR: `longest`, `longest_max`, `crossings`,
               `crossings_min`, `signal`; None for XmR, whose points carry the NHS rules
    variation  of the last point that has a value: 'improvement', 'concern', 'neutral high',
               'neutral low', 'common cause', or 'cannot tell' where no signals are given
    assurance  'meets', 'misses' or 'cannot tell': what the limits say of the target;
               None without a target or a direction
    sentence   what the chart says, in one or two sentences
    notes      what must be read with it: too few points, left-out points, low counts
    """

    kind: Kind
    points: tuple[Point, ...]
    runs: dict[str, int | bool] | None
    variation: str
    assurance: str | None
    sentence: str
    target: float | None = None
    better: Better = "neither"
    rebases: tuple[Rebase, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The chart as `answerable chart --format json` gives it."""
        fields = ("x", "value", "n", "centre", "lower", "upper")
        return {
            "kind": self.kind,
            "points": [
                {name: getattr(point, name) for name in fields} | {"signals": list(point.signals)}
                for point in self.points
            ],
            "runs": self.runs,
            "variation": self.variation,
            "assurance": self.assurance,
            "sentence": self.sentence,
        }


def multiplied(chart: Chart, by: float) -> Chart:
    """The same chart with its values, centre, limits and target in another unit: shares as
    percentages, say. Signals and runs stay; so does the sentence, whose maker knows how values
    are written. Raises ValueError unless `by` is a number above 0.
    """
    if not (math.isfinite(by) and by > 0):
        raise ValueError("figures are multiplied by a number above 0")

    def times(value: float | None) -> float | None:
        return None if value is None else value * by

    points = tuple(
        replace(
            point,
            value=times(point.value),
            centre=times(point.centre),
            lower=times(point.lower),
            upper=times(point.upper),
        )
        for point in chart.points
    )
    return replace(chart, points=points, target=times(chart.target))
