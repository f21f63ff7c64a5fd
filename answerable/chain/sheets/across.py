"""Lines out of a table whose periods run across."""

from dataclasses import dataclass

from ..body import WHOLE, Problem
from ..body.spoken.heard import Heard
from .anchors import is_relative
from .calendars import is_calendar, weave_calendar
from .naming import NAMELESS, are_measures, area_of, joined, kind_of
from .periods import resolve
from .places import ABOVE, Place
from .regions import Region
from .roles import WHY, Role, is_subtotal, is_whole, role_of
from .strands import Check, Strand, Woven
from .surroundings import over
from .understood import LeftOut, Remark
from .units import is_unit
from .vocabulary import has


@dataclass
class Column:
    """A column of figures: its period, or its role; and what else stands over it."""

    at: int
    heading: str
    place: Place
    period: Heard | None = None
    role: Role = "line"
    dims: tuple[str, ...] = ()


def weave_across(region: Region) -> Woven:
    """The strands of a wide table."""
    woven = Woven()
    if is_calendar(region):
        return weave_calendar(region)
    columns = _columns(region, woven)
    if woven.problems:
        return woven
    _tell_columns(region, columns, woven)
    names = _names(region)
    placed = _places_or_measures(region, names, columns, woven)
    for row in region.rows:
        _weave_row(region, row, names[row], placed, columns, woven)
    _tell_rows(region, woven)
    return woven


def _columns(region: Region, woven: Woven) -> list[Column]:
    """Every column of figures, with its period resolved where it has one."""
    sheet, axis = region.sheet, region.axis
    uppers = [row for row in region.headings if row not in (axis.at, axis.lower)]
    found: list[Column] = []
    heads: list[Place] = []
    years: list[Place | None] = []
    for column in region.columns:
        place = over(region, axis.at, column) or (axis.at, column)
        token = sheet.token(place)
        dated = (
            token.dated or (token.kind == "year" and column in axis.along) or token.kind == "day"
        )
        above = [p for row in uppers if (p := over(region, row, column)) is not None]
        dims = tuple(sheet.text(p) for p in above if not _is_year(region, p))
        if axis.lower:
            below = (axis.lower, column)
            dims = (*dims, sheet.text(below)) if below in sheet.cells else dims
        role = _role(region, place, token.rest if dated else sheet.text(place))
        if axis.lower and dims and role == "line" and role_of(dims[-1]) != "line":
            role = role_of(dims[-1])
        if token.rest and role == "line" and not (is_unit(token.rest) or is_relative(token.rest)):
            dims = (*dims, token.rest)
        if axis.at == ABOVE and role == "total" and is_whole(dims[-1]):
            role = "line"
        heading = dims[-1] if axis.at == ABOVE and dims else sheet.text(place)
        one = Column(column, heading, place, role=role, dims=dims)
        found.append(one)
        if dated and role == "line":
            heads.append(place)
            years.append(next((p for p in reversed(above) if _is_year(region, p)), None))
    _share_banner(region, found)
    if axis.lower and len({c.place if axis.at else axis.at for c in found}) == 1:
        _unname(found)
    unique = list(dict.fromkeys(heads))
    by_head = dict(zip(heads, years, strict=True))
    resolved = resolve(sheet, unique, [by_head[p] for p in unique], region.all_titles)
    woven.remarks += resolved.remarks
    woven.problems += resolved.problems
    for one in found:
        one.period = resolved.periods.get(one.place) if one.role == "line" else None
    if not resolved.problems:
        _check_years(region, found, by_head, woven)
        _check_twice(region, found, woven)
    return found


def _unname(columns: list[Column]) -> None:
    """'Value' over the only column of figures, beneath one month, names nothing."""
    lines = [c for c in columns if c.role == "line"]
    if len(lines) == 1:
        lines[0].dims = tuple(d for d in lines[0].dims if not has(d, "headings", "value"))


