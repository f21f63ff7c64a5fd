"""Figures out of strands: each cell read, the unit settled, every doubt said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..body import Period, Problem
from ..body.spoken.heard import Heard
from ..figures import Figure
from ..measures import Status, Unit
from .grid import Pack
from .places import Place
from .sheet import Sheet
from .strands import Strand
from .understood import Line, Remark, Target
from .units import PARTS, Scale, hint_of, scale_of, statistic_of
from .values import Decimal, Value, read_value


@dataclass
class Read:
    """What reading a table's strands came to.

    lines    with the strand of each, beside it in `strands`
    values   by cell, in the unit of the line; for checking totals
    withheld cells without a figure
    steps    the size of the last digit that was written, by the place of a figure
    unclear  strands whose unit cannot be told, with the cell that shows it, and why
    """

    lines: list[Line] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    values: dict[Place, float] = field(default_factory=dict)
    withheld: set[Place] = field(default_factory=set)
    steps: dict[str, float] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unclear: list[tuple[Strand, Place, str]] = field(default_factory=list)


def read_strands(pack: Pack, sheet: Sheet, strands: Sequence[Strand]) -> Read:
    """Every strand as a line, or a problem that names the cell."""
    read = Read()
    own_units = [bool(_own_hint(sheet, strand)) for strand in strands]
    for strand, own in zip(strands, own_units, strict=True):
        _read_strand(pack, sheet, strand, own or not any(own_units), read)
    read.remarks = gathered(read.remarks)
    read.problems += _unclear(sheet, read.unclear)
    return read


UNDER = "what stands under this heading has decimals, so it counts"


def _unclear(sheet: Sheet, held: Sequence[tuple[Strand, Place, str]]) -> list[Problem]:
    """Lines whose unit cannot be told: one problem for all that stand under one heading."""
    under: dict[tuple[Place, str], list[tuple[Strand, Place]]] = {}
    for strand, at, why in held:
        head = strand.heads[0] if strand.heads and why == PARTS else at
        under.setdefault((head, why), []).append((strand, at))
    problems = []
    for (head, why), lines in under.items():
        strand, at = lines[0]
        where, left = at, f"its line ({_short(strand)}) is left out"
        if len(lines) > 1:
            where, left = head, f"its {len(lines):,} lines are left out"
            why = why.replace("this has decimals, so it counts", UNDER)
        step = f"Say what it is: a correction `unit`, or correct the `cell`. Until then {left}."
        problems.append(Problem(sheet.place(where), why, next_step=step))
    return problems


def _own_hint(sheet: Sheet, strand: Strand) -> str:
    """What a line's own headings or cells say of its unit, the title apart."""
    near = next((h for text in strand.hints if (h := hint_of(text))), "")
    if near:
        return near
    cells = [read_value(sheet.cell(place)) for _, place in strand.cells[:50]]
    return next((v.kind for v in cells if v.kind in ("percent", "clock", "time")), "")


def _read_strand(pack: Pack, sheet: Sheet, strand: Strand, own: bool, read: Read) -> None:
    places = [place for _, place in strand.cells] or [strand.place]
    values = _values(sheet, strand, places, read)
    if values is None:
        return
    wish = sheet.corrected.of("unit", strand.place, *strand.heads, *places)
    hints = [*strand.hints, *strand.above] if own else strand.hints
    scale = scale_of(values, hints, wish)
    if scale.why and not (strand.target and scale.unit == Unit.COUNT):
        at = places[scale.at] if scale.at >= 0 else places[0]
        read.unclear.append((strand, at, scale.why))
        return
    if scale.told:
        read.remarks.append(Remark("unit", scale.told, sheet.place(places[0]), "unit"))
    if strand.target:
        _target(sheet, strand, places, values, scale, read)
        return
    dashes = _dashes(sheet, places, values, scale, read)
    figures = _figures(pack, sheet, strand, values, scale, dashes, read)
    if figures is None or not figures:
        return
    _odd(sheet, strand, figures, scale, read)
    line = Line(strand.name, strand.area, scale.unit, figures,
                sheet.place(strand.place), strand.total)  # fmt: skip
    read.lines.append(line)
    read.strands.append(strand)


