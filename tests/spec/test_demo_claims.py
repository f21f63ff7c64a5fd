"""The demonstration's claims come to the verdicts that are planted, and only because they are."""

import re
from datetime import date

import pytest

from answerable.chain.claims import CheckedReading, Claim, Reading, Wording
from answerable.chain.claims.verdict import VerdictKind
from answerable.synthetic import PlantedReading, planted_truths
from tests.severnshire import OFFICE, Demo, build

SAID = "2023-12-12-"

# Each tested claim: its readings in order, each with its verdict and the truth behind it.
# "-" where the verdict rests on no plant.
REGISTER = {
    "quicker-response": [
        ("supported", "quicker_priority"),
        ("supported", "quicker_priority"),
    ],
    "immediate-quicker": [("supported only by a change in mix", "immediate_case_mix")],
    "sooner-contact": [("supported", "video_quicker_contact"), ("not shown", "-")],
    "more-action": [("supported", "one_outcome_code"), ("not shown", "-")],
    "more-referrals": [("supported", "crimes_rose"), ("not shown", "-")],
    "five-specialists": [("in place", "five_posts"), ("not in place", "-")],
    "panels-january": [("not in place", "panels_late")],
    "training-thresholds": [
        ("supported", "-"),
        ("contradicted", "training_by_department"),
        ("contradicted", "training_by_department"),
    ],
    "satisfaction-below-target": [
        ("cannot tell", "satisfaction_under_target"),
        ("cannot tell", "satisfaction_under_target"),
        ("cannot tell", "satisfaction_under_target"),
    ],
    "waits-steady": [
        ("contradicted", "service_wait_rises"),
        ("supported", "-"),
        ("not shown", "-"),
    ],
}

PLANTED = [
    pytest.param(reading, id=f"{truth.key}-{i}")
    for truth in planted_truths()
    for i, reading in enumerate(truth.reading)
]


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The same force with nothing planted, and of its measures only those that are claimed."""
    planted = planted_truths()
    only = {reading.measure for truth in planted for reading in truth.reading}
    keys = [truth.key for truth in planted]
    return build(tmp_path_factory.mktemp("without") / "body", keys, only)


def readings(demo: Demo, key: str) -> tuple[CheckedReading, ...]:
    """The checked readings of a claim in the register."""
    return next(each for each in demo.checked if each.claim.key == SAID + key).readings


def verdicts(demo: Demo, key: str) -> list[str]:
    return [str(each.verdict.verdict) for each in readings(demo, key)]


def verdict_on(demo: Demo, planted: PlantedReading) -> VerdictKind:
    """The verdict on a planted reading, put to the data as a claim of its own."""
    asked = planted.model_dump(include=set(Reading.model_fields) & set(PlantedReading.model_fields))
    reading = Reading(
        **asked, bound_by="the plant", bound_on=date(2024, 7, 1), why="It is planted."
    )
    claim = Claim(
        key="planted",
        words="As planted.",
        published_by="nobody",
        said_on=date(2024, 7, 1),
        source="truths.toml",
        as_worded=Wording.TESTABLE,
        reading=(reading,),
    )
    return demo.check(claim)[0].readings[0].verdict.verdict


def test_every_claim_with_readings_is_expected_here(demo: Demo) -> None:
    read = {c.key.removeprefix(SAID): len(c.reading) for c in demo.claims if c.reading}
    assert read == {key: len(each) for key, each in REGISTER.items()}


@pytest.mark.parametrize("key", REGISTER)
def test_a_claim_comes_to_the_verdict_that_is_planted(demo: Demo, key: str) -> None:
    assert verdicts(demo, key) == [verdict for verdict, _ in REGISTER[key]]


@pytest.mark.parametrize("key", REGISTER)
def test_a_claim_comes_to_another_verdict_without_the_plant(without: Demo, key: str) -> None:
    for found, (verdict, truth) in zip(verdicts(without, key), REGISTER[key], strict=True):
        assert truth == "-" or found != verdict


def test_the_outcome_that_moved_is_told_beside_action_taken(demo: Demo) -> None:
    notes = " ".join(readings(demo, "more-action")[0].verdict.notes)
    assert re.search(r"What rose most of the whole: community resolution [\d.]+%, up from", notes)


def test_both_sides_of_a_rate_are_told_beside_it(demo: Demo) -> None:
    notes = " ".join(readings(demo, "more-referrals")[1].verdict.notes)
    assert re.search(r"Numerator: [\d,]+, up from [\d,]+. Denominator: [\d,]+, up from", notes)


def test_a_part_of_a_figure_is_named_in_plain_words(demo: Demo) -> None:
    attended = readings(demo, "sooner-contact")[1].verdict
    assert "officers attended" in attended.may_say
    assert "Harbour Outreach" in readings(demo, "waits-steady")[0].verdict.may_say


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_reading_has_its_verdict(demo: Demo, planted: PlantedReading) -> None:
    assert verdict_on(demo, planted) == planted.verdict


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_reading_has_the_other_without_it(without: Demo, planted: PlantedReading) -> None:
    assert verdict_on(without, planted) == planted.without


def test_every_planted_claim_is_in_the_register_or_follows_from_one_that_is(demo: Demo) -> None:
    """What the release asserts and the plants decide are about the same measures."""
    claimed = {reading.measure for claim in demo.claims for reading in claim.reading}
    shown = claimed | {key for claim in demo.claims for key in claim.see}
    for truth in planted_truths():
        about = {reading.measure for reading in truth.reading} | {f.measure for f in truth.figure}
        assert about <= shown or truth.key == "count_given_away"


# --- the register against the texts


def plain(name: str) -> str:
    """A text of the demonstration without marks and line ends."""
    return " ".join((OFFICE / name).read_text(encoding="utf-8").replace("*", "").split())


def test_every_claim_stands_in_the_release_word_for_word(demo: Demo) -> None:
    release = plain("release.md")
    assert [c.key for c in demo.claims if c.words not in release] == []


def test_every_sentence_of_the_release_is_a_claim(demo: Demo) -> None:
    """The heading, the note on where it comes from and 'The commissioner said' assert nothing."""
    body = plain("release.md").split("office or service. ", 1)[1]
    for claim in demo.claims:
        body = body.replace(claim.words, "")
    assert re.sub(r'["\s]', "", body) == "Thecommissionersaid:"


def test_every_retelling_stands_in_the_paper_word_for_word(demo: Demo) -> None:
    paper = plain("retelling.md")
    told = [told for claim in demo.claims for told in claim.told_in]
    assert {each.scope for each in told} == {"kept", "widened", "lost"}
    assert [each.words for each in told if each.words not in paper] == []


def test_a_retelling_that_is_not_kept_says_how(demo: Demo) -> None:
    told = [told for claim in demo.claims for told in claim.told_in]
    assert [each.words for each in told if each.scope != "kept" and not each.note] == []


def test_a_claim_without_a_reading_says_why_it_has_none(demo: Demo) -> None:
    for claim in demo.claims:
        assert claim.reading or claim.note, claim.key


def test_no_claim_names_a_person(demo: Demo) -> None:
    """Offices are held to what they said; a name would outlive the office."""
    for claim in demo.claims:
        said_by = f"{claim.published_by} {claim.attributed_to}"
        assert re.search(r"office|commissioner|constable", said_by, re.IGNORECASE)
        assert claim.checked_by != claim.published_by
