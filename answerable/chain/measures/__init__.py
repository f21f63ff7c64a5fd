"""How it is counted: definitions in, results out."""

from .definition import Definition, read_definition
from .result import Grade, Grain, Result, Status, Unit

__all__ = ["Definition", "Grade", "Grain", "Result", "Status", "Unit", "read_definition"]
