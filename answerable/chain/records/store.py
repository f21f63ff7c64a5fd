"""Writing under `var/` so that a kill, a full disk or a second import cannot hurt.

A file gets its name only when it is whole and flushed. What it replaces stands until
then. One import at a time may write.
"""

import contextlib
import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..body import InputMistake, Problem

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
TRIES = 20
"""A file that another program holds open on Windows is tried again for two seconds."""


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, flush, rename. Raises OSError; what stood there before still does."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def move(beside: Path, path: Path) -> None:
    """Give a flushed file its name, and flush the name. Raises OSError."""
    for _ in range(TRIES - 1):
        try:
            beside.replace(path)
            break
        except PermissionError:
            time.sleep(0.1)
    else:
        beside.replace(path)
    _flush_folder(path.parent)


def flush(path: Path) -> None:
    """Make sure that a file written by others is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder cannot be opened there; the rename itself is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def canonical(value: Any) -> bytes:
    """JSON that is the same for the same content."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1).encode("utf-8")


@contextlib.contextmanager
def workroom(var: Path) -> Iterator[Path]:
    """An empty folder for files in the making, for one import at a time.

    What an import that was killed left behind is cleared away. Raises InputMistake when
    another import of the same body is running, or the disk is full.
    """
    room = var / "work"
    try:
        var.mkdir(parents=True, exist_ok=True)
        with (var / "import.lock").open("a+b") as lock:
            _take(lock.fileno(), var)
            shutil.rmtree(room, ignore_errors=True)
            for name in ("parts", "snapshots", "staged", "work"):
                (var / name).mkdir(exist_ok=True)
            try:
                yield room
            finally:
                shutil.rmtree(room, ignore_errors=True)
    except OSError as error:
        raise InputMistake(cannot_write(var, error.errno)) from None


def cannot_write(var: Path, number: int | None) -> Problem:
    """Why nothing could be written, in the user's words."""
    full = number in FULL
    return Problem(
        str(var),
        "there is no room left on the disk"
        if full
        else f"cannot be written to ({os.strerror(number) if number else 'unknown reason'})",
        next_step="Nothing was changed: the last import still stands. "
        + ("Make room and import again." if full else "Check the folder, then import again."),
    )


def _take(handle: int, var: Path) -> None:
    """Hold a lock that ends with the process, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputMistake(
            Problem(
                str(var),
                "another import of this body is running",
                next_step="Wait until it has ended, then import again.",
            )
        ) from None


def compact(value: Any) -> bytes:
    """JSON for what nobody need read, which is written many times faster."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8")
