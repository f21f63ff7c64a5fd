"""Recipes of plain shares: a proportion of events, and a coverage at each period's end."""

from ..definition import Definition
from .shape import Figure, Frame, Recipe
from .written import asked_for, rows_where, rule


def proportion(d: Definition, k: str) -> tuple[Recipe, ...]:
    """The share of the records included that are also `of`, and the mix of all of them."""
    figures = [Figure("rate", "share", f"n{k}", f"x{k}")]
    if d.mix:
        figures.append(Figure("mix", "share", f"n{k}", f"n{k}", by=d.mix, label=d.mix))
    inner = (d.mix,) if d.mix else ()
    return (_share(d, k, Frame(d.table, d.at), asked_for(d, figures), inner),)


def coverage(d: Definition, k: str) -> tuple[Recipe, ...]:
    """The same of what is open at each period's end."""
    frame = Frame(d.table, opened=d.opened, closed=d.closed)
    return (_share(d, k, frame, (Figure("coverage", "share", f"n{k}", f"x{k}"),)),)


def _share(
    d: Definition, k: str, frame: Frame, figures: tuple[Figure, ...], inner: tuple[str, ...] = ()
) -> Recipe:
    include, of = rule(d, "include"), rule(d, "of")
    columns = {f"i{k}": f"{include} IS TRUE", f"o{k}": f"({include} AND {of}) IS TRUE"}
    tallies = {f"n{k}": rows_where(f"i{k}"), f"x{k}": rows_where(f"o{k}")}
    return Recipe(d, frame, columns, tallies, figures, f"n{k}", d.splits, inner)
