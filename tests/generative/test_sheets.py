"""A random series in a random ugly layout is read back exactly, or refused; never read wrongly."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.chain.body import Month
from answerable.chain.sheets import Cell, Grid, Pack, Understood, understand

AREAS = ("North", "South", "East", "West", "Central")
MEASURES = ("Arrests", "Crimes recorded", "Charges", "Referrals made", "Calls answered")
Known = tuple[str, str, float | None, str]
"""(label, month, value, status) of a cell."""


@dataclass
class Drawn:
    """A sheet being laid out, and what stands in each cell of figures."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    known: dict[tuple[int, int], Known] = field(default_factory=dict)

    def put(self, row: int, column: int, value: object, style: str = "") -> None:
        if value is not None and value != "":
            self.cells[row, column] = Cell(value, str(value), style)  # type: ignore[arg-type]

    def understood(self) -> Understood:
        rows = max(row for row, _ in self.cells)
        columns = max(column for _, column in self.cells)
        grid = Grid("S", self.cells, rows, columns, tuple(self.merged))
        return understand(Pack("random.xlsx", "0" * 64, (grid,)))


MONTHS = {
    "Apr-23": lambda m: f"{m.plain()[:3]}-{m.year % 100:02d}",
    "April 2023": lambda m: m.plain(),
    "01/04/2023": lambda m: f"{m.first_day:%d/%m/%Y}",
    "last day": lambda m: f"{m.last_day:%d/%m/%Y}",
    "date": lambda m: m.first_day,
    "2023-04": str,
    "Apr 23 (p)": lambda m: f"{m.plain()[:3]} {m.year % 100:02d}",
    "04/2023": lambda m: f"{m.month:02d}/{m.year}",
}


@dataclass(frozen=True)
class Look:
    """How one line's figures are written."""

    unit: str
    style: str


COUNTS = ("int", "text", "spaced", "thousands", "float", "noted")
SHARES = ("56%", "0.56 as %", "56 under %", "0,56")


def written(number: int, look: Look) -> tuple[object, str, float]:
    """(what stands in the cell, its number format, the value that it means)."""
    if look.unit == "share":
        share = number % 1000 / 1000
        return {
            "56%": (f"{number % 1000 / 10}%", "", share),
            "0.56 as %": (share, "0.0%", share),
            "56 under %": (number % 1000 / 10, "", share),
            "0,56": (f"{share:.3f}".replace(".", ","), "", share),
        }[look.style]
    grouped = f"{number:,}"
    return {
        "int": (number, "", float(number)),
        "float": (float(number), "#,##0", float(number)),
        "text": (str(number), "", float(number)),
        "thousands": (grouped, "", float(number)),
        "spaced": (f"\u00a0{grouped.replace(',', chr(0xA0))} ", "", float(number)),
        "noted": (f"{grouped}*" if number % 3 else f"{grouped} (1)", "", float(number)),
    }[look.style]


HIDDEN = (("<5", "suppressed"), ("*", "suppressed"), ("[c]", "suppressed"), ("-", "missing"),
          ("n/a", "missing"), ("..", "missing"), ("", "missing"), ("#N/A", "missing"))  # fmt: skip

figures = st.one_of(st.integers(11, 99_999), st.integers(2015, 2026), st.sampled_from(HIDDEN))


@st.composite
def layouts(draw: st.DrawFn) -> Drawn:
    sheet = Drawn()
    at, left = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    for number in range(draw(st.integers(1, 2))):
        at = table(draw, sheet, at, left, number) + draw(st.integers(2, 4))
    return sheet


def table(draw: st.DrawFn, sheet: Drawn, top: int, left: int, number: int) -> int:
    """One table from a row on; gives the last row that it uses."""
    share = draw(st.booleans())
    look = Look("share", draw(st.sampled_from(SHARES))) if share else Look(
        "count", draw(st.sampled_from(COUNTS)))  # fmt: skip
    by_area = draw(st.booleans())
    labels = list((AREAS if by_area else MEASURES)[: draw(st.integers(2, 4))])
    first = Month(draw(st.integers(2011, 2025)), draw(st.integers(1, 12)))
    months = [first + i for i in range(draw(st.integers(3, 16)))]
    unit = " (%)" if look.unit == "share" else ""
    sheet.put(top, left, f"Table {number + 1}: Police figures{unit}")
    head = top + draw(st.integers(1, 2))
    heading = draw(st.sampled_from(("Area", "District") if by_area else ("Measure", "")))
    make = draw(st.sampled_from((wide, long, tidy, sectioned, beside, measured, quarterly)))
    last = make(draw, sheet, head, left, heading, labels, months, look)
    if draw(st.booleans()):
        sheet.put(last + 1, left, "Source: the force's own records.")
        last += 1
    return last