def _values(
    sheet: Sheet, strand: Strand, places: Sequence[Place], read: Read
) -> list[Value] | None:
    """The cells of a line, with the comma meant the same way throughout."""
    values = [read_value(sheet.cell(place)) for place in places]
    wish = sheet.corrected.of("decimal", strand.place, *places)
    decimal: Decimal = "comma" if wish == "comma" else "point"
    if not wish and any(v.comma == "decimal" for v in values):
        unclear = [i for i, v in enumerate(values) if v.comma == "either" or v.point]
        if unclear:
            read.problems.append(
                Problem(
                    sheet.place(places[unclear[0]]),
                    "a comma is a decimal mark elsewhere in this line, and here it may be neither"
                    " or both",
                    "one way of writing numbers in a line",
                    "Say which: a correction `decimal`, or correct the `cell`.",
                )
            )
            return None
        at = next(i for i, v in enumerate(values) if v.comma == "decimal")
        told = "A comma is read as the decimal mark."
        read.remarks.append(Remark("decimal", told, sheet.place(places[at]), "decimal"))
    if decimal == "comma":
        values = [read_value(sheet.cell(place), "comma") for place in places]
    bad = [i for i, v in enumerate(values) if v.kind == "unreadable"]
    for i in bad[:3]:
        read.problems.append(
            Problem(
                sheet.place(places[i]),
                f"this cell holds {values[i].mark or 'words'}, where a figure should stand",
                "a number, a percentage, a time, or a mark such as <5, * or n/a",
                "Correct it, or leave it empty: a correction `cell`. Until then its line"
                f" ({_short(strand)}) is left out.",
            )
        )
    return None if bad else values


def _short(strand: Strand) -> str:
    area = "" if strand.area == "all" else f", {strand.area}"
    return f"{strand.name}{area}"[:80]


def _dashes(
    sheet: Sheet, places: Sequence[Place], values: list[Value], scale: Scale, read: Read
) -> dict[int, float]:
    """What dashes come to: nothing, unless a reader says nought."""
    found: dict[int, float] = {}
    for i, value in enumerate(values):
        if value.mark != "-" or value.kind != "missing":
            continue
        if sheet.corrected.of("dash", places[i]) == "zero":
            found[i] = 0.0
        elif scale.unit == Unit.COUNT:
            told = "A dash is read as missing; among counts it may mean none at all."
            read.remarks.append(Remark("dash", told, sheet.place(places[i]), "dash"))
    for i, value in enumerate(values):
        if value.mark.startswith(("#", "ERR")) and value.kind == "missing":
            told = f"The cell shows {value.mark}: the formula behind it is broken. Read as missing."
            read.remarks.append(Remark("error", told, sheet.place(places[i]), "cell"))
    return found


def _target(
    sheet: Sheet,
    strand: Strand,
    places: Sequence[Place],
    values: Sequence[Value],
    scale: Scale,
    read: Read,
) -> None:
    seen: set[float] = set()
    for place, value in zip(places, values, strict=True):
        number = _scaled(value, scale)
        if number is not None and number not in seen:
            seen.add(number)
            read.targets.append(Target(strand.name, number, scale.unit, sheet.place(place)))


def _scaled(value: Value, scale: Scale) -> float | None:
    if value.value is None:
        return None
    if value.kind == "clock":
        return value.value * (scale.clock or 1.0)
    if value.kept:
        return value.value * scale.kept
    if value.kind in ("percent", "time") or scale.by == 1:
        return value.value
    return round(value.value * scale.by, 12)


