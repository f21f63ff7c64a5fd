"""What nobody may work out of several releases: small counts, and small movements of counts.

Where a figure said 40 and now would say 42, the two together tell of two people who came late to
the record. So what an area's count, or a split's, has moved by is a count of people too. How much
a figure of the whole has moved by is not taken for one, unless it gives away what an area's has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ..body import WHOLE, Appetite, Month
from ..measures import Grain
from .audit import Key
from .inside import Terms
from .small import Why, small
from .solving import Aim
from .union import Union

RESTS = {"x": "fd", "t": "u", "a": "b"}
"""The numerator of a share or ratio, and what stands beside it."""


@dataclass(frozen=True)
class Sensitive:
    """One number to keep.

    where    place, period, split and type of the count
    release  the number of the release that has it
    since    the earlier release that it is a movement from; None for a count
    grave    whether to say so where earlier releases tell it: not of the numerator of a rate, which
             may have been shown while it was a rate on enough, nor of what lies in no place, which
             is taken to be known from the start
    """

    aim: Aim
    where: tuple[str, str, str, str]
    release: int
    since: int | None = None
    grave: bool = True


def sensitive(union: Union, appetite: Appetite) -> list[Sensitive]:
    """Everything to keep, in all releases."""
    under = appetite.count_under
    found = [
        *_counts(union, under),
        *_thin(union, appetite),
        *_movements(union, under),
        *_strips(union, under),
    ]
    once: dict[tuple[tuple[int, float], ...], Sensitive] = {}
    for each in found:
        once.setdefault(tuple(sorted(each.aim.terms.items())), each)
    return list(once.values())


def _counts(union: Union, under: int) -> Iterator[Sensitive]:
    for release, counts in enumerate(union.counts):
        for (key, place), by_month in counts.of.items():
            for month, count in by_month.items():
                if 0 < count < under:
                    terms = union.terms(release, [key], place, [month])
                    if terms is not None:
                        where = (place, _text(month), *key[1:])
                        grave = place != WHOLE or counts.elsewhere(key, month) != count
                        yield Sensitive(Aim(terms, under), where, release, grave=grave)


def _thin(union: Union, appetite: Appetite) -> Iterator[Sensitive]:
    """Numerators of rates on too few: they must be able to be another."""
    for release, counts in enumerate(union.counts):
        for result in union.puts[release].true:
            if result.basis != "raw" or small(result, appetite) != Why.SMALL_BASE:
                continue
            months = counts.months_of(result.period)
            column = result.split.partition("=")[0]
            for top in RESTS:
                key = (column, result.split, top)
                count = counts.sum_of([key], result.area, months)
                terms = union.terms(release, [key], result.area, months)
                if count is not None and terms is not None and (key, result.area) in counts.of:
                    where = (result.area, result.period, result.split, top)
                    yield Sensitive(
                        Aim(terms, count + appetite.rate_width), where, release, grave=False
                    )


def _movements(union: Union, under: int) -> Iterator[Sensitive]:
    """What moved by few between any two releases, by month and by longer period."""
    spans = [_spans(union, release) for release in range(len(union.puts))]
    for release, since in ((r, s) for r in range(len(union.puts)) for s in range(r)):
        for (key, place, period), months in spans[release].items():
            if (key, place, period) not in spans[since]:
                continue
            if not union.same_ground(since, release, place):
                continue
            moved = movement(union, since, release, key, place, months)
            if moved is not None and 0 < abs(moved) < under:
                terms = _difference(union, since, release, key, place, months, moved)
                if terms:
                    where = (place, period, *key[1:])
                    yield Sensitive(Aim(terms, under, or_none=True), where, release, since)


def _spans(union: Union, release: int) -> dict[tuple[Key, str, str], list[int]]:
    """Every count of an area or split, by month and by each longer period put forward."""
    counts = union.counts[release]
    longer: dict[tuple[str, str], set[str]] = {}
    for result in union.puts[release].true:
        if result.grain != Grain.MONTH and result.basis == "raw":
            longer.setdefault((result.area, result.split), set()).add(result.period)
    found = {}
    for (key, place), by_month in counts.of.items():
        if exempt(key, place):
            continue
        for month in by_month:
            found[key, place, _text(month)] = [month]
        for period in longer.get((place, key[1]), ()):
            found[key, place, period] = counts.months_of(period)
    return found


def exempt(key: Key, place: str) -> bool:
    """Whether a movement of this count tells of nobody: it is of the whole, undivided."""
    return place == WHOLE and not key[1]


def movement(
    union: Union, since: int, release: int, key: Key, place: str, months: list[int]
) -> int | None:
    """By how much a count has moved from one release to another; None where one has it not."""
    then = union.counts[since].sum_of([key], place, months)
    now = union.counts[release].sum_of([key], place, months)
    return None if then is None or now is None else now - then


def _difference(
    union: Union, since: int, release: int, key: Key, place: str, months: list[int], moved: int
) -> Terms:
    """The movement as a sum of unknowns; what did not move is left out."""
    sign = 1.0 if moved > 0 else -1.0
    found: Terms = {}
    for number, side in ((release, sign), (since, -sign)):
        for unknown, times in (union.terms(number, [key], place, months) or {}).items():
            found[unknown] = found.get(unknown, 0.0) + side * times
    return {unknown: times for unknown, times in found.items() if times}


def _strips(union: Union, under: int) -> Iterator[Sensitive]:
    """Ground that changed hands: how many it holds is not known here, and may be few, in a month or
    in a longer period."""
    for release, counts in enumerate(union.counts):
        spans = {_text(month): [month] for month in counts.months}
        for result in union.puts[release].true:
            if result.basis == "raw" and result.period not in spans:
                spans[result.period] = counts.months_of(result.period)
        for (key, leaf, number), (span, months) in product(union.strips(release), spans.items()):
            slots = [(key, number, month) for month in months]
            if all(slot in union.at[release] for slot in slots):
                aim = Aim({union.at[release][slot]: 1.0 for slot in slots}, under, or_none=True)
                yield Sensitive(aim, (leaf, span, *key[1:]), release)


def _text(month: int) -> str:
    year, number = divmod(month, 12)
    return str(Month(year, number + 1))
