"""What may be said of a figure, before any paper goes out.

The strongest true sentence comes from the rule that checks claims: whoever says no more than
this will be found to be right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..body import WHOLE, Month, Period
from ..charts import chart_of, said
from ..claims import Verdict, VerdictKind
from ..measures import Definition, Result, Status, unit_of
from ..statistics import Chart
from .lines import Line, lines_of
from .never import Never, never, reason
from .spans import QUARTER, YEAR, Spans
from .speaker import UNTESTED, Speaker

K = VerdictKind
EITHER_WAY = 0.05
"""How often chance alone shows a change in one direction or the other, at most."""


@dataclass(frozen=True)
class InArea:
    """An area: the strongest true sentence, or why there is none."""

    code: str
    name: str
    say: str
    why_not: str = ""


@dataclass(frozen=True)
class Saying:
    """All that may be said of one statistic of a measure in one place.

    place     its name
    year      the verdict over the last twelve settled months against the twelve before; over
              six against the same six where the record is too short
    say       the strongest true sentences, strongest first; empty where there is none
    smallest  the change that is found four times in five, in words; empty if not known
    never     what may not be said, and why
    quarter   what the last quarter can bear, against the same quarter a year earlier
    later     what can be said of months that have not settled; empty where all have
    areas     each area of the body, where the place is the whole
    withheld  what is withheld; empty where nothing is
    lines     the table to paste
    months    the monthly results on which it rests
    chart     None with too few months to draw
    """

    definition: Definition
    statistic: str
    area: str
    place: str
    spans: Spans
    year: Verdict
    say: tuple[str, ...]
    smallest: str
    never: tuple[Never, ...]
    quarter: str
    later: str
    areas: tuple[InArea, ...]
    withheld: str
    lines: tuple[Line, ...]
    months: tuple[Result, ...]
    chart: Chart | None

    @property
    def title(self) -> str:
        return f"{self.definition.title}, {self.place}"

    @property
    def missed(self) -> str:
        """'a change smaller than about 3 minutes'; empty where that is not known."""
        return f"a change smaller than about {self.smallest}" if self.smallest else ""

    @property
    def with_it(self) -> tuple[str, ...]:
        """What must be said with the sentences."""
        return self.year.notes

    @property
    def chart_says(self) -> str:
        """What the chart shows, its months in words; empty without one."""
        return "" if self.chart is None else said(self.chart)

    @property
    def by_chance(self) -> str:
        """How many areas chance alone would show to have changed; empty without areas."""
        tested = sum(1 for area in self.areas if area.say)
        if not tested:
            return ""
        return (
            "If nothing had changed anywhere, chance alone would show a change in at most"
            f" {EITHER_WAY * tested:.1f} of {tested}."
        )


def saying(speaker: Speaker, spans: Spans) -> Saying:
    """All that may be said of one statistic in one place."""
    definition, settled = speaker.definition, spans.settled
    year = speaker.change(settled, settled.earlier(YEAR))
    if year.verdict == UNTESTED:
        year = speaker.short(spans) or year
    same = speaker.judge("unchanged", settled, settled.earlier(YEAR))
    before = speaker.change(spans.quarter, spans.quarter.earlier(QUARTER))
    months = speaker.figures.series(definition.key, speaker.statistic, speaker.area)
    return Saying(
        definition=definition,
        statistic=speaker.statistic,
        area=speaker.area,
        place=speaker.body.area_name(speaker.area),
        spans=spans,
        year=year,
        say=_strongest(speaker, spans, same if _stable(year, same) else year),
        smallest="" if year.smallest_visible is None
        else speaker.wordy.change(year.smallest_visible),
        never=never(
            speaker.better, unit_of(definition, speaker.statistic), year, same, before,
            speaker.body,
        ),
        quarter=_quarter(speaker, spans.quarter),
        later=_later(speaker, spans),
        areas=_areas(speaker, spans) if speaker.area == WHOLE else (),
        withheld=_withheld(months),
        lines=lines_of(speaker, spans),
        months=months,
        chart=chart_of(months, definition),
    )  # fmt: skip


def _stable(year: Verdict, same: Verdict) -> bool:
    """Whether it is shown that nothing of a size that matters changed."""
    return year.verdict == K.NOT_SHOWN and same.verdict == K.SUPPORTED


def _strongest(speaker: Speaker, spans: Spans, best: Verdict) -> tuple[str, ...]:
    """The change, then the target; where neither can be told, the figure of the year by
    itself, else that of the quarter or of the last month."""
    settled = spans.settled
    found = [best.may_say]
    if speaker.has_target(settled) or not best.may_say:
        found.append(speaker.fact(settled).may_say)
    last = Period.of(settled.last, settled.last)
    for period in (spans.quarter, last):
        if not any(found):
            found.append(speaker.fact(period).may_say)
    return tuple(each for each in found if each)


def _quarter(speaker: Speaker, quarter: Period) -> str:
    found = speaker.change(quarter, quarter.earlier(YEAR))
    if found.verdict == UNTESTED:
        why = reason(found)
        return f"Nothing can be said of a change: {why[:1].lower()}{why[1:]}"
    return found.may_say


def _later(speaker: Speaker, spans: Spans) -> str:
    if spans.latest is None:
        return ""
    since, last = spans.settled.last + 1, spans.latest.last
    left_out = (
        f"{Period.of(since, last).plain()} may still change and"
        f" {'is' if since == last else 'are'} left out."
    )
    if speaker.value(spans.settled)[0] is None:  # then nothing is told of the year after it
        return left_out
    # A warning to whoever writes, so it is the verdict that a check of the records gives.
    whole = replace(speaker, figures=speaker.whole or speaker.figures, whole=None)
    found = whole.change(spans.latest, spans.latest.earlier(YEAR))
    marked = ", provisional" if found.provisional else ""
    return (
        f"{left_out} Over {spans.latest.plain()} the verdict on a change would now be"
        f" '{found.label}'{marked}."
    )


def _areas(speaker: Speaker, spans: Spans) -> tuple[InArea, ...]:
    found = []
    for area in speaker.body.areas:
        there = replace(speaker, area=area.code)
        year = there.change(spans.settled, spans.settled.earlier(YEAR))
        tested = year.verdict != UNTESTED
        why = "" if tested else reason(year)
        found.append(InArea(area.code, area.name, year.may_say if tested else "", why))
    return tuple(found)


def _withheld(months: Iterable[Result]) -> str:
    held = [Month.parse(each.period) for each in months if each.status == Status.SUPPRESSED]
    if not held:
        return ""
    if len(held) == 1:
        return f"{held[0].plain()} is withheld to protect people, and nothing here rests on it."
    return f"{len(held)} months are withheld to protect people, and nothing here rests on them."
