"""What may be taken away from an answer."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from docx import Document

from tests.spec.desk.test_typed import CLAIM, WHAT, typed
from tests.visitor import Visitor


def answered(visitor: Visitor, what: dict[str, str] = WHAT) -> str:
    name = typed(visitor, what)
    visitor.get(f"/claim/{name}/")
    visitor.post(f"/claim/{name}/", CLAIM)
    assert visitor.at.startswith("/answer/"), visitor.text
    return visitor.at


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_page_opens_in_word_and_says_what_the_answer_says(visitor: Visitor) -> None:
    address = answered(visitor)
    response = visitor.client.get(f"{address}checked-claim.docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="checked-claim.docx"'
    words = words_of(response.content)
    assert "Officers reach people sooner." in words
    assert "38 minutes 15 seconds" in words and "Pack, page 7" in words
    assert "As worded: Cannot be tested as worded" in words
    assert "As we read it: it got better; lower is better." in words


def test_the_letter_asks_for_what_the_page_lists(visitor: Visitor) -> None:
    address = answered(visitor)
    words = words_of(visitor.client.get(f"{address}ask-letter.docx").content)
    assert "The counts behind the monthly figures" in words
    assert "The counts behind the monthly figures" in visitor.text


def test_the_figures_come_back_as_they_went(visitor: Visitor, tmp_path: Path) -> None:
    address = answered(visitor)
    text = visitor.client.get(f"{address}figures.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 24
    assert rows[0]["period"] == "2021-12" and float(rows[0]["value"]) == 44 * 60
    assert {row["typed_by"] for row in rows} == {"policy officer"}


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1+1", "-1+1", "@x", "\t=1", "|calc"])
def test_nothing_in_the_figures_runs_in_a_spreadsheet(visitor: Visitor, title: str) -> None:
    address = answered(visitor, WHAT | {"title": title, "source": title})
    text = visitor.client.get(f"{address}figures.csv").content.decode()
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith(tuple("=+@\t\r|%")) for cell in row)
        assert not any(cell.startswith("-") and not cell[1:2].isdigit() for cell in row)


def test_the_chart_is_a_picture(visitor: Visitor) -> None:
    address = answered(visitor)
    response = visitor.client.get(f"{address}chart.png")
    assert response.headers["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_what_is_not_offered_is_not_there(visitor: Visitor) -> None:
    address = answered(visitor)
    for name in ("settings.py", "..%2Ffigures.csv", "checked-claim.docx.exe", "figures"):
        assert visitor.get(f"{address}{name}").status_code == 404


def test_nothing_is_kept_unless_a_folder_was_named(visitor: Visitor) -> None:
    answered(visitor)
    assert settings.DESK_KEEP is None and "Keep all of it" not in visitor.text
    visitor.post(visitor.at)
    assert "Kept." not in visitor.text


def test_kept_in_the_folder_that_was_named(visitor: Visitor, tmp_path: Path) -> None:
    answered(visitor, WHAT | {"title": "../../etc/passwd"})
    with override_settings(DESK_KEEP=tmp_path / "kept"):
        for number in ("001", "002"):
            visitor.get(visitor.at)
            visitor.post(visitor.at)
            assert f"answer-{number}" in visitor.text
    found = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    names = ["ask-letter.docx", "chart.png", "checked-claim.docx", "figures.csv"]
    assert found == [f"kept/answer-{n}/{name}" for n in ("001", "002") for name in names]


def test_two_figures_are_not_drawn(visitor: Visitor) -> None:
    what = WHAT | {"length": "12", "how_many": "2", "month": "4", "year": "2022"}
    name = typed(visitor, what, {"a0": "44", "a1": "38"})
    visitor.get(f"/claim/{name}/")
    span = {"first": "2023-04", "last": "2024-03", "base_first": "2022-04", "base_last": "2023-03"}
    visitor.post(f"/claim/{name}/", CLAIM | span)
    assert "cannot tell" in visitor.text and "are not drawn" in visitor.text
    assert "<svg xmlns" not in visitor.page and "chart.png" not in visitor.page
    assert visitor.get(f"{visitor.at}chart.png").status_code == 404
