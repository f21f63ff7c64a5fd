"""Recipes of time: how long something took, and how long what is open has waited."""

from ...records.expressions import quoted
from ..definition import Definition
from .shape import Figure, Frame, Recipe
from .units import DAY, target_limit
from .written import asked_for, quantiles_asked_for, rows_where, rule


def duration(d: Definition, k: str) -> tuple[Recipe, ...]:
    """Whole seconds from start to stop; whatever has none is counted by its reason."""
    limit = target_limit(d)
    hit = f"s{k} <= {limit}" if limit is not None else "false"
    tallies = {
        f"n{k}": rows_where(f"i{k}"),
        f"u{k}": f"count(s{k})",
        f"e{k}": rows_where(f"e{k}"),
        f"h{k}": rows_where(hit),
        f"g{k}": rows_where(f"e{k} AND {hit}"),
        f"y{k}": rows_where(f"i{k} OR e{k}"),
        f"a{k}": rows_where(f"r{k} = 1"),
        f"b{k}": rows_where(f"r{k} = 2"),
        f"c{k}": rows_where(f"r{k} = 3"),
        f"m{k}": rows_where(f"r{k} > 0"),
    }
    lost = (
        ("no start time", f"a{k}"),
        ("no stop time", f"b{k}"),
        ("stopped before it started", f"c{k}"),
    )
    figures = (
        Figure("within_target", "share", f"u{k}", f"h{k}", excluded=lost),
        Figure("eligible_within_target", "share", f"e{k}", f"g{k}"),
        Figure("missing_share", "share", f"n{k}", f"m{k}"),
    )
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            _timed(d, k),
            tallies,
            asked_for(d, figures),
            f"y{k}",
            d.splits,
            time=f"s{k}",
            quantiles=quantiles_asked_for(d),
            time_excluded=lost,
        ),
    )


def _timed(d: Definition, k: str) -> dict[str, str]:
    """Who is included, who is eligible, why there is no time (0 where there is), and the time."""
    include, eligible = rule(d, "include"), rule(d, "eligible")
    start, stop = rule(d, "start"), rule(d, "stop")
    seconds = f"date_diff('second', {start}::TIMESTAMP, {stop}::TIMESTAMP)"
    return {
        f"i{k}": f"{include} IS TRUE",
        f"e{k}": f"{eligible} IS TRUE",
        f"r{k}": (
            f"CASE WHEN {include} IS NOT TRUE THEN 0 WHEN {start} IS NULL THEN 1"
            f" WHEN {stop} IS NULL THEN 2 WHEN {stop} < {start} THEN 3 ELSE 0 END::UTINYINT"
        ),
        f"s{k}": f"CASE WHEN {include} AND {start} <= {stop} THEN {seconds}::INTEGER END",
    }


def stock(d: Definition, k: str) -> tuple[Recipe, ...]:
    """How many are open at each period's end, and for how long they have been."""
    include = rule(d, "include")
    waited = f"date_diff('day', {quoted(d.opened)}, period_end)"
    columns = {
        f"i{k}": f"{include} IS TRUE",
        f"s{k}": f"CASE WHEN {include} THEN ({waited} * {DAY})::INTEGER END",
    }
    return (
        Recipe(
            d,
            Frame(d.table, opened=d.opened, closed=d.closed),
            columns,
            {f"n{k}": rows_where(f"i{k}"), f"u{k}": f"count(s{k})"},
            asked_for(d, [Figure("open", "count", f"n{k}")]),
            f"n{k}",
            d.splits,
            time=f"s{k}",
            quantiles=quantiles_asked_for(d),
        ),
    )
