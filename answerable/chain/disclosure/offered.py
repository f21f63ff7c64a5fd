"""What is put forward for publication, before anything is withheld.

Every figure published makes others easier to work out, so what nobody reads is not put
forward: a split within an area, a split by quarter, a rolling year between the last two.
`docs/adr/0005-what-is-put-forward.md` says why.
"""

from collections.abc import Callable, Collection, Iterable

from ..body import WHOLE, Period
from ..measures import Grain, Result, period_of

MIX = "mix"
"""A mix has many codes, rare ones among them: by the month most of its counts are small, so it
is put forward by twelve months, where few are."""

Named = Collection[tuple[str, str, str]]
"""(measure, area, split) of what someone has asked for, such as a reading of a claim."""


def offered(
    results: Iterable[Result], windows: Iterable[Period], named: Named = ()
) -> tuple[Result, ...]:
    """The results to put forward.

    windows   periods that claims name; the last settled twelve months and the twelve before
              are put forward beside them
    named     splits within an area that a claim reads
    """
    everything = tuple(results)
    wanted = {(period.first, period.last) for period in windows}
    for last in _last_years(everything):
        wanted |= {(last.first, last.last), (last.first + -12, last.last + -12)}
    keep = _rule(wanted, named)
    return tuple(result for result in everything if keep(result))


def _rule(wanted: Collection[object], named: Named) -> Callable[[Result], bool]:
    def keep(result: Result) -> bool:
        period = period_of(result.period)
        if result.grain == Grain.WINDOW and (period.first, period.last) not in wanted:
            return False
        if result.statistic == MIX and len(period) != 12:
            return False
        if not result.split:
            return True
        if (result.measure, result.area, result.split) in named:
            return True
        return result.area == WHOLE and result.grain != Grain.QUARTER

    return keep


def _last_years(results: Iterable[Result]) -> set[Period]:
    """The last twelve months that every month of has settled, of each measure."""
    last: dict[str, Period] = {}
    for result in results:
        if result.grain != Grain.WINDOW or not result.usable or result.status == "provisional":
            continue
        period = period_of(result.period)
        if len(period) != 12:
            continue
        known = last.get(result.measure)
        if known is None or known.last < period.last:
            last[result.measure] = period
    return set(last.values())
