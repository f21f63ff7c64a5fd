"""A page for each measure: question, sentence, chart, table, areas, splits, what to know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from ...chain.body import WHOLE
from ...chain.charts import said
from ...chain.measures import Definition, Grade, Grain, Result, Status, period_of
from ...chain.statistics import false_alarms
from ...chain.statistics.chart import SIGNAL_WORDS
from ..drawing import drawn
from ..ledger import entry
from ..markup import link, table
from ..page import Page
from ..public import Public
from ..sentences import interval_words, rests_on, sentence, value_words
from ..words import (
    FAMILY,
    KIND_WORDS,
    STATUS,
    STATUS_MEANS,
    Statistic,
    day_words,
    grade_words,
    statistic_of,
)
from .beside import beside_others
from .between import beside_forces
from .splits import splits, steps

INDEX = ("measures/index.html", "Measures")


@dataclass(frozen=True)
class Card:
    """A measure in brief, for lists."""

    key: str
    title: str
    question: str
    value: str
    gloss: str
    when: str
    status: str


@dataclass(frozen=True)
class Section:
    """One statistic of a measure: sentence, chart, table of months."""

    id: str
    name: str
    statistic: Statistic
    sentence: str
    chart: SafeString | None
    reads: str
    months: SafeString | None
    open: bool


def card(public: Public, definition: Definition, area: str = WHOLE) -> Card:
    """The measure's headline in brief, for one area."""
    result = public.headline(definition, area)
    if result is None:
        return Card(definition.key, definition.title, definition.question, "", "", "", "no figure")
    statistic = statistic_of(result.statistic, definition)
    return Card(
        definition.key,
        definition.title,
        definition.question,
        value_words(result, definition),
        statistic.name if not statistic.means else f"{statistic.name}: {statistic.means}",
        period_of(result.period).plain(),
        "" if result.value is None else STATUS[result.status],
    )


def families(public: Public) -> list[tuple[str, list[Card]]]:
    """Cards of every measure, under public headings."""
    found: dict[str, list[Card]] = {}
    for definition in public.measures:
        title = FAMILY.get(definition.family) or definition.family.replace("_", " ").capitalize()
        found.setdefault(title, []).append(card(public, definition))
    return list(found.items())


def pages(public: Public) -> Iterator[Page]:
    yield Page("measures/index.html", "measures.html", "Measures", {"families": families(public)})
    for definition in public.measures:
        yield _page(public, definition)


def _page(public: Public, definition: Definition) -> Page:
    result = public.headline(definition)
    before = public.shelf.year_before(result) if result is not None else None
    whole = public.area_name(WHOLE)
    sections = [
        section(public, definition, statistic)
        for statistic in public.statistics(definition)
        if public.shelf.series(definition.key, statistic)
    ]
    return Page(
        f"measures/{definition.key}.html",
        "measure.html",
        definition.title,
        {
            "definition": definition,
            "value": value_words(result, definition),
            "gloss": card(public, definition).gloss,
            "sentence": sentence(result, definition, whole) if result else "",
            "before": value_words(before, definition) if before else "",
            "when": period_of(result.period).plain() if result else "",
            "main": sections[0] if sections else None,
            "others": sections[1:],
            "chance": _chance(public, definition, [each.name for each in sections]),
            "years": _years(public, definition),
            "areas": None if public.by_force else _areas(public, definition, result),
            "forces": beside_forces(public, definition),
            "beside": beside_others(public, definition),
            "splits": splits(public, definition, result),
            "steps": steps(public, definition, result),
            "better": KIND_WORDS[definition.better],
            "target": _target(definition),
            "matters": _matters(definition),
            "statuses": _statuses(public, definition),
            "grades": _grades(public, definition),
            "rounded_to": max(r.rounded_to for r in public.shelf.of(definition.key)),
            "entries": [entry(checked, public) for checked in public.claims_on(definition.key)],
        },
        (INDEX,),
    )


def _chance(public: Public, definition: Definition, statistics: Sequence[str]) -> str:
    """What chance alone would give on a measure's charts of the whole; empty for one chart."""
    charts = [public.chart(definition, statistic) for statistic in statistics]
    found = false_alarms(chart for chart in charts if chart is not None)
    return found.sentence if found.looked_at > 1 else ""


