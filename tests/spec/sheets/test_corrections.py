"""What a reader may put right, and what it changes."""

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.sheets import ALLOWED, EXPLAINED, Correction
from tests.small_grids import read, shown

C = Correction

CORRECTED = {
    "calendar": (
        "Measure | Q3 2023 | Q4 2023 \n Arrests | 1 | 2",
        [C("calendar", "financial")],
        ["Arrests; all: 2023/24-Q3 1, 2023/24-Q4 2"],
    ),
    "year": (
        "Measure | Nov | Dec | Jan \n Arrests | 1 | 2 | 3",
        [C("year", "2023/24")],
        ["Arrests; all: 2023-11 1, 2023-12 2, 2024-01 3"],
    ),
    "year of the first month": (
        "Measure | Nov | Dec | Jan \n Arrests | 1 | 2 | 3",
        [C("year", "2023", "S", "B1:D1")],
        ["Arrests; all: 2023-11 1, 2023-12 2, 2024-01 3"],
    ),
    "unit": (
        "Measure | Apr-23 | May-23 \n Response | 12:34 | 13:00",
        [C("unit", "hh:mm", "S", "A2")],
        ["Response; all: 2023-04 45240, 2023-05 46800"],
    ),
    "unit of one line": (
        "Measure | Apr-23 | May-23 \n Content | 0.5 | 0.6 \n Angry | 1 | 2",
        [C("unit", "percent", "S", "A2")],
        ["Content; all: 2023-04 0.005, 2023-05 0.006", "Angry; all: 2023-04 1, 2023-05 2"],
    ),
    "unit, said of any figure of the line": (
        "Measure | Apr-23 | May-23 \n Waiting | 5 | 5.5 \n Angry | 1 | 2",
        [C("unit", "days", "S", "C2")],
        ["Waiting; all: 2023-04 5, 2023-05 5.5", "Angry; all: 2023-04 1, 2023-05 2"],
    ),
    "unit of a column": (
        "Month | Waiting | Angry \n Apr-23 | 5 | 1 \n May-23 | 5.5 | 2",
        [C("unit", "count", "S", "B1")],
        ["Waiting; all: 2023-04 5, 2023-05 5.5", "Angry; all: 2023-04 1, 2023-05 2"],
    ),
    "dash": (
        "Measure | Apr-23 | May-23 \n Arrests | - | 2",
        [C("dash", "zero")],
        ["Arrests; all: 2023-04 0, 2023-05 2"],
    ),
    "days": (
        "Month | Arrests \n 04/01/2023 | 1 \n 05/01/2023 | 2",
        [C("days", "month first")],
        ["Arrests; all: 2023-04 1, 2023-05 2"],
    ),
    "length": (
        "Measure | Mar-23 | Jun-23 | Sep-23 \n Arrests | 1 | 2 | 3",
        [C("length", "quarter")],
        ["Arrests; all: 2023-01..2023-03 1, 2023-04..2023-06 2, 2023-07..2023-09 3"],
    ),
    "length of a year": (
        "Measure | Mar-22 | Mar-23 \n Arrests | 1 | 2",
        [C("length", "rolling year")],
        ["Arrests; all: 2021-04..2022-03 1, 2022-04..2023-03 2"],
    ),
    "decimal": (
        "Measure | Apr-23 | May-23 \n Wait (days) | 0,56 | 1,204",
        [C("decimal", "comma")],
        ["Wait (days); all: 2023-04 0.56, 2023-05 1.204"],
    ),
    "cell": (
        "Measure | Apr-23 | May-23 \n Arrests | see note | 2",
        [C("cell", "12", "S", "B2")],
        ["Arrests; all: 2023-04 12, 2023-05 2"],
    ),
    "cell emptied": (
        "Measure | Apr-23 | May-23 \n Arrests | see note | 2",
        [C("cell", "", "S", "B2")],
        ["Arrests; all: 2023-04 –(missing), 2023-05 2"],
    ),
    "heading": (
        "Measure | Apr-23 | Apr-23 \n Arrests | 1 | 2",
        [C("cell", "May-23", "S", "C1")],
        ["Arrests; all: 2023-04 1, 2023-05 2"],
    ),
    "role of a column": (
        "Measure | Apr-23 | Apr-23 \n Arrests | 1 | 2",
        [C("role", "leave out", "S", "C1")],
        ["Arrests; all: 2023-04 1"],
    ),
    "role of a row": (
        "Measure | Apr-23 | May-23 \n Arrests | 1 | 2 \n Ambition | 3 | 4",
        [C("role", "target", "S", "A3")],
        ["Arrests; all: 2023-04 1, 2023-05 2"],
    ),
    "name and area": (
        "Measure | Apr-23 | May-23 \n DA arr. N | 1 | 2",
        [C("name", "Arrests", "S", "A2"), C("area", "North", "S", "A2")],
        ["Arrests; North: 2023-04 1, 2023-05 2"],
    ),
    "month": (
        "Measure | This month | Last month \n Arrests | 1 | 2",
        [C("month", "Dec 2023", "S")],
        ["Arrests; all: 2023-11 2, 2023-12 1"],
    ),
    "month of a sheet without periods": (
        "Measure | Value \n Arrests | 1 \n Charges | 2",
        [C("month", "2023/24-Q1")],
        ["Arrests; all: 2023/24-Q1 1", "Charges; all: 2023/24-Q1 2"],
    ),
    "span": (
        "Measure | Apr-23 | May-23 | Jun-23 \n Arrests | 1 | 2 | 3 \n Charges | 4 | 5 | 6",
        [C("span", "A1:C2", "S")],
        ["Arrests; all: 2023-04 1, 2023-05 2"],
    ),
    "orientation": (
        "Month | Apr-23 \n Apr-23 | 1 \n May-23 | 2",
        [C("orientation", "long")],
        ["Apr-23; all: 2023-04 1, 2023-05 2"],
    ),
    "header": (
        "Draft | Jan-22 | Feb-22 \n | Apr-23 | May-23 \n Arrests | 1 | 2",
        [C("header", "", "S", "A2")],
        ["Arrests; all: 2023-04 1, 2023-05 2"],
    ),
}


@pytest.mark.parametrize("name", CORRECTED)
def test_a_correction(name: str) -> None:
    sheet, corrections, expected = CORRECTED[name]
    assert shown(read(sheet, *corrections)) == expected
    assert shown(read(sheet)) != expected or name in ("header", "orientation")


def test_a_correction_holds_for_its_own_sheet() -> None:
    sheet = "Measure | Apr-23 | May-23 \n Arrests | - | 2"
    assert shown(read(sheet, C("dash", "zero", "Another"))) == shown(read(sheet))


def test_every_kind_is_explained_and_tried() -> None:
    tried = {one.what for _, corrections, _ in CORRECTED.values() for one in corrections}
    assert tried == set(EXPLAINED)
    assert set(ALLOWED) <= set(EXPLAINED)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (C("colour", "red"), "there is no such correction"),  # type: ignore[arg-type]
        (C("dash", "perhaps"), "this is not a value that it takes"),
        (C("cell", "12"), "it does not say where"),
        (C("cell", "12", "S", "7C"), "'7C' is not a cell"),
        (C("span", "everything"), "is not a cell"),
        (C("year", ""), "it has no value"),
        (C("month", "soon"), "it is no period"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_correction_that_cannot_be_meant(wrong: Correction, told: str) -> None:
    with pytest.raises(InputMistake, match=told):
        read("Measure | Apr-23 | May-23 \n Arrests | 1 | 2", wrong)
