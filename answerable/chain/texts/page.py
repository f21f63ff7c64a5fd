"""The story of a saved web page, block by block, without what stands around it.

Nothing a page refers to is fetched: no picture, frame, style or script.
"""

import re
from typing import Any

from ..sheets import Notice
from .document import Document, PartKind, Writing, digest_of, refusal, several
from .leaving_out import HEADINGS, LeftOut
from .letters import decode

Element = Any
"""lxml's elements carry no types."""

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
DATA = re.compile(r"\bdata:[\w/+.;=-]*base64,[\w+/=%\s]*")
SUBSET = re.compile(r"<!DOCTYPE[^<>\[]{0,1000}\[.{0,50000}?\]\s{0,100}>", re.IGNORECASE | re.DOTALL)
"""A declaration with more of them inside, of which HTML knows nothing."""
MOST_TAGS = 150_000
LONGEST_TAG = 20_000
"""A parser's work grows with the square of a tag's attributes."""
LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG}}}")
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark"
    " q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
FETCHED = (
    "img",
    "iframe",
    "frame",
    "object",
    "embed",
    "script",
    "link",
    "video",
    "audio",
    "source",
)


def read_page(data: bytes, name: str) -> Document:
    """Read the main text of an HTML page: headings, paragraphs, list items, rows of tables.

    Raises InputMistake when no text is left.
    """
    declared = CHARSET.search(data[:4096])
    text, notices = decode(data, name, declared.group(1).decode("ascii") if declared else "")
    root = _parsed(text, name)
    remote, embedded = _outside(root)
    left_out = LeftOut(root)
    left_out.clean()
    writing = Writing(name)
    story = _story(root)
    _write_title(writing, root, story)
    _Blocks(writing).read(story)
    if not writing.blocks:
        raise refusal(
            name,
            "no text was found in the page, which may only show it in a browser:"
            " copy the text and paste it",
        )
    if sentence := left_out.sentence():
        notices.append(Notice("left_out", sentence))
    if left_out.hidden_words:
        words = several(left_out.hidden_words, "word")
        notices.append(Notice("hidden_text", f"{words} that the page hides were left out."))
    if not left_out.followed:
        told = "The page's style sheet is too long to follow: words that it hides may be read."
        notices.append(Notice("hidden_text", told))
    if embedded:
        found = several(embedded, "other page or object", "other pages or objects")
        notices.append(Notice("embedded_object", f"{found} inside the page not opened."))
    if remote:
        notices.append(
            Notice(
                "remote_reference", f"{several(remote, 'reference')} to other places not fetched."
            )
        )
    return Document(
        name, digest_of(data), "html", writing.text(), tuple(notices), tuple(writing.parts)
    )


def _parsed(text: str, name: str) -> Element:
    from lxml import etree

    text = SUBSET.sub("<!DOCTYPE html>", DATA.sub("", text), count=1)
    if text.count("<") > MOST_TAGS or LONG_TAG.search(text):
        raise refusal(name, "the page has more in it than is read: copy its text and paste it")
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    # libxml2 stops, and says so, where a page is nested more than 256 deep.
    if root is None or any("depth" in entry.message for entry in parser.error_log):
        raise refusal(name, "the page is damaged: copy its text and paste it")
    return root


def _outside(root: Element) -> tuple[int, int]:
    """How many references would be fetched by a browser, and how many frames and objects."""
    remote = embedded = 0
    for element in root.iter(*FETCHED):
        address = element.get("src") or element.get("data") or element.get("href") or ""
        remote += bool(address) and not address.startswith(("data:", "#"))
        embedded += element.tag in ("iframe", "frame", "object", "embed")
    return remote, embedded


def _words(element: Element) -> int:
    return len("".join(element.itertext()).split())


def _story(root: Element) -> Element:
    """The element that holds the story: what says that it is, else where the paragraphs are."""
    for path in (".//*[@itemprop='articleBody']", ".//main", ".//*[@role='main']"):
        found = [element for element in root.iterfind(path) if _words(element) > 20]
        if found:
            return _one_article(max(found, key=_words))
    articles = [element for element in root.iter("article") if _words(element) > 20]
    if articles:
        return _one_article(root)
    return _densest(root)


def _one_article(within: Element) -> Element:
    """The one article that most of the words stand in, else the whole."""
    articles = sorted(within.iter("article"), key=_words)
    if articles and _words(articles[-1]) >= 0.5 * _words(within):
        return articles[-1]
    return within


def _densest(root: Element) -> Element:
    """The element whose own paragraphs hold the most words; all of the page where few do."""
    body = root.find("body")
    body = root if body is None else body
    own: dict[Element, float] = {}
    for paragraph in root.iter("p"):
        count = _words(paragraph)
        parent = paragraph.getparent()
        for share in (1.0, 0.5):
            if parent is None:
                break
            own[parent] = own.get(parent, 0) + share * count
            parent = parent.getparent()
    best = max(own, key=lambda element: own[element], default=body)
    return best if own.get(best, 0) >= 0.4 * _words(body) else body


def _write_title(writing: Writing, root: Element, story: Element) -> None:
    """The page's own heading, when it stands outside the story."""
    if next(story.iter("h1"), None) is None:
        heading = next(root.iter("h1"), None)
        if heading is not None:
            writing.add("heading", "heading", " ".join("".join(heading.itertext()).split()))


class _Blocks:
    """Walks a story and writes a block wherever a browser would begin a new one."""

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.pending: list[str] = []
        self.paragraphs = 0
        self.tables = 0

    def read(self, element: Element) -> None:
        self._walk(element, "paragraph")
        self._flush("paragraph")

    def _walk(self, element: Element, kind: PartKind) -> None:
        if element.tag == "table" and element.find(".//table") is None:
            self._flush(kind)
            self._table(element)
            return
        inline = element.tag in INLINE
        own: PartKind = _kind(element.tag, kind)
        if not inline:
            self._flush(kind)
        self.pending.append(element.text or "")
        for child in element:
            if child.tag == "br":
                self.pending.append("\x00")
            else:
                self._walk(child, own)
            self.pending.append(child.tail or "")
        if not inline:
            self._flush(own)

    def _flush(self, kind: PartKind) -> None:
        words = re.sub(r"[^\S\x00]+", " ", "".join(self.pending))
        self.pending.clear()
        for block in re.split(r"(?:\x00 ?){2,}", words):
            if block.strip(" \x00"):
                self._add(kind, re.sub(r" ?\x00 ?", "\n", block.strip(" \x00")))

    def _add(self, kind: PartKind, words: str) -> None:
        if kind == "heading":
            self.writing.add("heading", "heading", words)
        else:
            self.paragraphs += 1
            self.writing.add(kind, f"paragraph {self.paragraphs}", words)

    def _table(self, table: Element) -> None:
        self.tables += 1
        for caption in table.iter("caption"):
            self._add("paragraph", " ".join("".join(caption.itertext()).split()))
        for number, row in enumerate(table.iter("tr"), 1):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in row]
            if any(cells):
                label = f"table {self.tables}, row {number}"
                self.writing.add("table row", label, " | ".join(cells))


def _kind(tag: str, around: PartKind) -> PartKind:
    if tag in HEADINGS:
        return "heading"
    return "list item" if tag == "li" else around
