"""Nothing that leaves as CSV comes alive in a spreadsheet, and numbers stay numbers."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.chain.body import as_given, inert


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\")",
     " =1", "＝1", "|x", "%x", "+44 1632 960000", "'=1"],
    ids=repr,
)  # fmt: skip
def test_what_is_like_a_formula_is_marked_as_text(text: str) -> None:
    assert inert(text) == "'" + text
    assert as_given(inert(text)) == text


@pytest.mark.parametrize(
    "value",
    ["-3", "-3.1", "-1,204", "-3.1%", "+2", "-1e-05", "-", "2023-11", "area=town", "'quoted'",
     "'-3", "", -3, -0.5, None, True],
    ids=repr,
)  # fmt: skip
def test_the_rest_is_left_as_it_is(value: object) -> None:
    assert inert(value) is value


@given(st.text(alphabet="'=+-@\t\r\n|%＝ a1.,\"") | st.text())
def test_it_comes_back_as_it_was_and_is_never_run(text: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow([inert(text), "end"])
    stream.seek(0)
    ((cell, _),) = csv.reader(stream)
    assert as_given(cell) == text
    assert cell[:1] not in tuple("=@\t\r") and (cell[:1] not in "+-" or cell[1:2] != "c")
