"""What a paper is made of: each block can be written, and knows about how high it will be.

Heights are rather too great than too small: they are worked out for a wide font, because a
machine without Arial puts a wider one in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .pictures import png
from .word import WIDTH_CM, Word

PT = 2.54 / 72
"""A point in centimetres."""
_LINE, _LETTER = 1.3, 0.585
"""Height of a line and mean width of a letter, in sizes of the font."""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    text: str
    level: int = 2
    new_page: bool = False

    def write(self, word: Word, size: float) -> None:
        word.heading(self.text, self.level, new_page=self.new_page)

    def height(self, size: float) -> float:
        larger = size + {1: 5, 2: 1.5}.get(self.level, 0.5)
        return lines(self.text, larger * 1.06) * larger * _LINE * PT + 9 * PT


@dataclass(frozen=True)
class Text:
    """A paragraph, perhaps with a label in bold before it."""

    text: str
    label: str = ""
    bold: bool = False
    small: bool = False

    def write(self, word: Word, size: float) -> None:
        word.text(self.text, label=self.label, bold=self.bold, small=self.small)

    def height(self, size: float) -> float:
        smaller = size - 1.5 if self.small else size
        return lines(f"{self.label} {self.text}", smaller) * smaller * _LINE * PT + 4 * PT


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[str]

    def write(self, word: Word, size: float) -> None:
        word.bullets(self.items)

    def height(self, size: float) -> float:
        many = sum(lines(item, size, 0.95) for item in self.items)
        return many * size * _LINE * PT + len(self.items) * 2 * PT


@dataclass(frozen=True)
class Picture:
    """A drawing, as SVG, with its description."""

    svg: str
    alt: str
    width_cm: float

    def write(self, word: Word, size: float) -> None:
        word.picture(png(self.svg, 3), width_cm=self.width_cm, alt=self.alt)

    def height(self, size: float) -> float:
        found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', self.svg)
        shape = float(found[2]) / float(found[1]) if found else 1.0
        return self.width_cm * shape + 0.25


@dataclass(frozen=True)
class Table:
    """A table under a header row. `widths` are shares of the width of the page."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    caption: str

    def write(self, word: Word, size: float) -> None:
        word.table(self.heading, self.rows, widths=self.widths, caption=self.caption)

    def height(self, size: float) -> float:
        line = (size - 1) * _LINE * PT
        rows = [
            max(lines(cell, size - 1, share) for cell, share in zip(row, self.widths, strict=True))
            for row in (self.heading, *self.rows)
        ]
        return sum(rows) * line + len(rows) * 0.07 + 0.3


Block = Heading | Text | Bullets | Picture | Table


def lines(text: str, size: float, share: float = 1.0) -> int:
    """About how many lines a text takes in a share of the page's width."""
    margin = 0.4 if share < 1 else 0.0
    room = max(int((WIDTH_CM * share - margin) / (size * _LETTER * PT)), 1)
    return max(1, -(-len(text) // room))


def height(blocks: Sequence[Block], size: float) -> float:
    """About how high the blocks are together, in centimetres."""
    return sum(block.height(size) for block in blocks)
