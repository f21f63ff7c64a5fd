"""Lines out of a table whose periods run down: months in rows, or one figure a row."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..body import WHOLE, Problem
from ..body.spoken.heard import Heard
from .crossed import is_crossed, weave_crossed
from .naming import NAMELESS, are_measures, area_of, base_of, joined, kind_of
from .periods import Resolved, resolve
from .places import Place, letters, span_name
from .regions import Region
from .roles import WHY, Role, is_subtotal, is_whole, role_of
from .strands import Check, Strand, Woven
from .surroundings import over
from .understood import LeftOut, Remark
from .units import is_unit
from .values import read_value
from .vocabulary import has

MOST_PROBLEMS = 5


@dataclass
class Column:
    """A column of figures and what heads it."""

    at: int
    heading: str
    place: Place
    dims: tuple[str, ...]
    role: Role


@dataclass
class Names:
    """A column of names: of areas, of measures, or of something else."""

    at: int
    heading: str
    kind: str


def weave_down(region: Region) -> Woven:
    """The strands of a long table."""
    woven = Woven()
    if is_crossed(region):
        return weave_crossed(region)
    if not _one_axis(region, woven):
        return woven
    rows = [row for row in region.rows if _role_of_row(region, row) == "line"]
    resolved = _periods(region, rows)
    woven.remarks += resolved.remarks
    woven.problems += resolved.problems[:MOST_PROBLEMS]
    if len(resolved.problems) > MOST_PROBLEMS:
        more = len(resolved.problems) - MOST_PROBLEMS
        woven.problems.append(
            Problem(region.sheet.name, f"and {more:,} more headings of this kind")
        )
    if woven.problems:
        return woven
    columns = _columns(region, woven)
    names = _names(region, rows, woven)
    areas = _are_areas(region, columns, names, woven)
    _weave(region, rows, resolved.periods, columns, names, areas, woven)
    _other_rows(region, columns, woven)
    _tell_repeated(region, woven)
    return woven


def _one_axis(region: Region, woven: Woven) -> bool:
    """Refuses a second column of dates: only a reader knows which is meant."""
    sheet, axis = region.sheet, region.axis
    for column in list(region.labels):
        if sheet.corrected.of("role", *_heads(region, column)) == "leave out":
            region.labels.remove(column)
            woven.left_out.append(
                LeftOut(_span(region, column), _head(region, column), WHY["note"])
            )
            continue
        kinds = [sheet.token((row, column)) for row in region.rows]
        dated = [t for t in kinds if t.kind in ("period", "year", "bare", "day")]
        if len(dated) * 2 <= len(kinds) or _is_year_column(region, column):
            continue
        same = all(sheet.text((row, column)) == sheet.text((row, axis.at)) for row in region.rows)
        if same:
            region.labels.remove(column)
            why = "it says the same as the column of periods"
            woven.left_out.append(LeftOut(_span(region, column), _head(region, column), why))
            continue
        woven.problems.append(
            Problem(
                sheet.place((region.rows[0], column)),
                "two columns of dates stand in one table",
                "one period for each row",
                "Leave one of them out: a correction `role`.",
            )
        )
    return not woven.problems


def _heads(region: Region, column: int) -> list[Place]:
    return [(row, column) for row in region.headings] or [(region.rows[0], column)]


def _span(region: Region, column: int) -> str:
    box = (region.rows[0], column, region.rows[-1], column)
    return f"{region.sheet.name}!{span_name(box)}"


def _head(region: Region, column: int) -> str:
    """The words of the lowest heading of a column."""
    for row in reversed(region.headings):
        place = over(region, row, column)
        if place is not None:
            return region.sheet.text(place)
    return ""


def _is_year_column(region: Region, column: int) -> bool:
    """Whether a column completes the bare months beside it."""
    sheet = region.sheet
    bare = any(sheet.token((row, region.axis.at)).kind == "bare" for row in region.rows)
    kinds = {sheet.token((row, column)).kind for row in region.rows} - {"blank"}
    return bare and kinds <= {"year", "period"}


def _role_of_row(region: Region, row: int) -> Role:
    place = (row, region.axis.at)
    wish = region.sheet.corrected.of("role", place)
    if wish:
        chosen: dict[str, Role] = {"leave out": "note", "total": "total", "target": "target"}
        return chosen.get(wish, "line")
    if row in region.axis.stands:
        return "line"
    text = region.sheet.text(place)
    role = role_of(text)
    return role if role != "line" else "note"


def _periods(region: Region, rows: list[int]) -> Resolved:
    sheet, axis = region.sheet, region.axis
    places = [(row, axis.at) for row in rows]
    beside = [c for c in region.labels if _is_year_column(region, c)]
    region.labels = [c for c in region.labels if c not in beside]
    years: list[Place | None] = []
    last: Place | None = None
    for row in rows:
        own = next((p for c in beside if (p := sheet.origin((row, c))) in sheet.cells), None)
        section = _year_section(region, row)
        last = own or section or last
        years.append(last if beside or section else None)
    return resolve(sheet, places, years, region.all_titles)


def _year_section(region: Region, row: int) -> Place | None:
    """A year in a row of its own above bare months."""
    sheet, axis = region.sheet, region.axis
    if sheet.token((row, axis.at)).kind != "bare":
        return None
    for above in range(row - 1, max(0, row - 20), -1):
        token = sheet.token((above, axis.at))
        held = [c for c in region.columns if (above, c) in sheet.cells]
        if token.kind in ("period", "year") and not held:
            return above, axis.at
        if token.kind not in ("bare", "blank", "words"):
            return None
    return None


def _columns(region: Region, woven: Woven) -> list[Column]:
    """The columns that become lines, or are checked; the rest are left out with why."""
    sheet = region.sheet
    found: list[Column] = []
    for at in region.columns:
        heading = _head(region, at)
        place = next(
            (p for row in reversed(region.headings) if (p := over(region, row, at))),
            (region.rows[0], at),
        )
        dims = tuple(sheet.text(p) for row in region.headings[:-1] if (p := over(region, row, at)))
        role = _role(region, place, heading)
        words = _true_or_false(region, at) or _twice(region, at, dims, found)
        if role in ("change", "note", "to date", "average") or words or not (heading or dims):
            why = words or WHY.get(role, "nothing heads it")
            if words or heading or dims or len(region.columns) > 1:
                woven.left_out.append(LeftOut(_span(region, at), heading, why))
                woven.seen |= {(row, at) for row in region.rows}
                continue
        found.append(Column(at, heading, place, dims, role))
    _share(region, found)
    return found


def _twice(region: Region, at: int, dims: tuple[str, ...], before: list[Column]) -> str:
    """Why a column that stands a second time is left out; empty for any other."""
    sheet = region.sheet
    heading = _head(region, at)
    for other in before:
        if (
            heading
            and (other.heading, other.dims) == (heading, dims)
            and all(sheet.text((row, at)) == sheet.text((row, other.at)) for row in region.rows)
        ):
            return f"it says the same as column {letters(other.at)}"
    return ""


def _share(region: Region, columns: list[Column]) -> None:
    """Words over every column alike name the table, not its lines."""
    for words in {word for c in columns for word in c.dims}:
        if len(columns) > 1 and all(words in c.dims for c in columns):
            for c in columns:
                c.dims = tuple(each for each in c.dims if each != words)
            region.banner = region.banner or words


def _role(region: Region, place: Place, heading: str) -> Role:
    wish = region.sheet.corrected.of("role", place)
    if wish:
        chosen: dict[str, Role] = {"leave out": "note", "total": "total", "target": "target"}
        return chosen.get(wish, "line")
    return role_of(heading)


def _true_or_false(region: Region, column: int) -> str:
    """Why a column of words, or of true and false, is no line; empty for figures."""
    sheet = region.sheet
    rows = [row for row in region.rows if (row, column) in sheet.cells]
    texts = {sheet.text((row, column)).lower() for row in rows[:50]}
    return "it holds true and false" if texts and texts <= {"true", "false"} else ""


def _names(region: Region, rows: list[int], woven: Woven) -> list[Names]:
    """The columns of names, without those that say nothing."""
    sheet = region.sheet
    found = []
    for at in region.labels:
        heading = _head(region, at)
        texts = {sheet.text((row, at)) for row in rows}
        lower = {text.lower() for text in texts}
        kind = kind_of(heading)
        role = role_of(heading)
        if lower <= {"true", "false"} or role in ("change", "note") or _are_signs(texts):
            why = WHY["note" if role == "note" else "change"]
            why = "it holds true and false" if lower <= {"true", "false"} else why
            woven.left_out.append(LeftOut(_span(region, at), heading, why))
        elif len(texts) == 1 and len(rows) > 1 and kind != "area":
            why = "it says the same in every row"
            woven.left_out.append(LeftOut(_span(region, at), heading, why))
        else:
            found.append(Names(at, heading, kind))
    _guess(region, rows, found, woven)
    return found


def _are_signs(texts: set[str]) -> bool:
    """Arrows, ticks and the like: they rate figures and name nothing."""
    return not any(each.isalnum() for text in texts for each in text)


def _guess(region: Region, rows: list[int], names: list[Names], woven: Woven) -> None:
    """A column of names whose heading does not say what they are."""
    sheet = region.sheet
    for one in names:
        if one.kind or any(other.kind == "area" for other in names):
            continue
        if len(names) > 1 and one is not names[0]:
            continue
        texts = {sheet.text((row, one.at)) for row in rows}
        if not are_measures(texts):
            one.kind = "area"
            told = f"The names under '{one.heading}' are read as places."
            place = sheet.place((rows[0], one.at))
            woven.remarks.append(Remark("area", told, place, "name"))


def _are_areas(region: Region, columns: list[Column], names: list[Names], woven: Woven) -> bool:
    """Whether the headings of the columns are places: then the title says what is counted."""
    headings = [c.heading for c in columns if c.role == "line"]
    if any(one.kind == "area" for one in names) or len(headings) < 2:
        return False
    if any(c.dims for c in columns):
        return False
    if are_measures(headings) or not region.title or any(is_unit(h) for h in headings):
        return False
    if any(has(h, "headings", kind) for h in headings for kind in ("value", "measure")):
        return False
    told = "The headings of the columns are read as places, and the title as what is counted."
    where = region.sheet.place(columns[0].place)
    woven.remarks.append(Remark("area", told, where, "name"))
    return True


def _weave(
    region: Region,
    rows: list[int],
    periods: dict[Place, Heard],
    columns: list[Column],
    names: list[Names],
    areas: bool,
    woven: Woven,
) -> None:
    strands: dict[tuple[tuple[str, ...], int], Strand] = {}
    by_area = any(one.kind == "area" for one in names)
    shared = [c.at for c in columns if by_area and is_whole(c.heading) and c.role == "total"]
    shared = [at for at in shared if _is_of_the_whole(region, rows, at, columns)]
    lines = [c for c in columns if c.role in ("line", "total") and c.at not in shared]
    told = [c for c in lines if base_of(c.heading) is None]
    for row in rows:
        texts = _texts(region, row, names)
        heard = periods.get((row, region.axis.at))
        if heard is None:
            continue
        for column in columns:
            whole = column.at in shared
            own = _without_area(texts, names) if whole else texts
            key = (own, column.at)
            if key not in strands:
                several = len(told) > 1 or (len(lines) > 1 and column not in told)
                made = _strand(region, row, own, column, names, areas, several, whole)
                if whole and len(lines) == 1:
                    made.hints.insert(1, lines[0].heading)
                strands[key] = made
            strands[key].cells.append((heard, (row, column.at)))
    _tell_shared(region, rows, shared, woven)
    woven.strands += strands.values()
    woven.seen |= {(row, c.at) for row in region.rows for c in columns}


def _is_of_the_whole(region: Region, rows: list[int], at: int, columns: list[Column]) -> bool:
    """Whether a column headed by the force says the same in each area's row of a period: the
    figure of the whole beside each, and not the sum across the row."""
    if len([c for c in columns if c.role == "line"]) != 1:
        return False
    sheet = region.sheet
    axis = region.axis.at
    apart = [c for c in region.labels if kind_of(_head(region, c)) != "area"]
    said: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        key = (sheet.text((row, axis)), *(sheet.text((row, c)) for c in apart))
        said.setdefault(key, set()).add(sheet.text((row, at)))
    return all(len(each) == 1 for each in said.values()) and len(said) < len(rows)


def _without_area(texts: tuple[str, ...], names: list[Names]) -> tuple[str, ...]:
    return tuple("" if n.kind == "area" else t for t, n in zip(texts, names, strict=True))


def _tell_shared(region: Region, rows: list[int], shared: list[int], woven: Woven) -> None:
    for at in shared:
        told = (
            f"'{_head(region, at)}' says the same beside every area: it is read once, as the whole."
        )
        woven.remarks.append(Remark("whole", told, _span(region, at)))


def _texts(region: Region, row: int, names: list[Names]) -> tuple[str, ...]:
    sheet = region.sheet
    return tuple(sheet.text(sheet.origin((row, one.at))) for one in names)


def _strand(
    region: Region,
    row: int,
    texts: tuple[str, ...],
    column: Column,
    names: list[Names],
    areas: bool,
    several: bool,
    shared: bool = False,
) -> Strand:
    area, measures, others = WHOLE, [], []
    total = column.role == "total"
    for text, one in zip(texts, names, strict=True):
        if one.kind == "area":
            area = area_of(text) if text else WHOLE
            total = total or role_of(text) == "total"
        elif one.kind == "measure":
            measures.append(text)
        elif text:
            others.append(text)
    heading = column.heading
    if shared:
        heading = ""
    elif areas:
        area, heading = area_of(heading), ""
        if column.role == "total" and is_subtotal(column.heading):
            heading = column.heading
    elif column.dims and not are_measures(column.dims) and are_measures([heading]):
        area, dims = area_of(", ".join(column.dims)), ()
        column = Column(column.at, column.heading, column.place, dims, column.role)
    generic = not heading or has(heading, "headings", "value") or is_unit(heading)
    if measures and generic and not several:
        heading = ""
    elif generic and not several and not measures:
        heading = region.title or heading
    name = joined(*measures, ", ".join(column.dims), heading, ", ".join(others))
    place = column.place if not texts else (row, column.at)
    sheet = region.sheet
    labels = [(row, one.at) for one in names]
    name = sheet.corrected.of("name", column.place) or name or region.title or NAMELESS
    area = sheet.corrected.of("area", column.place, *labels) or area
    hints = [column.heading, ", ".join(column.dims), *measures, *others]
    strand = Strand(name, area, place, [], hints, region.words, total, column.role == "target")
    strand.shared, strand.heads = shared, [column.place, *labels]
    return strand


def _other_rows(region: Region, columns: list[Column], woven: Woven) -> None:
    """Totals, averages and targets among the rows."""
    sheet = region.sheet
    last = 0
    rows = [row for row in region.rows if _role_of_row(region, row) == "line"]
    for row in region.rows:
        role = _role_of_row(region, row)
        if role == "line":
            continue
        place = (row, region.axis.at)
        text = sheet.text(place)
        if role == "target":
            _target_row(region, row, columns, woven)
        why = WHY.get(role, "its heading is not a period")
        woven.left_out.append(LeftOut(sheet.place(place), text, why))
        if role in ("total", "to date"):
            before = [r for r in rows if r < row]
            block = [r for r in before if r > last]
            for strand in woven.strands:
                at = {place[1] for _, place in strand.cells}
                for column in at if len(at) == 1 else ():
                    ways = (block, before, rows)
                    sets = tuple(tuple((r, column) for r in way) for way in ways if way)
                    strand.checks.append(Check((row, column), text, sets))
            last = row


def _target_row(region: Region, row: int, columns: Iterable[Column], woven: Woven) -> None:
    for column in columns:
        if read_value(region.sheet.cell((row, column.at))).value is None:
            continue
        name = joined(", ".join(column.dims), column.heading)
        strand = Strand(name, hints=[column.heading], target=True)
        strand.above = region.words
        strand.place = (row, column.at)
        strand.group = "target"
        woven.strands.append(strand)


def _tell_repeated(region: Region, woven: Woven) -> None:
    for row in region.repeated:
        where = region.sheet.place((row, region.box[1]))
        woven.left_out.append(LeftOut(where, "", "the headings stand here again"))
