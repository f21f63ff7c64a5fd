"""A chart as drawn on a page, with a title and a description of its own."""

from functools import partial

from django.utils.safestring import SafeString

from ..chain.charts import draw
from ..chain.measures import Definition, Unit, shown
from ..chain.statistics import Chart
from .charting import said
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
