"""Signing a bundle, and its place in the row of those that the force has given."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..body import Body, InputMistake, Problem
from ..disclosure import Protection, Telling, Told, cells_beside, seal
from ..records.store import cannot_write, canonical, write_whole
from . import archive
from .asked import Asked
from .bundle import Bundle
from .changes import Changes, changes
from .contents import manifest_of, members_of
from .keys import fingerprint, private_key, public_of
from .making import bundle_of
from .manifest import MANIFEST, SIGNATURE
from .opening import open_bundle

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LAST = Path("bundles") / "last"
"""Under `var/`: number and digest of the last bundle, and a digest of what it says."""


@dataclass(frozen=True)
class Signed:
    """A bundle as it leaves the force. `digest` is of its manifest, and its name."""

    bundle: Bundle
    digest: str
    data: bytes


@dataclass(frozen=True)
class Last:
    """The last bundle. `says` is the digest that it would have were it the first."""

    number: int
    follows: str
    digest: str
    says: str


@dataclass(frozen=True)
class Written:
    """A bundle that was written.

    path         among the body's own bundles
    fingerprint  of the key with which it is signed
    key_made     whether that key was made just now
    repeats      whether it is the last bundle again, because nothing has changed
    since        what it says that the last one did not; None where it is the first
    to_read      sentences that may say a withheld number, for a person to read
    told         small numbers that earlier bundles give away between them
    """

    signed: Signed
    path: Path
    fingerprint: str
    key_made: bool
    repeats: bool
    since: Changes | None
    told: tuple[Told, ...] = ()
    to_read: tuple[Telling, ...] = ()


def write_bundle(body: Body, asked: Asked | None, software: str) -> Written:
    """Make, sign and keep the bundle of the force's current records.

    Raises InputMistake as `bundle_of` does, and where the key or the folder cannot be used.
    """
    made_of = bundle_of(body, asked, software)
    bundle = made_of.bundle
    private, made = private_key(body)
    last = _last(body)
    signed = numbered(bundle, private, last)
    since = None if last is None else _since(body, bundle, last)
    repeats = last is not None and last.digest == signed.digest
    path = _keep(body, signed, sign(bundle, private).digest, made_of.protection)
    told, to_read = made_of.protection.told, made_of.to_read
    print_ = fingerprint(public_of(private))
    return Written(signed, path, print_, made, repeats, since, told, to_read)


def _since(body: Body, bundle: Bundle, last: Last) -> Changes | None:
    """What the bundle says that the last one did not, where the last one is still there."""
    before = _path(body, bundle.force, last.number, last.digest)
    if not before.is_file():
        return None
    return changes(open_bundle(before).bundle, bundle, bundle.appetite.count_under)


def sign(bundle: Bundle, private: "Ed25519PrivateKey") -> Signed:
    """The bundle's bytes. The same bundle and key give the same bytes."""
    members = members_of(bundle)
    manifest = manifest_of(bundle, members, public_of(private)).written()
    every = {**members.data, MANIFEST: manifest, SIGNATURE: private.sign(manifest)}
    return Signed(bundle, hashlib.sha256(manifest).hexdigest(), archive.pack(every))


def numbered(bundle: Bundle, private: "Ed25519PrivateKey", last: Last | None) -> Signed:
    """Sign a bundle with the next number; if it says what the last one did, the last one again."""
    first = sign(bundle, private)
    if last is None:
        return first
    if last.says == first.digest:
        return sign(replace(bundle, number=last.number, follows=last.follows), private)
    return sign(replace(bundle, number=last.number + 1, follows=last.digest), private)


def _path(body: Body, force: str, number: int, digest: str) -> Path:
    return body.var / LAST.parent / f"{force}-{number:04}-{digest[:12]}.zip"


def _keep(body: Body, signed: Signed, says: str, done: Protection) -> Path:
    """Keep a bundle among those of the body, its cells first, and remember its number.

    Gives its path.
    """
    bundle = signed.bundle
    path = _path(body, bundle.force, bundle.number, signed.digest)
    last = Last(bundle.number, bundle.follows, signed.digest, says)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        seal(cells_beside(path), f"bundle {bundle.number}", done, bundle.appetite, body)
        write_whole(path, signed.data)
        write_whole(body.var / LAST, canonical(asdict(last)))
    except OSError as error:
        raise InputMistake(cannot_write(path.parent, error.errno)) from None
    return path


def _last(body: Body) -> Last | None:
    path = body.var / LAST
    if not path.is_file():
        return None
    try:
        return Last(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise InputMistake(
            Problem(
                str(path),
                "the number of the last bundle cannot be read",
                next_step="Put the file back from a copy; without it bundles begin at 1 again.",
            )
        ) from None
