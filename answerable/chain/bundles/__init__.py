"""Results without rows, signed: written at the force, checked and read at the office."""

from .asked import Asked, Wanted, asked_by, asked_text, read_asked
from .bundle import Bundle
from .changes import Changes, changes, lines
from .grounds import Grounds, grounds_of
from .keys import confirm, fingerprint, known_key, private_key
from .making import Made, bundle_of
from .merging import Held
from .opening import Seal, Sealed, open_bundle, unseal
from .receiving import Receipt, receive
from .signing import Signed, Written, sign, write_bundle
from .store import Received, received, standing

__all__ = [
    "Asked",
    "Bundle",
    "Changes",
    "Grounds",
    "Held",
    "Made",
    "Receipt",
    "Received",
    "Seal",
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
    "grounds_of",
    "known_key",
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
