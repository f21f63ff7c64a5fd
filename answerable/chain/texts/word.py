"""A Word document as it would read if every tracked change were accepted.

A DOCX file is a zip package of XML. It is looked through as such, part by part: no macro
is run, no field worked out, no link followed, nothing embedded is opened.

Source of the names: ECMA-376 part 1, WordprocessingML (17.3 paragraphs, 17.13 revisions).
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from ..sheets import Notice
from .document import Document, PartKind, Writing, digest_of, refusal, several
from .letters import visible

LARGEST_PART = 40 << 20
LARGEST_PACKAGE = 400 << 20
EXPANDS = 200
EXPANDS_FROM = 10 << 20
"""Beyond ten mebibytes, a part may not unpack to more than 200 times its size."""
MEMBERS = 10_000
DEEPEST = 200

REMOVED = frozenset("del moveFrom".split())
UNREAD = frozenset("delText delInstrText instrText fldData rPr pPr Fallback sectPr".split())
FOUND = (
    ("macro", r"(^|/)vbaproject\.bin$", "macro project", "not run"),
    ("embedded_workbook", r"/embeddings/[^/]+\.xls[xmb]?$", "embedded workbook", "not opened"),
    (
        "embedded_file",
        r"/embeddings/(?![^/]+\.xls[xmb]?$)[^/]+$",
        "embedded file or object",
        "not opened",
    ),
    ("embedded_file", r"/activex/[^/]+\.bin$", "control", "not run"),
    ("embedded_file", r"/afchunk[^/]*\.[a-z]+$", "inserted document", "not opened"),
)


def read_word(data: bytes, name: str) -> Document:
    """Read paragraphs, lists and tables, then notes, headers and footers.

    Inserted text is read and deleted text is not, and both are said; so is hidden text,
    which is left out. Raises InputMistake for a package that is damaged, declares
    entities, unpacks to too much, or holds no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_size(package, name)
            reading = _Reading(package, name)
            reading.read()
            notices = [*reading.notices(), *_found(package)]
    except (DefusedXmlException, ParseError):
        raise refusal(
            name, "the XML inside it is damaged or declares entities: save it again in Word"
        ) from None
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ):
        raise refusal(
            name, "the file is damaged, cut short or encrypted: ask for it again"
        ) from None
    if not reading.writing.blocks:
        raise refusal(name, "it holds no text, perhaps only pictures: ask for the text itself")
    parts, digest = tuple(reading.writing.parts), digest_of(data)
    return Document(name, digest, "docx", reading.writing.text(), tuple(notices), parts)


def _check_size(package: zipfile.ZipFile, name: str) -> None:
    """Sizes are those the package declares: Python's reader gives no more of a part than
    that, so a lie ends in a damaged package and not in a full memory."""
    members = package.infolist()
    for member in members:
        expands = member.file_size / max(member.compress_size, 1)
        if member.file_size > EXPANDS_FROM and expands > EXPANDS:
            raise refusal(
                name,
                f"a part of it unpacks to {expands:.0f} times its size, so it is not opened:"
                " copy its text and paste it",
            )
    if len(members) > MEMBERS or sum(m.file_size for m in members) > LARGEST_PACKAGE:
        raise refusal(
            name,
            f"it unpacks to more than {LARGEST_PACKAGE >> 20} MiB, so it is not opened:"
            " copy its text and paste it",
        )


def _local(element: Element) -> str:
    """A tag without its namespace: transitional and strict files differ in nothing else."""
    return str(element.tag).rsplit("}", 1)[-1]


def _value(element: Element | None, key: str = "val") -> str:
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == key), "")


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


