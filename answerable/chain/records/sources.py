"""The bytes of a file: whole, of the kind that was promised, and as UTF-8.

A reader that meets a damaged gzip stream may stop early and say nothing (DuckDB's does
when bytes in the middle are wrong), so every file is read through once before any row
of it is used.
"""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ..body import InputMistake, Problem
from .defects import Defects

CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PARQUET = b"PAR1"
KINDS = {
    ZIP: "a spreadsheet or another zip package",
    OLE: "an old or password-protected office file",
    PARQUET: "a Parquet file",
    b"%PDF": "a PDF",
    GZIP: "a gzip file inside a gzip file",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
EXPANDS = 200
LARGE = 1 << 30
"""A gzip file that grows more than 200 times and beyond a gibibyte is refused."""

Read = tuple[tuple[str, ...], int] | None
"""What reading a file gives: its columns and its rows, or None beside a finding that stops."""


@dataclass(frozen=True)
class Source:
    """One file of a mapping. `gzipped` is read off its first bytes, not its name."""

    path: Path
    name: str
    gzipped: bool

    def open(self) -> BinaryIO:
        return cast(BinaryIO, gzip.open(self.path, "rb")) if self.gzipped else self.path.open("rb")

    def chunks(self) -> Iterator[bytes]:
        with self.open() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


@dataclass(frozen=True)
class Reading:
    """How the files of one mapping are read.

    wanted    the columns that the mapping uses
    scratch   a folder of its own for copies, which the caller removes
    """

    format: str
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    wanted: tuple[str, ...]
    scratch: Path


def find_source(path: Path, name: str, defects: Defects) -> Source | None:
    """Open a file and read it through. None, with a finding, when it cannot be used."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        source = Source(path, name, head.startswith(GZIP))
        if not head:
            defects.stops("empty_file", "it has no bytes")
        elif path.suffix.lower() == ".gz" and not source.gzipped:
            defects.stops("damaged_gzip", "its name ends in .gz and it does not begin as gzip does")
        elif source.gzipped:
            _unpack(source, defects)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        defects.stops(
            "damaged_gzip", "it cannot be unpacked to its end; ask for the file to be sent again"
        )
    except OSError as error:
        defects.stops("unreadable_file", f"the system says: {error.strerror}")
    return None if defects.stopped else source


def _unpack(source: Source, defects: Defects) -> None:
    """Read a gzip file to its end, which is where its checksum stands."""
    packed = source.path.stat().st_size
    size = 0
    for chunk in source.chunks():
        size += len(chunk)
        if size > LARGE and size > EXPANDS * packed:
            defects.stops("unreadable_file", "it unpacks to more than 200 times its size")
            return
    if not size:
        defects.stops("empty_file", "there is nothing inside the gzip file")


def encoding_of(name: str, where: str) -> str:
    """Python's name of an encoding. Raises InputMistake for one that is not known."""
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise InputMistake(
            Problem(
                where,
                f"'{name}' is not an encoding",
                "utf-8, cp1252, utf-16 and others that Python knows",
                "Correct the encoding.",
                "encoding",
            )
        ) from None


def as_utf8(source: Source, reading: Reading, defects: Defects) -> Source | None:
    """The same text as UTF-8: the file itself where it is that already, or a copy.

    None, with a finding, when it is not text or not in the encoding that was named.
    """
    with source.open() as stream:
        head = stream.read(CHUNK)
    kind = next((words for magic, words in KINDS.items() if head.startswith(magic)), "")
    if kind:
        defects.stops("wrong_kind_of_file", f"it is {kind}")
        return None
    if reading.encoding not in ("utf-8", "utf-8-sig", "ascii"):
        return _transcode(source, reading.encoding, reading.scratch, defects)
    if head.startswith(UTF16):
        defects.stops(
            "wrong_encoding", 'it is UTF-16. If the force means that, set encoding = "utf-16"'
        )
    elif any(b"\0" in chunk for chunk in source.chunks()):
        defects.stops("wrong_kind_of_file", "it holds zero bytes, which text does not")
    return None if defects.stopped else source


def _transcode(source: Source, encoding: str, scratch: Path, defects: Defects) -> Source | None:
    """Copy to UTF-8, noticing a file that is UTF-8 already."""
    decode = codecs.getincrementaldecoder(encoding)()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, beyond_ascii, lines = True, False, 0
    copy = scratch / f"{len(list(scratch.iterdir()))}.txt"
    try:
        with copy.open("xb") as out:
            for chunk in (*source.chunks(), b""):
                out.write(decode.decode(chunk, not chunk).encode("utf-8"))
                lines += chunk.count(b"\n")
                beyond_ascii = beyond_ascii or not chunk.isascii()
                is_utf8 = is_utf8 and _decodes(utf8, chunk)
    except UnicodeError as error:
        if isinstance(error, UnicodeDecodeError):
            lines += error.object[: error.start].count(b"\n")
        defects.stops(
            "wrong_encoding", f"it is not {encoding}; the first fault is after line {lines}"
        )
        return None
    if is_utf8 and beyond_ascii:
        defects.stops(
            "wrong_encoding",
            f'the mapping says {encoding}, and all of it reads as UTF-8. Set encoding = "utf-8"',
        )
        return None
    return Source(copy, source.name, gzipped=False)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk, not chunk)
    except UnicodeDecodeError:
        return False
    return True


def with_one_line_end(source: Source, scratch: Path) -> Source:
    """A copy in which every line ends in a line feed."""
    copy = scratch / f"{len(list(scratch.iterdir()))}.txt"
    held = b""
    with copy.open("xb") as out:
        for chunk in source.chunks():
            chunk = held + chunk
            held = chunk[-1:] if chunk.endswith(b"\r") else b""
            out.write(chunk.removesuffix(held).replace(b"\r\n", b"\n"))
        out.write(held)
    return Source(copy, source.name, gzipped=False)
