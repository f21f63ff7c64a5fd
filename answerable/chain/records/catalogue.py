"""Every defect that an import can find, by name, in plain words.

`FINDINGS` is the one list: the manual, the letter and the tests are made from it, and a
finding whose name is not in it cannot be made.
"""

from dataclasses import dataclass

from .finding import Finding, Weight

STOPS, REJECTS, NOTES = Weight.STOPS, Weight.REJECTS, Weight.NOTES


@dataclass(frozen=True)
class Defect:
    """What a finding of one name is.

    weight   how much it weighs unless the place where it is found makes it graver
    words    what was found, said to someone who has never seen this software
    to_do    what the owner of the data can do about it
    """

    weight: Weight
    words: str
    to_do: str


FINDINGS: dict[str, Defect] = {
    "unreadable_file": Defect(
        STOPS,
        "The file could not be read, or is not there.",
        "Send the file again, whole, in the format that the mapping names.",
    ),
    "empty_file": Defect(
        STOPS,
        "The file is empty.",
        "Send the file again, whole.",
    ),
    "no_rows": Defect(
        NOTES,
        "The file has a header and no rows.",
        "Confirm that there was nothing to send.",
    ),
    "damaged_gzip": Defect(
        STOPS,
        "The compressed file is cut short or damaged.",
        "Send the file again, whole.",
    ),
    "wrong_kind_of_file": Defect(
        STOPS,
        "The file is of another kind than the mapping says.",
        "Send it as the mapping says, or correct format in the mapping.",
    ),
    "wrong_encoding": Defect(
        STOPS,
        "The file is not in the encoding that the mapping names.",
        "Correct encoding in the mapping; exports from Windows are often cp1252.",
    ),
    "wrong_delimiter": Defect(
        STOPS,
        "The values are parted by another mark than the mapping says.",
        "Correct delimiter in the mapping.",
    ),
    "mixed_line_ends": Defect(
        NOTES,
        "Lines end in two different ways; they were made alike.",
        "Confirm that no record was cut in two.",
    ),
    "header_moved": Defect(
        STOPS,
        "The columns are named in another row than the mapping says.",
        "Correct header_row in the mapping, or send the file in the layout that was agreed.",
    ),
    "header_not_found": Defect(
        STOPS,
        "Most of the columns that the mapping uses are not in the file's header.",
        "Check that the header is in the row that header_row names, and that this is the file.",
    ),
    "unknown_column": Defect(
        STOPS,
        "The mapping uses a column that no file has.",
        "Correct the name in the mapping, or ask for the column back.",
    ),
    "missing_column": Defect(
        REJECTS,
        "A column that other files of this mapping have is missing from this one.",
        "Send the file again with the column, or give it a mapping of its own.",
    ),
    "duplicate_header": Defect(
        NOTES,
        "Two columns of the file have one name.",
        "Give each column a name of its own.",
    ),
    "unnamed_column": Defect(
        NOTES,
        "A column of the file has no name.",
        "Name the column, or leave it out.",
    ),
    "ragged_row": Defect(
        REJECTS,
        "Rows with more or fewer values than the file has columns: left out.",
        "Put values that contain the delimiter in quotation marks.",
    ),
    "malformed_row": Defect(
        REJECTS,
        "Rows that cannot be told into values: left out.",
        "Double each quotation mark that stands inside a quoted value.",
    ),
    "unclosed_quote": Defect(
        STOPS,
        "A quotation mark is opened and never closed, so rows are lost in it.",
        "Send the file again, whole; double each quotation mark inside a quoted value.",
    ),
    "overlong_record": Defect(
        STOPS,
        "A record is longer than two million characters.",
        "Look for a quotation mark that is never closed.",
    ),
    "malformed_line": Defect(
        REJECTS,
        "Lines that are not JSON objects: left out.",
        "Send one JSON object on each line.",
    ),
    "expression_failed": Defect(
        STOPS,
        "An expression of the mapping cannot be worked out on this file.",
        "Check what kinds of value the expression compares; try_cast turns text into a number.",
    ),
    "unknown_code": Defect(
        REJECTS,
        "A code that the mapping does not list.",
        "Say what the code means, and add it to the mapping.",
    ),
    "not_a_number": Defect(
        REJECTS, "Text where a number should be.", "Correct the values at the source."
    ),
    "not_yes_or_no": Defect(
        REJECTS,
        "Text where yes or no should be.",
        "Correct the values, or list the codes that are used in the mapping.",
    ),
    "not_a_time": Defect(
        REJECTS,
        "Text that is not a date or a time in any of the formats given, or lies outside"
        " 1970 to 2100.",
        "Correct the values, or add the format to the mapping.",
    ),
    "out_of_range": Defect(
        REJECTS, "A number that cannot be right.", "Correct the values at the source."
    ),
    "required_missing": Defect(
        REJECTS,
        "A value without which the record cannot be counted is empty: the record is left out.",
        "Fill in the value at the source.",
    ),
    "duplicate_key": Defect(
        REJECTS,
        "Records with the reference of one before them, the same in every column: the first"
        " is kept.",
        "Make the extract so that each record appears once.",
    ),
    "conflicting_key": Defect(
        REJECTS,
        "Records with the reference of one before them but other content: the first is kept.",
        "Say which of the records is right, and send each once.",
    ),
    "impossible_order": Defect(
        REJECTS,
        "A time before an event that must come first: the later event's time is not used.",
        "Correct the times at the source.",
    ),
    "text_null": Defect(
        NOTES,
        "Text such as NULL or N/A where nothing was recorded: taken as empty.",
        "Leave the field empty in the extract.",
    ),
    "mixed_formats": Defect(
        NOTES,
        "Times in one column are written in more than one way.",
        "Write all times of a column in one way; check that no day was taken for a month.",
    ),
    "dst_ambiguous": Defect(
        NOTES,
        "Times in the hour that happens twice when the clocks go back: taken as the first,"
        " unless the order of events forbids it.",
        "Send times in UTC.",
    ),
    "dst_gap": Defect(
        NOTES,
        "Times in the hour that does not happen when the clocks go forward: taken as if the"
        " clocks had not gone forward yet.",
        "Check the clock of the system that the times came from.",
    ),
    "outside_covers": Defect(
        REJECTS,
        "Records dated outside the months that the mapping covers: left out.",
        "Correct the dates, or the months in covers.",
    ),
    "unknown_area": Defect(
        REJECTS,
        "An area that body.toml does not list: the record counts in the whole and in no area.",
        "Add the area to body.toml, or correct the code in the mapping.",
    ),
    "unknown_force": Defect(
        REJECTS,
        "A force that body.toml does not list: the record is left out.",
        "Add the force to body.toml, or correct the code in the mapping.",
    ),
    "layout_drift": Defect(
        NOTES,
        "The file's columns are not those of the file before it, or of the last import.",
        "Confirm that the columns still mean what the mapping takes them to mean.",
    ),
    "short_look_back": Defect(
        NOTES,
        "The year before these months is not covered, so it is not known who had reported"
        " before: the look-back is left empty.",
        "Send the earlier year, if it can be had.",
    ),
    "volume_jump": Defect(
        NOTES,
        "The number of records in a month or a file is far from that before it, beyond chance.",
        "Say whether recording changed, or the extract is incomplete.",
    ),
    "volume_revised": Defect(
        NOTES,
        "A month has a very different number of records than in the last import.",
        "Say what changed between the two extracts.",
    ),
    "password_protected": Defect(
        STOPS,
        "The spreadsheet is protected by a password.",
        "Send it without a password, by a way that is itself safe.",
    ),
    "too_large": Defect(
        STOPS,
        "The spreadsheet unpacks to more than is safe to read.",
        "Send the table as CSV or Parquet.",
    ),
    "sheet_not_found": Defect(
        STOPS,
        "The sheet that the mapping names is not there, or none of several is named.",
        "Correct sheet in the mapping.",
    ),
    "spreadsheet_error": Defect(
        REJECTS,
        "Cells hold an error such as #REF! where a value should be: taken as empty.",
        "Correct the formulas, and send values.",
    ),
    "stray_cells": Defect(
        NOTES,
        "Cells to the right of the named columns are filled; they were not read.",
        "Say what they are, or remove them.",
    ),
    "formula_without_value": Defect(
        NOTES,
        "Formulas were saved without their values, and are read as empty.",
        "Send plain values in a new workbook.",
    ),
    "merged_cells": Defect(
        NOTES,
        "Cells are merged; only the first of each group holds the value.",
        "Undo the merging, so that each row has its own value.",
    ),
    "very_hidden_sheet": Defect(
        NOTES,
        "The spreadsheet holds sheets that its program will not list.",
        "Send a file that holds only what is meant to be sent.",
    ),
    "data_model": Defect(
        NOTES,
        "The spreadsheet carries a data model, which holds copies of whole tables.",
        "Send plain values in a new workbook.",
    ),
    "data_connection": Defect(
        NOTES,
        "The spreadsheet is connected to a source of data.",
        "Send plain values in a new workbook.",
    ),
    "outside_reference": Defect(
        NOTES,
        "Sheets or drawings refer to places outside the spreadsheet.",
        "Send plain values in a new workbook.",
    ),
    "outside_name": Defect(
        NOTES,
        "Names defined in the spreadsheet point outside it.",
        "Send plain values in a new workbook.",
    ),
    "macro": Defect(
        NOTES,
        "The spreadsheet holds macros. They were not run.",
        "Send plain values in a new workbook.",
    ),
    "embedded_workbook": Defect(
        NOTES,
        "Other spreadsheets are embedded in the spreadsheet. They were not opened.",
        "Remove them; a chart pasted with its workbook carries all of that workbook.",
    ),
    "embedded_file": Defect(
        NOTES,
        "Other files are embedded in the spreadsheet. They were not opened.",
        "Send plain values in a new workbook.",
    ),
    "comments": Defect(
        NOTES,
        "Cells carry comments. They were not read.",
        "Remove comments; they often name people.",
    ),
    "hidden_sheet": Defect(
        NOTES,
        "The spreadsheet holds sheets that are hidden.",
        "Send a file that holds only what is meant to be sent.",
    ),
    "hidden_rows": Defect(
        NOTES,
        "The spreadsheet holds rows that are hidden; they are read like any other.",
        "Say whether the hidden rows are meant to count.",
    ),
    "hidden_columns": Defect(
        NOTES,
        "The spreadsheet holds columns that are hidden.",
        "Send a file that holds only what is meant to be sent.",
    ),
    "pivot_cache": Defect(
        NOTES,
        "The spreadsheet carries a pivot table's copy of its source rows.",
        "Send plain values; a copy may hold rows that were meant to be removed.",
    ),
    "external_link": Defect(
        NOTES,
        "The spreadsheet links to other files.",
        "Send plain values without links.",
    ),
}
"""Every finding's name, with what it weighs, its plain words and what to do."""


def finding(
    name: str,
    table: str,
    file: str,
    count: int,
    column: str = "",
    detail: str = "",
    weight: Weight | None = None,
) -> Finding:
    """A finding of a known name. Raises KeyError for a name that `FINDINGS` has not."""
    return Finding(name, weight or FINDINGS[name].weight, table, file, count, column, detail)
