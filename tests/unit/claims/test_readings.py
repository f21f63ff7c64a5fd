"""Verdicts on readings: what supports, what contradicts, and what cannot be told."""

from collections.abc import Callable

import numpy as np
import pytest

from answerable.chain.claims import Verdict, VerdictKind
from answerable.chain.measures import Grade, Status
from tests.unit.claims.ledger import (
    MONTHS,
    NOW,
    THEN,
    Ledger,
    count,
    define,
    noise,
    posts,
    step,
    survey,
)

K = VerdictKind
Judged = Callable[..., Verdict]


def times(shift: float = -360.0, **definition: object) -> Ledger:
    ledger = Ledger(define(**definition))
    ledger.fill("median", 2_640 + noise() + step(shift))
    return ledger


# --- change


@pytest.mark.parametrize(
    ("says", "shift", "kind"),
    [
        ("improved", -360, K.SUPPORTED),
        ("improved", 360, K.CONTRADICTED),
        ("improved", 0, K.NOT_SHOWN),
        ("worsened", 360, K.SUPPORTED),
        ("worsened", -360, K.CONTRADICTED),
        ("fell", -360, K.SUPPORTED),
        ("rose", -360, K.CONTRADICTED),
        ("unchanged", 0, K.SUPPORTED),
        ("unchanged", 600, K.CONTRADICTED),
        ("unchanged", 170, K.NOT_SHOWN),
    ],
)
def test_a_change_is_judged_in_the_direction_that_was_said(
    judged: Judged, says: str, shift: float, kind: K
) -> None:
    assert judged(times(shift), says=says).verdict == kind


def test_a_verdict_carries_what_a_page_needs(judged: Judged) -> None:
    verdict = judged(times())
    assert verdict.recorded.startswith("Recorded: a median of 37 minutes 56 seconds (December")
    assert "down from 44 minutes" in verdict.recorded
    assert verdict.sentence.startswith(verdict.recorded)
    assert verdict.size == pytest.approx(-360, abs=60)
    assert verdict.lower is not None and verdict.upper is not None
    assert verdict.lower < verdict.size < verdict.upper < 0
    assert verdict.smallest_visible == pytest.approx(1.75 * 60, rel=0.5)
    assert verdict.rule == "like months paired"
    assert verdict.grade == "from rows"
    assert verdict.source == "0" * 64
    assert verdict.unit == "seconds"
    assert verdict.to_settle == ""
    assert verdict.may_say.startswith("Time to wait, Somewhere Police: a median of 37 minutes")


def test_within_ordinary_variation_says_which_way_it_lies(judged: Judged) -> None:
    verdict = judged(times(-40))
    assert verdict.verdict == K.NOT_SHOWN
    assert verdict.label == "lower, but within ordinary variation"
    assert "A change of about" in verdict.to_settle


def test_shares_within_a_time_are_better_higher(judged: Judged) -> None:
    ledger = Ledger(define())
    ledger.fill("within_target", 0.60 + noise(size=0.01) + step(0.08))
    assert judged(ledger, statistic="within_target").verdict == K.SUPPORTED
    ledger.fill("missing_share", 0.10 + noise(size=0.01) + step(0.08))
    assert judged(ledger, statistic="missing_share").verdict == K.CONTRADICTED


def test_rows_and_months_that_disagree_tell_nothing(judged: Judged) -> None:
    ledger = times()
    ledger.change(NOW, "median", value=2_700.0)
    verdict = judged(ledger)
    assert verdict.verdict == K.CANNOT_TELL
    assert "opposite directions" in verdict.sentence


def daily(rates: np.ndarray) -> Ledger:
    """Counts of so many a day, with the windows that end in February 2024."""
    ledger = Ledger(count())
    ledger.fill("count", np.round(rates * np.array([month.days for month in MONTHS])))
    for first, last in (("2023-03", "2024-02"), ("2022-03", "2023-02")):
        months = [r.value or 0 for r in ledger.series("", "count") if first <= r.period <= last]
        ledger.put(f"{first}..{last}", "count", float(sum(months)))
    return ledger


