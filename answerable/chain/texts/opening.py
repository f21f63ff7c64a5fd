"""Opening a news release, minutes or a paper: by what its bytes are, not by its name."""

import io
import stat
import zipfile
from pathlib import Path

from ..sheets import Notice
from .document import LARGEST, LONGEST, Document, Kind, Part, digest_of, refusal, too_long
from .letters import decode, visible

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEEDS = "open it and save it as PDF, DOCX or text"
KNOWN = (
    (b"{\\rtf", f"it is an RTF file, which is not read: {NEEDS}"),
    (b"\x89PNG", "it is a picture: its text has to be typed or sent as text"),
    (b"\xff\xd8\xff", "it is a picture: its text has to be typed or sent as text"),
    (b"GIF8", "it is a picture: its text has to be typed or sent as text"),
    (b"II*\0", "it is a picture: its text has to be typed or sent as text"),
    (b"\x1f\x8b", "it is a compressed file: unpack it first"),
    (b"7z\xbc\xaf", "it is a compressed file: unpack it first"),
    (b"Rar!", "it is a compressed file: unpack it first"),
    (b"MZ", "it is a program, not a text"),
    (b"\x7fELF", "it is a program, not a text"),
    (b"%!PS", f"it is PostScript, which is not read: {NEEDS}"),
    (b"PAR1", "it is a table of data, not a text"),
)
"""How files begin that are not read, and what is said of them."""
LOOKS_LIKE_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")
SAVED_PAGE = (b"from: <saved by", b"mime-version:", b'from: "saved by')


def open_text(path: Path) -> Document:
    """Open a file. Its size is looked at before a byte of it is read.

    Raises InputMistake with one sentence when the file is missing, empty, too large,
    protected by a password, damaged, or of a kind that is not read.
    """
    name = path.name
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise refusal(name, "it is a folder or no file: name a file in it")
        if about.st_size > max(LARGEST.values()):
            raise _too_large(name, about.st_size, "pdf")
        with path.open("rb") as stream:
            data = stream.read(max(LARGEST.values()) + 1)
    except FileNotFoundError:
        raise refusal(name, "there is no file of this name: check the name") from None
    except OSError:
        raise refusal(name, "the file could not be opened: check that you may read it") from None
    return open_text_bytes(data, name)


def open_text_bytes(data: bytes, name: str) -> Document:
    """Open the bytes of a file as `open_text` does. `name` is used for messages, and its
    ending tells HTML from text where the first bytes do not."""
    kind = _kind(data, name)
    if len(data) > LARGEST[kind]:
        raise _too_large(name, len(data), kind)
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, name)
    if kind == "docx":
        from .word import read_word

        return read_word(data, name)
    if kind == "html":
        from .page import read_page

        return read_page(data, name)
    text, notices = decode(data, name)
    return _lines(text, name, digest_of(data), "txt", tuple(notices))


def open_pasted(text: str) -> Document:
    """Open text that was pasted or typed. Raises InputMistake when it is empty or too long."""
    name = "pasted text"
    if len(text) > LONGEST:
        raise too_long(name)
    digest = digest_of(text.encode("utf-8", "surrogatepass"))
    seen, notices = visible(text)
    return _lines(seen, name, digest, "pasted", tuple(notices))


def _lines(text: str, name: str, digest: str, kind: Kind, notices: tuple[Notice, ...]) -> Document:
    """Text as it stands, cited by line."""
    if not text.strip():
        raise refusal(name, "it is empty: ask for it to be sent again")
    if len(text) > LONGEST:
        raise too_long(name)
    parts, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            parts.append(Part("line", f"line {number}", at, at + len(line)))
        at += len(line) + 1
    return Document(name, digest, kind, text, notices, tuple(parts))


def _kind(data: bytes, name: str) -> Kind:
    if not data.strip(b"\0 \t\r\n"):
        raise refusal(name, "it is empty: ask for it to be sent again")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(data, name)
    if data.startswith(OLE):
        raise refusal(name, _old_office(data))
    for start, sentence in KNOWN:
        if data.startswith(start):
            raise refusal(name, sentence)
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(SAVED_PAGE):
        raise refusal(name, "it is a mail or a web archive: save the page as HTML or text")
    plain = head.replace(b"\0", b"")
    if any(mark in plain[:1000] for mark in LOOKS_LIKE_HTML) or _ends(name, "html", "htm", "xhtml"):
        return "html"
    return "txt"


def _ends(name: str, *endings: str) -> bool:
    return name.lower().rsplit(".", 1)[-1] in endings


def _package(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refusal(name, "the file is damaged or cut short: ask for it again") from None
    if "[Content_Types].xml" in names and any(part.startswith("word/") for part in names):
        return "docx"
    if any(part.startswith("xl/") for part in names):
        raise refusal(name, "it is a spreadsheet, not a text: read it with `answerable try`")
    if "content.xml" in names:
        raise refusal(name, f"it is an OpenDocument file, which is not read: {NEEDS}")
    raise refusal(name, "it is a zip package and not a document: unpack it first")


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is protected by a password: ask for it without one"
    return "it is an old Office file (as .doc): open it and save it as .docx"


def _too_large(name: str, size: int, kind: Kind) -> Exception:
    return refusal(
        name,
        f"it has {size >> 20} MiB, and at most {LARGEST[kind] >> 20} MiB are read:"
        " send the part that matters",
    )
