"""The text of a PDF, page by page, as running text.

The PDF itself is read in another process (`pdf_worker`) within limits. Here its lines are
put together again: words broken at line ends, headers and footers that run through.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..sheets import Notice
from .document import (
    BETWEEN,
    LONGEST,
    Document,
    Part,
    Writing,
    digest_of,
    refusal,
    several,
    too_long,
)
from .letters import visible

WORKER = Path(__file__).with_name("pdf_worker.py")
MEGABYTES = 1024
SECONDS = 60
PAGES = 1_000
PAGE_BYTES = 20 << 20
REFUSED = {
    "password": "it is protected by a password: ask for it without one",
    "pages": f"it has more than {PAGES:,} pages, which is more than is read:"
    " send the pages that matter",
    "memory": "a page of it unpacks to more than is read: ask for it as text or DOCX",
    "time": f"it could not be read in {SECONDS} seconds, and was left",
    "damaged": "the PDF is damaged or cut short: ask for it again, or save it anew",
}
FOUND = {
    "javascript": ("javascript", "script", "scripts", "not run"),
    "launch": ("launch_action", "action", "actions", "that opens other files not followed"),
    "attachment": ("embedded_file", "attached file", "attached files", "not opened"),
    "media": ("embedded_file", "embedded medium", "embedded media", "not opened"),
    "form": ("form", "XFA form", "XFA forms", "not worked out"),
    "comment": ("comment", "comment", "comments", "left out"),
    "link": ("external_link", "link", "links", "to other places not followed"),
}
Answer = dict[str, Any]
"""What the worker writes: `pages` and `found`, or `refused`."""
NEAR_END = 80
EDGE = 3
"""Lines at the top and foot of a page where headers and footers are looked for."""
KEEPS_HYPHEN = frozenset(
    "non multi well self cross mid long short high low full"
    " follow year month two three four five six seven eight nine ten twenty thirty forty fifty"
    " sixty seventy eighty ninety victim survivor evidence trauma face hate knife".split()
)
BULLET = re.compile(
    r"^\s*([•●▪◦‣–*-]\s|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\d{1,2}(\.\d{1,2})+\.?\s+[A-Z])"
)
ENDS = re.compile(r"[.!?:;]['\"”’)]*$")


def read_pdf(data: bytes, name: str) -> Document:
    """Read the text of each page; a part is a page.

    Raises InputMistake for a PDF that needs a password, is damaged, has too many pages, holds
    pictures only, or cannot be read within the limits.
    """
    answer = _ask(data, name)
    pages = [visible(text or "")[0] for text in answer["pages"]]
    if all(text is None for text in answer["pages"]):
        raise refusal(name, REFUSED["damaged"])
    if not any(re.search(r"\w{2}", text) for text in pages):
        raise refusal(
            name,
            "it holds pictures of pages and no text, as a scan does: ask for the file it was made"
            " from, or run text recognition on it first",
        )
    bare, dropped = _without_running([text.split("\n") for text in pages])
    words = Counter(re.findall(r"\w+(?:-\w+)*", "\n".join(pages).lower()))
    writing = Writing(name)
    for number, lines in enumerate(bare, 1):
        block = "\n\n".join(_paragraphs(lines, words))
        writing.add("page", f"page {number}", block)
    text, parts = _across_pages(writing, words)
    notices = tuple(_notices(answer["pages"], pages, answer["found"], dropped))
    return Document(name, digest_of(data), "pdf", text, notices, parts)


def _ask(data: bytes, name: str) -> Answer:
    """What the worker found. It has no more than its own limits, and its output has one too."""
    limits = map(str, (MEGABYTES, SECONDS, PAGES, LONGEST, PAGE_BYTES))
    command = [sys.executable, "-P", "-s", str(WORKER), *limits]
    try:
        done = subprocess.run(  # noqa: S603  # our own file, with numbers
            command, input=data, capture_output=True, timeout=SECONDS + 5, check=False
        )
        answer: Answer = json.loads(done.stdout) if done.stdout else {"refused": "time"}
    except subprocess.TimeoutExpired:
        answer = {"refused": "time"}
    except ValueError:
        answer = {"refused": "damaged"}
    reason = answer.get("refused", "")
    if reason == "characters":
        raise too_long(name)
    if reason:
        raise refusal(name, REFUSED[reason])
    return answer


def _without_running(pages: list[list[str]]) -> tuple[list[list[str]], int]:
    """Pages without the lines that stand at the same edge of at least half of them.

    A page's own number is taken as alike, so that `Page 3 of 12` runs through, but no other
    number: a line of figures on each page is no header. Nothing is dropped from fewer than
    three pages, and the first page keeps a header without a number, which may be the title.
    """
    pages = [[line.strip() for line in lines] for lines in pages]
    if len(pages) < 3:
        return pages, 0
    edges = [list(_edges(number, lines)) for number, lines in enumerate(pages, 1)]
    seen = Counter(key for page in edges for key in {key for _, key in page})
    running = {key for key, count in seen.items() if count >= max(3, len(pages) / 2)}
    bare = []
    for number, (lines, page) in enumerate(zip(pages, edges, strict=True)):
        gone = {at for at, key in page if key in running and (number or key[0] == "foot")}
        gone |= {at for at, key in page if key in running and "#" in key[1]}
        bare.append([line for at, line in enumerate(lines) if at not in gone])
    return bare, len(running)


def _edges(number: int, lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """(place in the page, (edge, line without the page's number)) of first and last lines."""
    filled = [at for at, line in enumerate(lines) if line]
    for edge, places in (("top", filled[:EDGE]), ("foot", filled[-EDGE:])):
        for at in places:
            yield at, (edge, _unnumbered(lines[at].lower(), number))


def _unnumbered(line: str, number: int) -> str:
    """A line with a number at its end, or after `page`, as its distance from the page's own:
    only what counts the pages is alike on all of them."""
    said = re.search(r"\bpage (\d{1,4})( of \d{1,4})?\b", line)
    if said:
        return line.replace(said.group(), f"page #{int(said.group(1)) - number}")
    ends = r"^\d{1,4}\b|\b\d{1,4}$"
    return re.sub(ends, lambda found: f"#{int(found.group()) - number}", line)


def _paragraphs(lines: Sequence[str], words: Mapping[str, int]) -> Iterator[str]:
    """Lines put together; a new paragraph at an empty line, a bullet, or after a short line
    that ends a sentence or stands alone as a heading does."""
    width = max((len(line) for line in lines), default=0)
    held = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if held and (not line or BULLET.match(line) or _ends_paragraph(before, line, width)):
            yield held
            held = ""
        if line:
            held = _joined(held, line, words) if held else line
    if held:
        yield held


def _ends_paragraph(before: str, line: str, width: int) -> bool:
    if not before:
        return True
    short = len(before) < 0.75 * width
    begins = line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'"
    return short and begins and (bool(ENDS.search(before)) or len(before) < 0.5 * width)


def _joined(held: str, line: str, words: Mapping[str, int]) -> str:
    """Two lines as one. A hyphen at the end goes unless the words are written with it."""
    broken = re.search(r"(\w+(?:-\w+)*)-$", held)
    following = re.match(r"[a-z]+", line)
    if broken is None or following is None:
        return f"{held}{'' if held.endswith(('-', '/')) and following else ' '}{line}"
    first, second = broken.group(1).lower(), following.group()
    together, apart = words[first + second], words[f"{first}-{second}"]
    keeps = apart > together or (not together and first.rpartition("-")[2] in KEEPS_HYPHEN)
    return held + line if keeps else held[:-1] + line


def _across_pages(writing: Writing, words: Mapping[str, int]) -> tuple[str, tuple[Part, ...]]:
    """The pages as one text: a sentence that runs over a page's end is not cut in two."""
    text, parts = "", []
    for part, block in zip(writing.parts, writing.blocks, strict=True):
        if text and not ENDS.search(text[-NEAR_END:]) and block[:1].islower():
            text = text[:-NEAR_END] + _joined(text[-NEAR_END:], block, words)
        else:
            text = f"{text}{BETWEEN}{block}" if text else block
        parts.append(Part(part.kind, part.label, len(text) - len(block), len(text)))
    return text, tuple(parts)


def _notices(
    raw: Sequence[str | None], pages: Sequence[str], found: Mapping[str, int], dropped: int
) -> Iterator[Notice]:
    if dropped:
        lines = several(dropped, "line")
        yield Notice("left_out", f"{lines} that run through the pages (header or footer) left out.")
    empty = [
        str(n) for n, text in enumerate(pages, 1) if raw[n - 1] is not None and not text.strip()
    ]
    if empty:
        yield Notice("no_text", f"No text, perhaps a picture: {_pages(empty)}.")
    damaged = [str(n) for n, text in enumerate(raw, 1) if text is None]
    if damaged:
        yield Notice("unreadable_page", f"Could not be read: {_pages(damaged)}.")
    if count := found.get("unseen", 0):
        told = f"Text that is not drawn, on {several(count, 'page')}, was left out."
        yield Notice("hidden_text", told)
    if count := found.get("recognised", 0):
        told = (
            f"The text of {several(count, 'page')} lies unseen beneath a picture, as text"
            " recognition leaves it: it is read, and may have been recognised wrongly."
        )
        yield Notice("recognised_text", told)
    if found.get("encrypted"):
        yield Notice(
            "protected", "The PDF is protected against changes; it opens without a password."
        )
    for key, (code, one, many, fate) in FOUND.items():
        if count := found.get(key, 0):
            yield Notice(code, f"{several(count, one, many)} {fate}.")


def _pages(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:10]) + (" and others" if len(numbers) > 10 else "")
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}"
