"""What a Word document's styles say of its words: whether they are hidden, and in which colours.

Source of the names: ECMA-376 part 1, 17.3.2 (runs), 17.7 (styles).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from .colours import WHITE, Colour, alike, colour_of

HIGHLIGHTS = {"white": WHITE, "none": WHITE}
SMALLEST = 4
"""In half points: what is set in two points or less is not for reading."""


def local(element: Element) -> str:
    """A tag without its namespace: transitional and strict files differ in nothing else."""
    return str(element.tag).rsplit("}", 1)[-1]


def value(element: Element | None, key: str = "val") -> str:
    """An attribute, whatever its namespace; empty where there is none."""
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == key), "")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


@dataclass(frozen=True)
class Look:
    """How words look.

    ink     their colour; None where it is not known
    paper   what lies behind them; None where it is not known
    size    in half points; 0 where nothing says
    """

    vanish: bool = False
    ink: Colour | None = (0, 0, 0)
    paper: Colour | None = WHITE
    size: int = 0

    @property
    def unseen(self) -> bool:
        """Whether a reader of the document does not see them."""
        lost = self.ink is not None and self.paper is not None and alike(self.ink, self.paper)
        return self.vanish or lost or 0 < self.size <= SMALLEST


def laid_over(look: Look, properties: Element | None) -> Look:
    """A look with what the properties of a run, a paragraph, a cell or a style say besides."""
    for each in () if properties is None else properties:
        name, written = local(each), value(each)
        if name == "vanish":
            look = replace(look, vanish=written not in ("0", "false", "off"))
        elif name == "color":
            look = replace(look, ink=_ink(written, value(each, "themeColor")))
        elif name == "highlight":
            look = replace(look, paper=HIGHLIGHTS.get(written))
        elif name == "shd":
            look = replace(look, paper=_paper(each, look.paper))
        elif name == "sz" and written.isdigit():
            look = replace(look, size=int(written))
    return look


def _ink(written: str, theme: str) -> Colour | None:
    if written in ("", "auto"):
        return None if theme else (0, 0, 0)
    return colour_of(written)


def _paper(shading: Element, paper: Colour | None) -> Colour | None:
    fill, pattern = value(shading, "fill"), value(shading)
    if pattern not in ("", "clear", "nil") or (value(shading, "themeFill") and not fill):
        return None
    return paper if fill in ("", "auto") else colour_of(fill)


class Styles:
    """The styles of a document, each laid over those that it is based on."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.headings: set[str] = set()
        self.based: dict[str, str] = {}
        self.looks: dict[str, list[Element]] = {}
        self.coloured_tables: set[str] = set()
        self.default: list[Element] = []
        for element in elements:
            self._take(element)

    def _take(self, element: Element) -> None:
        if local(element) == "rPrDefault":
            self.default += _held(element, ("rPr",))
            return
        name, called = value(element, "styleId"), value(child(element, "name")).lower()
        outlined = any(local(inner) == "outlineLvl" for inner in element.iter())
        if outlined or called.startswith(("heading", "title", "subtitle")):
            self.headings.add(name)
        self.based[name] = value(child(element, "basedOn"))
        self.looks[name] = _held(element, ("pPr", "rPr"))
        if value(element, "type") == "table" and any(local(i) == "shd" for i in element.iter()):
            self.coloured_tables.add(name)

    def look(self, style: str, over: Look) -> Look:
        """The look of a style, over another."""
        chain: list[str] = []
        while style in self.looks and style not in chain:
            chain.append(style)
            style = self.based[style]
        for name in reversed(chain):
            for properties in self.looks[name]:
                over = laid_over(over, properties)
        return over

    def plain(self, paper: Colour | None) -> Look:
        """How words look of which nothing is said, on paper of a colour."""
        look = Look(paper=paper)
        for properties in self.default:
            look = laid_over(look, properties)
        return look


def _held(element: Element, names: tuple[str, ...]) -> list[Element]:
    """Copies of the properties of an element, which is let go once it has been read."""
    found = []
    for each in _children(element, names):
        kept = Element(each.tag)
        kept.extend(Element(inner.tag, dict(inner.attrib)) for inner in each)
        found.append(kept)
    return found


def _children(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    return (each for each in element if local(each) in names)
