"""Figures that were given: an area that stands apart, a change at a date, something in place.

Each row: what was given, the verdict, and words that the sentence or what would settle it must
hold. Where a measure is defined, the same figures bound to it get the same verdict.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, Month, Period
from answerable.chain.claims import (
    VerdictKind,
    judge_figures,
    judge_reading,
    usual_of_figures,
)
from answerable.chain.figures import Figure, definitions_of, results_of
from answerable.chain.measures import Gathered, Status, Unit
from answerable.cli.app import load
from tests.given import figure
from tests.spec.test_forms_of_claim import YEAR, K, somewhere
from tests.unit.claims.ledger import read

NOW = Period.parse(YEAR)
ALIKE = {"a": (824, 4120), "b": (536, 2680), "c": (602, 3010), "d": (376, 1880), "e": (148, 740)}
HIGH = ALIKE | {"c": (903, 3010)}


def placed(counts: dict[str, tuple[int, int]], unit: Unit = Unit.SHARE) -> list[Figure]:
    """One figure of the year for each area, with both of its counts."""
    return [
        figure(YEAR, unit=unit, area=code, numerator=float(x), denominator=float(n),
               statistic="value", title="Answered in time")
        for code, (x, n) in counts.items()
    ]  # fmt: skip


def by_month(counts: dict[str, tuple[int, int]]) -> list[Figure]:
    return [
        figure(month, unit=Unit.SHARE, area=code, numerator=x / 12, denominator=n / 12)
        for code, (x, n) in counts.items()
        for month in NOW
    ]


def without_numerators(title: str) -> list[Figure]:
    """Percentages to one decimal, and of how many."""
    return [
        figure(YEAR, round(x / n, 3), Unit.SHARE, area=code, denominator=float(n), title=title)
        for code, (x, n) in HIGH.items()
    ]


OUTLIERS: dict[str, tuple[Callable[[], list[Figure]], str, K, str]] = {
    "far above the rest": (lambda: placed(HIGH), "c", K.SUPPORTED, "above that range"),
    "on monthly counts too": (
        lambda: by_month({c: (x // 12 * 12, n // 12 * 12) for c, (x, n) in HIGH.items()}),
        "c", K.SUPPORTED, "above that range"),
    "like the rest": (lambda: placed(ALIKE), "c", K.NOT_SHOWN, "998 of 1,000"),
    "beside one that stands apart": (lambda: placed(HIGH), "a", K.NOT_SHOWN, "lies within"),
    "a rate": (
        lambda: placed({c: (x, n // 6) for c, (x, n) in HIGH.items()}, Unit.RATIO), "c",
        K.SUPPORTED, "above that range"),
    "percentages of so many": (
        lambda: without_numerators("Answered in time"), "c", K.SUPPORTED, "above that range"),
    "what people answered, without its counts": (
        lambda: without_numerators("Satisfaction"), "c", K.CANNOT_TELL, "not so many of so many"),
    "two areas": (
        lambda: placed({c: HIGH[c] for c in "ac"}), "c", K.CANNOT_TELL, "fewer than 3 areas"),
    "fewer than ten expected": (
        lambda: placed(HIGH | {"c": (9, 40)}), "c", K.CANNOT_TELL, "fewer than 10"),
    "plain counts": (
        lambda: [figure(YEAR, float(x), area=c) for c, (x, _) in HIGH.items()], "c",
        K.CANNOT_TELL, "not so many of so many"),
    "percentages alone": (
        lambda: [figure(YEAR, x / n, Unit.SHARE, area=c) for c, (x, n) in HIGH.items()], "c",
        K.CANNOT_TELL, "A share or a rate with its numerator and denominator"),
    "nothing for the period": (
        lambda: [*placed({c: HIGH[c] for c in "abde"}),
                 figure("2021-12", unit=Unit.SHARE, area="c", numerator=9.0, denominator=40.0,
                        title="Answered in time")],
        "c", K.CANNOT_TELL, "no figure"),
    "the whole": (
        lambda: placed(HIGH | {"all": (2787, 12430)}), "all", K.CANNOT_TELL, "nothing here to be"),
    "the whole is not one of the others": (
        lambda: placed(HIGH | {"all": (2787, 12430)}), "c", K.SUPPORTED, "above that range"),
    "given twice": (
        lambda: [*placed(HIGH), *placed({"c": (602, 3010)})], "c", K.CANNOT_TELL,
        "different figures were given"),
    "another given twice is left out": (
        lambda: [*placed(HIGH), *placed({"e": (700, 740)})], "c", K.SUPPORTED, "above that range"),
    "withheld": (
        lambda: [*placed({c: HIGH[c] for c in "abde"}),
                 figure(YEAR, unit=Unit.SHARE, area="c", status=Status.SUPPRESSED,
                        title="Answered in time")],
        "c", K.CANNOT_TELL, "withheld to protect people"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLIERS)
def test_an_area_that_stands_apart(name: str) -> None:
    given, area, kind, words = OUTLIERS[name]
    found = judge_figures(given(), "outlier", "neither", NOW, area=area)
    assert found.verdict == kind, found.sentence
    assert words in f"{found.sentence} {found.to_settle}"
    assert found.grade in ("monthly totals", "two figures")
    if kind == K.SUPPORTED:  # never plainly
        assert found.label.endswith("mix not checked")
        assert "the mix of cases was not checked" in found.may_say


def test_bound_to_a_measure_it_is_the_same() -> None:
    for area, kind in (("c", K.SUPPORTED), ("a", K.NOT_SHOWN)):
        given = placed(HIGH)
        made, _ = definitions_of(given, {})
        results = Gathered(results_of(given, made, [NOW]), "figures")
        reading = read(says="outlier", measure="calls", statistic="value", area=area, baseline="")
        bound = judge_reading(reading, made["calls"], results, somewhere())
        alone = judge_figures(given, "outlier", "neither", NOW, area=area)
        assert bound.verdict == alone.verdict == kind, bound.sentence
        assert (bound.label, bound.ordinary) == (alone.label, alone.ordinary)


def test_the_whole_and_what_was_given_twice_move_no_limit() -> None:
    """Nor does a figure of another period."""
    beside = placed({c: HIGH[c] for c in "abcd"})
    more = [
        *placed({"all": (2787, 12430)}),
        *placed({"e": (148, 740)}), *placed({"e": (700, 740)}),
        *(replace(f, area="f", period=Period.parse("2021-12..2022-11")) for f in beside[:1]),
    ]  # fmt: skip
    alone, among = (
        judge_figures(given, "outlier", "neither", NOW, area="c")
        for given in (beside, [*beside, *more])
    )
    assert among.ordinary == alone.ordinary


def test_of_several_measures_nothing_is_set_beside() -> None:
    mixed = [*placed(HIGH), figure(YEAR, 4.0, area="f")]
    with pytest.raises(ValueError, match="2 series"):
        judge_figures(mixed, "outlier", "neither", NOW, area="c")


# --- a change at a date


def waits(months: int, shorter: float, since: Month) -> list[Figure]:
    noise = np.random.default_rng(3).normal(0, 60, months)
    ends = Month(2023, 11)
    return [
        figure(month, 2_640 + noise[i] - (shorter if month >= since else 0), Unit.SECONDS,
               statistic="median", measure="wait", title="Time to arrive")
        for i, month in enumerate(Period.of(ends + (1 - months), ends))
    ]  # fmt: skip


AT = {
    "24 months before and 12 after": (36, "2022-12", K.SUPPORTED, "it changed at December 2022"),
    "nothing happened then": (36, "2022-12", K.NOT_SHOWN, "no change at December 2022 is shown"),
    "23 months before": (35, "2022-12", K.CANNOT_TELL, "24 months before it and 12 after"),
    "7 months after": (36, "2023-05", K.CANNOT_TELL, "December 2023 to April 2024"),
}


@pytest.mark.parametrize("name", AT)
def test_a_change_at_a_date(name: str) -> None:
    months, at, kind, words = AT[name]
    month = Month.parse(at)
    given = waits(months, 0 if kind == K.NOT_SHOWN else 720, month)
    found = judge_figures(given, "improved", "lower", changed_at=month)
    assert found.verdict == kind, found.sentence
    text = f"{found.sentence} {found.to_settle} {found.may_say}"
    assert words in text
    assert ("an effect at a date needs" in text) == (kind == K.CANNOT_TELL)
    assert "because" not in text
    made, _ = definitions_of(given, {})
    definition = made["wait"].model_copy(update={"better": "lower"})
    span = Period.of(month, month + 11)
    results = Gathered(results_of(given, made, [span, span.earlier(12)]), "figures")
    reading = read(changed_at=f"{at}-01", measure="wait", period="", baseline="")
    assert judge_reading(reading, definition, results, somewhere()).verdict == kind


def test_years_alone_are_refused_at_a_date() -> None:
    given = [figure(f"{year}-12..{year + 1}-11", 500.0 - year) for year in (2020, 2021, 2022)]
    found = judge_figures(given, "fell", "neither", changed_at=Month(2022, 12))
    assert found.verdict == K.CANNOT_TELL
    assert "The 24 monthly figures" in found.to_settle


def test_the_usual_reading_stands_beside_a_date() -> None:
    given = waits(36, 720, Month(2022, 12))
    usual = usual_of_figures(given, "improved", "lower", None, None, changed_at=Month(2022, 12))
    assert usual is not None and usual.period == NOW
    assert usual.verdict.verdict == K.SUPPORTED
    assert usual_of_figures(placed(HIGH), "outlier", "neither", NOW, None, area="c") is None


# --- in place


@pytest.mark.parametrize(
    ("values", "target", "kind", "words"),
    [
        ([4, 5, 5], 5, VerdictKind.NOT_IN_PLACE, "first recorded so at the end of October 2023"),
        ([5, 5, 4], 5, VerdictKind.IN_PLACE, "at least 5"),
        ([0, 1, 1], None, VerdictKind.NOT_IN_PLACE, "at least one"),
    ],
)
def test_something_in_place(
    values: list[int], target: int | None, kind: VerdictKind, words: str
) -> None:
    given = [
        figure(month, float(value), statistic="open", title="Posts filled")
        for month, value in zip(Period.parse("2023-09..2023-11"), values, strict=True)
    ]
    found = judge_figures(given, "in_place", "higher", on=date(2023, 9, 30), target=target)
    assert found.verdict == kind, found.sentence
    assert words in found.sentence
    twice = [*given, replace(given[0], value=9.0)]
    found = judge_figures(twice, "in_place", "higher", on=date(2023, 9, 30), target=target)
    assert found.verdict == K.CANNOT_TELL


# --- the command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def wide(path: Path) -> Path:
    """Percentages by area beside both of their counts, as a pack has them."""
    lines = ["Area,Period,Answered in time,Calls,% answered in time"]
    lines += [
        f"{code.upper()},12m to Nov-{year},{x + year},{n},{100 * (x + year) / n:.1f}%"
        for code, (x, n) in HIGH.items()
        for year in (22, 23)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def dated(path: Path) -> Path:
    given = waits(36, 720, Month(2022, 12))
    lines = ["month,minutes", *(f"{f.period},{(f.value or 0) / 60:.2f}" for f in given)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("strict", [True, False])
def test_judge_takes_the_month_of_a_change(tmp_path: Path, strict: bool) -> None:
    columns = ("--x", "month", "--value", "minutes") if strict else ()
    result = run("judge", dated(tmp_path / "s.csv"), *columns, "--says", "fell",
                 "--changed-at", "2022-12")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "it changed at December 2022" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--says", "meets", "--changed-at", "2022-12"], "a date belongs to a change"),
        (["--says", "fell", "--changed-at", "winter"], "'winter' is no month"),
        (["--says", "fell", "--changed-at", "2022-12", "--period", YEAR], "periods follow"),
        (["--says", "fell", "--baseline", YEAR], "is not named"),
        (["--says", "outlier", "--period", YEAR, "--x", "month", "--value", "minutes"],
         "a column is one series"),
        (["--says", "outlier", "--period", YEAR], "none is named"),
    ],
)  # fmt: skip
def test_judge_says_what_is_missing(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = run("judge", dated(tmp_path / "s.csv"), *arguments)
    assert isinstance(result.exception, InputMistake)
    assert told in str(result.exception)


def test_judge_sets_an_area_beside_the_others_of_its_line(tmp_path: Path) -> None:
    asked = ("judge", wide(tmp_path / "areas.csv"), "--says", "outlier", "--period", YEAR,
             "--line", "% answered")  # fmt: skip
    apart, alike = (run(*asked, "--area", area) for area in ("C", "A"))
    assert apart.exit_code == 0, apart.output
    assert "mix not checked" in apart.output
    assert (alike.exit_code, "lies within" in alike.output) == (1, True)
