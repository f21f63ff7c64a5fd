"""Figures that were given without their records: one contract, and results made from them."""

from .certainty import interval
from .charting import chart_of
from .contract import FOLDER, Column, columns
from .defined import definitions_of
from .differing import Difference, settled
from .figure import STANDING, Figure
from .reading import Kept, read_figures, read_figures_file, read_kept
from .results import digest_of, results_of
from .totals import Totals, Whole
from .writing import as_csv, write_figures

__all__ = [
    "FOLDER",
    "STANDING",
    "Column",
    "Difference",
    "Figure",
    "Kept",
    "Totals",
    "Whole",
    "as_csv",
    "chart_of",
    "columns",
    "definitions_of",
    "digest_of",
    "interval",
    "read_figures",
    "read_figures_file",
    "read_kept",
    "results_of",
    "settled",
    "write_figures",
]
