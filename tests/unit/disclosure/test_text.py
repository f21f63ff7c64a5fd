"""Sentences that say what the figures withhold, and sentences that do not."""

from dataclasses import replace

import pytest

from answerable.chain.body import Appetite, InputMistake
from answerable.chain.disclosure import Passage, Telling, passages, protect, refuse, tellings
from answerable.chain.measures import Grain, Result, Unit
from tests.unit.disclosure.test_protect import definitions, figure

DEFINITIONS = definitions("reports", "repeat_victims", "response_time_priority")
AREAS = {"north": "Clunmoor", "south": "Teme Valley"}
MONTH = {"period": "2023-03", "grain": Grain.MONTH}
TIME = {"unit": Unit.SECONDS, "value": 1080.0}
TRUE = [
    figure("reports", "count", 3, area="north", **MONTH),
    figure("reports", "count", 90, area="south", **MONTH),
    figure("repeat_victims", "rate", 16, 7, area="north", period="2022/23", grain=Grain.YEAR),
    figure("response_time_priority", "median", 12, area="north", **MONTH, **TIME),
    figure("reports", "count", 4, **{**MONTH, "period": "2023-05"}),
]


def found(words: str, own: bool = True) -> tuple[Telling, ...]:
    shown = protect(TRUE, DEFINITIONS, Appetite())
    assert [each.n is None for each in shown] == [True, False, True, True, True]
    return tellings([Passage("a.toml: why", words, own)], TRUE, shown, DEFINITIONS, AREAS)


@pytest.mark.parametrize(
    "words",
    [
        "There were three reports in Clunmoor in March 2023.",
        "Clunmoor: 3 reports (Mar 2023).",
        "In March 2023 Clunmoor had 3 reports, and Teme Valley 90.",
        "Of those in Clunmoor in 2022/23, 43.8% were repeat victims.",
        "In Clunmoor, 7 of 16 victims in 2022/23 had been victims before.",
        "Half of the priority responses in Clunmoor came within 18 minutes in March 2023.",
        "Only four reports were made in May 2023.",
    ],
)
def test_measure_area_and_period_beside_the_number_tell_it(words: str) -> None:
    (telling,) = found(f"Something else was said first. {words}")
    assert telling.certain and telling.sentence == words
    with pytest.raises(InputMistake, match="says a number that the figures withhold"):
        refuse([telling])


@pytest.mark.parametrize(
    "words",
    [
        "Clunmoor had three reports.",
        "Three people came forward in Clunmoor in March 2023.",
        "Clunmoor: 18 minutes in March 2023.",
    ],
)
def test_where_one_of_them_is_not_named_a_person_has_to_read_it(words: str) -> None:
    (telling,) = found(words)
    assert not telling.certain
    assert refuse([telling]) == (telling,)


def test_what_others_said_in_public_is_left_to_be_read() -> None:
    (telling,) = found("There were three reports in Clunmoor in March 2023.", own=False)
    assert telling.certain and refuse([telling]) == (telling,)


@pytest.mark.parametrize(
    "words",
    [
        "There were 90 reports in Teme Valley in March 2023.",  # shown
        "There were three reports in Teme Valley in March 2023.",  # withheld elsewhere
        "There were three reports in Clunmoor in April 2023.",  # another month
        "The three areas agreed on reports.",
        "In March 2023 three officers joined.",  # the whole, and another thing
        "Reports in Clunmoor fell in March 2023.",
        "The last twelve complete months against the twelve before.",
        "",
    ],
)
def test_what_tells_nothing_is_let_through(words: str) -> None:
    assert found(words) == ()


def test_every_text_of_a_release_is_read(tmp_path: object) -> None:
    leaking = DEFINITIONS["reports"].model_copy(
        update={"plain": "In Clunmoor in March 2023 it was 3 reports."}
    )
    texts = list(passages((), [leaking]))
    assert {each.where.partition(": ")[2] for each in texts} >= {"title", "why", "plain"}
    shown = protect(TRUE, DEFINITIONS, Appetite())
    (telling,) = tellings(texts, TRUE, shown, DEFINITIONS, AREAS)
    assert telling.text.where == "measures/reports.toml: plain"
    assert telling.figure == f"{leaking.title}, Clunmoor, March 2023"
    everything: list[Result] = [replace(each) for each in TRUE]
    assert tellings(texts, everything, everything, DEFINITIONS, AREAS) == ()
