"""Expressions that people write in mappings and measures, held to an allow-list.

An expression is parsed, every node of it is looked up in a list of what may stand in
one, and the text that runs is written again from what was parsed. So what was checked
is what runs, and what nobody thought of is refused.
"""

import difflib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ..body import InputMistake, Problem

LONGEST = 4000
"""Characters in one expression: more is a program, not a rule that a person can check."""

PIECES: tuple[type[exp.Expr], ...] = (
    exp.Add, exp.And, exp.Between, exp.Boolean, exp.Case, exp.Column, exp.DataType, exp.Div,
    exp.DPipe, exp.EQ, exp.Escape, exp.GT, exp.GTE, exp.Identifier, exp.ILike, exp.In,
    exp.IntDiv, exp.Interval, exp.Is, exp.Like, exp.Literal, exp.LT, exp.LTE, exp.Mod,
    exp.Mul, exp.Neg, exp.NEQ, exp.Not, exp.Null, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Or,
    exp.Paren, exp.Sub, exp.TryCast, exp.Var,
)  # fmt: skip
"""What an expression is made of, functions apart."""

FUNCTIONS: dict[str, tuple[type[exp.Expr], ...]] = {
    "abs": (exp.Abs,),
    "ceil": (exp.Ceil,),
    "coalesce": (exp.Coalesce,),
    "concat": (exp.Concat, exp.ConcatWs),
    "contains": (exp.Contains,),
    "date_diff": (exp.DateDiff,),
    "date_trunc": (exp.DateTrunc, exp.TimestampTrunc),
    "day": (exp.Day,),
    "ends_with": (exp.EndsWith,),
    "extract": (exp.Extract,),
    "floor": (exp.Floor,),
    "greatest": (exp.Greatest,),
    "hour": (exp.Hour,),
    "if": (exp.If,),
    "least": (exp.Least,),
    "left": (exp.Left,),
    "length": (exp.Length,),
    "lower": (exp.Lower,),
    "month": (exp.Month,),
    "nullif": (exp.Nullif,),
    "regexp_extract": (exp.RegexpExtract,),
    "regexp_matches": (exp.RegexpLike,),
    "regexp_replace": (exp.RegexpReplace,),
    "replace": (exp.Replace,),
    "right": (exp.Right,),
    "round": (exp.Round,),
    "split_part": (exp.SplitPart,),
    "starts_with": (exp.StartsWith,),
    "strpos": (exp.StrPosition,),
    "substring": (exp.Substring,),
    "trim": (exp.Trim,),
    "upper": (exp.Upper,),
    "year": (exp.Year,),
}
"""The functions that may be called, as the manual lists them, and what they parse to."""

ANONYMOUS = frozenset({"try_strptime"})
"""Functions that the parser does not know and that may be called all the same."""

TYPES = frozenset(
    {"VARCHAR", "TEXT", "INT", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}
)  # fmt: skip
"""The types to which `try_cast` may turn a value."""

_ALLOWED = frozenset(PIECES) | {kind for kinds in FUNCTIONS.values() for kind in kinds}
_ALLOWED_WORDS = (
    "one expression over the columns of the table, of comparisons, arithmetic, case, "
    f"try_cast and the functions {', '.join(sorted([*FUNCTIONS, *ANONYMOUS]))}"
)
_NEXT = "Write the rule with those; see docs/reference/records.md."


def check_expression(sql: str, columns: Iterable[str], where: str, key: str = "") -> str:
    """Hold one expression to the allow-list and give back the text that may run.

    columns  the names that it may use, in any case
    where, key  the file and the key in it, for messages
    Raises InputMistake with every problem found in the expression.
    """
    tree = parse_expression(sql, where, key)
    known = {name.lower(): name for name in columns}
    problems = []
    for name in columns_of(tree):
        if name.lower() not in known:
            problems.append(_unknown(name, list(known.values()), where, key))
    if problems:
        raise InputMistake(problems)
    return _written(sql)


def parse_expression(sql: str, where: str, key: str = "") -> exp.Expr:
    """Parse one expression and hold it to the allow-list, whatever columns it names.

    Raises InputMistake with every problem found in it.
    """
    tree, refused = _parsed(sql)
    if refused:
        raise InputMistake([Problem(where, word, _ALLOWED_WORDS, _NEXT, key) for word in refused])
    return tree


