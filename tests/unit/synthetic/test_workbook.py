"""A workbook that was made up reads back as what was written, through a library."""

import io
from datetime import datetime

import numpy as np
import openpyxl

from answerable.synthetic.workbook import Page, workbook


def test_titles_table_dates_numbers_and_a_hidden_sheet() -> None:
    table = {
        "Ref": np.array(["R1", "<R&2>"]),
        "On": np.array(["2023-11-05", "NaT"], dtype="datetime64[D]"),
        "Count": np.array([3, 4]),
    }
    data = workbook([Page("Data", table, ("A title", "")), Page("Old", table, hidden=True)])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Data", "visible"),
        ("Old", "hidden"),
    ]
    lines = list(book["Data"].iter_rows(values_only=True))
    assert lines[0][0] == "A title"
    assert lines[2] == ("Ref", "On", "Count")
    assert lines[3] == ("R1", datetime(2023, 11, 5), 3)
    assert lines[4] == ("<R&2>", None, 4)


def test_the_bytes_hold_no_time_of_day() -> None:
    table = {"Ref": np.array(["R1"])}
    assert workbook([Page("Data", table)]) == workbook([Page("Data", table)])
