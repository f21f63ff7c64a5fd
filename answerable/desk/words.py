"""From words as they were said to a reading of them: what they fix is filled in, what they
leave open is asked for."""

from typing import Any

from django.http import HttpRequest

from ..chain.body import Period
from ..chain.texts import Assertion, read_text
from ..chain.texts.vocabulary import vocabulary
from .judging import usual_periods
from .memory import Forgotten
from .things import Given, Text

CANNOT = {
    "comparison": "The words set one place, or some people, beside others. One line of figures"
    " cannot show that. Where its table has a line for each place, choose that this area stands"
    " out.",
    "status": "The words say that something is in place or was done. Ask for the paper that shows"
    " it; figures can only show what followed.",
}
"""Kinds of assertion that no line of figures can decide."""


def said_of(request: HttpRequest, name: str) -> Assertion | None:
    """The sentence of that name; None where there is none, or it has been forgotten."""
    text, _, number = name.rpartition(".")
    try:
        found = request.desk.get(text, Text).assertions
    except Forgotten:
        return None
    return found[int(number)] if number.isdigit() and int(number) < len(found) else None


def statements(request: HttpRequest, name: str) -> list[tuple[str, Assertion]]:
    """Everything that typed words say, each under its name, where they say more than one thing;
    none for a sentence out of a longer text, which has a page of its own."""
    kept = name.rpartition(".")[0]
    try:
        text = request.desk.get(kept, Text)
    except Forgotten:
        return []
    if len(text.assertions) < 2 or len(text.document.text) > MOST_TYPED:
        return []
    return [(f"{kept}.{number}", each) for number, each in enumerate(text.assertions)]


def lacks_of(words: str) -> tuple[str, ...] | None:
    """What words leave open; None where they assert nothing that figures could check."""
    found = read_text(words)
    if not found:
        return None
    every = [part for each in found for part in each.missing]
    return tuple(dict.fromkeys(every))


def better_of(said: Assertion) -> str:
    """Which way is good for what the words speak of; empty where they do not tell."""
    measure = dict(said.because).get("measure_family", "")
    found = vocabulary().phrases["measure"].find(measure.lower().split())
    ways = {match.entry.better for match in found if match.entry.key == said.measure_family}
    return ways.pop() if len(ways) == 1 else ""


def suggested(said: Assertion, given: Given) -> dict[str, Any]:
    """What the claim's form begins with, as far as the words fix it."""
    better = better_of(said)
    found: dict[str, Any] = {"words": said.text, "said_by": said.speaker}
    if better:
        found["better"] = better
    says = _says(said, better)
    if says:
        found["says"] = says
    if says in ("meets", "misses", "value") and len(said.value) == 1:
        found["target"] = _written(said.value[0], said.unit[0] if said.unit else "")
    return found | _periods(said, given)


def _says(said: Assertion, better: str) -> str:
    if said.kind == "trend":
        return {"up": "rose", "down": "fell", "flat": "unchanged"}.get(said.direction, "")
    if said.kind in ("level", "count"):
        return "value" if len(said.value) == 1 else ""
    if said.kind == "target" and said.direction in ("above", "below"):
        good = {"higher": "above", "lower": "below"}.get(better)
        return "" if good is None else "meets" if said.direction == good else "misses"
    return ""


MOST_TYPED = 1_000
"""So many characters of words stand beside a claim; more are a text."""
TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks"})


def _written(value: float, unit: str) -> str:
    """A number as the form takes it: what is counted is said by the figures themselves."""
    number = f"{value:.10g}"
    if unit == "%":
        return f"{number}%"
    return f"{number} {unit}" if unit in TIMES else number


def _periods(said: Assertion, given: Given) -> dict[str, str]:
    """The period that the words name, where the figures reach it."""
    try:
        period = Period.parse(said.period)
    except ValueError:
        return {}
    first, last = given.months
    usual, _ = usual_periods(given)
    same = (period.first, period.last) == (usual.first, usual.last)
    if same or period.first < first or period.last > last:
        return {}
    before = period.earlier(max(12, len(period)))
    return {
        "first": str(period.first), "last": str(period.last),
        "base_first": str(before.first), "base_last": str(before.last),
        "why": f"The words name {period.plain()}.",
    }  # fmt: skip
