"""Forces, areas, zone, periods, appetite for disclosure; how mistakes are told."""

from .appetite import Appetite
from .bodies import WHOLE, Area, Body, BodyFile, Force, Office, open_body
from .inert import as_given, inert
from .library import LIBRARY, shipped
from .periods import Month, Period, financial_year_of, quarter_of
from .problems import InputMistake, Problem
from .toml import Schema, from_values, read_toml

__all__ = [
    "LIBRARY",
    "WHOLE",
    "Appetite",
    "Area",
    "Body",
    "BodyFile",
    "Force",
    "InputMistake",
    "Month",
    "Office",
    "Period",
    "Problem",
    "Schema",
    "as_given",
    "financial_year_of",
    "from_values",
    "inert",
    "open_body",
    "quarter_of",
    "read_toml",
    "shipped",
]
