"""A control chart as a drawing."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from ..body import Month
from ..statistics import Chart, Point, Rebase
from ..statistics.reading import direction
from .axis import Scale, Show, span, ticks
from .frame import LETTER, LINE, WIDTH, frame, lines, paragraph, text

PLOT = 200
"""Height of the plot; all below it is the key, in words."""
RIGHT = WIDTH - 12


def draw(
    chart: Chart,
    *,
    title: str,
    desc: str,
    show: Show,
    y_label: str,
    ident: str,
    standalone: bool = True,
) -> str:
    """Draw a chart as an SVG of its own.

    title, desc   for those who do not see it: what it is, and what it says
    show          how a value is written ('38 minutes')
    y_label       what the values are, over the axis
    ident         unique in its page
    standalone    with its style inside; without, the page has `STYLE` in its own
    Signals differ from ordinary points in shape, not in colour alone. A point that is
    missing or withheld is a gap.
    """
    body, top = paragraph(12, 24, y_label, WIDTH - 24)
    top += 6 if chart.rebases else -6
    marks = levels(chart)
    marks_low, marks_high = span(marks)
    written = ticks(marks_low, marks_high, show) if marks else []
    left = 16 + LETTER * max((len(part) for _, word in written for part in _two(word)), default=0)
    y = Scale(marks_low, marks_high, top + PLOT, top)
    x = Scale(0, max(len(chart.points) - 1, 1), left + 10, RIGHT - 10)
    body += _grid(written, y, left)
    body += _breaks(chart, x, top)
    body += limit_paths(chart.points, x, y)
    if chart.target is not None and marks:
        body.append(f'<path class="ac-target" d="M{left:.1f} {y(chart.target):.1f}H{RIGHT}"/>')
    looks = looks_of(chart)
    body += points_drawn(chart, looks, x, y)
    body += _labels(chart.points, x, top + PLOT + 20)
    key, bottom = _key(chart, looks, show, top + PLOT + 20 + LINE + 6)
    return frame(body + key, height=bottom, title=title, desc=desc, ident=ident, style=standalone)


def levels(chart: Chart) -> list[float]:
    """Every value that must find room. A lower limit under zero needs none if no value is."""
    values = [point.value for point in chart.points if point.value is not None]
    if not values:
        return []
    limits = [
        level
        for point in chart.points
        for level in (point.lower, point.centre, point.upper)
        if level is not None
    ]
    if min(values) >= 0:
        limits = [max(level, 0.0) for level in limits]
    return values + limits + ([chart.target] if chart.target is not None else [])


def _grid(written: Iterable[tuple[float, str]], y: Scale, left: float) -> list[str]:
    parts = []
    for value, word in written:
        at = y(value)
        parts.append(f'<path class="ac-grid" d="M{left:.1f} {at:.1f}H{RIGHT}"/>')
        halves = _two(word)
        for i, half in enumerate(halves):
            drop = 5 + (i - (len(halves) - 1) / 2) * 16
            parts.append(text(left - 6, at + drop, half, anchor="end", small=True))
    return parts


def _two(word: str) -> list[str]:
    """Long words on an axis in two lines: '1 hour' over '30 minutes'."""
    return lines(word, 11 * LETTER)


def _breaks(chart: Chart, x: Scale, top: float) -> list[str]:
    where = {point.x: i for i, point in enumerate(chart.points)}
    parts = []
    for number, rebase in enumerate(chart.rebases):
        at = x(where[rebase.at] - 0.5)
        parts.append(f'<path class="ac-break" d="M{at:.1f} {top:.1f}V{top + PLOT}"/>')
        parts.append(text(at, top - 4, _letter(number), anchor="middle", small=True))
    return parts


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)


def limit_paths(points: Sequence[Point], x: Scale, y: Scale) -> list[str]:
    """Centre and limits as steps, broken where a phase ends or where there are none."""
    kinds: tuple[tuple[str, Callable[[Point], float | None]], ...] = (
        ("ac-centre", lambda point: point.centre),
        ("ac-limit", lambda point: point.lower),
        ("ac-limit", lambda point: point.upper),
    )
    parts = []
    for css, level in kinds:
        # Equal neighbours are one stroke. What lies under the floor of the drawing lies
        # where no value can be (see `levels`) and is not drawn.
        strokes = groupby(enumerate(points), key=lambda pair: (pair[1].phase, level(pair[1])))
        path, phase_before, end = [], -1, -1
        for (phase, here), members in strokes:
            rows = [i for i, _ in members]
            if here is None or here < y.low:
                continue
            joined = phase == phase_before and rows[0] == end + 1
            path.append(f"V{y(here):.1f}" if joined else f"M{x(rows[0] - 0.5):.1f} {y(here):.1f}")
            path.append(f"H{x(rows[-1] + 0.5):.1f}")
            phase_before, end = phase, rows[-1]
        if path:
            parts.append(f'<path class="{css}" d="{"".join(path)}"/>')
    return parts


def points_drawn(
    chart: Chart, looks: Sequence[str], x: Scale, y: Scale, *, every: bool = True
) -> list[str]:
    """The line through the points, broken at gaps and at re-bases, and a mark for each.

    every   with False, ordinary points that the line passes through have no mark
    """
    path, marks = [], []
    before: int | None = None
    for i, point in enumerate(chart.points):
        if point.value is None:
            before = None
            continue
        path.append(f"{'L' if before == point.phase else 'M'}{x(i):.1f} {y(point.value):.1f}")
        before = point.phase
        if every or looks[i] != "point" or _alone(chart.points, i):
            marks.append(_mark(looks[i], x(i), y(point.value)))
    return [f'<path class="ac-line" d="{"".join(path)}"/>', *marks]


def _alone(points: Sequence[Point], i: int) -> bool:
    """Whether no line reaches a point: both neighbours are gaps, or of another phase."""
    beside = [points[j] for j in (i - 1, i + 1) if 0 <= j < len(points)]
    return all(other.value is None or other.phase != points[i].phase for other in beside)


def looks_of(chart: Chart) -> list[str]:
    """How each point is drawn."""
    return [_look(chart, i) for i in range(len(chart.points))]


def _look(chart: Chart, i: int) -> str:
    """How a point is drawn: by what its signal means, else whether limits rest on it."""
    if chart.points[i].value is None:
        return "gap"
    way = direction(chart.points, i) if chart.points[i].signals else 0
    if way and chart.better == "neither":
        return "high" if way > 0 else "low"
    if way:
        return "better" if (way > 0) == (chart.better == "higher") else "worse"
    return "out" if chart.points[i].excluded else "point"


def _mark(look: str, x: float, y: float) -> str:
    if look == "better":
        return f'<path class="ac-better" d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"/>'
    if look == "worse":
        return f'<path class="ac-worse" d="M{x - 5.5:.1f} {y - 5.5:.1f}h11v11h-11z"/>'
    if look == "high":
        return f'<path class="ac-neutral" d="M{x:.1f} {y - 7:.1f}l7 12h-14z"/>'
    if look == "low":
        return f'<path class="ac-neutral" d="M{x:.1f} {y + 7:.1f}l7 -12h-14z"/>'
    size = 4 if look == "out" else 3.5
    return f'<circle class="ac-{look}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>'


def _labels(points: Sequence[Point], x: Scale, y: float) -> list[str]:
    """The first and the last label, and one between where there is room for it."""
    if not points:
        return []
    middle, end = len(points) // 2, len(points) - 1
    first, between, last = (label(points[i].x) for i in (0, middle, end))
    parts = [text(x(0) - 8, y, first, small=True)]
    if end:
        parts.append(text(x(end) + 8, y, last, anchor="end", small=True))
    room = (x.end - x.start) / LETTER
    if end > 3 and len(first) + len(between) + len(last) + 6 < room:
        parts.append(text(x(middle), y, between, anchor="middle", small=True))
    return parts


def label(x: str) -> str:
    """A month as 'Nov 2023'; any other label as it stands."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", x):
        return x
    name, year = Month.parse(x).plain().split()
    return f"{name[:3]} {year}"


