"""Where two sources say different things of one figure: kept, named, and never averaged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..body import WHOLE
from ..measures import Status, shown
from .figure import Figure
from .reading import Kept
from .totals import Totals

WITHHELD = "withheld"


@dataclass(frozen=True)
class Difference:
    """Several values for one full name.

    name   measure, statistic, area and period, as `Result.name` without the version
    said   what each source says, in words, beside where it says so
    used   which of them is used, by its place in `said`; None where none is
    """

    name: str
    title: str
    said: tuple[tuple[str, str], ...]
    used: int | None

    @property
    def sentence(self) -> str:
        """The difference in one sentence, with what became of it."""
        told = "; ".join(f"{value} in {where}" for value, where in self.said)
        if self.used is None:
            after = "None of them is used until one is taken out"
        elif self.said[self.used][0] == WITHHELD:
            after = "It stays withheld"
        else:
            after = f"{self.said[self.used][0]} is used"
        return f"{self.title}: {told}. {after}."


def settled(kept: Sequence[Kept]) -> tuple[tuple[Figure, ...], tuple[Difference, ...]]:
    """The figures to use, one for each full name, and where the same name has two values.

    The one that was entered last stands, as revised, where the days of entry say which that
    is; otherwise none does, and the period counts as missing.
    """
    named: dict[tuple[str, str, str, int, int], list[Kept]] = defaultdict(list)
    for each in kept:
        figure = each.figure
        named[figure.measure, figure.statistic, figure.area, *figure.span].append(each)
    used: list[Figure] = []
    differences: list[Difference] = []
    for several in named.values():
        totals = Totals(each.figure for each in several)
        if not totals.conflicts:
            used += totals.by_span.values()
            continue
        says = [each for each in several if each.figure.status != Status.MISSING]
        last = _last(says)
        differences.append(_difference(says, last))
        used.append(_revised(says, last))
    return tuple(used), tuple(differences)


def _last(kept: Sequence[Kept]) -> int | None:
    """Which was entered last; None where the days do not say."""
    days = [each.figure.typed_on for each in kept]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known.count(max(known)) > 1:
        return None
    return known.index(max(known))


def _revised(kept: Sequence[Kept], last: int | None) -> Figure:
    if last is None:
        return replace(
            kept[0].figure, value=None, numerator=None, denominator=None, status=Status.MISSING
        )
    figure = kept[last].figure
    return replace(figure, status=Status.REVISED) if figure.status == Status.OK else figure


def _difference(kept: Sequence[Kept], last: int | None) -> Difference:
    figure = kept[0].figure
    parts = (figure.measure, figure.statistic, figure.area, figure.period.text)
    place = "" if figure.area == WHOLE else f", {figure.area}"
    return Difference(
        " ".join(parts),
        f"{figure.title}{place}, {figure.period.plain()}",
        tuple((words_of(each.figure), each.where) for each in kept),
        last,
    )


def words_of(figure: Figure) -> str:
    """The figure in words, with its counts."""
    if figure.known is None:
        return WITHHELD if figure.status == Status.SUPPRESSED else "no figure"
    text = shown(figure.known, figure.unit, figure.per)
    if figure.counted:
        return f"{text} ({figure.numerator:,.0f} of {figure.denominator:,.0f})"
    return text


def sentences(differences: Iterable[Difference]) -> tuple[str, ...]:
    """Each difference in a sentence, in the order of their names."""
    return tuple(each.sentence for each in sorted(differences, key=lambda d: d.name))
