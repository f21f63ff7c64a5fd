"""Whether a bundle is the force's: never on its own word, never silently at first sight."""

from ..body import Body, InputMistake, Problem
from .archive import refused
from .keys import fingerprint, known_key, same_key, stated_key
from .opening import Sealed


def trusted(body: Body, sealed: Sealed, given: str = "") -> bool:
    """Hold the bundle's key to the one by which the body knows the force.

    given   a key or fingerprint that someone has just confirmed with the force
    Gives whether the key is new and to be kept. Raises InputMistake where the body does not
    oversee the force, where the key is not known, and where it is another.
    """
    forces = {force.key: force.name for force in body.file.forces}
    if sealed.force not in forces:
        raise refused(
            sealed.name,
            "it is of a force that this body does not oversee",
            f"This body oversees {', '.join(forces.values())}. Nothing was taken in.",
        )
    if given and not same_key(given, sealed.public_key):
        raise refused(
            "--key",
            f"{sealed.name} is signed with another key: {sealed.fingerprint}",
            "Compare the fingerprints with the force again. Nothing was taken in.",
        )
    known = known_key(body, sealed.force)
    if known == sealed.public_key:
        return False
    if known and (stated_key(body, sealed.force) or not given):
        raise _another(body, sealed, known)
    if not given:
        raise _unknown(body, sealed, forces[sealed.force])
    return True


def _another(body: Body, sealed: Sealed, known: str) -> InputMistake:
    change = (
        "change public_key of the force in body.toml"
        if stated_key(body, sealed.force)
        else "receive it again with --key and the new fingerprint"
    )
    return refused(
        sealed.name,
        f"signed with the key {sealed.fingerprint}, but the force's key here is"
        f" {fingerprint(known)}",
        "Nothing was taken in. Ring the force, on a number that you had before. If it has truly"
        f" changed its key, {change}.",
    )


def _unknown(body: Body, sealed: Sealed, name: str) -> InputMistake:
    return InputMistake(
        Problem(
            sealed.name,
            f"signed with a key that is not known here as that of {name}: {sealed.fingerprint}",
            next_step="Nothing was taken in. Ring the force, on a number that you had before, and"
            " have it read its fingerprint to you (`answerable bundle` prints it). If it is the"
            f" same: answerable receive {sealed.name} --body {body.folder} --key"
            f" '{sealed.fingerprint}'",
        )
    )