_LOOKS = {
    "better": "better, beyond ordinary variation",
    "worse": "worse, beyond ordinary variation",
    "high": "high, beyond ordinary variation",
    "low": "low, beyond ordinary variation",
    "out": "shown, but left out of the limits",
}


def _key(chart: Chart, looks: Sequence[str], show: Show, y: float) -> tuple[list[str], float]:
    """What every line and shape means, in words, with the values in force at the end."""
    entries = [*_line_entries(chart, show), *_mark_entries(looks)]
    for i, rebase in enumerate(chart.rebases):
        entries.append((partial(_letter_sample, _letter(i)), _why(rebase)))
    parts = []
    for sample, words in entries:
        parts.append(sample(y))
        drawn, y = paragraph(42, y, words, WIDTH - 54)
        parts += drawn
    return parts, y - 8


Entry = tuple[Callable[[float], str], str]


def meanings(charts: Sequence[Chart]) -> list[Entry]:
    """What the lines and shapes of several charts mean, without the values of any one."""
    points = [point for chart in charts for point in chart.points]
    entries: list[Entry] = []
    if any(point.centre is not None for point in points):
        entries.append((_sample("ac-centre"), "centre"))
    if any(point.lower is not None for point in points):
        entries.append((_sample("ac-limit"), "limits of ordinary variation"))
    target = any(chart.target is not None for chart in charts)
    entries += [(_sample("ac-target"), "target")] if target else []
    return entries + _mark_entries([look for chart in charts for look in looks_of(chart)])


def _letter_sample(letter: str, y: float) -> str:
    return text(20, y, letter, anchor="middle", small=True)


def _why(rebase: Rebase) -> str:
    return f"from {label(rebase.at)}: {rebase.reason}"


def _line_entries(chart: Chart, show: Show) -> list[Entry]:
    entries: list[Entry] = []
    now = next((point for point in reversed(chart.points) if point.centre is not None), None)
    if now is not None and now.centre is not None:
        entries.append((_sample("ac-centre"), f"centre: {show(now.centre)}"))
    if now is not None and now.lower is not None and now.upper is not None:
        values = [point.value for point in chart.points if point.value is not None]
        words = f"limits: {show(now.lower)} to {show(now.upper)}"
        if now.lower < 0 <= min(values):
            words = f"upper limit: {show(now.upper)} (the lower would be under zero)"
        entries.append((_sample("ac-limit"), words))
    if chart.target is not None:
        entries.append((_sample("ac-target"), f"target: {show(chart.target)}"))
    return entries


def _mark_entries(looks: Sequence[str]) -> list[Entry]:
    entries: list[Entry] = [
        (partial(_mark_sample, look), words) for look, words in _LOOKS.items() if look in looks
    ]
    if "gap" in looks:
        entries.append((lambda y: "", "a gap: no figure, or one withheld"))
    return entries


def _mark_sample(look: str, y: float) -> str:
    return _mark(look, 20, y - 5)


def _sample(css: str) -> Callable[[float], str]:
    return lambda y: f'<path class="{css}" d="M6 {y - 5:.1f}h28"/>'
