"""The file itself: members under fixed names, in a zip of which every byte is determined.

Members are stored, not packed, with fixed dates and rights, in the order of their names. So
the same members give the same bytes anywhere, and an altered, added or hidden byte is found by
writing the file again and comparing. What is large is packed inside its member (gzip).
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..body import InputMistake, Problem

MOST = 64_000_000
"""Bytes of a bundle. A force of twelve areas gives about 2 MB."""
MEMBERS = 2_000
"""Members of a bundle: two for each measure, and five more."""
_UNREADABLE = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
    OverflowError,
)  # fmt: skip
"""What the standard library raises on bytes that are no zip, or on half of one."""
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold: nothing in a bundle tells when it was made."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """The bytes of a bundle with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _WHEN)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name])
    return out.getvalue()


def read_bounded(path: Path) -> bytes:
    """The bytes of a file. Raises InputMistake where there is none, or it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise refused(str(path), f"cannot be read ({error.strerror})", "Check its name.") from None
    if len(data) > MOST:
        raise refused(str(path), f"larger than {MOST:,} bytes, which no bundle is")
    return data


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The members of a bundle. Nothing is unpacked, followed or written to a disk.

    Raises InputMistake unless the bytes are just those that `pack` gives for the members.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive, name)
    except _UNREADABLE:
        found = "not a whole results bundle: cut short, damaged, or another file"
        raise refused(name, found) from None
    if pack(members) != data:
        raise refused(name, "the file holds more than, or other than, its members")
    return members


def _members(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise refused(name, f"it has more than {MEMBERS:,} members")
    if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
        raise refused(name, "a member of it is packed, which those of a bundle are not")
    if sum(info.file_size for info in infos) > MOST or len({i.filename for i in infos}) < len(
        infos
    ):
        raise refused(name, "its members overlap, or one stands in it twice")
    return {info.filename: archive.read(info) for info in infos}


def refused(where: str, found: str, next_step: str | None = None) -> InputMistake:
    """A refusal of a bundle in one sentence."""
    asks = "Nothing was taken in. Ask the force to send the bundle again."
    return InputMistake(Problem(where, found, next_step=asks if next_step is None else next_step))
