"""What stands above a table and beneath it: further headings, titles, footnotes."""

import re

from ..body import Period
from ..body.spoken import find_periods
from .places import Place
from .regions import Region, is_footnote
from .sheet import Sheet

MOST_ABOVE = 3
FAR = 3
"""Empty rows between a table and its title, or its footnotes, at most."""
MOST_WORDS = 300


def add_headings(region: Region, floor: int) -> None:
    """Rows of headings above the first: years over months, areas over measures.

    floor   the last row of whatever stands above, which is not this table's
    """
    sheet = region.sheet
    top = region.headings[0] if region.headings else region.rows[0]
    while top - 1 > floor and len(region.headings) <= MOST_ABOVE:
        row = top - 1
        if row not in sheet.by_row or not _heads(region, row):
            break
        region.headings.insert(0, row)
        top = row


def _heads(region: Region, row: int) -> bool:
    """Whether a row stands over columns of figures, and is no title."""
    sheet = region.sheet
    if not region.headings:
        return False
    box = region.box
    cells = [c for c in sheet.by_row[row] if box[1] <= c <= box[3]]
    over = [c for c in cells if c in region.columns]
    if not over or any(sheet.token((row, c)).kind == "value" for c in over):
        return False
    if len(cells) == 1 and sheet.token((row, cells[0])).kind not in ("year", "period"):
        return cells[0] > box[1] and not _spans(sheet, (row, cells[0]), region.columns)
    return True


def _spans(sheet: Sheet, place: Place, columns: list[int]) -> bool:
    """Whether a merged heading covers everything, as a title does."""
    covered = [c for c in columns if sheet.origin((place[0], c)) == place]
    return len(columns) > 1 and len(covered) == len(columns)


def over(region: Region, row: int, column: int) -> Place | None:
    """The heading that stands over a column in a row: its own, a merged one, or, where no
    heading of the row is merged, the nearest to the left."""
    sheet = region.sheet
    if (row, column) in sheet.cells:
        return row, column
    merged = sheet.merged_from((row, column))
    if merged is not None:
        return merged if merged in sheet.cells else None
    if row == region.headings[-1]:
        return None
    if any(sheet.merged_from((row, c)) for c in region.columns):
        return None
    before = [c for c in sheet.by_row[row] if c < column and c in region.columns]
    return (row, before[-1]) if before else None


def add_words(region: Region, floor: int, ceiling: int) -> None:
    """Titles above and footnotes beneath.

    floor, ceiling   the rows of the tables above and beneath, between which its words stand
    """
    _add_titles(region, floor)
    _add_footnotes(region, ceiling)


def _add_titles(region: Region, floor: int) -> None:
    sheet, box = region.sheet, region.box
    row = last = box[0]
    titles: list[str] = []
    while row - 1 > floor and last - row < FAR and len(titles) < MOST_ABOVE + 1:
        row -= 1
        cells = _words_of(region, row)
        if not cells:
            if row in sheet.by_row and not _apart(region, row):
                break
            continue
        if len(cells) > 2 or (any(is_footnote(sheet.text(place)) for place in cells) and titles):
            break
        titles.insert(0, " ".join(sheet.text(place) for place in cells))
        last = row
    titles = [title for title in titles if not is_footnote(title)]
    if sheet.of is not None:
        titles = [bare for title in titles if (bare := without_period(title, sheet.of))]
    region.titles = titles


def without_period(title: str, period: Period) -> str:
    """A title of a sheet of one month without that month, so that it is the same on all sheets."""
    for mention in reversed(find_periods(title)):
        if mention.spoken.period == period:
            title = f"{title[: mention.start]} {title[mention.end :]}"
    joining = r"\b(?:month|for|as at|to|ending|period)\W*$"
    return re.sub(joining, "", " ".join(title.split()).strip(" -:,;/()"), flags=re.I).strip(
        " -:,;/("
    )


def _words_of(region: Region, row: int) -> list[Place]:
    """Cells with words in a row, over or beneath this table; none where figures stand too."""
    sheet, box = region.sheet, region.box
    held = sheet.by_row.get(row, [])
    alone = region.beside and len(held) == 1
    places = [(row, c) for c in held if alone or box[1] - 1 <= c <= box[3]]
    merged = [sheet.origin((row, c)) for c in (box[1], box[3])]
    places += [place for place in merged if place in sheet.cells and place not in places]
    kinds = {sheet.token(place).kind for place in places}
    return [] if kinds & {"value"} else sorted(places)


def _apart(region: Region, row: int) -> bool:
    """Whether a row holds nothing in this table's columns."""
    box = region.box
    return not any(box[1] <= c <= box[3] for c in region.sheet.by_row[row])


def _add_footnotes(region: Region, ceiling: int) -> None:
    sheet, box = region.sheet, region.box
    last = box[2]
    for row in range(box[2] + 1, min(ceiling, box[2] + 40)):
        if row - last > FAR:
            break
        cells = [p for p in _words_of(region, row) if p[0] == row]
        if not cells:
            continue
        text = " ".join(_whole(sheet, place) for place in cells)
        if not is_footnote(text) and row - last > 1:
            break
        region.footnotes.append(text[:MOST_WORDS])
        last = row


def _whole(sheet: Sheet, place: Place) -> str:
    cell = sheet.cells[place]
    return " ".join(str(cell.value if isinstance(cell.value, str) else cell.shown).split())
