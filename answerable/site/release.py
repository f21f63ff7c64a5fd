"""A release: everything that a site shows, and nothing that it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..chain.body import BodyFile
from ..chain.measures import Definition, Result


@dataclass(frozen=True)
class Arrived:
    """Records of one table that arrived: the months they cover and how many there are."""

    table: str
    title: str
    first: str
    last: str
    rows: int


@dataclass(frozen=True)
class Letter:
    """The public edition of the letter to the data owner.

    findings  counted; a count of None is withheld, because it is small
    blocks    keys of measures that could not be computed, with the reason
    """

    arrived: tuple[Arrived, ...] = ()
    findings: tuple["PublicFinding", ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublicFinding:
    """A finding as the public sees it: no file name, no detail of a value."""

    name: str
    words: str
    weight: str
    table: str
    column: str
    count: int | None


@dataclass(frozen=True)
class Release:
    """What a site is built from. Two equal releases give the same site, byte for byte.

    body         the public part of `body.toml`
    definitions  those whose status is `published`, in the order in which pages list them
    texts        each definition's TOML, verbatim, by key
    results      after `chain.disclosure.protect`: what is withheld has no numbers
    claims       checked claims (`chain.claims.CheckedClaim`), in the order of the register
    letter       the public edition
    source       digest of the snapshot
    results_digest  digest of the results before protection, for whoever holds the rows
    made_on      the day on which it was made; there is no time of day
    number       of the release; None in a preview
    version      of the software that made it
    codes        plain names of codes, by `table.column`
    """

    body: BodyFile
    definitions: tuple[Definition, ...]
    texts: Mapping[str, str]
    results: tuple[Result, ...]
    claims: tuple[Any, ...]
    letter: Letter
    codes: Mapping[str, Mapping[str, str]]
    source: str
    results_digest: str
    made_on: date
    number: int | None = None
    version: str = ""

    @property
    def preview(self) -> bool:
        """A release without a number is a preview, and every page says so."""
        return self.number is None
