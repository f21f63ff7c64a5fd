"""Office documents hold values only, read back as written, and are the same each time."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from openpyxl import load_workbook

from answerable.chain.papers import Sheet, ods, values_xlsx

SHEETS = (
    Sheet("About", ("what", "it says"), [("=1+1", "@SUM(A1)"), ("+44", "-x"), ("a<b&c", None)]),
    Sheet("Data", ("period", "value", "n"), [("2023-11", 0.632, 1204), ("2023-12", None, 0)]),
)
MADE_ON = date(2024, 7, 10)
EXPECTED = {s.title: [list(s.heading), *(list(r) for r in s.rows)] for s in SHEETS}


def read_xlsx(data: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(data))
    return {page.title: [[c.value for c in row] for row in page.rows] for page in book}


def read_ods(data: bytes) -> dict[str, list[list[object]]]:
    document = load(io.BytesIO(data))
    return {
        str(table.getAttribute("name")): [
            [value_of(cell) for cell in row.getElementsByType(TableCell)]
            for row in table.getElementsByType(TableRow)
        ]
        for table in document.spreadsheet.getElementsByType(Table)
    }


def value_of(cell: object) -> object:
    kind = cell.getAttribute("valuetype")  # type: ignore[attr-defined]
    if kind == "float":
        return float(cell.getAttribute("value"))  # type: ignore[attr-defined]
    return str(cell) if kind else None


@pytest.mark.parametrize(("write", "read"), [(values_xlsx, read_xlsx), (ods, read_ods)])
def test_what_is_written_is_read_back(write: Callable, read: Callable) -> None:
    assert read(write(SHEETS, MADE_ON)) == EXPECTED


@pytest.mark.parametrize("write", [values_xlsx, ods])
def test_the_same_sheets_give_the_same_bytes(
    write: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(SHEETS, MADE_ON)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(now + 90_000))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        text = b"".join(package.read(name) for name in package.namelist())
    assert time.strftime("%Y-%m-%d", time.gmtime(now)).encode() not in text
    assert write(SHEETS, MADE_ON) == first


@pytest.mark.parametrize("write", [values_xlsx, ods])
def test_no_formula_is_written(write: Callable) -> None:
    with zipfile.ZipFile(io.BytesIO(write(SHEETS, MADE_ON))) as package:
        text = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
        )
    assert "<f>" not in text
    assert "formula" not in text


HOSTILE = ("=cmd|'/c calc'!A1", "+1+1", "-1+2", "@SUM(A1)", "  =1", "\t=1")


def test_what_looks_like_a_formula_stays_text_when_it_is_edited() -> None:
    sheet = Sheet("About", ("what", "more"), [(text, "plain") for text in HOSTILE])
    page = load_workbook(io.BytesIO(values_xlsx([sheet], MADE_ON)))["About"]
    for row, text in zip(page.iter_rows(min_row=2), HOSTILE, strict=True):
        assert (row[0].value, row[0].data_type, row[0].quotePrefix) == (text, "s", True)
        assert not row[1].quotePrefix


def test_a_workbook_names_nobody() -> None:
    core = load_workbook(io.BytesIO(values_xlsx(SHEETS, MADE_ON))).properties
    assert not core.creator
    assert not core.lastModifiedBy
    assert core.created.date() == core.modified.date() == MADE_ON


@pytest.mark.parametrize(("write", "read"), [(values_xlsx, read_xlsx), (ods, read_ods)])
def test_what_a_file_cannot_hold_is_left_out(write: Callable, read: Callable) -> None:
    sheet = Sheet("a", ("x", "y"), [("be\x00fore\x1b", "un\u202eturned\ud800")])
    assert read(write([sheet], MADE_ON))["a"][1] == ["before", "unturned"]


def test_any_name_of_a_sheet_is_made_fit() -> None:
    names = ["A/B: [x]*?", "a" * 60, "A" * 60, "", "'quoted'"]
    made = read_xlsx(values_xlsx([Sheet(name, ("x",), []) for name in names], MADE_ON))
    assert list(made) == ["A B   x", "a" * 31, "A" * 27 + " 2", "Sheet", "quoted"]
