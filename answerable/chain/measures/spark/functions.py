"""The functions of the dialect, as Spark must be asked for them."""

from collections.abc import Callable

from sqlglot import exp

from .kinds import (
    DOUBLE,
    LONG,
    MOMENT,
    NUMBERS,
    TRUTH,
    Carry,
    Kind,
    NotCarried,
    Piece,
    alike,
    joint,
    need,
    spark_text,
    text_literal,
    whole_literal,
)
from .reckoning import roomy

MOST = 10_000
"""The greatest place or length in a text: far beyond any code."""

SPACES = " \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
"""What DuckDB takes for a space when it trims; Spark takes the first alone."""

EXACT = "4503599627370496D"
"""Beyond 2 to the 52nd a floating-point number is whole."""


def _abs(node: exp.Abs, carry: Carry) -> Piece:
    of = need(carry(node.this), *NUMBERS)
    return Piece(f"abs({roomy(of).sql})", of.kind)


def _whole(node: exp.Expr, carry: Carry) -> Piece:
    """Up or down to the next whole number, which DuckDB keeps as a fraction."""
    of = need(carry(node.this), "whole", "long", "double")
    if of.kind.name != "double":
        return Piece(f"CAST({of.sql} AS DOUBLE)", DOUBLE)
    word = "ceil" if isinstance(node, exp.Ceil) else "floor"
    if node.args.get("decimals") is not None:
        raise NotCarried(f"{word} takes no decimals")
    small = f"CAST({word}({of.sql}) AS DOUBLE)"
    return Piece(f"(CASE WHEN abs({of.sql}) < {EXACT} THEN {small} ELSE {of.sql} END)", DOUBLE)


def _round(node: exp.Round, carry: Carry) -> Piece:
    """Spark rounds a fraction as it is written, DuckDB as it is held: so it is scaled first."""
    of = need(carry(node.this), "whole", "long", "double")
    given = node.args.get("decimals")
    places = whole_literal(carry(given), 0, 9, "the number of decimals") if given else 0
    if of.kind.name != "double":
        return of
    if not places:
        return Piece(f"round({of.sql})", DOUBLE)
    scale = f"1{'0' * places}D"
    rounded = f"round({of.sql} * {scale}) / {scale}"
    return Piece(f"(CASE WHEN abs({of.sql}) < 1e290D THEN {rounded} ELSE {of.sql} END)", DOUBLE)


def _coalesce(node: exp.Coalesce, carry: Carry) -> Piece:
    kind, listed = joint((carry(node.this), *(carry(each) for each in node.expressions)))
    return Piece(f"coalesce({', '.join(each.sql for each in listed)})", kind)


def _extreme(node: exp.Expr, carry: Carry) -> Piece:
    kind, listed = joint((carry(node.this), *(carry(each) for each in node.expressions)))
    if len(listed) < 2 or kind.name == "nothing":
        return listed[0]
    word = "greatest" if isinstance(node, exp.Greatest) else "least"
    return Piece(f"{word}({', '.join(each.sql for each in listed)})", kind)


def _nullif(node: exp.Nullif, carry: Carry) -> Piece:
    left, right = alike((carry(node.this), carry(node.expression)))
    if left.kind.name != right.kind.name and right.kind.name != "nothing":
        raise NotCarried("nullif compares two kinds of numbers")
    return Piece(f"nullif({left.sql}, {right.sql})", left.kind)


def _cased(node: exp.Expr, carry: Carry) -> Piece:
    of = need(carry(node.this), "text")
    word = "lower" if isinstance(node, exp.Lower) else "upper"
    if not of.kind.plain:
        raise NotCarried(
            f"{word} of any letter differs between engines; of a column of codes it does not"
        )
    return Piece(f"{word}({of.sql})", of.kind)


def _length(node: exp.Length, carry: Carry) -> Piece:
    return Piece(f"CAST(char_length({need(carry(node.this), 'text').sql}) AS BIGINT)", LONG)


