"""How it is drawn: a result or a chart → SVG with a title and a description."""

from .bars import Bar, Stage, bars, pathway
from .facets import facets_drawn, shared, small
from .frame import STYLE
from .funnels import funnel_drawn
from .monthly import chart_of, said
from .svg import draw, label

__all__ = [
    "STYLE",
    "Bar",
    "Stage",
    "bars",
    "chart_of",
    "draw",
    "facets_drawn",
    "funnel_drawn",
    "label",
    "pathway",
    "said",
    "shared",
    "small",
]
