"""All that a body has to go on: its records, what its forces sent, and the figures it was given."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..body import Body, InputMistake, Period, Problem
from ..figures import (
    Difference,
    Figure,
    definitions_of,
    digest_of,
    read_kept,
    results_of,
    settled,
)
from ..measures import (
    CodeList,
    Codes,
    Counting,
    Definition,
    Result,
    compute,
    load_codes,
    load_definitions,
)
from ..records import Letter, Snapshot, current_snapshot
from .merging import BUNDLE, FIGURES, RECORDS, Held, Part, Source, held, names_of
from .store import Received, received


@dataclass(frozen=True)
class Grounds:
    """What a body has, before any result is worked out.

    definitions   shipped, own, and those made from figures of measures that nobody defined
    texts         the text of each definition that is in no file, word for word
    snapshot      the records; None where nothing was ever imported
    received      the bundle that stands for each force that sent one
    figures       one for each full name
    differences   between figures themselves
    """

    body: Body
    definitions: Mapping[str, Definition]
    texts: Mapping[str, str]
    snapshot: Snapshot | None
    received: tuple[Received, ...]
    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...]

    def results(self, windows: Iterable[Period] = (), engine: Counting | None = None) -> Held:
        """Every result of every source, the best grade first.

        windows   periods beside months, quarters, years and rolling years, such as those that
                  claims name
        engine    who counts the records; DuckDB unless said
        """
        named = tuple(windows)
        if self.snapshot is not None and not self.figures and not self.received:
            rows = compute(self.body, self.definitions, self.snapshot, named, engine=engine)
            only = records_source(self.snapshot)
            return Held(rows, self.snapshot.digest, rows.digest, (only,), self.differences)
        return held(tuple(self._parts(named, engine)), self.differences, names_of(self.figures))

    def of(self, keys: Collection[str]) -> "Grounds":
        """What there is on some measures alone."""
        return replace(
            self,
            definitions={key: each for key, each in self.definitions.items() if key in keys},
            figures=tuple(figure for figure in self.figures if figure.measure in keys),
            differences=tuple(d for d in self.differences if d.name.split()[0] in keys),
        )

    @property
    def codes(self) -> Codes:
        """Names of codes: the body's own first, then those that came with bundles."""
        found = dict(load_codes(self.body))
        for each in self.received:
            for name, names in each.bundle.codes.items():
                known = found.get(name)
                merged = {**names, **(known.names if known else {})}
                if known is None or merged != known.names:
                    found[name] = CodeList(
                        title=name, columns=(name,), source=each.bundle.force_name, names=merged
                    )
        return found

    def _parts(self, windows: Sequence[Period], engine: Counting | None) -> Iterator[Part]:
        if self.snapshot is not None:
            rows = compute(self.body, self.definitions, self.snapshot, windows, engine=engine)
            yield Part(records_source(self.snapshot), rows)
        for each in self.received:
            yield Part(bundle_source(each), self._counted_alike(each))
        if self.figures:
            papers = tuple(sorted({figure.source for figure in self.figures}))
            source = Source(FIGURES, "figures as given", digest_of(self.figures), papers)
            yield Part(source, results_of(self.figures, self.definitions, windows))

    def _counted_alike(self, received: Received) -> tuple[Result, ...]:
        """A bundle's results of the measures that stand here as the force counts them."""
        here = {key: each.digest for key, each in self.definitions.items()}
        return tuple(r for r in received.bundle.results if here.get(r.measure) == r.definition)


def records_source(snapshot: Snapshot) -> Source:
    return Source(RECORDS, "the records", snapshot.digest)


def bundle_source(received: Received) -> Source:
    bundle = received.bundle
    title = f"the bundle of {bundle.force_name}, number {bundle.number}"
    papers = tuple(sorted({paper for each in bundle.papers for paper in each.papers}))
    return Source(BUNDLE, title, received.digest, papers)