def _end(node: exp.Expr, carry: Carry) -> Piece:
    of = need(carry(node.this), "text")
    long = whole_literal(carry(node.expression), 0, MOST, "the number of letters")
    word = "left" if isinstance(node, exp.Left) else "right"
    return Piece(f"{word}({of.sql}, {long})", of.kind)


def _substring(node: exp.Substring, carry: Carry) -> Piece:
    of = need(carry(node.this), "text")
    start, length = node.args.get("start"), node.args.get("length")
    first = whole_literal(carry(start) if start else None, 1, MOST, "the first letter")
    if length is None:
        return Piece(f"substring({of.sql}, {first})", of.kind)
    long = whole_literal(carry(length), 0, MOST, "the number of letters")
    return Piece(f"substring({of.sql}, {first}, {long})", of.kind)


def _replace(node: exp.Replace, carry: Carry) -> Piece:
    of, old, new = (
        need(carry(node.args[name]), "text") for name in ("this", "expression", "replacement")
    )
    text_literal(old, "what is replaced"), text_literal(new, "what stands instead")
    return Piece(f"replace({of.sql}, {old.sql}, {new.sql})", _mixed(of, new))


def _mixed(*pieces: Piece) -> Kind:
    return Kind("text", plain=all(piece.kind.plain for piece in pieces))


def _trim(node: exp.Trim, carry: Carry) -> Piece:
    of = need(carry(node.this), "text")
    given = node.args.get("expression")
    letters = text_literal(carry(given), "what is trimmed") if given else SPACES
    if not letters:
        return of
    where = str(node.args.get("position") or "BOTH")
    return Piece(f"trim({where} {spark_text(letters)} FROM {of.sql})", of.kind)


def _part(node: exp.SplitPart, carry: Carry) -> Piece:
    of = need(carry(node.this), "text")
    edge = carry(node.args["delimiter"])
    if not text_literal(edge, "what parts are divided by"):
        raise NotCarried("split_part divides by nothing")
    number = whole_literal(carry(node.args["part_index"]), 1, MOST, "the number of the part")
    return Piece(f"split_part({of.sql}, {edge.sql}, {number})", of.kind)


def _holds(node: exp.Expr, carry: Carry) -> Piece:
    of, other = need(carry(node.this), "text"), need(carry(node.expression), "text")
    return Piece(f"{_TESTS[type(node)]}({of.sql}, {other.sql})", TRUTH)


_TESTS: dict[type[exp.Expr], str] = {
    exp.Contains: "contains", exp.StartsWith: "startswith", exp.EndsWith: "endswith",
}  # fmt: skip


def _place(node: exp.StrPosition, carry: Carry) -> Piece:
    of, other = need(carry(node.this), "text"), need(carry(node.args["substr"]), "text")
    if node.args.get("position") or node.args.get("occurrence"):
        raise NotCarried("strpos takes two texts")
    return Piece(f"CAST(instr({of.sql}, {other.sql}) AS BIGINT)", LONG)


def _concat(node: exp.Concat, carry: Carry) -> Piece:
    """DuckDB leaves out what is null; Spark would make the whole null."""
    pieces = [need(carry(each), "text") for each in node.expressions]
    listed = ", ".join(f"coalesce(CAST({each.sql} AS STRING), '')" for each in pieces)
    return Piece(f"concat({listed})", _mixed(*pieces))


def _concat_ws(node: exp.ConcatWs, carry: Carry) -> Piece:
    pieces = [need(carry(each), "text") for each in node.expressions]
    text_literal(pieces[0], "what stands between the texts")
    listed = ", ".join(f"CAST({each.sql} AS STRING)" for each in pieces)
    return Piece(f"concat_ws({listed})", _mixed(*pieces))


def _pipe(node: exp.DPipe, carry: Carry) -> Piece:
    left, right = need(carry(node.this), "text"), need(carry(node.expression), "text")
    return Piece(f"({left.sql} || {right.sql})", _mixed(left, right))


