"""What the office asks for, by where the verdict stands. One row a case.

The list is made from the verdict and the definition; letter and plain text are renderings.
"""

import pytest

from answerable.chain.body import Period
from answerable.chain.claims import VerdictKind, doubt
from answerable.chain.claims.comparing import MIX_NOT_CHECKED, SETTLE_MIX
from answerable.chain.figures import columns
from answerable.chain.measures import Grade
from answerable.chain.papers import Ask, ask_letter, ask_text, what_to_ask
from tests.papers import MADE_ON, WAITS, about, definition, judged, verdict, words

K = VerdictKind


def keys(ask: Ask) -> list[str]:
    return [each.key for each in ask.wanted]


def items(ask: Ask, key: str) -> str:
    return "\n".join(next(each for each in ask.wanted if each.key == key).items)


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        (verdict(K.SUPPORTED), []),
        (verdict(K.CONTRADICTED), []),
        (verdict(K.SUPPORTED, provisional=True), ["provisional"]),
        (verdict(K.NOT_SHOWN, to_settle="A larger change."), ["series"]),
        (verdict(K.SUPPORTED, notes=(MIX_NOT_CHECKED,), to_settle=SETTLE_MIX), ["series", "mix"]),
        (verdict(K.CANNOT_TELL, to_settle=doubt.NO_TARGET.settle), ["series", "target"]),
        (
            verdict(K.CANNOT_TELL, to_settle=doubt.NO_MARGIN.settle),
            ["series", "definition", "margin"],
        ),
        (
            verdict(K.SUPPORTED, Grade.MONTHS),
            ["series", "definition", "mix", "exclusions", "provisional"],
        ),
        (
            verdict(K.CANNOT_TELL, Grade.TWO, to_settle=doubt.TWO_FIGURES.settle),
            ["series", "definition", "mix", "exclusions", "provisional"],
        ),
    ],
    ids=["decided", "opposite", "provisional", "not-shown", "mix", "target", "margin", "totals",
         "two-figures"],
)  # fmt: skip
def test_the_list(case: object, asked: list[str]) -> None:
    assert keys(what_to_ask(case, about(), definition())) == asked  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "baseline", "grade", "kind", "months"),
    [
        ("2022-12..2023-11", "2021-12..2022-11", Grade.MONTHS, K.CANNOT_TELL,
         "every month from December 2021 to November 2023 (24 months)"),
        ("2022-12..2023-11", "2021-12..2022-11", Grade.TWO, K.CANNOT_TELL,
         "every month from December 2020 to November 2023 (36 months)"),
        ("2023-Q3", "2023-Q2", Grade.MONTHS, K.CANNOT_TELL,
         "every month from October 2020 to September 2023 (36 months)"),
        ("2023-06..2023-11", "2022-06..2022-11", Grade.MONTHS, K.CANNOT_TELL,
         "every month from December 2021 to November 2023 (24 months)"),
        ("2022-12..2023-11", "2021-12..2022-11", Grade.ROWS, K.NOT_SHOWN,
         "every month from December 2023 to November 2024 (12 months)"),
        ("2023-11", "", Grade.MONTHS, K.CANNOT_TELL, "for November 2023"),
    ],
    ids=["year", "two-figures", "quarter", "half-year", "not-shown", "one-month"],
)  # fmt: skip
def test_the_months(period: str, baseline: str, grade: Grade, kind: K, months: str) -> None:
    on = about(period=Period.parse(period), baseline=Period.parse(baseline) if baseline else None)
    ask = what_to_ask(verdict(kind, grade, to_settle="More."), on, definition())
    assert months in items(ask, "series")


