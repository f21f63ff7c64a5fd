"""One table on many sheets, each of its own place: the places told by the names of the sheets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..body import WHOLE
from ..body.spoken import find_periods
from ..figures import Figure
from ..measures import Unit
from .joining import ALIKE
from .lines import gathered
from .naming import are_measures, area_of
from .roles import is_whole
from .understood import Line, Remark, Table
from .vocabulary import folded, holds

GENERIC = re.compile(
    r"(?:sheet|table|tab|data|page|figure|chart|export|results?|output|summary|raw)s?"
    r"[\s_.-]*(?:\d*[a-z]?|[ivx]+)"
)
"""Names of sheets that say nothing."""


def join_areas(tables: Sequence[Table], told: Iterable[str] = ()) -> list[Table]:
    """The tables, with those that stand alike on several sheets, each called after a place, as
    one: its lines are then of a measure in an area.

    told   names of sheets of which a reader has said where they were counted
    A remark names every place. The sheet of the whole is checked against the others.
    """
    settled = frozenset(told)
    groups: list[list[Table]] = []
    for table in tables:
        group = next((g for g in groups if _alike(table, g, settled)), None)
        if group is None:
            groups.append([table])
        else:
            group.append(table)
    return [_joined(g) if _are_places(g) else each for g in groups for each in _kept(g)]


def _kept(group: list[Table]) -> list[Table]:
    return group[:1] if _are_places(group) else group


def _alike(table: Table, group: Sequence[Table], told: frozenset[str]) -> bool:
    """Whether a table is that of the group on another sheet, and neither says where it counts."""
    first = group[0]
    if {table.sheet, first.sheet} & told or table.sheet in {each.sheet for each in group}:
        return False
    if not (_placeless(table) and _placeless(first)) or _titled(table) != _titled(first):
        return False
    one, other = ({line.name for line in each.lines} for each in (table, first))
    if len(one & other) < ALIKE * max(len(one), len(other)) or not are_measures(one & other):
        return False
    return bool(_spans(table) & _spans(first))


def _placeless(table: Table) -> bool:
    return bool(table.lines) and all(line.area == WHOLE for line in table.lines)


def _spans(table: Table) -> set[tuple[int, int]]:
    return {figure.span for line in table.lines for figure in line.figures}


def _titled(table: Table) -> str:
    """Its title without the name of its sheet, which on each sheet is another."""
    name = re.escape(folded(_place(table)))
    return " ".join(re.sub(rf"\b{name}\b|\W+", " ", folded(table.title)).split())


def _are_places(group: Sequence[Table]) -> bool:
    names = [_place(table) for table in group]
    places = [name for name in names if not is_whole(name)]
    alone = len({folded(name) for name in names}) == len(names)
    return alone and len(places) > 1 and all(map(_may_be_place, places))


def _place(table: Table) -> str:
    """The name of its sheet, without a period: 'North Apr-23' is of North."""
    name = table.sheet
    for mention in reversed(find_periods(name)):
        name = f"{name[: mention.start]} {name[mention.end :]}"
    return " ".join(name.split()).strip(" -:,;_()")


def _may_be_place(name: str) -> bool:
    if GENERIC.fullmatch(folded(name)) or not re.search(r"[a-z]{2}", folded(name)):
        return False
    return not holds(name, "kinds", "measures")


def _joined(group: Sequence[Table]) -> Table:
    first = group[0]
    lines = [_placed(line, _place(table)) for table in group for line in table.lines]
    remarks = [remark for table in group for remark in table.remarks]
    return replace(
        first,
        title=first.title if len({table.title for table in group}) == 1 else _common(group),
        lines=tuple(lines),
        targets=tuple(target for table in group for target in table.targets),
        footnotes=tuple(dict.fromkeys(note for table in group for note in table.footnotes)),
        left_out=tuple(out for table in group for out in table.left_out),
        remarks=(_told(group), *gathered([*remarks, *_sums(lines)])),
    )


def _common(group: Sequence[Table]) -> str:
    """The title without the place in it."""
    first = group[0]
    bare = re.sub(rf"\b{re.escape(_place(first))}\b", " ", first.title, flags=re.I)
    return " ".join(bare.split()).strip(" -:,;()\u2013")


def _placed(line: Line, name: str) -> Line:
    area = area_of(name)
    figures = tuple(replace(figure, area=area) for figure in line.figures)
    return replace(line, area=area, figures=figures, total=area == WHOLE)


def _told(group: Sequence[Table]) -> Remark:
    names = [f"'{table.sheet}'" for table in group]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    places = tuple(line.place for table in group for line in table.lines)
    told = (
        f"This table stands on {len(group)} sheets, {listed}: the name of each is read as the"
        " place where it was counted."
    )
    return Remark("areas", told, f"{places[0]} to {places[-1]}", "", places)


def _sums(lines: Sequence[Line]) -> Iterable[Remark]:
    """Where the sheet of the whole does not say what the others add up to."""
    for whole in (line for line in lines if line.total and line.unit == Unit.COUNT):
        parts = [line for line in lines if line.name == whole.name and not line.total]
        by_span = [{f.span: f for f in part.figures} for part in parts]
        for figure in whole.figures:
            added = _added([held.get(figure.span) for held in by_span])
            if added is None or figure.known is None or abs(added - figure.known) < 0.5:
                continue
            told = (
                f"The whole says {figure.known:,.6g} here, and its places add up to {added:,.6g}."
            )
            yield Remark("total_differs", told, figure.place, "cell")


def _added(figures: Sequence[Figure | None]) -> float | None:
    known = [None if figure is None else figure.known for figure in figures]
    if any(value is None or value != int(value) for value in known):
        return None
    return sum(value for value in known if value is not None)
