"""Figures that were given without their records: one contract, and results made from them."""

from .certainty import interval
from .charting import chart_of
from .figure import STANDING, Figure
from .totals import Totals, Whole

__all__ = ["STANDING", "Figure", "Totals", "Whole", "chart_of", "interval"]
