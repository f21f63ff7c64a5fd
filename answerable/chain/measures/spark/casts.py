"""A literal as Spark writes it, and the casts that cannot fail and read alike."""

from sqlglot import exp

from .kinds import (
    DATE,
    DOUBLE,
    LONG,
    MOMENT,
    TEXT,
    TRUTH,
    WHOLE,
    Carry,
    Kind,
    NotCarried,
    Piece,
    Pieces,
    bounded,
    literal_date,
    said,
    spark_text,
    stored,
)

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
        raise NotCarried(f"it turns {said(of.kind)} into {node.to.sql('duckdb')}")
    if (of.kind.name, to.name) == ("long", "whole") and isinstance(node, exp.TryCast):
        return Piece(f"TRY_CAST({of.sql} AS INT)", WHOLE)
    kind = Kind("text", plain=True) if to is TEXT else to
    return Piece(f"CAST({of.sql} AS {stored(to)})", kind)


CASTS: Pieces = {
    exp.Literal: _literal,
    (exp.Cast, exp.TryCast): _cast,
}
