"""A release: what may be shown of a body's current records, and why the rest is withheld.

It reaches for everything, so commands import it when they need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from .. import __version__
from ..chain.body import LEAST_FORCES, WHOLE, Body, InputMistake, Period, Problem, by_force
from ..chain.bundles.grounds import Grounds, grounds_of
from ..chain.bundles.merging import Held
from ..chain.claims import Claim, check, load_claims, windows_of
from ..chain.comparators import load_comparators
from ..chain.disclosure import (
    Protection,
    ground_of,
    offered,
    passages,
    protection,
    refuse,
    releases,
    tellings,
)
from ..chain.measures import Definition, Gathered, Result
from ..chain.measures.definitions import text_of
from ..chain.records import Letter
from ..site import Release
from ..site.codes import codes_of
from .check import tell_differences
from .importing import letter_of
from .tellings import tell_beside, tell_to_read


@dataclass(frozen=True)
class _Material:
    """What a release is made of, before anything is withheld.

    body       as its files have it; `shown` is by force where it is of a country
    published  the measures that the release has
    """

    body: Body
    shown: Body
    grounds: Grounds
    claims: Sequence[Claim]
    windows: Sequence[Period]
    held: Held
    published: Mapping[str, Definition]

    @property
    def country(self) -> bool:
        """Whether the release is by force."""
        return self.shown is not self.body


def today_of(body: Body) -> date:
    """The day on which a page of the body is made, in its zone."""
    return datetime.now(UTC).astimezone(body.zone).date()


def release_of(body: Body) -> Release:
    """What may be shown of a body's current records, beside all that it has released before."""
    return put_forward(body)[0]


def put_forward(body: Body) -> tuple[Release, Protection]:
    """A release, and what was withheld of it and why, from which its cells are sealed.

    What is put forward passes disclosure first, against every numbered release before it. Claims
    are then checked on what is left, so that no verdict rests on, or gives away, a figure that is
    withheld.
    """
    material = _material(body)
    done, passed = _protected(material)
    letter = letter_of(body, public=True)
    _refuse_what_tells(material, done, letter)
    done = done.beside(passed)
    return _release(material, done, letter), done


def _material(body: Body) -> _Material:
    grounds = grounds_of(body)
    claims = load_claims(body, grounds.definitions)
    country = len(body.file.forces) >= LEAST_FORCES
    if country:
        _suits_a_country(claims, body, grounds.definitions)
    windows = windows_of(claims)
    held = grounds.results(windows)
    tell_differences(held.differences)
    shown = by_force(body) if country else body
    published = _published(grounds, claims, held, country)
    return _Material(body, shown, grounds, claims, windows, held, published)


def _published(
    grounds: Grounds, claims: Sequence[Claim], held: Held, country: bool
) -> dict[str, Definition]:
    """The measures that a release has."""
    published = {key: d for key, d in grounds.definitions.items() if d.status == "published"}
    results, read = held.results, {r.measure for claim in claims for r in claim.reading}
    if grounds.snapshot is None:  # then nobody is asked for what a records table would hold
        seen = {key for claim in claims for key in claim.see} | read | set(results.measures)
        published = {key: d for key, d in published.items() if key in seen}
    if country:  # measures of which no force sent a record would be pages of nothing
        seen = {*results.counted, *read}
        published = {key: d for key, d in published.items() if key in seen}
    return published


def _protected(material: _Material) -> tuple[Protection, tuple[Result, ...]]:
    """What is put forward after disclosure, and what passed it elsewhere."""
    results, protected = material.held.results, material.held.protected
    named = {(r.measure, r.area, r.split) for c in material.claims for r in c.reading if r.split}
    places = {WHOLE, *(area.code for area in material.shown.areas)}
    rows = (
        row
        for key in material.published
        for row in (results.at(key, places) if material.country else results.of(key))
    )
    forward = offered(rows, material.windows, named)
    # What came in a bundle passed disclosure at the force, which knew what it withheld.
    passed = tuple(r for r in forward if r.measure in protected)
    others = (r for r in forward if r.measure not in protected)
    earlier, ground = releases(material.body), ground_of(material.shown)
    appetite = material.body.file.appetite
    done = protection(others, material.published, appetite, material.windows, earlier, ground)
    tell_beside(earlier, done.told)
    return done, passed


def _refuse_what_tells(material: _Material, done: Protection, letter: Letter) -> None:
    """Raise InputMistake for sentences that say a number that is withheld; tell of those that
    may."""
    published, areas = material.published, material.shown.areas
    texts = passages(material.claims, published.values(), letter)
    names = {area.code: area.name for area in areas}
    tell_to_read(refuse(tellings(texts, done.true, done.results, published, names)))


def _release(material: _Material, done: Protection, letter: Letter) -> Release:
    grounds, held, body = material.grounds, material.held, material.body
    codes = {name: each.names for name, each in grounds.codes.items()}
    figures = Gathered(done.results, held.source)
    return Release(
        body=material.shown.file,
        definitions=tuple(material.published.values()),
        texts={
            key: grounds.texts.get(key) or text_of(body, definition)
            for key, definition in material.published.items()
        },
        results=done.results,
        claims=check(
            material.claims, grounds.definitions, figures, material.shown, codes_of(codes)
        ),
        letter=letter,
        codes=codes,
        source=held.source,
        results_digest=held.digest,
        sources=held.sources,
        differing=tuple(sorted({each.title for each in held.differences})),
        made_on=today_of(body),
        version=__version__,
        comparators=load_comparators(body, material.published),
        seals=tuple(each.seal for each in grounds.received),
    )


def _suits_a_country(
    claims: Sequence[Claim], body: Body, definitions: Mapping[str, Definition]
) -> None:
    """Raises InputMistake for readings of an area within a force, whose figures a site by force
    has not got, and for measures that a force is said to count otherwise and nobody defined."""
    areas = {area.code: area.force for area in body.areas}
    problems = [
        Problem(
            f"claim {claim.key}",
            f"a reading is of '{reading.area}', and this body's record is by force",
            f"'all', or a force such as '{areas[reading.area]}'",
            "Read it for the force, or check it in the force's own record.",
            "area",
        )
        for claim in claims
        for reading in claim.reading
        if reading.area in areas
    ]
    problems += [
        Problem(
            "body.toml",
            f"{force.name} is said to count '{each.measure}' otherwise, which is no measure here",
            ", ".join(sorted(definitions)),
            "Correct the key of the measure.",
            "forces, counts_otherwise",
        )
        for force in body.file.forces
        for each in force.counts_otherwise
        if each.measure not in definitions
    ]
    if problems:
        raise InputMistake(problems)
