"""The things that may be asked for: each a rule on the verdict and the definition."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..body import Month, Period
from ..claims import Verdict, VerdictKind, doubt
from ..claims.comparing import MIX_NOT_CHECKED, SETTLE_MIX
from ..measures import Definition, Grade, Unit, unit_of
from ..records.contract import contracts
from .terms import FACTS, HOW, STATISTICS, UNITS

if TYPE_CHECKING:
    from .asking import About

YEAR = 12
K = VerdictKind


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for.

    key    what kind of thing, for a page that links or a program that picks
    items  exactly what, a line each
    why    the reason, in a sentence
    """

    key: str
    what: str
    items: tuple[str, ...]
    why: str


def all_of(verdict: Verdict, about: "About", definition: Definition | None) -> tuple[Wanted, ...]:
    """Everything that the verdict leaves open, in the order of a letter."""
    if not is_open(verdict):
        return ()
    found = (
        series(verdict, about, definition),
        counted(verdict, about, definition),
        goal(verdict),
        mix(verdict, definition),
        left_out(verdict, definition),
        unsettled(verdict, about, definition),
    )
    return tuple(each for each in found if each is not None)


def is_open(verdict: Verdict) -> bool:
    """Whether there is anything left to ask on a verdict."""
    return bool(verdict.to_settle) or verdict.provisional or not _from_rows(verdict)


def _from_rows(verdict: Verdict) -> bool:
    return verdict.grade == Grade.ROWS


def months_wanted(verdict: Verdict, about: "About") -> Period:
    """The months whose figures are asked for.

    The period and the year before it at least, as a change is tested on twelve months
    against the twelve before; three years for a quarter. On records that show no change,
    only time can: the twelve months that follow.
    """
    last = about.period.last
    if about.baseline is None:
        return Period.of(about.period.first, last)
    if _from_rows(verdict) and verdict.verdict == K.NOT_SHOWN:
        return Period.of(last + 1, last + YEAR)
    years = 3 if len(about.period) == 3 else 2
    first = min(about.baseline.first, about.period.first, last + (1 - years * YEAR))
    if verdict.grade == Grade.TWO:
        first = min(first, about.baseline.first + -YEAR)
    return Period.of(first, last)


def series(verdict: Verdict, about: "About", definition: Definition | None) -> Wanted | None:
    """The monthly series with its counts."""
    if verdict.provisional and _from_rows(verdict) and not verdict.to_settle:
        return None
    months = months_wanted(verdict, about)
    several = len(months) > 1
    items = [
        f"{about.full}: {STATISTICS.get(about.statistic, 'the figure that was used')},"
        f" {_unit(verdict, about, definition)}",
        f"for every month from {months.first.plain()} to {months.last.plain()}"
        f" ({len(months)} months)" if several else f"for {months.plain()}",
        *_missing(verdict),
        _where(about, definition),
        *_sides(verdict, about, definition, several),
    ]  # fmt: skip
    name, why = _named(verdict, about, several)
    return Wanted("series", name, tuple(items), why)


def _named(verdict: Verdict, about: "About", several: bool) -> tuple[str, str]:
    """What the series is called, and why it is asked for."""
    if _has_months(verdict):
        return "The counts behind the monthly figures", (
            "Without what a figure is out of, a month of ten cannot be told from one of ten"
            " thousand."
        )
    name = "The monthly figures" if several else "The figure"
    if about.baseline is None or not several:
        return name, "A figure without what it is out of cannot be checked."
    return name, (
        "Two figures always differ; only the months between show by how much they differ anyway,"
        " and a year's months take the season out."
    )


def _unit(verdict: Verdict, about: "About", definition: Definition | None) -> str:
    """'in minutes and seconds'; of a count, what is counted."""
    unit = Unit(verdict.unit) if verdict.unit else Unit.COUNT
    if definition is not None and about.statistic in definition.statistics:
        unit = unit_of(definition, about.statistic)
        if unit == Unit.COUNT and definition.unit:
            return f"as a number of {definition.unit}"
    return UNITS[unit]


def _where(about: "About", definition: Definition | None) -> str:
    areas = definition is None or "area" in definition.strata
    whole = "the force as a whole" + (" and for each of its areas" if areas else "")
    return f"for {about.area}, and for {whole}" if about.area else f"for {whole}"


_NEEDED = re.compile(r"\(([^()]+) would be needed\)")
_ABSENT = ("Records that cover ", "Monthly figures for ")
"""How a verdict says that months are missing."""


def _missing(verdict: Verdict) -> list[str]:
    """The months for want of which nothing can be told."""
    found = _NEEDED.search(verdict.ordinary)
    if found:
        return [f"above all for {found[1]}"]
    for begins in _ABSENT:
        if verdict.to_settle.startswith(begins):
            return [f"above all for {verdict.to_settle.removeprefix(begins).rstrip('.')}"]
    return []


def _has_months(verdict: Verdict) -> bool:
    """Whether the months are there, and a test could be made on them."""
    return verdict.grade == Grade.MONTHS and verdict.verdict != K.CANNOT_TELL


def _sides(
    verdict: Verdict, about: "About", definition: Definition | None, several: bool
) -> list[str]:
    """What each month's figure is out of."""
    each = "each month's figure" if several else "the figure"
    kind = definition.kind if definition is not None else ""
    if kind == "duration" or (not kind and verdict.unit in (Unit.SECONDS, Unit.DAYS)):
        rests = (
            f"how many records {each} rests on, how many had no usable time, and how many were"
            " never attended"
        )
        return [rests, *([WHOLE_YEARS] if about.statistic in ("median", "p90", "") else [])]
    if kind in ("count", "stock") or (not kind and verdict.unit == Unit.COUNT):
        return [f"what {each} counts, and out of how many where it is a part of something"]
    if kind == "survey":
        return [f"for {each}: how many were eligible, asked, answered, and answered each way"]
    return [f"the numerator and the denominator of {each}, as counts"]


