"""What stands at a day and carries over: cases open, people trained, posts filled.

Each row: the months, the verdict on 'it rose', and words that it must hold. Figures run up to
November 2023. The same months counted afresh get another verdict, since their steps say less.
"""

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from answerable.chain.body import Period
from answerable.chain.claims import Series, VerdictKind, judge_figures, judge_reading, judge_series
from answerable.chain.figures import Figure, definitions_of, results_of
from answerable.chain.measures import Gathered, Unit
from answerable.chain.statistics import Moved, compare
from answerable.chain.statistics.change import BY_STEPS
from answerable.cli.app import app, load
from tests.spec.test_forms_of_claim import somewhere
from tests.unit.claims.ledger import Ledger, posts, read

K = VerdictKind
LAST = Period.parse("2023-11").last
YEAR, BEFORE = "2022-12..2023-11", "2021-12..2022-11"
SIX, SIX_BEFORE = "2023-06..2023-11", "2022-06..2022-11"


def months(steps: list[float], start: float = 400) -> dict[object, float]:
    values = start + np.cumsum(steps)
    return {LAST + (i + 1 - len(steps)): float(v) for i, v in enumerate(values)}


def wander(on_record: int, by: float = 0.0) -> dict[object, float]:
    """Steps of about 4, alike up and down, and so many more in each month of the last year."""
    dice = np.random.default_rng(7)
    return months([float(s) + (i >= on_record - 12) * by
                   for i, s in enumerate(np.round(dice.normal(0, 4, on_record)))])  # fmt: skip


ROWS = {
    "it strays and nothing more": (wander(24), YEAR, BEFORE, K.NOT_SHOWN, "carries over"),
    "it grows month by month": (wander(24, 12), YEAR, BEFORE, K.SUPPORTED, "carries over"),
    "it shrinks month by month": (
        wander(24, -12), YEAR, BEFORE, K.CONTRADICTED, "goes the other way"),
    "six months on two years": (wander(24, 20), SIX, SIX_BEFORE, K.SUPPORTED, "carries over"),
    "six months on 18": (
        wander(18, 20), SIX, SIX_BEFORE, K.CANNOT_TELL, "at the end of any one month can be told"),
    "a month against the same month": (
        wander(36), "2023-11", "2022-11", K.CANNOT_TELL, "at the end of any one month can be told"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_change_of_what_stands(name: str) -> None:
    """From rows, as figures that were given, and as a bare series."""
    values, period, baseline, kind, words = ROWS[name]
    made = Ledger(posts())
    for month, value in values.items():
        made.put(str(month), "coverage", value / 1_000)
    reading = read(says="rose", statistic="coverage", period=period, baseline=baseline)
    given = [
        Figure("open", "Cases", Period.of(month, month), Unit.COUNT, value=value, statistic="open",
               source="Pack")
        for month, value in values.items()
    ]  # fmt: skip
    spans = Period.parse(period), Period.parse(baseline)
    for found in (
        judge_reading(reading, made.definition, made, somewhere()),
        judge_figures(given, "rose", "neither", *spans),
        judge_series(Series("Cases open", values, standing=True), "rose", "neither", *spans),
    ):
        assert found.verdict == kind, found.sentence
        assert words in f"{found.sentence} {found.to_settle}"


@pytest.mark.parametrize(
    ("title", "unit", "standing", "carries"),
    [
        ("Cases open at month end", Unit.COUNT, None, True),
        ("Cases", Unit.COUNT, None, False),
        ("Cases", Unit.COUNT, True, True),
        ("Backlog cleared", Unit.COUNT, False, False),
        ("Officers trained", Unit.SHARE, None, True),
        ("Officers trained", Unit.COUNT, None, False),
    ],
)
def test_figures_stand_at_a_day_as_said_or_by_their_title(
    title: str, unit: Unit, standing: bool | None, carries: bool
) -> None:
    scale = 1_000 if unit == Unit.SHARE else 1
    given = [
        Figure("cases", title, Period.of(month, month), unit, value=value / scale, source="Pack")
        for month, value in wander(24).items()
    ]  # fmt: skip
    found = judge_figures(
        given, "rose", "neither", Period.parse(YEAR), Period.parse(BEFORE), standing=standing
    )
    assert ("averaged over the month ends" in found.sentence) == carries
    assert ("carries over" in found.sentence) == carries


def test_at_the_same_mix_it_is_held_against_its_steps_too() -> None:
    """It grew, and at one mix of cases it only strayed, which would be a rise if counted afresh."""
    dice = np.random.default_rng(6)
    strayed = months([float(step) for step in np.round(dice.normal(0, 4, 24))])
    made = Ledger(posts(strata=("area",)))
    for basis, values in (("raw", wander(24, 12)), ("standardised", strayed)):
        for month, value in values.items():
            made.put(str(month), "coverage", value / 1_000, basis=basis)
    reading = read(says="rose", statistic="coverage", period=YEAR, baseline=BEFORE)
    found = judge_reading(reading, made.definition, made, somewhere())
    assert found.verdict == K.MIX_ONLY, found.sentence
    spans = Period.parse(YEAR), Period.parse(BEFORE)
    assert compare(strayed, *spans).moved == Moved.ROSE
    assert compare(strayed, *spans, standing=True).moved == Moved.WITHIN


def test_bound_to_a_measure_the_title_says_the_same() -> None:
    """Figures that a body keeps, under a name that nobody defined."""
    period, baseline = Period.parse(YEAR), Period.parse(BEFORE)
    given = [
        Figure("cases", "Cases open at month end", Period.of(month, month), Unit.COUNT, value=value,
               source="Pack")
        for month, value in wander(24, 12).items()
    ]  # fmt: skip
    made, _ = definitions_of(given, {})
    results = Gathered(results_of(given, made, [period, baseline]), "figures")
    reading = read(says="rose", measure="cases", statistic="value", period=YEAR, baseline=BEFORE)
    bound = judge_reading(reading, made["cases"], results, somewhere())
    alone = judge_figures(given, "rose", "neither", period, baseline)
    assert (bound.verdict, bound.rule) == (alone.verdict, alone.rule) == (K.SUPPORTED, BY_STEPS)
    assert bound.size == pytest.approx(alone.size)
    assert "averaged over the month ends" in bound.recorded


def test_a_bare_column_is_told_to_be_standing(tmp_path: Path) -> None:
    """The same column: a rise if each month is counted afresh, straying if it carries over."""
    load()
    file = tmp_path / "open.csv"
    rows = [f"{month},{value:g}" for month, value in months([3, -2, 4] * 4 + [9, 4, 8] * 4).items()]
    file.write_text("\n".join(["month,open", *rows]), encoding="utf-8")
    asked = ["judge", str(file), "--x", "month", "--value", "open", "--says", "rose",
             "--period", YEAR, "--baseline", BEFORE]  # fmt: skip
    plain, standing = (CliRunner().invoke(app, [*asked, *more]) for more in ([], ["--standing"]))
    assert "carries over" in standing.output and "carries over" not in plain.output
    assert "averaged over the month ends" in " ".join(standing.output.split())