LEAP = {"period": "2023-03..2024-02", "baseline": "2022-03..2023-02", "statistic": "count"}


def test_counts_are_compared_per_day_and_told_whole(judged: Judged) -> None:
    rates = 100 + noise(months=40, size=0.5) + np.where(np.arange(40) >= 27, 20, 0)
    verdict = judged(daily(rates), says="rose", **LEAP)
    assert verdict.verdict == K.SUPPORTED
    assert verdict.size == pytest.approx(20 * 366, rel=0.02)
    assert verdict.lower is not None and verdict.upper is not None
    assert verdict.lower < 20 * 366 < verdict.upper
    assert verdict.upper - verdict.lower < 2 * 366
    assert "." not in verdict.sentence.replace(". ", " ").removesuffix(".").replace("95%", "")


def test_a_leap_day_is_not_a_rise(judged: Judged) -> None:
    """The same number a day and one day more."""
    rates = 1_000 + np.tile(noise(months=12, size=0.01), 4)[:40]
    ledger = daily(rates)
    now, then = (ledger.one("", "count", period=LEAP[name]) for name in ("period", "baseline"))
    assert now is not None and then is not None
    assert (now.value or 0) - (then.value or 0) == pytest.approx(1_000, abs=20)
    verdict = judged(ledger, says="rose", **LEAP)
    assert verdict.verdict in (K.NOT_SHOWN, K.CANNOT_TELL)


def test_a_preceding_half_year_is_season(judged: Judged) -> None:
    verdict = judged(times(), period="2023-06..2023-11", baseline="2022-12..2023-05")
    assert verdict.verdict == K.CANNOT_TELL
    assert "season" in verdict.sentence
    assert "December 2022 to November 2023" in verdict.to_settle


def test_too_little_history_offers_what_can_be_read(judged: Judged) -> None:
    ledger = times()
    for month in list(ledger.series("wait", "median"))[:17]:
        ledger.drop(month.period, "median")
    verdict = judged(ledger)
    assert verdict.verdict == K.CANNOT_TELL
    assert "does not go back far enough" in verdict.sentence
    assert "June 2023 to November 2023" in verdict.to_settle


def test_a_break_between_the_periods_is_told_with_its_date(judged: Judged) -> None:
    verdict = judged(times(breaks=({"on": "2023-04-25", "why": "another form"},)))
    assert verdict.verdict == K.CANNOT_TELL
    assert "25 April 2023 (another form)" in verdict.sentence
    assert verdict.may_say == ""
    assert verdict.size is None
    assert "end in April 2025" in verdict.to_settle
    for first in ("up from", "down from"):
        assert first not in verdict.sentence


@pytest.mark.parametrize("on", ["2021-11-15", "2021-12-01", "2023-12-01"])
def test_a_break_outside_the_periods_stands_against_nothing(judged: Judged, on: str) -> None:
    assert judged(times(breaks=({"on": on, "why": "…"},))).verdict == K.SUPPORTED


@pytest.mark.parametrize(
    ("on", "kind"), [("2020-12-01", K.NOT_SHOWN), ("2021-06-01", K.CANNOT_TELL)]
)
def test_history_before_a_break_is_not_used(judged: Judged, on: str, kind: K) -> None:
    """A quarter needs 36 months that are counted in one way."""
    ledger = Ledger(define(breaks=({"on": on, "why": "…"},)))
    ledger.fill("median", 2_640 + noise(months=40))
    periods = {"period": "2023-12..2024-02", "baseline": "2022-12..2023-02"}
    for text in periods.values():
        ledger.put(text, "median", 2_640.0 if text == periods["period"] else 2_641.0)
    verdict = judged(ledger, **periods)
    assert verdict.verdict == kind
    if kind == K.CANNOT_TELL:
        assert "does not go back far enough" in verdict.sentence


