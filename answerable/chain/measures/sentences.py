"""A result as one plain sentence, made from the result and its definition alone."""

from collections.abc import Callable

from ..body import Body, Period
from .codes import Codes, load_codes, name_of
from .definition import Definition
from .quantity import quantity
from .recipe import unit_of
from .result import Grade, Result, Status, Unit
from .shown import shown

_STANDING = ("coverage", "open", "median_open_days")


def sentence(result: Result, definition: Definition, body: Body, codes: Codes | None = None) -> str:
    """What a result says, of whom and when, how sure it is and what was left out.

    codes   plain words for the values of splits; read from the library and the body if
            not given, so give them when there are many sentences to make
    A withheld or missing figure says so, and why, and gives no number.
    """
    names = load_codes(body) if codes is None else codes
    head = f"{definition.title}, {_where(result, definition, body, names)}, {_when(result)}"
    if result.status == Status.SUPPRESSED:
        return f"{head}: withheld, because a number this small could point to a person."
    if result.status == Status.MISSING and result.grade in _TOTALS:
        return f"{head}: not known, because no figure was given."
    if result.status == Status.MISSING:
        return f"{head}: not known, because the records do not cover it."
    if result.value is None:
        return f"{head}: nothing to count, so there is no figure."
    said = [f"{head}: {_fact(result, definition, names)}{_rests_on(result, definition)}."]
    said += _further(result, definition)
    return " ".join(said)


def _where(result: Result, definition: Definition, body: Body, codes: Codes) -> str:
    force = next((f.name for f in body.file.forces if f.key == result.area), "")
    place = force if force and len(body.file.forces) > 1 else body.area_name(result.area)
    column, _, value = result.split.partition("=")
    if not value or column in ("step", "reason") or result.statistic == "mix":
        return place
    return f"{place}, {column.replace('_', ' ')}: {_named(definition, codes, column, value)}"


def _named(definition: Definition, codes: Codes, column: str, value: str) -> str:
    if value == "not_recorded":
        return "not recorded"
    table = definition.table or (definition.denominator.table if definition.denominator else "")
    return name_of(codes, table, column, value)


def _when(result: Result) -> str:
    period = Period.parse(result.period)
    if result.statistic in _STANDING:
        last = period.last
        return f"at the end of {last.plain()}"
    return period.plain()


def _fact(result: Result, definition: Definition, codes: Codes) -> str:
    """The figure in the words of its statistic."""
    assert result.value is not None  # noqa: S101  # told apart by the caller
    value = shown(result.value, result.unit, definition.per)
    mix = ", at the mix of cases of the whole record" if result.basis != "raw" else ""
    return _FACTS[result.statistic](value, result, definition, codes) + mix


Fact = Callable[[str, Result, Definition, Codes], str]


def _within(value: str, result: Result, d: Definition, codes: Codes) -> str:
    written = d.target.at_most if d.target and d.target.at_most is not None else ""
    unit = unit_of(d, "median")
    limit = shown(quantity(written, unit), unit, exact=True) if written != "" else "the target"
    if result.statistic == "within_target":
        return f"{value} within {limit}, of those with both times"
    return f"{value} within {limit}, of all who should have been; those not seen count as not"


def _side(value: str, result: Result, d: Definition, codes: Codes) -> str:
    top, _, bottom = d.unit.partition(" per ")
    noun = top if result.statistic == "numerator" else bottom.lstrip("0123456789, ")
    return f"{value} {noun}".rstrip()


def _mix(value: str, result: Result, d: Definition, codes: Codes) -> str:
    column, _, code = result.split.partition("=")
    return f"{value} with {column.replace('_', ' ')}: {_named(d, codes, column, code)}"


def _step(result: Result, d: Definition) -> str:
    key = result.split.partition("=")[2]
    return next((step.title for step in d.steps if step.key == key), key)


def _lost(value: str, result: Result, d: Definition, codes: Codes) -> str:
    column, _, code = result.split.partition("=")
    if column != "reason":
        return f"{value} did not reach the last step"
    why = d.reasons.get(code) or _named(d, codes, d.lost_reason, code)
    return f"{value} did not reach the last step, with the reason: {why}"


