"""What the office has received: the signed files as they came, and which of them stands.

`var/received/<digest>/bundle.zip` is never changed; `var/received/current` names one for each
force, replaced in one move. What is read is opened and checked again each time, so a file that
was altered on the disk is found.
"""

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ..body import WHOLE, Body, InputMistake, Problem
from ..measures import Result
from ..records.store import cannot_write, canonical, flush, write_whole
from .bundle import Bundle
from .opening import Seal, Sealed, open_bundle
from .trusting import trusted

FOLDER, CURRENT, FILE = "received", "current", "bundle.zip"


@dataclass(frozen=True)
class Received:
    """A bundle that stands at the office, with what names it in public."""

    bundle: Bundle
    seal: Seal

    @property
    def digest(self) -> str:
        return self.seal.digest


def received(body: Body) -> tuple[Received, ...]:
    """The bundle that stands for each force, in the order of the forces in `body.toml`.

    Where the body oversees several forces, the whole of one bundle is a part of the body's
    whole, so its area is the key of the force. Raises InputMistake where a file was altered,
    or is no longer signed with the force's key.
    """
    several = len(body.file.forces) > 1
    current = _current(body)
    found = []
    for force in body.file.forces:
        if force.key not in current:
            continue
        sealed = _opened(body, current[force.key])
        trusted(body, sealed)
        bundle = sealed.bundle
        if several:
            bundle = replace(bundle, results=tuple(_placed(r, force.key) for r in bundle.results))
        found.append(Received(bundle, sealed.seal))
    return tuple(found)


def standing(body: Body, force: str) -> Sealed | None:
    """The file that stands for a force; None before the first."""
    digest = _current(body).get(force)
    return None if digest is None else _opened(body, digest)


def has(body: Body, digest: str) -> bool:
    """Whether a bundle was received at any time."""
    return (body.var / FOLDER / digest / FILE).is_file()


def keep(body: Body, sealed: Sealed) -> None:
    """Take in a bundle that has passed every check: from now on it stands for its force.

    The file is whole on the disk before anything names it. Killed at any moment, the last
    good one stands. Raises InputMistake where the folder cannot be written.
    """
    folder = body.var / FOLDER
    beside = folder / f".{sealed.digest}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not has(body, sealed.digest):
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
            (beside / FILE).write_bytes(sealed.data)
            flush(beside / FILE)
            shutil.rmtree(folder / sealed.digest, ignore_errors=True)
            beside.replace(folder / sealed.digest)
        write_whole(folder / CURRENT, canonical(_current(body) | {sealed.force: sealed.digest}))
    except OSError as error:
        raise InputMistake(cannot_write(folder, error.errno)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _placed(result: Result, force: str) -> Result:
    return replace(result, area=force) if result.area == WHOLE else result


def _opened(body: Body, digest: str) -> Sealed:
    path = body.var / FOLDER / digest / FILE
    sealed = open_bundle(path)
    if sealed.digest != digest:
        raise _broken(path, "this is not the bundle that its folder names")
    return sealed


def _current(body: Body) -> dict[str, str]:
    path = body.var / FOLDER / CURRENT
    if not path.is_file():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {str(force): str(digest) for force, digest in held.items()}
    except (ValueError, AttributeError):
        raise _broken(path, "it does not say which bundle stands") from None


def _broken(path: Path, found: str) -> InputMistake:
    again = "Receive the force's last bundle again: answerable receive FILE"
    return InputMistake(Problem(str(path), found, next_step=again))
