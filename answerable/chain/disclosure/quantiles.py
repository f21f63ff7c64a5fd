"""Medians and percentiles do not add up, but two of nearly the same records tell of the few.

The median of a year and that of eleven of its months, or of a force and of its one large area, can
stand side by side only where the records that they do not share are none, or enough: of one or
two people between them, the two would bound how long these waited. Each by itself has rules of its
own (`small.few`), and an interval that ends on an extreme is not shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ..body import WHOLE, Appetite
from ..measures import Definition, Grain, Result, at_end, period_of
from .small import QUANTILES, bounds_show_extremes, few

Pair = tuple[int, int]
Series = tuple[str, str, str, str]
"""Measure, statistic, area, split."""


def close(
    true: Sequence[Result],
    shown: Sequence[int],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> list[Pair]:
    """Pairs of shown quantiles whose records differ by too few, the one to withhold first.

    true    every result, from which it is known how many records each month has
    shown   positions of those that are shown
    Looked at are periods of one place, areas within the whole, and splits within their whole.
    What stands at a day (how long open cases have been open) has other records on another day
    in a way that counts do not tell, and is left out.
    """
    here = {i for i in shown if _is_quantile(true[i])}
    return [*_in_time(true, here, definitions, appetite), *_in_place(true, here, appetite)]


def withheld_for_another(
    true: Sequence[Result],
    shown: Sequence[int],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> set[int]:
    """Positions of quantiles to withhold so that no two are too close."""
    gone: set[int] = set()
    for first, other in close(true, shown, definitions, appetite):
        if first not in gone and other not in gone:
            gone.add(first)
    return gone


def laid_bare(
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> tuple[str, ...]:
    """The audit: names of shown quantiles that break a rule, alone or beside another.

    true, shown   the same results before and after protection, in the same order
    """
    at = [i for i, each in enumerate(shown) if each.value is not None]
    alone = [
        true[i].name
        for i in at
        if _is_quantile(true[i])
        and (few(true[i], appetite) or _on_an_extreme(shown[i], true[i], appetite))
    ]
    pairs = close(true, at, definitions, appetite)
    return (*alone, *(f"{true[i].name} beside {true[j].name}" for i, j in pairs))


def _is_quantile(result: Result) -> bool:
    return result.statistic in QUANTILES and bool(result.n) and result.basis == "raw"


def _on_an_extreme(shown: Result, true: Result, appetite: Appetite) -> bool:
    if shown.lower is None and shown.upper is None:
        return False
    return bounds_show_extremes(true.n or 0, true.statistic, appetite.quantile_beyond)


def _in_time(
    true: Sequence[Result],
    here: set[int],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> Iterator[Pair]:
    """Periods of one place that share all records but a few, either way."""
    months: dict[Series, dict[int, int]] = defaultdict(dict)
    periods: dict[Series, list[int]] = defaultdict(list)
    for i, each in enumerate(true):
        if not _is_quantile(each) or at_end(definitions[each.measure], each.statistic):
            continue
        series = each.measure, each.statistic, each.area, each.split
        if each.grain == Grain.MONTH:
            months[series][period_of(each.period).first.index] = each.n or 0
        if i in here:
            periods[series].append(i)
    for series, at in periods.items():
        known = np.array(sorted(months[series]), dtype=np.int64)
        sizes = np.array([months[series][m] for m in known.tolist()], dtype=np.int64)
        spans = [period_of(true[i].period) for i in at]
        starts = np.array([span.first.index for span in spans])[:, None]
        ends = np.array([span.last.index for span in spans])[:, None]
        inside = ((starts <= known) & (known <= ends)).astype(np.int64)
        apart = (inside * sizes) @ (1 - inside).T  # [i, j]: records of i that j has not
        under = appetite.count_under
        back = apart.T
        near = (apart < under) & (back < under) & ((apart > 0) | (back > 0))
        for one, other in np.argwhere(np.triu(near, 1)).tolist():
            yield _ordered(true, at[one], at[other])


def _in_place(true: Sequence[Result], here: set[int], appetite: Appetite) -> Iterator[Pair]:
    """Areas that are the whole but for a few, and splits that are."""
    whole: dict[tuple[str, str, str, str], int] = {}
    for i in here:
        each = true[i]
        if not each.split:
            whole[each.measure, each.statistic, each.area, each.period] = i
    for i in sorted(here):
        each = true[i]
        for area in {WHOLE, each.area}:
            around = whole.get((each.measure, each.statistic, area, each.period))
            if around is None or around == i:
                continue
            if 0 < (true[around].n or 0) - (each.n or 0) < appetite.count_under:
                yield i, around


def _ordered(true: Sequence[Result], one: int, other: int) -> Pair:
    """The one to withhold first: a rolling year before a period of the calendar, then the
    longer, which the other is nearly all of."""

    def rank(i: int) -> tuple[bool, int]:
        return true[i].grain != Grain.WINDOW, -len(period_of(true[i].period))

    return (one, other) if rank(one) <= rank(other) else (other, one)
