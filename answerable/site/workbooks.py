"""Tables as office documents: ODS, and XLSX with values only.

No formula, macro, link or hidden thing is ever written: a text that begins like a formula
is written as the text it is. The same sheets give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Sheet:
    """One sheet: a heading row and rows of equal length. Empty cells are None."""

    title: str
    heading: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def xlsx(sheets: Sequence[Sheet], made: str) -> bytes:
    """The sheets as an Excel workbook. `made` is the release's date, as 2024-07-10."""
    from datetime import datetime

    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Answerable"
    book.properties.created = book.properties.modified = datetime.fromisoformat(made)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for row in (sheet.heading, *sheet.rows):
            page.append([None] * len(row))
            for column, value in enumerate(row, start=1):
                cell = page.cell(page.max_row, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        for cell in page[1]:
            cell.font = Font(bold=True)
        page.freeze_panes = "A2"
    return _same_bytes(_saved(book.save), made)


def ods(sheets: Sequence[Sheet], made: str) -> bytes:
    """The sheets as an OpenDocument spreadsheet. `made` is the release's date."""
    from odf.dc import Date
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for element in list(document.meta.childNodes):
        document.meta.removeChild(element)
    document.meta.addElement(Date(text=made))
    for sheet in sheets:
        table = Table(name=sheet.title)
        for row in (sheet.heading, *sheet.rows):
            line = TableRow()
            for value in row:
                if value is None:
                    cell = TableCell()
                elif isinstance(value, str):
                    cell = TableCell(valuetype="string")
                    cell.addElement(P(text=value))
                else:
                    cell = TableCell(valuetype="float", value=repr(value))
                    cell.addElement(P(text=repr(value)))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    return _same_bytes(_saved(document.write), made)


def _saved(save: object) -> bytes:
    buffer = io.BytesIO()
    save(buffer)  # type: ignore[operator]
    return buffer.getvalue()


def _same_bytes(package: bytes, made: str) -> bytes:
    """The zip package again without the time at which it was made.

    openpyxl writes the time of saving into the document's properties whatever they say.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for item in old.infolist():
            fresh = zipfile.ZipInfo(item.filename, _EPOCH)
            fresh.compress_type = item.compress_type
            content = old.read(item.filename)
            if item.filename == "docProps/core.xml":
                content = _SAVED_AT.sub(rb"\g<1>" + made.encode() + b"T00:00:00Z", content)
            new.writestr(fresh, content)
    return buffer.getvalue()
