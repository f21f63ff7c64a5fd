"""The held-out marked set is what it says it is: its marks stand where they say."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from answerable.chain.texts.assertion import Direction, Kind

HELD_OUT = Path(__file__).parent / "texts" / "held_out.json"
FAMILIES = set(
    "response_time outcome_rate arrest cps_referral survey_satisfaction public_confidence"
    " call_answering recorded_volume orders video_response training staffing services"
    " scrutiny_panels victims_code repeat_victims funding other".split()
)


def passages() -> list[dict[str, Any]]:
    return json.loads(HELD_OUT.read_text(encoding="utf-8"))


def test_it_is_large_and_varied_enough_to_measure_by() -> None:
    marked = [mark for passage in passages() for mark in passage["assertions"]]
    alone = [passage for passage in passages() if not passage["assertions"]]
    assert len(passages()) >= 150 and len(marked) >= 200
    assert len(alone) >= len(passages()) / 3
    assert len({passage["passage"] for passage in passages()}) == len(passages())
    assert {mark["measure_family"] for mark in marked} == FAMILIES
    assert {mark["kind"] for mark in marked} == set(get_args(Kind))
    assert {mark["direction"] for mark in marked} == set(get_args(Direction))
    assert min(Counter(passage["source_kind"] for passage in passages()).values()) >= 10


def test_every_mark_stands_where_it_says() -> None:
    for passage in passages():
        ends = 0
        for mark in passage["assertions"]:
            assert passage["passage"][mark["start"] : mark["end"]] == mark["text"]
            assert mark["start"] >= ends
            assert len(mark["value"]) == len(mark["unit"])
            assert mark["area"] in passage["passage"]
            ends = mark["end"]
