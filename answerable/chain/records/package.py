"""A zip package of XML (XLSX, ODS): whether it may be unpacked, and what it lists.

Nothing is unpacked before the sizes that the package declares are known to be within
bounds. Python's reader gives no more of a part than its declared size, so a lie ends in a
damaged package, not in a full memory.

Source of the names: ECMA-376 part 1, SpreadsheetML (18.2 workbook), and part 2, Open
Packaging Conventions (relationships).
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from .defects import Defects
from .markup import Damaged, Walker, named, walk

LARGEST = 1 << 30
"""Bytes that a package may unpack to."""
EXPANDS = 200
EXPANDS_FROM = 100 << 20
"""Beyond a hundred mebibytes, a package may not unpack to more than 200 times its size."""
MEMBERS = 10_000
DIRECTORY = 4 << 20
"""Bytes of its table of contents, which is read whole before anything is known of it."""
UNPACKED_BIT_BY_BIT = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The two ways of packing that the formats allow, and that unpack in small steps."""
TAIL = 1 << 17
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, LookupError, ValueError,
    RuntimeError,
)  # fmt: skip
"""What Python raises for a package that is damaged, cut short or encrypted."""
NAME = 255
LISTED = 100_000
"""So many sheets, names or relationships may one part list."""


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
    filtered: bool = False


@dataclass
class Workbook:
    """A package that is a workbook: its sheets and the text of its defined names.

    kinds      the main part's other parts by kind, such as `styles` and `sharedStrings`
    from_1904  whether days are counted from 1904 and not from 1900
    """

    sheets: list[Sheet] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def visible(self) -> list[str]:
        return [sheet.name for sheet in self.sheets if sheet.state == "visible"]


def directory_size(stream: IO[bytes], size: int) -> int:
    """The bytes that a package's table of contents claims; 0 where there is none to be found."""
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    stream.seek(0)
    sizes = [0]
    for mark, form, offset in ((b"PK\x05\x06", "<I", 12), (b"PK\x06\x06", "<Q", 40)):
        at = tail.rfind(mark)
        if 0 <= at <= len(tail) - offset - struct.calcsize(form):
            sizes.append(struct.unpack_from(form, tail, at + offset)[0])
    return max(claim for claim in sizes if claim != 0xFFFFFFFF)


def within_bounds(
    package: zipfile.ZipFile, packed: int, defects: Defects, largest: int = LARGEST
) -> bool:
    """Whether a package may be unpacked; if not, a finding that stops says why."""
    members = package.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MEMBERS:
        defects.stops("too_large", f"it holds {len(members)} parts; at most {MEMBERS} are read")
    elif size > largest:
        defects.stops(
            "too_large", f"it unpacks to {size >> 20} MiB; at most {largest >> 20} MiB are read"
        )
    elif size > EXPANDS_FROM and size > EXPANDS * packed:
        defects.stops("too_large", f"it unpacks to {size // packed} times its own size")
    elif any(member.flag_bits & 1 for member in members):
        defects.stops("password_protected", "parts of it are encrypted")
    elif any(member.compress_type not in UNPACKED_BIT_BY_BIT for member in members):
        defects.stops("unreadable_file", "it is packed in a way that spreadsheets are not")
    return not defects.stopped


def list_workbook(package: zipfile.ZipFile) -> Workbook | None:
    """The sheets that the package's main part lists, wherever that part lies.

    None where it is not a workbook. Raises Damaged.
    """
    main = next((to for kind, _, to, _ in links(package, "") if kind == "officeDocument"), "")
    if main not in package.namelist():
        return None
    found = list(links(package, main))
    reader = _Listing({link: target for _, link, target, _ in found})
    with package.open(main) as stream:
        walk(stream, reader)
    if reader.root != "workbook":
        return None
    reader.workbook.kinds = {kind: target for kind, _, target, _ in found}
    return reader.workbook


class _Listing(Walker):
    def __init__(self, targets: dict[str, str]):
        self.targets = targets
        self.workbook = Workbook()
        self.root = ""
        self._defined: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        if len(self.workbook.sheets) + len(self.workbook.defined) > LISTED:
            raise Damaged("it lists more sheets and names than a workbook has")
        if len(attributes.get("name", "")) > NAME:
            raise Damaged("a sheet has a longer name than a spreadsheet allows")
        if name == "sheet":
            part = self.targets.get(named(attributes, "id"), "")
            state = attributes.get("state", "visible")
            self.workbook.sheets.append(Sheet(attributes.get("name", ""), state, part))
        elif name == "definedName":
            self._defined = []
        elif name == "workbookPr":
            self.workbook.from_1904 = attributes.get("date1904") in ("1", "true")

    def text(self, data: str) -> None:
        if self._defined is not None:
            self._defined.append(data)

    def end(self, name: str) -> None:
        if name == "definedName" and self._defined is not None:
            self.workbook.defined.append("".join(self._defined))
            self._defined = None


def links(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str, bool]]:
    """(kind, name, target, whether it lies outside) of each relationship of a part."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels in package.namelist():
        for element in elements(package, rels, "Relationship"):
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            target = _absolute(part, element.get("Target", ""))
            yield kind, element.get("Id", ""), target, element.get("TargetMode") == "External"


def elements(package: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[dict[str, str]]:
    """The attributes of each element of some names, or of the outermost where none is named."""
    finder = _Finder(wanted)
    with package.open(part) as stream:
        walk(stream, finder)
    yield from finder.found


class _Finder(Walker):
    def __init__(self, wanted: tuple[str, ...]):
        self.wanted = wanted
        self.found: list[dict[str, str]] = []
        self._within = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted or not (self.wanted or self._within):
            self.found.append(attributes)
        if len(self.found) > LISTED:
            raise Damaged("a part lists more than a workbook has")
        self._within = True


def count_elements(package: zipfile.ZipFile, part: str, name: str) -> int:
    """How many elements of a name a part holds."""
    counter = _Counter(name)
    with package.open(part) as stream:
        walk(stream, counter)
    return counter.count


class _Counter(Walker):
    def __init__(self, name: str):
        self.name = name
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += name == self.name


def _absolute(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
