"""Lines that say the same as others: counted twice, or copied by a slip."""

from collections import defaultdict
from dataclasses import replace

from .lines import Read
from .strands import Strand
from .understood import LeftOut, Line, Remark

LEAST = 3
"""So many figures must be the same, not all of them alike, before it is worth a remark."""
MOST_NAMES = 6


def drop_repeats(read: Read) -> list[LeftOut]:
    """Of lines with one name and area, the first where they say the same.

    Where they differ both stay, each named by its first cell.
    """
    left_out: list[LeftOut] = []
    kept: dict[tuple[str, str], int] = {}
    lines: list[Line] = []
    strands: list[Strand] = []
    for line, strand in zip(read.lines, read.strands, strict=True):
        key = (line.name, line.area)
        if key in kept:
            other = lines[kept[key]]
            if _said(line) == _said(other):
                why = f"it says the same as the line of {other.place}"
                left_out.append(LeftOut(line.place, line.name, why))
                continue
            line = _renamed(line)
            told = (
                f"Another line is named {other.name}, {other.area} too, with other figures:"
                " this one is named with its cell besides."
            )
            read.remarks.append(Remark("name", told, line.place, "name"))
        kept.setdefault(key, len(lines))
        lines.append(line)
        strands.append(strand)
    read.lines, read.strands = lines, strands
    return left_out


def _said(line: Line) -> tuple[object, ...]:
    return tuple((f.span, f.value, f.status) for f in line.figures)


def _renamed(line: Line) -> Line:
    cell = line.place.rpartition("!")[2]
    name = f"{line.name} ({cell})"
    figures = tuple(replace(f, title=name, measure=f"{f.measure}_{cell.lower()}")
                    for f in line.figures)  # fmt: skip
    return replace(line, name=name, figures=figures)


def remark_on_copies(read: Read) -> None:
    """Areas with the very same figures: often a slip of a join or of copying."""
    alike: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    told: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in read.lines:
        values = [f.value for f in line.figures if f.value is not None]
        if len(values) >= LEAST and len(set(values)) > 1:
            alike[(line.name, *_said(line))].append(line)
    for group in alike.values():
        areas = tuple(dict.fromkeys(line.area for line in group))
        if len(areas) > 1:
            told[areas].append(group[0])
    for areas, lines in told.items():
        read.remarks.append(_copied(areas, lines))


def _copied(areas: tuple[str, ...], lines: list[Line]) -> Remark:
    named = ", ".join(areas[:MOST_NAMES])
    more = f" and {len(areas) - MOST_NAMES} more" if len(areas) > MOST_NAMES else ""
    also = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
    told = (
        f"{lines[0].name}{also}: {named}{more} have the very same figures throughout; check that"
        " they were not copied."
    )
    return Remark("copies", told, ", ".join(one.place for one in lines[:3]))
