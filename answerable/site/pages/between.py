"""A measure's forces beside each other: the funnel, who changed, and every force's months."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString

from ...chain.charts import funnel_drawn, said, shared, small
from ...chain.claims import VerdictKind
from ...chain.measures import Definition, Result, period_of, shown
from ...chain.statistics.false_alarms import number
from ...chain.statistics.funnel import Unit as Stands
from ..between import Between, Changes, Standing, between
from ..markup import link, safe, table
from ..public import Public
from ..sentences import rests_on, value_words
from ..words import changed_words, statistic_of

K = VerdictKind


@dataclass(frozen=True)
class Funnelled:
    """The funnel of a page: what it is of, the drawing, who stands apart, the table."""

    name: str
    means: str
    when: str
    drawing: SafeString
    apart: tuple[SafeString, ...]
    beside: str
    limits: str
    chance: str
    table: SafeString


@dataclass(frozen=True)
class Moved:
    """Who changed: how many of each, what chance alone would give, the table."""

    name: str
    when: str
    counts: tuple[tuple[int, str], ...]
    chance: str
    table: SafeString


@dataclass(frozen=True)
class Multiples:
    """A small chart of each force, on one scale."""

    name: str
    charts: tuple[SafeString, ...]
    target: bool
    chance: str


@dataclass(frozen=True)
class Beside:
    """The part of a measure's page in which forces stand beside each other."""

    funnel: Funnelled | None
    moved: Moved | None
    multiples: Multiples | None


def beside_forces(public: Public, definition: Definition) -> Beside | None:
    """That part; None on a site that is not by force, or without anything to set beside."""
    if not public.by_force:
        return None
    found = between(public, definition)
    made = Beside(
        _funnelled(public, definition, found.standing) if found.standing else None,
        _moved(public, definition, found.changes) if found.changes else None,
        _multiples(public, definition, found),
    )
    return made if made.funnel or made.moved or made.multiples else None


def _show(definition: Definition, result: Result) -> Callable[[float], str]:
    """How a value of a funnel is written: of a rate, for so many as its measure gives."""
    per = definition.per if result.unit == "ratio" else 1
    return lambda value: shown(value * per, result.unit, definition.per)


def _funnelled(public: Public, definition: Definition, standing: Standing) -> Funnelled:
    words = statistic_of(standing.statistic, definition)
    when = period_of(standing.period).plain()
    show = _show(definition, next(iter(standing.results.values())))
    drawing = funnel_drawn(
        standing.named(public.area_name),
        title=f"{definition.title}: {words.name.lower()}, {when}",
        show=show,
        ident="between-forces",
        standalone=False,
    )
    stands = {unit.unit: unit for unit in standing.funnel.units}
    otherwise = between(public, definition).otherwise
    rows = [
        (
            link(f"../{public.place(code)}#{definition.key}", public.area_name(code)),
            value_words(_figure(public, definition, standing, code), definition),
            _limits(stands.get(code), show),
            rests_on(_figure(public, definition, standing, code)),
            stands_words(stands.get(code), otherwise.get(code, "")),
        )
        for code in public.areas[1:]
    ]
    caption = f"{definition.title}: {words.name.lower()} by force, {when}"
    columns = ("Force", words.name, "99.8% limits for its size", "Rests on", "Beside the others")
    return Funnelled(
        words.name,
        words.means,
        when,
        safe(drawing),
        tuple(_apart(public, definition, unit, show) for unit in stands.values() if unit.outlier),
        _set_beside(len(stands), len(public.areas) - 1, len(otherwise)),
        standing.funnel.method,
        standing.chance.sentence,
        table(caption, columns, rows, words=frozenset({4})),
    )


def _figure(public: Public, definition: Definition, standing: Standing, code: str) -> Result | None:
    return public.shelf.one(definition.key, standing.statistic, code, standing.period)


def _set_beside(beside: int, forces: int, otherwise: int) -> str:
    """How many forces are set beside each other, and why not the rest."""
    if beside == forces:
        return f"All {forces} forces are set beside each other."
    rest = forces - beside - otherwise
    why = [f"{otherwise} count{'s' * (otherwise == 1)} this otherwise"] if otherwise else []
    why += [f"{rest} {'has' if rest == 1 else 'have'} no figure that may be shown"] if rest else []
    return f"{beside} of {forces} forces are set beside each other; {' and '.join(why)}."


