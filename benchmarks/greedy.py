"""Complementary suppression as it is usually done by hand, to stand beside ours.

Small cells are withheld; then, wherever a published total has just one part withheld, or parts
that together are small, the smallest part still shown is withheld too, until no total is left
that gives one back. Each total is looked at by itself, and that is all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from answerable.chain.body import WHOLE, Appetite
from answerable.chain.disclosure import few, small
from answerable.chain.disclosure.ledger import family
from answerable.chain.disclosure.small import ESTABLISHMENTS
from answerable.chain.measures import Definition, Grain, Result, Status, at_end, period_of

Row = tuple[str, str, str, str, str]
"""Measure, family, area, period, split: what is shown or withheld together."""


def greedy(
    results: Sequence[Result], definitions: Mapping[str, Definition], appetite: Appetite
) -> tuple[Result, ...]:
    """The results after thresholds and one withheld cell more wherever a total asks for it."""
    rows: dict[Row, list[Result]] = defaultdict(list)
    for each in results:
        rows[_row(each, definitions)].append(each)
    hidden = {row for row, mine in rows.items() if any(small(each, appetite) for each in mine)}
    size = {row: max((each.n or 0) for each in mine) for row, mine in rows.items()}
    posts = {row for row in rows if definitions[row[0]].table in ESTABLISHMENTS}
    hidden = {row for row in hidden if row not in posts} | {r for r in posts if r[2] != WHOLE}
    totals = list(_totals(rows, definitions))
    changed = True
    while changed:
        changed = False
        for total in totals:
            gone = [row for row in total if row in hidden]
            together = sum(size[row] for row in gone)
            if not gone or (len(gone) > 1 and together >= appetite.count_under):
                continue
            left = [row for row in total if row not in hidden and size[row] > 0]
            if left:
                hidden.add(min(left, key=lambda row: (size[row], row)))
                changed = True
    return tuple(
        _bare(each) if _row(each, definitions) in hidden or few(each, appetite) else each
        for each in results
    )


def _row(result: Result, definitions: Mapping[str, Definition]) -> Row:
    group = family(definitions[result.measure].kind, result.statistic)
    return result.measure, group, result.area, result.period, result.split


def _totals(
    rows: Mapping[Row, Sequence[Result]], definitions: Mapping[str, Definition]
) -> Iterable[tuple[Row, ...]]:
    """Each total that is shown, with its parts: areas, months, splits."""
    areas: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    splits: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    months: dict[tuple[str, ...], dict[object, Row]] = defaultdict(dict)
    for row, mine in rows.items():
        measure, group, area, period, split = row
        areas[measure, group, period, split].append(row)
        if split:
            column = split.partition("=")[0]
            splits[measure, group, area, period, column].append(row)
        if mine[0].grain == Grain.MONTH:
            months[measure, group, area, split][period_of(period).first] = row
    yield from (tuple(each) for each in areas.values() if len(each) > 1)
    for (measure, group, area, period, _), parts in splits.items():
        whole = (measure, group, area, period, "")
        yield (*parts, whole) if whole in rows else tuple(parts)
    for row, mine in rows.items():
        measure, group, area, period, split = row
        if mine[0].grain == Grain.MONTH or at_end(definitions[measure], mine[0].statistic):
            continue
        known = months[measure, group, area, split]
        parts = [known[month] for month in period_of(period) if month in known]
        if parts:
            yield (*parts, row)


def _bare(result: Result) -> Result:
    if result.n is None:
        return result
    return replace(
        result, value=None, n=None, count=None, lower=None, upper=None, method="", excluded=(),
        status=Status.SUPPRESSED,
    )  # fmt: skip