def figure(
    draw: st.DrawFn, sheet: Drawn, place: tuple[int, int], label: str, month: Month, look: Look
) -> float | None:
    drawn = draw(figures)
    if isinstance(drawn, tuple):
        sheet.put(*place, drawn[0])
        sheet.known[place] = (label, str(month), None, drawn[1])
        return None
    cell, style, value = written(drawn, look)
    sheet.put(*place, cell, style)
    sheet.known[place] = (label, str(month), value, "ok")
    return value


def wide(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Months across, with a year above bare months or without, totals and ratings."""
    spelling = draw(st.sampled_from([*MONTHS, "bare"]))
    total = draw(st.sampled_from(("", "Total", "YTD", "RAG", "% change", "Target", "Comments")))
    if spelling == "bare":
        _years_above(sheet, head, left + 1, months)
        head += 1
    sheet.put(head, left, heading)
    for i, month in enumerate(months):
        name = month.plain()[:3] if spelling == "bare" else MONTHS[spelling](month)
        sheet.put(head, left + 1 + i, name)
    row = head
    for row, label in enumerate(labels, head + 1):
        sheet.put(row, left, label)
        values = [
            figure(draw, sheet, (row, left + 1 + i), label, month, look)
            for i, month in enumerate(months)
        ]
        sheet.put(row, left + 1 + len(months), _after(total, values))
    if total:
        sheet.put(head, left + 1 + len(months), total)
    return row


def _years_above(sheet: Drawn, row: int, left: int, months: list[Month]) -> None:
    """A merged heading over the months of each financial year."""
    start = 0
    for i in range(1, len(months) + 1):
        if i == len(months) or _begun(months[i]) != _begun(months[start]):
            year = _begun(months[start])
            sheet.put(row, left + start, f"{year}/{(year + 1) % 100:02d}")
            if i - start > 1:
                sheet.merged.append((row, left + start, row, left + i - 1))
            start = i


def _begun(month: Month) -> int:
    return month.year if month.month >= 4 else month.year - 1


def _after(total: str, values: list[float | None]) -> object:
    if total in ("Total", "YTD"):
        return sum(value or 0 for value in values)
    return {"RAG": "G", "% change": "4%", "Target": 80, "Comments": "see note"}.get(total)


def long(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Months down, one column a line, perhaps with a total beneath."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    sheet.put(head, left, draw(st.sampled_from(("Month", "Period"))))
    for i, label in enumerate(labels, 1):
        sheet.put(head, left + i, label)
    row = head
    for row, month in enumerate(months, head + 1):
        sheet.put(row, left, MONTHS[spelling](month))
        for i, label in enumerate(labels, 1):
            figure(draw, sheet, (row, left + i), label, month, look)
    if draw(st.booleans()):
        row += 1
        sheet.put(row, left, "Total")
        for i in range(1, len(labels) + 1):
            sheet.put(row, left + i, 12345)
    return row


def tidy(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """One figure a row; the headings may stand again in the middle."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    again = draw(st.booleans())
    headings = ("Month", heading or "Measure", "Value")
    row = head - 1
    for i, month in enumerate(months):
        if i in ((0, 3) if again else (0,)):
            row += 1
            for column, text in enumerate(headings, left):
                sheet.put(row, column, text)
        for label in labels:
            row += 1
            sheet.put(row, left, MONTHS[spelling](month))
            sheet.put(row, left + 1, label)
            figure(draw, sheet, (row, left + 2), label, month, look)
    return row


@settings(max_examples=80, deadline=None)
@given(layouts())
def test_read_back_exactly_or_refused(sheet: Drawn) -> None:
    found = sheet.understood()
    read = {}
    for line in found.lines:
        for each in line.figures:
            row, column = _place(each.place)
            assert (row, column) in sheet.known, f"{each.place} is no figure"
            label, month, value, status = sheet.known[row, column]
            for part in label.split("|"):
                assert part == line.area or part in line.name, (label, line.name, line.area)
            assert each.period.text == month
            assert str(each.status) == status
            assert each.value == value or abs((each.value or 0) - (value or 0)) < 1e-9
            read[row, column] = each
    lost = [place for place in sheet.known if place not in read]
    assert not lost or found.problems, f"lost without a word: {lost[:3]}"


def sectioned(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Months across, areas beneath the name of each measure, the headings perhaps again."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    again, gap = draw(st.booleans()), draw(st.booleans())
    row = head
    for i, month in enumerate(months):
        sheet.put(head, left + 1 + i, MONTHS[spelling](month))
    for measure in MEASURES[:2]:
        row += 1 + gap
        if again and measure != MEASURES[0]:
            for i, month in enumerate(months):
                sheet.put(row, left + 1 + i, MONTHS[spelling](month))
            row += 1
        sheet.cells[row, left] = Cell(measure, measure, bold=True)
        for area in AREAS[:3]:
            row += 1
            sheet.put(row, left, area)
            for i, month in enumerate(months):
                figure(draw, sheet, (row, left + 1 + i), f"{measure}|{area}", month, look)
    return row


def beside(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Two tables side by side, each with a title of its own, with or without a gap."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    gap = draw(st.integers(0, 2))
    for measure in MEASURES[:2]:
        sheet.put(head, left, measure)
        for i, month in enumerate(months):
            sheet.put(head + 1, left + 1 + i, MONTHS[spelling](month))
        for row, area in enumerate(AREAS[:3], head + 2):
            sheet.put(row, left, area)
            for i, month in enumerate(months):
                figure(draw, sheet, (row, left + 1 + i), f"{measure}|{area}", month, look)
        left += len(months) + 1 + gap
    return head + 4


def measured(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Months down; areas over measures in merged headings, or the months under measures."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    merge, spacer = draw(st.booleans()), draw(st.booleans())
    column = left + 1
    sheet.put(head + 1, left, "Month")
    row = head + 1
    for row, month in enumerate(months, head + 2):
        sheet.put(row, left, MONTHS[spelling](month))
    for area in AREAS[:2]:
        sheet.put(head, column, area)
        if merge:
            sheet.merged.append((head, column, head, column + 1))
        for measure in MEASURES[:2]:
            sheet.put(head + 1, column, measure)
            for at, month in enumerate(months, head + 2):
                figure(draw, sheet, (at, column), f"{measure}|{area}", month, look)
            column += 1
        column += spacer
    return row


def quarterly(
    draw: st.DrawFn, sheet: Drawn, head: int, left: int, heading: str, labels: list[str],
    months: list[Month], look: Look,
) -> int:  # fmt: skip
    """Months across with the sum of each year after them, and the lines' total beneath."""
    spelling = draw(st.sampled_from(list(MONTHS)))
    column = left + 1
    rows = list(enumerate(labels, head + 1))
    for i, month in enumerate(months):
        sheet.put(head, column, MONTHS[spelling](month))
        for row, label in rows:
            figure(draw, sheet, (row, column), label, month, look)
        column += 1
        if i == len(months) - 1 or _begun(months[i + 1]) != _begun(month):
            sheet.put(head, column, f"Total {_begun(month)}/{(_begun(month) + 1) % 100:02d}")
            for row, _ in rows:
                sheet.put(row, column, 4321)
            column += 1
    for row, label in rows:
        sheet.put(row, left, label)
    return head + len(labels)


def _place(text: str) -> tuple[int, int]:
    cell = text.rpartition("!")[2]
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column


def test_a_layout_can_be_read_wrongly() -> None:
    """The check above can fail: a figure put under another month is noticed."""
    sheet = Drawn()
    for i, text in enumerate(("Area", "Apr-23", "May-23", "Jun-23"), 1):
        sheet.put(1, i, text)
    for row, area in ((2, "North"), (3, "South")):
        sheet.put(row, 1, area)
        for i in range(3):
            sheet.put(row, 2 + i, 10 * row + i)
    (line, _) = sheet.understood().lines
    assert [figure.period.text for figure in line.figures] == ["2023-04", "2023-05", "2023-06"]


anything = st.one_of(
    st.text(max_size=12),
    st.integers(-5000, 300_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(),
    st.booleans(),
    st.sampled_from(
        ["Apr-23", "May", "2023/24", "Q3 2023", "Total", "Area", "%", "12:34", "<5", "2023", "YTD",
         "Target", "12m to Apr-15 v 12m to Apr-14", "0,56", "1,204", "#REF!", "North", "Change"]
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 8)), anything, max_size=50),
    st.lists(st.tuples(st.integers(1, 8), st.integers(1, 7)), max_size=3),
)
def test_any_cells_are_read_or_refused(
    cells: dict[tuple[int, int], object], merges: list[tuple[int, int]]
) -> None:
    """Nothing that stands in a sheet makes it fail, and every figure is at a cell that is there."""
    sheet = Drawn()
    sheet.put(9, 9, "end")
    for place, value in cells.items():
        sheet.put(*place, value)
    sheet.merged = [(row, column, row, column + 1) for row, column in merges]
    found = sheet.understood()
    assert found.tables or found.problems
    for line in found.lines:
        for each in line.figures:
            assert each.value is None or _place(each.place) in sheet.cells
