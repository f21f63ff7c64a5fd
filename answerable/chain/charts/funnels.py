"""A funnel as a drawing: each unit at its size, between the limits for that size."""

from collections.abc import Sequence

from ..statistics.funnel import Funnel, Unit
from .axis import Scale, Show, span, ticks
from .frame import LETTER, LINE, WIDTH, frame, paragraph, text

PLOT = 240
RIGHT = WIDTH - 12
NAMED = 8
"""So many units are named on the drawing at most; the table names all."""


def funnel_drawn(
    funnel: Funnel,
    *,
    title: str,
    show: Show,
    highlight: str = "",
    ident: str = "funnel",
    standalone: bool = True,
) -> str:
    """Draw a funnel as an SVG of its own.

    show       how a value is written
    highlight  the unit asked about: it has a ring and its name
    Outliers are diamonds with their names, so that nothing rests on colour. Where each unit is
    held against the rest, limits are a line for each; else they join up.
    """
    units = sorted(funnel.units, key=lambda unit: unit.n)
    low, high = span([v for u in units for v in (u.value, u.lower998, u.upper998)])
    body, top = paragraph(12, 24, title, WIDTH - 24)
    written = ticks(low, high, show)
    left = 16 + LETTER * max(len(word) for _, word in written)
    y = Scale(low, high, top + PLOT, top)
    most = units[-1].n
    x = Scale(0, most * 1.05, left, RIGHT)
    for value, word in written:
        body.append(f'<path class="ac-grid" d="M{left:.1f} {y(value):.1f}H{RIGHT}"/>')
        body.append(text(left - 6, y(value) + 5, word, anchor="end", small=True))
    body.append(f'<path class="ac-centre" d="M{left:.1f} {y(funnel.centre):.1f}H{RIGHT}"/>')
    body += _limits(funnel, units, x, y)
    body += [_point(unit, x, y, unit.unit == highlight) for unit in units]
    body += _names(units, x, y, highlight)
    for n in (0.0, most / 2, most):
        anchor = "end" if n == most else "middle"
        body.append(text(x(n), top + PLOT + 20, f"{n:,.0f}", anchor=anchor, small=True))
    key, bottom = paragraph(
        12, top + PLOT + 20 + LINE, "Across: how many each rests on. Dashed: the 99.8% limits."
        " Diamond: beyond them. Black: all together.", WIDTH - 24,
    )  # fmt: skip
    return frame(
        body + key, height=bottom, title=title, desc=_said(funnel, show), ident=ident,
        style=standalone,
    )  # fmt: skip


def _limits(funnel: Funnel, units: Sequence[Unit], x: Scale, y: Scale) -> list[str]:
    if "against the rest" in funnel.method:
        return [
            f'<path class="ac-limit" d="M{x(u.n):.1f} {y(u.lower998):.1f}V{y(u.upper998):.1f}"/>'
            for u in units
        ]
    drawn = []
    for side in ("lower998", "upper998"):
        path = "L".join(f"{x(u.n):.1f} {y(getattr(u, side)):.1f}" for u in units)
        drawn.append(f'<path class="ac-limit" d="M{path}"/>')
    return drawn


def _point(unit: Unit, x: Scale, y: Scale, ringed: bool) -> str:
    across, up = x(unit.n), y(unit.value)
    ring = f'<circle class="ac-out" cx="{across:.1f}" cy="{up:.1f}" r="9"/>' if ringed else ""
    if unit.outlier:
        return f'{ring}<path class="ac-neutral" d="M{across:.1f} {up - 6:.1f}l6 6l-6 6l-6 -6z"/>'
    return f'{ring}<circle class="ac-point" cx="{across:.1f}" cy="{up:.1f}" r="4"/>'


def _names(units: Sequence[Unit], x: Scale, y: Scale, highlight: str) -> list[str]:
    named = [u for u in units if u.unit == highlight]
    named += [u for u in units if u.outlier and u.unit != highlight]
    drawn = []
    for unit in named[:NAMED]:
        right = x(unit.n) > (RIGHT + x(0)) / 2
        at = x(unit.n) + (-12 if right else 12)
        words = unit.unit[:28]
        drawn.append(text(at, y(unit.value) + 5, words, anchor="end" if right else "", small=True))
    return drawn


def _said(funnel: Funnel, show: Show) -> str:
    outliers = [f"{u.unit} at {show(u.value)}" for u in funnel.units if u.outlier]
    told = f"Beyond the limits: {', '.join(outliers)}." if outliers else "None is beyond them."
    return (
        f"{len(funnel.units)} units by how many each rests on, around {show(funnel.centre)}, with"
        f" the limits that size alone gives. {told}"
    )
