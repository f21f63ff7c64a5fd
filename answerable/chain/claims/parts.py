"""What a rate is made of: the shares of its whole, told beside it.

'Action taken' has no official list of members, so a change in it is never told without
the outcomes that moved (domain notes, section 2.4).
"""

from ..body import Period
from ..measures import Codes, Definition, Result, load_codes, name_of, shown
from ..records.contract import contracts
from .evidence import Evidence

MOST = 3
"""How many parts are told, of those that moved the way the whole did."""
LEAST_IN_PART = 20
"""A part on fewer records is not told: it is chance, and it may be a person."""


def part_name(definition: Definition, split: str, codes: Codes) -> str:
    """`response_method=attended` in words: by the titles of steps, reasons and code lists."""
    column, _, value = split.partition("=")
    if column == "step":
        return next((step.title for step in definition.steps if step.key == value), value)
    if column == "reason" and value in definition.reasons:
        return definition.reasons[value]
    sides = [side.table for side in (definition.numerator, definition.denominator) if side]
    tables = sides or [definition.table]
    table = next((table for table in tables if f"{table}.{column}" in codes), tables[0])
    return name_of(codes, table, column, value)


def parts_beside(evidence: Evidence, period: Period, baseline: Period | None) -> tuple[str, ...]:
    """The parts of a proportion that moved most, or the largest where nothing is compared.

    Nothing for a measure without a `mix`, or for a reading of one split of it.
    """
    definition = evidence.definition
    if not definition.mix or evidence.reading.split:
        return ()
    now = _parts(evidence, period)
    if baseline is None:
        largest = sorted(now, key=lambda code: -now[code])[:MOST]
        said = [f"{_name(evidence, code)} {shown(now[code], 'share')}" for code in largest]
        return (f"The largest parts of the whole: {'; '.join(said)}.",) if said else ()
    then = _parts(evidence, baseline)
    change = {code: now[code] - then[code] for code in now.keys() & then.keys()}
    rose = sorted((c for c in change if change[c] > 0), key=lambda code: -change[code])
    fell = sorted((c for c in change if change[c] < 0), key=lambda code: change[code])
    first, second = (rose, fell) if _went_up(evidence, period, baseline) else (fell, rose)
    words = ("rose", "fell") if first is rose else ("fell", "rose")
    told = [
        f"What {word} most of the whole: "
        + "; ".join(f"{_name(evidence, c)} {_change(now[c], then[c])}" for c in codes)
        + "."
        for word, codes in zip(words, (first[:MOST], second[:1]), strict=True)
        if codes
    ]
    return tuple(told)


def _went_up(evidence: Evidence, period: Period, baseline: Period) -> bool:
    now, then = evidence.value(period), evidence.value(baseline)
    return now is None or then is None or now >= then


def _parts(evidence: Evidence, period: Period) -> dict[str, float]:
    """The share of each code in a period, where it rests on enough records."""
    definition = evidence.definition
    codes = _codes(definition.table, definition.mix)
    found = {code: _one(evidence, code, period) for code in codes}
    return {
        code: result.value
        for code, result in found.items()
        if result is not None and result.usable and result.value is not None
        if (result.count or 0) >= LEAST_IN_PART
    }


def _one(evidence: Evidence, code: str, period: Period) -> Result | None:
    definition = evidence.definition
    return evidence.figures.one(
        definition.key, "mix", evidence.reading.area, period, f"{definition.mix}={code}"
    )


def _codes(table: str, column: str) -> tuple[str, ...]:
    """The codes that a column may hold: those with a name, else those of the contract."""
    if known := load_codes().get(f"{table}.{column}"):
        return tuple(known.names)
    fields = contracts()[table].fields
    return next((field.enum for field in fields if field.name == column), ())


def _name(evidence: Evidence, code: str) -> str:
    return name_of(load_codes(), evidence.definition.table, evidence.definition.mix, code)


def _change(now: float, then: float) -> str:
    words, before = shown(now, "share"), shown(then, "share")
    if words == before:
        return f"{words}, as before"
    return f"{words}, {'up' if now > then else 'down'} from {before}"