def test_months_that_are_not_covered_are_named(judged: Judged) -> None:
    ledger = times()
    ledger.change("2023-03", "median", value=None, status=Status.MISSING)
    verdict = judged(ledger)
    assert verdict.verdict == K.CANNOT_TELL
    assert "usable figure for March 2023" in verdict.sentence
    assert verdict.to_settle == "Records that cover March 2023."


@pytest.mark.parametrize("where", ["2023-03", "2022-03", NOW, THEN])
def test_no_verdict_on_withheld_figures(judged: Judged, where: str) -> None:
    ledger = times()
    ledger.change(where, "median", value=None, status=Status.SUPPRESSED, n=None)
    verdict = judged(ledger)
    assert verdict.verdict == K.CANNOT_TELL
    assert "withheld" in verdict.sentence
    assert "minutes" not in verdict.sentence
    assert verdict.may_say == ""
    assert verdict.size is None


def test_two_figures_are_never_enough(judged: Judged) -> None:
    ledger = Ledger(define())
    ledger.put(NOW, "median", 2_280.0, grade=Grade.TWO)
    ledger.put(THEN, "median", 2_640.0, grade=Grade.TWO)
    verdict = judged(ledger)
    assert verdict.verdict == K.CANNOT_TELL
    assert verdict.grade == "two figures"
    assert "down from 44 minutes" in verdict.recorded
    assert "monthly figures" in verdict.to_settle


def test_without_any_figure_nothing_is_recorded(judged: Judged) -> None:
    verdict = judged(Ledger(define()))
    assert verdict.verdict == K.CANNOT_TELL
    assert "no figure for December 2022 to November 2023" in verdict.sentence


def test_a_handful_of_records_is_not_judged(judged: Judged) -> None:
    ledger = times()
    ledger.change(THEN, "median", n=19)
    assert "19 records" in judged(ledger).sentence
    ledger.change(THEN, "median", n=20)
    assert judged(ledger).verdict == K.SUPPORTED


def test_unchanged_needs_to_know_what_matters(judged: Judged) -> None:
    ledger = times(0, matters=None)
    assert judged(ledger, says="unchanged").verdict == K.CANNOT_TELL
    assert judged(ledger, says="unchanged", margin="3 minutes").verdict == K.SUPPORTED


# --- mix


def mixed(raw: float, standardised: float) -> Ledger:
    ledger = times(raw, strata=("channel",))
    own = 2_640 + noise(2) + step(standardised)
    ledger.fill("median", own + noise(3, 5) + step(raw - standardised))
    ledger.fill("median", own, basis="standardised")
    return ledger


def test_only_the_mix_changed(judged: Judged) -> None:
    verdict = judged(mixed(-360, 0))
    assert verdict.verdict == K.MIX_ONLY
    assert "what moved is the mix of cases" in verdict.sentence
    assert verdict.may_say.endswith("at the same mix of cases, within ordinary variation.")


def test_a_change_that_holds_at_the_same_mix(judged: Judged) -> None:
    verdict = judged(mixed(-360, -360))
    assert verdict.verdict == K.SUPPORTED
    assert verdict.label == "the record shows this"
    assert "holds at the same mix" in verdict.sentence


def test_a_force_is_not_contradicted_by_a_change_in_mix(judged: Judged) -> None:
    verdict = judged(mixed(360, 0))
    assert verdict.verdict == K.NOT_SHOWN
    assert "goes the other way" in verdict.sentence
    assert "what moved is the mix" in verdict.sentence


def test_an_unchecked_mix_is_never_plainly_supported(judged: Judged) -> None:
    verdict = judged(times(strata=("channel",)))
    assert verdict.verdict == K.SUPPORTED
    assert verdict.label == "the record shows this; mix not checked"
    assert "mix of cases was not checked" in verdict.sentence
    assert "group of like cases" in verdict.to_settle


def test_a_count_has_no_mix(judged: Judged) -> None:
    ledger = Ledger(count(strata=("channel",)))
    ledger.fill("count", 300 + noise(size=5) + step(90))
    verdict = judged(ledger, says="rose", statistic="count")
    assert verdict.label == "the record shows this"


