"""Parts at an address of fsspec: a share, a bucket. `var/parts` is then a cache of them.

DuckDB reads files of this machine alone. So a part is made here and put at its address,
and is fetched from there and held to the digest that it is named by before it is read.
What fsspec says never reaches a message, because it may quote what it signed in with.
"""

import contextlib
import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache as kept
from pathlib import Path
from typing import Any, TypeVar

from ..body import InputMistake, Problem
from ..body.address import protocol_of
from .store import flush, move

T = TypeVar("T")

ABREAST = 8
"""Parts on their way at once: most of the time goes by in waiting for an answer."""

INSTALL = "Install it with pip install 'answerable[remote]'; or take the key out of body.toml."
_HELP = "what signs in to it is kept where fsspec finds it (docs/how-to/many-forces.md)"
_STANDS = f"Nothing was changed: the last import still stands. See to the address; {_HELP}."
_UNREAD = f"See to the address, then do the same again; {_HELP}."


def fetch(address: str, cache: Path, digests: Sequence[str]) -> None:
    """See to it that parts lie in the cache, each as it was named.

    What the cache holds is looked at too, and fetched again where it is not whole. When all
    is there, the address is not even asked.
    Raises InputMistake.
    """
    named = list(dict.fromkeys(digests))
    sound = _each(lambda digest: _sound(cache / f"{digest}.parquet"), named)
    missing = [digest for digest, whole in zip(named, sound, strict=True) if not whole]
    if missing:
        there = _open(address)
        with _told("parts could not be fetched from this address", _UNREAD):
            cache.mkdir(parents=True, exist_ok=True)
            _each(lambda digest: there.fetch(digest, cache), missing)


def put(address: str, cache: Path, digests: Sequence[str], tell: Callable[[str], None]) -> None:
    """See to it that parts of the cache lie at the address, each under its digest.

    What lies there under a name, and is as long, is left alone.
    tell   called with a few words before anything is put
    Raises InputMistake unless every one of them is there in the end.
    """
    there = _open(address)
    with _told("parts could not be put at this address", _STANDS):
        sizes = {digest: (cache / f"{digest}.parquet").stat().st_size for digest in digests}
        missing = there.missing(sizes)
        if not missing:
            return
        tell(f"putting {len(missing)} of {len(sizes)} parts at their address")
        there.make_folder()
        _each(lambda digest: there.put(cache / f"{digest}.parquet"), missing)
        if there.missing(sizes):
            raise _mistake("parts that were put at this address are not there whole", _STANDS)


@dataclass(frozen=True)
class _There:
    """The folder at the address. `system` is a filesystem of fsspec, which has no types."""

    system: Any
    root: str

    @property
    def moves(self) -> bool:
        """Whether a file gets its name in one move. Elsewhere, as in a bucket, what is put
        is there whole or not at all, and a move would be a second copy."""
        from fsspec import AbstractFileSystem

        return type(self.system).mv is not AbstractFileSystem.mv

    def missing(self, sizes: dict[str, int]) -> list[str]:
        """The parts that are not there, or not as long as they are."""
        self.system.invalidate_cache()
        try:
            listed = self.system.ls(self.root, detail=True)
        except FileNotFoundError:
            listed = []
        held = {str(each["name"]).rpartition("/")[2]: each.get("size") for each in listed}
        return [name for name, size in sizes.items() if held.get(f"{name}.parquet") != size]

    def make_folder(self) -> None:
        """Make the last folder of the address, but none above it: a share that is not
        mounted must not become a folder of this machine. A bucket has no folders."""
        if self.moves:
            with contextlib.suppress(FileExistsError):
                self.system.mkdir(self.root, create_parents=False)

    def put(self, path: Path) -> None:
        if not _sound(path):
            raise _mistake(
                "a part on this machine was altered, and was not put at this address",
                "Nothing was changed: the last import still stands. Import again.",
            )
        final = f"{self.root}/{path.name}"
        if not self.moves:
            self.system.put_file(str(path), final)
            return
        beside = f"{self.root}/.{path.stem}.{uuid.uuid4().hex}.tmp"
        try:
            self.system.put_file(str(path), beside)
            self.system.mv(beside, final)
        except BaseException:
            with contextlib.suppress(Exception):
                self.system.rm_file(beside)
            raise

    def fetch(self, digest: str, cache: Path) -> None:
        beside = cache / f".{digest}.{uuid.uuid4().hex}.tmp"
        try:
            self._get(digest, beside)
            if _digest(beside) != digest:
                raise _mistake(
                    f"the part {digest[:12]}… at this address does not hold what it is named by,"
                    " and was not used",
                    "Find out who can write to the address, remove the part there, and import"
                    " again.",
                )
            flush(beside)
            move(beside, cache / f"{digest}.parquet")
        finally:
            beside.unlink(missing_ok=True)

    def _get(self, digest: str, beside: Path) -> None:
        try:
            self.system.get_file(f"{self.root}/{digest}.parquet", str(beside))
        except FileNotFoundError:
            raise _mistake(
                f"the part {digest[:12]}… is not at this address",
                "Import again: what is missing is put there.",
            ) from None


def _open(address: str) -> _There:
    """Raises InputMistake where fsspec, or what it needs for the protocol, is not there."""
    try:
        import fsspec
    except ImportError:
        raise _mistake("parts lie at an address, and fsspec is not installed", INSTALL) from None
    protocol = protocol_of(address)
    try:
        fsspec.get_filesystem_class(protocol)
    except ValueError:
        raise _mistake(
            f"fsspec does not know the protocol {protocol}://",
            "Correct its spelling, or install the package that brings it.",
        ) from None
    except ImportError:
        raise _mistake(
            f"a package that fsspec needs for {protocol}:// is not installed",
            f"{_package(protocol)}; or take the key out of body.toml.",
        ) from None
    with _told("this address could not be opened", _UNREAD):
        system, root = fsspec.url_to_fs(address)
        return _There(system, str(root).rstrip("/"))


def _package(protocol: str) -> str:
    """What fsspec says of a protocol's package, such as: Install s3fs to access S3."""
    from fsspec.registry import known_implementations

    return str(known_implementations.get(protocol, {}).get("err") or "Install it").rstrip(".")


@contextlib.contextmanager
def _told(found: str, next_step: str) -> Iterator[None]:
    """A filesystem may raise anything at all. Only its kind is told."""
    try:
        yield
    except InputMistake:
        raise
    except Exception as error:
        raise _mistake(f"{found} ({_kind(error)})", next_step) from None


def _kind(error: Exception) -> str:
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return os.strerror(error.errno)
    words: dict[type[Exception], str] = {
        FileNotFoundError: "it is not there",
        PermissionError: "it may not be touched",
    }
    return words.get(type(error), type(error).__name__)


def _mistake(found: str, next_step: str) -> InputMistake:
    return InputMistake(Problem("body.toml", found, next_step=next_step, key="parts"))


def _each(work: Callable[[str], T], names: Iterable[str]) -> list[T]:
    with ThreadPoolExecutor(max_workers=ABREAST) as pool:
        try:
            return list(pool.map(work, names))
        except BaseException:  # none of those that wait is begun
            pool.shutdown(cancel_futures=True)
            raise


def _sound(path: Path) -> bool:
    """Whether a part lies there as it was named; what does not is removed."""
    try:
        known = path.stat()
    except FileNotFoundError:
        return False
    if _digest_once(path, known.st_size, known.st_mtime_ns) == path.stem:
        return True
    path.unlink(missing_ok=True)
    return False


@kept
def _digest_once(path: Path, size: int, changed: int) -> str:
    """A part is read several times in one run, and looked at once."""
    return _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
