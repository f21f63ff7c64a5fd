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
from dataclasses import replace
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from ..sheets import Notice
from .colours import WHITE, Colour, colour_of
from .document import Document, PartKind, Writing, digest_of, refusal, several
from .letters import visible
from .wordstyles import Look, Styles, child, laid_over, local, value

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
        self.styles = Styles(())
        self.look = Look()

    def read(self) -> None:
        names = self.package.namelist()
        self.styles = Styles(self._styles())
        main = "word/document.xml" if "word/document.xml" in names else self._main(names)
        self.look = self.styles.plain(self._paper(main))
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
                if holder is None and local(element) == within:
                    holder, inside = element, depth
            else:
                if holder is not None and depth == inside + 1:
                    yield element
                    holder.clear()
                depth -= 1

    def _styles(self) -> Iterator[Element]:
        if "word/styles.xml" in self.package.namelist():
            for event, element in self._open("word/styles.xml"):
                if event == "end" and local(element) in ("style", "rPrDefault"):
                    yield element

    def _paper(self, main: str) -> Colour | None:
        """The colour of the page, which stands before the text."""
        for event, element in self._open(main):
            if local(element) == "body":
                return WHITE
            if event == "end" and local(element) == "background":
                return colour_of(value(element, "color"))
        return WHITE

    def _block(self, element: Element, kind: PartKind) -> None:
        tag = local(element)
        if tag == "p":
            self._paragraph(element, kind)
        elif tag == "tbl":
            self._table(element)
        elif tag in REMOVED:
            self.found["deleted"] += 1
        elif tag not in UNREAD:
            for inner in element:
                self._block(inner, kind)

    def _paragraph(self, element: Element, kind: PartKind) -> None:
        self.paragraphs += 1
        words = self._words(element)
        style = self._styled(element)
        if kind == "paragraph" and style:
            kind = "heading" if style == "heading" else "list item"
        label = "heading" if kind == "heading" else f"paragraph {self.paragraphs}"
        self.writing.add(kind, label, words)
        outside, self.look = self.look, replace(self.look, paper=None)
        for box in _boxes(element):
            for inner in box:
                self._block(inner, "paragraph")
        self.look = outside

    def _styled(self, paragraph: Element) -> str:
        properties = child(paragraph, "pPr")
        if properties is None:
            return ""
        style = value(child(properties, "pStyle"))
        if style in self.styles.headings or child(properties, "outlineLvl") is not None:
            return "heading"
        listed = child(properties, "numPr") is not None or style.lower().startswith("list")
        return "list" if listed else ""

    def _words(self, element: Element) -> str:
        pieces: list[str] = []
        outside, properties = self.look, child(element, "pPr")
        self.look = self.styles.look(value(child(properties, "pStyle")), outside)
        # The run properties of a paragraph are those of its mark, not of its words.
        self.look = laid_over(self.look, properties)
        self._gather(element, pieces)
        self.look = outside
        seen, _ = visible("".join(pieces))
        return re.sub(r"[ \t]+", " ", seen)

    def _gather(self, element: Element, pieces: list[str]) -> None:
        for inner in element:
            tag = local(inner)
            if tag in REMOVED:
                self.found["deleted"] += 1
            elif tag == "t":
                pieces.append(inner.text or "")
            elif tag in ("tab", "br", "cr", "noBreakHyphen"):
                pieces.append({"tab": " ", "noBreakHyphen": "-"}.get(tag, "\n"))
            elif tag == "r" and (kind := self._unseen(inner)):
                self.found[kind] += sum(
                    len((t.text or "").split()) for t in inner.iter() if local(t) == "t"
                )
            elif tag not in UNREAD and tag != "txbxContent":
                self.found["inserted"] += tag in ("ins", "moveTo")
                self.found["remote"] += tag == "instrText"
                self._gather(inner, pieces)

    def _unseen(self, run: Element) -> str:
        """Why a run is not seen; empty where it is."""
        properties = child(run, "rPr")
        look = self.styles.look(value(child(properties, "rStyle")), self.look)
        look = laid_over(look, properties)
        return "" if not look.unseen else "hidden" if look.vanish else "unseen"

    def _table(self, table: Element) -> None:
        self.tables += 1
        number = self.tables
        outside = self.look
        style = value(child(child(table, "tblPr"), "tblStyle"))
        if style in self.styles.coloured_tables:
            self.look = replace(outside, paper=None)  # which cells are coloured is not worked out
        for at, row in enumerate(_within(table, "tr"), 1):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self.found["deleted"] += 1
                continue
            cells = [self._cell(cell) for cell in _within(row, "tc")]
            if any(cells):
                self.writing.add("table row", f"table {number}, row {at}", " | ".join(cells))
        self.look = outside

    def _cell(self, cell: Element) -> str:
        """A cell's paragraphs in a line; a table inside a cell is read as its words."""
        outside, self.look = self.look, laid_over(self.look, child(cell, "tcPr"))
        words = [self._words(inner) for inner in cell if local(inner) != "tcPr"]
        self.look = outside
        return " ".join(" ".join(words).split())

    def _notes(self, parts: list[str]) -> None:
        for part in parts:
            for note in self._blocks(part, "footnotes" if "footnotes" in part else "endnotes"):
                if value(note, "type") in ("", "normal"):
                    words = " ".join(self._words(note).split())
                    self.writing.add("note", f"note {value(note, 'id')}", words)

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
        if self.found["unseen"]:
            words = several(self.found["unseen"], "word")
            yield Notice(
                "hidden_text",
                f"{words} left out that cannot be seen: in the colour of the paper, or too small.",
            )


def _within(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for inner in element:
        if local(inner) == tag:
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _within(inner, tag)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes of a paragraph, once each: the fallback of a drawing repeats it."""
    for inner in paragraph:
        if local(inner) == "txbxContent":
            yield inner
        elif local(inner) not in UNREAD and local(inner) not in REMOVED:
            yield from _boxes(inner)


def _found(package: zipfile.ZipFile) -> Iterator[Notice]:
    names = [name.lower() for name in package.namelist()]
    for code, pattern, what, fate in FOUND:
        if count := sum(1 for name in names if re.search(pattern, f"/{name}")):
            plural = what.replace("file or object", "files or objects") if "file or" in what else ""
            yield Notice(code, f"{several(count, what, plural)} {fate}.")
    comments, outside = 0, Counter[str]()
    for part in package.namelist():
        if re.search(r"(^|/)comments\.xml$", part):
            comments += sum(local(e) == "comment" for e in _elements(package, part))
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
