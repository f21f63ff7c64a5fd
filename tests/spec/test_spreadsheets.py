"""Spreadsheets that a force sends: what is read of them, and what else they hold.

The packages are made with openpyxl and then changed as zip files, because openpyxl
itself writes none of the things that must be found.
"""

import datetime as dt
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from answerable.chain.records.files import Loaded, load_text
from answerable.chain.records.finding import Finding, Weight

PLANTED = "SURVIVOR-NAME"
WANTED = ("URN", "LPA", "Created")
ROWS = [list(WANTED), ["1", "WYR", "2023-11-01"], ["2", PLANTED, None]]


def book_of(rows: list[list[Any]], title: str = "Data") -> Workbook:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


class Reader:
    def __init__(self, folder: Path):
        self.path = folder / "calls.xlsx"
        self.connection = duckdb.connect()
        self.found: list[Finding] = []

    def load(self, book: Workbook | bytes | None = None, **how: Any) -> Loaded:
        if isinstance(book, bytes):
            self.path.write_bytes(book)
        elif book:
            book.save(self.path)
        how = {"wanted": WANTED, "table": "incidents", "format": "xlsx", **how}
        loaded = load_text(self.connection, [self.path], table_name="t", **how)
        self.found.extend(loaded.findings)
        return loaded

    def rows(self, columns: str = "*") -> list[tuple[Any, ...]]:
        return self.connection.execute(f"select {columns} from t order by _line").fetchall()

    def surgery(
        self,
        book: Workbook,
        add: dict[str, str | bytes] | None = None,
        change: Callable[[str, bytes], bytes] = lambda name, content: content,
    ) -> None:
        """Save a workbook with parts added and changed."""
        book.save(self.path)
        with zipfile.ZipFile(self.path) as package:
            parts = {name: change(name, package.read(name)) for name in package.namelist()}
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in {**parts, **(add or {})}.items():
                package.writestr(name, content)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(tmp_path)
    yield reader
    assert PLANTED not in repr(reader.found)


def told(loaded: Loaded) -> list[tuple[str, Weight, int]]:
    return [(finding.name, finding.weight, finding.count) for finding in loaded.findings]


# What is read


def test_values_become_text(reader: Reader) -> None:
    when = dt.datetime(2023, 11, 2, 14, 5)
    loaded = reader.load(
        book_of([
            ["URN", "LPA", "Created", "n"],
            [7, "WYR", when, 0.25],
            [8.0, True, dt.date(2023, 11, 3), dt.timedelta(hours=30, minutes=5)],
            [None, None, None, None],
            ["009", None, dt.time(9, 30), False],
        ])
    )  # fmt: skip
    assert loaded.findings == ()
    assert reader.rows() == [
        ("7", "WYR", "2023-11-02 14:05:00", "0.25", 1, "calls.xlsx"),
        ("8", "true", "2023-11-03 00:00:00", "30:05:00", 2, "calls.xlsx"),
        ("009", None, "09:30:00", "false", 3, "calls.xlsx"),
    ]


def test_the_only_visible_sheet_is_read(reader: Reader) -> None:
    book = book_of(ROWS)
    book.create_sheet("Notes").sheet_state = "hidden"
    assert reader.load(book).rows == 2


def test_of_several_sheets_one_must_be_named(reader: Reader) -> None:
    book = book_of(ROWS)
    book.create_sheet("Notes")
    loaded = reader.load(book)
    assert told(loaded) == [("sheet_not_found", Weight.STOPS, 1)]
    assert "Data and Notes" in loaded.findings[0].detail


def test_a_sheet_that_is_not_there(reader: Reader) -> None:
    loaded = reader.load(book_of(ROWS), sheet="Calls")
    assert told(loaded) == [("sheet_not_found", Weight.STOPS, 1)]
    assert "there is Data" in loaded.findings[0].detail


