"""One cell of a table's body: a number, a time, a mark for what is withheld or missing."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from ..measures import Status
from .grid import Cell
from .vocabulary import words

Kind = Literal["number", "percent", "time", "clock", "withheld", "missing", "unreadable"]
Decimal = Literal["point", "comma"]
MOST = 1e15
"""No total is as much, and beyond it not every whole number can be told from the next."""
SHORT = 40
"""A cell with more characters than this is words, not a figure."""


@dataclass(frozen=True)
class Value:
    """What a cell says.

    kind      number; percent (value is a share); time (seconds); clock (12:34, of which only
              the context says whether minutes or hours come first: value is the first × 60 +
              the second); withheld; missing; unreadable
    value     None unless it is a number, percent, time or clock
    status    ok, revised, provisional; suppressed or missing
    comma     how a comma in it was meant: '' where there is none or it is plain; 'decimal' where
              it can only be one; 'either' for 1,204
    point     True where it has a decimal point
    places    digits after the decimal mark as shown, of the percentage where it is one
    mark      what made it withheld or missing, or the mark that stood beside the figure
    money     whether a pound sign stood before it
    kept      whether the spreadsheet itself keeps it as a time
    """

    kind: Kind
    value: float | None = None
    status: Status = Status.OK
    comma: Literal["", "decimal", "either"] = ""
    point: bool = False
    places: int = 0
    mark: str = ""
    money: bool = False
    kept: bool = False


MISSING = Value("missing", status=Status.MISSING)


def read_value(cell: Cell | None, decimal: Decimal = "point") -> Value:
    """What one cell of a table's body says, by itself.

    decimal   how '1,204' is meant: as one thousand two hundred and four, or, where the commas of
              its line are decimal marks, as a little over one
    """
    if cell is None or cell.value is None:
        return MISSING
    if isinstance(cell.value, bool):
        return Value("unreadable", mark="true or false")
    if isinstance(cell.value, int | float):
        return _of_number(float(cell.value), cell.style)
    if isinstance(cell.value, timedelta):
        return Value("time", cell.value.total_seconds(), kept=True)
    if isinstance(cell.value, time):
        at = cell.value
        seconds = at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
        return Value("time", seconds, kept=True)
    if isinstance(cell.value, datetime) and cell.value.year <= 1900:
        seconds = (cell.value - datetime(1899, 12, 30)).total_seconds()
        return Value("time", seconds, kept=True)
    if isinstance(cell.value, date):
        return Value("unreadable", mark="a date")
    return read_text(str(cell.value), decimal)


TOO_MUCH = Value("unreadable", mark="a number too great to be a total")


def _of_number(value: float, style: str) -> Value:
    if not abs(value) <= MOST:
        return TOO_MUCH
    if "%" in style:
        shown = re.search(r"\.(0+)%", style)
        return Value("percent", value, places=len(shown[1]) if shown else 0)
    text = repr(value)
    places = len(text.split(".")[1]) if "." in text and "e" not in text else 0
    places = 0 if text.endswith(".0") else places
    return Value("number", value, places=places, money="£" in style)


_SUPERSCRIPT = re.compile(r"[¹²³⁰⁴-⁹ᵃ-ᵿªº]+$")
_NOTE = re.compile(
    r"\s*(?:\[[a-z0-9]{1,3}\]|\(\d{1,2}\)|\([a-z]{1,2}\)|[*†‡§#^~]+)$", re.IGNORECASE
)
_LETTER = re.compile(r"(?<=[\d%])\s*(?P<mark>r|p|e|rev|prov|est|revised|provisional)$", re.I)
_FEW = re.compile(
    r"(?:<|≤|<=|>|≥|>=|less than|fewer than|under|below|up to)\s*\d+(?:\.\d+)?\s*%?"
    r"|\d\s*(?:-|to)\s*\d"
)


@lru_cache(maxsize=100_000)
def read_text(raw: str, decimal: Decimal = "point") -> Value:
    """As `read_value`, for a cell that holds text."""
    text = " ".join(raw.replace("\u2212", "-").split())
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2015":
        text = text.replace(dash, "-")
    lower = text.lower()
    if not text:
        return MISSING
    if len(text) > SHORT:
        return Value("unreadable", mark="words")
    if lower in words("marks", "errors"):
        return Value("missing", status=Status.MISSING, mark=text.upper())
    if lower in words("marks", "missing"):
        return Value("missing", status=Status.MISSING, mark="-" if set(lower) == {"-"} else lower)
    if lower in words("marks", "withheld") or _FEW.fullmatch(lower):
        return Value("withheld", status=Status.SUPPRESSED, mark=lower)
    if lower in words("marks", "nil"):
        return Value("number", 0.0, mark=lower)
    core, status, mark = _unmarked(text)
    read = _core(core, decimal)
    return read if read.kind == "unreadable" else replace(read, status=status, mark=mark)


def _unmarked(text: str) -> tuple[str, Status, str]:
    """The figure without what stands beside it: notes, r for revised, p for provisional."""
    status, marks = Status.OK, []
    while True:
        for pattern in (_SUPERSCRIPT, _NOTE, _LETTER):
            match = pattern.search(text)
            if match and text[: match.start()].strip():
                mark = unicodedata.normalize("NFKC", match[0]).strip().lower()
                status = _status(mark, status)
                marks.append(mark)
                text = text[: match.start()].strip()
                break
        else:
            return text, status, " ".join(reversed(marks))


def _status(mark: str, status: Status) -> Status:
    if mark in words("marks", "revised"):
        return Status.REVISED
    if mark in words("marks", "provisional"):
        return Status.PROVISIONAL
    return status


_CLOCK = re.compile(r"(-?)(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
_SPELT = re.compile(
    r"(?:(?P<d>\d+(?:\.\d+)?)\s*(?:days?|d))?\s*"
    r"(?:(?P<h>\d+(?:\.\d+)?)\s*(?:hours?|hrs?|h))?\s*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*(?:minutes?|mins?|m))?\s*"
    r"(?:(?P<s>\d+(?:\.\d+)?)\s*(?:seconds?|secs?|s))?",
    re.I,
)


def _core(text: str, decimal: Decimal) -> Value:
    if match := _CLOCK.fullmatch(text):
        sign = -1 if match[1] else 1
        first, second, third = int(match[2]), int(match[3]), match[4]
        if third is None:
            return Value("clock", sign * (first * 60.0 + second))
        return Value("time", sign * (first * 3600.0 + second * 60 + int(third)))
    spelt = _SPELT.fullmatch(text)
    if spelt and any(spelt.groupdict().values()) and not text.lower().endswith(("d", "m", "s")):
        return _spelt(spelt)
    if spelt and sum(part is not None for part in spelt.groupdict().values()) > 1:
        return _spelt(spelt)
    if spelt and re.search(r"(?:days|minutes|mins|seconds|secs|hours|hrs)$", text, re.I):
        return _spelt(spelt)
    return _number(text, decimal)


def _spelt(match: re.Match[str]) -> Value:
    scale = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
    return Value("time", sum(float(match[k] or 0) * size for k, size in scale.items()))


_BRACKETED = re.compile(r"\((.+)\)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")
_SPACED = re.compile(r"\d{1,3}(?:[ '\u2019]\d{3})+(?:[.,]\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_COMMA = re.compile(r"\d+,\d+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def _number(text: str, decimal: Decimal) -> Value:
    body, sign = text, 1.0
    if bracketed := _BRACKETED.fullmatch(body):
        body, sign = bracketed[1].strip(), -1.0
    money = body.lstrip("+-").startswith("£")
    body = body.replace("£", "", 1) if money else body
    if body[:1] in "+-":
        sign *= -1.0 if body[:1] == "-" else 1.0
        body = body[1:].strip()
    share = re.fullmatch(r"(.*?)\s*(?:%|per ?cent|pct)", body, re.I)
    body = (share[1] if share else body).strip()
    read = _digits(body, decimal)
    if read is None:
        return Value("unreadable", mark="words")
    value, comma, point, places = read
    if not abs(value) <= MOST:
        return TOO_MUCH
    if share:
        return Value("percent", _hundredth(sign * value), comma=comma, point=point, places=places)
    return Value("number", sign * value, comma=comma, point=point, places=places, money=money)


def _hundredth(value: float) -> float:
    return round(value / 100, 12)


def _digits(
    text: str, decimal: Decimal
) -> tuple[float, Literal["", "decimal", "either"], bool, int] | None:
    """(value, how its comma was meant, whether it has a point, decimal places)."""
    if _PLAIN.fullmatch(text):
        return float(text), "", "." in text, _after(text, ".")
    if _EITHER.fullmatch(text):
        if decimal == "comma":
            return float(text.replace(",", ".")), "either", False, 3
        return float(text.replace(",", "")), "either", False, 0
    if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
        return float(text.replace(",", "")), "", "." in text, _after(text, ".")
    if _SPACED.fullmatch(text):
        bare = re.sub(r"[ '\u2019]", "", text)
        comma = "decimal" if "," in bare else ""
        value = float(bare.replace(",", "."))
        return value, comma, "." in bare, _after(bare.replace(",", "."), ".")  # type: ignore[return-value]
    if _DOTTED.fullmatch(text):
        bare = text.replace(".", "").replace(",", ".")
        return float(bare), "decimal", False, _after(bare, ".")
    if _COMMA.fullmatch(text):
        return float(text.replace(",", ".")), "decimal", False, _after(text, ",")
    return None


def _after(text: str, mark: str) -> int:
    return len(text.partition(mark)[2])
