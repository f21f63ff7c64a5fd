"""What the office asks of a bundle for itself: is it for us, is it safe, is it the newest."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..body import Appetite, Body, InputMistake, Problem
from ..disclosure import Exposure, few, recoverable, small
from ..measures import Definition, load_definitions
from .archive import refused
from .bundle import Bundle
from .opening import Sealed


@dataclass(frozen=True)
class Definitions:
    """How the bundle's definitions stand to those that the office knows.

    same      word for word those that the office has
    differ    of a measure that the office has, and not its definition: key, our version, theirs
    unknown   of a measure that the office has not got
    """

    same: tuple[str, ...]
    differ: tuple[tuple[str, int, int], ...]
    unknown: tuple[str, ...]


def definitions_of(body: Body, bundle: Bundle) -> Definitions:
    """Compare the definitions with those shipped and the office's own."""
    ours: dict[str, Definition] = load_definitions(body)
    theirs = bundle.definitions
    known = [key for key in theirs if key in ours]
    return Definitions(
        same=tuple(key for key in known if ours[key].digest == theirs[key].digest),
        differ=tuple(
            (key, ours[key].version, theirs[key].version)
            for key in known
            if ours[key].digest != theirs[key].digest
        ),
        unknown=tuple(key for key in theirs if key not in ours),
    )


def for_this_body(body: Body, sealed: Sealed) -> None:
    """Raises InputMistake where the bundle names an area that the body does not know."""
    ours = {area.code for area in body.areas if area.force == sealed.force}
    strays = [area.code for area in sealed.manifest.areas if area.code not in ours]
    if strays:
        raise refused(
            sealed.name,
            f"it has figures for areas that body.toml does not have for this force:"
            f" {', '.join(strays)}",
            "Nothing was taken in. Add the areas to body.toml, or agree on their codes.",
        )


def newest(sealed: Sealed, last: Sealed | None, older: bool) -> str:
    """What the bundle's number says, in a sentence; empty where it is simply the next.

    Raises InputMistake for one that is not newer than what stands, unless `older` is wanted.
    """
    if last is None or sealed.digest == last.digest:
        return ""
    mine, theirs = last.manifest.number, sealed.manifest.number
    if theirs <= mine and not older:
        which = "older than" if theirs < mine else "another of the same number as"
        raise refused(
            sealed.name,
            f"this is bundle {theirs} of the force, {which} bundle {mine}, which stands here",
            "Nothing was taken in. Ask the force for its last one; to go back to this one, add"
            " --older.",
        )
    if theirs <= mine:
        return f"This is bundle {theirs}; bundle {mine} stood before it, and was set aside."
    if sealed.manifest.follows == last.digest:
        return ""
    if theirs == mine + 1:
        return f"It does not follow the bundle {mine} that stood here, but another of that number."
    return f"Between it and bundle {mine}, which stood here, {theirs - mine - 1} were not received."


def safe(bundle: Bundle, appetite: Appetite, where: str) -> tuple[Exposure, ...]:
    """Hold the results to the office's own appetite. Gives what is known to be under it.

    Those given are withheld counts that must be under the threshold and may be none: no more
    is told than that. Raises InputMistake where a number under the threshold is given or can be
    worked out, and where figures contradict each other.
    """
    problems = list(_laxer(bundle, appetite, where)) or list(_small(bundle, appetite, where))
    if problems:
        raise InputMistake(problems)
    try:
        found = recoverable(bundle.results, bundle.definitions, appetite)
    except ValueError as contradicted:
        raise refused(where, f"the figures of {contradicted} contradict each other") from None
    certain = sorted({each.where[0] for each in found if each.low > 1e-6})
    if certain:
        raise refused(
            where, f"small numbers can be worked out of the figures of {', '.join(certain)}"
        )
    return found


def _laxer(bundle: Bundle, appetite: Appetite, where: str) -> Iterator[Problem]:
    theirs = bundle.appetite.model_dump()
    for key, mine in appetite.model_dump().items():
        if theirs[key] < mine:
            yield Problem(
                where,
                f"its numbers were withheld by {key} = {theirs[key]}, and this body asks {mine}",
                next_step="Nothing was taken in. Send the force what `answerable ask` writes: it"
                " says how little may be shown.",
            )


def _small(bundle: Bundle, appetite: Appetite, where: str) -> Iterator[Problem]:
    """One problem for each measure that shows something too small. No number is told."""
    under = appetite.count_under
    for key, definition in bundle.definitions.items():
        mine = [r for r in bundle.results if r.measure == key]
        posts = definition.table == "posts"
        if any(
            (small(r, appetite) and not (posts and r.area == "all"))
            or few(r, appetite)
            or (posts and r.area != "all" and r.n is not None)
            or any(0 < number < under - r.rounded_to // 2 for _, number in r.excluded)
            for r in mine
        ):
            yield Problem(
                where,
                f"it shows a number of {key} that is too small to be shown",
                next_step="Nothing was taken in. Tell the force; its software should not have.",
            )
