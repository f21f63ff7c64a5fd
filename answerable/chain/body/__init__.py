"""Forces, areas, zone, periods, appetite for disclosure; how mistakes are told."""

from .appetite import Appetite
from .bodies import (
    LEAST_FORCES,
    WHOLE,
    Area,
    Body,
    BodyFile,
    CountsOtherwise,
    Force,
    Office,
    by_force,
    open_body,
)
from .inert import as_given, inert
from .library import LIBRARY, shipped
from .periods import Month, Period, financial_year_of, quarter_of
from .problems import InputMistake, Problem
from .toml import Schema, from_values, read_toml

__all__ = [
    "LEAST_FORCES",
    "LIBRARY",
    "WHOLE",
    "Appetite",
    "Area",
    "Body",
    "BodyFile",
    "CountsOtherwise",
    "Force",
    "InputMistake",
    "Month",
    "Office",
    "Period",
    "Problem",
    "Schema",
    "as_given",
    "by_force",
    "financial_year_of",
    "from_values",
    "inert",
    "open_body",
    "quarter_of",
    "read_toml",
    "shipped",
]