def _limits(unit: Stands | None, show: Callable[[float], str]) -> str:
    return f"{show(unit.lower998)} to {show(unit.upper998)}" if unit else ""


def stands_words(unit: Stands | None, otherwise: str = "") -> str:
    """Where a force stands in a funnel, in a few words.

    otherwise   how it counts the measure otherwise, where it does
    """
    if otherwise:
        return f"counts otherwise: {otherwise}"
    if unit is None:
        return "not set beside the others"
    if unit.outlier is None:
        return "too few to tell"
    if not unit.outlier:
        return "within the limits"
    return f"stands apart, {'above' if unit.value > unit.upper998 else 'below'} them"


def limits_words(unit: Stands, definition: Definition, standing: Standing) -> str:
    """Where one force stands in a funnel, in a sentence."""
    show = _show(definition, standing.results[unit.unit])
    if unit.outlier is None:
        return "It is too small to tell whether it stands apart."
    reach = f"{show(unit.lower998)} to {show(unit.upper998)}"
    stands = "It stands apart: a" if unit.outlier else "It does not stand apart: a"
    return f"{stands} force of its size would lie from {reach} if nothing set it apart."


def _apart(
    public: Public, definition: Definition, unit: Stands, show: Callable[[float], str]
) -> SafeString:
    name = link(f"../{public.place(unit.unit)}#{definition.key}", public.area_name(unit.unit))
    side = "above" if unit.value > unit.upper998 else "below"
    words = (
        f"{show(unit.value)}, {side} the {show(unit.lower998)} to {show(unit.upper998)} in which a"
        " force of its size would lie if nothing set it apart."
    )
    return safe(f"{name}: {words}")


def _moved(public: Public, definition: Definition, changes: Changes) -> Moved:
    reading, words = changes.reading, statistic_of(changes.reading.statistic, definition)
    key, name = definition.key, words.name
    rows = [
        (
            link(f"../{public.place(code)}#{key}", public.area_name(code)),
            *(
                value_words(public.shelf.one(key, reading.statistic, code, period), definition)
                for period in (reading.period, reading.baseline)
            ),
            changed_words(judged.verdict, reading.says),
        )
        for code, judged in changes.verdicts.items()
    ]
    when, before = (period_of(text).plain() for text in (reading.period, reading.baseline))
    caption = f"{definition.title}: {name.lower()} by force, {when} against {before}"
    return Moved(
        name,
        f"{when}, against {before}",
        tuple((many, changed_words(kind, reading.says)) for kind, many in _ordered(changes)),
        chance_of_change(changes),
        table(caption, ("Force", when, before, "What its months show"), rows, words=frozenset({3})),
    )


def _ordered(changes: Changes) -> list[tuple[VerdictKind, int]]:
    return [(kind, changes.count.kinds[kind]) for kind in K if kind in changes.count.kinds]


def chance_of_change(changes: Changes) -> str:
    """What chance alone would give among the forces that could be told."""
    told = changes.count.told
    if not told:
        return ""
    better, worse = (
        ("improved", "worse") if changes.reading.says == "improved" else ("risen", "fallen")
    )
    return (
        f"If nothing had changed in any of the {told} forces that could be told, chance alone would"
        f" call at most {number(changes.count.by_chance)} of them {better}, and as many {worse}."
    )


def _multiples(public: Public, definition: Definition, found: Between) -> Multiples | None:
    charts = found.charts
    headline = public.headline(definition)
    if len(charts) < 2 or headline is None:
        return None
    words = statistic_of(headline.statistic, definition)
    facets = [(public.area_name(code), chart) for code, chart in charts.items()]
    scale = shared(facets)
    show = partial(shown, unit=headline.unit, per=definition.per)
    drawn = tuple(
        safe(
            small(
                facet,
                scale,
                show=show,
                title=f"{facet[0]}: {words.name.lower()} by month",
                desc=said(facet[1]),
                ident=f"small-{number}",
            )
        )
        for number, facet in enumerate(facets, 1)
    )
    aimed = any(chart.target is not None for chart in charts.values())
    return Multiples(words.name, drawn, aimed, found.chart_chance.sentence)