# --- missing times


def with_missing(shift: float, missing: np.ndarray) -> Ledger:
    ledger = times(shift)
    ledger.fill("p90", 5_400 + noise(4) + step(shift))
    ledger.fill("missing_share", missing)
    return ledger


def test_missing_times_that_do_not_move_change_nothing(judged: Judged) -> None:
    verdict = judged(with_missing(-360, 0.11 + noise(5, 0.005)))
    assert verdict.verdict == K.SUPPORTED
    assert "Without a usable time: 10.8%, as before." in verdict.sentence


def test_more_missing_times_can_undo_a_small_gain(judged: Judged) -> None:
    verdict = judged(with_missing(-200, 0.08 + noise(5, 0.005) + step(0.10)))
    assert verdict.verdict == K.CANNOT_TELL
    assert "share without a usable time moved from 7.8% to 17.8%" in verdict.sentence
    assert "missing times" in verdict.to_settle


def test_a_gain_that_outweighs_the_missing_times_stands(judged: Judged) -> None:
    verdict = judged(with_missing(-900, 0.08 + noise(5, 0.005) + step(0.05)))
    assert verdict.verdict == K.SUPPORTED


def test_fewer_missing_times_are_dealt_against_the_claim_too(judged: Judged) -> None:
    verdict = judged(with_missing(-200, 0.20 + noise(5, 0.005) + step(-0.12)))
    assert verdict.verdict == K.CANNOT_TELL


def test_missing_times_not_known_by_month_are_taken_as_they_stand(judged: Judged) -> None:
    ledger = with_missing(-200, 0.08 + noise(5, 0.005) + step(0.10))
    ledger.drop("2022-05", "missing_share")
    assert judged(ledger).verdict == K.CANNOT_TELL


def test_the_share_of_all_eligible_stands_beside_a_duration(judged: Judged) -> None:
    ledger = times()
    ledger.fill("eligible_within_target", 0.5 + noise(6, 0.01) + step(0.1))
    assert "Of all eligible, seen within target: 60" in judged(ledger).sentence


# --- provisional


def test_provisional_is_marked(judged: Judged) -> None:
    ledger = times(360)
    ledger.change("2023-11", "median", status=Status.PROVISIONAL)
    verdict = judged(ledger, says="worsened")
    assert verdict.verdict == K.SUPPORTED
    assert verdict.provisional
    assert verdict.sentence.endswith("may still change.")


def test_immaturity_that_favours_the_claim_tells_nothing(judged: Judged) -> None:
    """The slow cases are not in yet, so a recent median is too low."""
    ledger = times(-360, settles_after="30 days")
    ledger.change("2023-11", "median", status=Status.PROVISIONAL)
    verdict = judged(ledger, says="improved")
    assert verdict.verdict == K.CANNOT_TELL
    assert verdict.provisional
    assert verdict.may_say == ""
    assert "30 days" in verdict.to_settle


# --- the chart as context


def test_a_chart_that_differs_is_explained(judged: Judged) -> None:
    ledger = times(0)
    for i, month in enumerate(("2023-10", "2023-11")):
        ledger.change(month, "median", value=3_600.0 + i)
    verdict = judged(ledger, says="worsened")
    assert verdict.verdict == K.NOT_SHOWN
    assert "A control chart of the same months has a signal at November 2023" in verdict.sentence


# --- ratios


def test_both_sides_of_a_ratio_are_told(judged: Judged) -> None:
    side = {"table": "arrests", "include": "true", "at": "arrested_on"}
    ledger = Ledger(
        define(
            kind="ratio", numerator=side, denominator={**side, "table": "crimes"},
            statistics=("ratio", "numerator", "denominator"), better="higher", matters=None,
            target=None, splits=(),
        )
    )  # fmt: skip
    ledger.fill("ratio", 32 + noise(size=0.5))
    ledger.fill("numerator", 320 + noise(2, 5) + step(80))
    ledger.fill("denominator", 1_000 + noise(3, 5) + step(250))
    verdict = judged(ledger, says="improved", statistic="ratio")
    assert verdict.verdict == K.NOT_SHOWN
    assert "Numerator: 4,8" in verdict.sentence
    assert "Denominator: 1" in verdict.sentence


