"""As much of a page's own style sheets as tells whether its words can be seen.

Selectors of tags, classes, ids and descent are understood; what stands in any other is taken to
hold for nothing. Style sheets kept elsewhere are not fetched.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Element = Any
"""lxml's elements carry no types."""

Styles = dict[str, str]
WANTED = frozenset(
    "display visibility opacity font-size text-indent left color background background-color"
    " background-image".split()
)
MOST_RULES = 20_000
LONGEST = 2_000_000
LONGEST_SELECTOR = 2_000
LONGEST_VALUE = 200
DEEPEST = 20
MOST_LOOKED_AT = 1_500_000
"""Elements and rules held against each other, after which a style sheet is not followed."""
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<marks>(?:[.#][\w-]+)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """One part of a selector: 'p.note' is of a tag with a class."""

    tag: str
    classes: frozenset[str]
    ident: str

    def holds(self, element: Element) -> bool:
        return (
            (not self.tag or element.tag == self.tag)
            and (not self.ident or element.get("id") == self.ident)
            and self.classes <= set((element.get("class") or "").split())
        )


@dataclass(frozen=True)
class Rule:
    """What a style sheet says of the elements that a selector names, and how much that weighs."""

    steps: tuple[Step, ...]
    weight: tuple[int, int, int, int]
    styles: Styles


class Sheet:
    """The style sheets in a page.

    left   how much more is looked at; below none, only what an element says itself is followed
    """

    def __init__(self, root: Element) -> None:
        text = "\n".join("".join(each.itertext()) for each in root.iter("style"))[:LONGEST]
        self.left = MOST_LOOKED_AT
        self.by_mark: dict[str, list[Rule]] = defaultdict(list)
        for number, rule in enumerate(_rules(text)):
            if number >= MOST_RULES:
                break
            last = rule.steps[-1]
            mark = f"#{last.ident}" if last.ident else ""
            mark = mark or next((f".{each}" for each in sorted(last.classes)), last.tag)
            self.by_mark[mark].append(rule)

    def styles(self, element: Element) -> Styles:
        """What holds for an element, that of its own attribute last."""
        marks = [element.tag, "", f"#{element.get('id') or ''}"]
        marks += [f".{each}" for each in (element.get("class") or "").split()]
        rules = [rule for mark in dict.fromkeys(marks) for rule in self.by_mark.get(mark, ())]
        found: Styles = {}
        held = [rule for rule in rules if self.left > 0 and self._holds(rule, element)]
        for rule in sorted(held, key=lambda rule: rule.weight):
            found |= rule.styles
        return found | declared(element.get("style") or "")

    def _holds(self, rule: Rule, element: Element) -> bool:
        self.left -= 1
        if not rule.steps[-1].holds(element):
            return False
        above = element.iterancestors()
        return all(self._stands_in(step, above) for step in rule.steps[-2::-1])

    def _stands_in(self, step: Step, above: Iterator[Element]) -> bool:
        for element in above:
            self.left -= 1
            if step.holds(element):
                return True
        return False


def declared(text: str) -> Styles:
    """The declarations of a rule, or of a style attribute, that are of use here."""
    found = {}
    for part in text.split(";"):
        name, _, value = part.partition(":")
        if name.strip().lower() in WANTED and 0 < len(value.strip()) <= LONGEST_VALUE:
            found[name.strip().lower()] = re.sub(r"\s*!\s*important$", "", value.strip().lower())
    return found


def _rules(text: str) -> Iterator[Rule]:
    for order, (selectors, block) in enumerate(_blocks(_without_comments(text))):
        styles = declared(block)
        if styles and len(selectors) <= LONGEST_SELECTOR:
            for selector in selectors.split(","):
                if steps := _steps(selector.strip()):
                    yield Rule(steps, (*_weight(steps), order), styles)


def _without_comments(text: str) -> str:
    first, *rest = text.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([first, *(each.partition("*/")[2] for each in rest)])


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors with their declarations, of what holds on every screen: what holds on some, or on
    paper, decides nothing."""
    around: list[str] = []
    start = 0
    for mark in re.finditer(r"[{}]", text):
        words, start = text[start : mark.start()], mark.end()
        if mark[0] == "{":
            around.append(words.strip())
        elif around:
            selectors = around.pop()
            if not selectors.startswith("@") and all(map(_on_screens, around)):
                yield selectors, words
        if len(around) > DEEPEST:
            return


def _on_screens(around: str) -> bool:
    return around.startswith("@") and not re.search(r"\(|print|speech|\bnot\b|keyframes", around)


def _steps(selector: str) -> tuple[Step, ...]:
    parts = re.split(r"\s*>\s*|\s+", selector) if selector else []
    found = []
    for part in parts:
        match = _SIMPLE.fullmatch(part)
        if not part or match is None:
            return ()
        marks = re.findall(r"[.#][\w-]+", match["marks"])
        tag = (match["tag"] or "").lower().replace("*", "")
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        ids = [mark[1:] for mark in marks if mark[0] == "#"]
        found.append(Step(tag, classes, ids[0] if ids else ""))
    return tuple(found)


def _weight(steps: tuple[Step, ...]) -> tuple[int, int, int]:
    return (
        sum(bool(step.ident) for step in steps),
        sum(len(step.classes) for step in steps),
        sum(bool(step.tag) for step in steps),
    )
