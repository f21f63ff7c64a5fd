"""What a piece of an expression is: engines agree on values of one kind, not on mixtures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from ...records.contract import Field

WIDEST = 15
"""Digits of a decimal that both engines turn into the same floating-point number."""


class NotCarried(Exception):
    """A piece of an expression of which Spark would not give DuckDB's answer, and why."""


@dataclass(frozen=True)
class Kind:
    """text, whole (32 bits), long (64 bits), decimal, double, truth, date, moment or nothing.

    digits, scale   of a decimal: all its digits, and those after the point
    plain           of a text: every value is one of a contract's codes, in plain letters
    """

    name: str
    digits: int = 0
    scale: int = 0
    plain: bool = False


TEXT, WHOLE, LONG, DOUBLE = Kind("text"), Kind("whole"), Kind("long"), Kind("double")
TRUTH, DATE, MOMENT, NOTHING = Kind("truth"), Kind("date"), Kind("moment"), Kind("nothing")
NUMBERS = ("whole", "long", "decimal", "double")
STORED = {
    "text": "STRING", "whole": "INT", "long": "BIGINT", "double": "DOUBLE", "truth": "BOOLEAN",
    "date": "DATE", "moment": "TIMESTAMP_NTZ", "nothing": "VOID",
}  # fmt: skip
"""The type in which Spark holds a value of a kind."""

