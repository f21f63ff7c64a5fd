"""Keys: the force signs with one half, the office checks with the other.

Ed25519 (RFC 8032). A public key is written as the base64 of its 32 bytes; what two people
read to each other over the telephone is its fingerprint.
"""

import base64
import binascii
import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..body import Body, InputMistake, Problem
from ..records.store import canonical, write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PRIVATE = Path("keys") / "bundle.key"
"""Where the force's private key lies under `var/`, as PKCS 8 in PEM."""
CONFIRMED = Path("keys") / "forces.json"
"""Where the office keeps the public keys that it has confirmed, by force."""

GROUPS, EACH = 6, 4
"""A fingerprint is 96 bits of the key's SHA-256: nobody makes another key of the same one."""


def fingerprint(public_key: str) -> str:
    """A public key in six groups of four, to be read out and compared.

    Raises ValueError for text that is no public key.
    """
    digest = hashlib.sha256(public_bytes(public_key)).hexdigest()
    return " ".join(digest[i * EACH : (i + 1) * EACH] for i in range(GROUPS))


def public_bytes(public_key: str) -> bytes:
    """The 32 bytes of a public key. Raises ValueError for anything else."""
    try:
        raw = base64.b64decode(public_key.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("a public key is 44 characters of base64") from None
    if len(raw) != 32 or base64.b64encode(raw).decode() != public_key:
        raise ValueError("a public key is 44 characters of base64")
    return raw


def same_key(given: str, public_key: str) -> bool:
    """Whether what someone typed is a key, or its whole fingerprint in any spacing."""
    if given.strip() == public_key:
        return True
    return "".join(given.lower().split()) == fingerprint(public_key).replace(" ", "")


def public_of(private: "Ed25519PrivateKey") -> str:
    """The public half of a private key, as text."""
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def private_key(body: Body) -> tuple["Ed25519PrivateKey", bool]:
    """The force's private key, made at first use, and whether it was made just now.

    The file may be read by its owner alone. Raises InputMistake where it cannot be written, is
    no such key, or others may read it.
    """
    path = body.var / PRIVATE
    try:
        made = not path.exists()
        if made:
            _make(path)
        return _read(path), made
    except OSError as error:
        raise InputMistake(
            Problem(
                str(path),
                f"the signing key can be neither read nor made ({error.strerror})",
                next_step="Check the rights of the folder, then try again.",
            )
        ) from None


def _make(path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: of two that begin at once, one key stands and is never replaced.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise _unusable(path, "others than its owner may read it", f"Run: chmod 600 {path}")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(
            path,
            "this is not a signing key (Ed25519, PKCS 8 in PEM, without a password)",
            "Put the key back from its copy; without it a new one must be made and confirmed.",
        )
    return key


def _unusable(path: Path, found: str, next_step: str) -> InputMistake:
    return InputMistake(Problem(str(path), found, next_step=next_step))


# --- what the office has confirmed


def known_key(body: Body, force: str) -> str:
    """The public key by which a force is known to this body; empty where there is none.

    The one in `body.toml` comes first, then one that was confirmed with `--key`.
    """
    stated = next((each.public_key for each in body.file.forces if each.key == force), "")
    return stated or _confirmed(body).get(force, "")


def stated_key(body: Body, force: str) -> bool:
    """Whether `body.toml` itself says the force's key."""
    return any(each.public_key for each in body.file.forces if each.key == force)


def confirm(body: Body, force: str, public_key: str) -> None:
    """Keep a key that someone has confirmed. Raises OSError."""
    path = body.var / CONFIRMED
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, canonical(_confirmed(body) | {force: public_key}))


def _confirmed(body: Body) -> dict[str, str]:
    path = body.var / CONFIRMED
    if not path.is_file():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        for public_key in held.values():
            public_bytes(public_key)
    except (ValueError, AttributeError):
        raise _unusable(
            path,
            "this is not a list of confirmed keys",
            "Remove the file, and confirm the force's key again with: answerable receive --key",
        ) from None
    return {str(force): str(key) for force, key in held.items()}
