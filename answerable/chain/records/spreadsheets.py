"""What a spreadsheet holds beside the table that it was sent for.

An XLSX file is a zip package of XML. It is looked through as such: no formula is worked
out, no macro run, no link followed. Findings give counts and names of sheets, never the
content of a cell, a comment or a link.

Source of the names: ECMA-376 part 1, SpreadsheetML (18.2 workbook, 18.3 sheets, 18.10
pivot tables, 18.14 external links).
"""

import re
import zipfile
from collections import Counter
from pathlib import Path

from .defects import Defects, few
from .markup import Damaged, Walker, walk
from .package import (
    BROKEN,
    DIRECTORY,
    Sheet,
    Workbook,
    count_elements,
    directory_size,
    elements,
    list_workbook,
    within_bounds,
)
from .sources import OLE, ZIP

LAST_ROW = 1_048_576
"""The last row that a spreadsheet program has."""
OLD_FILE = 64 << 20
"""Bytes of an old office file in which the name of its encrypted part is looked for."""
PIVOT_CACHE = r"^xl/pivotcache/pivotcachedefinition[^/]*\.xml$"
PARTS = (
    ("macro", r"(^|/)vbaproject\.bin$|^xl/(macrosheets|dialogsheets)/[^/]+$"),
    ("pivot_cache", PIVOT_CACHE),
    ("data_model", r"^xl/model/"),
    ("external_link", r"^xl/externallinks/[^/]+\.xml$"),
    ("data_connection", r"^xl/connections\.xml$|^xl/querytables/[^/]+\.xml$"),
    ("embedded_workbook", r"^xl/embeddings/[^/]+\.(xls[xmb]?|ods|csv)$"),
    (
        "embedded_file",
        r"^xl/(embeddings|activex)/[^/]+\.(?!rels$|xml$|xls[xmb]?$|ods$|csv$)[^/.]+$",
    ),
)
"""Parts of a package by the finding that they make, matched without regard to case."""


def inspect_workbook(path: Path, defects: Defects) -> Workbook | None:
    """Look through an XLSX file. None, with a finding, when it must not or cannot be read."""
    if not _is_package(path, defects):
        return None
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            if directory_size(stream, size) > DIRECTORY:
                defects.stops("too_large", "its table of contents is too long")
                return None
            with zipfile.ZipFile(stream) as package:
                return _inspected(package, size, defects)
    except Damaged:
        defects.stops("unreadable_file", "the XML inside is damaged or declares entities")
    except BROKEN:
        defects.stops("unreadable_file", "the zip package is damaged, cut short or encrypted")
    return None


def _inspected(package: zipfile.ZipFile, size: int, defects: Defects) -> Workbook | None:
    if not within_bounds(package, size, defects):
        return None
    workbook = list_workbook(package)
    if workbook is None:
        defects.stops("wrong_kind_of_file", other_package(package))
        return None
    report_parts(package, defects)
    for sheet in workbook.sheets:
        _count(package, sheet)
    report_sheets(workbook, defects)
    return workbook


def _is_package(path: Path, defects: Defects) -> bool:
    with path.open("rb") as stream:
        head = stream.read(len(OLE))
        if head != OLE:
            if not head.startswith(ZIP):
                defects.stops("wrong_kind_of_file", "it is not an XLSX file")
            return head.startswith(ZIP)
        protected = "EncryptedPackage".encode("utf-16-le") in stream.read(OLD_FILE)
    if protected:
        defects.stops("password_protected", "ask for the file without a password")
    else:
        defects.stops("wrong_kind_of_file", "it is an old .xls workbook; ask for it as .xlsx")
    return False


def other_package(package: zipfile.ZipFile) -> str:
    """What a zip package is that is not a workbook."""
    names = {name.lower() for name in package.namelist()}
    if "xl/workbook.bin" in names:
        return "it is a binary .xlsb workbook; ask for it as .xlsx"
    if "content.xml" in names:
        return "it is an OpenDocument file; ask for it as .xlsx"
    return "it is a zip package, and not a workbook"