def test_the_size_that_a_sheet_claims_is_not_believed(reader: Reader) -> None:
    def shrink(name: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:C3"', b'ref="A1:A1"')

    reader.surgery(book_of(ROWS), change=shrink)
    assert reader.load().rows == 2


# What is wrong with the table


def test_moved_header_names_the_row(reader: Reader) -> None:
    loaded = reader.load(book_of([["Calls"], [PLANTED], [], *ROWS]), header_row=2)
    assert told(loaded) == [("header_moved", Weight.STOPS, 1)]
    assert "set header_row = 4" in loaded.findings[0].detail
    assert reader.connection.execute("select count(*) from t").fetchone() == (0,)


def test_header_in_a_later_row(reader: Reader) -> None:
    loaded = reader.load(book_of([["Calls"], [], *ROWS]), header_row=3)
    assert (loaded.rows, loaded.findings) == (2, ())


def test_errors_and_stray_cells_are_counted(reader: Reader) -> None:
    loaded = reader.load(
        book_of([*ROWS, ["3", "#REF!", "#N/A"], ["4", "#REF!", "x", None, PLANTED]])
    )
    assert [(f.name, f.column, f.count, f.weight) for f in loaded.findings] == [
        ("spreadsheet_error", "LPA", 2, Weight.REJECTS),
        ("spreadsheet_error", "Created", 1, Weight.REJECTS),
        ("stray_cells", "", 1, Weight.NOTES),
    ]
    assert reader.rows("URN, LPA, Created")[2:] == [("3", None, None), ("4", None, "x")]


def test_formulas_without_values_are_counted(reader: Reader) -> None:
    loaded = reader.load(book_of([*ROWS, ["3", "=1+1", "=A2"]]))
    assert told(loaded) == [("formula_without_value", Weight.NOTES, 2)]
    assert loaded.findings[0].detail == "2 on Data"


def test_duplicate_header(reader: Reader) -> None:
    assert told(reader.load(book_of([["URN", "LPA", "Created", "lpa"], [1, 2, 3, 4]]))) == [
        ("duplicate_header", Weight.STOPS, 1)
    ]


# What a workbook holds beside the table


def test_hidden_sheets_rows_columns_and_merged_cells(reader: Reader) -> None:
    book = book_of(ROWS)
    data = book.active
    data.row_dimensions[2].hidden = True
    data.row_dimensions[3].height = 9
    data.column_dimensions.group("E", "G", hidden=True)
    data.merge_cells("A5:B6")
    book.create_sheet("Old").sheet_state = "hidden"
    book.create_sheet("Older").sheet_state = "hidden"
    book.create_sheet("Lists").sheet_state = "veryHidden"
    reader.surgery(book, change=lambda name, part: part.replace(b'ht="9"', b'ht="0"'))
    loaded = reader.load()
    assert loaded.rows == 2
    assert [(f.name, f.count, f.detail) for f in loaded.findings] == [
        ("hidden_sheet", 2, "named Old and Older"),
        ("very_hidden_sheet", 1, "named Lists"),
        ("hidden_rows", 2, "2 on Data"),
        ("hidden_columns", 3, "3 on Data"),
        ("merged_cells", 1, "1 on Data"),
    ]
    assert {finding.weight for finding in loaded.findings} == {Weight.NOTES}


@pytest.mark.parametrize(
    ("part", "content", "name"),
    [
        ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", "macro"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "macro"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", b'<p recordCount="41"/>', "pivot_cache"),
        ("XL/PivotCache/PivotCacheDefinition1.XML", b'<p recordCount="41"/>', "pivot_cache"),
        ("xl/model/item.data", b"x", "data_model"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "external_link"),
        ("xl/connections.xml", b"<x/>", "data_connection"),
        ("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK", "embedded_workbook"),
        ("xl/embeddings/oleObject1.bin", b"x", "embedded_file"),
    ],
)
def test_parts_that_are_never_opened(reader: Reader, part: str, content: bytes, name: str) -> None:
    reader.surgery(book_of(ROWS), {part: content})
    loaded = reader.load()
    assert told(loaded) == [(name, Weight.NOTES, 1)]
    assert loaded.rows == 2
    if name == "pivot_cache":
        assert loaded.findings[0].detail == "41 source rows are kept in it"


def test_comments_names_and_links_are_counted_and_not_told(reader: Reader) -> None:
    book = book_of(ROWS)
    book.active["A2"].comment = Comment(f"ask {PLANTED}", PLANTED)
    book.active["B2"].hyperlink = f"https://example.org/{PLANTED}"
    for number, text in enumerate(
        (f"[1]{PLANTED}!$A$1", f"'\\\\server\\{PLANTED}'!A1", "Data!$A$1")
    ):
        book.defined_names[f"n{number}"] = DefinedName(f"n{number}", attr_text=text)
    assert told(reader.load(book)) == [
        ("comments", Weight.NOTES, 1),
        ("outside_reference", Weight.NOTES, 1),
        ("outside_name", Weight.NOTES, 2),
    ]