# --- targets


def test_a_target_over_months_that_are_not_all_there(judged: Judged) -> None:
    ledger = times(0)
    ledger.change("2023-03", "median", value=None, status=Status.MISSING)
    verdict = judged(ledger, says="meets", baseline="")
    assert verdict.verdict == K.CANNOT_TELL
    assert "usable figure for March 2023" in verdict.sentence


@pytest.mark.parametrize(
    ("says", "value", "kind"),
    [
        ("meets", 3_600.0, K.SUPPORTED),
        ("meets", 3_601.0, K.CONTRADICTED),
        ("misses", 3_601.0, K.SUPPORTED),
        ("just_misses", 3_700.0, K.SUPPORTED),
        ("just_misses", 3_900.0, K.CONTRADICTED),
    ],
)
def test_a_target_of_time(judged: Judged, says: str, value: float, kind: K) -> None:
    ledger = times(0)
    ledger.put(NOW, "median", value)
    verdict = judged(ledger, says=says, baseline="")
    assert verdict.verdict == kind
    assert "against a target of at most 1 hour" in verdict.recorded


def test_a_target_that_was_not_in_force_yet(judged: Judged) -> None:
    target = {"at_most": "60 minutes", "since": "2023-01-01", "source": "…"}
    verdict = judged(times(0, target=target), says="meets", baseline="")
    assert verdict.verdict == K.CANNOT_TELL
    assert "no target" in verdict.sentence


def test_the_target_that_the_claim_names(judged: Judged) -> None:
    verdict = judged(times(0), says="meets", baseline="", value="40 minutes")
    assert verdict.verdict == K.CONTRADICTED
    assert "at most 40 minutes" in verdict.recorded


def asked(value: float, half: float, n: int) -> Ledger:
    ledger = Ledger(survey())
    ledger.fill("satisfied", value + noise(7, 0.02))
    ledger.put("2023-Q3", "satisfied", value, n=n, lower=value - half, upper=value + half)
    ledger.put("2023-Q3", "response_rate", 0.42)
    return ledger


@pytest.mark.parametrize(
    ("value", "half", "n", "kind"),
    [
        (0.78, 0.058, 200, K.CANNOT_TELL),
        (0.78, 0.016, 2_500, K.SUPPORTED),
        (0.83, 0.015, 2_500, K.CONTRADICTED),
        (0.20, 0.10, 49, K.CANNOT_TELL),
    ],
)
def test_a_survey_against_its_target(
    judged: Judged, value: float, half: float, n: int, kind: K
) -> None:
    ledger = asked(value, half, n)
    verdict = judged(ledger, says="misses", statistic="satisfied", period="2023-Q3", baseline="")
    assert verdict.verdict == kind
    if n >= 50:
        assert "Answered, of those asked: 42.0%." in verdict.sentence
    else:
        assert "49 answers are too few" in verdict.sentence


def test_how_many_answers_would_settle_it(judged: Judged) -> None:
    verdict = judged(
        asked(0.78, 0.058, 200), says="misses", statistic="satisfied", period="2023-Q3", baseline=""
    )
    assert verdict.to_settle == "About 3,500 answers, if the figure stays where it is."


# --- stated values


@pytest.mark.parametrize(
    ("stated", "holds"),
    [
        ("44 minutes", True),
        ("43 minutes", False),
        ("44.2 minutes", True),
        ("44.5 minutes", False),
        (2_650, True),
    ],
)
def test_a_stated_value_at_the_precision_of_the_statement(
    judged: Judged, stated: str, holds: bool
) -> None:
    ledger = times(0)
    ledger.put(NOW, "median", 2_650.0)
    verdict = judged(ledger, says="value", value=stated, baseline="")
    assert verdict.verdict == (K.SUPPORTED if holds else K.CONTRADICTED)


