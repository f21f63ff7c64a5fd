"""An expression as DuckDB runs it, carried to Spark so that it gives the same answer.

SQLGlot reads the text. What is written for Spark is written here, piece by piece, because
carrying words over alone changes some answers without a word: a division by nothing, the
half of a rounding, the letters of another alphabet, days that a clock has not ended. A
piece of which the two engines cannot be made to say the same is refused.
"""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from .kinds import (
    DATE,
    DOUBLE,
    LONG,
    MOMENT,
    NOTHING,
    NUMBERS,
    TEXT,
    TRUTH,
    WHOLE,
    Kind,
    NotCarried,
    Piece,
    alike,
    as_decimal,
    as_kind,
    bounded,
    joint,
    literal_date,
    need,
    spark_name,
    spark_text,
    stored,
    text_literal,
    whole_literal,
    widest,
)

LONGEST = 60_000
"""Characters of a carried expression: some pieces stand in it more than once."""

Kinds = Mapping[str, Kind]
Carry = Callable[[exp.Expr], Piece]


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
        from .functions import FUNCTIONS

        if type(node) in FUNCTIONS:
            return FUNCTIONS[type(node)](node, piece)
        called = node.sql(dialect="duckdb").split("(")[0].lower()
        raise NotCarried(f"Spark counts {called} in another way")

    return piece(sqlglot.parse_one(sql, dialect="duckdb"))


def _literal(node: exp.Literal, carry: Carry) -> Piece:
    written = node.name
    if node.is_string:
        return Piece(spark_text(written), Kind("text", plain=written.isascii()), written)
    if "e" in written.lower():
        return Piece(f"{float(written)!r}D", DOUBLE, written)
    if "." in written:
        whole, _, part = written.partition(".")
        kind = bounded(len(whole.lstrip("0")) + len(part), len(part))
        return Piece(f"CAST({written} AS {stored(kind)})", kind, written)
    if int(written) >= 2**63:
        raise NotCarried(f"{written} is too large")
    return Piece(written, WHOLE, written) if int(written) < 2**31 else Piece(written + "L", LONG)


def _negative(node: exp.Neg, carry: Carry) -> Piece:
    of = need(carry(node.this), *NUMBERS)
    literal = f"-{of.literal}" if of.literal and not of.literal.startswith("-") else None
    return Piece(f"(- {roomy(of).sql})", of.kind, literal)


def roomy(piece: Piece) -> Piece:
    """A whole number with room to grow: DuckDB may see that a sum need not be taken, and then
    answers where Spark would stop. So Spark's answer is the true one, or DuckDB stops."""
    if piece.kind.name == "whole":
        return Piece(f"CAST({piece.sql} AS BIGINT)", piece.kind, piece.literal)
    return piece


def _cast(node: exp.Cast, carry: Carry) -> Piece:
    """`date '2024-02-29'`, and the casts that cannot fail and read alike."""
    to = _TYPES.get(node.to.sql("duckdb"))
    of = carry(node.this)
    if to is None:
        raise NotCarried(f"it turns a value into {node.to.sql('duckdb')}")
    if of.kind.name == "nothing" or of.kind.name == to.name:
        return Piece(f"CAST({of.sql} AS {stored(to)})", of.kind if to is TEXT else to)
    if to.name in ("date", "moment") and of.literal is not None:
        return literal_date(of.literal, to)
    if (of.kind.name, to.name) not in _SURE:
        raise NotCarried(f"it turns {_named(of)} into {node.to.sql('duckdb')}")
    if (of.kind.name, to.name) == ("long", "whole") and isinstance(node, exp.TryCast):
        return Piece(f"TRY_CAST({of.sql} AS INT)", WHOLE)
    kind = Kind("text", plain=True) if to is TEXT else to
    return Piece(f"CAST({of.sql} AS {stored(to)})", kind)


def _named(piece: Piece) -> str:
    from .kinds import said

    return said(piece.kind)


_TYPES = {
    "VARCHAR": TEXT, "TEXT": TEXT, "INT": WHOLE, "BIGINT": LONG, "DOUBLE": DOUBLE,
    "BOOLEAN": TRUTH, "DATE": DATE, "TIMESTAMP": MOMENT, "UTINYINT": WHOLE,
}  # fmt: skip
_SURE = frozenset({
    ("whole", "long"), ("whole", "double"), ("long", "double"), ("long", "whole"),
    ("decimal", "double"), ("truth", "whole"), ("truth", "long"), ("truth", "text"),
    ("whole", "text"), ("long", "text"), ("date", "text"), ("date", "moment"),
    ("moment", "date"),
})  # fmt: skip
"""Casts that read alike: a text may hold anything, a fraction may be rounded either way."""


