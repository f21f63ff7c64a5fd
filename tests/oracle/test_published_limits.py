"""Limits, centre lines and medians follow from published points alone, so they tell nothing more.

Each is worked out again in plain Python (`tests.plain_limits`) from what a reader has. Were they
worked out from all points, one withheld month could be had back exactly, as the last tests show.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answerable.chain.body import Appetite, Month
from answerable.chain.charts import chart_of
from answerable.chain.disclosure import protect
from answerable.chain.measures import Definition, Grain, Result, Status, Unit
from answerable.chain.statistics import Chart
from answerable.site.public import Public
from answerable.site.release import Release
from answerable.site.reread import reread
from answerable.site.verify import verify
from tests.bundled import definition
from tests.plain_limits import Points, limits
from tests.site_release import made_up

FIRST = Month(2022, 1)
SETTLED = (Status.OK, Status.ZERO, Status.REVISED)
KINDS = ("xmr", "run", "c", "g", "t", "p", "p-prime", "u", "u-prime")
MEASURE = {"p": "repeat_victims", "u": "arrests_per_100_crimes"}


def of_kind(kind: str) -> Definition:
    key = MEASURE.get(kind[0] if kind != "run" else "", "reports")
    return definition(key).model_copy(update={"chart": kind, "breaks": ()})


def series(kind: str, seed: int) -> list[Result]:
    """Two years of a small area: true counts, some of them too small to show."""
    dice = np.random.default_rng(seed)
    shape = of_kind(kind)
    made = []
    for i in range(24):
        n = int(dice.poisson(45 if kind[0] in "pu" and kind != "run" else 7))
        top = int(dice.binomial(n, 0.15)) if kind[0] in "pu" and kind != "run" else None
        value = float(n) if top is None else top * shape.per / n if n else None
        unit = {"p": Unit.SHARE, "u": Unit.RATIO}.get(
            kind[0] if top is not None else "", Unit.COUNT
        )
        if unit == Unit.SHARE:
            value = round(top / n, 6) if n and top is not None else None
        statistic = {Unit.SHARE: "rate", Unit.RATIO: "ratio"}.get(unit, "count")
        month = str(FIRST + i)
        made.append(
            Result(shape.key, 1, "d", statistic, "all", month, Grain.MONTH, unit, value, n,
                   Status.OK if n else Status.ZERO, "s", count=top)
        )  # fmt: skip
    if kind == "t":
        made = [replace(r, unit=Unit.DAYS) for r in made]
    return made


def published(kind: str, true: Sequence[Result]) -> list[Result]:
    """What of a series is shown."""
    shape = of_kind(kind)
    counted = [replace(r, unit=Unit.COUNT) if kind == "t" else r for r in true]
    shown = protect(counted, {shape.key: shape}, Appetite())
    return [replace(s, unit=r.unit) for s, r in zip(shown, true, strict=True)]


def readers(shown: Sequence[Result], kind: str) -> Points:
    """The points as a reader has them."""
    return [
        None
        if r.value is None or r.status not in SETTLED
        else (r.count, r.n) if kind[0] in "pu" and kind != "run" else (r.value, None)
        for r in shown
    ]  # fmt: skip


def agree(chart: Chart, points: Points, per: float) -> bool:
    """Whether a chart's lines are what the points give."""
    expected = limits(chart.kind, points, per)
    for at, line in zip(chart.points, expected, strict=True):
        for ours, plain in zip((at.centre, at.lower, at.upper), line, strict=True):
            if (ours is None) != (plain is None):
                return False
            if ours is not None and plain is not None and not math.isclose(ours, plain):
                return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_a_chart_follows_from_published_points(kind: str) -> None:
    gaps = 0
    for seed in range(12):
        shown = published(kind, series(kind, seed))
        chart = chart_of(shown, of_kind(kind))
        assert chart is not None and chart.kind == kind
        per = of_kind(kind).per if kind[0] == "u" else 1
        assert agree(chart, readers(shown, kind), per), seed
        gaps += sum(point.value is None for point in chart.points)
        assert all(p.n is None for p in chart.points if p.value is None)
    assert gaps > 10


