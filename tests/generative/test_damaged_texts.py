"""Whatever is done to a document's bytes, it is read or refused in one sentence."""

import random

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.texts import open_text_bytes
from tests.text_files import pdf, word

PAGE = (
    "<html><body><main><h1>Arrests</h1><p>Arrests rose by a tenth.</p>"
    "<table><tr><td>a</td><td>1</td></tr></table></main></body></html>"
)
MADE = {
    "a.txt": "Arrests rose by a tenth – 12%.\n".encode(),
    "a.html": PAGE.encode(),
    "a.docx": word("Arrests rose by a tenth.", "Charges fell."),
    "a.pdf": pdf([["Arrests rose by a tenth."], ["Charges fell."]]),
}
ROUNDS = {"a.txt": 200, "a.html": 200, "a.docx": 100, "a.pdf": 8}
"""Fewer of those that are read in a process of their own."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, put in or doubled."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(broken) or 1)
        length = chance.randint(1, 40)
        what = chance.choice(("change", "cut", "put", "double", "end"))
        if what == "change":
            broken[at : at + 1] = bytes([chance.randrange(256)])
        elif what == "cut":
            del broken[at : at + length]
        elif what == "put":
            broken[at:at] = chance.randbytes(length)
        elif what == "double":
            broken[at:at] = broken[at : at + length]
        elif chance.random() < 0.2:
            del broken[at:]
    return bytes(broken)


@pytest.mark.parametrize("name", MADE)
def test_a_damaged_document_is_read_or_refused(name: str) -> None:
    chance = random.Random(20_231_219)
    read = 0
    for _ in range(ROUNDS[name]):
        data = damaged(MADE[name], chance)
        try:
            document = open_text_bytes(data, name)
        except InputMistake as mistake:
            assert len(mistake.problems) == 1
            continue
        read += 1
        assert document.text.strip()
        for part in document.parts:
            assert document.text[part.start : part.end].strip()
    assert read < ROUNDS[name] or name in ("a.txt", "a.html")
