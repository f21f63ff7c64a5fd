"""How it is counted: definitions in, results out."""

from .codes import CodeList, Codes, load_codes, name_of
from .definition import Definition, read_definition
from .result import Grade, Grain, Result, Status, Unit
from .shown import shown, shown_change

__all__ = [
    "CodeList",
    "Codes",
    "Definition",
    "Grade",
    "Grain",
    "Result",
    "Status",
    "Unit",
    "load_codes",
    "name_of",
    "read_definition",
    "shown",
    "shown_change",
]
