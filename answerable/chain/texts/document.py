"""A text that was opened, and where in it each word stands."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..body import InputMistake, Problem
from ..sheets import Notice

Kind = Literal["txt", "html", "docx", "pdf", "pasted"]
PartKind = Literal[
    "page", "heading", "paragraph", "list item", "table row", "header", "footer", "note", "line"
]

LARGEST = {"txt": 10 << 20, "html": 10 << 20, "pasted": 10 << 20, "docx": 50 << 20, "pdf": 50 << 20}
"""Bytes of a file that are read, by kind."""
LONGEST = 4_000_000
"""Characters of text that are read: about 600,000 words."""
BETWEEN = "\n\n"


@dataclass(frozen=True)
class Part:
    """A stretch of the text, from `start` to `end`, and how it is cited: `page 3`, `line 12`."""

    kind: PartKind
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A text that was opened: what it says, and what was found beside it.

    name     of the file, without its folder; `pasted text` for a paste
    digest   sha256 of the bytes, or of the pasted text
    text     what a reader reads, one block after another with an empty line between
    notices  what was left out, put right or found and not followed
    parts    in the order of the text, not overlapping; blanks between blocks are in none
    """

    name: str
    digest: str
    kind: Kind
    text: str
    notices: tuple[Notice, ...]
    parts: tuple[Part, ...]

    def cite(self, start: int, end: int | None = None) -> str:
        """Where words stand: `page 3`, `pages 3 to 4`, `paragraph 5, under “Arrests”`."""
        starts = [part.start for part in self.parts]
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(start, (end or start + 1) - 1)) - 1, first)
        if not self.parts:
            return ""
        label, upto = self.parts[first].label, self.parts[last].label
        if label != upto:
            name, _, number = upto.rpartition(" ")
            plural = label.replace(name, f"{name}s", 1) if label.startswith(name) else label
            return f"{plural} to {number if plural != label else upto}"
        if self.parts[first].kind == "heading":
            return f"the heading “{self._words(first)}”"
        above = self._heading(first)
        return f"{label}, under “{above}”" if above else label

    def _heading(self, at: int) -> str:
        above = (n for n in range(at, -1, -1) if self.parts[n].kind == "heading")
        return self._words(next(above, -1))

    def _words(self, at: int) -> str:
        return self.text[self.parts[at].start : self.parts[at].end] if at >= 0 else ""


class Writing:
    """A text as it is put together, block by block."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[str] = []
        self.parts: list[Part] = []
        self.length = 0

    def add(self, kind: PartKind, label: str, words: str) -> None:
        """Append a block. Raises InputMistake when the whole has become too long."""
        words = words.strip()
        if not words:
            return
        start = self.length + (len(BETWEEN) if self.blocks else 0)
        self.blocks.append(words)
        self.length = start + len(words)
        self.parts.append(Part(kind, label, start, self.length))
        if self.length > LONGEST:
            raise too_long(self.name)

    def text(self) -> str:
        return BETWEEN.join(self.blocks)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refusal(name: str, found: str) -> InputMistake:
    """The one sentence in which a text is refused."""
    return InputMistake(Problem(name, found))


def too_long(name: str) -> InputMistake:
    return refusal(
        name,
        f"it holds more than {LONGEST:,} characters of text, which is more than is read:"
        " send the part that matters",
    )


def several(count: int, one: str, many: str = "") -> str:
    """`1 macro`, `3 macros`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(things: Iterable[str]) -> str:
    """`a, b and c`."""
    names = list(things)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