@pytest.mark.parametrize("kind", KINDS)
def test_lines_worked_out_from_all_points_are_found_out(kind: str) -> None:
    found = 0
    for seed in range(12):
        true = series(kind, seed)
        shown = published(kind, true)
        chart = chart_of(true, of_kind(kind))
        assert chart is not None
        per = of_kind(kind).per if kind[0] == "u" else 1
        found += not agree(chart, readers(shown, kind), per)
    assert found >= 6  # a median often stays where it was


def test_a_centre_line_of_all_points_would_give_the_withheld_month_back() -> None:
    """24 times the centre, less what is shown, is what is not."""
    true = series("xmr", 0)
    hidden = [i for i, r in enumerate(published("xmr", true)) if r.value is None][:1]
    shown = [replace(r, value=None, n=None) if i in hidden else r for i, r in enumerate(true)]
    leaky, safe = chart_of(true, of_kind("xmr")), chart_of(shown, of_kind("xmr"))
    assert leaky is not None and safe is not None
    rest = sum(r.value or 0 for r in shown)
    assert round(24 * (leaky.points[0].centre or 0) - rest, 6) == true[hidden[0]].value
    assert round(23 * (safe.points[0].centre or 0) - rest, 6) == 0


# --- a whole site


def test_every_chart_of_the_demonstration_follows_from_its_open_data(
    demo_site: Path,
) -> None:
    release = reread(demo_site, json.loads((demo_site / "manifest.json").read_text()))
    public, drawn, gaps = Public(release), 0, 0
    for shape in public.measures:
        for statistic in public.statistics(shape):
            for area in public.areas:
                chart = public.chart(shape, statistic, area)
                if chart is None or chart.rebases:
                    continue
                shown = public.shelf.series(shape.key, statistic, area, "")
                per = shape.per if chart.kind[0] == "u" else 1
                points = readers(shown, chart.kind)
                if len([p for p in points if p]) < 8:
                    continue
                assert agree(chart, points, per), (shape.key, statistic, area)
                drawn += 1
                gaps += sum(p is None for p in points)
    assert drawn > 100 and gaps > 100


def test_no_interval_stands_where_its_count_is_withheld(demo_site: Path) -> None:
    """The width of an interval gives the number that it rests on."""
    release = reread(demo_site, json.loads((demo_site / "manifest.json").read_text()))
    bare = [r for r in release.results if r.status == Status.SUPPRESSED]
    assert bare
    for each in bare:
        numbers = (each.value, each.n, each.count, each.lower, each.upper, *each.excluded)
        assert not any(number is not None for number in numbers), each.name
    assert not [r.name for r in release.results if r.lower is not None and r.n is None]


def test_a_site_whose_limits_rest_on_what_it_withholds_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages are drawn again from the open data: any line with more in it than that differs."""
    from answerable.site import build

    release = _few_measures()
    build(release, tmp_path / "honest")
    assert not _drawn_otherwise(tmp_path / "honest")
    hidden = {r.name: r for r in release.results if r.status == Status.SUPPRESSED}
    assert hidden

    def of_all(shown: Sequence[Result], shape: Definition) -> Chart | None:
        full = [
            replace(r, value=9.0, n=9, status=Status.OK) if r.name in hidden else r for r in shown
        ]
        chart, honest = chart_of(full, shape), chart_of(shown, shape)
        if chart is None or honest is None:
            return honest
        lines = zip(honest.points, chart.points, strict=True)
        points = tuple(replace(a, centre=b.centre, lower=b.lower, upper=b.upper) for a, b in lines)
        return replace(honest, points=points)

    with monkeypatch.context() as patch:
        patch.setattr("answerable.site.public.chart_of", of_all)
        build(release, tmp_path / "leaky")
    assert _drawn_otherwise(tmp_path / "leaky") == [
        "areas/clunmoor.html: does not follow from the open data."
    ]


def _few_measures() -> Release:
    return made_up(("reports",), claims=())


def _drawn_otherwise(site: Path) -> list[str]:
    return [each for each in verify(site).wrong if "does not follow from the open data" in each]
