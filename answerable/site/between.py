"""Forces beside each other on one measure: who stands apart, who has changed, month by month.

Everything here is worked out from the published results alone, so it can be worked out again by
whoever has the site.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..chain.body import Body, Period
from ..chain.claims import (
    CheckedClaim,
    PutToEach,
    Reading,
    Verdict,
    change_over,
    count,
    each_place,
    funnel_between,
    put_to_each,
)
from ..chain.claims.each_place import Count
from ..chain.measures import Definition, Result, Unit, period_of
from ..chain.statistics import Chart, FalseAlarms, Funnel, false_alarms, false_outliers
from .codes import codes_of
from .public import Public

OF_THE_RECORD = frozenset({"missing_share", "excluded_share", "response_rate"})
"""Statistics that say how good the record is, and not how well people were served."""


@dataclass(frozen=True)
class Standing:
    """The forces in a funnel, on one statistic over twelve months.

    results   the figure of each force, by code; withheld ones among them
    """

    statistic: str
    period: str
    unit: Unit
    results: Mapping[str, Result]
    funnel: Funnel

    def named(self, name: Callable[[str], str]) -> Funnel:
        """The funnel with names in the place of codes."""
        units = tuple(replace(unit, unit=name(unit.unit)) for unit in self.funnel.units)
        return replace(self.funnel, units=units)

    @cached_property
    def chance(self) -> FalseAlarms:
        """What chance alone puts beyond the limits."""
        return false_outliers(self.funnel)


@dataclass(frozen=True)
class Changes:
    """Whether each force changed: the usual reading, judged on its own months."""

    reading: Reading
    verdicts: Mapping[str, Verdict]

    @cached_property
    def count(self) -> Count:
        return count(self.verdicts.values())


class Between:
    """What a site of many forces shows of one measure. Worked out once, when first asked for."""

    def __init__(self, public: Public, definition: Definition):
        self.public = public
        self.definition = definition
        self.codes = public.areas[1:]

    @cached_property
    def otherwise(self) -> Mapping[str, str]:
        """The forces that count this measure otherwise, and how."""
        forces = self.public.release.body.forces
        found = {force.key: force.otherwise(self.definition.key) for force in forces}
        return {code: how for code, how in found.items() if how}

    @cached_property
    def standing(self) -> Standing | None:
        """The statistic in which most forces can be set beside each other, of several the first;
        None where there is none. How much is not known says nothing of how well a force does."""
        headline = self.public.headline(self.definition)
        if headline is None:
            return None
        found = [
            standing
            for statistic in self.public.statistics(self.definition)
            if statistic not in OF_THE_RECORD
            and (standing := self._standing(statistic, headline.period)) is not None
        ]
        return max(found, key=lambda each: len(each.funnel.units), default=None)

    def _standing(self, statistic: str, period: str) -> Standing | None:
        named = {
            code: self.public.shelf.one(self.definition.key, statistic, code, period)
            for code in self.codes
            if code not in self.otherwise
        }
        results = {code: result for code, result in named.items() if result is not None}
        made = funnel_between(results)
        if made is None:
            return None
        unit = results[made.units[0].unit].unit
        return Standing(statistic, period, unit, results, made)

    @cached_property
    def changes(self) -> Changes | None:
        """Whether the headline figure of each force changed; None where it has no year before."""
        headline = self.public.headline(self.definition)
        if headline is None or len(period_of(headline.period)) != 12:
            return None
        if self.public.shelf.year_before(headline) is None:
            return None
        period = Period.parse(headline.period)
        asked = change_over(
            self.definition, headline.statistic, period, self.public.release.made_on
        )
        return Changes(asked, verdicts(self.public, asked))

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """The control chart of the headline figure of each force that has one."""
        headline = self.public.headline(self.definition)
        if headline is None:
            return {}
        made = {
            code: self.public.chart(self.definition, headline.statistic, code)
            for code in self.codes
        }
        return {code: chart for code, chart in made.items() if chart is not None}

    @cached_property
    def chart_chance(self) -> FalseAlarms:
        return false_alarms(self.charts.values())


def between(public: Public, definition: Definition) -> Between:
    """Forces beside each other on a measure, worked out once for a site."""
    if definition.key not in public.between:
        public.between[definition.key] = Between(public, definition)
    found: Between = public.between[definition.key]
    return found


def verdicts(public: Public, reading: Reading) -> dict[str, Verdict]:
    """One reading of the whole, put to each force."""
    definition = public.definitions[reading.measure]
    codes = codes_of(public.release.codes)
    return each_place(reading, definition, public.shelf, _body(public), codes)


def by_force(public: Public, checked: CheckedClaim) -> tuple[PutToEach, ...]:
    """A claim's readings of a change in the whole, put to each force; worked out once."""
    key = checked.claim.key
    if key not in public.by_claim:
        public.by_claim[key] = put_to_each(
            checked,
            public.definitions,
            public.shelf,
            _body(public),
            codes_of(public.release.codes),
        )
    return public.by_claim[key]


def _body(public: Public) -> Body:
    return Body(folder=public.nowhere, file=public.release.body)
