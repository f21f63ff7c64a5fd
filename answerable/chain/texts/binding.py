"""From what a text asserts to the draft of a claim: which measures could test it, and what a
person must still decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from ..body import WHOLE, Area, Period
from ..claims import COMPARES, Claim, Wording, default_periods
from ..claims.claim import Says
from ..claims.direction import better_of
from ..measures import Definition
from .assertion import Assertion
from .vocabulary import vocabulary

SAYS: tuple[Says, ...] = get_args(Says)
_SHARE_STATISTICS = (
    "within_target",
    "eligible_within_target",
    "rate",
    "satisfied",
    "coverage",
    "ratio",
    "completed",
)
_TIME_STATISTICS = ("median", "p90", "median_open_days")
_COUNT_STATISTICS = ("count", "numerator", "reached", "open")
_TIMES = frozenset(("seconds", "minutes", "hours", "days", "weeks", "months"))
_NEARLY = ("just", "slightly", "marginally", "narrowly", "shade", "fraction")


@dataclass(frozen=True)
class Candidate:
    """One way in which an assertion could be read: a measure, its statistic, what it says."""

    measure: str
    title: str
    statistic: str
    says: Says
    why: str


@dataclass(frozen=True)
class Draft:
    """A claim that a person has still to finish.

    key         made from the day and the words
    as_worded   testable only where the words leave nothing open
    candidates  the likeliest first; none where no measure of the body has to do with it
    period, baseline  what the words fix, else the default: the last twelve complete months when
                it was said, against the twelve before
    named       whether the words fix the period themselves
    decide      what a person must decide, each a plain sentence
    """

    assertion: Assertion
    key: str
    as_worded: Wording
    lacks: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    area: str
    period: Period
    baseline: Period
    named: bool
    decide: tuple[str, ...]


def bind(
    assertion: Assertion,
    definitions: Mapping[str, Definition],
    said_on: date,
    areas: Sequence[Area] = (),
) -> Draft:
    """The draft of a claim for an assertion.

    definitions  the measures of the body, as `load_definitions` gives them
    said_on      when it was said; the default periods end before its month
    areas        of the body, so that a place that is named becomes its code
    """
    found = candidates(assertion, definitions)
    period, baseline, named = _periods(assertion, said_on)
    area, unknown = _area(assertion, areas)
    return Draft(
        assertion,
        key_of(assertion, said_on),
        _as_worded(assertion),
        assertion.missing,
        found,
        area,
        period,
        baseline,
        named,
        _decide(assertion, found, named, unknown),
    )


def candidates(
    assertion: Assertion, definitions: Mapping[str, Definition]
) -> tuple[Candidate, ...]:
    """The measures of an assertion's family, each with the statistic that its words fit."""
    families = vocabulary().defined_as(assertion.measure_family)
    found = [
        candidate
        for definition in definitions.values()
        if definition.family in families and definition.status != "archived"
        for candidate in _ways(assertion, definition)
    ]
    words = set(assertion.text.lower().replace("-", " ").split())
    return tuple(sorted(found, key=lambda each: (-_alike(each, words), each.measure)))


def _alike(candidate: Candidate, words: set[str]) -> int:
    """How many words of its title a text shares: a hint for the order, no more."""
    title = set(candidate.title.lower().replace("-", " ").split())
    return len({word for word in title & words if len(word) > 3})


def _ways(assertion: Assertion, definition: Definition) -> list[Candidate]:
    why = f"the words speak of {assertion.measure_family.replace('_', ' ')}"
    return [
        Candidate(definition.key, definition.title, statistic, says, why)
        for statistic in _statistics(assertion, definition)
        if (says := _says(assertion, definition, statistic)) is not None
    ]


def _statistics(assertion: Assertion, definition: Definition) -> tuple[str, ...]:
    """The statistics of a measure that the words may mean: a number, a rate, or either."""
    rated = any(word in assertion.text.lower() for word in (" rate", " per ", "proportion"))
    if assertion.kind in ("trend", "comparison") and definition.kind == "ratio":
        return ("ratio",) if rated else ("numerator", "ratio")
    one = _statistic(assertion, definition)
    return (one,) if one else ()