def _role(region: Region, place: Place, words: str) -> Role:
    wish = region.sheet.corrected.of("role", place)
    chosen: dict[str, Role] = {"leave out": "note", "total": "total", "target": "target"}
    if wish:
        return chosen.get(wish, "line")
    if region.sheet.token(place).kind == "to date":
        return "to date"
    return role_of(words) if words else "line"


def _is_year(region: Region, place: Place) -> bool:
    token = region.sheet.token(place)
    return token.kind == "year" or (token.kind == "period" and not token.rest)


def _share_banner(region: Region, columns: list[Column]) -> None:
    """Words that stand over every period alike name the table, not its lines."""
    dated = [c for c in columns if c.role == "line"]
    for words in {word for c in dated for word in c.dims}:
        if len(dated) > 1 and all(words in c.dims for c in dated):
            for c in columns:
                c.dims = tuple(each for each in c.dims if each != words)
            region.banner = region.banner or words


def _check_years(
    region: Region, columns: list[Column], years: dict[Place, Place | None], woven: Woven
) -> None:
    """A month that stands under the heading of a year in which it does not lie."""
    sheet = region.sheet
    for one in columns:
        year = years.get(one.place)
        if one.period is None or year is None:
            continue
        above = sheet.token(year).spoken
        readings = above.readings if above else ()
        if readings and not any(r.period.covers(one.period.period) for r in readings):
            told = (
                f"{one.period.period.plain()} stands under '{sheet.text(year)}', in which it does"
                " not lie."
            )
            woven.remarks.append(Remark("year", told, sheet.place(one.place), "cell"))


def _check_twice(region: Region, columns: list[Column], woven: Woven) -> None:
    """Two columns for one period and one thing cannot both be right."""
    seen: dict[tuple[object, ...], Column] = {}
    for one in columns:
        if one.period is None:
            continue
        key = (one.period.period.first, one.period.period.last, one.dims)
        other = seen.setdefault(key, one)
        if other is not one:
            woven.problems.append(
                Problem(
                    region.sheet.place(one.place),
                    f"{one.period.period.plain()} stands here and in"
                    f" {region.sheet.place(other.place)}",
                    "each period once",
                    "Correct the heading, or leave one column out.",
                )
            )


def _tell_columns(region: Region, columns: list[Column], woven: Woven) -> None:
    for one in columns:
        if one.period is not None:
            continue
        role = one.role
        why = WHY.get(role, "its heading is not a period")
        where = f"{region.sheet.name}!{_span_of(region, one.at)}"
        woven.left_out.append(LeftOut(where, one.heading, why))
        woven.seen |= {(row, one.at) for row in region.rows}


def _span_of(region: Region, column: int) -> str:
    from .places import span_name

    return span_name((region.rows[0], column, region.rows[-1], column))


def _names(region: Region) -> dict[int, tuple[Place | None, ...]]:
    """The cells that name each row, one for each column of names; the first ones hold for the
    rows beneath until another stands there."""
    sheet = region.sheet
    found: dict[int, tuple[Place | None, ...]] = {}
    before: list[Place | None] = [None] * len(region.labels)
    last = 0
    for row in region.rows:
        if row in region.sections or (last and row - last > 1 and not _bridged(region, last, row)):
            before = [None] * len(region.labels)
        now: list[Place | None] = []
        for i, column in enumerate(region.labels):
            place = sheet.origin((row, column))
            if place in sheet.cells:
                now.append(place)
                before[i + 1 :] = [None] * (len(before) - i - 1)
                before[i] = place
            else:
                inner = i < len(region.labels) - 1
                now.append(before[i] if inner else None)
        found[row] = tuple(now)
        last = row
    return found


def _bridged(region: Region, one: int, other: int) -> bool:
    return all(row in region.empty or row in region.repeated for row in range(one + 1, other))


Kinds = tuple[str, ...]


