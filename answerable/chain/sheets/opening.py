"""Opening a file: what kind it is by its first bytes, whatever its name says.

Nothing is unpacked, worked out, run or fetched; what cannot be opened safely is refused in
one sentence that says what to do.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from ..body import InputMistake
from ..records.defects import Defects, few
from ..records.finding import Weight
from ..records.markup import Damaged
from ..records.package import (
    BROKEN,
    DIRECTORY,
    Workbook,
    directory_size,
    list_workbook,
    within_bounds,
)
from ..records.sources import GZIP, OLE, PARQUET, ZIP
from ..records.spreadsheets import report_parts, report_sheets
from .excel import column_name, read_sheets
from .grid import Grid, Notice, Pack
from .limits import FILE, PLAIN, UNPACKED, Budget, refusal
from .notices import notice_of
from .onecolumn import put_back_grid
from .opendocument import is_opendocument, read_opendocument
from .plaintext import read_plain

READS = "an XLSX, XLSM, ODS or CSV file"
SAVE_AS = "Open it in a spreadsheet program, save it as .xlsx, and use that."
WHOLE = "Ask for it to be sent again, whole."
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    PARQUET: "a Parquet file",
    b"SQLite format 3": "a database",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
}
PACKED = {GZIP: "a compressed file", b"7z\xbc\xaf": "an archive", b"Rar!": "an archive"}
MAY_BEGIN_A_TEXT = b"BM", b"RIFF"
PHONE_PICTURES = b"ftyphei", b"ftypavif", b"ftypmif1"
TAKE_OUT = "Use the spreadsheet that its figures come from, or copy its table and paste that."


def open_pack(path: Path) -> Pack:
    """A spreadsheet file, opened. Raises InputMistake with one problem when it cannot be."""
    name = path.name
    try:
        if path.is_dir():
            raise refusal(name, "it is a folder", "Name a file in it.")
        if not path.is_file():
            raise refusal(name, "there is no such file", "Correct the name.")
        if path.stat().st_size > FILE:
            raise _too_large(name, path.stat().st_size)
        with path.open("rb") as stream:
            data = stream.read(FILE + 1)
    except OSError as error:
        raise refusal(
            name, f"it cannot be read: {error.strerror}", "Check the file and its permissions."
        ) from None
    return open_bytes(data, name)


def open_bytes(data: bytes, name: str) -> Pack:
    """A spreadsheet as bytes, opened. `name` is used in messages and never to tell its kind.

    Raises InputMistake with one problem when it cannot be opened.
    """
    most = FILE if data.startswith((ZIP, OLE)) else PLAIN
    if len(data) > most:
        raise _too_large(name, len(data), most)
    if not data.strip(b"\0 \t\r\n"):
        raise refusal(name, "it is empty", "Ask for the file to be sent again.")
    if data.startswith(OLE):
        raise _old(data, name)
    if (kind := _other_kind(data)) is not None:
        raise refusal(name, f"it is {kind}, and not a spreadsheet", TAKE_OUT)
    for magic, kind in PACKED.items():
        if data.startswith(magic):
            raise refusal(name, f"it is {kind}", "Unpack it, and use the spreadsheet in it.")
    grids, notices = _of_package(data, name) if data.startswith(ZIP) else read_plain(data, name)
    if not any(grid.cells for grid in grids):
        raise refusal(
            name, "no sheet that can be seen holds anything", "Unhide the sheet, and save."
        )
    seen = [put_back_grid(grid) for grid in grids]
    notices = [*notices, *(told for _, told in seen if told is not None)]
    digest = hashlib.sha256(data).hexdigest()
    return Pack(name, digest, tuple(grid for grid, _ in seen), tuple(notices))


def _other_kind(data: bytes) -> str | None:
    """What a file is by its first bytes, where that is known and no spreadsheet."""
    if data[4:12].startswith(PHONE_PICTURES):
        return "a picture"
    kind = next((kind for magic, kind in OTHERS.items() if data.startswith(magic)), None)
    if kind is None and data.startswith(MAY_BEGIN_A_TEXT) and b"\0" in data[:64]:
        return "a picture or a recording"
    return kind


def _too_large(name: str, size: int, most: int = FILE) -> InputMistake:
    return refusal(
        name,
        f"it is {size >> 20} MB, and at most {most >> 20} MB are opened",
        "Save the sheet with the figures on its own; records are taken in with a mapping.",
    )


def _old(data: bytes, name: str) -> InputMistake:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refusal(
            name,
            "it is protected by a password",
            "Ask for it without one, or open it and save a copy without a password.",
        )
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return refusal(name, "it is an old .xls workbook", SAVE_AS)
    return refusal(name, "it is an old office file, and not a spreadsheet", TAKE_OUT)


def _of_package(data: bytes, name: str) -> tuple[Sequence[Grid], Sequence[Notice]]:
    """The sheets of a zip package. Every way in which one can be damaged ends here."""
    stream = io.BytesIO(data)
    if directory_size(stream, len(data)) > DIRECTORY:
        raise refusal(name, "it holds far more parts than a spreadsheet has", SAVE_AS)
    defects = Defects("", name)
    try:
        with zipfile.ZipFile(stream) as package:
            if within_bounds(package, len(data), defects, UNPACKED):
                if is_opendocument(package):
                    return read_opendocument(package, name)
                workbook = list_workbook(package)
                if workbook is None:
                    raise _other(package, name)
                return _of_workbook(package, workbook, name, defects)
    except Damaged as damage:
        raise refusal(name, f"it cannot be read: {damage}", WHOLE) from None
    except BROKEN:
        raise refusal(name, "it is damaged or cut short", WHOLE) from None
    stops = next(found for found in defects.found if found.weight is Weight.STOPS)
    if stops.name == "password_protected":
        raise refusal(name, "it is protected by a password", "Ask for it without one.")
    raise refusal(name, f"it is not opened: {stops.detail}", SAVE_AS)


def _of_workbook(
    package: zipfile.ZipFile, workbook: Workbook, name: str, defects: Defects
) -> tuple[Sequence[Grid], Sequence[Notice]]:
    report_parts(package, defects)
    grids = read_sheets(package, workbook, Budget(name))
    report_sheets(workbook, defects)
    notices = [notice_of(found) for found in defects.found]
    notices += [
        Notice("filter", f"Sheet '{sheet.name}' is filtered; rows that the filter hides are read.")
        for sheet in workbook.sheets
        if sheet.filtered
    ]
    return grids, [*notices, *map(_unsaved, filter(_without_value, grids))]


def _without_value(grid: Grid) -> list[str]:
    return [
        f"{column_name(column)}{row}"
        for (row, column), cell in grid.cells.items()
        if cell.formula and cell.value is None
    ]


def _unsaved(grid: Grid) -> Notice:
    cells = _without_value(grid)
    return Notice(
        "formula_without_value",
        f"Sheet '{grid.name}' has formulas whose values were never stored, in {few(cells)}."
        " Open it in a spreadsheet program and save it.",
    )


def _other(package: zipfile.ZipFile, name: str) -> InputMistake:
    names = {member.lower() for member in package.namelist()}
    if "xl/workbook.bin" in names:
        return refusal(name, "it is a binary .xlsb workbook", SAVE_AS)
    if "encrypted-package" in names:
        return refusal(name, "it is protected by a password", "Ask for it without one.")
    if "index.zip" in names or any(member.endswith(".iwa") for member in names):
        return refusal(
            name,
            "it is a Numbers document",
            "Open it in Numbers, export it as .xlsx, and use that.",
        )
    for part, kind in (("word/", "a Word document"), ("ppt/", "a presentation")):
        if any(member.startswith(part) for member in names):
            return refusal(name, f"it is {kind}, and not a spreadsheet", TAKE_OUT)
    return refusal(
        name, f"it is a zip package, and not {READS}", "Unpack it, and use what lies in it."
    )
