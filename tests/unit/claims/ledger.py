"""Made-up figures of a made-up measure, for tests of readings."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from answerable.chain.body import Month, Period
from answerable.chain.claims import Reading
from answerable.chain.measures import Definition, Grain, Result, Status, unit_of

NOW, THEN = "2022-12..2023-11", "2021-12..2022-11"
MONTHS = [Month(2020, 12) + i for i in range(40)]


class Ledger:
    """Results by hand, under the names that the chain asks for."""

    source = "0" * 64

    def __init__(self, definition: Definition):
        self.definition = definition
        self.kept: dict[tuple[str, str, str, str, str], Result] = {}

    def put(
        self,
        period: str,
        statistic: str,
        value: float | None,
        *,
        area: str = "all",
        split: str = "",
        basis: str = "raw",
        **more: Any,
    ) -> None:
        single = len(Period.parse(period)) == 1
        given = {
            "n": 5_000,
            "status": Status.OK if value is not None else Status.MISSING,
            "grain": Grain.MONTH if single else Grain.WINDOW,
            **more,
        }
        self.kept[statistic, area, period, split, basis] = Result(
            measure=self.definition.key,
            version=1,
            definition="",
            statistic=statistic,
            area=area,
            period=period,
            unit=unit_of(self.definition, statistic),
            value=value,
            source=self.source,
            split=split,
            basis=basis,
            **given,
        )

    def change(self, period: str, statistic: str, basis: str = "raw", **more: Any) -> None:
        key = (statistic, "all", period, "", basis)
        self.kept[key] = replace(self.kept[key], **more)

    def drop(self, period: str, statistic: str) -> None:
        del self.kept[statistic, "all", period, "", "raw"]

    def fill(
        self, statistic: str, values: np.ndarray, basis: str = "raw", windows: bool = True
    ) -> None:
        """Months from December 2020 on, and both windows as means (sums for counts)."""
        months = MONTHS[: len(values)]
        for month, value in zip(months, values, strict=True):
            self.put(str(month), statistic, float(value), basis=basis)
        if not windows:
            return
        for text in (NOW, THEN):
            inside = [v for m, v in zip(months, values, strict=True) if m in Period.parse(text)]
            if inside:
                total = statistic in ("count", "numerator", "denominator")
                self.put(
                    text, statistic, float(sum(inside) if total else np.mean(inside)), basis=basis
                )

    def one(
        self, measure: str, statistic: str, area: str = "all", period: Period | str = "",
        split: str = "", basis: str = "raw",
    ) -> Result | None:  # fmt: skip
        wanted = Period.parse(str(period))
        for (known, place, text, part, kind), result in self.kept.items():
            found = Period.parse(text)
            if (known, place, part, kind) == (statistic, area, split, basis) and (
                found.first,
                found.last,
            ) == (wanted.first, wanted.last):
                return result
        return None

    def series(
        self, measure: str, statistic: str, area: str = "all", split: str = "",
        basis: str = "raw", grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]:  # fmt: skip
        found = [
            result
            for (known, place, _, part, kind), result in self.kept.items()
            if (known, place, part, kind) == (statistic, area, split, basis)
            and result.grain == grain
        ]
        return tuple(sorted(found, key=lambda result: result.period))


def define(**changes: Any) -> Definition:
    """A duration with everything that a reading may need."""
    values: dict[str, Any] = {
        "key": "wait", "version": 1, "title": "Time to wait", "question": "", "why": "",
        "plain": "", "technical": "", "family": "wait", "kind": "duration",
        "table": "incidents", "include": "true", "at": "received_on", "start": "received_at",
        "stop": "first_arrived_at", "eligible": "true",
        "statistics": ("median", "p90", "within_target", "eligible_within_target",
                       "missing_share"),
        "better": "lower", "matters": {"by": "3 minutes", "why": "…"},
        "target": {"at_most": "60 minutes", "since": date(2019, 4, 1), "source": "…"},
        "splits": ("response_method",), "chart": "xmr", "owner": "…", "checked_by": "…",
        "checked_on": date(2026, 1, 10), "next_check": date(2027, 1, 10), "status": "published",
        "cases": ({"title": "…", "rows": (), "statistic": "median", "gives": None},),
    }  # fmt: skip
    return Definition.model_validate(values | changes)


def count(**changes: Any) -> Definition:
    return define(
        kind="count", statistics=("count",), better="neither", matters=None, target=None,
        eligible="", start="", stop="", **changes,
    )  # fmt: skip


def survey(**changes: Any) -> Definition:
    return define(
        kind="survey", table="survey_contacts", statistics=("satisfied", "response_rate"),
        answer="overall", satisfied=("very",), asked="true", excluded_by="excluded",
        better="higher", matters={"by": "2 percentage points", "why": "…"},
        target={"at_least": "80%", "since": date(2019, 4, 1), "source": "…"}, splits=(), **changes,
    )  # fmt: skip


def posts(**changes: Any) -> Definition:
    return define(
        kind="coverage", statistics=("coverage",), opened="received_on", closed="closed_on",
        of="true", better="higher", matters=None, target=None, **changes,
    )  # fmt: skip


def read(**changes: Any) -> Reading:
    values: dict[str, Any] = {
        "says": "improved", "measure": "wait", "statistic": "median", "period": NOW,
        "baseline": THEN, "bound_by": "…", "bound_on": date(2026, 1, 10), "why": "…",
    }  # fmt: skip
    return Reading.model_validate(values | changes)


def noise(seed: int = 1, size: float = 60.0, months: int = 36) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, size, months)


def step(by: float, months: int = 36) -> np.ndarray:
    """A shift from December 2022 on."""
    return np.where(np.arange(months) >= 24, by, 0.0)