_FACTS: dict[str, Fact] = {
    "count": lambda v, r, d, c: f"{v} {d.unit}".rstrip(),
    "per_day": lambda v, r, d, c: f"{v} {d.unit} a day".replace("  ", " "),
    "rate": lambda v, r, d, c: v,
    "value": lambda v, r, d, c: f"{v} {d.unit}".rstrip(),
    "mean": lambda v, r, d, c: f"a mean of {v}",
    "mix": _mix,
    "ratio": lambda v, r, d, c: f"{v.partition(' per ')[0]} {d.unit or v.partition(' ')[2]}",
    "numerator": _side,
    "denominator": _side,
    "median": lambda v, r, d, c: f"half within {v}, half longer",
    "p90": lambda v, r, d, c: f"nine in ten within {v}",
    "within_target": _within,
    "eligible_within_target": _within,
    "missing_share": lambda v, r, d, c: f"{v} with no usable time",
    "satisfied": lambda v, r, d, c: f"{v} satisfied",
    "response_rate": lambda v, r, d, c: f"{v} of those asked answered",
    "excluded_share": lambda v, r, d, c: f"{v} of those eligible could not be asked",
    "coverage": lambda v, r, d, c: v,
    "open": lambda v, r, d, c: f"{v} {d.unit}".rstrip(),
    "median_open_days": lambda v, r, d, c: f"half for {v} or less",
    "completed": lambda v, r, d, c: f"{v} reached the last step",
    "reached": lambda v, r, d, c: f"{v} reached the step: {_step(r, d)}",
    "step_rate": lambda v, r, d, c: f"{v} of those at the step before reached: {_step(r, d)}",
    "lost": _lost,
}


def _rests_on(result: Result, definition: Definition) -> str:
    """Counts and interval, in brackets."""
    parts = []
    recorded = " as recorded" if result.basis != "raw" else ""
    if result.count is not None and result.n is not None and result.unit == Unit.SHARE:
        parts.append(f"{result.count:,} of {result.n:,}{recorded}")
    elif result.count is not None and result.n is not None:
        parts.append(f"{result.count:,} to {result.n:,}{recorded}")
    elif result.n is not None and result.unit in (Unit.SECONDS, Unit.DAYS):
        parts.append(f"from {result.n:,}")
    if result.lower is not None and result.upper is not None:
        ends = [shown(end, result.unit, definition.per) for end in (result.lower, result.upper)]
        parts.append(f"95% interval {ends[0]} to {ends[1]}")
    return f" ({'; '.join(parts)})" if parts else ""


def _further(result: Result, definition: Definition) -> list[str]:
    """What fell out, how many answered, and how far the figure may be relied on."""
    said = []
    if definition.kind == "survey":
        said += _survey(result)
    elif result.excluded:
        told = ", ".join(f"{count:,} with {why}" for why, count in result.excluded)
        said.append(f"Not counted: {told}.".replace("with stopped", "that stopped"))
    if result.rounded_to > 1:
        said.append(f"Counts are to the nearest {result.rounded_to}.")
    if result.status == Status.PROVISIONAL:
        said.append("Provisional: it may still change.")
    if result.status == Status.NOT_COMPARABLE:
        period = Period.parse(result.period)
        across = [b for b in definition.breaks
                  if period.first.first_day < b.on <= period.last.last_day]  # fmt: skip
        why = "; ".join(f"{each.why} from {each.on.isoformat()}" for each in across)
        said.append(f"Not comparable with other periods: {why}.")
    if result.status == Status.REVISED:
        said.append("Revised since it was last published.")
    return said


_TOTALS = (Grade.MONTHS, Grade.TWO)


def _survey(result: Result) -> list[str]:
    """Response and exclusion beside what was answered: they bound what it can mean."""
    from .recipe import NOT_ASKED, SILENT

    if result.statistic != "satisfied" or not result.n or result.grade in _TOTALS:
        return []
    left = dict(result.excluded)
    silent, not_asked = left.pop(SILENT, 0), left.pop(NOT_ASKED, 0)
    unweighted = left.pop("no weight", 0)
    answered = result.n + unweighted
    everyone = answered + silent + not_asked + sum(left.values())
    said = [f"{shown(answered / (answered + silent), Unit.SHARE)} of those asked answered."]
    if left:
        why = ", ".join(f"{reason} ({count:,})" for reason, count in left.items())
        share = shown(sum(left.values()) / everyone, Unit.SHARE)
        said.append(f"{share} of those eligible were never asked, for a reason: {why}.")
    return said
