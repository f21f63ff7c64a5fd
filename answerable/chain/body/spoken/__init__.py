"""Periods as people write and say them: in headings of packs, in papers, in running text."""

from .finding import Mention, find_periods
from .heard import Calendar, Heard, Shape, Spoken, month_labelled_by
from .pairs import read_pair
from .reading import read_period

__all__ = [
    "Calendar",
    "Heard",
    "Mention",
    "Shape",
    "Spoken",
    "find_periods",
    "month_labelled_by",
    "read_pair",
    "read_period",
]
