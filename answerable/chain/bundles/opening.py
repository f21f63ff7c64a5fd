"""Opening a bundle: the file, its digests and its signature, before anything in it is read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import archive
from .archive import refused
from .bundle import Bundle
from .contents import read_contents
from .keys import fingerprint, public_bytes
from .manifest import MANIFEST, SIGNATURE, Manifest, read_manifest


@dataclass(frozen=True)
class Seal:
    """What names a bundle in public, and lets anyone check that its force signed it.

    digest      of the manifest: the name of the bundle
    signature   of the manifest, in hexadecimal
    manifest    the manifest, word for word
    """

    force: str
    force_name: str
    number: int
    digest: str
    signature: str
    public_key: str
    manifest: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)

    @property
    def holds(self) -> bool:
        """Whether the key signed the manifest, and the digest is the manifest's."""
        try:
            signature = bytes.fromhex(self.signature)
        except ValueError:
            return False
        same = hashlib.sha256(self.manifest).hexdigest() == self.digest
        return same and signed_by(self.public_key, signature, self.manifest)


@dataclass(frozen=True)
class Sealed:
    """A bundle that is whole, and signed by the key that it names.

    Whose key that is, is for the office to know: `trusting.trusted` asks it.

    name        of the file, for messages
    digest      of the manifest: the name of the bundle
    signature   of the manifest, in hexadecimal
    data        the file
    """

    name: str
    digest: str
    signature: str
    manifest: Manifest
    members: Mapping[str, bytes]
    data: bytes

    @property
    def force(self) -> str:
        return self.manifest.force.code

    @property
    def public_key(self) -> str:
        return self.manifest.public_key

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.manifest.public_key)

    @property
    def seal(self) -> Seal:
        return Seal(
            force=self.force,
            force_name=self.manifest.force.name,
            number=self.manifest.number,
            digest=self.digest,
            signature=self.signature,
            public_key=self.public_key,
            manifest=self.manifest.written(),
        )

    @cached_property
    def bundle(self) -> Bundle:
        """What is in it, held to the contract. Raises InputMistake."""
        return read_contents(self.manifest, self.members, self.name)


def open_bundle(path: Path) -> Sealed:
    """Open a file. Raises InputMistake, in one sentence, unless it is whole and signed."""
    return unseal(archive.read_bounded(path), str(path))


def unseal(data: bytes, name: str) -> Sealed:
    """As `open_bundle`, of bytes."""
    members = archive.unpack(data, name)
    if MANIFEST not in members or SIGNATURE not in members:
        raise refused(name, "there is no signed manifest in it")
    written, signature = members.pop(MANIFEST), members.pop(SIGNATURE)
    manifest = read_manifest(written, name)
    if not signed_by(manifest.public_key, signature, written):
        raise refused(name, "its signature does not hold: it was altered, or is not the force's")
    if strays := sorted(members.keys() ^ manifest.members.keys()):
        raise refused(name, f"{len(strays)} of its members are not those that its manifest names")
    for member, entry in manifest.members.items():
        content = members[member]
        if len(content) != entry.bytes or hashlib.sha256(content).hexdigest() != entry.sha256:
            raise refused(name, f"its member {member} is not the one that the manifest names")
    digest = hashlib.sha256(written).hexdigest()
    return Sealed(name, digest, signature.hex(), manifest, members, data)


def signed_by(public_key: str, signature: bytes, content: bytes) -> bool:
    """Whether the private half of a public key signed the content (Ed25519)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(public_bytes(public_key))
        key.verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
