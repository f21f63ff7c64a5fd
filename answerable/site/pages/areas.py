"""A page for each local policing area: every measure there, beside the whole."""

from collections.abc import Iterator

from ...chain.body import WHOLE
from ...chain.charts import said
from ...chain.measures import Definition, period_of
from ...chain.statistics import false_alarms
from ..drawing import drawn
from ..markup import table
from ..page import Page
from ..public import Public
from ..sentences import interval_words, rests_on, sentence, value_words
from ..words import statistic_of

INDEX = ("areas/index.html", "Areas")


def pages(public: Public) -> Iterator[Page]:
    if public.by_force:
        return
    areas = public.release.body.areas
    yield Page("areas/index.html", "areas.html", "Areas", {"areas": areas})
    for area in areas:
        yield Page(
            f"areas/{area.code}.html",
            "area.html",
            area.name,
            {
                "area": area,
                "population": f"{area.population:,}" if area.population else "",
                "figures": [_figure(public, d, area.code) for d in public.measures],
                "force": public.area_name(WHOLE),
                "chance": chance_on(public, area.code),
            },
            (INDEX,),
        )


def chance_on(public: Public, code: str) -> str:
    """What chance alone would give on the charts of one place's page; empty for one chart."""
    heads = ((d, public.headline(d)) for d in public.measures)
    charts = (public.chart(d, head.statistic, code) for d, head in heads if head is not None)
    found = false_alarms(chart for chart in charts if chart is not None)
    return found.sentence if found.looked_at > 1 else ""


def _figure(public: Public, definition: Definition, code: str) -> dict[str, object]:
    whole, here = public.headline(definition), public.headline(definition, code)
    name = public.area_name(code)
    if whole is None or here is None:
        return {"definition": definition, "sentence": "", "table": "", "chart": "", "reads": ""}
    words = statistic_of(whole.statistic, definition)
    rows = [
        (
            where,
            value_words(result, definition),
            interval_words(result, definition),
            rests_on(result),
        )
        for where, result in ((name, here), (public.area_name(WHOLE), whole))
    ]
    caption = f"{definition.title}: {words.name.lower()}, {period_of(whole.period).plain()}"
    chart = public.chart(definition, whole.statistic, code)
    return {
        "definition": definition,
        "sentence": sentence(here, definition, name),
        "table": table(caption, ("Place", words.name, "95% interval", "Rests on"), rows),
        "chart": drawn(chart, definition, words, here.unit, name, f"{definition.key}-chart")
        if chart
        else "",
        "reads": said(chart) if chart else "",
    }
