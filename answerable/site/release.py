"""A release: everything that a site shows, and nothing that it does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..chain.body import BodyFile
from ..chain.bundles import Seal
from ..chain.bundles.merging import Source
from ..chain.claims import CheckedClaim
from ..chain.comparators import Comparators
from ..chain.measures import Definition, Result
from ..chain.records import Letter


@dataclass(frozen=True)
class Release:
    """What a site is built from. Two equal releases give the same site, byte for byte.

    body         the public part of `body.toml`
    definitions  those whose status is `published`, in the order in which pages list them
    texts        each definition's TOML, verbatim, by key
    results      after `chain.disclosure.protect`: what is withheld has no numbers
    claims       in the order of the register, checked on the published results
    letter       the public edition
    source       digest of the snapshot
    results_digest  digest of the results before protection, for whoever holds the rows
    made_on      the day on which it was made; there is no time of day
    number       of the release; None in a preview
    version      of the software that made it
    comparators  similar forces and the country, as they publish themselves
    sources      what the figures rest on: records, bundles, figures as given
    differing    figures of which two sources say different things, by name, without a number
    codes        plain names of codes, by `table.column`
    seals        the results bundles among the sources, with what their forces signed
    """

    body: BodyFile
    definitions: tuple[Definition, ...]
    texts: Mapping[str, str]
    results: tuple[Result, ...]
    claims: tuple[CheckedClaim, ...]
    letter: Letter
    codes: Mapping[str, Mapping[str, str]]
    source: str
    results_digest: str
    made_on: date
    number: int | None = None
    version: str = ""
    comparators: Comparators = field(default_factory=Comparators)
    sources: tuple[Source, ...] = ()
    differing: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()

    @property
    def rests_on(self) -> tuple[Source, ...]:
        """The sources; one fixed copy of records where nothing else is said."""
        return self.sources or (Source("records", "the records", self.source),)

    @property
    def preview(self) -> bool:
        """A release without a number is a preview, and every page says so."""
        return self.number is None
