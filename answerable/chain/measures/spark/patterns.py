"""A pattern that a text is like."""

from sqlglot import exp

from .kinds import TRUTH, Carry, NotCarried, Piece, need, spark_text, text_literal


def like(node: exp.Expr, carry: Carry) -> Piece:
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
