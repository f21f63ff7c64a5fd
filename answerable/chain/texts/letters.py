"""Bytes as text: which encoding, and what cannot be seen in it."""

import codecs
import re

from ..sheets import Notice
from .document import refusal, several

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""In this order: the mark of UTF-32 begins with that of UTF-16."""
DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "iso-8859-15": "iso-8859-15",
    "utf-16": "utf-8",
}
"""Names a page may give, and what they mean in practice (WHATWG Encoding, 4.2)."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
TWICE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, list[Notice]]:
    """The text of some bytes, with line ends as `\\n`.

    A mark at the start decides, then what a page declares, then UTF-8, then Windows-1252,
    which is said. Raises InputMistake for bytes that are no text in any of them.
    """
    notices: list[Notice] = []
    text, encoding = _decoded(data, DECLARED.get(declared.strip().lower(), ""))
    if text is None or len(CONTROL.findall(text)) > len(text) / 1000:
        raise refusal(
            name,
            "it is not text in an encoding that can be read: save it as text in UTF-8",
        )
    if encoding == "windows-1252" and declared == "":
        notices.append(Notice("encoding", "The file is not in UTF-8 and was read as Windows-1252."))
    text, more = visible(text)
    return text, notices + more


def _decoded(data: bytes, declared: str) -> tuple[str | None, str]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding), encoding
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) / 4:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _try(data, encoding), encoding
    for encoding in dict.fromkeys((declared or "utf-8", "utf-8", "windows-1252")):
        text = _try(data, encoding)
        if text is not None:
            return text, encoding
    return None, ""


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def visible(text: str) -> tuple[str, list[Notice]]:
    """The text as it is seen: no characters without width, ordinary blanks, `\\n`.

    Text that was encoded twice (`Â£`, `â€™`) is put right where all of it can be.
    """
    notices = []
    if TWICE.search(text):
        mended = _mended(text)
        if mended is not None:
            text = mended
            notices.append(
                Notice("encoded_twice", "The text had been encoded twice, and was put right.")
            )
    text, hidden = INVISIBLE.subn("", text)
    if hidden:
        found = several(hidden, "character")
        notices.append(
            Notice("invisible_characters", f"{found} without width left out of the text.")
        )
    text = CONTROL.sub("", BLANKS.sub(" ", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n"), notices


def _mended(text: str) -> str | None:
    """A character at a time, because Windows-1252 leaves five bytes without a character."""
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("windows-1252")
        except UnicodeEncodeError:
            if ord(letter) > 255:
                return None
            raw.append(ord(letter))
    return _try(bytes(raw), "utf-8")
