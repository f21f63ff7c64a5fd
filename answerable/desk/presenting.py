"""What pages show of figures, claims and answers."""

from typing import Any

from django.utils.safestring import SafeString

from ..chain.body import Period
from ..chain.body.periods import NAMES
from ..chain.claims import Verdict, by_chance
from ..chain.claims.doubt import listed
from ..chain.figures import Figure
from ..chain.measures import Grade, Status, shown
from ..chain.papers.page import evidence
from ..chain.statistics.phases import LEAST_FOR_LIMITS
from ..chain.texts import Assertion
from ..site.markup import safe, table
from ..site.markup import verdict as mark
from ..site.words import SAYS, mark_of
from .taken import ask, drawing, offered
from .things import Answer, Asked, Given
from .worded import GOOD, worded

NO_FIGURE = {
    Status.SUPPRESSED: "withheld",
    Status.MISSING: "no figure",
}


def figures_table(given: Given) -> SafeString:
    """Every figure, with where it stands in its source."""
    parts = any(f.numerator is not None for f in given.figures)
    bases = not parts and any(f.denominator is not None for f in given.figures)
    counts = ["How many", "Out of"] if parts else ["Rests on"] if bases else []
    columns = ["Period", "Figure", *counts, "Where it stands"]
    rows = [
        [
            short(f.period),
            value_of(f),
            *([_count(f.numerator)] if parts else []),
            *([_count(f.denominator)] if counts else []),
            f.place,
        ]
        for f in given.figures
    ]
    last = frozenset({len(columns) - 1})
    return table("Every figure, and where it stands", columns, rows, words=last)


def value_of(figure: Figure) -> str:
    """A figure in words, or why there is none."""
    if figure.known is None:
        return NO_FIGURE.get(figure.status, str(figure.status))
    return shown(figure.known, figure.unit, figure.per)


def short(period: Period) -> str:
    """'Apr 2023', '2023/24-Q1', 'Jan 2022 to Dec 2022': for the first column of a table."""
    if period.text[4:5] == "/" or "Q" in period.text:
        return period.text
    first, last = (f"{NAMES[m.month - 1][:3]} {m.year}" for m in (period.first, period.last))
    return first if first == last else f"{first} to {last}"


def _count(number: float | None) -> str:
    return "" if number is None else f"{number:,.10g}"


def so_far(given: Given, asked: Asked | None = None) -> list[tuple[str, str]]:
    """What is understood so far, in pairs."""
    first, last = given.months
    lines = [
        ("From", given.source),
        ("Figures", given.full),
        ("They reach", f"{first.plain()} to {last.plain()}, {len(given.figures)} figures"),
    ]
    if asked is not None:
        lines.append(("Said of them", f"{SAYS[asked.says]}; {GOOD[asked.better]}"))
    return lines


def answer_words(answer: Answer) -> dict[str, Any]:
    """The verdict, and the usual reading's, as marks and sentences."""
    asked, usual, verdict = answer.asked, answer.usual, answer.verdict
    svg, says = drawing(answer, standalone=False)
    found = ask(answer)
    return {
        "mark": _mark(verdict),
        "recorded": verdict.recorded,
        "more": verdict.sentence.removeprefix(verdict.recorded).strip(),
        "worded": worded(asked),
        "asks": SAYS[asked.says],
        "good": GOOD[asked.better],
        "period": asked.period.plain(),
        "baseline": asked.baseline.plain() if asked.baseline else "",
        "usual_mark": _mark(usual) if usual else "",
        "chance": by_chance([asked.says]),
        "chart": safe(svg),
        "says": says,
        "enough": LEAST_FOR_LIMITS,
        "wanted": found.wanted,
        "limits": evidence(Grade(verdict.grade)) if verdict.grade else "",
        "papers": offered(answer),
    }


FAMILIES = {
    "cps_referral": "referrals to prosecutors", "orders": "protective orders", "other": "something"
    " else", "recorded_volume": "how many were recorded", "arrest": "arrests", "victims_code":
    "the Victims’ Code", "status": "status",
}  # fmt: skip
KINDS = {
    "trend": "that it moved, or did not",
    "target": "where it stands against a target",
    "level": "how high or low it is",
    "count": "how many there are",
    "comparison": "how it compares with others",
    "status": "that something is in place or was done",
}
WAYS = {
    "up": "the figure went up", "down": "the figure went down", "flat": "the figure stayed",
    "above": "above", "below": "below", "none": "",
}  # fmt: skip


def asserted(said: Assertion) -> list[tuple[str, str]]:
    """What a sentence asserts, in pairs of words."""
    numbers = [
        f"{v:,.10g}{'' if u == '%' else ' '}{u}".strip()
        for v, u in zip(said.value, (*said.unit, *[""] * len(said.value)), strict=False)
    ]
    family = FAMILIES.get(said.measure_family, said.measure_family.replace("_", " "))
    pairs = [
        ("Speaks of", family),
        ("Says", KINDS[said.kind]),
        ("Which way", WAYS[said.direction]),
        ("Numbers", listed(numbers)),
        ("Period", _period(said.period)),
        ("Area", said.area),
        ("Speaker", said.speaker),
    ]
    return [(what, words) for what, words in pairs if words]


def told(said: Assertion) -> str:
    """One statement among others: its words, and what they assert."""
    pairs = dict(asserted(said))
    means = [pairs.get(what, "") for what in ("Speaks of", "Which way", "Numbers", "Period")]
    return f"“{said.text}” ({'; '.join(filter(None, means))})"


def _period(text: str) -> str:
    """A period in words, where the sentence fixes one; else its own words."""
    try:
        return Period.parse(text).plain()
    except ValueError:
        return text


def _mark(found: Verdict) -> SafeString:
    return mark(mark_of(found.verdict, found.label))
