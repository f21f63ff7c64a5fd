"""Withholding what would give people away, and what would give that away.

First what is small by itself, then, for each small count, what it takes to keep it from
being worked out from the rest (`exchange`). The rules, and what they do not cover, are in
`docs/explanation/disclosure.md`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..body import WHOLE, Appetite, Period
from ..measures import Definition, Grain, Result, Status
from .against import History
from .cells import Earlier
from .differencing import Told, by_measure
from .exchange import Bools, Move, Plane, shield
from .given import assumed, unknown_base
from .ground import Ground, refuse_unsaid
from .jointly import withheld_jointly
from .ledger import COMPLEMENT, PRIMARY, SHOWN, Ints, Ledger, States, Table, lay_out
from .moves import column_moves, whole_moves
from .quantiles import withheld_for_another
from .rounding import rounded
from .small import ESTABLISHMENTS, QUANTILES, Why, bounds_show_extremes, few, small

_OF_ONE_ALONE = frozenset({None, Why.FEW_OBSERVATIONS, Why.NEARLY_ANOTHER, Why.UNKNOWN_BASE})
"""Reasons that withhold one figure and leave those beside it."""
_FLAT = Ground()
"""Places of which none lies in another, and that stay as they are."""


@dataclass(frozen=True)
class Cell:
    """One published or withheld figure, as the private table of cells keeps it.

    value, n   the true ones, withheld or not
    reason     why it is withheld; empty when it is not
    """

    name: str
    value: float | None
    n: int | None
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class Protection:
    """Results as they may be shown, and why each that is withheld is.

    told   small numbers that earlier releases give away already: they cannot be kept any more
    """

    results: tuple[Result, ...]
    reasons: tuple[Why | None, ...]
    true: tuple[Result, ...]
    told: tuple[Told, ...] = ()

    def beside(self, passed: Iterable[Result]) -> "Protection":
        """The same with figures that passed disclosure elsewhere, and are shown as they came."""
        came = tuple(passed)
        hidden = (Why.AT_FORCE if r.status == Status.SUPPRESSED else None for r in came)
        return Protection(
            (*self.results, *came), (*self.reasons, *hidden), (*self.true, *came), self.told
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The private table: every figure with its true value and what became of it."""
        return tuple(
            Cell(true.name, true.value, true.n, shown.status, "" if why is None else str(why))
            for true, shown, why in zip(self.true, self.results, self.reasons, strict=True)
        )


