"""Tables as office documents: ODS, and XLSX with values only.

No formula, macro, link or hidden thing is ever written: a text that begins like a formula
is written as the text it is. The same sheets give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

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
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.creator = "Answerable"
    book.properties.created = datetime.fromisoformat(made)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"

        def text(value: str, bold: bool = False) -> WriteOnlyCell:
            cell = WriteOnlyCell(page, value)  # noqa: B023  (used before the next sheet)
            cell.data_type = "s"
            if bold:
                cell.font = Font(bold=True)
            return cell

        page.append([text(name, bold=True) for name in sheet.heading])
        for row in sheet.rows:
            page.append([text(each) if _formula(each) else each for each in row])
    return _same_bytes(_saved(book.save), made)


def _formula(value: Cell) -> bool:
    """Whether openpyxl would take a text for a formula."""
    return isinstance(value, str) and value.startswith("=")


def ods(sheets: Sequence[Sheet], made: str) -> bytes:
    """The sheets as an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3).

    Written as text: the few elements of a table of values need no document model, and
    odfpy's takes sixty times as long (docs/adr/0004-ods-is-written-as-text.md).
    """
    tables = "".join(
        f'<table:table table:name="{escape(sheet.title)}">'
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
            f"<meta:generator>Answerable</meta:generator><dc:date>{made}T00:00:00</dc:date>"
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
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _package(files: Mapping[str, str]) -> bytes:
    """A zip package; the type stands first and is not compressed, as OpenDocument asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            item = zipfile.ZipInfo(name, _EPOCH)
            stored = name == "mimetype"
            item.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            package.writestr(item, content)
    return buffer.getvalue()


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