def _arithmetic(node: exp.Binary, carry: Carry) -> Piece:
    """Sums, differences and products; days between dates, and a day so many days on."""
    left, right = carry(node.this), carry(node.expression)
    plus, minus = isinstance(node, exp.Add), isinstance(node, exp.Sub)
    if isinstance(node.expression, exp.Interval) and (plus or minus):
        return _moved(left, right, "+" if plus else "-")
    if minus and left.kind.name == right.kind.name == "date":
        return Piece(f"CAST(datediff({left.sql}, {right.sql}) AS BIGINT)", LONG)
    if (plus or minus) and left.kind.name == "date" and right.kind.name == "whole":
        return Piece(f"date_add({left.sql}, CAST({'' if plus else '-'}({right.sql}) AS INT))", DATE)
    need(left, *NUMBERS), need(right, *NUMBERS)
    if "nothing" in (left.kind.name, right.kind.name):
        raise NotCarried("it reckons with null")
    kind = _reckoned(node, left.kind, right.kind)
    sign = "+" if plus else "-" if minus else "*"
    if kind.name != "decimal":
        left, right = roomy(as_kind(left, kind)), roomy(as_kind(right, kind))
        return Piece(f"({left.sql} {sign} {right.sql})", kind)
    return Piece(f"CAST(({left.sql} {sign} {right.sql}) AS {stored(kind)})", kind)


def _reckoned(node: exp.Binary, left: Kind, right: Kind) -> Kind:
    if "decimal" not in (left.name, right.name) or "double" in (left.name, right.name):
        return widest(left, right)
    left, right = as_decimal(left), as_decimal(right)
    if isinstance(node, exp.Mul):
        return bounded(left.digits + right.digits, left.scale + right.scale)
    scale = max(left.scale, right.scale)
    return bounded(max(left.digits - left.scale, right.digits - right.scale) + scale + 1, scale)


def _interval(node: exp.Interval, carry: Carry) -> Piece:
    unit = str(node.args.get("unit") or "").upper().rstrip("S")
    number = text_literal(carry(node.this), "the length of time")
    if unit not in ("YEAR", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"):
        raise NotCarried(f"it moves a time by {unit.lower()}s")
    if not number.isdigit() or len(number) > 6:
        raise NotCarried(f"it moves a time by '{number}', which is no whole number")
    return Piece(f"INTERVAL '{number}' {unit}", Kind("interval"))


def _moved(left: Piece, by: Piece, sign: str) -> Piece:
    need(left, "date", "moment")
    return Piece(f"(CAST({left.sql} AS TIMESTAMP_NTZ) {sign} {by.sql})", MOMENT)


def _division(node: exp.Div, carry: Carry) -> Piece:
    """Floating-point division, also by nought: that is infinite here, and an error in Spark."""
    top = as_kind(need(carry(node.this), *NUMBERS), DOUBLE).sql
    below = need(carry(node.expression), *NUMBERS)
    if below.kind.name == "double" and not below.column and below.literal is None:
        raise NotCarried("it divides by a fraction that is worked out; divide by a column")
    b = as_kind(below, DOUBLE).sql
    if below.literal is not None and float(below.literal) != 0:
        return Piece(f"({top} / {b})", DOUBLE)
    sign = f"(CASE WHEN CAST({b} AS STRING) = '-0.0' THEN -1D ELSE 1D END)"
    nought = (
        f"CASE WHEN {top} = 0D OR isnan({top}) THEN CAST('NaN' AS DOUBLE)"
        f" WHEN {top} > 0D THEN {sign} * CAST('Infinity' AS DOUBLE)"
        f" WHEN {top} < 0D THEN {sign} * CAST('-Infinity' AS DOUBLE) END"
    )
    return Piece(f"(CASE WHEN {b} = 0D THEN {nought} ELSE try_divide({top}, {b}) END)", DOUBLE)


def _remainder(node: exp.Binary, carry: Carry) -> Piece:
    """Whole division and its remainder, by a number as written: by nought both engines stop,
    each at another moment."""
    left, right = need(carry(node.this), "whole", "long"), carry(node.expression)
    whole_literal(right, 1, 2**31 - 1, "what it divides by")
    if isinstance(node, exp.Mod):
        return Piece(f"({left.sql} % {right.sql})", left.kind)
    return Piece(f"({left.sql} div {right.sql})", left.kind)


def _comparison(node: exp.Binary, carry: Carry) -> Piece:
    left, right = alike((carry(node.this), carry(node.expression)))
    if isinstance(node, exp.NullSafeNEQ):
        return Piece(f"(NOT ({left.sql} <=> {right.sql}))", TRUTH)
    return Piece(f"({left.sql} {_SIGNS[type(node)]} {right.sql})", TRUTH)


_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.NullSafeEQ: "<=>",
}  # fmt: skip


def _between(node: exp.Between, carry: Carry) -> Piece:
    of, low, high = (carry(node.args[name]) for name in ("this", "low", "high"))
    (a, low), (b, high) = alike((of, low)), alike((of, high))
    return Piece(f"({a.sql} >= {low.sql} AND {b.sql} <= {high.sql})", TRUTH)


def _among(node: exp.In, carry: Carry) -> Piece:
    of, *listed = alike((carry(node.this), *(carry(each) for each in node.expressions)))
    return Piece(f"({of.sql} IN ({', '.join(each.sql for each in listed)}))", TRUTH)


