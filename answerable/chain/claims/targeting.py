"""Readings against a target: meets, misses, just misses."""

from dataclasses import dataclass
from typing import Literal, cast

from ..body import Period
from ..statistics import Standing, Unsettled, stand
from ..statistics.target import LEAST_ANSWERS, Stand
from . import doubt, sentences
from .doubt import Doubt
from .figure import Wordy
from .undecided import cannot_tell
from .verdict import LABELS, Verdict, VerdictKind

K = VerdictKind
COUNTED = "target, complete count"
SURVEYED = "target, survey interval"


@dataclass(frozen=True)
class Aim:
    """Everything that a verdict on a target is made of.

    target, margin   in the unit of the value; margin None where no size is said to matter
    lower, upper     the 95% interval of the value
    survey           whether people were asked, rather than all cases counted
    as_given         a figure without its records: that all cases were counted is only said of it
    """

    wordy: Wordy
    says: Stand
    period: Period
    value: float
    target: float
    side: Literal["at_least", "at_most"]
    margin: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    survey: bool = False
    as_given: bool = False

    @property
    def goal(self) -> str:
        """'at least 80%'."""
        words = "at least" if self.side == "at_least" else "at most"
        return f"{words} {_set(self)}"

    @property
    def missed(self) -> str:
        """On which side a figure lies that does not meet it: 'short of', 'over'."""
        return "short of" if self.side == "at_least" else "over"

    @property
    def met(self) -> str:
        """On which side one lies that does: 'at or above', 'at or below'."""
        return "at or above" if self.side == "at_least" else "at or below"


def _set(aim: Aim) -> str:
    from ..measures import shown

    return shown(aim.target, aim.wordy.unit, aim.wordy.per, exact=True)


def verdict_on_target(aim: Aim, notes: tuple[str, ...] = ()) -> Verdict:
    """Judge one figure against its target."""
    found = stand(
        aim.says, aim.value, aim.target, aim.side, lower=aim.lower, upper=aim.upper,
        survey=aim.survey, n=aim.n, margin=aim.margin,
    )  # fmt: skip
    recorded = (
        f"Recorded: {aim.wordy.phrase(aim.value)} ({aim.wordy.when(aim.period)}), against a target"
        f" of {aim.goal}."
    )
    rule = SURVEYED if aim.survey else COUNTED
    if found.holds is None:
        return _unsettled(aim, found, recorded, rule, notes)
    kind = K.SUPPORTED if found.holds else K.CONTRADICTED
    said = _position(aim, found)
    smallest = _smallest(aim)
    power = (
        f"A survey of this size could easily miss a distance from the target smaller than about"
        f" {aim.wordy.change(smallest)}."
        if smallest is not None
        else ""
    )
    return Verdict(
        verdict=kind,
        label=LABELS[kind],
        recorded=recorded,
        ordinary=said,
        rule=rule,
        sentence=sentences.together(recorded, said, power, *notes),
        size=aim.value,
        lower=aim.lower,
        upper=aim.upper,
        smallest_visible=smallest,
        may_say=f"{aim.wordy.title}: {_fact(aim, found)}.",
        notes=notes,
        unit=str(aim.wordy.unit),
    )


def _unsettled(
    aim: Aim, found: Standing, recorded: str, rule: str, notes: tuple[str, ...]
) -> Verdict:
    why = _doubt(aim, found)
    return cannot_tell(
        why,
        aim.wordy.unit,
        recorded,
        rule=rule,
        notes=notes,
        before=f"{_interval(aim)}." if found.why == Unsettled.INTERVAL else "",
        size=aim.value,
        lower=aim.lower,
        upper=aim.upper,
        smallest_visible=_smallest(aim),
        may_say=_uncertain(aim, found),
    )


def _doubt(aim: Aim, found: Standing) -> Doubt:
    if found.why == Unsettled.FEW:
        return doubt.few_answers(aim.n or 0, LEAST_ANSWERS)
    if found.why == Unsettled.NO_MARGIN:
        return doubt.NO_MARGIN
    if found.why == Unsettled.NO_INTERVAL:
        return doubt.NO_INTERVAL
    return doubt.across(aim.says == "just_misses", _answers_needed(aim, found))


