"""A results bundle: what a force gives its office, without a single row."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..body import Appetite
from ..measures import Definition, Result
from ..records import Cover, Letter
from .asked import Asked


@dataclass(frozen=True)
class Papers:
    """The documents that the figures of a measure stood in, where they were not counted here."""

    measure: str
    papers: tuple[str, ...]


Codes = Mapping[str, Mapping[str, str]]
"""Plain names of codes, by `table.column`."""


@dataclass(frozen=True)
class Bundle:
    """Everything in a bundle. Equal bundles are equal files.

    force, force_name   whose records it rests on
    areas         codes and names of the areas that its results may name
    number        1 for the first bundle of a force, one more for each that differs
    follows       digest of the bundle before it; empty for the first
    software      version of the software that made it
    source        digest of the snapshot; where figures were given, of all that it rests on
    results_digest  digest of the results before anything was withheld, for whoever holds the rows
    appetite      by which numbers were withheld: the stricter of the force's and the asker's
    asked         what the office had asked for; None where it had not
    results       after disclosure: what is withheld has no numbers
    texts         each definition's TOML, word for word, by key
    codes         plain names of codes
    covers        the months that each source declares
    letter        the public edition
    papers        of the measures that rest on figures as given; none where all were counted
    """

    force: str
    force_name: str
    areas: tuple[tuple[str, str], ...]
    number: int
    follows: str
    software: str
    source: str
    results_digest: str
    appetite: Appetite
    asked: Asked | None
    results: tuple[Result, ...]
    definitions: Mapping[str, Definition]
    texts: Mapping[str, str]
    codes: Codes
    covers: tuple[Cover, ...]
    letter: Letter
    papers: tuple[Papers, ...] = ()

    @property
    def not_given(self) -> tuple[str, ...]:
        """Statistics of measures that the office asked for and that the bundle has nothing on."""
        wanted = () if self.asked is None else self.asked.wanted
        have = {(result.measure, result.statistic) for result in self.results}
        lacking = {(each.measure, each.statistic) for each in wanted} - have
        return tuple(f"{measure} ({statistic})" for measure, statistic in sorted(lacking))
