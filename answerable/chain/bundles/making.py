"""Making a bundle at the force: what may be given of its records and figures, and audited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..body import Appetite, Body, Force, InputMistake, Problem
from ..claims import load_claims
from ..disclosure import (
    Exposure,
    Protection,
    Telling,
    bundles,
    exposed,
    given_away,
    ground_of,
    offered,
    passages,
    protection,
    refuse,
    tellings,
)
from ..disclosure.given import GIVEN, assumed
from ..measures import Definition, Result, load_codes
from ..measures.definitions import text_of
from ..measures.uses import uses_of
from ..records import Letter, last_import, write_letter
from .asked import Asked
from .bundle import Bundle, Papers
from .grounds import Grounds, grounds_of


@dataclass(frozen=True)
class Made:
    """A bundle, and what was withheld of it and why.

    to_read   sentences in it that may say a withheld number, for a person to read
    """

    bundle: Bundle
    protection: Protection
    to_read: tuple[Telling, ...] = ()


def bundle_of(body: Body, asked: Asked | None, software: str) -> Made:
    """What the force's current records, and the figures that it keeps, may give beside every
    bundle before, numbered 1 and following none.

    asked     the periods and splits that the office needs beside the usual ones
    software  the version of the software
    Raises InputMistake where there are neither records nor figures, where the body has several
    forces, where a small number could be worked out of what would be given, and where a text says
    a number that is withheld.
    """
    force = _one_force(body)
    grounds = replace(grounds_of(body), received=())
    definitions = dict(grounds.definitions)
    windows = asked.windows if asked else ()
    held = grounds.results(windows)
    results = held.results
    published = {k: definitions[k] for k in sorted(definitions)}
    published = {k: each for k, each in published.items() if each.status == "published"}
    if grounds.snapshot is None:  # then nothing is said of what only records could count
        published = {k: each for k, each in published.items() if k in results.measures}
    appetite = stricter(body.file.appetite, asked.appetite if asked else Appetite())
    forward = offered(
        (r for key in published for r in results.of(key)), windows, asked.named if asked else ()
    )
    earlier, ground = bundles(body, force.key), ground_of(body)
    protected = protection(forward, published, appetite, windows, earlier, ground)
    audited(assumed(forward), protected.results, published, appetite)
    letter = replace(_public_letter(grounds, definitions, appetite), source=held.source)
    areas = {area.code: area.name for area in body.areas}
    texts = passages((), published.values(), letter)
    to_read = refuse(tellings(texts, forward, protected.results, published, areas))
    bundle = Bundle(
        force=force.key,
        force_name=force.name,
        areas=tuple((area.code, area.name) for area in body.areas),
        number=1,
        follows="",
        software=software,
        source=held.source,
        results_digest=held.digest,
        appetite=appetite,
        asked=asked,
        results=protected.results,
        definitions=published,
        texts={
            key: grounds.texts.get(key) or text_of(body, definition)
            for key, definition in published.items()
        },
        codes={name: codes.names for name, codes in load_codes(body).items()},
        covers=grounds.snapshot.covers if grounds.snapshot else (),
        letter=letter,
        papers=_papers(grounds, protected.results),
    )
    return Made(bundle, protected, to_read)


def _papers(grounds: Grounds, results: Iterable[Result]) -> tuple[Papers, ...]:
    """The documents of the measures of which figures as given are in the bundle."""
    given = sorted({result.measure for result in results if result.grade in GIVEN})
    return tuple(
        Papers(key, tuple(sorted({one.source for one in grounds.figures if one.measure == key})))
        for key in given
    )


def _one_force(body: Body) -> Force:
    if len(body.file.forces) != 1:
        raise InputMistake(
            Problem(
                "body.toml",
                f"it names {len(body.file.forces)} forces, and a bundle is of one",
                "one force",
                "Give each force a folder of its own, and bundle each.",
                "forces",
            )
        )
    return body.file.forces[0]


def stricter(one: Appetite, other: Appetite) -> Appetite:
    """The appetite that withholds whatever either of two would."""
    mine, theirs = one.model_dump(), other.model_dump()
    return Appetite(**{key: max(mine[key], theirs[key]) for key in mine})


def audited(
    true: tuple[Result, ...],
    shown: tuple[Result, ...],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> None:
    """Raises InputMistake when a small count could be worked out of what is shown."""
    try:
        found = (
            *exposed(true, shown, definitions, appetite),
            *given_away(true, shown, definitions, appetite),
        )
    except ValueError as contradicted:
        raise InputMistake(
            Problem(
                str(contradicted),
                "its figures contradict each other, so it cannot be known what they give away",
                next_step="No bundle was written. Look at the records and the definition.",
            )
        ) from None
    if found:
        raise InputMistake(_given_away(found))


def _given_away(found: Iterable[Exposure]) -> Iterable[Problem]:
    """One problem for each measure. No count is told, nor where it stands."""
    for measure in sorted({each.where[0] for each in found}):
        yield Problem(
            measure,
            "small numbers could be worked out of what the bundle would give, so none was written",
            next_step="Withhold more by a stricter appetite in body.toml, or give fewer periods.",
        )


def _public_letter(
    grounds: Grounds, definitions: Mapping[str, Definition], appetite: Appetite
) -> Letter:
    """The public edition of the letter on the last import, by the appetite of the bundle; an
    empty one where nothing was ever imported."""
    body = grounds.body
    rests_on = {
        claim.key: [*(reading.measure for reading in claim.reading), *claim.see]
        for claim in load_claims(body, definitions)
    }
    if grounds.snapshot is None:
        return Letter(
            body=body.file.name, least=appetite.count_under, stopped=False, source="", arrived=(),
            unusable=(), blocked=(),
        )  # fmt: skip
    strict = replace(body, file=body.file.model_copy(update={"appetite": appetite}))
    return write_letter(strict, last_import(body), uses_of(definitions), rests_on, public=True)