def _answers_needed(aim: Aim, found: Standing) -> int | None:
    """How many answers would settle it if the figure stays where it is (80% power)."""
    smallest = _smallest(aim)
    distance = abs(found.shortfall)
    if aim.says == "just_misses" and aim.margin is not None:
        distance = min(distance, abs(aim.margin - found.shortfall))
    if smallest is None or not aim.n or distance <= smallest / 30:
        return None
    needed = aim.n * (smallest / distance) ** 2
    step = 10 ** max(len(str(int(needed))) - 2, 1)
    rounded = int(-(-needed // step) * step)
    return rounded if rounded > aim.n else None


def _smallest(aim: Aim) -> float | None:
    """The distance from the target that a survey of this size finds four times in five."""
    if not aim.survey or aim.lower is None or aim.upper is None:
        return None
    return (aim.upper - aim.lower) / 2 / 1.959964 * (1.959964 + 0.841621)


def _interval(aim: Aim) -> str:
    assert aim.lower is not None and aim.upper is not None  # noqa: S101
    bare = aim.wordy.bare
    return f"The survey's 95% interval runs from {bare(aim.lower)} to {bare(aim.upper)}"


def _position(aim: Aim, found: Standing) -> str:
    """On which side of the target the figure lies, and on what footing that stands."""
    where = _where(aim, found)
    if aim.survey:
        return f"{_interval(aim)}, {where}."
    note = ""
    if aim.lower is not None and aim.upper is not None:
        bare = aim.wordy.bare
        note = f"; as a note, its 95% interval runs from {bare(aim.lower)} to {bare(aim.upper)}"
    footing = (
        "Taken as a count of all cases, this is arithmetic"
        if aim.as_given
        else "All cases were counted, so this is arithmetic"
    )
    return f"{footing}: the figure {where}{note}."


def _where(aim: Aim, found: Standing) -> str:
    """'meets the target', 'is short of the target by …'; of a survey, 'all of it …'."""
    low, high = (found.lower, found.upper) if aim.survey else (found.shortfall, found.shortfall)
    assert low is not None and high is not None  # noqa: S101
    if high <= 0:
        return f"all of it {aim.met} the target" if aim.survey else "meets the target"
    start = f"{'all of it' if aim.survey else 'is'} {aim.missed} the target"
    if aim.says == "just_misses" and aim.margin is not None and low > 0:
        near = aim.wordy.change(aim.margin)
        return f"{start} by {'more than' if low > aim.margin else 'at most'} {near}"
    return start if aim.survey else f"{start} by {aim.wordy.change(found.shortfall)}"


def _fact(aim: Aim, found: Standing) -> str:
    phrase = f"{aim.wordy.phrase(aim.value)} ({aim.wordy.when(aim.period)})"
    if found.shortfall <= 0:
        return f"{phrase}, which meets the target of {aim.goal}"
    return f"{phrase}, {aim.missed} the target of {aim.goal} by {aim.wordy.change(found.shortfall)}"


def _uncertain(aim: Aim, found: Standing) -> str:
    if found.why == Unsettled.NO_MARGIN:
        return f"{aim.wordy.title}: {_fact(aim, found)}."
    if aim.lower is None or aim.upper is None or found.why == Unsettled.FEW:
        return ""
    bare = aim.wordy.bare
    return (
        f"{aim.wordy.title}: {aim.wordy.phrase(aim.value)} ({aim.wordy.when(aim.period)}), 95%"
        f" interval from {bare(aim.lower)} to {bare(aim.upper)}; the survey is too small to place"
        f" it against the target of {aim.goal}."
    )


def is_stand(says: str) -> bool:
    """Whether a reading is one against a target."""
    return says in ("meets", "misses", "just_misses")


def stand_of(says: str) -> Stand:
    """The word, for a reading that is known to be one of the three."""
    return cast(Stand, says)
