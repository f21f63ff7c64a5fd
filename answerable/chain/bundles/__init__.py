"""Results without rows, signed: written at the force, checked and read at the office."""

from .asked import Asked, Wanted, asked_by, asked_text, read_asked
from .bundle import Bundle
from .changes import Changes, changes, lines
from .keys import confirm, fingerprint, private_key
from .making import bundle_of
from .opening import Sealed, open_bundle, unseal
from .receiving import Receipt, receive
from .signing import Signed, Written, sign, write_bundle
from .store import Received, received, standing

__all__ = [
    "Asked",
    "Bundle",
    "Changes",
    "Receipt",
    "Received",
    "Sealed",
    "Signed",
    "Wanted",
    "Written",
    "asked_by",
    "asked_text",
    "bundle_of",
    "changes",
    "confirm",
    "fingerprint",
    "lines",
    "open_bundle",
    "private_key",
    "read_asked",
    "receive",
    "received",
    "sign",
    "standing",
    "unseal",
    "write_bundle",
]