WHOLE_YEARS = (
    "the same figure for the whole of each twelve months, as those of single months do not add up"
    " to it"
)


def counted(verdict: Verdict, about: "About", definition: Definition | None) -> Wanted | None:
    """The definition in use, and when it changed."""
    if _from_rows(verdict) and doubt.NO_MARGIN.settle != verdict.to_settle:
        return None
    items = list(HOW[definition.kind if definition is not None else _kind_by_unit(verdict)])
    if definition is not None:
        items.insert(0, f"whether you count as we do: “{_line(definition.plain)}.”")
    span = months_wanted(verdict, about)
    items.append(
        f"every change to what is counted or recorded from {span.first.plain()} to"
        f" {span.last.plain()}, with its date: definitions, codes, systems, grading"
    )
    return Wanted(
        "definition", "How it is counted", tuple(items),
        "One name is counted in several ways, and a change in counting looks like a change in"
        " what happened.",
    )  # fmt: skip


def _kind_by_unit(verdict: Verdict) -> str:
    by_unit = {Unit.SECONDS: "duration", Unit.DAYS: "duration", Unit.SHARE: "proportion",
               Unit.RATIO: "ratio"}  # fmt: skip
    return by_unit.get(Unit(verdict.unit), "count") if verdict.unit else "count"


def goal(verdict: Verdict) -> Wanted | None:
    """The target, or the size that matters, where none is known."""
    if verdict.to_settle == doubt.NO_TARGET.settle:
        return Wanted(
            "target", "The target",
            ("the target, who set it, in which document, and the day from which it holds",
             "for whom it holds: all cases, or those attended"),
            "Without a target nothing can be met or missed.",
        )  # fmt: skip
    if verdict.to_settle == doubt.NO_MARGIN.settle:
        return Wanted(
            "margin", "The size that matters",
            ("the smallest change that you would act on, with the reason",),
            "Without it 'unchanged' and 'just short' have no meaning.",
        )  # fmt: skip
    return None


def mix(verdict: Verdict, definition: Definition | None) -> Wanted | None:
    """Totals within groups of like cases."""
    open_mix = MIX_NOT_CHECKED in verdict.notes or verdict.to_settle == SETTLE_MIX
    settled = _from_rows(verdict) and not open_mix and verdict.to_settle != doubt.OPPOSED.settle
    if settled or (definition is not None and not definition.strata):
        return None
    facts = _strata(definition) if definition is not None else FACTS
    return Wanted(
        "mix", "The same figures by the kind of case",
        ("the monthly figures again, with their counts, split by each of these: "
         + "; ".join(facts),
         "only facts that were fixed before the response: not how the case was dealt with"),
        "If more of the easier cases came in, a figure moves although nothing was done better or"
        " worse.",
    )  # fmt: skip


def _strata(definition: Definition) -> tuple[str, ...]:
    sides = [side.table for side in (definition.numerator, definition.denominator) if side]
    tables = [definition.table] if definition.table else sides
    return tuple(_fact(column, tables) for column in definition.strata)


def _fact(column: str, tables: list[str]) -> str:
    """'channel (how the report came)'."""
    if column == "area":
        return "area"
    for table in tables:
        contract = contracts().get(table)
        if contract is not None and column in contract.columns:
            said = contract.field(column).description.partition(".")[0]
            return f"{column.replace('_', ' ')} ({said[:1].lower()}{said[1:]})"
    return column.replace("_", " ")


def left_out(verdict: Verdict, definition: Definition | None) -> Wanted | None:
    """What fell out of the figures."""
    moved = "without a usable time" in verdict.ordinary
    if _from_rows(verdict) and not moved:
        return None
    items = ["how many records were left out of the figures, by month and reason"]
    if moved:
        items.append("the missing times, or why they are missing")
    if definition is not None and definition.kind == "survey":
        items.append("how many were not asked, by reason, and how many asked did not answer")
    return Wanted(
        "exclusions", "What was left out", tuple(items),
        "What is left out can decide a figure.",
    )  # fmt: skip


def unsettled(verdict: Verdict, about: "About", definition: Definition | None) -> Wanted | None:
    """Months that may still change."""
    if not verdict.provisional and _from_rows(verdict):
        return None
    items = ["which of these months may still change, and when they will have settled"]
    if definition is not None and definition.settles_days:
        items.append(
            "figures once they have settled: for this measure"
            f" {definition.settles_days} days after the end of a month"
        )
    if verdict.provisional:
        items.append(f"the same figures again after {_settled_by(about, definition)}")
    return Wanted(
        "provisional", "What may still change", tuple(items),
        "Recent months are not complete, and can look better or worse than they will be.",
    )  # fmt: skip


def _settled_by(about: "About", definition: Definition | None) -> str:
    from datetime import timedelta

    days = definition.settles_days if definition is not None else 0
    on = about.period.last.last_day + timedelta(days=days)
    return f"{on.day} {Month.of(on).plain()}"


def _line(text: str) -> str:
    """The first sentence of a text, on one line."""
    words = " ".join(text.split())
    return words.partition(". ")[0].rstrip(".")