@pytest.mark.parametrize(
    ("measure", "statistic", "series", "counted", "mix"),
    [
        ("response_time_priority", "median", "no usable time", "when the clock starts",
         "channel (how the report came); risk level"),
        ("action_taken_recorded", "rate", "the numerator and the denominator",
         "recorded or in which it was closed", "offence group (offence in broad groups)"),
        ("arrests_per_100_crimes", "ratio", "the numerator and the denominator",
         "what each side counts", "area"),
        ("victim_satisfaction", "satisfied", "eligible, asked, answered", "the question as it was",
         ""),
        ("training_coverage", "coverage", "the numerator and the denominator", "who is in scope",
         ""),
        ("reports", "count", "what each month's figure counts", "what one of them is", ""),
    ],
)  # fmt: skip
def test_a_measure_asks_in_its_own_terms(
    measure: str, statistic: str, series: str, counted: str, mix: str
) -> None:
    told = definition(measure)
    case = verdict(K.CANNOT_TELL, Grade.MONTHS, to_settle="More.")
    ask = what_to_ask(case, about(statistic=statistic), told)
    assert series in items(ask, "series")
    assert counted in items(ask, "definition")
    assert ("mix" in keys(ask)) == bool(told.strata)
    if mix:
        assert mix in items(ask, "mix")


def test_a_gap_is_asked_for_by_its_months() -> None:
    values = {month: float(each) for month, each in zip(range(24), WAITS, strict=True)}
    del values[3]
    from answerable.chain.claims import Series, judge_series
    from tests.papers import BEFORE, YEAR

    gapped = Series("Waits", {BEFORE.first + i: v for i, v in values.items()})
    found = judge_series(gapped, "improved", "lower", YEAR, BEFORE)
    assert "above all for March 2022" in items(what_to_ask(found, about()), "series")


def test_without_a_definition_the_likely_facts_are_named() -> None:
    ask = what_to_ask(judged(), about())
    assert "how the report came; risk as first assessed; area" in items(ask, "mix")


def test_an_area_is_asked_for_with_the_whole() -> None:
    case = verdict(K.CANNOT_TELL, Grade.MONTHS, to_settle="More.")
    ask = what_to_ask(case, about(area="Northvale"), definition())
    wanted = items(ask, "series")
    assert "incidents, Northvale: the median, in minutes and seconds" in wanted
    assert "for Northvale, and for the force as a whole and for each of its areas" in wanted
    whole = what_to_ask(case, about(), definition("victim_satisfaction"))
    assert "for the force as a whole\n" in items(whole, "series")


def test_months_that_the_record_does_not_reach_are_named() -> None:
    found = judged(WAITS[4:])
    ask = what_to_ask(found, about(), definition())
    assert "above all for December 2021 to March 2022" in items(ask, "series")
    assert "What can be read now: These records can be read for June 2023" in ask_text(ask)
    assert "What would settle it" not in ask_text(ask)


@pytest.mark.parametrize(
    ("measure", "statistic", "unit"),
    [
        ("response_time_priority", "median", "the median, in minutes and seconds"),
        ("service_wait", "median", "the median, in days"),
        ("action_taken_recorded", "rate", "the share, with the counts"),
        ("arrests_per_100_crimes", "ratio", "the ratio, with the counts"),
        ("reports", "count", "the number, as a number of reports"),
        ("", "", "the figure that was used, in the unit in which it was stated"),
    ],
)
def test_the_figure_and_its_unit_are_named(measure: str, statistic: str, unit: str) -> None:
    case = verdict(K.CANNOT_TELL, Grade.MONTHS, to_settle="More.", unit="count")
    told = definition(measure) if measure else None
    assert unit in items(what_to_ask(case, about(statistic=statistic), told), "series")


def test_a_force_can_answer_in_columns_of_the_contract() -> None:
    form = " ".join(what_to_ask(judged(), about()).form)
    known = [column.name for column in columns()]
    asked = form.partition("what applies: ")[2].partition(".")[0].split(", ")
    assert [name for name in known if name in asked] == asked
    assert len(asked) == 10


def test_letter_and_text_say_the_same() -> None:
    ask = what_to_ask(judged(), about(), definition())
    text = ask_text(ask, to="Severnshire Police", sender="Office", made_on=MADE_ON)
    letter = words(ask_letter(ask, to="Severnshire Police", sender="Office", made_on=MADE_ON))
    for line in text.splitlines():
        said = line.strip().removeprefix("- ")
        assert said in letter, said
    for each in ask.wanted:
        assert each.why in text
    assert "Please reply by: ……" in text


def test_nothing_to_ask_says_so() -> None:
    ask = what_to_ask(verdict(K.SUPPORTED), about(), definition())
    assert not ask
    assert "so there is nothing to ask" in ask_text(ask)
    assert "so there is nothing to ask" in words(ask_letter(ask, made_on=MADE_ON))