def _places_or_measures(
    region: Region,
    names: dict[int, tuple[Place | None, ...]],
    columns: list[Column],
    woven: Woven,
) -> Kinds:
    """For each column of names, and then for what stands over the periods: area or measure."""
    sheet = region.sheet
    kinds: list[str] = []
    for i, column in enumerate(region.labels):
        heading = _label_heading(region, column)
        kind = kind_of(heading)
        if not kind:
            texts = [sheet.text(p) for row in region.rows if (p := names[row][i]) is not None]
            kind = "measure" if are_measures(texts) else ""
        kinds.append(kind)
    dims = {word for c in columns if c.period is not None for word in c.dims}
    over_periods = "measure" if are_measures(dims) or not dims else ""
    return _settled(region, kinds, over_periods, bool(dims), woven)


def _label_heading(region: Region, column: int) -> str:
    sheet = region.sheet
    for row in reversed(region.headings):
        place = sheet.origin((row, column))
        if place in sheet.cells and sheet.token(place).kind == "words":
            return sheet.text(place)
    return ""


def _settled(
    region: Region, kinds: list[str], over_periods: str, dims: bool, woven: Woven
) -> Kinds:
    """Names that nothing tells apart are places where something else says what is counted."""
    said = bool(region.title or region.sections or dims)
    for i, kind in enumerate(kinds):
        if kind:
            continue
        guess = "area" if said and "area" not in kinds else "measure"
        kinds[i] = guess
        if guess == "area":
            told = "The names of the rows are read as places, and the title as what is counted."
            where = region.sheet.place((region.rows[0], region.labels[i]))
            woven.remarks.append(Remark("area", told, where, "name"))
    if dims and not over_periods:
        over_periods = "measure" if "area" in kinds or not kinds else "area"
    return (*kinds, over_periods)


def _weave_row(
    region: Region,
    row: int,
    names: tuple[Place | None, ...],
    kinds: Kinds,
    columns: list[Column],
    woven: Woven,
) -> None:
    sheet = region.sheet
    own = [place for place in names if place is not None]
    label = sheet.text(own[-1]) if own else ""
    place = own[-1] if own else (row, columns[0].at)
    if region.labels and not own and len(region.rows) > 1:
        woven.problems.append(
            Problem(sheet.place((row, region.labels[-1])),
                    "this row has figures and no name", "a name",
                    "Write one: a correction `cell`.")
        )  # fmt: skip
        woven.seen |= {(row, c.at) for c in columns}
        return
    role = _row_role(region, row, own)
    if role in ("change", "note", "to date", "average"):
        woven.left_out.append(LeftOut(sheet.place(place), label, WHY[role]))
        woven.seen |= {(row, c.at) for c in columns}
        return
    axis_above = region.axis.at == ABOVE
    for dims in dict.fromkeys(c.dims for c in columns if c.period is not None):
        chosen = [c for c in columns if c.dims == dims and c.period is not None]
        strand = Strand(
            *_named(region, row, names, kinds, dims, role),
            place=place,
            cells=[(c.period, (row, c.at)) for c in chosen if c.period is not None],
            hints=_hints(region, label, dims, chosen, row),
            above=region.words,
            total=role == "total",
            target=role == "target",
            group=region.sections.get(row, "") or _section(region, row),
        )
        strand.heads = [*own, *_heads(region, chosen)]
        strand.total = strand.total or (axis_above and is_whole(", ".join(dims)))
        strand.checks = [] if region.sheet.relative else _checks(columns, chosen, row)
        woven.strands.append(strand)
    if role == "line":
        _targets(region, row, label, columns, woven)
    woven.seen |= {(row, c.at) for c in columns}


def _heads(region: Region, columns: list[Column]) -> list[Place]:
    """The cells over columns of one line, periods apart."""
    found = [over(region, row, c.at) for row in region.headings for c in columns]
    dated = {c.place for c in columns}
    return [place for place in found if place is not None and place not in dated]


def _targets(region: Region, row: int, label: str, columns: list[Column], woven: Woven) -> None:
    """The targets that stand in a column of their own."""
    for one in columns:
        if one.role == "target" and (row, one.at) in region.sheet.cells:
            name = label or region.title
            strand = Strand(name, place=(row, one.at), hints=[label, one.heading], target=True)
            strand.above = region.words
            woven.strands.append(strand)