class _Reading:
    """One document as it is read: its blocks, and what was counted on the way."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self.package = package
        self.name = name
        self.writing = Writing(name)
        self.found: Counter[str] = Counter()
        self.paragraphs = 0
        self.tables = 0
        self.rows = 0
        self.headings: frozenset[str] = frozenset()

    def read(self) -> None:
        names = self.package.namelist()
        self.headings = frozenset(self._heading_styles())
        main = "word/document.xml" if "word/document.xml" in names else self._main(names)
        for block in self._blocks(main, "body"):
            self._block(block, "paragraph")
        self._notes([part for part in names if re.search(r"word/(foot|end)notes\d*\.xml$", part)])
        for kind in ("header", "footer"):
            self._running(kind, [n for n in names if re.search(rf"word/{kind}\d*\.xml$", n)])

    def _main(self, names: list[str]) -> str:
        main = next((part for part in names if re.search(r"^word/document\d*\.xml$", part)), None)
        if main is None:
            raise refusal(self.name, "it holds no document: save it again in Word")
        return main

    def _open(self, part: str) -> Iterator[tuple[str, Element]]:
        if self.package.getinfo(part).file_size > LARGEST_PART:
            raise refusal(
                self.name, f"its text unpacks to more than {LARGEST_PART >> 20} MiB: not read"
            )
        with self.package.open(part) as stream:
            yield from iterparse(stream, events=("start", "end"), forbid_dtd=True)

    def _blocks(self, part: str, within: str) -> Iterator[Element]:
        """The children of an element, each let go once read, so that it need not all fit."""
        depth, inside, holder = 0, 0, None
        for event, element in self._open(part):
            if event == "start":
                depth += 1
                if depth > DEEPEST:
                    raise ValueError
                if holder is None and _local(element) == within:
                    holder, inside = element, depth
            else:
                if holder is not None and depth == inside + 1:
                    yield element
                    holder.clear()
                depth -= 1

    def _heading_styles(self) -> Iterator[str]:
        if "word/styles.xml" not in self.package.namelist():
            return
        for event, element in self._open("word/styles.xml"):
            if event == "end" and _local(element) == "style":
                named = _value(_child(element, "name")).lower()
                outlined = any(_local(inner) == "outlineLvl" for inner in element.iter())
                if outlined or named.startswith(("heading", "title", "subtitle")):
                    yield _value(element, "styleId")

    def _block(self, element: Element, kind: PartKind) -> None:
        tag = _local(element)
        if tag == "p":
            self._paragraph(element, kind)
        elif tag == "tbl":
            self._table(element)
        elif tag in REMOVED:
            self.found["deleted"] += 1
        elif tag not in UNREAD:
            for child in element:
                self._block(child, kind)

    def _paragraph(self, element: Element, kind: PartKind) -> None:
        self.paragraphs += 1
        words = self._words(element)
        style = self._styled(element)
        if kind == "paragraph" and style:
            kind = "heading" if style == "heading" else "list item"
        label = "heading" if kind == "heading" else f"paragraph {self.paragraphs}"
        self.writing.add(kind, label, words)
        for box in _boxes(element):
            for inner in box:
                self._block(inner, "paragraph")

    def _styled(self, paragraph: Element) -> str:
        properties = _child(paragraph, "pPr")
        if properties is None:
            return ""
        style = _value(_child(properties, "pStyle"))
        if style in self.headings or _child(properties, "outlineLvl") is not None:
            return "heading"
        listed = _child(properties, "numPr") is not None or style.lower().startswith("list")
        return "list" if listed else ""

    def _words(self, element: Element) -> str:
        pieces: list[str] = []
        self._gather(element, pieces)
        seen, _ = visible("".join(pieces))
        return re.sub(r"[ \t]+", " ", seen)

    def _gather(self, element: Element, pieces: list[str]) -> None:
        for child in element:
            tag = _local(child)
            if tag in REMOVED:
                self.found["deleted"] += 1
            elif tag == "t":
                pieces.append(child.text or "")
            elif tag in ("tab", "br", "cr", "noBreakHyphen"):
                pieces.append({"tab": " ", "noBreakHyphen": "-"}.get(tag, "\n"))
            elif tag == "r" and _hidden(child):
                self.found["hidden"] += sum(
                    len((t.text or "").split()) for t in child.iter() if _local(t) == "t"
                )
            elif tag not in UNREAD and tag != "txbxContent":
                self.found["inserted"] += tag in ("ins", "moveTo")
                self.found["remote"] += tag == "instrText"
                self._gather(child, pieces)

    def _table(self, table: Element) -> None:
        self.tables += 1
        number = self.tables
        for at, row in enumerate(_within(table, "tr"), 1):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                self.found["deleted"] += 1
                continue
            cells = [self._cell(cell) for cell in _within(row, "tc")]
            if any(cells):
                self.writing.add("table row", f"table {number}, row {at}", " | ".join(cells))

    def _cell(self, cell: Element) -> str:
        """A cell's paragraphs in a line; a table inside a cell is read as its words."""
        words = (self._words(inner) for inner in cell if _local(inner) != "tcPr")
        return " ".join(" ".join(words).split())

    def _notes(self, parts: list[str]) -> None:
        for part in parts:
            for note in self._blocks(part, "footnotes" if "footnotes" in part else "endnotes"):
                if _value(note, "type") in ("", "normal"):
                    words = " ".join(self._words(note).split())
                    self.writing.add("note", f"note {_value(note, 'id')}", words)

    def _running(self, kind: PartKind, parts: list[str]) -> None:
        """Headers and footers, each once, after the text."""
        said = set()
        for part in parts:
            tag = "hdr" if kind == "header" else "ftr"
            lines = (self._words(block) for block in self._blocks(part, tag))
            words = " ".join(" ".join(lines).split())
            if words and words not in said:
                said.add(words)
                self.writing.add(kind, f"page {kind}", words)

    def notices(self) -> Iterator[Notice]:
        inserted, deleted = self.found["inserted"], self.found["deleted"]
        if inserted or deleted:
            yield Notice(
                "tracked_changes",
                f"Tracked changes: {several(inserted, 'insertion')} read as text,"
                f" {several(deleted, 'deletion')} left out.",
            )
        if self.found["hidden"]:
            words = several(self.found["hidden"], "word")
            yield Notice("hidden_text", f"{words} of hidden text left out.")


