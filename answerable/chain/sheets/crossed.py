"""Months down the side and years across the top: each figure's month is told by both."""

from ..body import WHOLE, Period
from ..body.spoken import read_period
from ..body.spoken.heard import Heard
from .naming import NAMELESS, area_of, joined, kind_of
from .periods import year_at
from .places import Place
from .regions import Region
from .roles import WHY, role_of
from .strands import Check, Strand, Woven
from .surroundings import over
from .understood import LeftOut
from .vocabulary import has


def is_crossed(region: Region) -> bool:
    """Whether the months down the side lack a year, and every column of figures has one."""
    sheet = region.sheet
    if not region.headings or any(sheet.token(p).kind != "bare" for p in region.axis.places()):
        return False
    lines = [c for c in region.columns if _role(region, c) == "line"]
    return bool(lines) and all(_year(region, c) for c in lines)


def are_months_of_years(region: Region) -> bool:
    """Whether a table that was taken for a wide one has years across and bare months as names."""
    sheet = region.sheet
    if any(_shape(region, place) != "year" for place in region.axis.places()):
        return False
    return any(
        all(sheet.token(p).kind == "bare" for p in names) and len(names) > 1
        for column in region.labels
        if (names := _names(region, column))
    )


def weave_crossed(region: Region) -> Woven:
    """A line for each name beside the months and each heading beside the years."""
    woven, lines = Woven(), dict[tuple[tuple[str, ...], tuple[str, ...]], Strand]()
    labels = [c for c in region.labels if _role(region, c) == "line"]
    columns = [c for c in region.columns if _role(region, c) == "line"]
    for row in region.axis.along:
        names = tuple(_label(region, row, c) for c in labels)
        for column in columns:
            key = (names, _words(region, column))
            line = lines.setdefault(key, _strand(region, row, column, labels, *key))
            heard = _month(region, row, column)
            if heard is not None:
                line.cells.append((heard, (row, column)))
    woven.strands += lines.values()
    _tell_columns(region, {*labels, *columns}, woven)
    _other_rows(region, columns, woven)
    woven.seen = {(row, c) for row in region.rows for c in (*region.columns, *region.labels)}
    return woven


def _strand(
    region: Region,
    row: int,
    column: int,
    labels: list[int],
    names: tuple[str, ...],
    words: tuple[str, ...],
) -> Strand:
    sheet, heading = region.sheet, region.headings[-1]
    kinds = [kind_of(_head(region, c)) for c in labels]
    areas = [area_of(n) for n, kind in zip(names, kinds, strict=True) if n and kind == "area"]
    measures = [n for n, kind in zip(names, kinds, strict=True) if kind != "area"]
    corner = sheet.text((heading, region.axis.at))
    corner = "" if has(corner, "headings", "period") else corner
    name = joined(*measures, *words) or region.title or corner or NAMELESS
    place = (heading, column)
    name = sheet.corrected.of("name", place) or name
    area = sheet.corrected.of("area", place) or (areas[0] if areas else WHOLE)
    return Strand(name, area, place, hints=[*words, *measures, corner], above=region.words)


def _tell_columns(region: Region, read: set[int], woven: Woven) -> None:
    for column in sorted({*region.columns, *region.labels} - read):
        where = region.sheet.place((region.headings[-1], column))
        why = WHY.get(_role(region, column), "words")
        woven.left_out.append(LeftOut(where, _head(region, column), why))


def _other_rows(region: Region, columns: list[int], woven: Woven) -> None:
    sheet, axis = region.sheet, region.axis
    for row in region.rows:
        if row in axis.stands:
            continue
        text = sheet.text((row, axis.at))
        why = WHY.get(role_of(text), "its heading is not a period")
        woven.left_out.append(LeftOut(sheet.place((row, axis.at)), text, why))
        if role_of(text) in ("total", "to date") and len(woven.strands) == len(
            {_words(region, c) for c in columns}
        ):
            own = tuple(axis.along)
            for strand in woven.strands:
                at = {place[1] for _, place in strand.cells}
                strand.checks += [Check((row, c), text, (tuple((r, c) for r in own),)) for c in at]


def _head(region: Region, column: int) -> str:
    places = [over(region, row, column) for row in reversed(region.headings)]
    return next((region.sheet.text(place) for place in places if place is not None), "")


def _heads(region: Region, column: int) -> list[Place]:
    return [p for row in region.headings if (p := over(region, row, column)) is not None]


def _role(region: Region, column: int) -> str:
    heads = _heads(region, column)
    wish = region.sheet.corrected.of("role", *heads) if heads else ""
    if wish:
        return {"leave out": "note", "line": "line", "base": "line"}.get(wish, wish)
    texts = [region.sheet.token(p).rest or region.sheet.text(p) for p in heads]
    return next((role for text in texts if (role := role_of(text)) != "line"), "line")


def _shape(region: Region, place: Place) -> str:
    token = region.sheet.token(place)
    return token.spoken.shape or "" if token.spoken is not None else ""


def _year(region: Region, column: int) -> Place | None:
    heads = [p for p in _heads(region, column) if year_at(region.sheet, p) is not None]
    return heads[-1] if heads else None


def _words(region: Region, column: int) -> tuple[str, ...]:
    """What stands over a column beside its year."""
    sheet, year = region.sheet, _year(region, column)
    parts = [sheet.token(p).rest if p == year else sheet.text(p) for p in _heads(region, column)]
    return tuple(part for part in parts if part)


def _label(region: Region, row: int, column: int) -> str:
    """A name, which holds for the rows beneath it too."""
    sheet = region.sheet
    rows = [r for r in region.axis.along if r <= row]
    held = (sheet.text(sheet.origin((r, column))) for r in reversed(rows))
    return next((text for text in held if text), "")


def _names(region: Region, column: int) -> list[Place]:
    sheet = region.sheet
    places = [(row, column) for row in region.rows if (row, column) in sheet.cells]
    return [place for place in places if role_of(sheet.text(place)) == "line"]


def _month(region: Region, row: int, column: int) -> Heard | None:
    place = _year(region, column)
    year: int | Period | None = year_at(region.sheet, place) if place is not None else None
    if year is None:
        return None
    readings = read_period(region.sheet.text((row, region.axis.at)), year=year).readings
    return readings[0] if len(readings) == 1 else None
