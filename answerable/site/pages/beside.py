"""A measure beside similar forces and the country: by name, with how each of them counts."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from ...chain.body import WHOLE
from ...chain.comparators import Beside, Grouped, Line, beside, together_sentence
from ...chain.measures import Definition, Result
from ..markup import table
from ..public import Public
from ..sentences import interval_words, rests_on, value_words
from ..words import day_words, statistic_of

LIKE = {
    "same": "It is counted as ours is.",
    "differs": "Not like for like:",
    "unknown": "Whether it is counted as ours is, is not known, so it is not like for like.",
}


@dataclass(frozen=True)
class Shown:
    """One statistic beside others': a table, what a group comes to, and how each counts."""

    title: str
    table: SafeString
    together: str
    notes: tuple[str, ...]
    how: tuple[tuple[str, str, str, str], ...]


def beside_others(public: Public, definition: Definition) -> list[Shown]:
    """Each statistic of a measure for which others have figures over months that we have."""
    release = public.release
    found = beside(definition, public.shelf, release.comparators, release.body.appetite)
    return [_shown(public, definition, each) for each in found]


def _shown(public: Public, definition: Definition, found: Beside) -> Shown:
    words = statistic_of(found.statistic, definition)
    when = found.period.plain()
    rows = [_row(public.area_name(WHOLE), found.ours, definition, "")]
    rows += [_line(line, definition) for line in found.nations]
    met: dict[str, Line] = {line.name: line for line in found.nations}
    for group in found.groups:
        rows += [_line(line, definition) for line in group.lines if line.name not in met]
        met |= {line.name: line for line in group.lines}
    return Shown(
        f"{words.name}, {when}",
        table(
            f"{definition.title}: {words.name.lower()}, {when}, beside others",
            ("Who", words.name, "95% interval", "Rests on", "Remarks"),
            rows,
            words=frozenset({4}),
        ),
        " ".join(together_sentence(group, definition) for group in found.groups),
        tuple(note for group in found.groups for note in _notes(group)),
        tuple((x.name, x.how, _like(x), x.source) for x in met.values()),
    )


def _line(line: Line, definition: Definition) -> tuple[str, ...]:
    return _row(line.name, line.result, definition, "" if line.like else "not like for like")


def _row(name: str, result: Result, definition: Definition, remark: str) -> tuple[str, ...]:
    return (
        name,
        value_words(result, definition),
        interval_words(result, definition),
        rests_on(result),
        remark,
    )


def _like(line: Line) -> str:
    return f"{LIKE[line.same]} {line.differs}".strip()


def _notes(grouped: Grouped) -> list[str]:
    group = grouped.group
    until = f" to {day_words(group.until)}" if group.until else ""
    chosen = (
        f"{group.name}: chosen by {group.chosen_by}, from {day_words(group.since)}{until}. "
        f"{group.why} Source: {group.source.rstrip('.')}."
    )
    left = [f"{name}: {why}" for name, why in grouped.left_out]
    said = [chosen]
    if grouped.note:
        said.append(grouped.note)
    if left:
        said.append("Not shown: " + "; ".join(left) + ".")
    return said
