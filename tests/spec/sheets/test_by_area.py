"""The same table on a sheet for each place: one table, of measures in areas."""

import pytest

from answerable.chain.sheets import Correction, understand
from tests.small_grids import shown
from tests.spec.sheets.test_one_month import pack

TEXT = "Measure | Apr-23 | May-23 \n Arrests | {} | {} \n Crimes | 10 | 20"
NORTH, SOUTH = ("North", TEXT.format(1, 2)), ("South", TEXT.format(3, 4))
LINES = [
    "Arrests; North: 2023-04 1, 2023-05 2",
    "Crimes; North: 2023-04 10, 2023-05 20",
    "Arrests; South: 2023-04 3, 2023-05 4",
    "Crimes; South: 2023-04 10, 2023-05 20",
]


def test_the_name_of_the_sheet_is_the_place() -> None:
    found = understand(pack(NORTH, SOUTH))
    assert len(found.tables) == 1
    assert shown(found) == LINES
    (told,) = [remark for remark in found.tables[0].remarks if remark.code == "areas"]
    assert "'North' and 'South'" in told.text and "South!A3" in told.places


def test_the_sheet_of_the_force_is_the_whole_and_is_checked() -> None:
    whole = "Measure | Apr-23 | May-23 \n Arrests | 4 | 7 \n Crimes | 20 | 40"
    found = understand(pack(NORTH, SOUTH, ("Force", whole)))
    assert shown(found)[-2:] == [
        "Arrests; all: 2023-04 4, 2023-05 7", "Crimes; all: 2023-04 20, 2023-05 40",
    ]  # fmt: skip
    assert [line.total for line in found.lines] == 4 * [False] + 2 * [True]
    wrong = [r for r in found.tables[0].remarks if r.code == "total_differs"]
    assert [(r.place, "says 7" in r.text, "up to 6" in r.text) for r in wrong] == [
        ("Force!C2", True, True)
    ]


def test_a_title_that_names_the_place_is_the_same_title() -> None:
    sheets = [(n, f"Domestic abuse in {n} \n {text}") for n, text in (NORTH, SOUTH)]
    found = understand(pack(*sheets))
    assert shown(found) == LINES and found.tables[0].title == "Domestic abuse in"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sheet1", "Sheet2"),
        ("Table 1a", "Table 1b"),
        ("Stalking offences", "Rape offences"),
        ("Female victims", "Male victims"),
        ("1", "2"),
    ],
)
def test_names_that_are_no_places_join_nothing(one: str, other: str) -> None:
    found = understand(pack((one, NORTH[1]), (other, SOUTH[1])))
    assert len(found.tables) == 2
    assert {line.area for line in found.lines} == {"all"}


def test_other_lines_are_another_table() -> None:
    other = "Measure | Apr-23 | May-23 \n Charges | 1 | 2 \n Referrals | 10 | 20"
    assert len(understand(pack(NORTH, ("South", other))).tables) == 2


def test_a_reader_who_says_where_is_believed() -> None:
    said = [Correction("area", "all", "North", "A2")]
    found = understand(pack(NORTH, SOUTH), said)
    assert len(found.tables) == 2 and found.lines[0].area == "all"


def test_a_sheet_for_each_measure_names_it() -> None:
    areas = "Area | Apr-23 | May-23 \n North | 1 | 2 \n South | 3 | 4"
    found = understand(pack(("Arrests", areas), ("Charges", areas)))
    assert shown(found) == [
        "Arrests; North: 2023-04 1, 2023-05 2",
        "Arrests; South: 2023-04 3, 2023-05 4",
        "Charges; North: 2023-04 1, 2023-05 2",
        "Charges; South: 2023-04 3, 2023-05 4",
    ]
    assert "name of the sheet" in found.tables[0].remarks[0].text