# What is not opened at all


def fake_sizes(path: Path, size: int) -> None:
    """Make every part claim a size, in both places where a zip file keeps it."""
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(mark)
        while at >= 0:
            struct.pack_into("<I", content, at + offset, size)
            at = content.find(mark, at + 4)
    path.write_bytes(content)


def test_zip_bomb_is_refused_by_its_declared_size(reader: Reader) -> None:
    reader.surgery(book_of(ROWS))
    fake_sizes(reader.path, 200 << 20)
    loaded = reader.load()
    assert told(loaded) == [("too_large", Weight.STOPS, 1)]
    assert "MiB" in loaded.findings[0].detail


def test_zip_bomb_is_refused_by_its_ratio(reader: Reader) -> None:
    reader.surgery(book_of(ROWS))
    fake_sizes(reader.path, 20 << 20)
    loaded = reader.load()
    assert told(loaded) == [("too_large", Weight.STOPS, 1)]
    assert "times its own size" in loaded.findings[0].detail


def test_a_package_that_lies_about_its_sizes_ends_as_damaged(reader: Reader) -> None:
    reader.surgery(book_of(ROWS))
    fake_sizes(reader.path, 40)
    assert told(reader.load()) == [("unreadable_file", Weight.STOPS, 1)]


def test_entities_are_refused(reader: Reader) -> None:
    def entity(name: str, content: bytes) -> bytes:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        return bomb + content if name.endswith("sheet1.xml") else content

    reader.surgery(book_of(ROWS), change=entity)
    assert told(reader.load()) == [("unreadable_file", Weight.STOPS, 1)]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "password_protected", "ask"),
        (OLE + bytes(512) + "Workbook".encode("utf-16-le"), "wrong_kind_of_file", "old .xls"),
        (b"URN,LPA,Created\n", "wrong_kind_of_file", "not an XLSX file"),
        (b"PK\x03\x04" + bytes(100), "unreadable_file", "damaged"),
        (b"", "empty_file", "no bytes"),
    ],
)
def test_files_that_are_not_workbooks(reader: Reader, content: bytes, name: str, says: str) -> None:
    loaded = reader.load(content)
    assert told(loaded) == [(name, Weight.STOPS, 1)]
    assert says in loaded.findings[0].detail


@pytest.mark.parametrize(
    ("part", "says"),
    [("xl/workbook.bin", ".xlsb"), ("content.xml", "OpenDocument"), ("x", "not a workbook")],
)
def test_other_zip_packages(reader: Reader, part: str, says: str) -> None:
    with zipfile.ZipFile(reader.path, "w") as package:
        package.writestr(part, "<x/>")
    loaded = reader.load()
    assert told(loaded) == [("wrong_kind_of_file", Weight.STOPS, 1)]
    assert says in loaded.findings[0].detail


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_workbook_that_was_cut_short(reader: Reader, share: float) -> None:
    book_of(ROWS).save(reader.path)
    whole = reader.path.read_bytes()
    loaded = reader.load(whole[: int(len(whole) * share)])
    assert told(loaded) == [("unreadable_file", Weight.STOPS, 1)]


def test_a_row_beyond_the_last_is_not_counted_up_to(reader: Reader) -> None:
    def far(name: str, content: bytes) -> bytes:
        return content.replace(b'<row r="3"', b'<row r="99999999999"')

    reader.surgery(book_of(ROWS), change=far)
    assert told(reader.load()) == [("unreadable_file", Weight.STOPS, 1)]


def test_a_part_that_cannot_be_unpacked(reader: Reader) -> None:
    reader.surgery(book_of(ROWS))
    content = bytearray(reader.path.read_bytes())
    at = content.find(b"xl/workbook.xml") + len(b"xl/workbook.xml")
    content[at] = 0xFF
    assert told(reader.load(bytes(content))) == [("unreadable_file", Weight.STOPS, 1)]


def test_a_damaged_sheet(reader: Reader) -> None:
    def cut(name: str, content: bytes) -> bytes:
        return content[:-40] if name.endswith("sheet1.xml") else content

    reader.surgery(book_of(ROWS), change=cut)
    assert told(reader.load()) == [("unreadable_file", Weight.STOPS, 1)]
