"""Figures that somebody types, from the first box to the verdict."""

import pytest

from answerable.chain.body import Month
from answerable.chain.measures import Status, Unit
from answerable.desk.forms.typed import periods
from answerable.desk.typed import NotAFigure, box
from tests.visitor import Visitor

WHAT = {
    "title": "Median time to attend", "kind": "value", "unit": "minutes", "length": "1",
    "month": "12", "year": "2021", "how_many": "24", "source": "Pack, page 7",
    "typed_by": "policy officer",
}  # fmt: skip
BEFORE = (44, 45, 43, 46, 44, 43, 45, 44, 46, 43, 44, 45)
AFTER = (38, 39, 37, 40, 38, 37, 38, 39, 40, 36, 38, 39)
MONTHS = {f"a{i}": str(value) for i, value in enumerate(BEFORE + AFTER)}
CLAIM = {
    "words": "Officers reach people sooner.", "says": "improved", "better": "lower",
    "first": "2022-12", "last": "2023-11", "base_first": "2021-12", "base_last": "2022-11",
}  # fmt: skip


def typed(visitor: Visitor, what: dict[str, str] = WHAT, values: dict[str, str] = MONTHS) -> str:
    """Type figures; the name under which they were understood."""
    visitor.get("/type/")
    visitor.post("/type/", what)
    visitor.post(visitor.at, values)
    assert visitor.at.startswith("/figures/"), visitor.text
    return visitor.at.split("/")[2]


@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("512", 512, Status.OK),
        (" 1,204 ", 1204, Status.OK),
        ("-0.5", -0.5, Status.OK),
        ("0", 0, Status.OK),
        ("<5", None, Status.SUPPRESSED),
        ("fewer than 5", None, Status.SUPPRESSED),
        ("*", None, Status.SUPPRESSED),
        ("", None, Status.MISSING),
        ("n/a", None, Status.MISSING),
        ("–", None, Status.MISSING),
    ],
)
def test_a_box_is_a_number_or_says_why_not(text: str, number: float | None, status: Status) -> None:
    found = box(text)
    assert (found.number, found.status) == (number, status)


@pytest.mark.parametrize(
    "text", ["about 5", "12,34", "1 2", "12..5", "63%", "=1+1", "1e400", "9" * 400]
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    with pytest.raises(NotAFigure):
        box(text, Unit.COUNT)


@pytest.mark.parametrize(
    ("first", "length", "named"),
    [
        (Month(2023, 11), 1, ["2023-11", "2023-12"]),
        (Month(2023, 4), 3, ["2023-Q2", "2023-Q3"]),
        (Month(2023, 4), 12, ["2023/24", "2024/25"]),
        (Month(2023, 1), 12, ["2023-01..2023-12", "2024-01..2024-12"]),
    ],
)
def test_periods_follow_each_other(first: Month, length: int, named: list[str]) -> None:
    assert [str(p) for p in periods(first, length, 2)] == named


def test_from_typing_to_the_verdict(visitor: Visitor) -> None:
    name = typed(visitor)
    assert "45 minutes" in visitor.text and "policy officer" in visitor.text
    visitor.get(f"/claim/{name}/")
    assert "December 2022 to November 2023" in visitor.text
    visitor.post(f"/claim/{name}/", CLAIM)
    assert visitor.at.startswith("/answer/")
    assert "the record shows this" in visitor.text
    # By hand: the 24 values above have means of 44.33 and 38.25 minutes.
    assert "a monthly average of 38 minutes 15 seconds" in visitor.text
    assert "44 minutes 20 seconds" in visitor.text


def test_every_mistake_is_told_beside_its_field(visitor: Visitor) -> None:
    visitor.get("/type/")
    response = visitor.post("/type/", {})
    assert response.status_code == 422
    for words in ("Say what the figures count.", "Name the document", "Say who is typing"):
        assert words in visitor.text
    typed_name = visitor.post("/type/", WHAT).wsgi_request.path
    visitor.post(typed_name, {**MONTHS, "a3": "about 40"})
    assert "March 2022: Write a number" in visitor.text, "the list says which box it was"
    assert 'href="#a3"' in visitor.page and 'aria-describedby="a3_error"' in visitor.page
    assert 'value="about 40"' in visitor.page, "what was typed stays where it was typed"


def test_counts_make_a_share_and_never_one_above_its_whole(visitor: Visitor) -> None:
    counts = {"kind": "parts", "how_many": "2"}
    typed(visitor, WHAT | counts, {"a0": "10", "b0": "40", "a1": "12", "b1": "40"})
    assert "25.0%" in visitor.text and "30.0%" in visitor.text
    typed(visitor, WHAT | counts, {"a0": "10", "b0": "40", "a1": "60", "b1": "40"})
    assert "150.0 per 100" in visitor.text and "25.0 per 100" in visitor.text


def test_other_periods_ask_why_and_keep_the_usual_reading_beside(visitor: Visitor) -> None:
    name = typed(visitor)
    visitor.get(f"/claim/{name}/")
    other = CLAIM | {"first": "2023-06", "base_first": "2022-06"}
    assert visitor.post(f"/claim/{name}/", other | {"base_last": "2022-11"}).status_code == 422
    assert "Say why these periods" in visitor.text
    visitor.post(f"/claim/{name}/", other | {"why": "The half year since the change."})
    assert "The usual reading, beside it" in visitor.text
    assert "The half year since the change." in visitor.text
    assert "chance alone would give" in visitor.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"says": "improved", "better": "neither"}, "needs a direction"),
        ({"says": "meets"}, "Write the target or the figure"),
        ({"says": "meets", "target": "soon"}, "Write a time, such as 15 minutes."),
        ({"says": "meets", "target": "40"}, "Write a time, such as 15 minutes."),
        ({"says": "unchanged"}, "Write the smallest difference"),
        ({"first": "2023-12"}, "not one of the available choices"),
        ({"first": "2023-11", "last": "2022-12"}, "comes before the one"),
    ],
)
def test_what_is_missing_in_a_claim_is_asked_for(
    visitor: Visitor, change: dict[str, str], told: str
) -> None:
    name = typed(visitor)
    visitor.get(f"/claim/{name}/")
    assert visitor.post(f"/claim/{name}/", CLAIM | change).status_code == 422
    assert told in visitor.text


def test_a_target_is_held_to_the_last_figure_that_is_known(visitor: Visitor) -> None:
    name = typed(visitor)
    visitor.get(f"/claim/{name}/")
    visitor.post(f"/claim/{name}/", CLAIM | {"says": "meets", "target": "40 minutes"})
    assert "at most 40 minutes" in visitor.text
    # Monthly times make no yearly one, so it is the last month that is held against it.
    assert "Recorded: 39 minutes (November 2023)" in visitor.text
