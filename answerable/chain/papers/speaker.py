"""One statistic of a measure in one place, read as a claim would be."""

from dataclasses import dataclass, replace
from datetime import date

from ..body import WHOLE, Body, Period
from ..claims import LABELS, Figures, Reading, Verdict, VerdictKind, judge_reading, sentences
from ..claims.direction import Better, better_of, target_of
from ..claims.evidence import Evidence
from ..claims.figure import Wordy, wordy_of
from ..measures import Codes, Definition
from ..statistics import compare
from .spans import YEAR, Spans

UNTESTED = VerdictKind.CANNOT_TELL
WITHHELD = (
    "some figures are withheld or rounded to protect people, and what may be shown comes to another"
    " verdict than the whole record"
)


@dataclass(frozen=True)
class Speaker:
    """Reads the figures of one statistic of a measure in one place.

    figures  after disclosure: what is withheld is not spoken of
    whole    the same before disclosure, where there is something withheld to be held against
    on       the day of reading, which stands in the readings that are made
    """

    definition: Definition
    statistic: str
    figures: Figures
    body: Body
    codes: Codes
    on: date
    area: str = WHOLE
    whole: Figures | None = None

    @property
    def better(self) -> Better:
        return better_of(self.definition, self.statistic)

    @property
    def wordy(self) -> Wordy:
        return wordy_of(self.definition, self.statistic)

    def judge(self, says: str, period: Period, baseline: Period | None = None) -> Verdict:
        """The verdict, were this said."""
        made = self.reading(says, period, baseline)
        return judge_reading(made, self.definition, self.figures, self.body, self.codes)

    def reading(self, says: str, period: Period, baseline: Period | None = None) -> Reading:
        return Reading.model_validate(
            {
                "says": says, "measure": self.definition.key, "statistic": self.statistic,
                "area": self.area, "period": str(period),
                "baseline": "" if baseline is None else str(baseline),
                "bound_by": "answerable may-say", "bound_on": self.on,
                "why": "the last twelve complete months against the twelve before",
            }
        )  # fmt: skip

    def change(self, period: Period, baseline: Period) -> Verdict:
        """The verdict on a change in the direction that is recorded, so that every doubt is
        held against it.

        Where figures are withheld or rounded, the whole record may come to another verdict.
        Then neither is told: the one would be wrong, and the other would rest on what is withheld.
        """
        says = self._recorded(period, baseline)
        shown = self.judge(says, period, baseline)
        if self.whole is None or shown.verdict == UNTESTED:
            return shown
        known = replace(self, figures=self.whole, whole=None).judge(says, period, baseline)
        if known.verdict == shown.verdict:
            return shown
        return self._apart(shown, period, baseline)

    def _apart(self, shown: Verdict, period: Period, baseline: Period) -> Verdict:
        """'Cannot tell', with the two figures."""
        (now, averaged), (then, _) = self.value(period), self.value(baseline)
        place = f"{self.definition.title}, {self.body.area_name(self.area)}"
        figures = sentences.may_say_figures(
            replace(self.words(averaged), title=place), now, then, period, baseline
        )
        why = sentences.cannot_be_told(WITHHELD)
        return replace(
            shown,
            verdict=UNTESTED,
            label=LABELS[UNTESTED],
            ordinary=why,
            sentence=sentences.together(shown.recorded, why),
            may_say=figures,
            to_settle="A longer period or a larger area, in which nothing is withheld.",
            smallest_visible=None,
            lower=None,
            upper=None,
            notes=(),
        )

    def _recorded(self, period: Period, baseline: Period) -> str:
        (now, _), (then, _) = self.value(period), self.value(baseline)
        rose = now is None or then is None or now >= then
        if self.better == "neither":
            return "rose" if rose else "fell"
        return "improved" if rose == (self.better == "higher") else "worsened"

    def value(self, period: Period) -> tuple[float | None, bool]:
        """The figure of a period, and whether it is the average of months as given, where the
        whole period has no figure."""
        evidence = self.evidence(period)
        value = evidence.value(period)
        if value is None and evidence.on_totals and len(period) > 1:
            mean = evidence.mean(period)
            return mean, mean is not None
        return value, False

    def words(self, averaged: bool) -> Wordy:
        """How a figure reads: by its statistic, or as the average of months."""
        return replace(self.wordy, statistic="average") if averaged else self.wordy

    def evidence(self, period: Period) -> Evidence:
        return Evidence(self.figures, self.definition, self.reading("meets", period))

    def short(self, spans: Spans) -> Verdict | None:
        """Six months against the same six, where the record is too short for twelve; None
        where they cannot be tested either."""
        year, half = spans.settled, spans.half
        evidence = self.evidence(year)
        tested = compare(evidence.tested(), year, year.earlier(YEAR), standing=evidence.at_end)
        offers = tested.offers
        if not any((each.first, each.last) == (half.first, half.last) for each in offers):
            return None
        found = self.change(half, half.earlier(YEAR))
        return None if found.verdict == UNTESTED else found

    def fact(self, period: Period) -> Verdict:
        """A figure by itself, or against its target where it has one. What stands at a day is
        read on the last of the period."""
        one = Period.of(period.last, period.last) if self.evidence(period).at_end else period
        return self.judge("meets", one)

    def has_target(self, period: Period) -> bool:
        """Whether a target was in force for the whole of a period."""
        return target_of(self.reading("meets", period), self.definition, period) is not None
