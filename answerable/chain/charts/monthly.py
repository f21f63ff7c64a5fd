"""A published monthly series → its control chart.

Limits come from published points only: a month that is withheld is a gap here, so its
value cannot be worked back from a limit or a centre line. A month that may still change is
a gap as well, for it would signal only that it is not complete; it stands in the table.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..claims.direction import better_of
from ..measures import Definition, Result, Status, Unit, period_of, quantity, shown
from ..statistics import Chart, Rebase, c, g, p, run, t, u, xmr

LEAST = 2
"""A drawing needs this many published points."""
SETTLED = (Status.OK, Status.ZERO, Status.REVISED)


def chart_of(series: Sequence[Result], definition: Definition) -> Chart | None:
    """The chart of a monthly series by its measure's kind; None with too few points.

    A p chart needs counts, a c or g chart whole numbers, a t chart times: a statistic of the
    measure that has none of these is drawn as XmR.
    """
    settled = [result for result in series if _settled(result)]
    if definition.chart == "none" or len(settled) < LEAST:
        return None
    x = [result.period for result in series]
    unit = settled[0].unit
    options: dict[str, Any] = {
        "better": better_of(definition, settled[0].statistic),
        "target": _target(definition, settled[0]),
        "rebases": _rebases(definition, x),
        "show": partial(shown, unit=unit, per=definition.per),
    }
    kind = definition.chart
    if kind in FROM_COUNTS and unit in _FOR[kind] and all(r.count is not None for r in settled):
        counts = [result.count if _settled(result) else None for result in series]
        wholes = [result.n if _settled(result) else None for result in series]
        prime = kind.endswith("-prime")
        if kind.startswith("p"):
            return p(x, counts, wholes, prime=prime, **options)
        return u(x, counts, wholes, per=definition.per, prime=prime, **options)
    values = [result.value if _settled(result) else None for result in series]
    if kind == "run" or (kind in PLAIN and unit in _FOR[kind]):
        return PLAIN[kind](x, values, **options)
    return xmr(x, values, counts=unit == Unit.COUNT, **options)


def _settled(result: Result) -> bool:
    return result.value is not None and result.status in SETTLED


def said(chart: Chart) -> str:
    """What the chart says, its months in words: '2024-06' is 'June 2024'."""
    labels = "|".join(re.escape(point.x) for point in chart.points)
    return re.sub(rf"\b({labels})\b", lambda found: period_of(found[0]).plain(), chart.sentence)


FROM_COUNTS = frozenset({"p", "p-prime", "u", "u-prime"})
PLAIN: dict[str, Callable[..., Chart]] = {"run": run, "c": c, "g": g, "t": t}
_FOR = {
    "p": ("share",), "p-prime": ("share",), "u": ("ratio",), "u-prime": ("ratio",),
    "c": ("count",), "g": ("count",), "t": ("seconds", "days"),
}  # fmt: skip


def _target(definition: Definition, result: Result) -> float | None:
    """The target in the unit of the series, where it is a target for this statistic."""
    target = definition.target
    if target is None or (target.statistic or definition.statistics[0]) != result.statistic:
        return None
    written = target.at_most if target.at_most is not None else target.at_least
    return quantity(written, result.unit) if written is not None else None


def _rebases(definition: Definition, x: Sequence[str]) -> tuple[Rebase, ...]:
    """A new phase from the first month that begins on or after each break."""
    found = []
    for each in definition.breaks:
        after = [text for text in x if period_of(text).first.first_day >= each.on]
        if after and after[0] != x[0]:
            found.append(Rebase(after[0], each.why))
    return tuple(found)