def protect(
    results: Iterable[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
    windows: Sequence[Period] = (),
) -> tuple[Result, ...]:
    """Results as they may be shown: those withheld have status `suppressed` and no numbers.

    windows   periods that claims name. Two neighbouring rolling years give the difference
              of two months, so where one must go it is a rolling year that nobody named;
              without any named, all but the last settled year and the one before.
    Raises KeyError for a result of a measure that has no definition.
    """
    return protection(results, definitions, appetite, windows).results


def protection(
    results: Iterable[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
    windows: Sequence[Period] = (),
    earlier: Sequence[Earlier] = (),
    ground: Ground = _FLAT,
) -> Protection:
    """As `protect`, with the reasons.

    earlier   every release before this one, in order (`history`): what is shown is safe beside
              all that they showed, and what they alone give away is told
    ground    how places lie in each other, and what was drawn from what
    """
    true = tuple(results)
    taken = assumed(true)
    refuse_unsaid([each.ground for each in earlier], ground)
    history, told = History(earlier, definitions), list[Told]()
    reasons: list[Why | None] = [None] * len(true)
    exclusions: set[int] = set()
    for (measure, apart), mine in by_measure(true, definitions).items():
        definition = definitions[measure]
        if apart:
            definition = definition.model_copy(update={"statistics": (apart,)})
        if definition.table in ESTABLISHMENTS:
            for i in mine:
                if true[i].area != WHOLE and true[i].n is not None:
                    reasons[i] = Why.POST_IS_A_PERSON
            continue
        as_before = history.as_last_time(taken, mine, (measure, apart), appetite)
        if as_before is not None:
            for i, why in as_before.items():
                reasons[i] = why
        named = tuple(windows) or _settled([true[i] for i in mine])
        ledger = lay_out(taken, mine, definition, named)
        if as_before is None:
            held = history.held_back(taken, mine, (measure, apart))
            _measure(ledger, taken, reasons, appetite, held)
            for i in mine:
                reasons[i] = reasons[i] or unknown_base(true[i])
            told += history.set_beside(
                (measure, apart), definition, taken, mine, reasons, appetite, named, ground
            )
        exclusions |= _exclusions(ledger, true, reasons, appetite.count_under)
    exclusions = history.exclusions(true, exclusions, appetite.count_under)
    withheld = [i for i, why in enumerate(reasons) if why is not None]
    for i in withheld_jointly(true, withheld, definitions, appetite):
        reasons[i] = Why.SAME_RECORDS
    open_ = [i for i, why in enumerate(reasons) if why is None]
    for i in withheld_for_another(true, open_, definitions, appetite):
        reasons[i] = Why.NEARLY_ANOTHER
    shown = tuple(
        _shown(result, why, definitions[result.measure], appetite, i in exclusions)
        for i, (result, why) in enumerate(zip(true, reasons, strict=True))
    )
    return Protection(shown, tuple(reasons), true, tuple(told))


def _settled(results: Iterable[Result]) -> tuple[Period, ...]:
    """The last rolling year that is settled, and the one before it."""
    ends = [
        period
        for period in {
            result.period: Period.parse(result.period)
            for result in results
            if result.grain == Grain.WINDOW and result.status in (Status.OK, Status.ZERO)
        }.values()
        if len(period) == 12
    ]
    if not ends:
        return ()
    last = max(ends, key=lambda period: period.last)
    return last, last.earlier(12)


def _measure(
    ledger: Ledger,
    true: Sequence[Result],
    reasons: list[Why | None],
    appetite: Appetite,
    held: Collection[int] = (),
) -> None:
    """Fill in why each of a measure's results is withheld.

    held   those that stay withheld, because they kept something when they were last looked at
    """
    for (group, column, area, period), at in ledger.rows.items():
        found = [small(true[i], appetite) for i in at]
        if any(found):
            ledger.tables[column].states[group][area, period] = PRIMARY
            for i, why in zip(at, found, strict=True):
                reasons[i] = why or Why.SMALL_BESIDE
        elif held and any(i in held for i in at):
            states = ledger.tables[column].states[group]
            states[area, period] = COMPLEMENT
    for table in ledger.tables.values():
        if table.column:
            _all_or_none_by_area(ledger, table, appetite.count_under)
        _follow(table)
    _shield_whole(ledger, appetite)
    for table in ledger.tables.values():
        if table.column:
            _shield_column(ledger, table, appetite)
        _follow(table)
    for (group, column, area, period), at in ledger.rows.items():
        if _hidden(ledger.tables[column].states[group])[area, period]:
            for i in at:
                reasons[i] = reasons[i] or Why.COMPLEMENTARY
        for i in at:
            if reasons[i] is None and few(true[i], appetite):
                reasons[i] = Why.FEW_OBSERVATIONS


def _hidden(states: States) -> Bools:
    found: Bools = (states == PRIMARY) | (states == COMPLEMENT)
    return found


def _withhold(states: States, where: Bools) -> None:
    states[where & (states == SHOWN)] = COMPLEMENT


def _follow(table: Table) -> None:
    """What a duration's `time` counts, its `share` counts too."""
    if "time" in table.states and "share" in table.states:
        _withhold(table.states["share"], _hidden(table.states["time"]))


def _all_or_none_by_area(ledger: Ledger, table: Table, under: int) -> None:
    """Splits by area are shown only where none of them is small, nor what they leave.

    Areas and splits together are where a table gives itself away. Withheld as one, a cell
    of it may be anything up to its area's count and its split's, and those are kept safe
    by themselves.
    """
    if ledger.single:
        return
    small = any(_hidden(states[:-1]).any() for states in table.states.values())
    if small or _leaves_few(ledger, table, under):
        for states in table.states.values():
            _withhold(states[:-1], np.ones_like(states[:-1], dtype=bool))


def _leaves_few(ledger: Ledger, table: Table, under: int) -> bool:
    """Whether an area's count less the splits shown of it is small: that is a count too."""
    whole = ledger.tables.get("")
    by_area = {area for _, column, area, _ in ledger.rows if column == table.column}
    areas = sorted(by_area - {len(ledger.areas)})
    if whole is None or not areas:
        return False
    for (split, kind), part in whole.parts.items():
        at = table.of_type(kind)
        if split or not at:
            continue
        left = whole.counts[areas, :, part] - table.counts[areas][:, :, at].sum(axis=2)
        left = left @ ledger.member.T
        if ((left > 0) & (left < under)).any():
            return True
    return False


def _shield_whole(ledger: Ledger, appetite: Appetite) -> None:
    """The measure by area: every small count, then every rate on too few.

    A longer period with a small sum has a small count in one of its months, and no exchange
    within the period is large enough, so the sum is kept as well. Likewise the whole's.
    """
    table = ledger.tables.get("")
    if table is None:
        return
    under = appetite.count_under
    rows = tuple(range(len(ledger.areas)))
    plane = Plane(table.counts, rows, None if ledger.single else len(rows))
    for (split, kind), part in table.parts.items():
        moves = whole_moves(ledger, split, kind)
        counts = table.counts[:, :, part]
        for area, month in np.argwhere((counts > 0) & (counts < under)).tolist():
            size = under - int(counts[area, month])
            shield(ledger, plane, moves, area, month, size)
        whole = table.whole[:, part]
        nowhere = (whole > 0) & (whole < under) & ~(counts > 0).any(axis=0)
        for month in np.flatnonzero(nowhere).tolist():
            shield(ledger, plane, moves, 0, month, under - int(whole[month]))
    for top, rest, split in _bases(table):
        moves = whole_moves(ledger, split, top)
        for area in rows:
            for month, outside in _thin(
                ledger, table, table.counts[area], (split, top), (split, rest), appetite
            ):
                shield(ledger, plane, moves, area, month, appetite.rate_width, outside)
        if plane.whole is None:
            continue
        of_all, part = ((split, top), (split, rest)), table.parts[(split, top)]
        for month, outside in _thin(ledger, table, table.whole, *of_all, appetite):
            area, size = int(table.counts[:, month, part].argmax()), appetite.rate_width
            shield(ledger, plane, moves, area, month, size, outside, whole=True)


def _shield_column(ledger: Ledger, table: Table, appetite: Appetite) -> None:
    """The whole by split. Where the whole itself is withheld, so are its splits."""
    under = appetite.count_under
    above = ledger.tables.get("")
    for name, states in table.states.items():
        if above is not None and name in above.states:
            row = 0 if ledger.single else len(ledger.areas)
            _withhold(states[row], _hidden(above.states[name][row]))
    # What lies in no area is taken to be known, so a split's areas must be able to be more.
    placed = table.placed
    counts = placed[None, :, :]
    plane = Plane(counts, (0 if ledger.single else len(ledger.areas),), None)
    for (split, kind), part in table.parts.items():
        moves = column_moves(ledger, table.column, split, kind)
        last = Move((part,), (), tuple(table.states.values()))
        for month in np.flatnonzero(
            (counts[0, :, part] > 0) & (counts[0, :, part] < under)
        ).tolist():
            size = under - int(counts[0, month, part])
            shield(ledger, plane, [*moves, last], 0, month, size)
    for top, rest, split in _bases(table):
        moves = column_moves(ledger, table.column, split, top)
        last = Move((table.parts[(split, top)],), (), tuple(table.states.values()))
        for month, outside in _thin(ledger, table, placed, (split, top), (split, rest), appetite):
            shield(ledger, plane, [*moves, last], 0, month, appetite.rate_width, outside)


def _bases(table: Table) -> list[tuple[str, str, str]]:
    """Numerators of shares and ratios, each with the rest or the other side."""
    return [
        (top, rest, split)
        for split, top in table.parts
        for rest in {"x": "fd", "t": "u", "a": "b"}.get(top, "")
        if (split, rest) in table.parts
    ]


def _thin(
    ledger: Ledger,
    table: Table,
    counts: Ints,
    top: tuple[str, str],
    rest: tuple[str, str],
    appetite: Appetite,
) -> list[tuple[int, int | None]]:
    """Where a rate is on too few: the month from which it is kept, and the period.

    The numerator must not be narrowed down, so it must be able to be `rate_width` more.
    """
    base = counts[:, table.parts[rest]]
    if top[1] != "a":
        base = base + counts[:, table.parts[top]]
    sums = ledger.member @ base
    found: list[tuple[int, int | None]] = []
    for period in np.flatnonzero((sums > 0) & (sums < appetite.rate_needs)):
        inside = np.flatnonzero(ledger.member[period] & (base > 0))
        month = int(inside[base[inside].argmax()])
        found.append((month, None if period < ledger.months else int(period)))
    return found


def _exclusions(
    ledger: Ledger, true: Sequence[Result], reasons: Sequence[Why | None], under: int
) -> set[int]:
    """Results that may say how many fell out and why: a reason is a count of people too.

    Only those of the whole, in named periods that do not overlap, where every family of
    the measure is shown and no reason is small. Months would add up to what is withheld.
    """
    whole = 0 if ledger.single else len(ledger.areas)
    allowed: set[int] = set()
    last = None
    for period, each in enumerate(ledger.periods):
        if len(each) < 12 or ledger.rolling[period] or (last is not None and each.first <= last):
            continue
        rows = [
            at
            for (_, column, area, when), at in ledger.rows.items()
            if (column, area, when) == ("", whole, period)
        ]
        shown = all(reasons[i] in _OF_ONE_ALONE for at in rows for i in at)
        counts = [count for at in rows for i in at for _, count in true[i].excluded]
        if shown and not any(0 < count < under for count in counts):
            allowed.update(i for at in rows for i in at)
            last = each.last
    return allowed


_NOTHING: dict[str, object] = {
    "value": None, "n": None, "count": None, "lower": None, "upper": None, "method": "",
    "excluded": (), "status": Status.SUPPRESSED,
}  # fmt: skip


def _shown(
    result: Result, why: Why | None, definition: Definition, appetite: Appetite, exclusions: bool
) -> Result:
    if why is not None:
        return _with(result, _NOTHING)
    changed: dict[str, object] = {}
    if result.excluded and not exclusions:
        changed["excluded"] = ()
    quantile = result.n and result.lower is not None and result.statistic in QUANTILES
    if quantile and bounds_show_extremes(result.n or 0, result.statistic, appetite.quantile_beyond):
        changed |= {"lower": None, "upper": None, "method": ""}
    if appetite.round_to > 1:
        changed = rounded(result, definition, appetite) | changed
    return _with(result, changed) if changed else result


def _with(result: Result, changed: Mapping[str, object]) -> Result:
    """As `dataclasses.replace`, which takes five times as long on a hundred thousand."""
    made = object.__new__(Result)
    made.__dict__.update(result.__dict__)
    made.__dict__.update(changed)
    return made
