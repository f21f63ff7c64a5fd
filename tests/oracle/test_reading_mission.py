"""A real news release and a newspaper's rewrite of it, where they are present."""

import os
from pathlib import Path

import pytest

from answerable.chain.texts import Assertion, read_text

REFERENCE = Path(os.environ.get("REFERENCE_DATA", Path(__file__).parents[3] / "shared" / "data"))
MISSION = REFERENCE.parent / "mission"
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not MISSION.is_dir(), reason="the two texts are not here"),
]

RELEASE = [
    ("trend", "response_time", "down", "quicker response times"),
    ("trend", "outcome_rate", "up", "increases in action taken against perpetrators"),
    ("trend", "cps_referral", "up", "more referrals to the Crown Prosecution Service"),
    ("status", "staffing", "none", "five specialist VAWG officers were introduced in May 2023"),
    ("status", "scrutiny_panels", "none", "are set to be launched in January"),
    ("status", "training", "none", "training is being carried out"),
    ("level", "video_response", "none", "can be better utilised"),
    ("target", "survey_satisfaction", "below", "has remained just below the force’s target"),
    ("status", "services", "none", "ensuring they align with national best practice"),
]
REWRITE = [
    ("trend", "response_time", "down", "quicker response times"),
    ("trend", "outcome_rate", "up", "increased action against offenders"),
    ("trend", "cps_referral", "up", "increased referrals to the Crown Prosecution Service"),
    ("status", "staffing", "none", "five specialist officers"),
    ("status", "scrutiny_panels", "none", "community scrutiny panels will begin"),
    ("status", "training", "none", "are partaking in victim-first focused training"),
    ("level", "video_response", "none", "to improve use of rapid video response"),
    ("target", "survey_satisfaction", "below", "remained slightly below the force's target"),
    ("status", "services", "none", "aligning those to national best practice"),
]


def read(name: str) -> tuple[Assertion, ...]:
    (file,) = MISSION.glob(name)
    return read_text(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("000_*.txt", RELEASE), ("003_*.txt", REWRITE)],
    ids=["release", "rewrite"],
)
def test_it_is_read_whole_and_nothing_else_is(
    name: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = read(name)
    assert [(each.kind, each.measure_family, each.direction) for each in found] == [
        row[:3] for row in expected
    ]
    for each, row in zip(found, expected, strict=True):
        assert row[3] in each.text


def test_what_the_release_leaves_open() -> None:
    found = read("000_*.txt")
    assert found[0].missing == ("measure", "period", "baseline", "area", "size")
    assert (
        found[3].period == "2023-05" and found[3].value == (5,) and found[3].area == "West Mercia"
    )
    assert found[7].missing == ("measure", "period", "area", "target")
    assert found[7].speaker == "T/CC"
