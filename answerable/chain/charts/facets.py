"""Small charts side by side, on one scale, so that they can be compared by eye.

Each is a chart in little: points, centre and limits, no key of its own. What shapes and lines
mean is said once, under all of them.
"""

from collections.abc import Sequence

from ..statistics import Chart
from .axis import Scale, Show, span, ticks
from .frame import LETTER, LINE, document, lines, paragraph, text
from .svg import label, levels, limit_paths, looks_of, meanings, points_drawn

NARROW = 300
"""How wide a small chart is: side by side on a page, a unit is about a pixel."""
PLOT = 90
ACROSS = 3
"""So many small charts in a row of the one drawing."""
GAP = 14
AXIS = 10
"""Words on the axis are broken after about so many letters."""

Facet = tuple[str, Chart]
"""A name, and its chart."""


def shared(facets: Sequence[Facet]) -> tuple[float, float]:
    """The range of values that all charts take together."""
    return span([level for _, chart in facets for level in levels(chart)])


def small(
    facet: Facet, scale: tuple[float, float], *, show: Show, title: str, desc: str, ident: str
) -> str:
    """One small chart as an SVG of its own, on a shared scale, styled by its page."""
    body, height = _small(facet, scale, show)
    return document(
        body, width=NARROW, height=height, title=title, desc=desc, ident=ident, style=False
    )


def facets_drawn(
    facets: Sequence[Facet],
    *,
    title: str,
    desc: str,
    show: Show,
    y_label: str,
    ident: str,
    note: str = "",
) -> str:
    """All charts in one drawing, in the order given, with a key beneath them.

    note   what must be read with them all; it stands last
    """
    scale = shared(facets)
    across = min(ACROSS, len(facets))
    width = across * NARROW + (across - 1) * GAP
    body, top = paragraph(12, 24, y_label, width - 24)
    parts = [_small(facet, scale, show) for facet in facets]
    for start in range(0, len(parts), across):
        row = parts[start : start + across]
        for column, (drawn, _) in enumerate(row):
            at = f"translate({column * (NARROW + GAP)} {top:.0f})"
            body.append(f'<g transform="{at}">{"".join(drawn)}</g>')
        top += max(height for _, height in row) + GAP
    for sample, words in meanings([chart for _, chart in facets]):
        body.append(sample(top + 8))
        drawn, top = paragraph(42, top + 8, words, width - 54)
        body += drawn
        top -= 8
    drawn, top = paragraph(12, top + 16, note, width - 24) if note else ([], top + 8)
    body += drawn
    return document(
        body, width=width, height=top + 8, title=title, desc=desc, ident=ident, style=True
    )


def _small(facet: Facet, scale: tuple[float, float], show: Show) -> tuple[list[str], float]:
    """The parts of a small chart, and how high it is."""
    name, chart = facet
    low, high = scale
    titled = lines(name, NARROW - 16)
    body = [text(8, 18 + i * LINE, line) for i, line in enumerate(titled)]
    top = 18 + (len(titled) - 1) * LINE + 14.0
    # The whole range is written at its ends alone; all charts have the same.
    written = ticks(low, high, show)
    written = [written[0], written[-1]] if len(written) > 1 else written
    halves = [lines(word, AXIS * LETTER) for _, word in written]
    left = 12 + LETTER * max((len(half) for each in halves for half in each), default=0)
    y = Scale(low, high, top + PLOT, top)
    x = Scale(0, max(len(chart.points) - 1, 1), left + 6, NARROW - 12)
    for (value, _), each in zip(written, halves, strict=True):
        body.append(f'<path class="ac-grid" d="M{left:.1f} {y(value):.1f}H{NARROW - 6}"/>')
        for i, half in enumerate(each):
            drop = 5 + (i - (len(each) - 1) / 2) * 16
            body.append(text(left - 5, y(value) + drop, half, anchor="end", small=True))
    body += limit_paths(chart.points, x, y)
    if chart.target is not None:
        path = f"M{left:.1f} {y(chart.target):.1f}H{NARROW - 6}"
        body.append(f'<path class="ac-target" d="{path}"/>')
    body += points_drawn(chart, looks_of(chart), x, y, every=False)
    bottom = top + PLOT + 20
    if chart.points:
        body.append(text(left, bottom, label(chart.points[0].x), small=True))
        last = label(chart.points[-1].x)
        body.append(text(NARROW - 4, bottom, last, anchor="end", small=True))
    return body, bottom + 8
