"""A chart as drawn on a page, with a title and a description of its own."""

from collections.abc import Sequence
from functools import partial

from django.utils.safestring import SafeString

from ..chain.charts import Stage, draw, pathway, said
from ..chain.measures import Definition, Result, Unit, period_of, shown
from ..chain.statistics import Chart
from .markup import safe
from .words import Statistic


def drawn(
    chart: Chart, definition: Definition, words: Statistic, unit: Unit, place: str, ident: str
) -> SafeString:
    """The SVG of a chart. Its style is in the site's stylesheet, where the page's policy
    wants it; its table stands beneath it.

    ident   unique in its page
    """
    svg = draw(
        chart,
        title=f"{definition.title}: {words.name.lower()} by month, {place}",
        desc=said(chart),
        show=partial(shown, unit=unit, per=definition.per),
        y_label=f"{words.name}, {place}",
        ident=ident.replace("_", "-"),
        standalone=False,
    )
    return safe(svg)


def steps_drawn(reached: Sequence[Result], definition: Definition, place: str) -> SafeString:
    """The steps of a pathway, each as long as the share that reached it.

    reached   the results of `reached` for one period, in the order of the steps
    """
    titles = {step.key: step.title for step in definition.steps}
    stages = [
        Stage(titles[result.split.partition("=")[2]], result.count)
        for result in reached
        if result.split.partition("=")[2] in titles
    ]
    when = period_of(reached[0].period).plain()
    told = ", ".join(
        f"{stage.label}: {stage.count:,}" if stage.count is not None else f"{stage.label}: withheld"
        for stage in stages
    )
    svg = pathway(
        stages,
        title=f"{definition.title}: how many reached each step, {place}, {when}",
        desc=f"{told}.",
        show=lambda count: f"{count:,.0f}",
        ident="steps-chart",
        standalone=False,
    )
    return safe(svg)
