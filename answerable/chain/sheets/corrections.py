"""What a reader puts right, after which the spreadsheet is understood again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ..body import InputMistake, Problem
from ..body.spoken import read_period
from .places import Box, Place, box_of, place_of, within

What = Literal[
    "header", "span", "orientation", "unit", "dash", "calendar", "year", "days", "length",
    "decimal", "cell", "role", "name", "area", "month",
]  # fmt: skip

ALLOWED: dict[str, tuple[str, ...]] = {
    "orientation": ("wide", "long"),
    "unit": ("count", "share of 1", "percent", "mm:ss", "hh:mm", "seconds", "minutes", "hours",
             "days", "per 100", "per 1,000", "per 10,000", "per 100,000"),
    "dash": ("zero", "missing"),
    "calendar": ("calendar", "financial"),
    "days": ("day first", "month first"),
    "length": ("month", "quarter", "rolling year"),
    "decimal": ("comma", "point"),
    "role": ("line", "total", "target", "base", "leave out"),
}  # fmt: skip
"""Where only certain values are allowed, those."""

EXPLAINED: dict[str, str] = {
    "header": "the row that holds the headings: at, any cell of that row; value, empty",
    "span": "where a table is: value, its cells with their headings, as B4:H20",
    "orientation": "whether periods run across (wide) or down (long)",
    "unit": "what the figures are measured in",
    "dash": "what a dash means",
    "calendar": "whether quarters and halves are of the calendar or the financial year",
    "year": "the year of months that stand without one: 2023/24, or 2023 for the first month",
    "days": "whether 04/03/2023 is a day in March or in April",
    "length": "what a date three months after the last stands for",
    "decimal": "whether a comma is a decimal mark",
    "cell": "what a cell should say: at, the cell",
    "role": "what a row or column is: at, the cell of its heading",
    "name": "what a line measures: at, the cell of its heading",
    "month": "what a sheet is of whose headings name no period, or only 'This month': 2023-12",
    "area": "where a line was counted: at, the cell of its heading; `all` for the whole",
}
"""What each correction puts right."""


@dataclass(frozen=True)
class Correction:
    """One thing that a reader knows better.

    what    see `EXPLAINED`
    value   as the reader writes it; see `ALLOWED`
    sheet   its name; empty for every sheet
    at      the cell or the cells that it is about, `C7` or `B4:H20`; empty for the whole sheet.
            `unit`, `dash`, `calendar`, `year`, `days`, `length` and `decimal` hold for the lines
            and headings that stand there.
    """

    what: What
    value: str = ""
    sheet: str = ""
    at: str = ""

    @property
    def box(self) -> Box | None:
        return box_of(self.at) if self.at else None


_NEEDS_PLACE = frozenset({"header", "cell", "role", "name", "area"})


def check(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections. Raises InputMistake with a Problem for each that cannot be meant."""
    held = tuple(corrections)
    problems = [problem for one in held for problem in _problems(one)]
    if problems:
        raise InputMistake(problems)
    return held


def _problems(one: Correction) -> Iterable[Problem]:
    where = f"correction '{str(one.what)[:20]}'"
    if one.what not in get_args(What):
        yield Problem(where, "there is no such correction", ", ".join(get_args(What)))
        return
    allowed = ALLOWED.get(one.what)
    if allowed and one.value not in allowed:
        yield Problem(where, "this is not a value that it takes", ", ".join(allowed))
    for text in (one.at, one.value if one.what == "span" else ""):
        try:
            box_of(text) if text else None
        except ValueError as error:
            yield Problem(where, str(error), "a cell as C7, or cells as B4:H20")
    if one.what == "month" and len(read_period(one.value).readings) != 1:
        yield Problem(where, "it is no period", "2023-12, Dec 2023, Q3 2023/24 or 2023/24")
    if one.what in _NEEDS_PLACE and not one.at:
        yield Problem(where, "it does not say where", "a cell as C7")
    if one.what in ("span", "year", "name") and not one.value.strip():
        yield Problem(where, "it has no value", EXPLAINED[one.what])


class Corrected:
    """The corrections of one sheet, asked by place."""

    def __init__(self, corrections: Sequence[Correction], sheet: str):
        self.held = [one for one in corrections if one.sheet in ("", sheet)]

    def of(self, what: What, *places: Place) -> str:
        """The value of the last correction of a kind that holds at one of the places, or
        everywhere; empty where there is none."""
        found = ""
        for one in self.held:
            if one.what == what and (
                one.box is None or any(within(place, one.box) for place in places)
            ):
                found = one.value
        return found

    def all(self, what: What) -> list[Correction]:
        return [one for one in self.held if one.what == what]

    @property
    def cells(self) -> dict[Place, str]:
        """What cells should say, by place."""
        return {place_of(one.at): one.value for one in self.all("cell") if ":" not in one.at}
