"""Withholding what measures that count the same records would give away of each other.

Each measure is safe by itself before this. Here the auditor looks at linked measures together
(`together`), and whatever it finds is answered by withholding more of the other measures that
count these records: first that month of that area, then longer periods of it, then, whichever costs
less, the whole's, or whatever the measure that would be given away withholds itself; at last all
of them. Each step withholds something, so it ends.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from ..body import WHOLE, Appetite
from ..measures import Definition, Result, Status, period_of
from .audit import Exposure
from .exchange import WHOLE_WEIGHT
from .together import given_away, linked

Place = tuple[str, str]
"""Area and period."""
Rows = dict[tuple[str, str, str], list[int]]
"""Positions of results by measure, area and period."""


def withheld_jointly(
    true: Sequence[Result],
    hidden: Iterable[int],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> set[int]:
    """Positions of results that are to be withheld because of other measures.

    hidden   positions of those that are withheld already
    """
    gone = set(hidden)
    before = frozenset(gone)
    shown = [_bare(each) if i in gone else each for i, each in enumerate(true)]
    rows: Rows = {}
    for i, each in enumerate(true):
        rows.setdefault((each.measure, each.area, each.period), []).append(i)
    for names in linked(true, definitions):
        mine = [i for i, each in enumerate(true) if each.measure in names]
        while found := _exposures(mine, true, shown, definitions, appetite):
            # All answered as things stood when they were found: a later one may be settled by then.
            answers = {i for each in found for i in _answer(each, names, rows, gone, true)}
            for i in answers:
                gone.add(i)
                shown[i] = _bare(true[i])
    return gone - before


def _exposures(
    mine: Sequence[int],
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> tuple[Exposure, ...]:
    return given_away([true[i] for i in mine], [shown[i] for i in mine], definitions, appetite)


def _answer(
    exposure: Exposure,
    measures: Sequence[str],
    rows: Rows,
    gone: Collection[int],
    true: Sequence[Result],
) -> list[int]:
    """What is to be withheld next, the least first. Raises AssertionError when all is."""
    named, area, month, split, _ = exposure.where
    counting = [each for each in measures if each in named.split(", ")]
    inside = sorted(
        {period for _, _, period in rows if period_of(month).first in period_of(period)},
        key=lambda period: (len(period_of(period)), period),
    )
    column = split.partition("=")[0]
    alike = [
        {row[1:] for row, at in rows.items() if row[0] in counting
         and any(i in gone and true[i].split.partition("=")[0] == column for i in at)}
    ]  # fmt: skip
    own = [{(area, period)} for period in inside]
    whole = [{(WHOLE, period)} for period in inside]

    def first(steps: Iterable[Collection[Place]], only: str) -> list[int]:
        """Of the steps, the first that withholds anything; of these measures before all."""
        for step, some in product(steps, (counting, measures)):
            found = [
                i
                for row, at in rows.items()
                if row[0] in some and row[1:] in step
                for i in at
                if i not in gone and (not only or true[i].split.startswith(f"{only}="))
            ]
            if any(true[i].n is not None for i in found):
                return found
        return []

    # A split is kept by withholding splits, as long as there are any.
    for only in dict.fromkeys((column, "")):
        if area != WHOLE and (found := first(own, only)):
            return found
        choice = [each for steps in (whole, alike) if (each := first(steps, only))]
        if choice:
            return min(choice, key=lambda each: _cost(each, true))
        if found := first([{row[1:] for row in rows}], only):
            return found
    raise AssertionError("nothing is shown, and yet a count is given away")


def _cost(positions: Iterable[int], true: Sequence[Result]) -> float:
    """What it costs to withhold results: as in `exchange`, the whole is worth many areas."""
    shown = (true[i] for i in positions if true[i].n is not None)
    return sum(WHOLE_WEIGHT if r.area == WHOLE and not r.split else 1.0 for r in shown)


def _bare(result: Result) -> Result:
    return replace(
        result, value=None, n=None, count=None, lower=None, upper=None, method="", excluded=(),
        status=Status.SUPPRESSED,
    )  # fmt: skip