def section(public: Public, definition: Definition, statistic: str, area: str = WHOLE) -> Section:
    """One statistic's months: the chart, what it says, and the table beneath it."""
    series = public.shelf.series(definition.key, statistic, area)
    chart = public.chart(definition, statistic, area)
    words = statistic_of(statistic, definition)
    last = next((r for r in reversed(series) if r.value is not None), None)
    name = public.area_name(area)
    return Section(
        f"{statistic}-{area}".replace("_", "-"),
        statistic,
        words,
        sentence(last, definition, name) if last else "",
        drawn(chart, definition, words, series[0].unit, name, f"{statistic}-{area}-chart")
        if chart
        else None,
        said(chart) if chart else "",
        _months(series, chart, definition, words, name) if series else None,
        any(result.status == Status.PROVISIONAL for result in series),
    )


def _months(
    series: Sequence[Result], chart: Any, definition: Definition, words: Statistic, name: str
) -> SafeString:
    signals = {p.x: p.signals for p in chart.points} if chart else {}
    rows = [
        (
            period_of(r.period).plain(),
            value_words(r, definition),
            interval_words(r, definition),
            rests_on(r),
            _remarks(r, signals.get(r.period, ())),
        )
        for r in reversed(series)
    ]
    caption = f"{definition.title}: {words.name.lower()}, by month, {name}"
    columns = ("Month", words.name, "95% interval", "Rests on", "Remarks")
    return table(caption, columns, rows, words=frozenset({4}))


def _remarks(result: Result, signals: Sequence[str]) -> str:
    said = [STATUS[result.status]] if result.value is not None else []
    return "; ".join(word for word in (*said, *(SIGNAL_WORDS[s] for s in signals)) if word)


def _years(public: Public, definition: Definition) -> SafeString | None:
    statistic = public.statistics(definition)[0]
    years = public.shelf.series(definition.key, statistic, grain=Grain.YEAR)
    series = [result for result in years if result.status != Status.MISSING]
    if not series:
        return None
    rows = [
        (
            period_of(r.period).plain(),
            value_words(r, definition),
            interval_words(r, definition),
            rests_on(r),
            STATUS[r.status] if r.value is not None else "",
        )
        for r in reversed(series)
    ]
    columns = (
        "Financial year",
        statistic_of(statistic, definition).name,
        "95% interval",
        "Rests on",
        "Remarks",
    )
    caption = f"{definition.title}, by financial year, {public.area_name(WHOLE)}"
    return table(caption, columns, rows, words=frozenset({4}))


def _areas(public: Public, definition: Definition, whole: Result | None) -> SafeString | None:
    """The headline for each area, over the same months as the whole."""
    if whole is None:
        return None
    rows = []
    for code in public.areas:
        result = public.shelf.one(definition.key, whole.statistic, code, whole.period)
        if result is None:
            continue
        name = public.area_name(code)
        rows.append(
            (
                name if code == WHOLE else link(f"../{public.place(code)}#{definition.key}", name),
                value_words(result, definition),
                interval_words(result, definition),
                rests_on(result),
            )
        )
    if len(rows) < 2:
        return None
    words = statistic_of(whole.statistic, definition)
    caption = f"{definition.title}: {words.name.lower()} by area, {period_of(whole.period).plain()}"
    return table(caption, ("Area", words.name, "95% interval", "Rests on"), rows)


def _target(definition: Definition) -> str:
    target = definition.target
    if target is None:
        return ""
    side = "at most" if target.at_most is not None else "at least"
    value = target.at_most if target.at_most is not None else target.at_least
    return f"{side} {value}, since {day_words(target.since)}. Set by: {target.source.rstrip('.')}."


def _matters(definition: Definition) -> str:
    matters = definition.matters
    return f"{matters.by}. {matters.why}" if matters else ""


def _grades(public: Public, definition: Definition) -> list[str]:
    """The grades of evidence that occur on this page, best first, with their limits."""
    present = {result.grade for result in public.shelf.of(definition.key)}
    return [grade_words(grade) for grade in Grade if grade in present]


def _statuses(public: Public, definition: Definition) -> list[tuple[str, str]]:
    """The statuses that occur on this page, with what they mean."""
    present = {result.status for result in public.shelf.of(definition.key)}
    return [(STATUS[s], STATUS_MEANS[s]) for s in Status if s in present and s in STATUS_MEANS]
