"""A table that was pasted one cell a line, as some pages and papers give it."""

import io

import pytest
from openpyxl import Workbook

from answerable.chain.sheets import open_bytes, paste, understand
from tests.small_grids import shown

BOTH = ["Arrests; all: 2023-04 12, 2023-05 14", "Charges; all: 2023-04 3, 2023-05 4"]
ONE = ["Arrests; all: 2023-04 1204, 2023-05 1198"]
BARE = ["Figures; all: 2023-04 1204, 2023-05 1198"]
PUT_BACK = {
    "month, figure, month, figure": ("Month Arrests Apr-23 1,204 May-23 1,198", ONE),
    "without headings": ("Apr-23 1,204 May-23 1,198", BARE),
    "the months' own heading left out": ("Arrests Apr-23 1,204 May-23 1,198", ONE),
    "three cells a row": ("Month Arrests Charges Apr-23 12 3 May-23 14 4", BOTH),
    "the months, then the figures": ("Month Apr-23 May-23 Arrests 1,204 1,198", ONE),
    "the months, then the figures, without headings": ("Apr-23 May-23 1,204 1,198", BARE),
    "column after column": ("Month Apr-23 May-23 Arrests 12 14 Charges 3 4", BOTH),
    "row after row of a wide table": ("Measure Apr-23 May-23 Arrests 12 14 Charges 3 4", BOTH),
    "a title before, a note after": (
        "Custody Month Arrests Apr-23 1,204 May-23 1,198 Source:_custody",
        ONE,
    ),
    "a title over the figures": ("Arrests Apr-23 May-23 1,204 1,198 Source:_custody", ONE),
    "areas": (
        "Month Area Arrests Apr-23 North 1 Apr-23 South 2 May-23 North 3 May-23 South 4",
        ["Arrests; North: 2023-04 1, 2023-05 3", "Arrests; South: 2023-04 2, 2023-05 4"],
    ),
    "withheld and missing": (
        "Month Arrests Apr-23 <5 May-23 -",
        ["Arrests; all: 2023-04 –(suppressed), 2023-05 –(missing)"],
    ),
}


@pytest.mark.parametrize(
    "between", ["\n", "\n\n", "\r\n", " \n"], ids=["lf", "twice", "crlf", "sp"]
)
@pytest.mark.parametrize("name", PUT_BACK)
def test_put_back_into_a_table(name: str, between: str) -> None:
    cells, expected = PUT_BACK[name]
    pasted = paste(cells.replace(" ", between).replace("_", " "))
    assert shown(understand(pasted)) == expected
    assert "one under the other, put back into a table" in pasted.notices[0].text


@pytest.mark.parametrize(
    "cells",
    ["Month Arrests Apr-23 1 May-23 Jun-23 3", "Apr-23 May-23 Jun-23 1 3", "Apr-23 1 May-23 2 3"],
)
def test_a_cell_that_was_lost_is_not_made_up(cells: str) -> None:
    pasted = paste(cells.replace(" ", "\n"))
    found = understand(pasted)
    assert found.lines == () and found.problems
    assert "an empty one may have been lost" in pasted.notices[0].text


def test_plain_lines_of_csv_stay_what_they_are() -> None:
    pasted = paste("Month,Arrests\nApr-23,12\nMay-23,14")
    assert pasted.notices[0].text == "What was pasted is read as delimited text."


@pytest.mark.parametrize("name", PUT_BACK)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_one_column_is_put_back_too(name: str, kind: str) -> None:
    cells, expected = PUT_BACK[name]
    lines = [cell.replace("_", " ") for cell in cells.split()]
    pack = open_bytes(in_file(lines, kind), f"figures.{kind}")
    assert shown(understand(pack)) == expected
    assert "put back into a table" in pack.notices[-1].text


def in_file(lines: list[str], kind: str) -> bytes:
    if kind == "csv":
        return "\n".join(lines).encode()
    book = Workbook()
    for row, line in enumerate(lines, 3):
        book.active.cell(row, 2, line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_file_that_lost_a_cell_says_so() -> None:
    pack = open_bytes(b"Apr-23\n1\nMay-23\n2\n3", "figures.csv")
    assert understand(pack).lines == ()
    assert "an empty one may have been lost" in pack.notices[-1].text


@pytest.mark.parametrize("text", ["Month,Arrests\nApr-23,1\nMay-23,2", "Apr-23;1,5\nMay-23;2,5"])
def test_a_file_of_two_columns_is_left_as_it_is(text: str) -> None:
    pack = open_bytes(text.encode(), "figures.csv")
    assert pack.grids[0].columns == 2
    assert not any("put back" in notice.text for notice in pack.notices)
