"""How many answered, beside the percentages that rest on it: one line with both."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..figures import Figure
from ..figures.figure import USABLE
from ..measures import Unit
from .lines import Read, with_figures
from .naming import bare_name, base_of
from .sheet import Sheet
from .strands import Strand
from .understood import LeftOut, Line, Remark
from .vocabulary import holds

SURVEYS = ("satisf", "survey", "confiden", "respondent", "agree", "trust", "feel safe")
"""Words of a name that say people were asked: several such percentages may share one base."""


Near = dict[tuple[str, str], list[int]]
"""Positions of lines by area and heading."""


def _key(read: Read, i: int) -> tuple[str, str]:
    return read.lines[i].area, read.strands[i].group


def _by_area(read: Read) -> Near:
    found: Near = defaultdict(list)
    for i in range(len(read.lines)):
        found[_key(read, i)].append(i)
    return found


def join_bases(sheet: Sheet, read: Read) -> list[Strand]:
    """Gives percentages without counts the number that they rest on, where a line beside them in
    the same area says by its name that it is that.

    Gives the strands of the lines that were taken for it; `without` takes them from the lines.
    A reader's `role` says that a line is a base, or that it is a line of its own.
    """
    taken: list[Strand] = []
    near = _by_area(read)
    for i, strand in enumerate(read.strands):
        wish = sheet.corrected.of("role", strand.place, *strand.heads)
        rest = base_of(read.lines[i].name)
        if wish == "line" or not _may_be(read.lines[i]):
            continue
        if wish != "base" and rest is None:
            _ask(sheet, read, i, near)
            continue
        shares = _shares(read, i, rest or "", near)
        if len(shares) > 1 and wish != "base" and not all(_asked(read.lines[j]) for j in shares):
            told = (
                f"'{read.lines[i].name}' stands beside several percentages, and which of them"
                " rests on it is not said: it is joined to none."
            )
            read.remarks.append(Remark("base", told, _place(sheet, strand), "role"))
        elif sum(_join(sheet, read, j, i) for j in shares):
            taken.append(strand)
    return taken


def _ask(sheet: Sheet, read: Read, i: int, near: Near) -> None:
    """'Satisfied (n)' beside 'Satisfied (%)' is how many were, or how many were asked."""
    line = read.lines[i]
    bare = re.sub(r"[\s,:(\[-]+n[)\]]?$", "", line.name, flags=re.I)
    if bare == line.name:
        return
    beside = (read.lines[j] for j in near[_key(read, i)])
    for other in (each for each in beside if _is_share(each)):
        if bare_name(other.name) == bare_name(bare):
            told = (
                f"Whether '{line.name}' is how many '{other.name}' rests on, or how many"
                " of them, is not told: it is not joined. If it is what they rest on, say so."
            )
            read.remarks.append(Remark("base", told, _place(sheet, read.strands[i]), "role"))
            return


def without(read: Read, taken: Sequence[Strand]) -> list[LeftOut]:
    """Takes the bases from the lines, and says that they were."""
    gone = {id(strand) for strand in taken}
    pairs = list(zip(read.lines, read.strands, strict=True))
    kept = [(line, strand) for line, strand in pairs if id(strand) not in gone]
    read.lines, read.strands = [line for line, _ in kept], [strand for _, strand in kept]
    why = "how many the percentages beside it rest on"
    return [LeftOut(line.place, line.name, why) for line, s in pairs if id(s) in gone]


def _may_be(line: Line) -> bool:
    values = [f.value for f in line.figures if f.value is not None]
    return line.unit == Unit.COUNT and bool(values) and all(value >= 0 for value in values)


def _asked(line: Line) -> bool:
    return any(word in line.name.lower() for word in SURVEYS)


def _shares(read: Read, base: int, rest: str, near: Near) -> list[int]:
    """The percentages that a base may be of: named as it is, else those that stand just before
    it without another line between, else just after it."""
    beside = near[_key(read, base)]
    if rest:
        named = [i for i in beside if _is_share(read.lines[i]) and _same(read.lines[i], rest)]
        if named or not _is_heading(read.lines[base].name, rest):
            return named
    at = beside.index(base)
    return _run(read, beside[:at][::-1])[::-1] or _run(read, beside[at + 1 :])


def _same(line: Line, rest: str) -> bool:
    name = bare_name(line.name)
    return name == bare_name(rest) or name.startswith(f"{bare_name(rest)}:")


def _is_heading(name: str, rest: str) -> bool:
    """Whether what stands besides is a heading over the base, and no part of its own words."""
    return name.startswith(f"{rest}: ") or name.endswith(f": {rest}")


def _run(read: Read, order: Sequence[int]) -> list[int]:
    found: list[int] = []
    for i in order:
        if not _is_share(read.lines[i]):
            break
        found.append(i)
    return found


def _is_share(line: Line) -> bool:
    return line.unit == Unit.SHARE and all(f.denominator is None for f in line.figures)


def _join(sheet: Sheet, read: Read, share: int, base: int) -> bool:
    """Whether a percentage has been given the number that it rests on, in at least one period."""
    line, bottom = read.lines[share], read.lines[base]
    counts = {f.span: f.value for f in bottom.figures if f.status in USABLE and f.value}
    figures = tuple(_with_base(figure, counts.get(figure.span)) for figure in line.figures)
    if all(figure.denominator is None for figure in figures):
        return False
    if not holds(bottom.name, "roles", "counted"):
        figures = tuple(replace(f, statistic="satisfied") for f in figures)
    read.lines[share] = with_figures(line, figures)
    told = (
        f"'{line.name}' is read as resting on '{bottom.name}': so many answered, or were counted."
        " If that is something else, say that it is a line of figures."
    )
    read.remarks.append(Remark("base", told, _place(sheet, read.strands[base]), "role"))
    return True


def _place(sheet: Sheet, strand: Strand) -> str:
    """The cell that says that it is a base, for putting it right."""
    said = [place for place in strand.heads if base_of(sheet.text(place)) is not None]
    return sheet.place(said[0] if said else strand.place)


def _with_base(figure: Figure, count: float | None) -> Figure:
    if count is None or figure.value is None or figure.status not in USABLE:
        return figure
    return replace(figure, denominator=count)
