"""Every form of claim: the least history it needs, the rule, and what is said with less.

Each row: what is on record, what is claimed, the verdict, and words that it must hold. Figures
run up to November 2023; records begin so many months before.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from answerable.chain.body import Body, BodyFile, Period
from answerable.chain.charts import chart_of
from answerable.chain.claims import LABELS, Verdict, VerdictKind, judge_figures, judge_reading
from answerable.chain.figures import Figure, results_of
from answerable.chain.measures import Definition, Gathered, Status, Unit
from answerable.chain.statistics import Mix, check_mix
from tests.unit.claims.ledger import Ledger, define, noise, read, survey

K = VerdictKind
LAST = Period.parse("2023-11").last
YEAR, BEFORE = "2022-12..2023-11", "2021-12..2022-11"


@cache
def somewhere() -> Body:
    return Body(
        Path("somewhere"),
        BodyFile.model_validate(
            {
                "key": "somewhere",
                "name": "Somewhere",
                "forces": [{"key": "police", "name": "Somewhere Police"}],
                "areas": [
                    {"code": code, "name": code.title(), "force": "police"} for code in "abcde"
                ],
            }
        ),
    )


def minutes(
    on_record: int, fewer: float = 0, since: str = "2022-12", seed: int = 1
) -> dict[Any, float]:
    """Medians of about 44 minutes, lower by so many minutes from a month on, that vary by one."""
    vary = noise(seed, months=on_record)
    months = [LAST + (i + 1 - on_record) for i in range(on_record)]
    start = Period.parse(since).first
    return {
        month: 2_640 + vary[i] - (60 * fewer if month >= start else 0)
        for i, month in enumerate(months)
    }


def ledger(values: dict[Any, float], *periods: str, **definition: Any) -> Ledger:
    made = Ledger(define(**definition))
    for month, value in values.items():
        made.put(str(month), "median", value)
    for text in filter(None, periods):
        inside = [values[m] for m in Period.parse(text) if m in values]
        if inside and len(Period.parse(text)) > 1:
            made.put(text, "median", float(np.mean(inside)))
    return made


def judged(values: dict[Any, float], period: str, baseline: str, **more: Any) -> Verdict:
    definition = more.pop("definition", {})
    asked = {"says": "improved", "period": period, "baseline": baseline} | more
    made = ledger(values, period, baseline, **definition)
    return judge_reading(read(**asked), made.definition, made, somewhere())


def given(values: dict[Any, float], period: str, baseline: str) -> Verdict:
    """The same months as figures without records."""
    figures = [
        Figure("wait", "Time to wait", Period.of(month, month), Unit.SECONDS, value=value,
               statistic="median", source="Pack")
        for month, value in values.items()
    ]  # fmt: skip
    return judge_figures(figures, "improved", "lower", Period.parse(period), Period.parse(baseline))


SIX, SIX_BEFORE = "2023-06..2023-11", "2022-06..2022-11"
TO_DATE, TO_DATE_BEFORE = "2023-04..2023-11", "2022-04..2022-11"
QUARTER, QUARTER_BEFORE = "2023-09..2023-11", "2022-09..2022-11"
OFFER_12 = "December 2022 to November 2023 against the same months a year earlier"
OFFER_6 = "June 2023 to November 2023 against the same months a year earlier"

CHANGES: dict[str, tuple[dict[Any, float], str, str, K, str]] = {
    "a year on 24 months": (minutes(24, 6), YEAR, BEFORE, K.SUPPORTED, "more than ordinary"),
    "a year on 24 months, nothing changed": (
        minutes(24), YEAR, BEFORE, K.NOT_SHOWN, "within ordinary variation"),
    "a year on 24 months, the other way": (
        minutes(24, -6), YEAR, BEFORE, K.CONTRADICTED, "goes the other way"),
    "a year on 36 months": (minutes(36, 6), YEAR, BEFORE, K.SUPPORTED, "more than ordinary"),
    "a year on 23 months: six are offered": (minutes(23, 6), YEAR, BEFORE, K.CANNOT_TELL, OFFER_6),
    "a year on 18 months: six are offered": (minutes(18, 6), YEAR, BEFORE, K.CANNOT_TELL, OFFER_6),
    "a year on 17 months: nothing is": (
        minutes(17, 6), YEAR, BEFORE, K.CANNOT_TELL, "Records that cover December 2021 to June"),
    "six months on 18": (minutes(18, 6), SIX, SIX_BEFORE, K.SUPPORTED, "more than ordinary"),
    "six months on 17": (
        minutes(17, 6), SIX, SIX_BEFORE, K.CANNOT_TELL, "does not go back far enough (June 2022"),
    "a year to date of eight months on 20": (
        minutes(20, 6), TO_DATE, TO_DATE_BEFORE, K.SUPPORTED, "more than ordinary"),
    "a year to date of five months": (
        minutes(36, 6), "2023-07..2023-11", "2022-07..2022-11", K.CANNOT_TELL, "too short"),
    "a quarter on 36 months": (
        minutes(36, 9, "2023-09"), QUARTER, QUARTER_BEFORE, K.SUPPORTED, OFFER_12),
    "a quarter on 36 months, nothing changed": (
        minutes(36), QUARTER, QUARTER_BEFORE, K.NOT_SHOWN, OFFER_12),
    "a quarter that one month makes": (
        minutes(36) | {LAST: 1_200.0}, QUARTER, QUARTER_BEFORE, K.NOT_SHOWN, OFFER_12),
    "a quarter on 35 months": (
        minutes(35, 9, "2023-09"), QUARTER, QUARTER_BEFORE, K.CANNOT_TELL, OFFER_12),
    "a quarter against the one before": (
        minutes(36, 9, "2023-09"), QUARTER, "2023-06..2023-08", K.CANNOT_TELL, "season alone"),
    "half a year against the one before": (
        minutes(36, 9, "2023-06"), SIX, "2022-12..2023-05", K.CANNOT_TELL, "season alone"),
    "a month against the one before": (
        minutes(36, 9, "2023-11"), "2023-11", "2023-10", K.CANNOT_TELL, "season alone"),
    "a month against the same month": (
        minutes(36, 9, "2023-11"), "2023-11", "2022-11", K.CANNOT_TELL, "too short"),
    "periods that overlap": (
        minutes(36, 6), YEAR, "2022-06..2023-05", K.CANNOT_TELL, "overlap"),
    "periods of two lengths": (
        minutes(36, 6), YEAR, "2022-01..2022-11", K.CANNOT_TELL, "not of the same length"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change(name: str) -> None:
    values, period, baseline, kind, words = CHANGES[name]
    found = judged(values, period, baseline)
    assert found.verdict == kind, found.sentence
    assert words in f"{found.sentence} {found.to_settle}"


@pytest.mark.parametrize("name", CHANGES)
def test_figures_without_records_get_the_same_verdict(name: str) -> None:
    values, period, baseline, kind, _ = CHANGES[name]
    assert given(values, period, baseline).verdict == kind


# --- a change at a date

AT = {
    "24 months before and 12 after": ("2022-12-01", 36, K.SUPPORTED, "it changed at December 2022"),
    "23 months before": ("2022-12-01", 35, K.CANNOT_TELL, "24 months before it and 12 after"),
    "7 months after: May 2023 seen in December": (
        "2023-05-01",
        36,
        K.CANNOT_TELL,
        "December 2023 to April 2024",
    ),
}


@pytest.mark.parametrize("name", AT)
def test_a_change_at_a_date(name: str) -> None:
    on, months, kind, words = AT[name]
    values = minutes(months, 12, on[:7])
    asked = read(changed_at=on, period="", baseline="")
    made = ledger(values, asked.period, asked.baseline)
    found = judge_reading(asked, made.definition, made, somewhere())
    assert found.verdict == kind, found.sentence
    text = f"{found.sentence} {found.to_settle} {found.may_say}"
    assert words in text
    assert "because" not in text
    if kind == K.SUPPORTED:
        assert found.lower is not None and found.upper is not None and found.size is not None
        assert found.lower < found.size < found.upper < 0


# --- an area that stands apart


def areas(counts: dict[str, tuple[int, int]]) -> Ledger:
    made = Ledger(
        define(kind="proportion", statistics=("rate",), of="true", better="higher", matters=None,
               target=None, eligible="", start="", stop="")
    )  # fmt: skip
    for code, (count, n) in counts.items():
        made.put(YEAR, "rate", count / n, area=code, count=count, n=n)
    return made


ALIKE = {"a": (824, 4120), "b": (536, 2680), "c": (602, 3010), "d": (376, 1880), "e": (148, 740)}
OUTLIERS = {
    "far above the rest": (ALIKE | {"c": (903, 3010)}, "c", K.SUPPORTED, "above that range"),
    "what chance alone would do stands with it": (
        ALIKE | {"c": (903, 3010)}, "c", K.SUPPORTED, "Of 5 areas that differ as these seem to"),
    "like the rest": (ALIKE, "c", K.NOT_SHOWN, "998 of 1,000"),
    "beyond 95% only": (ALIKE | {"c": (655, 3010)}, "c", K.NOT_SHOWN, "lies within"),
    "two areas": (dict(list(ALIKE.items())[:2]), "a", K.CANNOT_TELL, "fewer than 3 areas"),
    "fewer than ten expected": (
        ALIKE | {"c": (9, 40)}, "c", K.CANNOT_TELL, "fewer than 10"),
    "the whole": (ALIKE, "all", K.CANNOT_TELL, "nothing here to be set against"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLIERS)
def test_an_area_that_stands_apart(name: str) -> None:
    counts, area, kind, words = OUTLIERS[name]
    made = areas(counts)
    asked = read(says="outlier", statistic="rate", area=area, baseline="")
    found = judge_reading(asked, made.definition, made, somewhere())
    assert found.verdict == kind, found.sentence
    assert words in found.sentence


# --- a target


def satisfied(n: int, share: float) -> Verdict:
    from answerable.chain.statistics import wilson

    made = Ledger(survey())
    low, high = wilson(share * n, n)
    for month in Period.parse(YEAR):
        made.put(str(month), "satisfied", share, n=n // 12)
    made.put(YEAR, "satisfied", share, n=n, lower=low, upper=high)
    asked = read(says="meets", statistic="satisfied", baseline="")
    return judge_reading(asked, made.definition, made, somewhere())


@pytest.mark.parametrize(
    ("n", "share", "kind", "words"),
    [
        (2_500, 0.85, K.SUPPORTED, "all of it at or above the target"),
        (2_500, 0.75, K.CONTRADICTED, "all of it short of the target"),
        (200, 0.78, K.CANNOT_TELL, "reaches across the target"),
        (50, 0.99, K.SUPPORTED, "all of it at or above"),
        (49, 0.99, K.CANNOT_TELL, "49 answers are too few"),
    ],
)
def test_a_survey_is_its_interval(n: int, share: float, kind: K, words: str) -> None:
    found = satisfied(n, share)
    assert found.verdict == kind, found.sentence
    assert words in found.sentence


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
def test_a_complete_count_is_arithmetic(says: str, value: float, kind: K) -> None:
    """Its interval, wide as it may be, is a note."""
    values = dict.fromkeys(Period.parse(YEAR), value)
    made = ledger(values)
    made.put(YEAR, "median", value, lower=value - 900, upper=value + 900)
    asked = read(says=says, baseline="")
    found = judge_reading(asked, made.definition, made, somewhere())
    assert found.verdict == kind
    assert "this is arithmetic" in found.sentence
    assert "as a note, its 95% interval" in found.sentence


PERCENTAGES = {
    "every month at the target or better": (
        [0.82, 0.9], "meets", "rate", K.SUPPORTED, "Every month meets"),
    "every month short of it": ([0.7, 0.79], "meets", "rate", K.CONTRADICTED, "is short of"),
    "every month short, and said so": ([0.7, 0.79], "misses", "rate", K.SUPPORTED, "is short of"),
    "months on both sides": (
        [0.75, 0.9], "meets", "rate", K.CANNOT_TELL, "their average is not the figure"),
    "near, on months alone": (
        [0.78, 0.79], "just_misses", "rate", K.CANNOT_TELL, "their average is not the figure"),
    "people were asked, nobody knows how many": (
        [0.9, 0.95], "meets", "satisfied", K.CANNOT_TELL, "how many people answered"),
}  # fmt: skip


@pytest.mark.parametrize("name", PERCENTAGES)
def test_monthly_percentages_without_counts_against_a_target(name: str) -> None:
    """The figure of the whole is not known, but it lies between those of its months."""
    ends, says, statistic, kind, words = PERCENTAGES[name]
    definition = survey() if statistic == "satisfied" else areas({}).definition
    figures = [
        Figure("wait", "Served", Period.of(month, month), Unit.SHARE, value=ends[i % 2],
               statistic=statistic, source="Pack")
        for i, month in enumerate(Period.parse(YEAR))
    ]  # fmt: skip
    alone = judge_figures(figures, says, "higher", Period.parse(YEAR), target=0.8, margin=0.02)
    made = Gathered(results_of(figures, {"wait": definition}, [Period.parse(YEAR)]), "figures")
    asked = read(says=says, statistic=statistic, baseline="", value="80%", margin="2 points")
    bound = judge_reading(asked, definition, made, somewhere())
    for found in (alone, bound):
        assert found.verdict == kind, found.sentence
        assert words in found.sentence
        assert (found.size is None) == (kind != K.CANNOT_TELL or not found.may_say)


def test_one_percentage_of_the_whole_is_arithmetic() -> None:
    figures = [Figure("wait", "Served", Period.parse(YEAR), Unit.SHARE, value=0.799,
                      statistic="rate", source="Pack")]  # fmt: skip
    definition = areas({}).definition
    made = Gathered(results_of(figures, {"wait": definition}, [Period.parse(YEAR)]), "figures")
    asked = read(says="meets", statistic="rate", baseline="", value="80%")
    for found in (
        judge_figures(figures, "meets", "higher", Period.parse(YEAR), target=0.8),
        judge_reading(asked, definition, made, somewhere()),
    ):
        assert found.verdict == K.CONTRADICTED
        assert "Taken as a count of all cases, this is arithmetic" in found.sentence


# --- breaks split a series everywhere


def broken(on: str) -> dict[str, Any]:
    return {"definition": {"breaks": ({"on": on, "why": "another form"},)}}


def test_a_break_between_the_periods_stops_a_change() -> None:
    assert "another form" in judged(minutes(36, 6), YEAR, BEFORE, **broken("2022-12-01")).sentence


def test_months_before_a_break_are_no_part_of_the_yardstick() -> None:
    wild = minutes(36, 6)
    for month in list(wild)[:12]:
        wild[month] *= 1 + 0.3 * (month.index % 3)
    alone = judged(minutes(36, 6), YEAR, BEFORE, **broken("2021-12-01"))
    with_them = judged(wild, YEAR, BEFORE, **broken("2021-12-01"))
    assert alone == with_them
    assert judged(wild, YEAR, BEFORE).lower != alone.lower


def test_a_quarter_has_no_three_years_across_a_break() -> None:
    values = minutes(36, 9, "2023-09")
    found = judged(values, QUARTER, QUARTER_BEFORE, **broken("2021-06-01"))
    assert "does not go back far enough" in found.sentence
    assert judged(values, QUARTER, QUARTER_BEFORE).verdict == K.SUPPORTED


def test_a_change_at_a_date_has_no_two_years_across_a_break() -> None:
    asked = read(changed_at="2022-12-01", period="", baseline="")
    made = ledger(
        minutes(36, 12), asked.period, asked.baseline, **broken("2021-06-01")["definition"]
    )
    found = judge_reading(asked, made.definition, made, somewhere())
    assert found.verdict == K.CANNOT_TELL


@pytest.mark.parametrize("says", ["meets", "value"])
def test_a_target_or_a_value_is_not_read_across_a_break(says: str) -> None:
    asked = {"says": says, "value": "60 minutes"}
    found = judged(minutes(36), YEAR, "", **asked, **broken("2023-03-01"))
    assert found.verdict == K.CANNOT_TELL
    assert "another form" in found.sentence


def test_an_area_is_not_held_against_the_rest_across_a_break() -> None:
    made = areas(ALIKE | {"c": (903, 3010)})
    broke = {"breaks": ({"on": date(2023, 3, 1), "why": "another form"},)}
    made.definition = Definition.model_validate(made.definition.model_dump() | broke)
    asked = read(says="outlier", statistic="rate", area="c", baseline="")
    found = judge_reading(asked, made.definition, made, somewhere())
    assert "another form" in found.sentence


def test_the_standardised_months_and_the_missing_ones_are_cut_too() -> None:
    """What lies before a break, of any series beside, changes nothing."""
    verdicts = []
    for before in (1.0, 1.4):
        made = ledger(minutes(36, 6), YEAR, BEFORE, strata=("channel",),
                      **broken("2021-12-01")["definition"])  # fmt: skip
        for i, (month, value) in enumerate(minutes(36, 6).items()):
            wild = before if i < 12 and i % 2 else 1.0
            made.put(str(month), "median", value * wild, basis="standardised")
            made.put(str(month), "missing_share", 0.1 * wild + 0.001 * (i % 5))
        verdicts.append(judge_reading(read(), made.definition, made, somewhere()))
    assert verdicts[0] == verdicts[1]
    assert "holds at the same mix" in verdicts[0].sentence


def test_a_chart_begins_anew_at_a_break() -> None:
    made = ledger(minutes(36, 6), **broken("2022-12-01")["definition"])
    points = [
        chart.points
        for definition in (made.definition, define())
        if (chart := chart_of(made.series("wait", "median"), definition)) is not None
    ]
    split, whole = points
    assert split[23].centre == split[0].centre != split[24].centre == split[35].centre
    assert whole[0].centre == whole[35].centre


def test_nobody_is_set_beside_a_figure_of_ours_across_a_break() -> None:
    """Such a figure is not comparable, and the latest period that is takes its place."""
    from answerable.chain.comparators.beside import _latest
    from answerable.chain.comparators.comparator import Elsewhere, Stated

    made = ledger(minutes(36), YEAR, BEFORE)
    theirs = Elsewhere(
        who="country", measure="wait", statistic="median", how="The same.", same="same",
        source="Pack",
        figures=(Stated(period=YEAR, value="40 minutes"),
                 Stated(period=BEFORE, value="41 minutes")),
    )  # fmt: skip
    assert str(_latest(made.definition, "median", [theirs], made)) == YEAR
    made.change(YEAR, "median", status=Status.NOT_COMPARABLE, value=None)
    assert str(_latest(made.definition, "median", [theirs], made)) == BEFORE


# --- mix: when the whole and its parts go different ways


def simpson(seed: int, sign: float) -> tuple[Ledger, dict[Any, float], dict[Any, float]]:
    """Two kinds of case. Within each, times go `sign` minutes the wrong way; the quicker kind
    becomes so much more common that the whole goes the other way."""
    dice = np.random.default_rng(seed)
    quick, slow = 20 * 60.0, 90 * 60.0
    worse = 60 * dice.uniform(2, 6)
    shift = dice.uniform(0.25, 0.4)
    raw, same = {}, {}
    for i in range(36):
        month, later = LAST + (i - 35), i >= 24
        of_quick = (0.3 + shift * later) if sign > 0 else (0.3 + shift * (not later))
        of_quick += dice.normal(0, 0.01)
        times = [base + sign * worse * later + dice.normal(0, 60) for base in (quick, slow)]
        raw[month] = of_quick * times[0] + (1 - of_quick) * times[1]
        same[month] = 0.5 * times[0] + 0.5 * times[1]
    made = ledger(raw, YEAR, BEFORE, strata=("channel",))
    for month, value in same.items():
        made.put(str(month), "median", value, basis="standardised")
    return made, raw, same


PLAIN = LABELS[K.SUPPORTED]


@pytest.mark.parametrize("seed", range(40))
def test_a_whole_that_improves_while_every_part_worsens_is_never_plainly_supported(
    seed: int,
) -> None:
    made, raw, same = simpson(seed, 1)
    period, baseline = Period.parse(YEAR), Period.parse(BEFORE)
    found = judge_reading(read(), made.definition, made, somewhere())
    assert found.verdict != K.SUPPORTED or found.label != PLAIN
    if check_mix(raw, same, period, baseline).mix == Mix.REVERSED:
        assert found.verdict == K.MIX_ONLY
        assert "at the same mix of cases the figure went the other way" in found.sentence
        assert "it went the other way" in found.may_say


@pytest.mark.parametrize("seed", range(40))
def test_a_whole_that_worsens_while_every_part_improves_contradicts_nothing(seed: int) -> None:
    made, _, _ = simpson(seed, -1)
    found = judge_reading(read(), made.definition, made, somewhere())
    assert found.verdict not in (K.CONTRADICTED, K.SUPPORTED)
    if found.verdict == K.NOT_SHOWN and "goes the other way" in found.sentence:
        assert found.label == "higher, but the mix of cases changed"
    worsened = judge_reading(read(says="worsened"), made.definition, made, somewhere())
    assert worsened.label != PLAIN


def test_the_generated_reversals_are_reversals() -> None:
    """Most of them are shown as such, so that the tests above test something."""
    period, baseline = Period.parse(YEAR), Period.parse(BEFORE)
    found = [
        check_mix(raw, same, period, baseline).mix
        for sign in (1, -1)
        for _, raw, same in (simpson(seed, sign) for seed in range(40))
    ]
    assert found.count(Mix.REVERSED) > 40
