"""XML read in one pass and in little memory, whatever it holds.

No tree is built, so a part of any length costs what its reader keeps of it. A document type,
where entities are declared, ends the reading: neither SpreadsheetML nor OpenDocument has a
use for one, and both ways of misusing XML (entities that multiply, entities that are
fetched) begin there.
"""

import re
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 18
DEEPEST = 1_000
"""So many elements may lie one within another; the parser keeps a note of each."""
LONGEST = 4 << 20
"""Bytes of one tag, which the parser holds whole."""
EMPTY = re.compile(rb'<(?:\w+:)?c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")? ?/>')
"""A cell of a worksheet that has a look and nothing in it."""


class Damaged(ValueError):
    """The XML cannot be read to its end, or declares a document type."""


class Walker:
    """What is done on meeting each part of a document.

    Names come without their namespace: transitional and strict files differ in nothing else.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text of the element last begun; it may come in pieces."""


def walk(stream: IO[bytes], walker: Walker, *, skip_empty_cells: bool = False) -> int:
    """Read a document through. Raises Damaged.

    skip_empty_cells   leave out cells without content, which are most of a sheet that was
                       given a look down to its last row
    Gives the number of cells left out; a cell after one that does not name its own place
    has then lost it.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Damaged("its XML is nested deeper than a spreadsheet's")
        walker.start(name.rpartition("}")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        walker.end(name.rpartition("}")[2])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = walker.text
    rest, skipped, fed = b"", 0, 0
    try:
        while chunk := stream.read(CHUNK):
            if skip_empty_cells:
                whole, mark, rest = (rest + chunk).rpartition(b">")
                chunk, found = EMPTY.subn(b"", whole + mark)
                skipped += found
            parser.Parse(chunk)
            fed += len(chunk)
            if max(fed - parser.CurrentByteIndex, len(rest)) > LONGEST:
                raise Damaged("a tag in its XML is longer than a spreadsheet's")
        parser.Parse(rest, True)
    except expat.ExpatError:
        raise Damaged("the XML inside is damaged") from None
    return skipped


def _refuse(*_: object) -> None:
    raise Damaged("the XML inside declares entities")


def named(attributes: dict[str, str], name: str) -> str:
    """An attribute that stands in any namespace; empty where there is none."""
    return next((v for k, v in attributes.items() if k.rpartition("}")[2] == name), "")
