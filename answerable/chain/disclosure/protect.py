"""Withholding what would give people away, and what would give that away.

First each measure by itself (`alone`) and beside its earlier releases (`against`), then the
measures that count the same records (`jointly`), then medians. The rules, and what they do not
cover, are in `docs/explanation/disclosure.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..body import WHOLE, Appetite, Period
from ..measures import Definition, Grain, Result, Status
from .against import History
from .alone import withhold_alone
from .cells import Earlier
from .differencing import Told, by_measure
from .given import assumed, unknown_base
from .ground import Ground, refuse_unsaid
from .jointly import withheld_jointly
from .ledger import Ledger, lay_out
from .quantiles import withheld_for_another
from .rounding import rounded
from .small import ESTABLISHMENTS, QUANTILES, Why, bounds_show_extremes

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
            withhold_alone(ledger, taken, reasons, appetite, held)
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