def _date_part(node: exp.Expr, carry: Carry) -> Piece:
    word = type(node).__name__.upper()
    return _part_of_date(word, carry(node.this))


def _extract(node: exp.Extract, carry: Carry) -> Piece:
    return _part_of_date(node.this.name.upper(), carry(node.expression))


def _part_of_date(word: str, of: Piece) -> Piece:
    if word not in _PARTS:
        raise NotCarried(f"Spark counts {word.lower()} in another way")
    if word in ("HOUR", "MINUTE"):
        need(of, "moment")
    need(of, "date", "moment")
    return Piece(f"CAST({_PARTS[word].format(of.sql)} AS BIGINT)", LONG)


_PARTS = {
    "YEAR": "year({})", "QUARTER": "quarter({})", "MONTH": "month({})", "WEEK": "weekofyear({})",
    "DAY": "day({})", "DOY": "dayofyear({})", "DAYOFYEAR": "dayofyear({})",
    "HOUR": "hour({})", "MINUTE": "minute({})", "DOW": "(dayofweek({}) - 1)",
    "DAYOFWEEK": "(dayofweek({}) - 1)", "ISODOW": "(weekday({}) + 1)",
    "DAYOFWEEKISO": "(weekday({}) + 1)",
}  # fmt: skip


def _truncated(node: exp.Expr, carry: Carry) -> Piece:
    """The beginning of a period, which DuckDB gives as a time, also of a date."""
    unit = str(node.args.get("unit") or "").strip("'").upper()
    of = need(carry(node.this), "date", "moment")
    if unit not in ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR"):
        raise NotCarried(f"it cuts a time off at the {unit.lower()}")
    made = f"date_trunc('{unit}', CAST({of.sql} AS TIMESTAMP))"
    return Piece(f"CAST({made} AS TIMESTAMP_NTZ)", MOMENT)


def _between(node: exp.DateDiff, carry: Carry) -> Piece:
    """Seconds that began between two times; days between two dates."""
    unit = str(node.args.get("unit") or "").strip("'").upper().rstrip("S")
    later, earlier = carry(node.this), carry(node.expression)
    need(later, "date", "moment"), need(earlier, "date", "moment")
    if unit == "DAY" and later.kind.name == earlier.kind.name == "date":
        return Piece(f"CAST(datediff({later.sql}, {earlier.sql}) AS BIGINT)", LONG)
    if unit != "SECOND":
        raise NotCarried(f"it counts {unit.lower()}s")
    one, other = (f"unix_seconds(CAST({each.sql} AS TIMESTAMP))" for each in (later, earlier))
    return Piece(f"({one} - {other})", LONG)


FUNCTIONS: dict[type[exp.Expr], Callable[..., Piece]] = {
    exp.Abs: _abs,
    exp.Ceil: _whole,
    exp.Floor: _whole,
    exp.Round: _round,
    exp.Coalesce: _coalesce,
    exp.Greatest: _extreme,
    exp.Least: _extreme,
    exp.Nullif: _nullif,
    exp.Lower: _cased,
    exp.Upper: _cased,
    exp.Length: _length,
    exp.Left: _end,
    exp.Right: _end,
    exp.Substring: _substring,
    exp.Replace: _replace,
    exp.Trim: _trim,
    exp.SplitPart: _part,
    exp.Contains: _holds,
    exp.StartsWith: _holds,
    exp.EndsWith: _holds,
    exp.StrPosition: _place,
    exp.Concat: _concat,
    exp.ConcatWs: _concat_ws,
    exp.DPipe: _pipe,
    exp.Year: _date_part,
    exp.Month: _date_part,
    exp.Day: _date_part,
    exp.Hour: _date_part,
    exp.Extract: _extract,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.DateDiff: _between,
}
"""What each function of the allow-list becomes. Those that are not here are refused: patterns
of letters, which the engines read by different rules, and dates read out of text."""