def _joined(node: exp.Connector, carry: Carry) -> Piece:
    left, right = need(carry(node.this), "truth"), need(carry(node.expression), "truth")
    word = "AND" if isinstance(node, exp.And) else "OR"
    return Piece(f"({left.sql} {word} {right.sql})", TRUTH)


def _is(node: exp.Is, carry: Carry) -> Piece:
    of = carry(node.this)
    if isinstance(node.expression, exp.Null):
        return Piece(f"({of.sql} IS NULL)", TRUTH)
    need(of, "truth")
    word = "TRUE" if node.expression.this else "FALSE"
    return Piece(f"(CAST({of.sql} AS BOOLEAN) IS {word})", TRUTH)


def _case(node: exp.Case, carry: Carry) -> Piece:
    of = carry(node.this) if node.this else None
    whens = []
    for each in node.args["ifs"]:
        when = carry(each.this)
        if of:
            left, right = alike((of, when))
            when = Piece(f"({left.sql} = {right.sql})", TRUTH)
        whens.append(need(when, "truth"))
    default = node.args.get("default")
    otherwise = carry(default) if default is not None else Piece("NULL", NOTHING)
    kind, then = joint((*(carry(each.args["true"]) for each in node.args["ifs"]), otherwise))
    said = " ".join(
        f"WHEN {when.sql} THEN {each.sql}" for when, each in zip(whens, then[:-1], strict=True)
    )
    return Piece(f"(CASE {said} ELSE {then[-1].sql} END)", kind)


def _if(node: exp.If, carry: Carry) -> Piece:
    return _case(exp.Case(ifs=[node], default=node.args.get("false")), carry)


def _like(node: exp.Expr, carry: Carry) -> Piece:
    """A pattern as written; Spark's own escape is written before what must be literal."""
    escape = ""
    if isinstance(node, exp.Escape):
        escape = text_literal(carry(node.expression), "the escape")
        node = node.this
    of = need(carry(node.this), "text")
    pattern = spark_pattern(text_literal(carry(node.expression), "the pattern"), escape)
    word = "LIKE"
    if isinstance(node, exp.ILike):
        if not (of.kind.plain and pattern.isascii()):
            raise NotCarried("ilike takes letters of some alphabets together and others not")
        word = "ILIKE"
    negated = "NOT " if node.args.get("negate") else ""
    return Piece(f"({of.sql} {negated}{word} {spark_text(pattern)})", TRUTH)


def spark_pattern(pattern: str, escape: str) -> str:
    """A pattern whose escape is `escape`, or none, as one whose escape is a backslash."""
    if len(escape) > 1 or (escape and escape in "%_"):
        raise NotCarried("the escape of a pattern is one character, and neither % nor _")
    made, rest = "", iter(pattern)
    for letter in rest:
        if escape and letter == escape:
            letter = next(rest, "")
            if letter not in ("%", "_", escape) or not letter:
                raise NotCarried("in a pattern the escape stands before %, _ or itself")
            made += "\\" + letter if letter in "%_\\" else letter
        else:
            made += "\\\\" if letter == "\\" else letter
    return made


def _filtered(node: exp.Filter, carry: Carry) -> Piece:
    of, where = carry(node.this), carry(node.expression.this)
    return Piece(f"{of.sql} FILTER (WHERE {where.sql})", of.kind)


def _counted(node: exp.Count, carry: Carry) -> Piece:
    if isinstance(node.this, exp.Star):
        return Piece("count(*)", LONG)
    return Piece(f"count({carry(node.this).sql})", LONG)


def _summed(node: exp.Sum, carry: Carry) -> Piece:
    return Piece(f"sum({carry(node.this).sql})", DOUBLE)


_PIECES: dict[type[exp.Expr] | tuple[type[exp.Expr], ...], Callable[..., Piece]] = {
    exp.Literal: _literal,
    exp.Null: lambda node, carry: Piece("NULL", NOTHING),
    exp.Boolean: lambda node, carry: Piece("true" if node.this else "false", TRUTH),
    exp.Paren: lambda node, carry: carry(node.this),
    exp.Neg: _negative,
    exp.Not: lambda node, carry: Piece(f"(NOT {need(carry(node.this), 'truth').sql})", TRUTH),
    exp.Interval: _interval,
    (exp.Add, exp.Sub, exp.Mul): _arithmetic,
    exp.Div: _division,
    (exp.Mod, exp.IntDiv): _remainder,
    (*_SIGNS, exp.NullSafeNEQ): _comparison,
    exp.Between: _between,
    exp.In: _among,
    (exp.And, exp.Or): _joined,
    exp.Is: _is,
    exp.Case: _case,
    exp.If: _if,
    (exp.Like, exp.ILike, exp.Escape): _like,
    (exp.Cast, exp.TryCast): _cast,
    exp.Filter: _filtered,
    exp.Count: _counted,
    exp.Sum: _summed,
}
