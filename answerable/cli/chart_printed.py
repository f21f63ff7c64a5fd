"""Charts as `answerable chart` prints them: one, or one for each series of a file."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chain.statistics import Chart
    from ..chain.statistics.reading import Show


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    SVG = "svg"


HEADER = ("x", "value", "n", "centre", "lower", "upper", "signals")


def printed(made: "Chart", form: Form, title: str, named: str, show: "Show") -> str:
    """One chart.

    named   what its values are
    show    how they are written
    """
    if form == Form.JSON:
        return _json(made.as_json())
    if form == Form.CSV:
        return _csv({"": made})
    if form == Form.SVG:
        from ..chain.charts import draw

        return draw(made, title=title, desc=made.sentence, show=show, y_label=named,
                    ident="chart") + "\n"  # fmt: skip
    return _text(made, show)


def printed_facets(
    made: Mapping[str, "Chart"], form: Form, title: str, named: str, show: "Show"
) -> str:
    """The charts of several series, in their order, with what chance alone gives on all."""
    from ..chain.statistics import false_alarms

    chance = false_alarms(made.values())
    if form == Form.JSON:
        charts = [{"facet": name, **chart.as_json()} for name, chart in made.items()]
        return _json({"facets": charts, "false_alarms": asdict(chance)})
    if form == Form.CSV:
        return _csv(made)
    if form == Form.SVG:
        from ..chain.charts import facets_drawn

        said = "; ".join(f"{name}: {chart.sentence}" for name, chart in made.items())
        return facets_drawn(list(made.items()), title=title, desc=said, show=show,
                            y_label=named, ident="facets", note=chance.sentence) + "\n"  # fmt: skip
    parts = [f"{name}\n{_text(chart, show)}" for name, chart in made.items()]
    return "\n".join([*parts, chance.sentence + "\n" if chance.sentence else ""])


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _csv(made: Mapping[str, "Chart"]) -> str:
    """Every point; where series have names, the name first."""
    from ..chain.body import inert

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    facets = list(made) != [""]
    writer.writerow(["facet", *HEADER] if facets else HEADER)
    for name, chart in made.items():
        for point in chart.points:
            numbers = (point.value, point.n, point.centre, point.lower, point.upper)
            cells = ["" if number is None else repr(number) for number in numbers]
            row = [inert(point.x), *cells, " ".join(point.signals)]
            writer.writerow([inert(name), *row] if facets else row)
    return out.getvalue()


def _text(made: "Chart", show: "Show") -> str:
    from ..chain.statistics.reading import plain

    rows = [list(HEADER)]
    for point in made.points:
        numbers = (point.value, point.centre, point.lower, point.upper)
        value, *levels = ("–" if number is None else show(number) for number in numbers)
        n = "–" if point.n is None else plain(point.n)
        rows.append([point.x, value, n, *levels, ", ".join(point.signals)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADER))]
    table = [
        "  ".join(
            cell.ljust(width) if i in (0, len(HEADER) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    said = [made.sentence, *(note for note in made.notes if note not in made.sentence)]
    return "\n".join([*said, "", *table, ""])