@lru_cache(maxsize=4096)
def _parsed(sql: str) -> tuple[exp.Expr, tuple[str, ...]]:
    """The tree of an expression, and why it is refused. Nobody changes a tree: the mappings of
    forty forces hold the same expressions, and each is asked for several times."""
    try:
        found = sqlglot.parse(sql, dialect="duckdb") if len(sql) <= LONGEST else []
    except (SqlglotError, RecursionError):
        found = []
    if len(found) != 1 or found[0] is None:
        long = len(sql) > LONGEST
        return exp.Null(), (f"longer than {LONGEST} characters" if long else "not one expression",)
    refused = dict.fromkeys(word for node in found[0].walk() if (word := _refusal(node)))
    return found[0], tuple(refused)


@lru_cache(maxsize=4096)
def _written(sql: str) -> str:
    return to_sql(_parsed(sql)[0])


def columns_of(tree: exp.Expr) -> tuple[str, ...]:
    """The names of the columns that an expression uses, each once, in order."""
    return tuple(dict.fromkeys(node.name for node in tree.find_all(exp.Column)))


def columns_needed(tree: exp.Expr) -> tuple[str, ...]:
    """As `columns_of`, without those for which the expression names a stand-in.

    A column inside `coalesce(…)` may be missing from a file; any other may not.
    """
    needed = [n.name for n in tree.find_all(exp.Column) if not n.find_ancestor(exp.Coalesce)]
    return tuple(dict.fromkeys(needed))


def to_sql(tree: exp.Expr) -> str:
    """The text that runs: written from what was parsed, without comments.

    Every name is quoted, so that a column called `user` is a column and not the user.
    """
    return tree.sql(dialect="duckdb", comments=False, identify=True)


def near(name: str, names: Iterable[str]) -> list[str]:
    """Up to three names like this one, the nearest first."""
    lower: dict[str, str] = {}
    for each in names:
        lower.setdefault(each.lower(), each)
    return [lower[n] for n in difflib.get_close_matches(name.lower(), lower, n=3, cutoff=0.6)]


def quoted(name: str) -> str:
    """A name as DuckDB reads it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as DuckDB reads it, whatever stands in it."""
    return "'" + value.replace("'", "''") + "'"


def _unknown(name: str, names: list[str], where: str, key: str) -> Problem:
    alike = near(name, names)
    return Problem(
        where,
        f"there is no column '{name}'",
        ("near it: " + ", ".join(alike)) if alike else ", ".join(names),
        "Correct the name; a name that holds spaces or capitals stands in double quotes.",
        key,
    )


def _refusal(node: exp.Expr) -> str:
    """Why a node may not stand in an expression; empty when it may."""
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        return "" if name in ANONYMOUS else f"the function {name} may not be called"
    if isinstance(node, exp.Cast) and not isinstance(node, exp.TryCast):
        return "" if _is_literal_date(node) else "cast may fail on a record; write try_cast"
    if isinstance(node, exp.TryCast) and node.to.sql("duckdb") not in TYPES:
        return f"try_cast may turn a value into {', '.join(sorted(TYPES))}, nothing else"
    if type(node) not in _ALLOWED:
        return f"{_named(node)} may not stand in an expression"
    if isinstance(node, exp.Column) and node.args.get("table"):
        return "a column is named without a table before it"
    if isinstance(node, exp.Column) and not isinstance(node.this, exp.Identifier):
        return "each column is named; * and the like may not stand in an expression"
    return ""


def _named(node: exp.Expr) -> str:
    """What a person calls a node that is refused."""
    if isinstance(node, exp.Query | exp.Subquery | exp.DDL | exp.Command):
        return "a query or a statement"
    if isinstance(node, exp.Window):
        return "a window function"
    if isinstance(node, exp.Alias):
        return "a second name or expression"
    if isinstance(node, exp.AggFunc):
        return f"a total over records ({_called(node)})"
    if isinstance(node, exp.Func):
        return f"the function {_called(node)}"
    return {"Star": "*", "PositionalColumn": "a column by its position"}.get(
        type(node).__name__, f"this ({type(node).__name__.lower()})"
    )


def _called(node: exp.Expr) -> str:
    """The name of a function as it is written in DuckDB, not as the parser calls it."""
    return node.sql(dialect="duckdb").split("(")[0].lower()


def _is_literal_date(node: exp.Cast) -> bool:
    """Whether this is `date '2023-04-25'` or `timestamp '…'`, which cannot fail."""
    if node.to.sql("duckdb") not in ("DATE", "TIMESTAMP") or not isinstance(node.this, exp.Literal):
        return False
    try:
        datetime.fromisoformat(node.this.name)
    except ValueError:
        return False
    return True