def _hidden(run: Element) -> bool:
    properties = _child(run, "rPr")
    vanish = _child(properties, "vanish") if properties is not None else None
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _within(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in element:
        if _local(child) == tag:
            yield child
        elif _local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _within(child, tag)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes of a paragraph, once each: the fallback of a drawing repeats it."""
    for child in paragraph:
        if _local(child) == "txbxContent":
            yield child
        elif _local(child) not in UNREAD and _local(child) not in REMOVED:
            yield from _boxes(child)


def _found(package: zipfile.ZipFile) -> Iterator[Notice]:
    names = [name.lower() for name in package.namelist()]
    for code, pattern, what, fate in FOUND:
        if count := sum(1 for name in names if re.search(pattern, f"/{name}")):
            plural = what.replace("file or object", "files or objects") if "file or" in what else ""
            yield Notice(code, f"{several(count, what, plural)} {fate}.")
    comments, outside = 0, Counter[str]()
    for part in package.namelist():
        if re.search(r"(^|/)comments\.xml$", part):
            comments += sum(_local(e) == "comment" for e in _elements(package, part))
        elif part.endswith(".rels"):
            outside.update(
                (e.get("Type") or "").rsplit("/", 1)[-1]
                for e in _elements(package, part)
                if e.get("TargetMode") == "External"
            )
    if comments:
        yield Notice("comment", f"{several(comments, 'comment')} left out.")
    links = outside.pop("hyperlink", 0)
    if links:
        yield Notice("external_link", f"{several(links, 'link')} to other places not followed.")
    if count := sum(outside.values()):
        found = several(count, "picture, template or object", "pictures, templates or objects")
        yield Notice("remote_reference", f"{found} kept in other places not fetched.")


def _elements(package: zipfile.ZipFile, part: str) -> Iterator[Element]:
    if package.getinfo(part).file_size > LARGEST_PART:
        raise ValueError
    with package.open(part) as stream:
        for _, element in iterparse(stream, forbid_dtd=True):
            yield element
