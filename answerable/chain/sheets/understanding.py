"""A pack understood: tables found, headings read, figures out, everything doubtful said."""

from collections.abc import Iterable, Sequence

from ..body import Problem
from ..body.spoken import read_period
from .across import weave_across
from .axes import Axis, axes_across, axes_down
from .bases import join_bases, without
from .corrections import Corrected, Correction, check
from .crossed import are_months_of_years
from .down import weave_down
from .grid import Grid, Pack
from .lines import read_strands
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
    tables: list[Table] = []
    problems: list[Problem] = []
    for grid in pack.grids:
        found, wrong = _understand_grid(pack, grid, held)
        tables += found
        problems += wrong
    if not tables and not problems:
        problems.append(
            Problem(pack.name, "no table with months, quarters or years was found in it",
                    "periods across the top or down the side, with figures",
                    "Check the file, or mark where the table is: a correction `span`.")
        )  # fmt: skip
    return Understood(pack.name, tuple(tables), tuple(problems), pack.notices)


def _understand_grid(
    pack: Pack, grid: Grid, corrections: Sequence[Correction]
) -> tuple[list[Table], list[Problem]]:
    """The tables that a reader marked, each by itself, then those in the rest of the sheet."""
    corrected = Corrected(corrections, grid.name)
    boxes = [box_of(one.value) for one in corrected.all("span")]
    tables: list[Table] = []
    problems: list[Problem] = []
    for box in boxes:
        found, wrong = _understand_sheet(pack, Sheet(grid, corrected, box))
        tables += found
        problems += wrong
    if not boxes or corrected.of("span") == "":
        rest = Sheet(grid, corrected, without=tuple(boxes))
        found, wrong = _understand_sheet(pack, rest)
        tables += found
        problems += wrong
    return tables, problems


def _understand_sheet(pack: Pack, sheet: Sheet) -> tuple[list[Table], list[Problem]]:
    regions = _regions(sheet)
    tables: list[Table] = []
    problems: list[Problem] = []
    seen: set[Place] = set()
    for region in regions:
        table, wrong, own = _understand_region(pack, sheet, region, regions)
        seen |= own
        problems += wrong
        if table is not None:
            tables.append(table)
    problems += _unseen(sheet, regions, seen)
    return tables, problems


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
    pack: Pack, sheet: Sheet, region: Region, regions: Sequence[Region]
) -> tuple[Table | None, list[Problem], set[Place]]:
    woven: Woven = weave_across(region) if region.axis.way == "across" else weave_down(region)
    box = region.box
    own = {place for place in sheet.cells if within(place, box)}
    if woven.problems and not woven.strands:
        return None, woven.problems, own
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
    return table, problems, own


def _nothing(sheet: Sheet, region: Region) -> Problem:
    return Problem(
        sheet.place((region.rows[0], region.columns[0] if region.columns else region.box[1])),
        "no row or column of this table was read as figures",
        "figures under or beside their headings",
        "See what was left out; say what a row or column is: a correction `role`.",
    )


def _unnamed(lines: Sequence[Line]) -> list[Remark]:
    """Nothing over a table, or beside it, says what its figures are of."""
    places = [line.place for line in lines if line.name == "Figures"]
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
    if not regions and read_period(sheet.name).readings:
        return (
            "The name of the sheet is no heading: put the month into a column of its own, or type"
            " the figures."
        )
    if not regions and any(sheet.token(place).kind == "day" for place in sheet.cells):
        return "Days and weeks are not added up: ask for months, or type the months' figures."
    return (
        "Nothing need be done if they are not wanted; else mark where their table is: a correction"
        " `span`."
    )
