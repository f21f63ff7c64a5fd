"""One reading put to each place by itself: a claim about a country, force by force.

Each place is judged on its own months, by the rule for all. What chance alone would give among so
many is for whoever shows them to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..body import WHOLE, Body, Period
from ..measures import Codes, Definition, at_end
from .check import FALSE_ALARM, CheckedClaim
from .claim import COMPARES, Reading
from .direction import better_of
from .evidence import Figures
from .judge import judge_reading
from .verdict import Verdict, VerdictKind
from .windows import default_reading


def each_place(
    reading: Reading, definition: Definition, figures: Figures, body: Body, codes: Codes
) -> dict[str, Verdict]:
    """The verdicts of one reading for each of a body's areas, by code, in their order.

    The reading is of the whole; nothing of it but the area is changed.
    """
    return {
        area.code: judge_reading(
            reading.model_copy(update={"area": area.code}), definition, figures, body, codes
        )
        for area in body.areas
    }


@dataclass(frozen=True)
class PutToEach:
    """The usual reading beside one of a claim, put to each place.

    number   which reading of the claim, counted from 1
    """

    number: int
    reading: Reading
    verdicts: Mapping[str, Verdict]


def put_to_each(
    checked: CheckedClaim,
    definitions: Mapping[str, Definition],
    figures: Figures,
    body: Body,
    codes: Codes,
) -> tuple[PutToEach, ...]:
    """A claim's readings of a change in the whole, each put to every place of the body over the
    usual periods; other readings say nothing of a single place."""
    found = []
    for number, each in enumerate(checked.readings, 1):
        reading = each.reading
        if reading.area != WHOLE or reading.says not in COMPARES or reading.split:
            continue
        definition = definitions[reading.measure]
        at = at_end(definition, reading.statistic)
        usual = default_reading(checked.claim, reading, at_end=at) or reading
        verdicts = each_place(usual, definition, figures, body, codes)
        found.append(PutToEach(number, usual, verdicts))
    return tuple(found)


def change_over(definition: Definition, statistic: str, period: Period, on: date) -> Reading:
    """The usual reading of a figure of which nobody has said anything: these twelve months
    against the twelve before. It asks whether the figure improved or, where neither way is good,
    whether it rose.

    on   the day on which it is asked
    """
    neither = better_of(definition, statistic) == "neither"
    return Reading(
        says="rose" if neither else "improved",
        measure=definition.key,
        statistic=statistic,
        period=str(period),
        baseline=str(period.earlier(12)),
        bound_by="this software",
        bound_on=on,
        why="the usual reading",
    )


@dataclass(frozen=True)
class Count:
    """How the verdicts of many places fall out.

    by_chance   at most so many of those that could be told would be 'supported' if nothing had
                changed anywhere, and as many 'contradicted'
    """

    kinds: Mapping[VerdictKind, int]
    told: int
    by_chance: float


def count(verdicts: Iterable[Verdict]) -> Count:
    """Count the verdicts of one reading of a change over many places."""
    kinds = [verdict.verdict for verdict in verdicts]
    told = sum(kind != VerdictKind.CANNOT_TELL for kind in kinds)
    found = {kind: kinds.count(kind) for kind in VerdictKind if kind in kinds}
    return Count(found, told, FALSE_ALARM * told)
