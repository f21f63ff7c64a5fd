"""Words that a page holds and does not show: hidden by its styles, or of the colour of the page."""

import re
from collections.abc import Iterator
from typing import Any

from .colours import WHITE, Colour, alike, colour_of, is_nothing
from .stylesheet import Sheet, Styles

Element = Any
"""lxml's elements carry no types."""

UNSEEN = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(r"0?\.?0+%?"),
    "font-size": re.compile(r"0(\.0+)?[a-z%]*"),
    "text-indent": re.compile(r"-\d{3,}.*"),
    "left": re.compile(r"-\d{4,}.*"),
}
TAKEN_BACK = ("visibility", "font-size")
"""What an element inside may set otherwise."""
FOR_SCREEN_READERS = frozenset(
    "visually-hidden govuk-visually-hidden sr-only screen-reader-text visuallyhidden"
    " element-invisible a11y-hidden".split()
)


def unseen(root: Element, sheet: Sheet) -> Iterator[Element]:
    """The elements whose words a reader of the page does not see, those inside one not again."""
    elsewhere = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
    yield from _within(root, sheet, (0, 0, 0), WHITE, elsewhere)


def _within(
    element: Element, sheet: Sheet, ink: Colour | None, paper: Colour | None, elsewhere: bool
) -> Iterator[Element]:
    stack = [(element, ink, paper)]
    while stack:
        each, ink, paper = stack.pop()
        if not isinstance(each.tag, str):
            continue
        styles = sheet.styles(each)
        if each.tag not in ("html", "body") and _is_hidden(each, styles, sheet):
            yield each
            continue
        ink, paper = _ink(each, styles, ink), _paper(each, styles, paper)
        named = elsewhere and (each.get("class") or each.get("id"))
        if named and not _colours(styles):
            ink = paper = None  # a style sheet kept elsewhere may say what both are
        own = "".join([each.text or "", *(child.tail or "" for child in each)])
        lost = ink is not None and paper is not None and alike(ink, paper)
        if lost and own.strip() and not any(_colours(sheet.styles(d)) for d in _inner(each)):
            yield each
            continue
        stack += [(child, ink, paper) for child in reversed(each)]


def _is_hidden(element: Element, styles: Styles, sheet: Sheet) -> bool:
    """Whether an element is hidden by its own attributes, or by the styles that hold for it and
    that nothing inside it takes back."""
    classes = set((element.get("class") or "").lower().split())
    if element.get("hidden") is not None or classes & FOR_SCREEN_READERS:
        return True
    return any(
        seen.fullmatch(styles[name]) and not _taken_back(element, name, sheet)
        for name, seen in UNSEEN.items()
        if name in styles
    )


def _taken_back(element: Element, name: str, sheet: Sheet) -> bool:
    """Whether something inside is seen all the same: no words are lost that a reader sees."""
    if name not in TAKEN_BACK:
        return False
    inner = (sheet.styles(each).get(name) for each in _inner(element))
    return any(written and not UNSEEN[name].fullmatch(written) for written in inner)


def _inner(element: Element) -> Iterator[Element]:
    return (each for each in element.iterdescendants() if isinstance(each.tag, str))


def _colours(styles: Styles) -> bool:
    return "color" in styles or any(name.startswith("background") for name in styles)


def _ink(element: Element, styles: Styles, ink: Colour | None) -> Colour | None:
    written = styles.get("color") or (element.get("color") if element.tag == "font" else "")
    if not written or written == "inherit":
        return ink
    return colour_of(written)


def _paper(element: Element, styles: Styles, paper: Colour | None) -> Colour | None:
    """What lies behind an element's words; None where that cannot be told."""
    if "background-image" in styles and styles["background-image"] != "none":
        return None
    shown = styles.get("background-color") or styles.get("background") or element.get("bgcolor")
    if not shown or shown in ("none", "inherit") or is_nothing(shown):
        return paper
    return colour_of(shown)