def _figures(
    pack: Pack,
    sheet: Sheet,
    strand: Strand,
    values: Sequence[Value],
    scale: Scale,
    dashes: dict[int, float],
    read: Read,
) -> tuple[Figure, ...] | None:
    """The figures of a line in order of time; None where one period says two things."""
    statistic = statistic_of([*strand.hints, *strand.above])
    found: dict[tuple[int, int], tuple[Place, Figure]] = {}
    for i, ((heard, place), value) in enumerate(zip(strand.cells, values, strict=True)):
        number = dashes.get(i, _scaled(value, scale))
        status = Status.OK if i in dashes else value.status
        figure = Figure(
            measure=slug(strand.name),
            title=strand.name,
            period=_named(heard),
            unit=scale.unit,
            statistic=statistic,
            area=strand.area,
            value=number,
            status=status,
            source=pack.name,
            place=sheet.place(place),
            per=scale.per,
            note=value.mark if value.status in (Status.REVISED, Status.PROVISIONAL) else "",
        )
        _note(place, value, number, read)
        factor = 0.01 if value.kind == "percent" else scale.by
        read.steps[figure.place] = factor * 10 ** -min(value.places, 12)
        span = (heard.period.first.index, heard.period.last.index)
        if span in found and strand.shared:
            continue
        if span in found and not _agree(sheet, found[span], (place, figure), read):
            return None
        if span not in found or found[span][1].status == Status.MISSING:
            found[span] = (place, figure)
    in_order = sorted(found, key=lambda span: (span[1], -span[0]))
    return tuple(found[span][1] for span in in_order)


def _named(heard: Heard) -> Period:
    """The period under one of the spellings of `Period`."""
    return heard.period


def _note(place: Place, value: Value, number: float | None, read: Read) -> None:
    if number is not None:
        read.values[place] = number
    if value.kind == "withheld" or (value.kind == "missing" and number is None):
        read.withheld.add(place)


def _agree(
    sheet: Sheet, one: tuple[Place, Figure], other: tuple[Place, Figure], read: Read
) -> bool:
    """Whether two cells for one period say the same; the second is then a repeat."""
    a, b = one[1], other[1]
    if Status.MISSING in (a.status, b.status):
        return True
    first, second = sheet.place(one[0]), sheet.place(other[0])
    if (a.value, a.status) == (b.value, b.status):
        told = f"This figure stands in {first} too; it is counted once."
        read.remarks.append(Remark("duplicate", told, second, "cell"))
        return True
    read.problems.append(
        Problem(
            second,
            f"{a.period.plain()} stands here and in {first}, and the figures differ",
            "one figure for each period",
            "Correct one of them, or leave it empty: a correction `cell`. Until then the line is"
            " left out.",
        )
    )
    return False


def slug(name: str) -> str:
    """A name as a key: 'Suspects charged (%)' is suspects_charged."""
    text = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return text[:60] or "figures"


def _odd(sheet: Sheet, strand: Strand, figures: Sequence[Figure], scale: Scale, read: Read) -> None:
    """A percentage that would be in line with the others if it were ten times as much."""
    if scale.unit != Unit.SHARE:
        return
    known = sorted(f.value for f in figures if f.value is not None)
    if len(known) < 6:
        return
    low, high = known[len(known) // 4], known[3 * len(known) // 4]
    for figure in figures:
        value = figure.value
        if value and value < low / 4 and low * 0.8 <= value * 10 <= high * 1.25:
            told = (
                "This figure stands far below the rest of its line, and ten times as much would"
                " not: a nought may have been lost."
            )
            read.remarks.append(Remark("odd", told, figure.place, "cell"))


MOST_ALIKE = 5


def gathered(remarks: Sequence[Remark]) -> list[Remark]:
    """Remarks that say the same of several cells, as one; each still names its cells."""
    by_text: dict[tuple[str, str, str], list[str]] = {}
    for one in remarks:
        held = by_text.setdefault((one.code, one.text, one.correct), [])
        held += one.places or (one.place,)
    found = []
    for (code, text, correct), places in by_text.items():
        unique = list(dict.fromkeys(places))
        shown = ", ".join(unique[:MOST_ALIKE])
        if len(unique) > MOST_ALIKE:
            shown += f" and {len(unique) - MOST_ALIKE:,} more"
        found.append(Remark(code, text, shown, correct, tuple(unique)))
    return found


def with_figures(line: Line, figures: Sequence[Figure]) -> Line:
    """The same line with other figures."""
    return replace(line, figures=tuple(figures))
