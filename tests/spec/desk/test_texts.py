"""Texts at the desk: what is marked, what is left alone, and what is filled in from words."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.chain.body import Month, Period
from answerable.chain.figures import Figure
from answerable.chain.measures import Unit
from answerable.chain.texts import open_pasted, read_text
from answerable.desk.marked import marked
from answerable.desk.things import Given, Text
from answerable.desk.words import lacks_of, suggested
from tests.visitor import Visitor

TEXT = """We are proud of our teams.

Arrests rose by 12% to 1,452 in the year to March 2024, the chief constable said.

Victim satisfaction has remained below the target of 80%."""


def given(unit: Unit, first: str = "2022-04", months: int = 24) -> Given:
    start = Month.parse(first)
    figures = tuple(
        Figure("x", "Line", Period.of(start + i, start + i), unit, value=0.5 + i % 3 / 10)
        for i in range(months)
    )
    return Given("Line", figures, "pack.xlsx", "/")


def test_what_can_be_checked_is_marked_and_the_rest_left_alone(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post("/text/", {"words": TEXT})
    assert visitor.at.startswith("/text/")
    marks = visitor.page.split("<mark>")[1:]
    assert [mark.split("</mark>")[0][:10] for mark in marks] == ["Arrests ro", "Victim sat"]
    assert "We are proud of our teams." in visitor.text
    assert "arrests" in visitor.text and "the target" in visitor.text


def test_a_sentence_is_filled_in_beside_pasted_figures(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post("/text/", {"words": TEXT})
    name = visitor.at.split("/")[2]
    visitor.get(f"/text/{name}/0/")
    visitor.get(f"/?said={name}.0")
    assert "Arrests rose by 12%" in visitor.text and "Read a text" not in visitor.text
    months = "\t".join(str(month) for month in Period.parse("2022-04..2024-03"))
    values = "\t".join(str(100 + i % 4 + (20 if i > 11 else 0)) for i in range(24))
    cells = f"Measure\t{months}\nArrests\t{values}"
    visitor.post("/paste/", {"cells": cells, "said": f"{name}.0"})
    assert "To be tested" in visitor.text
    visitor.get(f"{visitor.at}0/0/")
    assert 'value="rose" id="id_says_2" required checked' in visitor.page.replace(
        'required id="id_says_2"', 'id="id_says_2" required'
    )
    assert "chief constable" in visitor.page


def test_words_beside_a_claim_are_read_on_demand(visitor: Visitor) -> None:
    visitor.get("/")
    months = "\t".join(str(month) for month in Period.parse("2022-04..2024-03"))
    cells = f"Measure\t{months}\nArrests\t" + "\t".join(str(100 + i) for i in range(24))
    visitor.post("/paste/", {"cells": cells})
    address = f"{visitor.at}0/0/"
    visitor.get(address)
    assert visitor.post(address, {"read": "1", "words": " "}).status_code == 422
    assert "Write the words first" in visitor.text
    visitor.post(address, {"read": "1", "words": "Arrests have fallen."})
    assert "Left open" in visitor.text and "the figure went down" in visitor.text
    visitor.post(address, {"read": "1", "words": "We are proud of our teams."})
    assert "Nothing in the words was recognised" in visitor.text


FELL = {
    "says": "fell", "better": "neither", "first": "2023-04", "last": "2024-03",
    "base_first": "2022-04", "base_last": "2023-03",
}  # fmt: skip
TWO = "Arrests have fallen. Victim satisfaction was 80%."


def claim_address(visitor: Visitor) -> str:
    """Two years of arrests, pasted, and the page on which a claim is made about them."""
    visitor.get("/")
    months = "\t".join(str(month) for month in Period.parse("2022-04..2024-03"))
    cells = f"Measure\t{months}\nArrests\t" + "\t".join(str(100 + i % 7) for i in range(24))
    visitor.post("/paste/", {"cells": cells})
    visitor.get(f"{visitor.at}0/0/")
    return visitor.at


def test_of_several_statements_one_is_chosen_and_never_the_first_in_silence(
    visitor: Visitor,
) -> None:
    address = claim_address(visitor)
    visitor.post(address, {"read": "1", "words": TWO})
    assert "The words say 2 things. Choose the one to test" in visitor.text
    assert 'name="says" value="fell" required checked' not in visitor.page
    assert "Nothing in the words was recognised" not in visitor.text
    assert TWO in visitor.page, "the words stay as they were said"
    (one, two) = re.findall(r'<li><a href="([^"]+said=[^"]+)">', visitor.page)
    visitor.get(two)
    assert "Victim satisfaction was 80%" in visitor.page
    visitor.get(one)
    assert "“Arrests have fallen” (arrests; the figure went down): filled in" in unescape(
        visitor.text
    )
    visitor.post(visitor.at, FELL | {"words": "Arrests have fallen."})
    assert "The words say more than was tested here." in visitor.text
    assert "“Victim satisfaction was 80%”" in unescape(visitor.text)
    assert "“Arrests have fallen” (" not in unescape(visitor.text)


def test_words_that_were_not_read_are_not_answered_by_half(visitor: Visitor) -> None:
    address = claim_address(visitor)
    visitor.post(address, FELL | {"words": TWO})
    assert "The words say more than was tested here." in visitor.text
    others = re.findall(r'<li><a href="([^"]+said=[^"]+)">', visitor.page)
    assert len(others) == 2
    visitor.get(others[0])
    assert 'value="fell"' in visitor.page and "What was said about these figures?" in visitor.text


def test_one_statement_is_filled_in_without_a_question(visitor: Visitor) -> None:
    address = claim_address(visitor)
    visitor.post(address, {"read": "1", "words": "Arrests have fallen."})
    assert "The words say" not in visitor.text
    visitor.post(visitor.at, FELL | {"words": "Arrests have fallen."})
    assert "more than was tested here" not in visitor.text


@pytest.mark.parametrize(
    ("words", "unit", "filled"),
    [
        ("Response times have fallen.", Unit.SECONDS, {"says": "fell", "better": "lower"}),
        ("Arrests rose in 2023/24.", Unit.COUNT, {"says": "rose"}),
        ("Victim satisfaction is below the target of 80%.", Unit.SHARE,
         {"says": "misses", "better": "higher", "target": "80%"}),
        ("Officers made 1,452 arrests in 2023/24.", Unit.COUNT,
         {"says": "value", "target": "1452"}),
        ("The median response time was 12 minutes in 2023/24.", Unit.SECONDS,
         {"says": "value", "target": "12 minutes"}),
        ("Victim satisfaction was 73% in 2023/24.", Unit.SHARE, {"says": "value", "target": "73%"}),
    ],
)  # fmt: skip
def test_what_words_fix_is_filled_in(words: str, unit: Unit, filled: dict[str, str]) -> None:
    found = suggested(read_text(words)[0], given(unit))
    assert {key: found.get(key) for key in filled} == filled


def test_a_period_that_the_words_name_is_taken_with_its_reason() -> None:
    said = read_text("Arrests rose in the year to December 2023.")[0]
    found = suggested(said, given(Unit.COUNT))
    assert (found["first"], found["last"]) == ("2023-01", "2023-12")
    assert (found["base_first"], found["base_last"]) == ("2022-01", "2022-12")
    assert "January 2023 to December 2023" in found["why"]
    assert "first" not in suggested(said, given(Unit.COUNT, "2020-04")), "out of reach"


def test_what_words_leave_open_is_the_verdict_as_worded() -> None:
    assert lacks_of("We are proud of our teams.") is None
    lacks = lacks_of("Response times have improved.")
    assert lacks is not None and {"period", "baseline", "area"} <= set(lacks)


def test_marks_that_overlap_are_one_and_keep_every_letter() -> None:
    words = "Arrests rose by 12% to 1,452 and <b>victim</b> satisfaction fell to 70%."
    opened = open_pasted(words)
    one, two = (*read_text(words), *read_text(words))[:2]
    blocks, _ = marked(Text(opened, (one, two, one), ()))
    plain = "".join(blocks)
    assert "<b>" not in plain
    shown = unescape(re.sub(r"<a .*?</a>|<[^>]+>", "", plain))
    assert shown == words
    assert plain.count('class="ref"') == 3


def test_script_in_a_text_is_never_run(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post("/text/", {"words": "Arrests <script>alert(1)</script> rose by 12% in 2023/24."})
    assert "<script" not in visitor.page
    name = visitor.at
    visitor.get(f"{name}0/")
    assert "<script" not in visitor.page


def test_a_file_of_a_text_and_one_that_is_none(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post("/text/", {"document": SimpleUploadedFile("release.txt", TEXT.encode())})
    assert "release.txt" in visitor.text
    visitor.get("/")
    response = visitor.post("/text/", {"document": SimpleUploadedFile("a.pdf", b"%PDF-1.4 cut")})
    assert response.status_code == 422


@pytest.mark.parametrize("address", ["/text/none/", "/text/none/0/", "/?said=none.0", "/?said=."])
def test_a_sentence_that_has_been_forgotten(visitor: Visitor, address: str) -> None:
    assert visitor.get(address).status_code == (200 if "said" in address else 404)
