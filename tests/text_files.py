"""Small documents made for tests: PDFs by hand, Word documents with parts put in."""

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence

from docx import Document as new_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    pages: Sequence[Sequence[str]],
    extra: Mapping[str, str] | None = None,
    root: str = "",
    unseen: Collection[str] = (),
) -> bytes:
    """A PDF whose pages show lines of text, but for those that are `unseen`: they are there and
    not drawn. `root` is put into the catalogue; `extra` adds objects, named by number from 100."""
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for at, lines in enumerate(pages):
        shown = [
            b"%d Tr 1 0 0 1 50 %d Tm (%s) Tj"
            % (3 if line in unseen else 0, 780 - 16 * n, _escaped(line))
            for n, line in enumerate(lines)
            if line
        ]
        body = zlib.compress(b"BT /F1 11 Tf " + b" ".join(shown) + b" ET")
        objects[10 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * at] = stream(body, "/Filter /FlateDecode")
    objects |= {int(number): text.encode() for number, text in (extra or {}).items()}
    return assembled(objects)


def stream(body: bytes, entries: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(body), entries.encode()) + body + b"\nendstream"


def assembled(objects: Mapping[int, bytes]) -> bytes:
    """Numbered objects as a PDF with its table of places."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        place = places.get(number)
        out += b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def _escaped(line: str) -> bytes:
    text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return text.encode("cp1252")


def word(*paragraphs: str, body: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document. `body` is WordprocessingML put before its end; `parts` are added."""
    document = new_document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    if body:
        end = "<w:sectPr"
        return rewritten(
            made.getvalue(),
            {"word/document.xml": lambda xml: xml.replace(end, body + end, 1)},
            parts,
        )
    return rewritten(made.getvalue(), {}, parts)


def rewritten(data: bytes, changes: Mapping, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A package with the text of some parts changed, and others added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name in changes:
                text = changes[name](text.decode()).encode()
            new.writestr(name, text)
        for name, text in (parts or {}).items():
            new.writestr(name, text)
    return made.getvalue()
