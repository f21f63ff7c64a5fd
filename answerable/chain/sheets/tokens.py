"""What a cell may be in a heading: a period, a period that lacks its year, words."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from ..body.spoken import Spoken, find_periods, read_pair, read_period
from ..body.spoken.heard import Heard, Refused, month_labelled_by
from .grid import Cell
from .values import Value, read_value

Kind = Literal["period", "bare", "day", "to date", "year", "value", "words", "blank"]
LONG = 60


@dataclass(frozen=True)
class Token:
    """A cell, as a heading.

    kind   period: says which months. bare: a month, quarter or half that lacks its year. day:
           a single day or a week. to date: a year to date that does not say to when. year: four
           digits, which may be a count. value: a figure or the mark of one. words. blank.
    rest   the words beside the period: '(%)', 'target'
    """

    kind: Kind
    spoken: Spoken | None = None
    rest: str = ""

    @property
    def dated(self) -> bool:
        """Whether it can stand in an axis of periods."""
        return self.kind in ("period", "bare")


BLANK = Token("blank")
_WORDS = Token("words")
_VALUE = Token("value")


def token_of(cell: Cell | None, day_first: bool | None = None) -> Token:
    """What a cell may be in a heading."""
    if cell is None or cell.value is None:
        return BLANK
    if isinstance(cell.value, date) and not _is_time(cell.value):
        return _of_date(cell)
    if isinstance(cell.value, bool):
        return _WORDS
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return _of_number(cell.value, cell.style)
    if not isinstance(cell.value, str):
        return _VALUE
    return _of_text(cell.value, day_first)


def _is_time(value: date) -> bool:
    return isinstance(value, datetime) and value.year <= 1900


def _of_date(cell: Cell) -> Token:
    day = cell.value
    assert isinstance(day, date)  # noqa: S101  # only called with one
    day = day.date() if isinstance(day, datetime) else day
    try:
        heard = month_labelled_by(day)
    except Refused as refused:
        if cell.style and "d" not in cell.style.lower():
            shown = read_period(cell.shown)
            if shown.period is not None:
                return Token("period", shown)
        return Token("day", Spoken(cell.shown, (), str(refused)))
    return Token("period", Spoken(cell.shown, (Heard(heard.period, "month", (), heard.day),)))


def _of_number(value: float, style: str) -> Token:
    if value == int(value) and "%" not in style:
        if 1990 <= value <= 2060:
            return Token("year", read_period(str(int(value))))
        if 199001 <= value <= 206012 and 1 <= int(value) % 100 <= 12:
            return Token("year", read_period(str(int(value))))
    return _VALUE


@lru_cache(maxsize=100_000)
def _of_text(raw: str, day_first: bool | None) -> Token:
    text = " ".join(raw.replace("\u00a0", " ").split())
    if not text:
        return BLANK
    if re.fullmatch(r"(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])", text):
        return Token("year", read_period(text))
    value: Value = read_value(Cell(text, text))
    bare = _unnoted(text)
    if value.kind in ("number", "percent", "time", "clock"):
        spoken = _spoken(bare, day_first)
        return Token("period", spoken) if _surely(spoken, text) else _VALUE
    if value.kind in ("withheld", "missing"):
        return _VALUE
    if len(text) > LONG:
        return _WORDS
    return _of_words(text, bare, day_first)


def _surely(spoken: Spoken, text: str) -> bool:
    """01.04.2023 is a period; 12-14 and 2023.04 are not."""
    plain = re.fullmatch(r"\d+(?:[.,]\d+)?", text)
    return bool(spoken.readings) and not plain and bool(re.search(r"(?:19|20)\d\d", text))


def _unnoted(text: str) -> str:
    """Without notes beside it: 'Apr-23*', 'Apr-23 (p)', '2022/23 [1]'."""
    return re.sub(
        r"(?:\s*(?:[*†‡§#¹²³⁰⁴-⁹ᵃᵇᶜᵖʳ]+|\((?:p|r|e|prov|provisional|\d)\)|\[[a-z0-9]{1,3}\]))+$",
        "", text, flags=re.I,
    ).strip()  # fmt: skip


def _spoken(text: str, day_first: bool | None) -> Spoken:
    return read_period(text, day_first=day_first)


def _of_words(text: str, bare: str, day_first: bool | None) -> Token:
    if read_pair(text) is not None:
        return _WORDS
    spoken = _spoken(bare, day_first)
    if spoken.readings:
        return Token("period", spoken)
    if "without its year" in spoken.reason:
        return Token("bare", spoken)
    if "within a month" in spoken.reason or "week" in spoken.reason:
        return Token("day", spoken)
    if "which month it goes to" in spoken.reason:
        return Token("to date", spoken)
    mentions = [one for one in find_periods(text) if one.spoken.readings]
    if len(mentions) == 1 and not mentions[0].spoken.relative:
        one = mentions[0]
        rest = _rest(text[: one.start] + " " + text[one.end :])
        return Token("period", one.spoken, rest) if len(rest) < LONG / 2 else _WORDS
    return _WORDS


def _rest(text: str) -> str:
    return " ".join(text.split()).strip(" -:,;/")
