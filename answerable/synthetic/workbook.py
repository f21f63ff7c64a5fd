"""A workbook as an office sends it: title rows over the table, dates as dates, a sheet that
was hidden and forgotten.

Written part by part with no time of day in it, so that the same rows give the same bytes;
a library for spreadsheets would stamp the moment of saving into the file.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from .writing import Sheet

MADE = (2024, 7, 1, 9, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = np.datetime64("1899-12-30", "D")
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Page:
    """One sheet: lines of title above the table, the table, and whether it is hidden."""

    name: str
    table: Sheet
    titles: Sequence[str] = ()
    hidden: bool = False


def workbook(pages: Sequence[Page]) -> bytes:
    """The bytes of an XLSX file. Columns of days become dates, whole numbers numbers, the
    rest text."""
    parts = {
        "[Content_Types].xml": _content_types(len(pages)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(pages),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(pages))]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, page in enumerate(pages):
        parts[f"xl/worksheets/sheet{number + 1}.xml"] = _sheet(page)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    return out.getvalue()


def _sheet(page: Page) -> str:
    """The XML of one sheet: the titles, the header, the rows."""
    lines = [*([title] for title in page.titles), list(page.table)]
    top = [_row(number + 1, [_text(cell) for cell in line]) for number, line in enumerate(lines)]
    cells = [_cells(np.asarray(column)) for column in page.table.values()]
    body = map("".join, zip(*cells, strict=True))
    rows = [f'<row r="{n}">{line}</row>' for n, line in enumerate(body, len(lines) + 1)]
    inside = "".join([*top, *rows])
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{inside}</sheetData></worksheet>'


def _row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(value: str) -> str:
    # Text as a value of the cell takes half the time to read that an inline string takes.
    return f'<c t="str"><v>{escape(value)}</v></c>'


def _cells(column: NDArray[Any]) -> list[str]:
    """One cell for each value of a column; an empty one where there is none."""
    if column.dtype.kind == "M":
        days = (column.astype("datetime64[D]") - _EPOCH).astype(int)
        known = ~np.isnat(column)
        return [
            f'<c s="1"><v>{day}</v></c>' if there else "<c/>"
            for day, there in zip(days.tolist(), known.tolist(), strict=True)
        ]
    if column.dtype.kind in "iu":
        return [f"<c><v>{value}</v></c>" for value in column.tolist()]
    return [_text(value) if value else "<c/>" for value in column.astype(str).tolist()]


def _book(pages: Sequence[Page]) -> str:
    state = {True: ' state="hidden"', False: ""}
    sheets = "".join(
        f'<sheet name="{escape(page.name)}" sheetId="{i + 1}" r:id="rId{i + 1}"'
        f"{state[page.hidden]}/>"
        for i, page in enumerate(pages)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _content_types(sheets: int) -> str:
    overrides = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    overrides += [(f"xl/worksheets/sheet{i + 1}.xml", "worksheet") for i in range(sheets)]
    inside = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in overrides
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{inside}</Types>"
    )
