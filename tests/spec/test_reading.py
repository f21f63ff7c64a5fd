"""What a text asserts: one table a rule. The last column is what must be found, in order."""

import pytest

from answerable.chain.texts import read_text


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.measure_family, each.direction) for each in read_text(text)]


ONE_EACH = [
    (
        "Three things in one sentence are three assertions",
        "Progress was reported, with quicker response times to domestic abuse reports, alongside"
        " increases in action taken against offenders and more referrals to the CPS.",
        [
            ("trend", "response_time", "down"),
            ("trend", "outcome_rate", "up"),
            ("trend", "cps_referral", "up"),
        ],
    ),
    (
        "A movement with a figure",
        "Arrests for domestic abuse rose by 12 per cent last year.",
        [("trend", "arrest", "up")],
    ),
    (
        "A level, and where it stands against its target, are two",
        "Victim satisfaction stands at 78%, just below the 80% target.",
        [("level", "survey_satisfaction", "none"), ("target", "survey_satisfaction", "below")],
    ),
    (
        "Something due at a time",
        "Community scrutiny panels are set to be launched in January.",
        [("status", "scrutiny_panels", "none")],
    ),
    (
        "A number of things",
        "Officers made 1,204 arrests for domestic abuse offences in the quarter.",
        [("count", "arrest", "none")],
    ),
    (
        "Against other forces",
        "The charge rate is higher than the national average.",
        [("comparison", "outcome_rate", "above")],
    ),
]

LEFT_ALONE = [
    ("a wish", "We want to see quicker response times and more arrests."),
    ("a promise", "I remain committed to improving the service that victims receive."),
    ("a question", "Have response times improved since last year?"),
    ("advice", "If you are in danger, call 999."),
    ("thanks", "The Commissioner thanked the officers for their hard work."),
    ("what should be", "Victim satisfaction should be above 80 per cent."),
    (
        "what for",
        "The plan was drawn up to improve response times and reduce repeat victimisation.",
    ),
    ("one case", "A 34-year-old man was arrested on suspicion of assault."),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in ONE_EACH], ids=[row[0] for row in ONE_EACH]
)
def test_what_is_asserted(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", [row[1] for row in LEFT_ALONE], ids=[row[0] for row in LEFT_ALONE])
def test_what_is_left_alone(text: str) -> None:
    assert found(text) == []
