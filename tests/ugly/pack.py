"""What an ugly spreadsheet is: its bytes, what stands in it, and a claim about it."""

import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Expected:
    """One figure that stands in the file, worked out by hand.

    period   in one of the spellings of `Period`
    value    in the unit: shares from 0 to 1, seconds; None where it is withheld or missing
    """

    line: str
    area: str
    period: str
    value: float | None
    place: str
    unit: str = "count"
    status: str = "ok"
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Claim:
    """A claim about one line, and the verdict that its figures give."""

    words: str
    line: str
    area: str
    says: str
    better: str
    period: str
    baseline: str
    target: str
    verdict: str


@dataclass(frozen=True)
class UglyPack:
    """A spreadsheet and what is to be found in it.

    lines      (name, area) of every line that must be understood, and of no other
    remarked   cells that a remark must name
    """

    name: str
    data: bytes
    lines: tuple[tuple[str, str], ...]
    expected: tuple[Expected, ...]
    remarked: tuple[str, ...]
    claim: Claim


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def banner(sheet: Worksheet, span: str, text: str) -> None:
    """Words over merged cells."""
    sheet.merge_cells(span)
    sheet[span.split(":")[0]] = text


def row(sheet: Worksheet, number: int, first: int, cells: list[object], style: str = "") -> None:
    """Cells beside one another; None leaves one empty."""
    for column, value in enumerate(cells, first):
        if value is not None:
            cell = sheet.cell(number, column, value)
            if style:
                cell.number_format = style
