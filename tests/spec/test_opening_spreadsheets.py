"""What stands in a spreadsheet: opened as it is stored, shown as a reader sees it.

Every file is made here. What openpyxl and odfpy write is read back by readers of our own.
"""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from odf import opendocument
from odf.office import Annotation
from odf.style import Style, TableProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from answerable.chain.body import InputMistake
from answerable.chain.records.finding import Finding, Weight
from answerable.chain.sheets import Cell, Grid, Pack, open_bytes, open_pack, paste
from answerable.chain.sheets.notices import notice_of


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(rows: list[list[Any]]) -> Workbook:
    book = Workbook()
    book.active.title = "Data"
    for row in rows:
        book.active.append(row)
    return book


def only(pack: Pack) -> Grid:
    (grid,) = pack.grids
    return grid


def codes(pack: Pack) -> list[str]:
    return [notice.code for notice in pack.notices]


def texts(grid: Grid) -> list[list[str]]:
    """A grid as rows of what is shown, empty where nothing stands."""
    return [
        [grid.cells[r, c].shown if (r, c) in grid.cells else "" for c in range(1, grid.columns + 1)]
        for r in range(1, grid.rows + 1)
    ]


# XLSX

SHOWN = [
    (0.124, "0.0%", "12.4%"),
    (0.125, "0%", "13%"),
    (-0.031, "0.0%", "-3.1%"),
    (0.0005, "0.0%", "0.1%"),
    (1234.5, "#,##0", "1,235"),
    (1234567, "#,##0.00", "1,234,567.00"),
    (1234567, "0.0,,", "1.2"),
    (7, "000", "007"),
    (0.5, "#.##", ".5"),
    (2.5, "0.0##", "2.5"),
    (-12, "#,##0;(#,##0)", "(12)"),
    (-12, "#,##0;[Red]-#,##0", "-12"),
    (0, "0;-0;\\-", "-"),
    (3, '0" days"', "3 days"),
    (1250, "[$£-809]#,##0", "£1,250"),
    (0.25, "# ?/?", "0.25"),
    (150, "[>=100]0.0;0", "150"),
    (12345.678, "0.00E+00", "1.23E+04"),
    (0.30000000000001, "General", "0.3"),
    (dt.date(2023, 4, 1), "mmm-yy", "Apr-23"),
    (dt.date(2023, 4, 1), "mmmm yyyy", "April 2023"),
    (dt.date(2023, 4, 1), "d/m/yy", "1/4/23"),
    (dt.date(2023, 4, 1), "dddd d mmm", "Saturday 1 Apr"),
    (dt.date(2023, 4, 1), "mm-dd-yy", "01/04/2023"),
    (dt.date(2023, 4, 1), "[$-809]dd\\ mmm\\ yy;@", "01 Apr 23"),
    (dt.datetime(2023, 4, 1, 14, 5, 9), "yyyy-mm-dd hh:mm:ss", "2023-04-01 14:05:09"),
    (dt.datetime(2023, 4, 1, 0, 5), "h:mm AM/PM", "12:05 am"),
    (dt.time(9, 30), "hh:mm", "09:30"),
    (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    (dt.timedelta(minutes=14, seconds=7), "[mm]:ss", "14:07"),
]


@pytest.mark.parametrize(("value", "style", "shown"), SHOWN, ids=lambda v: str(v).replace("/", "."))
def test_a_number_is_shown_as_a_reader_sees_it(value: Any, style: str, shown: str) -> None:
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = style
    cell = only(open_bytes(saved(book), "pack.xlsx")).cells[1, 1]
    assert (cell.shown, cell.value) == (shown, value)
    # `mm-dd-yy` is how the format is written that each country shows in its own way.
    assert cell.style in ((style,) if style not in ("General", "mm-dd-yy") else ("", "dd/mm/yyyy"))


def test_values_are_as_openpyxl_reads_them() -> None:
    rows = [
        ["text", 1, 2.5, True, dt.datetime(2023, 4, 1, 12), dt.date(1900, 2, 1)],
        ["0.5", -3, 1e-9, False, dt.time(12), dt.date(9999, 12, 31)],
        [" kept ", 10**12, 0.1 + 0.2, None, dt.timedelta(days=2), "line\nbreak"],
    ]
    data = saved(book_of(rows))
    read = load_workbook(io.BytesIO(data), data_only=True).active
    grid = only(open_bytes(data, "pack.xlsx"))
    for row in read.iter_rows():
        for cell in row:
            ours = grid.cells[cell.row, cell.column].value if cell.value is not None else None
            if isinstance(cell.value, dt.datetime) and not isinstance(ours, dt.datetime):
                ours = dt.datetime.combine(ours, dt.time())  # type: ignore[arg-type]
            assert ours == cell.value
    assert len(grid.cells) == sum(value is not None for row in rows for value in row)


def test_days_counted_from_1904() -> None:
    book = book_of([[dt.date(2023, 4, 1)]])
    book.epoch = dt.datetime(1904, 1, 1)
    assert only(open_bytes(saved(book), "pack.xlsx")).cells[1, 1].value == dt.date(2023, 4, 1)


def test_numbers_stored_as_text_stay_text() -> None:
    cells = only(open_bytes(saved(book_of([["512", "0.4%", "1,204"]])), "pack.xlsx")).cells
    assert [cell.value for cell in cells.values()] == ["512", "0.4%", "1,204"]


def test_bold_merged_and_hidden() -> None:
    book = book_of([["Title", None, None], ["Area", "Apr", "May"], ["Town", 1, 2], ["Dale", 3, 4]])
    sheet = book.active
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[900].hidden = True
    sheet.column_dimensions["C"].hidden = True
    pack = open_bytes(saved(book), "pack.xlsx")
    grid = only(pack)
    assert [place for place, cell in grid.cells.items() if cell.bold] == [(1, 1)]
    assert grid.merged == ((1, 1, 1, 3),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({3}, {3})
    assert (grid.rows, grid.columns) == (4, 3)
    assert codes(pack) == ["hidden_rows", "hidden_columns", "merged_cells"]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = book_of([["seen"]])
    for state in ("hidden", "veryHidden"):
        page = book.create_sheet(state.title())
        page.append(["SURVIVOR-NAME"])
        page.sheet_state = state
    pack = open_bytes(saved(book), "pack.xlsx")
    assert [grid.name for grid in pack.grids] == ["Data"]
    assert [notice.text for notice in pack.notices] == [
        "The spreadsheet holds sheets that are hidden (1, named Hidden).",
        "The spreadsheet holds sheets that its program will not list (1, named Veryhidden).",
    ]
    assert "SURVIVOR-NAME" not in repr(pack)


def test_a_filter_is_told() -> None:
    book = book_of([["Area", "n"], ["Town", 1], ["Dale", 2]])
    book.active.auto_filter.ref = "A1:B3"
    assert codes(open_bytes(saved(book), "pack.xlsx")) == []
    book.active.auto_filter.add_filter_column(0, ["Town"])
    assert codes(open_bytes(saved(book), "pack.xlsx")) == ["filter"]


def test_a_formula_without_a_stored_value_names_its_cell() -> None:
    pack = open_bytes(saved(book_of([["n"], [1], ["=A2+1"]])), "pack.xlsx")
    assert only(pack).cells[3, 1] == Cell(None, "", formula=True)
    (notice,) = pack.notices
    assert notice.code == "formula_without_value"
    assert notice.text == (
        "Sheet 'Data' has formulas whose values were never stored, in A3."
        " Open it in a spreadsheet program and save it."
    )


# ODS


def ods_of(rows: list[list[TableCell]], name: str = "Data") -> opendocument.OpenDocument:
    document = opendocument.OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(ods_table(document, rows, name))
    return document


def ods_table(document: Any, rows: list[list[TableCell]], name: str, style: Any = None) -> Table:
    table = Table(name=name, **({"stylename": style} if style else {}))
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    return table


def ods_cell(text: str = "", **given: Any) -> TableCell:
    cell = TableCell(**given)
    if text:
        cell.addElement(P(text=text))
    return cell


def words(text: str, **given: Any) -> TableCell:
    return ods_cell(text, valuetype="string", **given)


def number(text: str, value: float, **given: Any) -> TableCell:
    return ods_cell(text, valuetype="float", value=str(value), **given)


def ods_bytes(document: opendocument.OpenDocument) -> bytes:
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def test_ods_values() -> None:
    document = ods_of([
        [ods_cell("Apr-23", valuetype="date", datevalue="2023-04-01"), words("Area")],
        [ods_cell("12.4%", valuetype="percentage", value="0.124"), number("1,204", 1204)],
        [
            ods_cell("true", valuetype="boolean", booleanvalue="true"),
            ods_cell("30:05", valuetype="time", timevalue="PT30H05M00S"),
        ],
        [number("7", 7, formula="of:=[.A1]+1"), words("512")],
    ])  # fmt: skip
    cells = only(open_bytes(ods_bytes(document), "pack.ods")).cells
    assert [(cell.value, cell.shown) for cell in cells.values()] == [
        (dt.date(2023, 4, 1), "Apr-23"),
        ("Area", "Area"),
        (0.124, "12.4%"),
        (1204, "1,204"),
        (True, "true"),
        (dt.timedelta(hours=30, minutes=5), "30:05"),
        (7, "7"),
        ("512", "512"),
    ]
    assert [cell.formula for cell in cells.values()] == [False] * 6 + [True, False]


def test_ods_repeats_spans_bold_and_what_is_hidden() -> None:
    document = opendocument.OpenDocumentSpreadsheet()
    bold = Style(name="b", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    unseen = Style(name="u", family="table")
    unseen.addElement(TableProperties(display="false"))
    for style in (bold, unseen):
        document.automaticstyles.addElement(style)
    commented = words("b")
    note = Annotation()
    note.addElement(P(text="SURVIVOR-NAME"))
    commented.addElement(note)
    table = ods_table(document, [
        [words("a", stylename="b", numbercolumnsspanned="2"), ods_cell(), commented],
        [number("3", 3, numbercolumnsrepeated="3"), ods_cell(numbercolumnsrepeated="16000")],
    ], "Data")  # fmt: skip
    table.insertBefore(
        TableColumn(numbercolumnsrepeated="2", visibility="collapse"), table.firstChild
    )
    table.addElement(TableRow(numberrowsrepeated="1048570"))
    document.spreadsheet.addElement(table)
    document.spreadsheet.addElement(ods_table(document, [[words("SURVIVOR-NAME")]], "Old", "u"))
    pack = open_bytes(ods_bytes(document), "pack.ods")
    grid = only(pack)
    assert texts(grid) == [["a", "", "b"], ["3", "3", "3"]]
    assert [place for place, cell in grid.cells.items() if cell.bold] == [(1, 1)]
    assert (grid.merged, grid.hidden_columns) == (((1, 1, 1, 2),), {1, 2})
    assert codes(pack) == ["comments", "hidden_sheet", "hidden_columns", "merged_cells"]
    assert "SURVIVOR-NAME" not in repr(pack)


# CSV

ROWS = [["Area", "Apr-23", "May-23"], ["Town – north", "1,204", "12.5%"], ["Dale", "-3", ""]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_csv_in_the_encodings_and_delimiters_of_the_field(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join(f'"{v}"' if delimiter in v else v for v in row) for row in ROWS]
    pack = open_bytes("\r\n".join(lines).encode(encoding), "pack.csv")
    grid = only(pack)
    assert texts(grid) == ROWS
    assert all(isinstance(cell.value, str) for cell in grid.cells.values())
    assert ("encoding" in codes(pack)) == (encoding == "cp1252")
    assert ("delimiter" in codes(pack)) == (delimiter != ",")


def test_a_decimal_comma_is_left_as_text() -> None:
    grid = only(open_bytes(b"Area;Share\nTown;12,5\nDale;7,25\n", "pack.csv"))
    assert texts(grid) == [["Area", "Share"], ["Town", "12,5"], ["Dale", "7,25"]]


def test_lines_above_the_table_do_not_hide_the_delimiter() -> None:
    text = "Domestic abuse, arrests, and outcomes\n\nArea;Apr\nTown;1\nDale;2\n"
    assert texts(only(open_bytes(text.encode(), "pack.csv")))[2:] == [
        ["Area", "Apr"], ["Town", "1"], ["Dale", "2"],
    ]  # fmt: skip


def test_a_quotation_mark_never_closed_is_named() -> None:
    with pytest.raises(InputMistake, match="a quotation mark near line 2 is never closed"):
        open_bytes(b'Area,n\n"Town,1\nDale,2\n', "pack.csv")


def test_a_quotation_mark_for_inches_is_no_such_thing() -> None:
    assert texts(only(open_bytes(b'a,b\n5",1\n', "pack.csv"))) == [["a", "b"], ['5"', "1"]]


def test_a_web_page_that_calls_itself_xls() -> None:
    page = b"<html><body><table><tr><th>Area</th><th>n</th></tr><tr><td>Town</td><td>3</td></tr>"
    pack = open_bytes(page, "pack.xls")
    assert texts(only(pack)) == [["Area", "n"], ["Town", "3"]]
    assert codes(pack) == ["html"]


def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("a,b\n1,2\n")
    pack = open_pack(path)
    assert pack == open_bytes(b"a,b\n1,2\n", "pack.csv")
    assert (pack.name, len(pack.digest)) == ("pack.csv", 64)


# Pasted

TABLE = [["Area", "Apr-23", "May-23"], ["North Town", "12", "1,204"], ["Dale", "", "7"]]
PASTES = {
    "tabs": "Area\tApr-23\tMay-23\nNorth Town\t12\t1,204\nDale\t\t7",
    "commas": 'Area,Apr-23,May-23\nNorth Town,12,"1,204"\nDale,,7',
    "spaces": "Area          Apr-23   May-23\nNorth Town        12    1,204\n"
    "Dale                        7",
    "markdown": "| Area | Apr-23 | May-23 |\n|---|---:|---:|\n| North Town | 12 | 1,204 |\n"
    "| Dale | | 7 |",
    "markdown without outer bars": "Area | Apr-23 | May-23\n---|---|---\n"
    "North Town | 12 | 1,204\nDale | | 7",
    "html": "<table><tr><th>Area<th>Apr-23<th>May-23</tr><tr><td>North Town<td>12<td>1,204</tr>"
    "<tr><td>Dale<td></td><td>7</table>",
}


@pytest.mark.parametrize("kind", PASTES)
def test_pasted_cells(kind: str) -> None:
    pack = paste(PASTES[kind])
    assert texts(only(pack)) == TABLE
    assert (pack.name, only(pack).name) == ("pasted cells", "pasted")


def test_a_pasted_cell_may_hold_a_line_break() -> None:
    assert texts(only(paste('Area\t"two\nlines"\nTown\t3'))) == [
        ["Area", "two\nlines"],
        ["Town", "3"],
    ]


def test_spans_of_html_are_merged_ranges() -> None:
    grid = only(paste("<table><tr><th rowspan=2>Area<th colspan=2>2023<tr><td>Apr<td>May</table>"))
    assert texts(grid) == [["Area", "2023", ""], ["", "Apr", "May"]]
    assert grid.merged == ((1, 1, 2, 1), (1, 2, 1, 3))


def test_a_title_above_columns_held_apart_by_spaces() -> None:
    text = (
        "Arrests for domestic abuse\n\nArea      Apr  May\nTown        1    2\nDale        3    4\n"
    )
    assert texts(only(paste(text)))[2:] == [
        ["Area", "Apr", "May"],
        ["Town", "1", "2"],
        ["Dale", "3", "4"],
    ]


@pytest.mark.parametrize("text", [";", "\t\t\n\t", "| |\n|---|", "<table><tr><td></table>"])
def test_cells_that_hold_nothing_are_refused(text: str) -> None:
    with pytest.raises(InputMistake, match=r"no cell of them|there is no table|nothing was"):
        paste(text)


def test_a_single_column() -> None:
    assert texts(only(paste("12\n15\n9"))) == [["12"], ["15"], ["9"]]


def test_what_is_on_one_sheet_is_counted_once_and_on_several_by_sheet() -> None:
    one = Finding("merged_cells", Weight.NOTES, "", "pack.xlsx", 2, detail="2 on Response")
    two = Finding("merged_cells", Weight.NOTES, "", "pack.xlsx", 5, detail="2 on North, 3 on South")
    assert notice_of(one).text.endswith("the value (2 on Response).")
    assert notice_of(two).text.endswith("the value (5: 2 on North, 3 on South).")
