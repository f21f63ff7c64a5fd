"""The ledger, and a page for each claim that walks the chain down to the public letter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from ...chain.body import WHOLE, Period
from ...chain.bundles.merging import Source
from ...chain.charts import said
from ...chain.claims import (
    LABELS,
    PutToEach,
    Reading,
    Verdict,
    VerdictKind,
    Wording,
    by_chance,
    count,
)
from ...chain.measures import Definition, period_of, unit_of
from ...chain.measures.recipe import tables_of
from ...chain.statistics.false_alarms import number
from ..between import by_force
from ..drawing import drawn
from ..ledger import WORDED, entries, marks_of, tally
from ..markup import link, table, verdict
from ..page import Page
from ..public import Public
from ..sentences import interval_words, rests_on, sentence, value_words
from ..words import (
    RESTS,
    SAYS,
    SCOPE,
    day_words,
    grade_words,
    mark_of,
    split_words,
    statistic_of,
)

INDEX = ("claims/index.html", "What was claimed")


@dataclass(frozen=True)
class Read:
    """One reading as its page shows it."""

    number: int
    id: str
    mark: SafeString
    means: str
    asks: str
    when: str
    where: str
    split: str
    bound: str
    why: str
    agreed: bool
    verdict: Verdict
    default: SafeString | None
    default_sentence: str
    definition: Definition | None
    chart: SafeString | None
    reads: str
    figures: SafeString | None
    copy: str
    evidence: str
    forces: "ByForce | None" = None


@dataclass(frozen=True)
class ByForce:
    """The usual reading, put to each force: how many of each verdict, and all of them."""

    asks: str
    counts: tuple[tuple[int, SafeString], ...]
    chance: str
    table: SafeString


@dataclass(frozen=True)
class Told:
    """A retelling, with what it did to the scope of what was said."""

    words: str
    source: str
    scope: str
    note: str


def pages(public: Public) -> Iterator[Page]:
    yield Page(
        "claims/index.html",
        "claims.html",
        "What was claimed",
        {"entries": entries(public), "tally": tally(public.claims)},
    )
    for checked in public.claims:
        yield _page(public, checked)


def _page(public: Public, checked: Any) -> Page:
    claim = checked.claim
    worded = None if claim.as_worded == Wording.TESTABLE else WORDED[claim.as_worded]
    reads = [_read(public, r, i) for i, r in enumerate(checked.readings, 1)]
    if public.by_force:
        each = {found.number: _by_force(public, found) for found in by_force(public, checked)}
        reads = [replace(read, forces=each.get(read.number)) for read in reads]
    definitions = {r.definition.key: r.definition for r in reads if r.definition}
    seen = [public.definitions[key] for key in claim.see if key in public.definitions]
    return Page(
        f"claims/{claim.key}.html",
        "claim.html",
        f"Claim: {_short(claim.words)}",
        {
            "claim": claim,
            "said_on": day_words(claim.said_on),
            "source_link": claim.source if claim.source.startswith("https://") else "",
            "marks": [verdict(mark) for mark in marks_of(checked)],
            "worded": verdict(worded) if worded else None,
            "lacks": list(claim.lacks),
            "reads": reads,
            "chance": by_chance(each.reading.says for each in checked.readings),
            "told": [Told(t.words, t.source, SCOPE[t.scope], t.note) for t in claim.told_in],
            "definitions": list(definitions.values()),
            "tables": sorted({t for d in definitions.values() for t in tables_of(d)}),
            "rests": [_rests(source, public.by_force) for source in public.release.rests_on],
            "by_rows": any(source.kind != "figures" for source in public.release.rests_on),
            "seen": [_seen(public, d) for d in seen],
        },
        (INDEX,),
    )


def _by_force(public: Public, found: PutToEach) -> ByForce:
    """One reading force by force, in the order of names."""
    reading, judged = found.reading, found.verdicts
    definition = public.definitions[reading.measure]
    many = count(judged.values())
    rows = [
        (
            link(f"../{public.place(code)}#claims", public.area_name(code)),
            *(
                value_words(
                    public.shelf.one(definition.key, reading.statistic, code, period), definition
                )
                for period in (reading.period, reading.baseline)
            ),
            verdict(mark_of(each.verdict, each.label)),
        )
        for code, each in judged.items()
    ]
    when, before = (Period.parse(text).plain() for text in (reading.period, reading.baseline))
    chance = (
        f"If nothing had changed in any of the {many.told} forces that could be told, chance"
        f" alone would give “{LABELS[VerdictKind.SUPPORTED]}” to at most"
        f" {number(many.by_chance)} of them."
        if many.told and reading.says != "unchanged"
        else ""
    )
    words = statistic_of(reading.statistic, definition)
    return ByForce(
        f"{words.name}, {when} against {before}.",
        tuple((n, verdict(mark_of(kind))) for kind, n in many.kinds.items()),
        chance,
        table(
            f"{definition.title}: {words.name.lower()}, force by force",
            ("Force", when, before, "What the record shows"),
            rows,
            words=frozenset({3}),
        ),
    )


def _rests(source: Source, by_force: bool) -> dict[str, str]:
    """One source in words, with its digest."""
    title = source.title[:1].upper() + source.title[1:]
    kind = "country" if by_force and source.kind == "records" else source.kind
    return {"words": RESTS[kind].format(title=title), "digest": source.digest}


def _read(public: Public, read: Any, number: int) -> Read:
    reading, judged = read.reading, read.verdict
    definition = public.definitions.get(reading.measure)
    mark = mark_of(judged.verdict, judged.label)
    chart = (
        public.chart(definition, reading.statistic, reading.area, reading.split)
        if definition
        else None
    )
    default = read.default
    return Read(
        number,
        f"reading-{number}",
        verdict(mark),
        mark.means,
        SAYS[reading.says],
        _when(reading),
        public.area_name(reading.area),
        split_words(reading.split, definition, public.release.codes)
        if reading.split and definition
        else "",
        f"{reading.bound_by}, {day_words(reading.bound_on)}",
        reading.why,
        reading.agreed_with_force,
        judged,
        verdict(mark_of(default.verdict, default.label)) if default else None,
        default.sentence if default else "",
        definition,
        _chart(public, chart, definition, reading, number),
        said(chart) if chart else "",
        _figures(public, definition, reading) if definition else None,
        _copy(judged),
        grade_words(judged.grade) if judged.grade else "",
    )


def _when(reading: Reading) -> str:
    """'by 31 May 2023, looked at over May 2023 to November 2023', or a period and its baseline."""
    period = Period.parse(reading.period).plain() if reading.period else ""
    if reading.on:
        by = f"by {day_words(reading.on)}"
        return f"{by}, looked at over {period}" if period else by
    if not reading.baseline:
        return period
    return f"{period}, against {Period.parse(reading.baseline).plain()}"


def _chart(
    public: Public, chart: Any, definition: Definition | None, reading: Reading, number: int
) -> SafeString | None:
    if chart is None or definition is None:
        return None
    words = statistic_of(reading.statistic, definition)
    unit = unit_of(definition, reading.statistic)
    place = public.area_name(reading.area)
    return drawn(chart, definition, words, unit, place, f"reading-{number}-chart")


def _figures(public: Public, definition: Definition, reading: Reading) -> SafeString | None:
    """The published figures of the period and of its baseline."""
    rows = []
    for text in (reading.period, reading.baseline):
        if not text:
            continue
        result = public.shelf.one(
            definition.key, reading.statistic, reading.area, text, reading.split
        )
        if result is not None:
            rows.append(
                (
                    period_of(text).plain(),
                    value_words(result, definition),
                    interval_words(result, definition),
                    rests_on(result),
                )
            )
    if not rows:
        return None
    words = statistic_of(reading.statistic, definition)
    caption = f"{definition.title}: {words.name.lower()}, {public.area_name(reading.area)}"
    return table(caption, ("Period", words.name, "95% interval", "Rests on"), rows)


def _copy(judged: Verdict) -> str:
    """A line that stands alone: the verdict, what is recorded and from what."""
    grade = f" Evidence: {judged.grade}." if judged.grade else ""
    return f"{judged.label[:1].upper()}{judged.label[1:]}. {judged.sentence}{grade}"


def _seen(public: Public, definition: Definition) -> tuple[Definition, str]:
    result = public.headline(definition)
    words = sentence(result, definition, public.area_name(WHOLE)) if result else ""
    return definition, words


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
