"""A published monthly series → its control chart.

Limits come from published points only: a month that is withheld is a gap here, so its
value cannot be worked back from a limit or a centre line.
"""

import re
from collections.abc import Sequence

from ..chain.measures import Definition, Result, period_of, quantity, shown
from ..chain.statistics import Chart, Rebase, p, u, xmr

LEAST = 2
"""A drawing needs this many published points."""


def chart_of(series: Sequence[Result], definition: Definition) -> Chart | None:
    """The chart of a monthly series by its measure's kind; None with too few points.

    A p chart needs counts: a statistic of the measure that has none is drawn as XmR.
    """
    published = [result for result in series if result.value is not None]
    if definition.chart == "none" or len(published) < LEAST:
        return None
    x = [result.period for result in series]
    unit = published[0].unit
    options = {
        "better": definition.better,
        "target": _target(definition, published[0]),
        "rebases": _rebases(definition, x),
        "show": lambda value: shown(value, unit, definition.per),
    }
    kind = definition.chart
    if kind != "xmr" and unit in _FOR[kind] and all(r.count is not None for r in published):
        counts = [result.count if result.value is not None else None for result in series]
        wholes = [result.n if result.value is not None else None for result in series]
        prime = kind.endswith("-prime")
        if kind.startswith("p"):
            return p(x, counts, wholes, prime=prime, **options)
        return u(x, counts, wholes, per=definition.per, prime=prime, **options)
    return xmr(x, [result.value for result in series], **options)


def said(chart: Chart) -> str:
    """What the chart says, its months in words: '2024-06' is 'June 2024'."""
    labels = "|".join(re.escape(point.x) for point in chart.points)
    return re.sub(rf"\b({labels})\b", lambda found: period_of(found[0]).plain(), chart.sentence)


_FOR = {"p": ("share",), "p-prime": ("share",), "u": ("ratio",), "u-prime": ("ratio",)}


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
