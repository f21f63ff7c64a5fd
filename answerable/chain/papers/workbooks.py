"""Tables as office documents: ODS, and XLSX with values only.

No formula, macro, link or hidden thing is ever written: a text that begins like a formula
is written as the text it is. The same sheets give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from ..body.inert import like_a_formula
from .tidy import EPOCH, clean, without_times

Cell = str | int | float | None
_CORE = "docProps/core.xml"
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Sheet:
    """One sheet: a heading row and rows of equal length. Empty cells are None."""

    title: str
    heading: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def values_xlsx(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """The sheets as an Excel workbook of values, without author.

    A text that Excel might take for a formula stays text, also when it is edited.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = datetime(made_on.year, made_on.month, made_on.day)
    for sheet, title in zip(sheets, _titles(sheets), strict=True):
        page = book.create_sheet(title)
        page.freeze_panes = "A2"
        for number, width in enumerate(_widths(sheet), 1):
            page.column_dimensions[_letter(number)].width = width
        page.append([_cell(page, name, bold=True) for name in sheet.heading])
        for row in sheet.rows:
            page.append([_cell(page, each) for each in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_saving(buffer.getvalue(), made_on)


def _letter(number: int) -> str:
    """The letter of a column: 1 is A."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _cell(page: Any, value: Cell, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if not isinstance(value, str):
        return value
    text = clean(value)[:LONGEST]
    if not bold and not like_a_formula(text):
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    if like_a_formula(text):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
    return cell


LONGEST = 32_767
"""Characters that a cell of Excel holds."""


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Names of sheets as Excel allows them: short, without some marks, each once."""
    found: list[str] = []
    for sheet in sheets:
        plain = _FORBIDDEN.sub(" ", clean(sheet.title)).strip(" '")[:31] or "Sheet"
        title, number = plain, 2
        while title.lower() in (each.lower() for each in found):
            title, number = f"{plain[:27]} {number}", number + 1
        found.append(title)
    return found


_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def _widths(sheet: Sheet) -> list[int]:
    """Wide enough for the heading and the first rows, within reason."""
    rows = [sheet.heading, *sheet.rows[:40]]
    return [
        min(max(len(str(cell or "")) for cell in column) + 2, 60)
        for column in zip(*rows, strict=True)
    ]


def ods(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """The sheets as an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3).

    Written as text: the few elements of a table of values need no document model, and
    odfpy's takes sixty times as long (docs/adr/0004-ods-is-written-as-text.md).
    """
    tables = "".join(
        f'<table:table table:name="{escape(clean(sheet.title))}">'
        + "".join(map(_ods_row, (sheet.heading, *sheet.rows)))
        + "</table:table>"
        for sheet in sheets
    )
    return _package(
        {
            "mimetype": _ODS,
            "content.xml": f"{_XML}<office:document-content {_NAMES}><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
            "meta.xml": f"{_XML}<office:document-meta {_NAMES}><office:meta>"
            f"<meta:generator>Answerable</meta:generator><dc:date>{made_on.isoformat()}T00:00:00</dc:date>"
            "</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"{_XML}<manifest:manifest {_NAMES} manifest:version="
            f'"1.3">{_entry("/", _ODS)}{_entry("content.xml", "text/xml")}'
            f"{_entry('meta.xml', 'text/xml')}</manifest:manifest>",
        }
    )


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    " ".join(
        f'xmlns:{short}="{_OASIS}:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("meta", "meta"),
            ("manifest", "manifest"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)


def _entry(path: str, kind: str) -> str:
    return f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value!r}"'
    return (
        f"<table:table-cell {kind}><text:p>{escape(clean(str(value)))}</text:p></table:table-cell>"
    )


def _package(files: Mapping[str, str]) -> bytes:
    """A zip package; the type stands first and is not compressed, as OpenDocument asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            item = zipfile.ZipInfo(name, EPOCH)
            stored = name == "mimetype"
            item.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            package.writestr(item, content)
    return buffer.getvalue()


def _without_saving(package: bytes, made_on: date) -> bytes:
    """The package without the time at which it was made.

    openpyxl writes the time of saving into the document's properties whatever they say.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        core = files.read(_CORE)
    stamp = f"{made_on.isoformat()}T00:00:00Z".encode()
    return without_times(package, {_CORE: _SAVED_AT.sub(rb"\g<1>" + stamp, core)})
