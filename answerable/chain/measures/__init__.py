"""How it is counted: definitions in, results out."""

from .codes import CodeList, Codes, load_codes, name_of
from .compute import compute
from .counting import Counting
from .definition import Definition, read_definition
from .definitions import load_definitions
from .gathered import Gathered, period_of
from .quantity import quantity
from .recipe import at_end, unit_of
from .result import Grade, Grain, Result, Status, Unit
from .results import Results
from .sentences import sentence
from .shown import shown, shown_change, shown_interval

__all__ = [
    "CodeList",
    "Codes",
    "Counting",
    "Definition",
    "Gathered",
    "Grade",
    "Grain",
    "Result",
    "Results",
    "Status",
    "Unit",
    "at_end",
    "load_codes",
    "name_of",
    "compute",
    "load_definitions",
    "period_of",
    "quantity",
    "read_definition",
    "sentence",
    "shown",
    "shown_change",
    "shown_interval",
    "unit_of",
]
