"""Receiving a bundle at the office: every check in its order, then it stands."""

from dataclasses import dataclass

from ..body import Body
from . import store
from .changes import Changes, changes
from .checking import Definitions, definitions_of, for_this_body, newest, safe
from .keys import confirm
from .opening import Sealed
from .trusting import trusted


@dataclass(frozen=True)
class Receipt:
    """What was taken in, and what it says that the last did not.

    key_kept   whether a key was confirmed and kept just now
    before     the bundle that stood until now; None for the first
    order      what its number says, where it is not simply the next
    under      withheld counts that are known to be under the threshold, and may be none
    """

    sealed: Sealed
    key_kept: bool
    before: Sealed | None
    order: str
    definitions: Definitions
    changes: Changes
    under: int


def receive(body: Body, sealed: Sealed, key: str = "", older: bool = False) -> Receipt:
    """Check a bundle and take it in.

    key     a key or fingerprint that someone has confirmed with the force
    older   take in a bundle that is not newer than the one that stands
    Raises InputMistake, and changes nothing, at the first check that fails: whose key it is,
    what is in it, whether it is for this body, whether it is the newest, whether it is safe.
    """
    new_key = trusted(body, sealed, key)
    bundle = sealed.bundle
    for_this_body(body, sealed)
    last = store.standing(body, sealed.force)
    order = newest(sealed, last, older)
    known = safe(bundle, body.file.appetite, sealed.name)
    before = last.bundle if last else None
    receipt = Receipt(
        sealed=sealed,
        key_kept=new_key,
        before=last,
        order=order,
        definitions=definitions_of(body, bundle),
        changes=changes(before, bundle, body.file.appetite.count_under) if before else Changes(),
        under=len(known),
    )
    if new_key:
        confirm(body, sealed.force, sealed.public_key)
    store.keep(body, sealed)
    return receipt
