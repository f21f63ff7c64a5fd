"""What a spreadsheet holds beside the table that it was sent for.

An XLSX file is a zip package of XML. It is looked through as such: no formula is worked
out, no macro run, no link followed. Findings give counts and names of sheets, never the
content of a cell, a comment or a link.

Source of the names: ECMA-376 part 1, SpreadsheetML (18.2 workbook, 18.3 sheets, 18.10
pivot tables, 18.14 external links).
"""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from .defects import Defects, few
from .sources import OLE, ZIP

LARGEST = 1 << 30
"""Bytes that a package may unpack to."""
EXPANDS = 200
EXPANDS_FROM = 100 << 20
"""Beyond a hundred mebibytes, a package may not unpack to more than 200 times its size."""
MEMBERS = 10_000

PARTS = (
    ("macro", r"(^|/)vbaproject\.bin$|^xl/(macrosheets|dialogsheets)/[^/]+$"),
    ("pivot_cache", r"^xl/pivotcache/pivotcachedefinition[^/]*\.xml$"),
    ("data_model", r"^xl/model/"),
    ("external_link", r"^xl/externallinks/[^/]+\.xml$"),
    ("data_connection", r"^xl/connections\.xml$|^xl/querytables/[^/]+\.xml$"),
    ("embedded_file", r"^xl/(embeddings|activex)/[^/]+\.(?!rels$|xml$)[^/.]+$"),
)
"""Parts of a package by the finding that they make, matched without regard to case."""


@dataclass
class Sheet:
    """A sheet as the workbook lists it, and what is counted in it."""

    name: str
    state: str
    part: str
    rows: int = 0
    columns: int = 0
    merged: int = 0
    formulas: int = 0


@dataclass
class Workbook:
    """A package that is a workbook: its sheets and the text of its defined names."""

    sheets: list[Sheet] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)

    def visible(self) -> list[str]:
        return [sheet.name for sheet in self.sheets if sheet.state == "visible"]


def inspect_workbook(path: Path, defects: Defects) -> Workbook | None:
    """Look through an XLSX file. None, with a finding, when it must not or cannot be read."""
    if not _is_package(path, defects):
        return None
    try:
        with zipfile.ZipFile(path) as package:
            if not _within_bounds(package, path.stat().st_size, defects):
                return None
            workbook = _workbook(package)
            if workbook is None:
                defects.stops("wrong_kind_of_file", _other_package(package))
                return None
            _report_parts(package, defects)
            for sheet in workbook.sheets:
                _count(package, sheet)
    except (DefusedXmlException, ParseError):
        defects.stops("unreadable_file", "the XML inside is damaged or declares entities")
        return None
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, RuntimeError):
        defects.stops("unreadable_file", "the zip package is damaged, cut short or encrypted")
        return None
    _report_sheets(workbook, defects)
    return workbook


def _is_package(path: Path, defects: Defects) -> bool:
    with path.open("rb") as stream:
        head = stream.read(len(OLE))
        if head != OLE:
            if not head.startswith(ZIP):
                defects.stops("wrong_kind_of_file", "it is not an XLSX file")
            return head.startswith(ZIP)
        protected = "EncryptedPackage".encode("utf-16-le") in stream.read(LARGEST)
    if protected:
        defects.stops("password_protected", "ask for the file without a password")
    else:
        defects.stops("wrong_kind_of_file", "it is an old .xls workbook; ask for it as .xlsx")
    return False


def _within_bounds(package: zipfile.ZipFile, packed: int, defects: Defects) -> bool:
    """Whether a package may be unpacked.

    Sizes are those that it declares. Python's reader gives no more of a part than its
    declared size, so a lie ends in a damaged package, not in a full memory.
    """
    members = package.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MEMBERS:
        defects.stops("too_large", f"it holds {len(members)} parts; at most {MEMBERS} are read")
    elif size > LARGEST:
        defects.stops(
            "too_large", f"it unpacks to {size >> 20} MiB; at most {LARGEST >> 20} MiB are read"
        )
    elif size > EXPANDS_FROM and size > EXPANDS * packed:
        defects.stops("too_large", f"it unpacks to {size // packed} times its own size")
    return not defects.stopped