def report_parts(package: zipfile.ZipFile, defects: Defects) -> None:
    """Note what lies in a workbook's package beside its sheets. Raises Damaged."""
    names = [name.lower() for name in package.namelist()]
    for finding, pattern in PARTS:
        if count := sum(1 for name in names if re.search(pattern, name)):
            detail = _cached_rows(package) if finding == "pivot_cache" else ""
            defects.notes(finding, detail, count)
    comments, outside = Counter[bool](), 0
    for name in package.namelist():
        lower = name.lower()
        if re.search(r"^xl/(threadedcomments/|(comments/)?comment)[^/]*\.xml$", lower):
            for wanted in ("comment", "threadedComment"):
                comments[wanted == "comment"] += count_elements(package, name, wanted)
        elif lower.endswith(".rels") and not lower.startswith("xl/externallinks/"):
            outside += _outside(package, name)
    # Each thread of comments is kept a second time in the older form.
    if count := max(comments[True], comments[False]):
        defects.notes("comments", count=count)
    if outside:
        defects.notes("outside_reference", "links of sheets and drawings to other places", outside)


def _cached_rows(package: zipfile.ZipFile) -> str:
    """How many source rows the pivot caches say that they hold."""
    rows = 0
    for name in package.namelist():
        if re.search(PIVOT_CACHE, name.lower()):
            rows += int(next(elements(package, name)).get("recordCount") or 0)
    return f"{rows} source rows are kept in it" if rows else ""


def _outside(package: zipfile.ZipFile, rels: str) -> int:
    found = elements(package, rels, "Relationship")
    return sum(element.get("TargetMode") == "External" for element in found)


def _count(package: zipfile.ZipFile, sheet: Sheet) -> None:
    """Count what is hidden in a sheet."""
    if sheet.part in package.namelist():
        with package.open(sheet.part) as stream:
            walk(stream, _Counting(sheet), skip_empty_cells=True)


class _Counting(Walker):
    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self._formula = self._valued = self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.sheet.rows += hidden(attributes, "ht")
            # A reader that fills the gap before a row would count up to any number.
            if int(attributes.get("r") or 0) > LAST_ROW:
                raise Damaged("a row lies outside the sheet")
        elif name == "col" and hidden(attributes, "width"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.sheet.columns += last - first + 1
        elif name == "mergeCell":
            self.sheet.merged += 1
        elif name == "c":
            self._formula, self._valued = False, attributes.get("t") == "str"
        self._formula = self._formula or name == "f"
        self._in_value = name == "v"

    def text(self, data: str) -> None:
        self._valued = self._valued or self._in_value

    def end(self, name: str) -> None:
        self._in_value = False
        self.sheet.formulas += name == "c" and self._formula and not self._valued


def hidden(element: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def report_sheets(workbook: Workbook, defects: Defects) -> None:
    """Note what is hidden, and what was counted, in each sheet."""
    for state, finding in (("hidden", "hidden_sheet"), ("veryHidden", "very_hidden_sheet")):
        names = [sheet.name for sheet in workbook.sheets if sheet.state == state]
        if names:
            defects.notes(finding, f"named {few(names)}", len(names))
    for attribute, finding in (
        ("rows", "hidden_rows"),
        ("columns", "hidden_columns"),
        ("merged", "merged_cells"),
        ("formulas", "formula_without_value"),
    ):
        counts = {sheet.name: getattr(sheet, attribute) for sheet in workbook.sheets}
        if total := sum(counts.values()):
            said = few(f"{count} on {name}" for name, count in counts.items() if count)
            defects.notes(finding, said, total)
    # `[1]Sheet!A1` is the first external workbook; a path or an address is written out.
    outside = [
        text for text in workbook.defined if re.search(r"\[[^\]]+\][^\[\]]*!|://|\\\\", text)
    ]
    if outside:
        defects.notes("outside_name", count=len(outside))
