"""A pack understood: tables found, headings read, figures out, everything doubtful said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..body import Problem
from .across import weave_across
from .anchors import Anchor, anchor_of, relative_headings, undated
from .asides import are_notes, is_called_notes, notice_of_notes
from .axes import Axis, axes_across, axes_down
from .bases import join_bases, without
from .byarea import join_areas
from .corrections import Corrected, Correction, check
from .crossed import are_months_of_years
from .down import weave_down
from .grid import Grid, Pack
from .joining import Found, anchored, found, join_sheets
from .lines import read_strands
from .naming import NAMELESS, name_after_sheet
from .onemonth import first_figures, regions_of_one_period
from .pairs import join_pairs
from .places import Box, Place, box_of, within
from .regions import Region, region_across, region_down
from .repeats import drop_repeats, remark_on_copies
from .sheet import Sheet
from .strands import Woven
from .surroundings import add_headings, add_words
from .totals import check_totals
from .understood import Line, Remark, Table, Understood
from .values import read_value


def understand(pack: Pack, corrections: Iterable[Correction] = ()) -> Understood:
    """The tables of a pack, with every assumption said.

    corrections   what a reader knows better; the pack is understood afresh with them
    Every figure of a line names its cell. A table, or a line, that cannot be understood is left
    out with a `Problem` that names the cell that stopped it. Figures that stand in no table are
    named too. Raises InputMistake for a correction that cannot be meant.
    See `docs/reference/spreadsheets.md`.
    """
    held = check(corrections)
    seen = [_understand_grid(pack, grid, held) for grid in pack.grids]
    tables, unjoined = join_sheets([found for each in seen for found in each.found])
    tables = join_areas(tables, (one.sheet for one in held if one.what == "area"))
    left = [each for each in seen if each.left and not each.found and are_notes(each.grid)]
    notes = [each.grid for each in left] if tables else []
    # What stands in no table comes last, and first of all that beside a table.
    problems = [problem for each in seen for problem in each.problems] + unjoined
    for with_tables in (True, False):
        problems += [
            problem
            for each in seen
            if bool(each.found) == with_tables and each.grid not in notes
            for problem in each.loose
        ]
    if not tables and not problems:
        problems.append(
            Problem(pack.name, "no table with months, quarters or years was found in it",
                    "periods across the top or down the side, with figures",
                    "Check the file, or mark where the table is: a correction `span`.")
        )  # fmt: skip
    notices = (*pack.notices, *notice_of_notes(notes))
    return Understood(pack.name, tuple(tables), tuple(problems), notices)


@dataclass
class Seen:
    """What became of a sheet.

    problems   what could not be understood of its tables
    loose      figures that stand in no table
    """

    grid: Grid
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    loose: list[Problem] = field(default_factory=list)

    @property
    def left(self) -> bool:
        """Whether it may be one of notes: no table of it was refused."""
        return not self.problems and bool(self.loose or is_called_notes(self.grid))


def _understand_grid(pack: Pack, grid: Grid, corrections: Sequence[Correction]) -> Seen:
    """The tables that a reader marked, each by itself, then those in the rest of the sheet."""
    corrected = Corrected(corrections, grid.name)
    boxes = [box_of(one.value) for one in corrected.all("span")]
    seen = Seen(grid)
    for box in boxes:
        _understand_sheet(pack, Sheet(grid, corrected, box), seen)
    if not boxes or corrected.of("span") == "":
        _understand_sheet(pack, Sheet(grid, corrected, without=tuple(boxes)), seen)
    return seen


def _understand_sheet(pack: Pack, sheet: Sheet, seen: Seen) -> None:
    regions, anchor = _regions_of(pack, sheet)
    if isinstance(anchor, Problem):
        seen.problems.append(anchor)
        return
    places: set[Place] = set()
    for region in regions:
        one, wrong, own = _understand_region(pack, sheet, region)
        places |= own
        seen.problems += wrong
        if one is not None:
            seen.found.append(one if anchor is None else anchored(one, anchor, region))
    seen.loose += _unseen(sheet, regions, places)


def _regions_of(pack: Pack, sheet: Sheet) -> tuple[list[Region], Anchor | Problem | None]:
    """Where tables are, and what the sheet is of where its headings do not say; a problem where
    that cannot be told."""
    heads = relative_headings(sheet)
    if heads:
        anchor = anchor_of(sheet, pack.name, heads[0][0])
        if anchor is None:
            return [], undated(sheet, heads[0])
        if isinstance(anchor, Problem):
            return [], anchor
        anchor.hold(sheet)
        return _regions(sheet), anchor
    regions = _regions(sheet)
    above = 0 if regions or is_called_notes(sheet.grid) else first_figures(sheet)
    anchor = anchor_of(sheet, pack.name, above) if above else None
    if isinstance(anchor, Anchor):
        sheet.of = anchor.period
        return _dressed(regions_of_one_period(sheet, anchor)), anchor
    return regions, anchor


def _regions(sheet: Sheet) -> list[Region]:
    """Where tables are; where two ways to see one are possible, the one with more periods."""
    wide, long = axes_across(sheet), axes_down(sheet)
    wish = sheet.corrected.of("orientation")
    across = [region_across(sheet, axis, wide) for axis in wide] if wish != "long" else []
    down = [r for axis in long if (r := region_down(sheet, axis, long))] if wish != "wide" else []
    across = [region for region in across if region.rows and not are_months_of_years(region)]
    chosen: list[Region] = []
    for region in sorted(
        [*across, *down], key=lambda r: (-len(_dates(sheet, r.axis)), r.axis.way, r.box)
    ):
        if not any(_meet(region.box, other.box) for other in chosen):
            chosen.append(region)
    return _dressed(chosen)


def _dressed(chosen: list[Region]) -> list[Region]:
    """Regions in order, with the headings and words that stand round them."""
    chosen.sort(key=lambda region: region.box)
    for region in chosen:
        add_headings(region, _floor(region, chosen))
    for region in chosen:
        region.beside = any(_level(region, other) for other in chosen if other is not region)
        add_words(region, _floor(region, chosen), _ceiling(region, chosen))
    return chosen


def _dates(sheet: Sheet, axis: Axis) -> set[str]:
    return {sheet.text(place) for place in axis.places()}


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _beside(one: Box, other: Box) -> bool:
    """Whether two tables share columns."""
    return one[1] <= other[3] and other[1] <= one[3]


def _level(region: Region, other: Region) -> bool:
    """Whether another table stands beside this one."""
    one, two = region.box, other.box
    return one[0] <= two[2] and two[0] <= one[2] and not _beside(one, two)


def _floor(region: Region, regions: Sequence[Region]) -> int:
    box = region.box
    above = [r.box[2] for r in regions if r.box[2] < box[0] and _beside(r.box, box)]
    return max(above, default=0)


def _ceiling(region: Region, regions: Sequence[Region]) -> int:
    box = region.box
    below = [r.box[0] - len(r.titles) for r in regions if r.box[0] > box[2] and _beside(r.box, box)]
    return min(below, default=10**7)


def _understand_region(
    pack: Pack, sheet: Sheet, region: Region
) -> tuple[Found | None, list[Problem], set[Place]]:
    woven: Woven = weave_across(region) if region.axis.way == "across" else weave_down(region)
    box = region.box
    own = {place for place in sheet.cells if within(place, box)}
    if woven.problems and not woven.strands:
        return None, woven.problems, own
    woven.remarks += name_after_sheet(sheet, woven.strands)
    read = read_strands(pack, sheet, woven.strands)
    repeated = drop_repeats(read)
    join_pairs(read)
    bases = join_bases(sheet, read)
    sums = [*check_totals(sheet, read), *without(read, bases)]
    remark_on_copies(read)
    remarks = [*woven.remarks, *read.remarks, *_unnamed(read.lines), *_hidden(region)]
    problems = [*woven.problems, *read.problems]
    if not read.lines and not problems:
        problems.append(_nothing(sheet, region))
    table = Table(
        sheet=sheet.name,
        span=region.span,
        title=region.all_titles,
        orientation="wide" if region.axis.way == "across" else "long",
        lines=tuple(read.lines),
        targets=tuple(read.targets),
        footnotes=tuple(region.footnotes),
        left_out=(*woven.left_out, *repeated, *sums),
        remarks=tuple(dict.fromkeys(remarks)),
    )
    return found(region, table, read.steps), problems, own


def _nothing(sheet: Sheet, region: Region) -> Problem:
    return Problem(
        sheet.place((region.rows[0], region.columns[0] if region.columns else region.box[1])),
        "no row or column of this table was read as figures",
        "figures under or beside their headings",
        "See what was left out; say what a row or column is: a correction `role`.",
    )


def _unnamed(lines: Sequence[Line]) -> list[Remark]:
    """Nothing over a table, or beside it, says what its figures are of."""
    places = [line.place for line in lines if line.name == NAMELESS]
    told = "Nothing says what is counted here: the line is called 'Figures' until it is named."
    return [Remark("name", told, places[0], "name")] if places else []


def _hidden(region: Region) -> list[Remark]:
    grid, box = region.sheet.grid, region.box
    rows = [row for row in sorted(grid.hidden_rows) if box[0] <= row <= box[2]]
    columns = [c for c in sorted(grid.hidden_columns) if box[1] <= c <= box[3]]
    found = []
    for what, count in (("rows", len(rows)), ("columns", len(columns))):
        if count:
            told = f"{count} hidden {what if count > 1 else what[:-1]} of this table are read too."
            if count == 1:
                told = f"1 hidden {what[:-1]} of this table is read too."
            found.append(Remark("hidden", told, region.sheet.name))
    return found


def _unseen(sheet: Sheet, regions: Sequence[Region], seen: set[Place]) -> list[Problem]:
    """Figures that stand in no table."""
    boxes = [region.box for region in regions]
    loose = sorted(
        place
        for place, cell in sheet.cells.items()
        if place not in seen
        and not any(within(place, box) for box in boxes)
        and read_value(cell).kind in ("number", "percent", "time", "clock")
    )
    if not loose:
        return []
    found = "a figure stands here that belongs"
    if len(loose) > 1:
        rest = f"{len(loose) - 1:,} other cell{'s' if len(loose) > 2 else ''}"
        found = f"figures stand here and in {rest} that belong"
    return [
        Problem(
            sheet.place(loose[0]),
            f"{found} to no table with months, quarters or years",
            "a table with its periods across the top or down the side",
            _next_step(sheet, regions),
        )
    ]


def _next_step(sheet: Sheet, regions: Sequence[Region]) -> str:
    """What to do about figures without a period, as far as the sheet shows why they have none."""
    if not regions and any(sheet.token(place).kind == "day" for place in sheet.cells):
        return "Days and weeks are not added up: ask for months, or type the months' figures."
    if not regions and (serial := _date_kept_as_number(sheet)):
        return (
            f"Numbers such as {serial:.0f} may be dates that lost their look: show those cells as"
            " dates in the spreadsheet (mmm-yy), save it, and open it again."
        )
    return (
        "Nothing need be done if they are not wanted; else mark where their table is: a correction"
        " `span`."
    )


FIRST, LAST = date(2000, 1, 1), date(2050, 1, 1)
DAYS_FROM = date(1899, 12, 30)
"""Of which a spreadsheet counts the days."""


def _date_kept_as_number(sheet: Sheet) -> float | None:
    """A number that, with another in its row or column, is the first of a month as a spreadsheet
    counts days; None where there are none."""
    firsts = [
        (place, value)
        for place, cell in sheet.cells.items()
        if isinstance(value := cell.value, int | float) and not isinstance(value, bool)
        if _first_of_month(value)
    ]
    for place, value in firsts:
        alike = (other for other, days in firsts if days != value)
        if any(place[0] == other[0] or place[1] == other[1] for other in alike):
            return value
    return None


def _first_of_month(days: float) -> bool:
    if days != int(days) or not 0 < days < (LAST - DAYS_FROM).days:
        return False
    day = DAYS_FROM + timedelta(days=int(days))
    return FIRST <= day < LAST and day.day == 1