def _workbook(package: zipfile.ZipFile) -> Workbook | None:
    """The sheets that the package's main part lists, wherever that part lies."""
    try:
        main = next(target for kind, target, _ in _links(package, "") if kind == "officeDocument")
        root = fromstring(package.read(main))
    except (StopIteration, KeyError):
        return None
    if _local(root) != "workbook":
        return None
    targets = dict(_targets(package, main))
    workbook = Workbook()
    for element in root.iter():
        if _local(element) == "sheet":
            link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            state = element.get("state", "visible")
            workbook.sheets.append(Sheet(element.get("name", ""), state, targets.get(link, "")))
        elif _local(element) == "definedName":
            workbook.defined.append(element.text or "")
    return workbook


def _relationships(package: zipfile.ZipFile, part: str) -> Iterator[Element]:
    folder, name = posixpath.split(part)
    try:
        root = fromstring(package.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    except KeyError:
        return
    yield from (element for element in root.iter() if _local(element) == "Relationship")


def _links(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, bool]]:
    """(kind, target, whether it lies outside) of each relationship of a part."""
    for element in _relationships(package, part):
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        outside = element.get("TargetMode") == "External"
        yield kind, _absolute(part, element.get("Target", "")), outside


def _targets(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    for element in _relationships(package, part):
        yield element.get("Id", ""), _absolute(part, element.get("Target", ""))


def _absolute(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _local(element: Element) -> str:
    """A tag without its namespace: transitional and strict files differ in nothing else."""
    return str(element.tag).rsplit("}", 1)[-1]


def _other_package(package: zipfile.ZipFile) -> str:
    names = {name.lower() for name in package.namelist()}
    if "xl/workbook.bin" in names:
        return "it is a binary .xlsb workbook; ask for it as .xlsx"
    if "content.xml" in names:
        return "it is an OpenDocument file; ask for it as .xlsx"
    return "it is a zip package, and not a workbook"


def _report_parts(package: zipfile.ZipFile, defects: Defects) -> None:
    names = [name.lower() for name in package.namelist()]
    for finding, pattern in PARTS:
        if count := sum(1 for name in names if re.search(pattern, name)):
            detail = _cached_rows(package) if finding == "pivot_cache" else ""
            defects.notes(finding, detail, count)
    comments, outside = Counter[str](), 0
    for name in package.namelist():
        lower = name.lower()
        if re.search(r"^xl/(threadedcomments/|(comments/)?comment)[^/]*\.xml$", lower):
            comments.update(_local(e) for e in fromstring(package.read(name)).iter())
        elif lower.endswith(".rels") and not lower.startswith("xl/externallinks/"):
            outside += _outside(package, name)
    # Each thread of comments is kept a second time in the older form.
    if count := max(comments["comment"], comments["threadedComment"]):
        defects.notes("comments", count=count)
    if outside:
        defects.notes("outside_reference", "links of sheets and drawings to other places", outside)


def _cached_rows(package: zipfile.ZipFile) -> str:
    """How many source rows the pivot caches say that they hold."""
    rows = 0
    for name in package.namelist():
        if re.search(PARTS[1][1], name.lower()):
            rows += int(fromstring(package.read(name)).get("recordCount") or 0)
    return f"{rows} source rows are kept in it" if rows else ""


def _outside(package: zipfile.ZipFile, rels: str) -> int:
    root = fromstring(package.read(rels))
    return sum(element.get("TargetMode") == "External" for element in root.iter())


def _count(package: zipfile.ZipFile, sheet: Sheet) -> None:
    """Count what is hidden in a sheet, row by row so that it need not fit in memory."""
    if sheet.part not in package.namelist():
        return
    with package.open(sheet.part) as stream:
        rows: Element | None = None
        for event, element in iterparse(stream, events=("start", "end")):
            tag = _local(element)
            if event == "start":
                rows = element if tag == "sheetData" else rows
            elif tag == "row":
                sheet.rows += _hidden(element, "ht")
                sheet.formulas += sum(map(_without_value, element))
                if rows is not None:
                    rows.clear()
            elif tag == "col" and _hidden(element, "width"):
                sheet.columns += int(element.get("max", 1)) - int(element.get("min", 1)) + 1
            elif tag == "mergeCell":
                sheet.merged += 1


def _hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _without_value(cell: Element) -> bool:
    parts = {_local(part): part.text for part in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") != "str"


def _report_sheets(workbook: Workbook, defects: Defects) -> None:
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
