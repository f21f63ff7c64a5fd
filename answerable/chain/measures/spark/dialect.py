"""An expression as DuckDB runs it, carried to Spark so that it gives the same answer.

SQLGlot reads the text. What is written for Spark is written beside this, piece by piece, because
carrying words over alone changes some answers without a word: a division by nothing, the
half of a rounding, the letters of another alphabet, days that a clock has not ended. A
piece of which the two engines cannot be made to say the same is refused.
"""

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from .casts import CASTS
from .functions import FUNCTIONS
from .kinds import DOUBLE, LONG, NOTHING, TRUTH, Carry, Kind, NotCarried, Piece, Pieces, spark_name
from .reckoning import RECKONED
from .truths import TRUTHS

LONGEST = 60_000
"""Characters of a carried expression: some pieces stand in it more than once."""

Kinds = Mapping[str, Kind]


def carry(sql: str, kinds: Kinds) -> Piece:
    """One expression in Spark's words.

    sql     as DuckDB runs it
    kinds   of the columns that it may name, by name
    Raises NotCarried, with the reason, for what Spark would answer in another way.
    """
    lower = {name.lower(): (name, kind) for name, kind in kinds.items()}

    def piece(node: exp.Expr) -> Piece:
        if isinstance(node, exp.Column):
            name, kind = lower[node.name.lower()]
            return Piece(spark_name(name), kind, column=True)
        for kinds_of_node, made in _PIECES.items():
            if isinstance(node, kinds_of_node):
                found = made(node, piece)
                if len(found.sql) > LONGEST:
                    raise NotCarried("it is too long once written out; split it up")
                return found
        if type(node) in FUNCTIONS:
            return FUNCTIONS[type(node)](node, piece)
        called = node.sql(dialect="duckdb").split("(")[0].lower()
        raise NotCarried(f"Spark counts {called} in another way")

    return piece(sqlglot.parse_one(sql, dialect="duckdb"))


def _filtered(node: exp.Filter, carry: Carry) -> Piece:
    of, where = carry(node.this), carry(node.expression.this)
    return Piece(f"{of.sql} FILTER (WHERE {where.sql})", of.kind)


def _counted(node: exp.Count, carry: Carry) -> Piece:
    if isinstance(node.this, exp.Star):
        return Piece("count(*)", LONG)
    return Piece(f"count({carry(node.this).sql})", LONG)


def _summed(node: exp.Sum, carry: Carry) -> Piece:
    return Piece(f"sum({carry(node.this).sql})", DOUBLE)


_PIECES: Pieces = {
    exp.Null: lambda node, carry: Piece("NULL", NOTHING),
    exp.Boolean: lambda node, carry: Piece("true" if node.this else "false", TRUTH),
    exp.Paren: lambda node, carry: carry(node.this),
    **CASTS,
    **RECKONED,
    **TRUTHS,
    exp.Filter: _filtered,
    exp.Count: _counted,
    exp.Sum: _summed,
}
