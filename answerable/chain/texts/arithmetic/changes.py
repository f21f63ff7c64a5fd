"""A change that does not follow from its two figures, and per cent for percentage points."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .quantities import Quantity, apart
from .slip import Kind, Slip, shown, slip_between
from .statements import Statement

RISING = """
    rose risen rises rising rise increased increases increasing increase grew grown growing growth
    grow climb climbed climbing jumped jump soared surged up higher more
""".split()
FALLING = """
    fell fallen falls falling fall dropped dropping drop decreased decreasing decrease declined
    declining decline reduced reduction slumped slipped shrank plunged down lower fewer less cut
""".split()
SIZE_ONLY = "change changed difference improved improvement shortened lengthened widened narrowed"
UP = "(?:" + "|".join(RISING) + ")"
DOWN = "(?:" + "|".join(FALLING) + ")"
EITHER = "(?:" + "|".join([*RISING, *FALLING, "change", "difference"]) + ")"
MOVED = "(?:" + "|".join([*RISING, *FALLING, *SIZE_ONLY.split()]) + ")"
GAP = r"[^{}.;:()]"
SOME, FEW = f"{GAP}{{0,45}}?", f"{GAP}{{0,30}}?"
X = r"\{(?P<xs>[PQNLDF])(?P<x>\d+)\}"
A = r"\{[PNLD](?P<a>\d+)\}"
B = r"\{[PNLD](?P<b>\d+)\}"
CLOSES = r"(?!\s?[a-z]* ?\{)"
"""Not followed by a further figure, as in `2 minutes 10 seconds`."""
FROM_TO = rf" from {A}{SOME} to {B}{CLOSES}"
AGAINST = r"compared (?:with|to)|against"
JOIN = (
    r"(?:,|\s?\(|\s[–—-])\s?(?:(?:that is|which is|which was|is|was|i\.e\.|or|representing"
    r"|equating to|equivalent to|an?|the|overall|by|of|almost|a total|just) )*"
)
BARE = rf"(?P<bare>(?:{MOVED} (?:of |by )?)?){X}(?P<after>(?: {MOVED})?)"
PATTERNS = (
    # rose by 10% from 480 to 512
    rf"\b(?P<verb>{MOVED})(?: {GAP}{{0,15}}?)??(?: by| of)? {X}(?: {FEW})?,?{FROM_TO}",
    # a 10% rise in arrests from 480 to 512
    rf"{X} (?P<verb>{MOVED})\b{SOME}{FROM_TO}",
    # rose by 10% to 512 from 480
    rf"\b(?P<verb>{MOVED})(?: by)? {X}{FEW} to {B}{SOME},? (?:up |down )?from {A}{CLOSES}",
    # rose from 480 to 512, or by 10%
    rf"\b(?P<verb>{MOVED})?{GAP}{{0,60}}?{FROM_TO}{SOME}{JOIN}{BARE}",
    # rose to 512 from 480, or by 10%
    rf"\b(?P<verb>{MOVED})\b{GAP}{{0,30}}? to {B}{SOME},? (?:up |down )?from {A}{CLOSES}{SOME}"
    rf"{JOIN}{BARE}",
    # 512, up from 480, a 10% rise
    rf"{B}{SOME},? (?P<verb>up|down|{AGAINST}) (?:from )?{A}{CLOSES}{SOME}{JOIN}{BARE}",
    # 512, up 10% on the 480 of the year before
    rf"{B}{SOME}(?:,| \(|\s[–—-]) ?(?:an? )?(?P<verb>{UP}|{DOWN})(?: of| by)? {X}(?: {EITHER})?"
    rf" (?:on|from|over|{AGAINST}) (?:the )?{A}{CLOSES}",
    # 512, 10% more than the 480 of the year before
    rf"{B}{SOME},? {X} (?P<verb>more|higher|fewer|lower|less|up|down) (?:than|on) (?:the )?{A}"
    rf"{CLOSES}",
)
DIRECTION = re.compile(
    rf"\b(?P<verb>rose|risen|increased|grew|climbed|jumped|fell|fallen|dropped|decreased|declined)\b"
    rf"(?: {GAP}{{0,20}}?)?? from {A}{GAP}{{0,45}}? to {B}{CLOSES}"
)
BETWEEN = re.compile(r"\bfrom \{[PNLD]\d+\}[^{}]{0,45} to \{")
RISES = re.compile(rf"\b{UP}\b")


@dataclass(frozen=True)
class Change:
    """A change as a statement gives it: its size, where it began and where it ended."""

    size: Quantity
    before: Quantity
    after: Quantity

    def points(self) -> tuple[float, float]:
        """The size of the difference, in the unit of the two."""
        before, after = self.before.rounded(), self.after.rounded()
        return _size(after[0] - before[1], after[1] - before[0])

    def relative(self) -> tuple[float, float]:
        """The size of the change, in per cent of where it began."""
        before, after = self.before.rounded(), self.after.rounded()
        if before[0] <= 0:
            return 0.0, math.inf
        return _size(100 * (after[0] / before[1] - 1), 100 * (after[1] / before[0] - 1))


def _size(low: float, high: float) -> tuple[float, float]:
    if low <= 0 <= high:
        return 0.0, max(-low, high)
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def changes(statement: Statement) -> Iterator[Slip]:
    """Slips between a change and the two figures that it is said to lie between."""
    for pattern in PATTERNS:
        for found in re.finditer(pattern, statement.tokens, re.IGNORECASE):
            figures = _alike(statement, *(statement.figure(found.group(key)) for key in "xab"))
            if figures is not None and _is_change(found, figures[0], figures[1]):
                yield from _judged(statement, Change(*figures))
    for found in DIRECTION.finditer(statement.tokens):
        figures = _alike(statement, statement.figure(found.group("a")), *_pair(statement, found))
        if figures is not None:
            yield from _direction(statement, found.group("verb"), *figures[1:])


def _pair(statement: Statement, found: re.Match[str]) -> tuple[Quantity, Quantity]:
    return statement.figure(found.group("a")), statement.figure(found.group("b"))


def _is_change(found: re.Match[str], size: Quantity, before: Quantity) -> bool:
    """Whether the size is the size of this change: by its own words, where they stand apart."""
    groups = found.groupdict()
    if "bare" not in groups:
        return size.sort in "PQF" or size.sort == before.sort
    if BETWEEN.search(found.string[: found.start("a")].rpartition(" from ")[0]):
        return False
    said = bool((groups["bare"] or "") + (groups["after"] or ""))
    following = found.string[found.end() : found.end() + 12]
    if re.match(r"\s?(?:of |in |were|was|target|had|have|are|nationally|per)", following):
        return said and not re.match(r"\s?of (?:all|the)", following)
    if said:
        return size.sort in "PQF" or size.sort == before.sort
    closed = following.startswith((")", ".", ",")) or not following.strip()
    return closed and ((size.sort == "P" and before.sort in "NLD") or size.sort == "Q")


def _alike(
    statement: Statement, size: Quantity, before: Quantity, after: Quantity
) -> tuple[Quantity, Quantity, Quantity] | None:
    """The three with both ends in one unit: `from 12 to 9 minutes`, `from 12 minutes to 9`. None
    where they are not."""
    if before.sort == "N" and after.sort in "PD" and before.hedge == "":
        before = _in_the_unit_of(after, before)
    elif after.sort == "N" and before.sort == "D" and _ends_there(statement, after):
        after = _in_the_unit_of(before, after)
    pounds = before.sort == after.sort == "L"
    if before.sort != after.sort or (pounds and after.value > 500 * before.value):
        return None
    return size, before, after


def _in_the_unit_of(other: Quantity, bare: Quantity) -> Quantity:
    """A number without a unit, in that of another."""
    factor = other.value / _bare(other)
    return replace(
        bare,
        sort=other.sort,
        value=bare.value * factor,
        low=(bare.low - 0.5) * factor,
        high=(bare.high + 0.5) * factor,
        step=factor,
    )


def _ends_there(statement: Statement, figure: Quantity) -> bool:
    """Whether nothing follows a number that it could be a number of."""
    following = statement.words[figure.end - statement.start :]
    return figure.hedge == "" and re.match(r"\s*(?:[,.;)]|$)", following) is not None


def _bare(figure: Quantity) -> float:
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", figure.words)
    return float(digits.group().replace(",", "")) if digits else figure.value


def _judged(statement: Statement, change: Change) -> Iterator[Slip]:
    size, sort = change.size, change.size.sort
    of_shares = change.before.sort == "P"
    said = size.low, size.high
    if sort in "NLD":
        if not of_shares and apart(said, change.points()):
            yield _slip("change", statement, change, _difference(change))
        return
    if not of_shares and sort == "Q":
        return
    fits_points = not apart(said, change.points())
    fits_relative = not apart(said, change.relative())
    if of_shares and sort == "P" and not fits_relative:
        yield _slip("points" if fits_points else "change", statement, change, _both(change))
    elif of_shares and sort == "Q" and not fits_points:
        yield _slip("points" if fits_relative else "change", statement, change, _both(change))
    elif not of_shares and not fits_relative:
        yield _slip("change", statement, change, _relative(change))


def _relative(change: Change) -> str:
    before, after = change.before, change.after
    return shown(100 * abs(after.value / before.value - 1), "P")


def _difference(change: Change) -> str:
    sort = "Q" if change.before.sort == "P" else change.before.sort
    return shown(abs(change.after.value - change.before.value), sort)


def _both(change: Change) -> str:
    return f"{_difference(change)}, which is {_relative(change)} of {_end(change.before)}"


def _end(figure: Quantity) -> str:
    return shown(figure.value, figure.sort)


def _slip(kind: Kind, statement: Statement, change: Change, works_out: str) -> Slip:
    between = f"from {_end(change.before)} to {_end(change.after)} is a change of {works_out}"
    figures = [change.size, change.before, change.after]
    words = change.size.words.strip()
    return slip_between(kind, statement, figures, words, works_out, between)


def _direction(
    statement: Statement, verb: str, before: Quantity, after: Quantity
) -> Iterator[Slip]:
    rises = bool(RISES.fullmatch(verb))
    wrong = after.high < before.low if rises else after.low > before.high
    if wrong and before.hedge == after.hedge == "":
        works_out = "a fall" if rises else "a rise"
        clause = f"from {_end(before)} to {_end(after)} is {works_out}"
        yield slip_between("change", statement, [before, after], f"“{verb}”", works_out, clause)
