"""What is found wrong with one file while it is read: collected, never the first alone."""

from collections.abc import Iterable

from .finding import Finding, Weight

FILE_DEFECTS = {
    "unreadable_file": "The file could not be opened or read.",
    "empty_file": "The file is empty.",
    "no_rows": "The file has a header and no rows.",
    "damaged_gzip": "The compressed file is cut short or damaged.",
    "wrong_kind_of_file": "The file is of another kind than the mapping says.",
    "wrong_encoding": "The file is not in the encoding that the mapping names.",
    "wrong_delimiter": "The values seem to be parted by another mark than the mapping says.",
    "mixed_line_ends": "Lines end in two different ways; they were made alike.",
    "header_moved": "The names of the columns stand in another row than the mapping says.",
    "header_not_found": "The row that should name the columns does not hold the mapped ones.",
    "duplicate_header": "Two columns have one name.",
    "unnamed_column": "A column has no name.",
    "missing_column": "A file lacks a mapped column that other files of the set have.",
    "layout_drift": "A file has other columns than most files of its set.",
    "ragged_row": "Rows have more or fewer values than the file has columns.",
    "malformed_row": "Rows could not be told into values.",
    "unclosed_quote": "A quotation mark is opened and never closed.",
    "overlong_record": "A record is longer than two million characters.",
    "malformed_line": "Lines are not JSON objects.",
    "text_null": "Words that stand for 'no value' were written as text.",
    "password_protected": "The spreadsheet is protected by a password.",
    "too_large": "The spreadsheet unpacks to more than is safe to read.",
    "sheet_not_found": "The sheet that the mapping names is not there, or none is named.",
    "spreadsheet_error": "Cells hold an error such as #REF! where a value should be.",
    "stray_cells": "Cells are filled to the right of the named columns.",
    "formula_without_value": "Formulas were saved without their values and read as empty.",
    "merged_cells": "Cells are merged; only the first of each group holds the value.",
    "hidden_sheet": "Sheets are hidden.",
    "very_hidden_sheet": "Sheets are hidden so that the program's menu does not show them.",
    "hidden_rows": "Rows are hidden; they are read like the others.",
    "hidden_columns": "Columns are hidden; they are read like the others.",
    "pivot_cache": "A pivot table carries a copy of the rows that it was made from.",
    "data_model": "The workbook carries a data model, which holds copies of tables.",
    "external_link": "The workbook is linked to other workbooks, and holds copies of their values.",
    "data_connection": "The workbook is connected to a source of data.",
    "outside_reference": "Sheets or drawings refer to places outside the workbook.",
    "outside_name": "Names defined in the workbook point outside it.",
    "macro": "The workbook holds macros. They were not run.",
    "embedded_file": "Other files are embedded in the workbook. They were not opened.",
    "comments": "Cells carry comments. They were not read.",
}
"""Names of the findings that reading a file can make, in plain words."""

MOST_NAMED = 10
"""So many lines, columns or sheets are named in one finding; the rest are counted."""


class Defects:
    """Findings about one file of one table, in the order in which they were met."""

    def __init__(self, table: str, file: str):
        self.table = table
        self.file = file
        self.found: list[Finding] = []

    def stops(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """The file cannot be used."""
        self._add(name, Weight.STOPS, detail, count, column)

    def rejects(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """Rows or values could not be used."""
        self._add(name, Weight.REJECTS, detail, count, column)

    def notes(self, name: str, detail: str = "", count: int = 1, column: str = "") -> None:
        """Used, and worth knowing."""
        self._add(name, Weight.NOTES, detail, count, column)

    @property
    def stopped(self) -> bool:
        return any(finding.weight is Weight.STOPS for finding in self.found)

    def _add(self, name: str, weight: Weight, detail: str, count: int, column: str) -> None:
        self.found.append(Finding(name, weight, self.table, self.file, count, column, detail))


def few(things: Iterable[object]) -> str:
    """'3, 9 and 12', or the first ten 'and 40 more'."""
    named = [str(thing) for thing in things]
    if len(named) > MOST_NAMED:
        return f"{', '.join(named[:MOST_NAMED])} and {len(named) - MOST_NAMED} more"
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
