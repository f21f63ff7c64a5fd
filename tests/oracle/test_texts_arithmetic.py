"""Arithmetic inside texts, measured on a marked set: what is found, and what is wrongly named.

Shares are also worked out again in plain Python, rounded and cut, over a range of counts.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.texts import check_arithmetic

FOLDER = Path(__file__).parent / "texts"
SET: list[dict[str, Any]] = json.loads((FOLDER / "arithmetic.json").read_text(encoding="utf-8"))
SLIPS = [example for example in SET if example["slips"]]
CLEAN = [example for example in SET if not example["slips"]]
LEAST_FOUND = 0.95
"""Of the slips in the set. 113 of 116 are found."""


def test_the_set_is_large_enough_to_measure_by() -> None:
    assert len(SLIPS) >= 100 and len(CLEAN) >= 190
    kinds = Counter(kind for example in SLIPS for kind in example["slips"])
    assert len(kinds) == 8 and min(kinds.values()) >= 3


def test_slips_are_found_and_named() -> None:
    found = {
        example["text"]: [slip.kind for slip in check_arithmetic(example["text"])]
        for example in SLIPS
    }
    missed = [e["text"] for e in SLIPS if found[e["text"]] != e["slips"]]
    assert 1 - len(missed) / len(SLIPS) >= LEAST_FOUND, "\n".join(missed)


def test_nothing_is_named_that_could_be_right() -> None:
    named = {e["text"]: check_arithmetic(e["text"]) for e in CLEAN}
    assert {text: slips for text, slips in named.items() if slips} == {}


def test_nothing_is_named_in_passages_written_for_something_else() -> None:
    passages = json.loads((FOLDER / "held_out.json").read_text(encoding="utf-8"))
    apart = [slip for each in passages for slip in check_arithmetic(each["passage"])]
    whole = check_arithmetic("\n\n".join(each["passage"] for each in passages))
    assert (apart, whole) == ([], ())


@pytest.mark.parametrize("example", SLIPS, ids=lambda example: example["text"][:40])
def test_a_slip_stands_where_it_says(example: dict[str, Any]) -> None:
    text = f"A line before it.\n\n{example['text']}"
    for slip in check_arithmetic(text):
        assert text[slip.start : slip.end] == slip.text
        assert slip.works_out and slip.said and slip.sentence.endswith(".")
        assert not re.search(r"\b(wrong|false|mislead|mistake|error|lie)", slip.sentence)


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        (
            "Officers arrested a suspect in 120 of 400 cases, or 35%.",
            "share",
            "The text says 35%; 120 of 400 is 30%.",
        ),
        (
            "Domestic abuse arrests rose 10% from 480 to 512.",
            "change",
            "The text says 10%; from 480 to 512 is a change of 6.7%.",
        ),
        (
            "Victim satisfaction rose by 5% from 40% to 45%.",
            "points",
            "The text says 5%; from 40% to 45% is a change of 5 percentage points, which is 12.5%"
            " of 40%.",
        ),
        (
            "Confidence rose by 12 percentage points from 61% to 66%.",
            "change",
            "The text says 12 percentage points; from 61% to 66% is a change of 5 percentage"
            " points, which is 8.2% of 61%.",
        ),
        (
            "Confidence fell by 20% from 70% to 63%.",
            "change",
            "The text says 20%; from 70% to 63% is a change of 7 percentage points, which is 10%"
            " of 70%.",
        ),
        (
            "A third (25%) of victims withdrew.",
            "fraction",
            "The text says “a third”; beside it stands 25%, and a third is 33.3%.",
        ),
        (
            "Charges doubled from 120 to 190.",
            "multiple",
            "The text says “doubled”; 120 to 190 is 1.6 times.",
        ),
        (
            "Of the 400 victims, 250 were satisfied, 100 not and the remaining 60 did not say.",
            "sum",
            "The text says 400 in all; 250 + 100 + 60 is 410.",
        ),
        (
            "The 12 months from April 2023 to February 2024 were busy.",
            "span",
            "The text says 12 months; April 2023 to February 2024, both included, is 11 months.",
        ),
    ],
    ids=lambda value: value if len(value) < 10 else "",
)
def test_the_sentence_says_what_stands_and_what_follows(
    text: str, kind: str, sentence: str
) -> None:
    assert [(slip.kind, slip.sentence) for slip in check_arithmetic(text)] == [(kind, sentence)]


@pytest.mark.parametrize("part", range(1, 60, 7))
@pytest.mark.parametrize("whole", [60, 97, 400])
def test_a_share_is_named_exactly_when_no_rounding_gives_it(part: int, whole: int) -> None:
    """Worked out again: 30 of 97 may be said as 31 (rounded) or 30 (cut), and as nothing else."""
    exact = 100 * part / whole
    for said in range(max(0, int(exact) - 3), int(exact) + 5):
        allowed = said in (int(exact), int(exact + 0.5), round(exact))
        slips = check_arithmetic(f"The panel saw {part} of {whole} cases, or {said}%.")
        assert bool(slips) is not allowed, (part, whole, said)


@pytest.mark.parametrize(
    "text",
    [
        "1 of 2, " * 10_000,
        "a" * 500_000,
        "\n" * 500_000 + "1",
        " " * 500_000 + "1",
        "(((" * 50_000,
        "from 1 to 2 " * 10_000,
        "12. " * 10_000,
        "1,000" * 200_000,
        "Of the 4, 1 and 2 and 3 and , , , , , , , , , , , , , , , , , , , , , , , , , , " * 200,
        "400: " + "1 a, b, c, d, e, f, g, h, " * 12,
        "1 | 2\n" * 5_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_is_too_much(text: str) -> None:
    check_arithmetic(text)
