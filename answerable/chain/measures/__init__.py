"""How it is counted: definitions in, results out."""

from .definition import Definition, read_definition
from .result import Grade, Grain, Result, Status, Unit
from .shown import shown, shown_change

__all__ = [
    "Definition",
    "Grade",
    "Grain",
    "Result",
    "Status",
    "Unit",
    "read_definition",
    "shown",
    "shown_change",
]
