"""Takes the text out of a PDF in a process of its own, within limits of memory and time.

Run as a file, not imported: it knows only the standard library and pypdf, reads the PDF on
its standard input and writes JSON to its output. A PDF can hold loops and streams that
unpack without end; whatever happens here, the process that asked only sees it stop.
"""

import contextlib
import io
import json
import logging
import re
import sys
from collections import Counter
from typing import Any

ANNOTATIONS = 20_000
NESTED = 20
UNSEEN = (3, 7)
"""Render modes of text that is not drawn."""


def limit(megabytes: int, seconds: int) -> None:
    """Cap memory and processor time, and allow no file to be written and no process begun."""
    try:
        import resource
    except ImportError:  # Windows has none of these; the caller's clock still holds.
        return
    wanted = {
        resource.RLIMIT_AS: megabytes << 20,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def read(data: bytes, pages: int, characters: int, operators: int) -> dict[str, Any]:
    """`{"pages": [text or null, …], "found": {code: count}}`, or `{"refused": reason}`."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"refused": "password"}
    count = len(reader.pages)
    if count > pages:
        return {"refused": "pages"}
    found = Counter[str](encrypted=1 if reader.is_encrypted else 0)
    with contextlib.suppress(Exception):
        look_through(reader, found)
    texts: list[str | None] = []
    for number in range(count):
        try:
            page = reader.pages[number]
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > operators:
                return {"refused": "memory"}
            leave_out_unseen(page, contents, found)
            texts.append(page.extract_text() or "")
        except MemoryError:
            raise
        except LimitReachedError:
            return {"refused": "memory"}
        except Exception:
            texts.append(None)
        if sum(len(text or "") for text in texts) > characters:
            return {"refused": "characters"}
    return {"pages": texts, "found": dict(found)}


def leave_out_unseen(page: Any, contents: Any, found: "Counter[str]") -> None:
    """Takes what is drawn in render mode 3, which shows nothing, from the words of a page.

    Where all of a page's words are so they lie beneath a picture, as text recognition leaves
    them, and are kept. What is drawn in the colour of the paper, or under something else, is not
    known from what can be seen.
    """
    from pypdf.generic import NameObject

    if contents is None or not re.search(rb"(?<!\S)[37]\s+Tr\b", contents.get_data()):
        return
    mode, held, kept, seen, unseen = 0, [], [], 0, 0
    for operands, operator in contents.operations:
        if operator == b"q":
            held.append(mode)
        elif operator == b"Q":
            mode = held.pop() if held else 0
        elif operator == b"Tr" and operands:
            mode = int(operands[0])
        shows = operator in (b"Tj", b"TJ", b"'", b'"')
        unseen += shows and mode in UNSEEN
        seen += shows and mode not in UNSEEN
        if not (shows and mode in UNSEEN):
            kept.append((operands, operator))
    if seen and unseen:
        contents.operations = kept
        page[NameObject("/Contents")] = contents
        found["unseen"] += 1
    elif unseen:
        found["recognised"] += 1


def look_through(reader: Any, found: "Counter[str]") -> None:
    """Count what a viewer could run, open or fetch. None of it is followed."""
    root = solid(reader.trailer["/Root"])
    count_action(solid(root.get("/OpenAction")), found)
    for action in values(solid(root.get("/AA"))):
        count_action(action, found)
    names = solid(root.get("/Names")) or {}
    found["javascript"] += leaves(solid(names.get("/JavaScript")))
    found["attachment"] += leaves(solid(names.get("/EmbeddedFiles")))
    form = solid(root.get("/AcroForm"))
    found["form"] += isinstance(form, dict) and "/XFA" in form
    seen = 0
    for page in reader.pages:
        for action in values(solid(page.get("/AA"))):
            count_action(action, found)
        for note in values(solid(page.get("/Annots"))):
            seen += 1
            if seen > ANNOTATIONS:
                return
            count_annotation(note, found)


def count_annotation(note: Any, found: "Counter[str]") -> None:
    if not isinstance(note, dict):
        return
    kind = note.get("/Subtype")
    found["attachment"] += kind == "/FileAttachment"
    found["media"] += kind in ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
    found["comment"] += kind in ("/Text", "/FreeText", "/Highlight", "/Popup") and bool(
        note.get("/Contents")
    )
    count_action(solid(note.get("/A")), found)
    for action in values(solid(note.get("/AA"))):
        count_action(action, found)


def count_action(action: Any, found: "Counter[str]") -> None:
    if isinstance(action, dict):
        kind = action.get("/S")
        found["javascript"] += kind == "/JavaScript"
        found["launch"] += kind in ("/Launch", "/GoToE", "/GoToR", "/SubmitForm", "/ImportData")
        found["link"] += kind == "/URI"


def solid(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def values(holder: Any) -> list[Any]:
    if isinstance(holder, dict):
        return [solid(value) for value in holder.values()]
    return [solid(value) for value in holder] if isinstance(holder, list) else []


def leaves(tree: Any, depth: int = 0) -> int:
    """Entries of a name tree, which may point back at itself."""
    if not isinstance(tree, dict) or depth > NESTED:
        return 0
    own = len(solid(tree.get("/Names")) or ()) // 2
    return own + sum(leaves(kid, depth + 1) for kid in values(solid(tree.get("/Kids")))[:1000])


def main() -> None:
    megabytes, seconds, *most = map(int, sys.argv[1:6])
    data = sys.stdin.buffer.read()
    limit(megabytes, seconds)
    logging.disable(logging.CRITICAL)
    try:
        answer = read(data, *most)
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception:
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
