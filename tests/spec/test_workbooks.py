"""Office documents hold values only, read back as written, and are the same each time."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from openpyxl import load_workbook

from answerable.site.workbooks import Sheet, ods, xlsx

SHEETS = (
    Sheet("About", ("what", "it says"), [("=1+1", "@SUM(A1)"), ("+44", "-x"), ("a<b&c", None)]),
    Sheet("Data", ("period", "value", "n"), [("2023-11", 0.632, 1204), ("2023-12", None, 0)]),
)
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


@pytest.mark.parametrize(("write", "read"), [(xlsx, read_xlsx), (ods, read_ods)])
def test_what_is_written_is_read_back(write: Callable, read: Callable) -> None:
    assert read(write(SHEETS, "2024-07-10")) == EXPECTED


@pytest.mark.parametrize("write", [xlsx, ods])
def test_the_same_sheets_give_the_same_bytes(
    write: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(SHEETS, "2024-07-10")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(now + 90_000))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        text = b"".join(package.read(name) for name in package.namelist())
    assert time.strftime("%Y-%m-%d", time.gmtime(now)).encode() not in text
    assert write(SHEETS, "2024-07-10") == first


@pytest.mark.parametrize("write", [xlsx, ods])
def test_no_formula_is_written(write: Callable) -> None:
    with zipfile.ZipFile(io.BytesIO(write(SHEETS, "2024-07-10"))) as package:
        text = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
        )
    assert "<f>" not in text
    assert "formula" not in text
