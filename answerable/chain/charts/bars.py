"""Bars: parts of a whole, areas side by side, the steps of a pathway."""

from collections.abc import Sequence
from dataclasses import dataclass

from .axis import Show
from .frame import LETTER, LINE, WIDTH, frame, lines, paragraph, text

LEFT = 12
FULL = WIDTH - 2 * LEFT
THICK = 16


@dataclass(frozen=True)
class Bar:
    """One bar. `value` is None where there is no figure, and `note` says why.

    lower, upper   the interval, drawn as a line along the bar
    """

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Stage:
    """One step of a pathway: how many reached it, and why others were lost before it."""

    label: str
    count: int | None
    lost: tuple[tuple[str, int | None], ...] = ()


def bars(
    items: Sequence[Bar],
    *,
    title: str,
    desc: str,
    show: Show,
    ident: str,
    most: float | None = None,
    standalone: bool = True,
) -> str:
    """Horizontal bars from 0, each with its label and value in words.

    most   what a full bar stands for; the largest value or bound where not given
    Raises ValueError for a value below 0, which a bar from 0 cannot show.
    """
    levels = [level for item in items for level in (item.value, item.upper) if level is not None]
    if any(level < 0 for level in levels):
        raise ValueError("a bar starts at 0 and cannot show a value below it")
    full = most or max(levels, default=0) or 1.0
    body: list[str] = []
    y = 24.0
    for item in items:
        words = show(item.value) if item.value is not None else item.note or "no figure"
        drawn, y = _headed(item.label, words, y)
        body += drawn
        if item.value is not None:
            body.append(_bar("ac-bar", item.value / full, y))
        if item.lower is not None and item.upper is not None:
            start, end = (LEFT + FULL * min(level / full, 1) for level in (item.lower, item.upper))
            middle = y + THICK / 2
            body.append(
                f'<path class="ac-reach" d="M{start:.1f} {middle - 5:.1f}v10m0 -5'
                f'H{end:.1f}m0 -5v10"/>'
            )
        y += THICK + 26
    return frame(body, height=y - 14, title=title, desc=desc, ident=ident, style=standalone)


def pathway(
    stages: Sequence[Stage],
    *,
    title: str,
    desc: str,
    show: Show,
    ident: str,
    standalone: bool = True,
) -> str:
    """The steps of a pathway, each as long as the share that reached it, with the losses.

    The first stage's count is the full bar. What was lost before a stage stands over it.
    """
    full = next((stage.count for stage in stages if stage.count), 1)
    body: list[str] = []
    y = 24.0
    before: float | None = None
    for stage in stages:
        for reason, count in stage.lost:
            lost = show(count) if count is not None else "a number withheld"
            drawn, y = paragraph(LEFT + 20, y, f"↳ {lost}: {reason}", FULL - 20)
            body += drawn
        words = show(stage.count) if stage.count is not None else "withheld"
        drawn, y = _headed(stage.label, words, y)
        body += drawn
        if before is not None and stage.count is not None:
            body.append(_bar("ac-lost", before, y))
        if stage.count is not None:
            before = stage.count / full
            body.append(_bar("ac-bar", before, y))
        y += THICK + 26
    return frame(body, height=y - 14, title=title, desc=desc, ident=ident, style=standalone)


def _headed(label: str, words: str, y: float) -> tuple[list[str], float]:
    """A label, its value at the right of its last line, and where the bar begins."""
    parts = lines(label, FULL)
    room = FULL - (len(words) + 2) * LETTER
    if len(parts[-1]) * LETTER > room:
        parts += lines(parts.pop(), room) if room > 100 else [""]
    drawn = [text(LEFT, y + i * LINE, part, small=True) for i, part in enumerate(parts)]
    last = y + (len(parts) - 1) * LINE
    drawn.append(text(WIDTH - LEFT, last, words, anchor="end", small=True))
    return drawn, last + 7


def _bar(css: str, share: float, y: float) -> str:
    width = FULL * min(share, 1)
    return f'<rect class="{css}" x="{LEFT}" y="{y:.1f}" width="{width:.1f}" height="{THICK}"/>'
