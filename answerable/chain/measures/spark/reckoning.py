"""Sums, products and divisions, and the days between dates."""

from sqlglot import exp

from .kinds import (
    DATE,
    DOUBLE,
    LONG,
    MOMENT,
    NUMBERS,
    Carry,
    Kind,
    NotCarried,
    Piece,
    Pieces,
    as_decimal,
    as_kind,
    bounded,
    need,
    stored,
    text_literal,
    whole_literal,
    widest,
)


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


RECKONED: Pieces = {
    exp.Neg: _negative,
    exp.Interval: _interval,
    (exp.Add, exp.Sub, exp.Mul): _arithmetic,
    exp.Div: _division,
    (exp.Mod, exp.IntDiv): _remainder,
}
