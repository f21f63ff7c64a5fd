"""How many answered or were counted, beside the percentages, times and averages that rest on it:
one line with both."""

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
from .vocabulary import folded, holds

SURVEYS = ("satisf", "survey", "confiden", "respondent", "agree", "trust", "feel safe")
"""Words of a name that say people were asked: several such percentages may share one base."""


STATISTIC = re.compile(
    r"\b(?:median|mean|average|(?:upper|lower) quartile|p ?\d\d"
    r"|(?:\d\d(?:th|st|nd|rd)? )?(?:per)?centile"
    r"|secs?|seconds|mins?|minutes|hours|hrs?|days|score)\b"
)
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
    """Gives percentages without counts, times and averages the number that they rest on, where a
    line beside them in the same area says by its name that it is that.

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
        if len(shares) > 1 and wish != "base" and not _of_one([read.lines[j] for j in shares]):
            told = (
                f"'{read.lines[i].name}' stands beside several {_kind(read.lines[shares[0]])}, and"
                " which of them rests on it is not said: it is joined to none."
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
    why = "how many the figures beside it rest on"
    return [LeftOut(line.place, line.name, why) for line, s in pairs if id(s) in gone]


def _may_be(line: Line) -> bool:
    values = [f.value for f in line.figures if f.value is not None]
    return line.unit == Unit.COUNT and bool(values) and all(value >= 0 for value in values)


def _asked(line: Line) -> bool:
    return any(word in line.name.lower() for word in SURVEYS)


def _of_one(lines: Sequence[Line]) -> bool:
    """Whether several lines may rest on one number: a survey's percentages, or the median, the
    mean and the 90th percentile of one thing."""
    if _is_share(lines[0]):
        return all(map(_asked, lines))
    return len({_subject(line.name) for line in lines} - {""}) < 2


def _subject(name: str) -> str:
    """What a median, a mean or a percentile is of: its name without that, and without its unit."""
    text = re.sub(r"\([^()]*\)", " ", folded(name))
    return " ".join(STATISTIC.sub(" ", bare_name(text)).split())


def _kind(line: Line) -> str:
    """What rests on a base; empty for what does not."""
    if any(figure.denominator is not None for figure in line.figures):
        return ""
    if line.unit == Unit.SHARE:
        return "percentages"
    if line.unit in (Unit.SECONDS, Unit.DAYS):
        return "times"
    return "averages" if line.figures[0].statistic in ("mean", "median") else ""


def _shares(read: Read, base: int, rest: str, near: Near) -> list[int]:
    """The lines that a base may be of: named as it is, else those of one kind that stand just
    before it without another line between, else just after it."""
    beside = near[_key(read, base)]
    if rest:
        named = [i for i in beside if _kind(read.lines[i]) and _same(read.lines[i], rest)]
        if named or not _is_heading(read.lines[base].name, rest):
            return named
    at = beside.index(base)
    return _run(read, beside[:at][::-1])[::-1] or _run(read, beside[at + 1 :])


def _same(line: Line, rest: str) -> bool:
    name = bare_name(line.name)
    own = bare_name(rest)
    if name == own or name.startswith(f"{own}:"):
        return True
    return not _is_share(line) and bool(own) and _subject(line.name) == _subject(rest)


def _is_heading(name: str, rest: str) -> bool:
    """Whether what stands besides is a heading over the base, and no part of its own words."""
    return name.startswith(f"{rest}: ") or name.endswith(f": {rest}")


def _run(read: Read, order: Sequence[int]) -> list[int]:
    found: list[int] = []
    for i in order:
        kind = _kind(read.lines[i])
        if not kind or (found and kind != _kind(read.lines[found[0]])):
            break
        found.append(i)
    return found


def _is_share(line: Line) -> bool:
    return _kind(line) == "percentages"


def _join(sheet: Sheet, read: Read, share: int, base: int) -> bool:
    """Whether a line has been given the number that it rests on, in at least one period."""
    line, bottom = read.lines[share], read.lines[base]
    counts = {f.span: f.value for f in bottom.figures if f.status in USABLE and f.value}
    figures = tuple(_with_base(figure, counts.get(figure.span)) for figure in line.figures)
    if all(figure.denominator is None for figure in figures):
        return False
    if _is_share(line) and not holds(bottom.name, "roles", "counted"):
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
