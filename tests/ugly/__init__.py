"""Six spreadsheets as ugly as real ones, each with the figures that stand in it.

Each function gives an `UglyPack`: the bytes of an XLSX file, figures worked out by hand, what must
be remarked, and a claim to check on it. The first two are laid out from the reference data.
"""

from .bare_months import bare_months
from .borough_outcomes import borough_outcomes
from .confidence import confidence_by_quarter
from .pack import Claim, Expected, UglyPack
from .response_times import response_times
from .tidy_extract import tidy_extract
from .two_tables import two_tables

OWN = (response_times, two_tables, bare_months, tidy_extract)
"""Made from nothing but this folder."""
FROM_REFERENCE = (borough_outcomes, confidence_by_quarter)
"""Each is given the folder of reference data."""

__all__ = [
    "FROM_REFERENCE",
    "OWN",
    "Claim",
    "Expected",
    "UglyPack",
    "bare_months",
    "borough_outcomes",
    "confidence_by_quarter",
    "response_times",
    "tidy_extract",
    "two_tables",
]
