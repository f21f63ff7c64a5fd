"""The recipe of a pathway: how far each record came, and why it came no further."""

from ..definition import Definition
from .shape import Figure, Frame, Recipe
from .written import asked_for, rows_where, rule


def pathway(d: Definition, k: str) -> tuple[Recipe, ...]:
    """Ordered steps; a record reaches a step only through all those before it."""
    include = rule(d, "include")
    whens = [rule(d, f"steps.{step.key}.when", step.when) for step in d.steps]
    last = len(whens)
    depth = " ".join(f"WHEN {when} IS NOT TRUE THEN {j}" for j, when in enumerate(whens))
    later = [
        f"({when} IS NOT TRUE AND ({' OR '.join(whens[j + 1 :])})) IS TRUE"
        for j, when in enumerate(whens[:-1])
    ]
    columns = {
        f"i{k}": f"{include} IS TRUE",
        f"t{k}": f"CASE WHEN {include} IS NOT TRUE THEN NULL {depth} ELSE {last} END::UTINYINT",
        f"f{k}": f"{include} AND ({' OR '.join(later) or 'false'})",
    }
    tallies = {
        f"n{k}": rows_where(f"i{k}"),
        f"l{k}": rows_where(f"t{k} < {last}"),
        f"f{k}": rows_where(f"f{k}"),
    }
    tallies |= {f"r{k}_{j}": rows_where(f"t{k} >= {j}") for j in range(1, last + 1)}
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            columns,
            tallies,
            asked_for(d, _figures(d, k)),
            f"n{k}",
            d.splits,
            (d.lost_reason,),
        ),
    )


def _figures(d: Definition, k: str) -> list[Figure]:
    start, end = f"n{k}", f"r{k}_{len(d.steps)}"
    skipped = (("a later step recorded without an earlier one", f"f{k}"),)
    figures = [
        Figure("completed", "share", start, end, excluded=skipped),
        Figure("lost", "share", start, f"l{k}"),
        Figure("lost", "share", start, f"l{k}", by=d.lost_reason, label="reason"),
    ]
    for j, step in enumerate(d.steps, start=1):
        before = f"r{k}_{j - 1}" if j > 1 else start
        figures.append(Figure("reached", "share", start, f"r{k}_{j}", fixed=f"step={step.key}"))
        figures.append(Figure("step_rate", "share", before, f"r{k}_{j}", fixed=f"step={step.key}"))
    return figures
