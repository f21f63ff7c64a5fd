"""What may be said before anybody has said it: one row a case, on made-up months.

The sentences come from the rule that checks claims, so the tests of that rule hold for them;
here stands which sentence is taken, and what is said to be out of bounds.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import mean

import pytest

from answerable.chain.body import Month, Period, open_body
from answerable.chain.claims import VerdictKind
from answerable.chain.measures import (
    Gathered,
    Grain,
    Result,
    Status,
    load_codes,
    unit_of,
)
from answerable.chain.papers.saying import Saying, saying
from answerable.chain.papers.spans import spans_in
from answerable.chain.papers.speaker import Speaker
from tests.conftest import ROOT
from tests.papers import WAITS, definition

LAST = Month(2023, 12)
STEADY = (44, 46, 43, 45, 47, 44, 42, 45, 46, 43, 44, 45)


def results(
    values: Sequence[float | None],
    measure: str = "response_time_priority",
    area: str = "all",
    provisional: int = 0,
    n: int = 500,
) -> list[Result]:
    """Months that end in December 2023, and every run of 3, 6 or 12 of them, as means.

    A month of None is withheld; the last `provisional` months may still change.
    """
    told = definition(measure)
    statistic = told.statistics[0]
    first = LAST + (1 - len(values))
    months = [first + i for i in range(len(values))]
    unsettled = set(months[len(months) - provisional :])
    made = []
    for length, grain in ((1, Grain.MONTH), (3, Grain.QUARTER), (6, Grain.WINDOW),
                          (12, Grain.WINDOW)):  # fmt: skip
        for end in range(length, len(values) + 1):
            known = values[end - length : end]
            span = Period.of(months[end - length], months[end - 1])
            value = None if None in known else mean(v for v in known if v is not None)
            status = Status.SUPPRESSED if value is None else Status.OK
            if value is not None and unsettled & set(span):
                status = Status.PROVISIONAL
            made.append(
                Result(
                    told.key,
                    told.version,
                    told.digest,
                    statistic,
                    area,
                    span.text,
                    grain,
                    unit_of(told, statistic),
                    value,
                    None if value is None else n * length,
                    status,
                    "5f" * 32,
                )
            )
    return made


def said(made: list[Result], measure: str = "response_time_priority", area: str = "all") -> Saying:
    body = open_body(ROOT / "demo" / "severnshire")
    told = definition(measure)
    figures = Gathered(made, "5f" * 32)
    spans = spans_in(figures.series(told.key, told.statistics[0]))
    assert spans is not None
    on = date(2024, 2, 1)
    speaker = Speaker(told, told.statistics[0], figures, body, load_codes(body), on, area)
    return saying(speaker, spans)


def minutes(values: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else value * 60 for value in values]


def out_of_bounds(each: Saying) -> dict[str, str]:
    return {no.words: no.why for no in each.never}


def alternating(many: int, at: float, by: float) -> list[float]:
    """Months that differ by a little, differently in each year."""
    return [at + by * ((i * 7) % 5 - 2) for i in range(many)]


@pytest.mark.parametrize(
    ("values", "sentence", "bounds"),
    [
        (WAITS, "down from 44 minutes 30 seconds (January 2022 to December 2022), more than"
         " ordinary variation between months.", ""),
        (WAITS[12:] + WAITS[:12], "up from 37 minutes 40 seconds (January 2022 to December 2022),"
         " more than ordinary variation between months.", ""),
        (STEADY + tuple(v + (8 if i % 2 else -9) for i, v in enumerate(STEADY)),
         "within ordinary variation between months.", "that it got better or worse"),
        (alternating(24, 44, 0.1), "no change of a size that matters.",
         "that it got better or worse"),
        ((*STEADY[:8], *WAITS[12:]), "(July 2023 to December 2023), down from", ""),
        (STEADY[:10], "a median of 44 minutes 40 seconds (October 2023 to December 2023).",
         "that it got better or worse"),
        ((*[None] * 12, *STEADY), "Time to reach priority domestic abuse incidents, Severnshire"
         " Police: a median of 44 minutes 30 seconds (January 2023 to December 2023).",
         "that it got better or worse"),
        ([None] * 24, "", "that it got better or worse"),
    ],
    ids=["fell", "rose", "ordinary", "stable", "twenty-months", "ten-months", "no-year-before",
         "withheld"],
)  # fmt: skip
def test_the_strongest_true_sentence(
    values: Sequence[float | None], sentence: str, bounds: str
) -> None:
    each = said(results(minutes(values)))
    if sentence:
        assert sentence in each.say[0]
    else:
        assert each.say == ()
    if bounds:
        assert bounds in out_of_bounds(each)
    else:
        assert not [words for words in out_of_bounds(each) if "got better" in words]


def test_the_direction_is_the_one_recorded() -> None:
    """So that the doubts which stand against a claim stand against the sentence too."""
    for values in (WAITS, WAITS[12:] + WAITS[:12]):
        assert said(results(minutes(values))).year.verdict == VerdictKind.SUPPORTED
    for values in (WAITS, WAITS[12:] + WAITS[:12]):
        each = said(results(values, "reports"), "reports")
        assert each.year.verdict == VerdictKind.SUPPORTED


def test_six_months_are_read_only_where_twelve_cannot_be() -> None:
    full = said(results(minutes(WAITS)))
    assert "(January 2023 to December 2023)" in full.say[0]
    assert full.year.rule == "like months paired"


def test_the_smallest_change_is_in_words_and_of_the_verdict() -> None:
    each = said(results(minutes(WAITS)))
    assert each.year.smallest_visible is not None
    whole = round(each.year.smallest_visible)
    assert each.smallest == f"{whole // 60} minutes {whole % 60} seconds"


def test_ordinary_variation_is_not_steadiness() -> None:
    ordinary = (*STEADY, *(v + (8 if i % 2 else -9) for i, v in enumerate(STEADY)))
    wide = said(results(minutes(ordinary)))
    why = out_of_bounds(wide)["that it stayed the same, or is stable"]
    assert "reaches beyond 3 minutes either way" in why
    narrow = said(results(minutes(alternating(24, 44, 0.1))))
    assert "that it stayed the same, or is stable" not in out_of_bounds(narrow)


def test_the_quarter_before_and_the_cause_are_always_out_of_bounds() -> None:
    for values in (WAITS, STEADY, [44.0] * 36):
        bounds = out_of_bounds(said(results(minutes(values))))
        assert "season alone" in bounds["that it moved since the month or the quarter before"]
        assert "never why" in bounds["that it moved because of anything that was done"]


def test_a_quarter_needs_three_years() -> None:
    short = said(results(minutes(WAITS)))
    assert short.quarter.startswith("Nothing can be said of a change: the record does not go back")
    longer = said(results(minutes([*WAITS, *WAITS[12:]])))
    assert "(October 2023 to December 2023)" in longer.quarter


@pytest.mark.parametrize(
    ("measure", "scale", "words"),
    [
        ("reports", 1.0, "that more of it is good, or bad"),
        ("outcome_16_share", 0.01, "of a share, a change in per cent"),
        ("outcome_16_share", 0.01, "that one area does better than another"),
    ],
)
def test_what_a_measure_adds(measure: str, scale: float, words: str) -> None:
    made = results([v * scale for v in WAITS], measure)
    assert words in out_of_bounds(said(made, measure))
    other = said(results(minutes(WAITS)))
    if "area" not in words:
        assert words not in out_of_bounds(other)


def test_a_measure_without_a_direction_rises_or_falls() -> None:
    ordinary = said(results(STEADY + STEADY[::-1], "reports"), "reports")
    assert "that it rose or fell" in out_of_bounds(ordinary)


def test_months_that_may_still_change_are_left_out_and_told() -> None:
    each = said(results(minutes([*STEADY, *WAITS]), provisional=2))
    assert "(November 2022 to October 2023)" in each.say[0]
    assert each.later.startswith("November 2023 to December 2023 may still change and are left out")
    assert "Over January 2023 to December 2023 the verdict on a change would now be" in each.later
    assert each.lines[2].period == "July 2023 to September 2023"


def test_each_area_only_where_sizes_allow() -> None:
    made = results(minutes(WAITS))
    made += results(minutes(WAITS), area="wyreford")
    made += results(minutes([*WAITS[:20], None, *WAITS[21:]]), area="kempsham")
    made += results(minutes(WAITS), area="ironbrook", n=1)
    each = said(made)
    found = {area.code: area for area in each.areas}
    assert "more than ordinary variation" in found["wyreford"].say
    assert (found["kempsham"].say, "withheld" in found["kempsham"].why_not) == ("", True)
    assert (found["ironbrook"].say, "fewest" in found["ironbrook"].why_not) == ("", True)
    assert each.by_chance.endswith("at most 0.1 of 1.") or each.by_chance.endswith("0.0 of 1.")
    assert said(made, area="wyreford").areas == ()


def test_what_is_withheld_is_told_and_not_used() -> None:
    values: list[float | None] = [None, *STEADY[1:], *WAITS]
    each = said(results(minutes(values)))
    assert each.withheld.startswith("January 2021 is withheld to protect people")
    assert said(results(minutes(WAITS))).withheld == ""


def test_the_longest_period_that_may_be_shown_is_told() -> None:
    values: list[float | None] = [*STEADY, *STEADY[:4], None, *STEADY[5:]]
    each = said(results(minutes(values)))
    assert "(October 2023 to December 2023)" in each.say[0]
    later = said(results(minutes([*values[:-1], None]), provisional=0))
    assert later.say == ()


def test_nothing_is_told_of_a_year_after_one_that_is_withheld() -> None:
    values: list[float | None] = [*STEADY, *STEADY[:4], None, *STEADY[5:]]
    each = said(results(minutes(values), provisional=1))
    assert each.later == "December 2023 may still change and is left out."


def test_a_figure_that_cannot_be_shown_is_in_no_line() -> None:
    each = said(results([None] * 24))
    assert {line.figure for line in each.lines} == {"–"}
    assert {line.status for line in each.lines} == {"withheld to protect people"}
    assert each.chart is None


def test_a_figure_by_itself_never_carries_a_direction() -> None:
    each = said(results(minutes((*[None] * 12, *STEADY))))
    assert not any(word in each.say[0] for word in ("up from", "down from", "variation"))


def test_replacing_a_month_changes_the_sentence() -> None:
    """The sentence is made of the figures and of nothing else."""
    made = results(minutes(WAITS))
    other = [replace(r, value=r.value + 60) if r.value is not None and r.period.startswith("2023")
             else r for r in made]  # fmt: skip
    assert said(made).say != said(other).say
