"""From text to the contract's values, as SQL: nothing is guessed and nothing can fail.

Each column of a contract gives a value and a mark that says what became of the text.
Only `try_` casts are used, because an ordinary cast stops at the first bad record and
prints it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .contract import Field
from .expressions import quoted, text
from .mapping import ColumnMapping

FINE, EMPTY, TEXT_NULL, UNKNOWN, UNREADABLE, OUT_OF_RANGE, DISORDER = range(7)
"""Marks: what became of a text. `UNKNOWN` is a code that is not listed; `DISORDER` a time
before an event that must come first."""

NULL_WORDS = ("NULL", "null", "Null", "N/A", "n/a", "#N/A", "NaN", "(null)", "<null>")
"""Texts that are no value wherever they stand, unless a code list gives them a meaning."""

TRUE, FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")


@dataclass(frozen=True)
class Column:
    """How one column of the contract is made from `m`, its text.

    value   SQL of the value; None where it could not be read
    mark    SQL of the mark
    form    SQL of which format was used, from 1; empty with one format
    steps   (name, SQL) of what is worked out before, each from those before it
    codes   a code list of (code, value), joined as `k_<name>`; None when there is none
    local   whether it is a time on the zone's clock on the wall
    """

    field: Field
    value: str
    mark: str
    form: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] | None = None
    local: bool = False


def column(
    field: Field,
    mapping: ColumnMapping,
    codes: Sequence[tuple[str, str]] | None,
    known: Sequence[str],
) -> Column:
    """How to make one column.

    codes  the code list, out of the mapping or of the file that it names
    known  for `force` and `area`, the values that body.toml lists
    """
    given = quoted(f"m_{field.name}")
    if codes is not None:
        looked_up = f"{quoted('k_' + field.name)}.value"
        meant = _cast(field, looked_up)
        words = [word for word in NULL_WORDS if word not in dict(codes)]
        mark = _mark(given, words, f"{looked_up} IS NULL", UNKNOWN)
        return Column(field, meant, mark, codes=tuple(codes))
    nothing = _nothing(given, NULL_WORDS)
    if field.type in ("date", "datetime"):
        return _time(field, mapping, given)
    if allowed := tuple(known) or field.enum:
        listed = f"({one_of(given, allowed)})"
        value = f"CASE WHEN {listed} THEN {_cast(field, given)} END"
        words = [word for word in NULL_WORDS if word not in allowed]
        return Column(field, value, _mark(given, words, f"NOT {listed}", UNKNOWN))
    if field.type == "string":
        return Column(
            field,
            f"CASE WHEN NOT {nothing} THEN {given} END",
            _mark(given, NULL_WORDS, f"{given} IS NULL OR {nothing}", FINE),
        )
    return _number(field, given) if field.type != "boolean" else _boolean(field, given)


def _boolean(field: Field, given: str) -> Column:
    words = {
        word: one_of(f"lower({given})", each) for word, each in (("true", TRUE), ("false", FALSE))
    }
    value = " ".join(f"WHEN {test} THEN {word}" for word, test in words.items())
    value = f"CASE {value} END"
    return Column(field, value, _mark(given, NULL_WORDS, f"({value}) IS NULL", UNREADABLE))


def _number(field: Field, given: str) -> Column:
    """A number, whole where the contract says so: 12.0 is whole, 12.5 is not a number here."""
    number = f"TRY_CAST({given} AS DOUBLE)"
    readable = f"coalesce(isfinite({number}), false)"
    if field.type == "integer":
        readable += f" AND coalesce({number} = TRY_CAST({given} AS INTEGER), false)"
    bounds = [
        f"{number} {sign} {limit}"
        for sign, limit in ((">=", field.minimum), ("<=", field.maximum))
        if limit is not None
    ]
    inside = " AND ".join(bounds) or "true"
    value = f"CASE WHEN {readable} AND {inside} THEN {_cast(field, given)} END"
    mark = (
        f"CASE WHEN {readable} AND {inside} THEN {FINE}"
        f" WHEN {given} IS NULL THEN {EMPTY}"
        f" WHEN {_nothing(given, NULL_WORDS)} THEN {TEXT_NULL}"
        f" WHEN NOT ({readable}) THEN {UNREADABLE} ELSE {OUT_OF_RANGE} END"
    )
    return Column(field, value, mark)


def _time(field: Field, mapping: ColumnMapping, given: str) -> Column:
    """A date, or a time on the mapping's own clock."""
    steps = _formats_in_turn(field, mapping.formats, given) if len(mapping.formats) > 1 else ()
    if steps:
        read = quoted(steps[-1][0])
    elif mapping.formats:
        read = f"TRY_STRPTIME({given}, {text(mapping.formats[0])})"
    else:
        read = iso(given)
    inside = f"{read} >= TIMESTAMP '1970-01-02' AND {read} < TIMESTAMP '2100-12-31'"
    value = f"CASE WHEN {inside} THEN {read} END"
    if field.type == "date":
        value = f"({value})::DATE"
    form, local = "", field.type == "datetime" and mapping.clock == "local"
    if steps:
        tried = " ".join(
            f"WHEN {quoted(name)} IS NOT NULL THEN {n}" for n, (name, _) in enumerate(steps, 1)
        )
        form = f"CASE {tried} ELSE 0 END"
    unread = f"NOT coalesce({inside}, false)"
    mark = _mark(given, NULL_WORDS, unread, UNREADABLE)
    return Column(field, value, mark, form, steps, local=local)