def _row_role(region: Region, row: int, own: list[Place]) -> Role:
    sheet = region.sheet
    wish = sheet.corrected.of("role", *own) if own else ""
    chosen: dict[str, Role] = {"leave out": "note", "total": "total", "target": "target"}
    if wish:
        return chosen.get(wish, "line")
    return next((r for p in own if (r := role_of(sheet.text(p))) != "line"), "line")


def _section(region: Region, row: int) -> str:
    """The heading in a row of its own that holds for a row."""
    above = [at for at in region.sections if at <= row]
    return region.sections[max(above)] if above else ""


def _named(
    region: Region,
    row: int,
    names: tuple[Place | None, ...],
    kinds: Kinds,
    dims: tuple[str, ...],
    role: Role,
) -> tuple[str, str]:
    """(name, area) of a line, as its headings and a reader's corrections say."""
    sheet = region.sheet
    area, measures = WHOLE, [_section(region, row)]
    subtotal = ""
    for place, kind in zip(names, kinds, strict=False):
        text = sheet.text(place) if place is not None else ""
        if not text:
            continue
        if place is not None and text.isdigit():
            text = f"{_label_heading(region, place[1])} {text}".strip()
        if kind == "area":
            area = area_of(text)
        elif role == "total" and is_subtotal(text):
            subtotal = text
        else:
            measures.append(text)
    over_text = ", ".join(dims)
    if kinds[-1] == "area" and over_text:
        area = area_of(over_text)
    else:
        measures.append(over_text)
    if over_text and is_unit(over_text) and not any(measures[:-1]):
        measures.insert(0, region.title)
    name = joined(*measures, subtotal) or region.title or NAMELESS
    name = joined(region.title, name) if is_unit(name) else name
    own = [place for place in names if place is not None]
    if own:
        name = sheet.corrected.of("name", *own) or name
        area = sheet.corrected.of("area", *own) or area
    return name, area


def _hints(
    region: Region, label: str, dims: tuple[str, ...], columns: list[Column], row: int
) -> list[str]:
    """Words that may say what is measured, nearest first."""
    rest = [region.sheet.token(c.place).rest for c in columns]
    shared = rest[0] if rest and len(set(rest)) == 1 else ""
    return [label, ", ".join(dims), shared, _section(region, row)]


def _checks(columns: list[Column], chosen: list[Column], row: int) -> list[Check]:
    """Totals and years to date in the row, with the cells that they may be the sum of."""
    found = []
    dated = sorted(c.at for c in chosen)
    last = 0
    for one in columns:
        if one.role not in ("total", "to date"):
            continue
        before = [c for c in dated if c < one.at]
        block = [c for c in before if c > last]
        ways = [block, before, dated, _of_year(chosen, one.at)]
        sets = tuple(dict.fromkeys(tuple((row, c) for c in way) for way in ways if way))
        found.append(Check((row, one.at), one.heading, sets))
        last = one.at
    return found


def _of_year(chosen: list[Column], at: int) -> list[int]:
    """The columns of the financial year that runs when the total stands."""
    before = [c for c in chosen if c.at < at and c.period is not None]
    if not before or before[-1].period is None:
        return []
    end = before[-1].period.period.last
    begun = end.year if end.month >= 4 else end.year - 1
    return [
        c.at
        for c in before
        if c.period is not None
        and (c.period.period.first.year, c.period.period.first.month) >= (begun, 4)
    ]


def _tell_rows(region: Region, woven: Woven) -> None:
    sheet = region.sheet
    for row in region.repeated:
        where = sheet.place((row, region.box[1]))
        woven.left_out.append(LeftOut(where, "", "the headings stand here again"))
    for row in region.empty:
        column = min(sheet.by_row[row])
        where = sheet.place((row, column))
        woven.left_out.append(LeftOut(where, sheet.text((row, column)), "it has no figures"))
