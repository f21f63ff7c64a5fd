"""What each number of a measure counts, so that two measures that count the same are known.

A set of records is told by its table, the day (or span) by which it is set in time, and the
conditions that all hold of it. Conditions are read with SQLGlot and written again in one way:
`and` is taken apart, brackets fall away, lists are sorted, a list of one is an equality. Two sets
are the same where these are the same; one is part of another where it has every condition of
the other and more. What is the same in a way that this does not see (other words for one
condition, ranges that lie within each other) is not recognised, and docs/explanation/disclosure.md
says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ..measures import Definition
from .audit import Key

NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Counted:
    """A set of records.

    at      the day by which it is set in time; of what stands at a day, both ends of the span
    rules   the conditions that hold of every record in it, each written in one way
    """

    table: str
    at: str
    rules: frozenset[str]

    def part_of(self, other: "Counted") -> bool:
        """Whether it is a proper part of another by its conditions alone."""
        return (self.table, self.at) == (other.table, other.at) and self.rules > other.rules

    def where(self, *rules: str) -> "Counted":
        """Those of which further conditions hold."""
        return Counted(self.table, self.at, self.rules.union(rules))


Sum = tuple[Key, ...]
"""Counts of one measure that are a set between them."""


def counted(definition: Definition, keys: Iterable[Key]) -> Mapping[Sum, Counted]:
    """What the counts of a measure count, alone or together, as far as it can be told.

    keys   of a measure's ledger: table, split, type (see `ledger.parts_of`)
    """
    known = set(keys)
    found: dict[Sum, Counted] = {}
    for column, split in {(column, split) for column, split, _ in known}:
        inside = _split_rule(split)
        if inside is None:
            continue
        for kinds, made in _wholes(definition, column).items():
            sum_ = tuple((column, split, kind) for kind in kinds)
            if known.issuperset(sum_):
                found[sum_] = made.where(*inside)
    return found


def _split_rule(split: str) -> tuple[str, ...] | None:
    """The condition of a split; None where it is not one of a column of the table."""
    column, _, value = split.partition("=")
    if not split:
        return ()
    if column in ("step", "reason") or value == NOT_RECORDED:
        return None
    return (f"{column} = {value}",)


def _wholes(definition: Definition, column: str) -> dict[str, Counted]:
    """The sets of a measure by the types that make them up: 'x', 'f', and 'xf' for both."""
    kind, at = definition.kind, definition.at
    if kind == "ratio":
        sides = {"a": definition.numerator, "b": definition.denominator}
        return {
            name: Counted(side.table, side.at, rules_of(side.include))
            for name, side in sides.items()
            if side is not None
        }
    if definition.as_given:
        return {}
    if definition.opened:
        at = f"{definition.opened} to {definition.closed}"
    base = Counted(definition.table, at, rules_of(definition.include))
    if kind in ("count", "stock"):
        return {"n": base}
    if kind == "survey":
        return {"ek": base}
    if kind == "duration":
        eligible = Counted(definition.table, at, rules_of(definition.eligible))
        return {"nm": base, "tv": eligible}
    if column and column == definition.mix:
        return {"c": base}
    yes = [definition.of] if definition.of else [step.when for step in definition.steps]
    top = base.where(*(rule for each in yes for rule in rules_of(each)))
    rest = {"f": base.where(rest_of(yes[0]))} if len(yes) == 1 else {}
    return {"x": top, "xf": base, **rest}


@lru_cache(maxsize=1024)
def rules_of(expression: str) -> frozenset[str]:
    """The conditions of an expression, each written in one way.

    One that cannot be read stands for itself, so it is the same as nothing but itself.
    """
    try:
        tree = sqlglot.parse_one(expression, dialect="duckdb")
    except SqlglotError:
        return frozenset({expression})
    return frozenset(_written(part) for part in _parts(tree))


def _parts(tree: exp.Expr) -> Iterable[exp.Expr]:
    if isinstance(tree, exp.Paren):
        yield from _parts(tree.this)
    elif isinstance(tree, exp.And):
        yield from _parts(tree.left)
        yield from _parts(tree.right)
    else:
        yield tree


def _written(tree: exp.Expr) -> str:
    """A condition in the one way of writing it."""
    if isinstance(tree, exp.EQ):
        one, other = sorted((tree.left, tree.right), key=lambda e: isinstance(e, exp.Literal))
        return f"{_plain(one)} = {_plain(other)}"
    if isinstance(tree, exp.In) and tree.expressions and not tree.args.get("query"):
        values = sorted({_plain(value) for value in tree.expressions})
        if len(values) == 1:
            return f"{_plain(tree.this)} = {values[0]}"
        return f"{_plain(tree.this)} in {', '.join(values)}"
    return _plain(tree)


def _plain(tree: exp.Expr) -> str:
    """A value without quotes, as a split carries it; anything else as SQL."""
    if isinstance(tree, exp.Literal):
        return str(tree.this)
    if isinstance(tree, exp.Column) and not tree.table:
        return tree.name.lower()
    return tree.sql(dialect="duckdb", normalize=True)


def rest_of(expression: str) -> str:
    """The condition that another does not hold: the rest of a whole, unknown values with it."""
    try:
        tree = sqlglot.parse_one(expression, dialect="duckdb")
    except SqlglotError:
        return f"not ({expression})"
    return _plain(exp.Not(this=exp.Is(this=tree.copy(), expression=exp.Boolean(this=True))))
