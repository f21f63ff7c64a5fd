"""Percentages and the counts behind them, joined where the arithmetic agrees."""

from dataclasses import replace
from itertools import permutations

from ..figures import Figure
from ..measures import Status, Unit
from .lines import Read, with_figures
from .understood import Line, Remark

MOST = 12
"""Counts of one area that are tried as the parts of a percentage."""


def join_pairs(read: Read) -> None:
    """Gives each line of percentages its numerators and denominators, where two lines of counts
    in the same area agree with it at every period that they share."""
    for i, line in enumerate(read.lines):
        if line.unit != Unit.SHARE:
            continue
        counts = [
            other
            for other in read.lines
            if other.area == line.area and other.unit == Unit.COUNT and _is_count(other)
        ]
        if not 2 <= len(counts) <= MOST:
            continue
        fitting = [pair for pair in permutations(counts, 2) if _fits(read, line, *pair)]
        if len(fitting) == 1:
            read.lines[i] = _joined(line, *fitting[0], read)
        elif not fitting:
            _nearly(read, line, counts)


def add_numerators(read: Read) -> None:
    """Gives percentages that are known to rest on so many the count of which they are, where one
    line of counts in the same area agrees at every period."""
    for i, line in enumerate(read.lines):
        if line.unit != Unit.SHARE or not all(f.denominator for f in line.figures):
            continue
        if any(f.numerator is not None or f.value is None for f in line.figures):
            continue
        counts = [o for o in read.lines if o.area == line.area and o.unit == Unit.COUNT]
        fitting = [tops for o in counts if len(tops := _numerators(read, line, o)) > 1]
        if len(fitting) == 1:
            pairs = zip(line.figures, fitting[0], strict=True)
            read.lines[i] = with_figures(line, [replace(f, numerator=n) for f, n in pairs])


def _numerators(read: Read, line: Line, counts: Line) -> list[float]:
    """The counts that give each of the percentages; empty where one does not."""
    by_span = {f.span: f.value for f in counts.figures}
    found: list[float] = []
    for figure in line.figures:
        top, value, n = by_span.get(figure.span), figure.value, figure.denominator
        if top is None or value is None or not n or abs(top / n - value) > _step(read, figure):
            return []
        found.append(top)
    return found


def _is_count(line: Line) -> bool:
    values = [f.value for f in line.figures if f.value is not None]
    return bool(values) and all(v >= 0 and v == int(v) for v in values)


def _shared(share: Line, top: Line, bottom: Line) -> list[tuple[Figure, Figure, Figure]]:
    tops = {f.span: f for f in top.figures if f.value is not None}
    bottoms = {f.span: f for f in bottom.figures if f.value}
    return [
        (f, tops[f.span], bottoms[f.span])
        for f in share.figures
        if f.value is not None and f.span in tops and f.span in bottoms
    ]


def _agrees(read: Read, share: Figure, top: Figure, bottom: Figure) -> bool:
    """Whether a percentage is what its counts give, as far as it was written out."""
    if not share.value and not top.value:
        return True
    assert share.value is not None and top.value is not None and bottom.value  # noqa: S101
    step = _step(read, share)
    return top.value <= bottom.value and abs(top.value / bottom.value - share.value) <= step


def _step(read: Read, share: Figure) -> float:
    """Half of the last digit that was written, and never less than a thousandth of a point."""
    return max(read.steps.get(share.place, 0.01) / 2, 1e-5) + 1e-9


def _fits(read: Read, share: Line, top: Line, bottom: Line) -> bool:
    shared = _shared(share, top, bottom)
    known = [f for f in share.figures if f.value is not None]
    if len(shared) < 2 or len(shared) < len(known):
        return False
    return all(_agrees(read, *each) for each in shared)


def _nearly(read: Read, line: Line, counts: list[Line]) -> None:
    """Two lines that give the percentage nearly everywhere: the cell where they do not."""
    for top, bottom in permutations(counts, 2):
        shared = _shared(line, top, bottom)
        wrong = [each for each in shared if not _agrees(read, *each)]
        if len(shared) >= 4 and 0 < len(wrong) <= len(shared) / 4:
            share, one, other = wrong[0]
            told = (
                f"{top.name} and {bottom.name} give this line everywhere else; here they give"
                f" {100 * (one.value or 0) / (other.value or 1):.1f}%. The counts are not joined"
                " to it."
            )
            read.remarks.append(Remark("share_differs", told, share.place, "cell"))
            return


def _joined(line: Line, top: Line, bottom: Line, read: Read) -> Line:
    by_span = {share.span: (one, other) for share, one, other in _shared(line, top, bottom)}
    figures = []
    for figure in line.figures:
        pair = by_span.get(figure.span)
        if pair is None or figure.status == Status.SUPPRESSED:
            figures.append(figure)
            continue
        figures.append(replace(figure, numerator=pair[0].value, denominator=pair[1].value))
    told = f"'{line.name}' is {top.name} of {bottom.name}: the arithmetic agrees."
    read.remarks.append(Remark("pair", told, line.place))
    return with_figures(line, figures)