@pytest.mark.parametrize(("stated", "holds"), [(512, True), (511, False), ("512", True)])
def test_a_stated_count_is_exact(judged: Judged, stated: object, holds: bool) -> None:
    ledger = Ledger(count())
    ledger.fill("count", 40 + noise(size=2))
    ledger.put(NOW, "count", 512.0)
    verdict = judged(ledger, says="value", statistic="count", value=stated, baseline="")
    assert verdict.verdict == (K.SUPPORTED if holds else K.CONTRADICTED)


@pytest.mark.parametrize(
    ("stated", "holds"), [("63%", True), ("63.4%", True), ("63.5%", False), (0.63, True)]
)
def test_a_stated_share(judged: Judged, stated: object, holds: bool) -> None:
    ledger = Ledger(define())
    ledger.fill("within_target", 0.634 + noise(size=0.001))
    ledger.put(NOW, "within_target", 0.634)
    verdict = judged(ledger, says="value", statistic="within_target", value=stated, baseline="")
    assert verdict.verdict == (K.SUPPORTED if holds else K.CONTRADICTED)


# --- in place


def filled(*counts: int) -> Ledger:
    """Posts filled of five, from May 2023 on."""
    ledger = Ledger(posts())
    for i, held in enumerate(counts):
        ledger.put(f"2023-{5 + i:02d}", "coverage", held / 5, count=held, n=5)
    return ledger


@pytest.mark.parametrize(
    ("counts", "value", "kind"),
    [
        ((5,), 5, K.IN_PLACE),
        ((4,), 5, K.NOT_IN_PLACE),
        ((4,), 4, K.IN_PLACE),
        ((4,), "80%", K.IN_PLACE),
        ((4,), "81%", K.NOT_IN_PLACE),
        ((5,), None, K.IN_PLACE),
        ((4,), None, K.NOT_IN_PLACE),
        ((), 5, K.CANNOT_TELL),
    ],
)
def test_in_place_on_a_day(judged: Judged, counts: tuple[int, ...], value: object, kind: K) -> None:
    verdict = judged(
        filled(*counts), says="in_place", statistic="coverage", on="2023-05-31", value=value,
        period="", baseline="",
    )  # fmt: skip
    assert verdict.verdict == kind


def test_whether_it_stayed_in_place(judged: Judged) -> None:
    verdict = judged(
        filled(5, 5, 4, 4, 4, 4, 5), says="in_place", statistic="coverage", on="2023-05-31",
        value=5, period="2023-05..2023-11", baseline="",
    )  # fmt: skip
    assert verdict.verdict == K.IN_PLACE
    assert "5 of 5 at the end of May 2023" in verdict.sentence
    assert "not so in July 2023 to October 2023: 4 of the 6 later months" in verdict.sentence


def test_something_begun_later_than_said(judged: Judged) -> None:
    ledger = Ledger(count())
    ledger.put("2024-01", "count", 0.0, status=Status.ZERO)
    ledger.put("2024-02", "count", 0.0, status=Status.ZERO)
    ledger.put("2024-03", "count", 6.0)
    verdict = judged(
        ledger, says="in_place", statistic="count", on="2024-01-31", period="", baseline=""
    )
    assert verdict.verdict == K.NOT_IN_PLACE
    assert verdict.recorded == "Recorded: 0 in January 2024."
    assert "first recorded so in March 2024" in verdict.sentence


def test_a_withheld_figure_is_not_in_place_nor_out(judged: Judged) -> None:
    ledger = filled(5)
    ledger.change("2023-05", "coverage", value=None, status=Status.SUPPRESSED)
    verdict = judged(
        ledger, says="in_place", statistic="coverage", on="2023-05-31", period="", baseline=""
    )
    assert verdict.verdict == K.CANNOT_TELL


def test_the_whole_stands_apart_from_nothing(judged: Judged) -> None:
    verdict = judged(times(), says="outlier", area="all", baseline="")
    assert verdict.verdict == K.CANNOT_TELL
    assert "similar forces" in verdict.to_settle