def _statistic(assertion: Assertion, definition: Definition) -> str:
    """The statistic of a measure that fits the unit in the words; its first where none does."""
    units = set(assertion.unit)
    if assertion.kind == "status":
        return next((s for s in ("open", "coverage") if s in definition.statistics), "")
    if assertion.kind in ("trend", "comparison"):
        return definition.statistics[0]  # a percentage here is the size of a change
    if units & _TIMES and "%" not in units:
        fits: tuple[str, ...] = _TIME_STATISTICS
    elif units & {"%", "percentage points"}:
        fits = _SHARE_STATISTICS
    elif assertion.kind == "count":
        fits = _COUNT_STATISTICS
    else:
        return definition.statistics[0]
    return next((name for name in fits if name in definition.statistics), "")


def _says(assertion: Assertion, definition: Definition, statistic: str) -> Says | None:
    """What a reading would say, in the direction of the measure."""
    better = better_of(definition, statistic)
    if assertion.kind == "status":
        return "in_place"
    if assertion.kind == "comparison":
        return "outlier"
    if assertion.kind in ("level", "count"):
        return "value" if assertion.value else None
    if assertion.kind == "target":
        return None if better == "neither" else _held_to(assertion, better)
    if assertion.direction == "flat":
        return "unchanged"
    up = assertion.direction == "up"
    if better == "neither" or assertion.measure_family == "recorded_volume":
        return "rose" if up else "fell"
    if statistic in _SHARE_STATISTICS and definition.kind == "duration":
        up = not up  # quicker is a larger share within the time
    return "improved" if up == (better == "higher") else "worsened"


def _held_to(assertion: Assertion, better: str) -> Says:
    good = "above" if better == "higher" else "below"
    if assertion.direction == good:
        return "meets"
    words = assertion.text.lower().split()
    return "just_misses" if any(word in words for word in _NEARLY) else "misses"


def _periods(assertion: Assertion, said_on: date) -> tuple[Period, Period, bool]:
    default = default_periods(_bare(said_on))
    try:
        period = Period.parse(assertion.period)
    except ValueError:
        return (*default, False)
    return period, period.earlier(12), True


def _bare(said_on: date) -> Claim:
    """A claim with nothing but its day, of which the default periods are asked."""
    return Claim(
        key="draft", words="-", published_by="-", said_on=said_on, source="-",
        as_worded=Wording.TESTABLE,
    )  # fmt: skip


def _area(assertion: Assertion, areas: Sequence[Area]) -> tuple[str, bool]:
    """The code of the area that is named, and whether a place is named that is none of ours."""
    for area in areas:
        if assertion.area and area.name.lower() == assertion.area.lower():
            return area.code, False
    return WHOLE, bool(assertion.area)


def _as_worded(assertion: Assertion) -> Wording:
    return Wording.NOT_TESTABLE if assertion.missing else Wording.TESTABLE


def _decide(
    assertion: Assertion, found: Sequence[Candidate], named: bool, unknown: bool
) -> tuple[str, ...]:
    decide = []
    if not found:
        decide.append("No measure here has to do with this: define one, or give no reading.")
    elif len({each.measure for each in found}) > 1:
        decide.append("Which measure is meant: the words would fit several.")
    if not named:
        decide.append("Which period is meant: the default is filled in, and needs a reason.")
    if found and found[0].says in COMPARES:
        decide.append("What it is compared with: the twelve months before are filled in.")
    if unknown:
        decide.append(f"Whether '{assertion.area}' is the whole of the body or an area of it.")
    if found and found[0].says == "in_place":
        decide.append("By which day it was said to be in place, and what counts as in place.")
    decide.append("Who binds it, when, and why.")
    return tuple(decide)


LONGEST_KEY = 60


def key_of(assertion: Assertion, said_on: date) -> str:
    """A key of letters, digits and hyphens: the day and the first words."""
    letters = [
        sign if sign.isascii() and sign.isalnum() else "-" for sign in assertion.text.lower()
    ]
    slug = "-".join(part for part in "".join(letters).split("-") if part)
    cut = slug[:LONGEST_KEY].rsplit("-", 1)[0] if len(slug) > LONGEST_KEY else slug
    return f"{said_on}-{cut or 'claim'}"
