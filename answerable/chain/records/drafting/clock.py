"""Whether times are the clock on the wall or UTC, where nothing says so: told by the hours that
the wall's clock leaves out in spring.

A system on the wall's clock has no record in them; one on UTC has as many as on other nights.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from ..defects import few
from ..times import changes
from .contents import Column, Contents
from .guess import ASK, FAIRLY, Choice, Guess

ZONE = "Europe/London"
EXPECTED = 4
"""So many records must be expected in the hours left out before their absence says anything."""


def tell_clocks(contents: Contents, choice: Choice, zone: str) -> Iterator[Guess]:
    """Settle the clock of the times of which nothing says which it is, all alike.

    Where the file does not tell either, it stays to be decided.
    """
    times = [each for each in choice.filled.values() if each.clock == ASK]
    if not times:
        return
    clock, why = clock_of(((contents.columns[each.column], each.formats) for each in times), zone)
    for each in times:
        each.clock = clock
    if clock:
        yield Guess("clock", clock, why, FAIRLY)
    else:
        named = few(each.name for each in times)
        choice.questions.append(f'clock: {why}; add clock = "utc" to {named} if it is UTC')


def clock_of(columns: Iterable[tuple[Column, Sequence[str]]], zone: str) -> tuple[str, str]:
    """(`local`, `utc` or nothing, why), from all times of a file together.

    columns  each with its formats; none where it is written as ISO 8601
    """
    hours: Counter[datetime] = Counter()
    for column, formats in columns:
        hours.update(column.when("hour", formats))
    if not hours:
        return "", "no time of day stands in it"
    seen, expected = _in_the_gap(hours, zone)
    if seen >= max(2, expected / 3):
        return "utc", f"{seen} times lie in hours that the clock on the wall leaves out in spring"
    if not seen and expected >= EXPECTED:
        why = f"no time lies in the hours left out in spring, where {expected:.0f} would"
        return "local", why
    return "", "nothing tells whether it is the clock on the wall or UTC"


def _in_the_gap(hours: Counter[datetime], zone: str) -> tuple[int, float]:
    """Times in the hours left out, and as many as the same hours of other days let expect."""
    first, last = min(hours), max(hours)
    days = (last - first).days + 1
    by_hour: Counter[int] = Counter()
    for hour, count in hours.items():
        by_hour[hour.hour] += count
    seen, expected = 0, 0.0
    for change in changes(zone):
        gap = change.at + change.before
        if change.after > change.before and first <= gap <= last:
            span = int((change.after - change.before) / timedelta(hours=1))
            for step in range(span):
                hour = (gap + timedelta(hours=step)).replace(minute=0)
                seen += hours[hour]
                expected += by_hour[hour.hour] / days
    return seen, expected
