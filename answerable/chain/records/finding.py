"""A finding: one named defect of an input, counted, never quoted."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding weighs."""

    STOPS = "stops"  # the import cannot be trusted: the last good snapshot stays
    REJECTS = "rejects"  # rows or values could not be used
    NOTES = "notes"  # used, and worth knowing


@dataclass(frozen=True)
class Finding:
    """One kind of defect at one place.

    name     stable key of the defect (`unknown_code`, `impossible_order`, …); every name
             and its plain words stand in `chain.records.FINDINGS`
    table    the contract's table
    file     the file as the mapping names it
    column   the column, or empty
    count    how many rows (or things) it was found in
    detail   what a person needs to act on it: names of columns and unmapped codes of
             `plain` columns only. Never a value of an identifier or personal column.
    """

    name: str
    weight: Weight
    table: str
    file: str
    count: int
    column: str = ""
    detail: str = ""
