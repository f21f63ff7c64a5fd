"""Text and files made fit to leave: no control character, no formula, no time of saving."""

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a package: the first that a zip can hold."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def clean(text: str) -> str:
    """Text without what XML cannot hold, nor marks that turn its direction unseen."""
    return _TURNING.sub("", _CONTROL.sub("", text))


def one_line(text: str, most: int = 0) -> str:
    """Clean text on one line; cut with '…' where it is longer than `most`."""
    words = " ".join(clean(text).split())
    return words if not most or len(words) <= most else words[: most - 1].rstrip() + "…"


def without_times(package: bytes, changes: dict[str, bytes | None] | None = None) -> bytes:
    """A zip package again with fixed times, so that the same content gives the same bytes.

    changes  new content of some of its files; None leaves a file out
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            content = (changes or {}).get(item.filename, old.read(item.filename))
            if content is None:
                continue
            fresh = zipfile.ZipInfo(item.filename, EPOCH)
            fresh.compress_type = item.compress_type
            new.writestr(fresh, content)
    return buffer.getvalue()
