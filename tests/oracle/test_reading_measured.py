"""How well texts are read, on marked passages: floors under precision and recall."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.reading import HELD_OUT, TUNED, WIDE, Score, score  # noqa: E402  (no package)

KINDS = ("trend", "target", "level", "count", "comparison", "status")


def read(file: Path) -> Score:
    passages: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return score(passages)


@pytest.fixture(scope="module")
def tuned() -> Score:
    return read(TUNED)


@pytest.fixture(scope="module")
def wide() -> Score:
    return read(WIDE)


@pytest.fixture(scope="module")
def held_out() -> Score:
    return read(HELD_OUT)


def test_the_tuned_set_is_large_and_half_of_it_is_to_be_left_alone() -> None:
    passages = json.loads(TUNED.read_text(encoding="utf-8"))
    alone = [passage for passage in passages if not passage["assertions"]]
    assert len(passages) >= 120 and len(alone) >= 50
    for passage in passages:
        for mark in passage["assertions"]:
            assert passage["passage"][mark["start"] : mark["end"]] == mark["text"]


def test_the_wide_set_is_large_and_a_third_of_it_is_to_be_left_alone() -> None:
    passages = json.loads(WIDE.read_text(encoding="utf-8"))
    alone = [passage for passage in passages if not passage["assertions"]]
    assert len(passages) >= 200 and len(alone) >= len(passages) / 3
    assert sum(len(passage["assertions"]) for passage in passages) >= 250
    assert len({passage["passage"] for passage in passages}) == len(passages)
    for passage in passages:
        for mark in passage["assertions"]:
            assert passage["passage"][mark["start"] : mark["end"]] == mark["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_rules_were_made_on_is_read_by_kind(tuned: Score, kind: str) -> None:
    assert tuned.precision(kind) >= 0.9
    assert tuned.recall(kind) >= 0.9


def test_what_the_rules_were_made_on_is_read_part_by_part(tuned: Score) -> None:
    for part in ("family", "direction", "value", "unit", "period", "area"):
        assert tuned.right[part] / tuned.matched >= 0.93, part


WIDE_FLOORS = {
    "trend": (0.95, 0.9),
    "target": (0.9, 0.8),
    "level": (0.9, 0.9),
    "count": (0.9, 0.9),
    "comparison": (0.95, 0.9),
    "status": (0.95, 0.85),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_variety_of_public_wording_is_read_by_kind(wide: Score, kind: str) -> None:
    precision, recall = WIDE_FLOORS[kind]
    assert wide.precision(kind) >= precision
    assert wide.recall(kind) >= recall


def test_nothing_is_marked_where_nothing_is_to_be_marked(tuned: Score) -> None:
    assert tuned.left_alone == tuned.alone


def test_the_held_out_set_which_no_rule_was_made_on(held_out: Score) -> None:
    assert held_out.precision("all") >= 0.8
    assert held_out.recall("all") >= 0.67
    assert held_out.left_alone / held_out.alone >= 0.9
    assert held_out.right["direction"] / held_out.matched >= 0.9
    assert held_out.right["family"] / held_out.matched >= 0.7
