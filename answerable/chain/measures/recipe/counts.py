"""Recipes of what is counted: a count, and a ratio of two counts."""

from ..definition import Definition
from .shape import Figure, Frame, Recipe
from .written import rows_where, rule


def count(d: Definition, k: str) -> tuple[Recipe, ...]:
    """How many, and how many a day."""
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            {f"i{k}": f"{rule(d, 'include')} IS TRUE"},
            {f"n{k}": rows_where(f"i{k}")},
            tuple(Figure(name, name, n=f"n{k}") for name in d.statistics),  # type: ignore[arg-type]
            f"n{k}",
            d.splits,
        ),
    )


def ratio(d: Definition, k: str) -> tuple[Recipe, ...]:
    """One recipe for each side, on its own table."""
    assert d.numerator and d.denominator  # noqa: S101  # the schema holds this
    top, bottom = f"x{k}", f"n{k}"
    figures = {
        "ratio": Figure("ratio", "ratio", bottom, top),
        "numerator": Figure("numerator", "count", top),
        "denominator": Figure("denominator", "count", bottom),
    }
    made = []
    for side, name, tally in (
        (d.numerator, "numerator", top),
        (d.denominator, "denominator", bottom),
    ):
        include = rule(d, f"{name}.include", side.include, side.table)
        made.append(
            Recipe(
                d,
                Frame(side.table, side.at),
                {f"i{tally}": f"{include} IS TRUE"},
                {tally: rows_where(f"i{tally}")},
                tuple(figures[statistic] for statistic in d.statistics),
                tally,
                d.splits,
            )
        )
    return tuple(made)