_SAID = {
    "text": "a text", "whole": "a number", "long": "a number", "decimal": "a number",
    "double": "a number", "truth": "a yes or no", "date": "a date", "moment": "a time",
    "nothing": "nothing",
}  # fmt: skip
_FIELDS = {
    "integer": WHOLE, "number": DOUBLE, "boolean": TRUTH, "date": DATE, "datetime": MOMENT,
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A part of an expression in Spark's words.

    literal   the value of a literal as it was written; None for anything else
    column    whether it is a column as it stands
    """

    sql: str
    kind: Kind
    literal: str | None = None
    column: bool = False


Carry = Callable[[exp.Expr], Piece]
"""What carries a part of an expression."""
Pieces = dict[type[exp.Expr] | tuple[type[exp.Expr], ...], Callable[..., Piece]]
"""What carries each kind of part: the part and a `Carry` in, a piece out."""


def kind_of(field: Field) -> Kind:
    """The kind of a contract's column."""
    if field.type != "string":
        return _FIELDS[field.type]
    return Kind("text", plain=bool(field.enum) and all(code.isascii() for code in field.enum))


def stored(kind: Kind) -> str:
    """The type in which Spark holds it."""
    return f"DECIMAL({kind.digits},{kind.scale})" if kind.name == "decimal" else STORED[kind.name]


def said(kind: Kind) -> str:
    return _SAID[kind.name]


def alike(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, made comparable as DuckDB would: a text that is a date beside a date
    becomes one. Raises NotCarried where the two engines would each do as they like."""
    listed = list(pieces)
    names = {piece.kind.name for piece in listed} - {"nothing"}
    if names <= set(NUMBERS) or len(names) == 1:
        return listed
    if names <= {"text", "date", "moment"} and names & {"date", "moment"}:
        kind = MOMENT if "moment" in names else DATE
        if kind is DATE and any(p.literal and len(p.literal) > 10 for p in listed):
            kind = MOMENT
        return [_dated(piece, kind) for piece in listed]
    words = " with ".join(dict.fromkeys(said(p.kind) for p in listed if p.kind != NOTHING))
    raise NotCarried(f"it compares {words}")


def _dated(piece: Piece, kind: Kind) -> Piece:
    if piece.kind.name in (kind.name, "nothing"):
        return piece
    if piece.kind.name == "date":
        return Piece(f"CAST({piece.sql} AS TIMESTAMP_NTZ)", MOMENT)
    if piece.literal is None:
        raise NotCarried(f"it compares a text with {said(kind)}")
    return literal_date(piece.literal, kind)


def literal_date(written: str, kind: Kind) -> Piece:
    """A date or time as it was written between quotes."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise NotCarried(f"'{written}' is not {said(kind)} as 2024-02-29 is") from None
    if moment.tzinfo or moment.year < 1900 or written[:10] != moment.date().isoformat():
        raise NotCarried(f"'{written}' is not {said(kind)} as 2024-02-29 is")
    if kind.name == "date":
        if len(written) > 10:
            raise NotCarried(f"'{written}' is not {said(kind)} as 2024-02-29 is")
        return Piece(f"DATE '{moment.date().isoformat()}'", DATE)
    return Piece(f"TIMESTAMP_NTZ '{moment.isoformat(sep=' ')}'", MOMENT)


def joint(pieces: Iterable[Piece]) -> tuple[Kind, list[Piece]]:
    """The kind that a choice between pieces has, and each piece as that kind."""
    listed = alike(pieces)
    kinds = [piece.kind for piece in listed if piece.kind.name != "nothing"]
    if not kinds:
        return NOTHING, listed
    kind = kinds[0]
    for other in kinds[1:]:
        kind = widest(kind, other)
    return kind, [as_kind(piece, kind) for piece in listed]


def widest(one: Kind, other: Kind) -> Kind:
    """The kind that holds values of both. Raises NotCarried where none does for both engines."""
    if one.name == other.name == "text":
        return Kind("text", plain=one.plain and other.plain)
    if one.name == other.name and one.name != "decimal":
        return one
    names = {one.name, other.name}
    if "double" in names:
        return DOUBLE
    if "decimal" in names:
        one, other = as_decimal(one), as_decimal(other)
        scale = max(one.scale, other.scale)
        return bounded(max(one.digits - one.scale, other.digits - other.scale) + scale, scale)
    return LONG


def as_decimal(kind: Kind) -> Kind:
    """A whole number as the decimal that DuckDB makes of it."""
    if kind.name == "whole":
        return Kind("decimal", 10, 0)
    if kind.name == "long":
        raise NotCarried("it reckons with a decimal and a count together; write 2e0, not 2.0")
    return kind


def bounded(digits: int, scale: int) -> Kind:
    """A decimal. Raises NotCarried where it has more digits than both engines keep alike."""
    if digits > WIDEST:
        raise NotCarried(f"its decimals come to more than {WIDEST} digits; write 1.5e0, not 1.5")
    return Kind("decimal", digits, scale)


def as_kind(piece: Piece, kind: Kind) -> Piece:
    """A piece in the wider kind, where that is not its own."""
    if stored(piece.kind) == stored(kind):
        return piece
    return Piece(f"CAST({piece.sql} AS {stored(kind)})", kind)


def need(piece: Piece, *names: str) -> Piece:
    """The piece, which must be of one of these kinds. Raises NotCarried."""
    if piece.kind.name in (*names, "nothing"):
        return piece
    allowed = " or ".join(dict.fromkeys(_SAID[name] for name in names))
    raise NotCarried(f"it takes {said(piece.kind)} for {allowed}")


def whole_literal(piece: Piece | None, least: int, most: int, what: str) -> int:
    """A whole number written as such, within bounds. Raises NotCarried."""
    if piece is None or piece.literal is None or not piece.literal.lstrip("-").isdigit():
        raise NotCarried(f"{what} is not written as a number")
    number = int(piece.literal)
    if not least <= number <= most:
        raise NotCarried(f"{what} is {number}, and may be {least} to {most}")
    return number


def text_literal(piece: Piece | None, what: str) -> str:
    """A text written as such. Raises NotCarried."""
    if piece is None or piece.literal is None or piece.kind.name != "text":
        raise NotCarried(f"{what} is not written between quotes")
    return piece.literal


def spark_text(value: str) -> str:
    """A text as Spark reads it, whatever stands in it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def spark_name(name: str) -> str:
    """A name as Spark reads it, whatever stands in it."""
    return "`" + name.replace("`", "``") + "`"
