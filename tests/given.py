"""Series of figures made by hand, for tests of what was given without its records."""

from typing import Any

import numpy as np

from answerable.chain.body import Month, Period
from answerable.chain.figures import Figure
from answerable.chain.measures import Unit

NOW, THEN = Period.parse("2022-12..2023-11"), Period.parse("2021-12..2022-11")
MONTHS = [Month(2021, 12) + i for i in range(24)]


def figure(period: Any, value: float | None = None, unit: Unit = Unit.COUNT, **more: Any) -> Figure:
    more = {"measure": "calls", "title": "Calls answered", "source": "Pack", **more}
    return Figure(period=Period.parse(str(period)), unit=unit, value=value, **more)


def counts(shift: float = 0, months: int = 24, seed: int = 3, **more: Any) -> list[Figure]:
    """Whole counts about 200 a month, `shift` more in the later half of two years."""
    noise = np.random.default_rng(seed).normal(0, 8, months)
    return [
        figure(month, float(round(200 + (i >= 12) * shift + noise[i])), **more)
        for i, month in enumerate(MONTHS[:months])
    ]


def shares(shift: float = 0, *, counted: bool = True, seed: int = 3, **more: Any) -> list[Figure]:
    """Shares about 40%, `shift` more in the later year, of about 900 a month."""
    dice = np.random.default_rng(seed)
    made = []
    for i, month in enumerate(MONTHS):
        n = int(dice.integers(800, 1000))
        top = round(n * (0.4 + (i >= 12) * shift + dice.normal(0, 0.01)))
        both = {"numerator": float(top), "denominator": float(n)}
        value = None if counted else round(top / n, 3)
        made.append(figure(month, value, Unit.SHARE, **(both if counted else {}), **more))
    return made


def longer(figures: list[Figure], length: int) -> list[Figure]:
    """Counts of months as totals of so many months each."""
    made = []
    for i in range(0, len(figures), length):
        part = figures[i : i + length]
        span = Period.of(part[0].period.first, part[-1].period.last)
        made.append(figure(span, sum(each.value or 0 for each in part)))
    return made
