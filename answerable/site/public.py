"""The release as the pages see it: shelved, named and linked."""

from functools import cached_property
from pathlib import Path
from typing import Any

from ..chain.body import WHOLE
from ..chain.charts import chart_of
from ..chain.claims import PutToEach
from ..chain.measures import Definition, Result
from .release import Release
from .shelf import Shelf
from .words import FAMILY, STATISTIC


class Public:
    """What every page builder is given."""

    def __init__(self, release: Release):
        self.release = release
        self.shelf = Shelf(release.results, release.source)
        self.definitions = {d.key: d for d in release.definitions}
        self.claims = release.claims
        self._headlines: dict[str, Result | None] = {}
        self._charts: dict[tuple[str, ...], Any] = {}
        self.between: dict[str, Any] = {}
        """What `between` has worked out, by measure."""
        self.by_claim: dict[str, tuple[PutToEach, ...]] = {}
        """Verdicts of each force on a claim's readings, once worked out."""

    nowhere = Path()
    """The folder of a body of which only the public part is known."""

    @property
    def by_force(self) -> bool:
        """Whether the places of this site are forces."""
        return self.release.body.by_force

    def place(self, code: str) -> str:
        """Where the page of an area, or of a force, lies in the site."""
        return f"{'forces' if self.by_force else 'areas'}/{code}.html"

    @property
    def areas(self) -> tuple[str, ...]:
        """The whole, then every area."""
        return (WHOLE, *(area.code for area in self.release.body.areas))

    def area_name(self, code: str) -> str:
        """The name of an area; of the force, or of the body, for the whole."""
        body = self.release.body
        if code == WHOLE:
            return body.forces[0].name if len(body.forces) == 1 else f"all forces of {body.name}"
        return next((area.name for area in body.areas if area.code == code), code)

    @cached_property
    def measures(self) -> tuple[Definition, ...]:
        """Definitions that have at least one result, by family in the order of the public
        headings; a family of a body's own comes last."""
        order = list(FAMILY)
        have = [d for d in self.release.definitions if self.shelf.of(d.key)]
        return tuple(
            sorted(have, key=lambda d: order.index(d.family) if d.family in FAMILY else len(order))
        )

    def statistics(self, definition: Definition) -> tuple[str, ...]:
        """The statistics of a measure that have results, the headline first."""
        have = self.shelf.statistics(definition.key)
        named = [name for name in definition.statistics if name in have]
        return tuple(named + [name for name in have if name not in named and name in STATISTIC])

    def headline(self, definition: Definition, area: str = WHOLE) -> Result | None:
        """The measure's first statistic over the twelve months that its page opens with.

        An area is given for the months of the whole, so that areas can be read together.
        """
        if definition.key not in self._headlines:
            self._headlines[definition.key] = self._headline(definition)
        whole = self._headlines[definition.key]
        if whole is None or area == WHOLE:
            return whole
        return self.shelf.one(definition.key, whole.statistic, area, whole.period)

    def _headline(self, definition: Definition) -> Result | None:
        codes = self.areas[1:]
        for statistic in self.statistics(definition):
            if found := self.shelf.headline(definition.key, statistic, codes):
                return found
            if found := self.shelf.latest_month(definition.key, statistic):
                return found
        return None

    def claims_on(self, measure: str) -> list[Any]:
        """Checked claims with a reading on a measure, or that name it to be seen beside."""
        return [
            checked
            for checked in self.claims
            if measure in checked.claim.see
            or any(reading.reading.measure == measure for reading in checked.readings)
        ]

    def chart(
        self, definition: Definition, statistic: str, area: str = WHOLE, split: str = ""
    ) -> Any:
        """The control chart of a monthly series, worked out once; None without points."""
        name = (definition.key, statistic, area, split)
        if name not in self._charts:
            series = self.shelf.series(definition.key, statistic, area, split)
            self._charts[name] = chart_of(series, definition)
        return self._charts[name]
