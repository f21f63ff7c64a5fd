"""Results as a member of a bundle: one file for each measure, and back again.

The form is that of a site's open data: what all results share is said once, then a row each.
"""

import gzip
import io
import json
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

from ..body import WHOLE
from ..measures import Definition, Grade, Grain, Result, Status, Unit, period_of
from ..measures.definition import STATISTICS
from .archive import refused

ONCE = ("measure", "version", "definition", "source")
COLUMNS = tuple(field.name for field in fields(Result) if field.name not in ONCE)
MOST = 32_000_000
"""Bytes of one measure's results, unpacked: some 200,000 results."""

_values = attrgetter(*COLUMNS)
_NUMBERLESS = frozenset({Status.SUPPRESSED, Status.MISSING})
_NUMBERS = ("value", "n", "count", "lower", "upper")


def packed(data: bytes) -> bytes:
    """Gzip without a name or a time of day."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=6, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def unpacked(data: bytes, where: str, most: int = MOST) -> bytes:
    """The content of a gzip file, read no further than `most` bytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(most + 1)
    except (OSError, EOFError, ValueError):
        raise refused(where, "not readable as gzip") from None
    except Exception as error:  # zlib.error has no base of its own
        if type(error).__name__ != "error":
            raise
        raise refused(where, "not readable as gzip") from None
    if len(content) > most:
        raise refused(where, f"larger than {most:,} bytes once unpacked")
    return content


def written(results: Sequence[Result], definition: Definition, source: str) -> bytes:
    """The results of one measure as canonical JSON."""
    text = {
        "measure": definition.key,
        "version": definition.version,
        "definition": definition.digest,
        "source": source,
        "columns": COLUMNS,
        "results": [_values(result) for result in results],
    }
    return json.dumps(
        text, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def read(
    data: bytes, where: str, definition: Definition, source: str, areas: Collection[str]
) -> tuple[Result, ...]:
    """The results of one measure. Raises InputMistake where anything is not as it should be.

    Every value is held to its column: its type, a code of a closed list, a statistic of the
    measure's kind, an area and a period that exist, a split by a column that the definition
    names. What reads back is written again and must be the same bytes, so nothing can be
    hidden between the values.
    """
    try:
        held = json.loads(data)
        rows = held["results"]
        same = tuple(held[name] for name in ONCE)
        named = tuple(held["columns"])
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    except (ValueError, RecursionError, KeyError, TypeError):
        raise refused(where, "not in the form of a measure's results") from None
    if same != (definition.key, definition.version, definition.digest, source):
        raise refused(where, "its results are of another definition or other records")
    if named != COLUMNS or len(columns) != len(COLUMNS):
        raise refused(where, "it has a column that is not known, or lacks one")
    by_name = dict(zip(COLUMNS, columns, strict=True))
    for name, fits in _fits(definition, areas).items():
        if not all(map(fits, _different(by_name[name]))):
            raise refused(where, f"a value of the column '{name}' is not one that it may have")
    once = dict(zip(ONCE, same, strict=True))
    results = tuple(_result(once, row) for row in rows)
    _consistent(results, where)
    if written(results, definition, source) != data:
        raise refused(where, "it holds more than results, or is not written as it should be")
    return results


def _different(column: Sequence[Any]) -> Sequence[Any]:
    """Each value once, so that it is held to the rule once. `true` is not the same as 1."""
    try:
        return [value for _, value in {(type(value), value) for value in column}]
    except TypeError:  # lists cannot be told apart in this way
        return column


def _fits(definition: Definition, areas: Collection[str]) -> Mapping[str, Callable[[Any], bool]]:
    """The rule of each column."""
    places = {WHOLE, *areas}
    return {
        "statistic": lambda v: v in STATISTICS[definition.kind],
        "area": lambda v: v in places,
        "period": _is_period,
        "grain": _one_of(Grain),
        "unit": _one_of(Unit),
        "value": _is_number,
        "n": _is_count,
        "status": _one_of(Status),
        "split": lambda v: _is_split(v, definition),
        "basis": lambda v: v in ("raw", "standardised"),
        "count": _is_count,
        "lower": _is_number,
        "upper": _is_number,
        "method": lambda v: isinstance(v, str) and _words(v, 500),
        "excluded": _are_excluded,
        "grade": _one_of(Grade),
        "rounded_to": lambda v: type(v) is int and v in (1, 5),
    }


def _one_of(kind: type[StrEnum]) -> Callable[[Any], bool]:
    known = {str(member) for member in kind}
    return lambda value: isinstance(value, str) and value in known


def _is_period(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) < 40 and period_of(value) is not None
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    if value is None:
        return True
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def split_columns(definition: Definition) -> frozenset[str]:
    """The columns by which a measure's results may be split."""
    return frozenset({*definition.splits, definition.mix or "", "step", "reason"} - {""})


def _is_split(value: Any, definition: Definition) -> bool:
    if value == "":
        return True
    if not isinstance(value, str):
        return False
    column, sign, code = value.partition("=")
    return bool(sign) and column in split_columns(definition) and _words(code, 100)


def _words(text: str, most: int) -> bool:
    return len(text) <= most and not re.search(r"[\x00-\x1f\x7f]", text)


def _are_excluded(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 50 and all(
        isinstance(each, list)
        and len(each) == 2
        and isinstance(each[0], str)
        and _words(each[0], 100)
        and each[1] is not None
        and _is_count(each[1])
        for each in value
    )  # fmt: skip


_CODES: dict[str, type[StrEnum]] = {"grain": Grain, "unit": Unit, "status": Status, "grade": Grade}


def _result(once: Mapping[str, Any], row: Sequence[Any]) -> Result:
    values = dict(zip(COLUMNS, row, strict=True))
    for name, kind in _CODES.items():
        values[name] = kind(values[name])
    values["excluded"] = tuple((reason, number) for reason, number in values["excluded"])
    return Result(**once, **values)


def _consistent(results: Sequence[Result], where: str) -> None:
    """Each name once; no number where the status says that there is none; no more than n."""
    if len({result.name for result in results}) < len(results):
        raise refused(where, "two of its results have one name")
    for result in results:
        if result.status in _NUMBERLESS and (
            result.excluded or any(getattr(result, name) is not None for name in _NUMBERS)
        ):
            raise refused(where, f"a figure is {result.status}, and yet a number is given")
        share = result.unit == Unit.SHARE and result.count is not None
        if share and (result.count or 0) > (result.n or 0):
            raise refused(where, "a share counts more than it rests on")
        if any(each % result.rounded_to for each in (result.n or 0, result.count or 0)):
            raise refused(where, "a figure is said to be rounded, and is not")
