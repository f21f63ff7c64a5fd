"""Which months a sheet is of, where its headings do not say: by its name, or words above."""

import re
from dataclasses import dataclass, replace

from ..body import Month, Period, Problem, quarter_of
from ..body.spoken import Spoken, find_periods, read_period
from ..body.spoken.heard import Heard
from .places import Place
from .roles import is_aside
from .sheet import Sheet
from .tokens import Token
from .vocabulary import folded, words


@dataclass(frozen=True)
class Anchor:
    """The months that a sheet is of.

    by   what says so: a cell, or the name of the sheet or of the file
    """

    heard: Heard
    by: str

    @property
    def period(self) -> Period:
        return self.heard.period

    def hold(self, sheet: Sheet) -> None:
        """Lets the sheet's headings such as 'Last month' be what they come to."""

        def relative(text: str) -> Token | None:
            return Token("period", resolved(text, self)) if is_relative(text) else None

        sheet.of, sheet.relative = self.period, relative


def undated(sheet: Sheet, place: Place) -> Problem:
    """'This month', and nothing says which."""
    return Problem(
        sheet.place(place), f"'{sheet.text(place)}' stands here, and nothing says which that is",
        "the month above the table or in the name of the sheet, or a correction `month`", _STEP,
    )  # fmt: skip


_STEP = "Say which: a correction `month`, such as 2023-12."


def relative_headings(sheet: Sheet) -> list[Place]:
    """The headings such as 'This month' and 'Last month', where two or more stand in one row, or
    in one column."""
    places = [place for place in sheet.cells if is_relative(sheet.text(place))]
    rows, columns = [p[0] for p in places], [p[1] for p in places]
    return sorted(p for p in places if rows.count(p[0]) > 1 or columns.count(p[1]) > 1)


def is_relative(text: str) -> bool:
    """Whether a heading names a period only by its distance from another."""
    return bool(_kind(text))


def _kind(text: str) -> str:
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]$", "", folded(text))
    return next((kind for kind in ("this", "before", "year_before")
                 if bare in words("relative", kind)), "")  # fmt: skip


def resolved(text: str, anchor: Anchor) -> Spoken:
    """'Last month' on a sheet of December 2023 is November 2023; a quarter needs a sheet of a
    quarter, or of its last month."""
    period = anchor.period
    if "quarter" in text.lower() and len(period) == 1 and period.last.month % 3 == 0:
        period = quarter_of(period.last)
    length = {"quarter": 3, "month": 1}
    named = [months for word, months in length.items() if word in text.lower()]
    if named and len(period) != named[0]:
        reason = f"the sheet is of {period.plain()}, and this speaks of another length of time"
        return Spoken(text, (), reason)
    back = {"this": 0, "before": len(period), "year_before": 12}[_kind(text)]
    first, last = period.first + -back, period.last + -back
    shape = {1: "month", 3: "quarter", 12: "year"}.get(len(period), "span")
    return Spoken(text, (Heard(Period.of(first, last), shape),))  # type: ignore[arg-type]


def anchor_of(sheet: Sheet, file: str, above: int) -> Anchor | Problem | None:
    """The months of a sheet; a problem where what says them does not agree.

    file    its name may give the year of a sheet that is named for a month alone
    above   the row above which words are titles
    """
    told = sheet.corrected.all("month")
    if told:
        return Anchor(read_period(told[-1].value).readings[0], "as told")
    titles = _shortest(_in_titles(sheet, above))
    if len({_span(each) for each in titles}) > 1:
        return None
    name = _in_name(sheet, file, titles)
    if isinstance(name, Problem):
        return name
    named = [name] if name is not None else []
    both = _shortest([*titles, *named])
    if len({_span(each) for each in both}) > 1:
        found = " and ".join(f"{each.period.plain()} ({each.by})" for each in both[:3])
        return Problem(
            sheet.place((1, 1)), f"this sheet is of one month, and two are named: {found}",
            "one month", _STEP,
        )  # fmt: skip
    return both[0] if both else None


def _span(one: Anchor) -> tuple[Month, Month]:
    return one.period.first, one.period.last


def _shortest(found: list[Anchor]) -> list[Anchor]:
    """Without a year, or a quarter, in which another that is named lies."""
    return [
        one
        for one in found
        if not any(
            other.period != one.period
            and len(other.period) < len(one.period)
            and one.period.covers(other.period)
            for other in found
        )
    ]


def _in_titles(sheet: Sheet, above: int) -> list[Anchor]:
    """The periods in the words above a table. The day on which a paper was made says nothing of
    what it is of, unless nothing else does and it is the last of a month."""
    found: list[Anchor] = []
    asides: list[Anchor] = []
    for row in [r for r in sheet.rows if r < above]:
        apart = any(is_aside(sheet.text((row, c))) for c in sheet.by_row[row])
        for column in sheet.by_row[row]:
            for heard in _heard(sheet, (row, column)):
                anchor = Anchor(heard, sheet.place((row, column)))
                typed = isinstance(sheet.cells[row, column].value, str)
                if not apart and not (typed and heard.day == "first"):
                    found.append(anchor)
                elif heard.day == "last":
                    asides.append(anchor)
    return found or asides


def _heard(sheet: Sheet, place: Place) -> list[Heard]:
    token = sheet.token(place)
    spoken = [token.spoken] if token.kind == "period" and token.spoken is not None else []
    if token.kind == "words":
        spoken = [mention.spoken for mention in find_periods(sheet.text(place))]
    return [one.readings[0] for one in spoken if len(one.readings) == 1 and not one.relative]


def _in_name(sheet: Sheet, file: str, titles: list[Anchor]) -> Anchor | Problem | None:
    """The period in the name of a sheet; of a month alone, with the year that is told elsewhere."""
    by = "the name of the sheet"
    whole = read_period(sheet.name)
    mentions = [whole] if whole.readings else [m.spoken for m in find_periods(sheet.name)]
    found = [one.readings[0] for one in mentions if len(one.readings) == 1 and not one.relative]
    if len({(h.period.first, h.period.last) for h in found}) == 1:
        return Anchor(found[0], by)
    if found or "without its year" not in whole.reason:
        return None
    if any(len(each.period) == 1 for each in titles):
        return None
    told = sheet.corrected.all("year")
    years = [one for each in told[-1:] for one in read_period(each.value).readings]
    years = years or [each.heard for each in titles if each.heard.shape == "year"]
    stem = re.sub(r"\.\w{2,4}$", "", file).replace("_", " ")
    years = years or [
        m.spoken.readings[0]
        for m in find_periods(stem)
        if m.spoken.shape == "year" and len(m.spoken.readings) == 1
    ]
    if len({(h.period.first, h.period.last) for h in years}) != 1:
        return Problem(
            sheet.place((1, 1)), f"the sheet is named '{sheet.name}', without its year",
            "a year above the table or in the name of the file, or a correction `year`",
            "Say which: a correction `year`, such as 2023/24.",
        )  # fmt: skip
    year = years[0]
    calendar = year.period.first.month == 1
    spoken = read_period(sheet.name, year=year.period.first.year if calendar else year.period)
    readings = spoken.readings
    return Anchor(replace(readings[0], assumed=()), by) if len(readings) == 1 else None
