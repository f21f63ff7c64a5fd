"""Whether totals are the sum of their parts, along a line and across lines."""

from collections.abc import Iterable, Sequence

from ..figures import Figure
from ..measures import Status, Unit
from .lines import Read, with_figures
from .places import Place
from .sheet import Sheet
from .strands import Strand
from .understood import LeftOut, Line, Remark
from .values import read_value


def check_totals(sheet: Sheet, read: Read) -> list[LeftOut]:
    """Totals beside the figures, and periods that hold others of the same line.

    Adds a remark for each total that is not the sum of its parts; gives what is left out because
    it is a sum of figures that are there.
    """
    left_out: list[LeftOut] = []
    for i, (line, strand) in enumerate(zip(read.lines, read.strands, strict=True)):
        if line.unit != Unit.COUNT or not _whole(line):
            continue
        for check in strand.checks:
            _check(sheet, check.place, check.heading, check.sets, read)
        kept, sums = _without_sums(sheet, line, read)
        left_out += sums
        read.lines[i] = with_figures(line, kept)
    _check_across(sheet, read)
    return left_out


def _whole(line: Line) -> bool:
    """Whether a line holds whole counts, which add up."""
    values = [f.value for f in line.figures if f.value is not None]
    averages = line.figures[0].statistic != "value"
    return not averages and all(value == int(value) for value in values)


def _check(
    sheet: Sheet, place: Place, heading: str, sets: Iterable[tuple[Place, ...]], read: Read
) -> None:
    total = read_value(sheet.cell(place)).value
    ways = [way for way in sets if way]
    if total is None or not ways:
        return
    if any(part in read.withheld for way in ways[:1] for part in way):
        return
    sums = [sum(read.values.get(part, 0.0) for part in way) for way in ways]
    if any(abs(total - each) < 0.5 for each in sums):
        return
    _differs(sheet, place, heading, total, sums[0], read)


def _differs(
    sheet: Sheet, place: Place, heading: str, total: float, parts: float, read: Read
) -> None:
    told = f"'{heading}' says {total:,.6g}, and its parts add up to {parts:,.6g}."
    read.remarks.append(Remark("total_differs", told, sheet.place(place), "cell"))


def _without_sums(sheet: Sheet, line: Line, read: Read) -> tuple[list[Figure], list[LeftOut]]:
    """The figures without those of longer periods whose parts are there too."""
    kept: list[Figure] = []
    left: list[LeftOut] = []
    shortest = min((len(figure.period) for figure in line.figures), default=0)
    for figure in line.figures:
        # Most lines are of months alone, and of those none is the sum of another.
        parts = _parts(figure, line.figures) if len(figure.period) > shortest else []
        known = [part.value for part in parts if part.value is not None]
        if not parts or figure.value is None or len(known) < len(parts):
            kept.append(figure)
            continue
        if abs(figure.value - sum(known)) >= 0.5:
            told = (
                f"{figure.period.plain()} says {figure.value:,.6g}, and its parts add up to"
                f" {sum(known):,.6g}."
            )
            read.remarks.append(Remark("total_differs", told, figure.place, "cell"))
        why = "the sum of shorter periods that stand beside it"
        left.append(LeftOut(figure.place, figure.period.text, why))
    return kept, left


def _parts(figure: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Shorter periods that make up one without gap or overlap; none where they do not."""
    if len(figure.period) == 1:
        return []
    inside = [f for f in figures if f is not figure and figure.period.covers(f.period)]
    inside = [f for f in inside if len(f.period) < len(figure.period)]
    shortest = min((len(f.period) for f in inside), default=0)
    parts = [f for f in inside if len(f.period) == shortest]
    months = {month.index for f in parts for month in f.period}
    complete = len(months) == len(figure.period) == shortest * len(parts)
    return parts if complete else []


def _check_across(sheet: Sheet, read: Read) -> None:
    """Each line that stood as a total, against the lines above it."""
    pairs = list(zip(read.lines, read.strands, strict=True))
    for line, strand in pairs:
        if not strand.total or line.unit != Unit.COUNT or not _whole(line):
            continue
        parts = [other for other, its in pairs if _is_part(its, strand, other, line)]
        block = _since_the_last(pairs, strand, parts)
        ways = [_sums(way) for way in (block, parts) if len(way) > 1]
        for figure in line.figures:
            sums = [way.get(figure.span) for way in ways]
            if figure.value is None or not sums or None in sums:
                continue
            if any(abs((each or 0.0) - figure.value) < 0.5 for each in sums):
                continue
            told = (
                f"The total says {figure.value:,.6g}, and the lines it is of add up to"
                f" {sums[-1]:,.6g}."
            )
            read.remarks.append(Remark("total_differs", told, figure.place, "cell"))


def _since_the_last(
    pairs: list[tuple[Line, Strand]], total: Strand, parts: list[Line]
) -> list[Line]:
    """The lines between this total and the one before it: what a subtotal is of."""
    block: list[Line] = []
    among = {id(part) for part in parts}
    for line, strand in pairs:
        if strand is total:
            return block
        if strand.total:
            block = []
        elif id(line) in among:
            block.append(line)
    return block


def _sums(parts: list[Line]) -> dict[tuple[int, int], float | None]:
    """What the lines add up to at each period; None where one of them is withheld."""
    sums: dict[tuple[int, int], float | None] = {}
    for part in parts:
        for figure in part.figures:
            before = sums.get(figure.span, 0.0)
            known = before is not None and figure.value is not None
            sums[figure.span] = (before or 0.0) + (figure.value or 0.0) if known else None
    return sums


def _is_part(one: Strand, total: Strand, line: Line, other: Line) -> bool:
    """Whether a line is one of those that a total is of: the same measure, or the same area."""
    if one is total or one.total or line.unit != other.unit or one.group != total.group:
        return False
    if total.area != one.area:
        return one.name == total.name
    return one.name != total.name


USABLE = (Status.OK, Status.REVISED, Status.PROVISIONAL)