def defined(body: Body) -> tuple[dict[str, Definition], tuple[Figure, ...]]:
    """Every definition that holds for a body, with those that its figures make; and the figures.

    Raises InputMistake with every problem of its definitions and figures.
    """
    known, _ = _counted_by(body, received(body))
    figures = tuple(each.figure for each in read_kept(body))
    return known | definitions_of(figures, known)[0], figures


def _counted_by(
    body: Body, bundles: Sequence[Received]
) -> tuple[dict[str, Definition], dict[str, str]]:
    """The definitions by which a body's figures are counted, and the texts of those that came
    in bundles.

    Where there are no records here, a measure is what the force that counted it says it is.
    """
    known = load_definitions(body)
    texts: dict[str, str] = {}
    rows = _has_rows(body)
    for each in bundles:
        for key, definition in each.bundle.definitions.items():
            if key in known and (rows or known[key].digest == definition.digest or key in texts):
                continue
            known[key] = definition
            texts[key] = each.bundle.texts[key]
    return known, texts


def _has_rows(body: Body) -> bool:
    return (body.var / "current").is_file()


def _counted_otherwise(
    bundles: Iterable[Received], known: Mapping[str, Definition]
) -> Iterator[Difference]:
    """Measures that a bundle counts by another definition than stands here: not used."""
    for each in bundles:
        have = {result.measure for result in each.bundle.results if result.value is not None}
        for key, definition in each.bundle.definitions.items():
            if key in have and known[key].digest != definition.digest:
                said = (
                    (_version(known[key]), "the definition here"),
                    (_version(definition), bundle_source(each).title),
                )
                yield Difference(
                    f"{key} definition", f"{definition.title}, how it is counted", said, 0
                )


def _version(definition: Definition) -> str:
    return f"version {definition.version} ({definition.digest[:12]})"


def grounds_of(body: Body) -> Grounds:
    """What a body has to go on.

    Raises InputMistake with every problem of its definitions and figures, for a bundle that was
    altered, and where it has neither records nor bundles nor figures.
    """
    bundles = received(body)
    known, words = _counted_by(body, bundles)
    kept = read_kept(body)
    made, texts = definitions_of((each.figure for each in kept), known)
    figures, differences = settled(kept)
    snapshot = current_snapshot(body) if _has_rows(body) else None
    if snapshot is None and not figures and not bundles:
        raise InputMistake(
            Problem(
                str(body.folder),
                "nothing has been imported yet, and no bundle or figures are here",
                next_step=f"Import the extracts first: answerable import {body.folder}; or take in"
                f" a bundle: answerable receive FILE --body {body.folder}; or enter figures:"
                f" answerable figures {body.folder} FILE",
            )
        )
    differences = (*differences, *_counted_otherwise(bundles, known))
    return Grounds(body, known | made, words | texts, snapshot, bundles, figures, differences)


def letter_at(body: Body, rests_on: Mapping[str, Iterable[str]] | None = None) -> Letter | None:
    """The letter where nothing was imported here: that of the bundles, or an empty one where
    there are figures alone. None where records were imported, whose letter it then is, and
    where there is nothing at all.

    rests_on   claim → the measures that it rests on; those of the body, for what is blocked
    """
    if (body.var / "import.json").is_file():
        return None
    letters = [each.bundle.letter for each in received(body)]
    if not letters and not read_kept(body):
        return None
    return Letter(
        body=" and ".join(each.body for each in letters) or body.file.name,
        least=max((each.least for each in letters), default=body.file.appetite.count_under),
        stopped=any(each.stopped for each in letters),
        source=letters[0].source if len(letters) == 1 else "",
        arrived=tuple(arrived for each in letters for arrived in each.arrived),
        unusable=tuple(unusable for each in letters for unusable in each.unusable),
        blocked=tuple(
            replace(
                blocked,
                claims=tuple(
                    claim for claim, on in (rests_on or {}).items() if blocked.measure in on
                ),
            )
            for each in letters
            for blocked in each.blocked
        ),
    )