def _formats_in_turn(
    field: Field, formats: Sequence[str], given: str
) -> tuple[tuple[str, str], ...]:
    """Each format tried on what those before it could not read.

    A text that a format cannot read costs DuckDB twenty times one that it can, so it is
    not shown to a format of which a sign, such as `/`, is not in it.
    """
    signs = [set(re.sub(r"%-?.|[\w\s]", "", form)) for form in formats]
    steps: list[tuple[str, str]] = []
    for at, form in enumerate(formats):
        tests = [f"contains({given}, {text(sign)})" for sign in sorted(signs[at])]
        tests = tests if len(set.union(*signs)) > len(signs[at]) else []
        read = f"TRY_STRPTIME({given}, {text(form)})"
        if tests:
            read = f"CASE WHEN {' AND '.join(tests)} THEN {read} END"
        if steps:
            before = quoted(steps[-1][0])
            read = f"CASE WHEN {before} IS NULL THEN {read} ELSE {before} END"
        steps.append((f"t{at}_{field.name}", read))
    return tuple(steps)


def iso(given: str) -> str:
    """A time as ISO 8601 writes it, without a zone.

    DuckDB drops an offset in silence where it reads a time without a zone, so a text
    that holds one is not read at all.
    """
    zoned = f"(contains(substr({given}, 11), '+') OR contains(substr({given}, 11), '-')"
    zoned += f" OR ends_with({given}, 'Z') OR ends_with({given}, 'z'))"
    return f"CASE WHEN NOT {zoned} THEN TRY_CAST({given} AS TIMESTAMP) END"


def _cast(field: Field, given: str) -> str:
    return given if field.type == "string" else f"TRY_CAST({given} AS {field.stored_as})"


def _nothing(given: str, words: Sequence[str]) -> str:
    return f"coalesce({one_of(given, words)}, false)"


def one_of(given: str, words: Sequence[str]) -> str:
    """Whether a text is one of a few words.

    DuckDB turns a longer `IN` into a join, and twenty joins of wide rows cost more than
    everything else that is done to them; comparisons are a quarter of that.
    """
    return " OR ".join(f"{given} = {text(word)}" for word in words)


def _mark(given: str, words: Sequence[str], wrong: str, mark: int) -> str:
    """What became of a text that is `wrong`, unless it is fine.

    Fine comes first, because nearly all are, and the words are then looked for in none of
    them; a text that is not wrong is neither empty nor one of the words.
    """
    return (
        f"CASE WHEN NOT ({wrong}) THEN {FINE} WHEN {given} IS NULL THEN {EMPTY}"
        f" WHEN {_nothing(given, words)} THEN {TEXT_NULL} ELSE {mark} END"
    )
