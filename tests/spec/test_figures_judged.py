"""What may be said of figures that were given without their records.

Each row: what was given, what is said, the verdict, the grade of evidence, and words that
the sentence or what would settle it must hold.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answerable.chain.body import Month, Period
from answerable.chain.claims import Verdict, judge_figures
from answerable.chain.figures import Figure
from answerable.chain.measures import Status, Unit
from tests.given import MONTHS, NOW, THEN, counts, figure, longer, shares

MONTHLY, WHOLE_PERIODS = "monthly totals", "two figures"


def judged(figures: list[Figure], says: str, better: str = "higher", **more: object) -> Verdict:
    compares = says in ("improved", "worsened", "rose", "fell", "unchanged")
    baseline = more.pop("baseline", THEN if compares else None)
    return judge_figures(figures, says, better, more.pop("period", NOW), baseline, **more)


def without(figures: list[Figure], at: int) -> list[Figure]:
    return [*figures[:at], *figures[at + 1 :]]


def changed(figures: list[Figure], at: int, **more: object) -> list[Figure]:
    return [*figures[:at], replace(figures[at], **more), *figures[at + 1 :]]


def times(seconds: float, **more: object) -> list[Figure]:
    wobble = [(i * 7) % 11 * 6.0 for i in range(24)]
    return [
        figure(month, seconds + wobble[i] - (i >= 12) * 600, Unit.SECONDS, statistic="median",
               measure="wait", title="Time to arrive", **more)
        for i, month in enumerate(MONTHS)
    ]  # fmt: skip


def rated(figures: list[Figure], title: str) -> list[Figure]:
    return [replace(each, title=title) for each in figures]


YEARS = [figure(THEN, 2400.0), figure(NOW, 2900.0)]

CHANGES: dict[str, tuple[Callable[[], list[Figure]], str, str, str, str]] = {
    "counts by month, beyond ordinary variation": (
        lambda: counts(40), "rose", "supported", MONTHLY, "more than ordinary variation"),
    "counts by month, within it": (
        lambda: counts(0), "rose", "not shown", MONTHLY, "within ordinary variation"),
    "counts by month, the other way": (
        lambda: counts(40), "fell", "contradicted", MONTHLY, "goes the other way"),
    "shares with counts: mix was not checked": (
        lambda: shares(0.1), "rose", "supported", MONTHLY, "The mix of cases was not checked"),
    "percentages without counts have no figure of the whole": (
        lambda: shares(0.1, counted=False), "rose", "supported", MONTHLY,
        "a monthly average of 50.2%"),
    "medians have none either": (
        lambda: times(3600), "fell", "supported", MONTHLY, "only the records can give"),
    "two yearly figures": (
        lambda: YEARS, "rose", "cannot tell", WHOLE_PERIODS,
        "The 24 monthly figures of both periods."),
    "two yearly percentages: mix too": (
        lambda: [figure(THEN, 0.4, Unit.SHARE), figure(NOW, 0.5, Unit.SHARE)], "rose",
        "cannot tell", WHOLE_PERIODS, "each by groups of like cases"),
    "quarters alone": (
        lambda: longer(counts(40), 3), "rose", "cannot tell", WHOLE_PERIODS,
        "figures are of 3 months at a time"),
    "percentages of quarters without their counts": (
        lambda: [figure(Period.of(first, first + 2), 0.8, Unit.SHARE)
                 for first in [*THEN, *NOW][::3]],
        "rose", "cannot tell", WHOLE_PERIODS,
        "and the counts behind each one: how many, out of how many"),
    "nothing for the year before": (
        lambda: counts(40)[12:], "rose", "cannot tell", WHOLE_PERIODS,
        "no figure was given for December 2021 to November 2022"),
    "months now, a year before": (
        lambda: [*counts(40)[12:], figure(THEN, 2400.0)], "rose", "cannot tell", WHOLE_PERIODS,
        "only two figures are known"),
    "a missing month": (
        lambda: without(counts(40), 5), "rose", "cannot tell", MONTHLY,
        "no usable figure was given for May 2022"),
    "a month marked missing": (
        lambda: changed(counts(40), 5, value=None, status=Status.MISSING), "rose", "cannot tell",
        MONTHLY, "Monthly figures for May 2022"),
    "a withheld month": (
        lambda: changed(counts(40), 5, value=None, status=Status.SUPPRESSED), "rose",
        "cannot tell", MONTHLY, "May 2022 is withheld as too small"),
    "a month given twice": (
        lambda: [*counts(40), figure("2022-05", 12.0, place="Sheet2!C7")], "rose", "cannot tell",
        MONTHLY, "and 12 (Sheet2!C7)"),
    "a survey without its answers": (
        lambda: rated(shares(0.1, counted=False), "Victim satisfaction"), "rose", "cannot tell",
        MONTHLY, "how many people answered was not given"),
    "a rate on a handful of cases": (
        lambda: [replace(f, numerator=1.0, denominator=float(1 + i % 2))
                 for i, f in enumerate(shares())],
        "rose", "cannot tell", MONTHLY, "20 are the fewest"),
    "unchanged without a size that matters": (
        lambda: counts(0), "unchanged", "cannot tell", MONTHLY, "smallest change that matters"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change(name: str) -> None:
    given, says, verdict, grade, words = CHANGES[name]
    found = judged(given(), says)
    assert (str(found.verdict), found.grade) == (verdict, grade)
    assert words in f"{found.sentence} {found.to_settle}"


LEVELS: dict[str, tuple[Callable[[], list[Figure]], str, object, str, str]] = {
    "a yearly percentage": (
        lambda: [figure(NOW, 0.78, Unit.SHARE)], "meets", "80%", "contradicted",
        "short of the target by 2.0 percentage points"),
    "four quarters add up to a year": (
        lambda: longer(counts(0), 3), "meets", 2300, "supported", "meets the target"),
    "months with counts are pooled": (
        lambda: shares(), "meets", 0.3, "supported", "Taken as a count of all cases"),
    "percentages without counts are not": (
        lambda: shares(counted=False), "meets", 0.4, "cannot tell",
        "their average is not the figure of the whole period"),
    "but if every month is within, so is the year": (
        lambda: shares(counted=False), "meets", 0.3, "supported", "Every month meets"),
    "and if every month is short, so is the year": (
        lambda: shares(counted=False), "misses", 0.6, "supported", "Every month is short"),
    "medians of months say nothing of the year": (
        lambda: times(3600), "meets", "2 hours", "cannot tell", "only monthly times were given"),
    "a survey's interval decides": (
        lambda: [figure(NOW, None, Unit.SHARE, statistic="satisfied", numerator=156.0,
                        denominator=200.0)],
        "meets", 0.8, "cannot tell", "the interval reaches across the target"),
    "a survey percentage needs how many answered": (
        lambda: [figure(NOW, 0.78, Unit.SHARE, statistic="satisfied")], "meets", 0.7,
        "cannot tell", "How many answered"),
    "no figure at all": (
        lambda: [figure("2024-01", 12.0)], "meets", 10, "cannot tell", "no figure was given for"),
    "the whole and its months on two sides": (
        lambda: [*counts(0), figure(NOW, 2600.0)], "meets", 2500, "cannot tell",
        "different sides of the target"),
    "a stated figure": (
        lambda: [figure(NOW, 2900.0)], "value", "2900", "supported", "is what the record gives"),
    "a stated figure that is off": (
        lambda: [figure(NOW, 2900.0)], "value", 2950, "contradicted", "off by 50"),
    "what stands at a day is averaged": (
        lambda: counts(0, statistic="open"), "meets", 150, "supported", "averaged over the month"),
}  # fmt: skip


@pytest.mark.parametrize("name", LEVELS)
def test_a_level(name: str) -> None:
    given, says, target, verdict, words = LEVELS[name]
    found = judged(given(), says, target=target)
    assert str(found.verdict) == verdict
    assert words in f"{found.sentence} {found.to_settle}"


def test_rolling_years_that_overlap_are_never_compared() -> None:
    earlier, later = Period.parse("2022-05..2023-04"), Period.parse("2022-11..2023-10")
    given = [figure(earlier, 100.0), figure(later, 90.0)]
    found = judged(given, "fell", period=later, baseline=earlier)
    assert str(found.verdict) == "cannot tell"
    assert "the two periods overlap" in found.sentence
    assert "down from" not in found.sentence


def test_a_year_is_not_compared_with_a_quarter() -> None:
    given = [figure("2021/22", 400.0), figure("2023/24-Q1", 90.0)]
    found = judged(given, "fell", period=Period.parse("2023/24-Q1"),
                   baseline=Period.parse("2021/22"))  # fmt: skip
    assert str(found.verdict) == "cannot tell"
    assert "down from" not in found.sentence


def test_never_plainly_supported_where_the_mix_may_have_moved() -> None:
    found = judged(shares(0.1), "improved")
    assert found.label == "the record shows this; mix not checked"
    assert found.to_settle == (
        "The same figures within each group of like cases, or standardised to one mix."
    )
    assert found.may_say.endswith(
        "Evidence: monthly totals as given, without the records; the mix of cases was not checked."
    )


def test_what_may_be_said_carries_its_evidence() -> None:
    found = judged(YEARS, "rose")
    assert found.may_say == (
        "Calls answered: 2,900 (December 2022 to November 2023) and 2,400 (December 2021 to"
        " November 2022); whether that is more than ordinary variation is not known. Evidence:"
        " figures of whole periods as given, without their months or the records."
    )


def test_the_whole_as_given_is_told_and_what_its_months_come_to() -> None:
    given = [*counts(40), figure(NOW, 3000.0)]
    found = judged(given, "rose")
    assert found.recorded.startswith("Recorded: 3,000 (December 2022 to November 2023)")
    assert "The months given for December 2022 to November 2023 come to" in found.sentence


def test_a_provisional_count_that_falls_cannot_be_told() -> None:
    given = changed(counts(-40), 23, status=Status.PROVISIONAL)
    found = judged(given, "fell")
    assert (str(found.verdict), found.provisional) == ("cannot tell", True)
    rising = judged(changed(counts(40), 23, status=Status.PROVISIONAL), "rose")
    assert (str(rising.verdict), rising.provisional) == ("supported", True)


@pytest.mark.parametrize(
    ("says", "better", "more", "told"),
    [
        ("improved", "higher", {"baseline": None}, "needs a baseline"),
        ("improved", "neither", {}, "no direction of good"),
        ("meets", "higher", {}, "needs a target"),
        ("meets", "neither", {"target": 3}, "needs a side"),
        ("outlier", "higher", {}, "needs an area and a period"),
        ("outlier", "higher", {"area": "north"}, "no figures were given for 'north'"),
        ("in_place", "higher", {"target": 3}, "needs the day"),
        ("meets", "higher", {"target": 3, "changed_at": Month(2022, 12)}, "belongs to a change"),
        ("unchanged", "higher", {"changed_at": Month(2022, 12)}, "belongs to a change"),
        ("better", "higher", {"target": 3}, "is not a word of a reading"),
        ("meets", "higher", {"target": "80%"}, "is a share"),
    ],
)
def test_what_a_caller_must_say(says: str, better: str, more: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        judged(counts(), says, better, **more)


def test_one_series_at_a_time() -> None:
    with pytest.raises(ValueError, match="2 series"):
        judged([figure("2022-01", 1.0), figure("2022-02", 1.0, area="north")], "rose")
