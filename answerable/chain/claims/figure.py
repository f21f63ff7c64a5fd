"""How the figures of one measure read in a sentence."""

from dataclasses import dataclass

from ..body import Period
from ..measures import Definition, Unit, at_end, shown, shown_change, unit_of

_PHRASES = {
    "median": "a median of {}",
    "p90": "{} or less for nine in ten",
    "within_target": "{} within target",
    "eligible_within_target": "{} of all eligible within target",
    "missing_share": "{} without a usable time",
    "per_day": "{} a day",
    "numerator": "a numerator of {}",
    "denominator": "a denominator of {}",
    "satisfied": "{} satisfied",
    "response_rate": "{} answering",
    "excluded_share": "{} kept out of the survey",
    "median_open_days": "a median of {} open",
    "completed": "{} completed",
    "reached": "{} reaching this step",
    "step_rate": "{} going on from the step before",
    "lost": "{} lost",
    "mean": "a mean of {}",
    "average": "a monthly average of {}",
}
"""How a statistic is put; whatever is not named stands as the bare value."""


WHOLE_COUNTS = frozenset({"count", "numerator", "denominator"})


@dataclass(frozen=True)
class Wordy:
    """Puts values of one statistic into words.

    title    of the measure, or of the column of a bare series
    at_end   whether a period's figure is the mean of its months' last days
    """

    title: str
    statistic: str
    unit: Unit
    per: int = 100
    at_end: bool = False

    def bare(self, value: float) -> str:
        """'38 minutes'."""
        return shown(value, self.unit, self.per)

    def phrase(self, value: float) -> str:
        """'a median of 38 minutes'."""
        return _PHRASES.get(self.statistic, "{}").format(self.bare(value))

    def change(self, size: float) -> str:
        """'6 minutes', without a direction. Counts of things are told whole."""
        if self.statistic in WHOLE_COUNTS and size:
            return f"{round(abs(size)):,}" if round(abs(size)) else "less than 1"
        return shown_change(size, self.unit, self.per)

    def span(self, lower: float, upper: float) -> str:
        """'a fall of 2 minutes to 8 minutes', 'a fall of 8 minutes to a rise of 2 minutes'."""
        if lower * upper > 0:
            near, far = sorted((lower, upper), key=abs)
            return f"{self._move(near)} to {self.change(far)}"
        return f"{self._move(lower)} to {self._move(upper)}"

    def _move(self, size: float) -> str:
        if size == 0:
            return "no change"
        return f"a {'rise' if size > 0 else 'fall'} of {self.change(size)}"

    def when(self, period: Period) -> str:
        """'December 2022 to November 2023', and how the months were taken."""
        months = Period.of(period.first, period.last).plain()  # however it was spelled
        if not self.at_end:
            return months
        if len(period) == 1:
            return f"at the end of {months}"
        return f"averaged over the month ends of {months}"


def wordy_of(definition: Definition, statistic: str) -> Wordy:
    """The words of one statistic of a measure."""
    unit = unit_of(definition, statistic)
    whole = statistic == "value" and unit == Unit.COUNT
    return Wordy(
        definition.title,
        "count" if whole else statistic,
        unit,
        definition.per,
        at_end(definition, statistic),
    )
