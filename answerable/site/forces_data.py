"""Open data of a site by force: what its pages set beside each other, as CSV and JSON."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from ..chain.body import inert
from ..chain.measures import Definition
from ..chain.statistics.funnel import Unit
from .between import Between, between
from .public import Public

COLUMNS = (
    "measure", "statistic", "period", "force", "value", "n", "lower95", "upper95", "lower998",
    "upper998", "outlier", "changed_statistic", "baseline", "asked", "change",
)  # fmt: skip
"""`change` is the verdict on what was `asked` of `changed_statistic`, over `period` against
`baseline`; `outlier` is empty where it may not be told."""


def files(public: Public) -> dict[str, bytes]:
    """The files by their path; none on a site that is not by force."""
    if not public.by_force:
        return {}
    found = {d.key: between(public, d) for d in public.measures}
    text = {key: _as_json(each) for key, each in found.items()}
    return {
        "data/forces.csv": _csv(public, found),
        "data/forces.json": (json.dumps(text, ensure_ascii=False) + "\n").encode(),
    }


def _csv(public: Public, found: dict[str, Between]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n", restval="")
    writer.writeheader()
    for key, each in found.items():
        for code in public.areas[1:]:
            row = _row(public.definitions[key], each, code)
            writer.writerow({name: inert(value) for name, value in row.items()})
    return out.getvalue().encode()


def _row(definition: Definition, found: Between, code: str) -> dict[str, Any]:
    row: dict[str, Any] = {"measure": definition.key, "force": code}
    if found.standing is not None:
        row |= {"statistic": found.standing.statistic, "period": found.standing.period}
        unit = next((u for u in found.standing.funnel.units if u.unit == code), None)
        row |= _stands(unit) if unit else {}
    if found.changes is not None:
        reading = found.changes.reading
        row |= {
            "period": reading.period,
            "changed_statistic": reading.statistic,
            "baseline": reading.baseline,
            "asked": reading.says,
            "change": str(found.changes.verdicts[code].verdict),
        }
    return row


def _stands(unit: Unit) -> dict[str, Any]:
    values = asdict(unit)
    del values["unit"]
    values["outlier"] = "" if unit.outlier is None else str(unit.outlier).lower()
    return values


def _as_json(found: Between) -> dict[str, Any]:
    """A measure's funnel, changes and what chance alone gives; null where there is none."""
    standing, changes = found.standing, found.changes
    return {
        "funnel": None
        if standing is None
        else {
            "statistic": standing.statistic,
            "period": standing.period,
            **asdict(standing.funnel),
            "by_chance": asdict(standing.chance),
        },
        "changes": None
        if changes is None
        else {
            "reading": changes.reading.model_dump(mode="json"),
            "verdicts": {code: asdict(verdict) for code, verdict in changes.verdicts.items()},
            "told": changes.count.told,
            "by_chance": changes.count.by_chance,
        },
        "charts": {"looked_at": len(found.charts), "by_chance": asdict(found.chart_chance)},
    }
