"""The ground that places cover, in each of several releases.

A force takes in its areas; an area is split, merged or redrawn between two releases. So that
figures of different releases can be set against each other, the ground is cut into *plots*: a
plot lies, in every release, in one place alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..body import Body, InputMistake, Problem

Plot = tuple[str | None, ...]
"""The leaf in which a plot lies, in each release; None where it lay in none."""

REST = "~"
"""Ends the name of the ground of a place that lies in none of the places within it."""


@dataclass(frozen=True)
class Ground:
    """How places lie to each other.

    within      place → the place that it lies wholly in
    drawn_from  area → the areas of earlier releases that its ground was taken from. For a new
                area of which nothing is said, any that has gone since may have given to it.
    places      every area that there was, with figures or without; empty where it is not known
    """

    within: Mapping[str, str] = field(default_factory=dict)
    drawn_from: Mapping[str, Collection[str]] = field(default_factory=dict)
    places: Collection[str] = ()


def ground_of(body: Body) -> Ground:
    """The ground of a body as it now lies: areas in their forces, where there are several."""
    several = len(body.file.forces) > 1
    return Ground(
        {a.code: a.force for a in body.areas if a.code != a.force} if several else {},
        {area.code: area.drawn_from for area in body.areas if area.drawn_from is not None},
        tuple(sorted(area.code for area in body.areas)),
    )


def refuse_unsaid(earlier: Sequence[Ground], now: Ground) -> None:
    """Stop where several areas changed at once and nothing says what was drawn from what.

    A map tells a reader; the software would have to guess, and to guess that less is known than is.
    earlier   the ground of every release before this one
    Raises InputMistake.
    """
    known = [each for each in (*earlier, now) if each.places]
    if len(known) < 2 or not now.places:
        return
    then, here = set(known[-2].places), set(now.places)
    gone, come = sorted(then - here), sorted(here - then)
    unsaid = [area for area in come if area not in now.drawn_from]
    if len(gone) > 1 and len(come) > 1 and unsaid:
        raise InputMistake(_unsaid(area, gone) for area in unsaid)


def _unsaid(area: str, gone: Sequence[str]) -> Problem:
    return Problem(
        "body.toml",
        "it is new since the last release, and nothing says what it was drawn from",
        f"areas of then (gone since: {', '.join(gone)}), or none: []",
        "Say in `drawn_from` which areas its ground was taken from.",
        f"area {area}",
    )


def leaves(places: Iterable[str], within: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The pieces of ground that each place is made of: itself where nothing lies within it,
    else what lies within it and the rest."""
    found = sorted(places)
    inside: dict[str, list[str]] = {}
    for place in found:
        if within.get(place) in found:
            inside.setdefault(within[place], []).append(place)

    def of(place: str) -> tuple[str, ...]:
        if place not in inside:
            return (place,)
        return (place + REST, *(leaf for each in inside[place] for leaf in of(each)))

    return {place: of(place) for place in found}


def tops(places: Collection[str], within: Mapping[str, str]) -> list[str]:
    """The places that lie in no other of them."""
    return sorted(place for place in places if within.get(place) not in places)


def drawn_since(
    before: Collection[str], drawn: Sequence[Mapping[str, Collection[str]]]
) -> dict[str, Collection[str]]:
    """What the areas of a release were drawn from, as the places were called before.

    before   the places of an earlier release
    drawn    what each release since then says, this one last. More than one where those between
             had not the measure: what was drawn from an area of theirs, was drawn from what that
             was drawn from.
    Names of releases before that stay as they are.
    """
    found: dict[str, Collection[str]] = {}
    for said in drawn:
        back = dict(found)
        for area, givers in said.items():
            found[area] = {b for a in givers for b in ((a,) if a in before else back.get(a, (a,)))}
    return found


def plots(
    pieces: Sequence[Collection[str]], drawn: Sequence[Mapping[str, Collection[str]]]
) -> list[Plot]:
    """Every plot that there can be.

    pieces   the leaves of each release, in order of time
    drawn    what the areas of each were drawn from, as they were called in the release before it.
             Of a release before that, either none of the areas gone since is named, or all that
             gave.
    """
    paths: list[Plot] = [(leaf,) for leaf in sorted(pieces[0])] if pieces else []
    for number in range(1, len(pieces)):
        before, now = set(pieces[number - 1]), set(pieces[number])
        onward = _onward(before, now, drawn[number])
        paths = [
            (*path, leaf)
            for path in paths
            for leaf in (onward.get(path[-1], (None,)) if path[-1] is not None else (None,))
            if leaf in before or _fits(path, drawn[number].get(str(leaf), ()), pieces)
        ]
        reached = {path[-1] for path in paths}
        paths += [(*(None,) * number, leaf) for leaf in sorted(now - reached)]
    return paths


def _fits(path: Plot, said: Collection[str], pieces: Sequence[Collection[str]]) -> bool:
    """Whether ground that lay so can have come to an area, by what that was drawn from."""
    last = set(pieces[len(path) - 1])
    for was, there in zip(path, pieces, strict=False):
        named = set(said) & (set(there) - last)
        if was is not None and was not in last and named and was not in named:
            return False
    return True


def _onward(
    before: set[str], now: set[str], drawn: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Where the ground of each leaf may lie in the next release."""
    gone, come = sorted(before - now), sorted(now - before)
    onward: dict[str, list[str]] = {leaf: [leaf] for leaf in sorted(before & now)}
    for leaf in come:
        said = drawn.get(leaf)
        none = said is not None and not said
        for giver in () if none else sorted(before & set(said or ())) or gone:
            onward.setdefault(giver, []).append(leaf)
    return {leaf: tuple(there) for leaf, there in onward.items()}
