"""What is true or false of values, and what is chosen by it."""

from sqlglot import exp

from .kinds import NOTHING, TRUTH, Carry, Piece, Pieces, alike, joint, need
from .patterns import like

_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.NullSafeEQ: "<=>",
}  # fmt: skip


def _comparison(node: exp.Binary, carry: Carry) -> Piece:
    left, right = alike((carry(node.this), carry(node.expression)))
    if isinstance(node, exp.NullSafeNEQ):
        return Piece(f"(NOT ({left.sql} <=> {right.sql}))", TRUTH)
    return Piece(f"({left.sql} {_SIGNS[type(node)]} {right.sql})", TRUTH)


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


TRUTHS: Pieces = {
    exp.Not: lambda node, carry: Piece(f"(NOT {need(carry(node.this), 'truth').sql})", TRUTH),
    (*_SIGNS, exp.NullSafeNEQ): _comparison,
    exp.Between: _between,
    exp.In: _among,
    (exp.And, exp.Or): _joined,
    exp.Is: _is,
    exp.Case: _case,
    exp.If: _if,
    (exp.Like, exp.ILike, exp.Escape): like,
}
