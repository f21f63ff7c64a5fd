"""How tables are laid out, and what is understood of each."""

from dataclasses import replace

import pytest

from answerable.chain.sheets import Pack, understand
from tests.small_grids import grid, read, shown

UNDERSTOOD = {
    "months across": (
        """
        Arrests
        Area  | Apr-23 | May-23 | Total
        North | #12    | #14    | #26
        South | #7     | #9     | #16
        Total | #19    | #23    | #42
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Arrests; South: 2023-04 7, 2023-05 9
        Arrests; all: 2023-04 19, 2023-05 23
        """,
    ),
    "months down": (
        """
        Month      | Arrests | Charges
        01/04/2023 | 12      | 3
        01/05/2023 | 14      | 4
        """,
        """
        Arrests; all: 2023-04 12, 2023-05 14
        Charges; all: 2023-04 3, 2023-05 4
        """,
    ),
    "one figure a row": (
        """
        Date        | Borough | Measure | Value
        @2023-04-01 | North   | Arrests | #12
        @2023-04-01 | North   | Charges | #3
        @2023-05-01 | North   | Arrests | #14
        @2023-05-01 | North   | Charges | #4
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Charges; North: 2023-04 3, 2023-05 4
        """,
    ),
    "a year over bare months": (
        """
        Measure | 2022/23 | <>  | 2023/24 | <>
                | Feb     | Mar | Apr     | May
        Arrests | 1       | 2   | 3       | 4
        """,
        "Arrests; all: 2023-02 1, 2023-03 2, 2023-04 3, 2023-05 4",
    ),
    "a measure over months": (
        """
              | Arrests | <>     | Charges | <>
        Area  | Apr-23  | May-23 | Apr-23  | May-23
        North | 12      | 14     | 3       | 4
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Charges; North: 2023-04 3, 2023-05 4
        """,
    ),
    "an area over measures": (
        """
               | North   | <>      | South   | <>
        Month  | Arrests | Charges | Arrests | Charges
        Apr-23 | 12      | 3       | 7       | 2
        May-23 | 14      | 4       | 9       | 1
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Charges; North: 2023-04 3, 2023-05 4
        Arrests; South: 2023-04 7, 2023-05 9
        Charges; South: 2023-04 2, 2023-05 1
        """,
    ),
    "years over measures": (
        """
              | 2022/23   | <>       | 2023/24   | <>
        Area  | Satisfied | Surveyed | Satisfied | Surveyed
        North | 90        | 120      | 80        | 110
        """,
        """
        Satisfied; North: 2022/23 90, 2023/24 80
        Surveyed; North: 2022/23 120, 2023/24 110
        """,
    ),
    "a year in each row": (
        """
        Arrests
        Year    | Apr | May | Jun
        2022/23 | 1   | 2   | 3
        2023/24 | 4   | 5   | 6
        """,
        "Arrests; all: 2022-04 1, 2022-05 2, 2022-06 3, 2023-04 4, 2023-05 5, 2023-06 6",
    ),
    "a column of years beside bare months": (
        """
        Year    | Month | Arrests
        2022/23 | Mar   | 1
        2023/24 | Apr   | 2
                | May   | 3
        """,
        "Arrests; all: 2023-03 1, 2023-04 2, 2023-05 3",
    ),
    "areas beneath the name of a measure": (
        """
                  | Apr-23 | May-23
        **Arrests
        North     | 12     | 14
        South     | 7      | 9
        **Charges
        North     | 3      | 4
        South     | 2      | 1
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Arrests; South: 2023-04 7, 2023-05 9
        Charges; North: 2023-04 3, 2023-05 4
        Charges; South: 2023-04 2, 2023-05 1
        """,
    ),
    "two columns of names, the first filled once": (
        """
        Measure | Area  | Apr-23 | May-23
        Arrests | North | 12     | 14
                | South | 7      | 9
        Charges | North | 3      | 4
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Arrests; South: 2023-04 7, 2023-05 9
        Charges; North: 2023-04 3, 2023-05 4
        """,
    ),
    "tables beside and beneath one another": (
        """
        Arrests |        |        |  | Charges |        |
        Area    | Apr-23 | May-23 |  | Area    | Apr-23 | May-23
        North   | 12     | 14     |  | North   | 3      | 4

        Referrals
        Area    | Q1 23/24
        North   | 40
        """,
        """
        Arrests; North: 2023-04 12, 2023-05 14
        Charges; North: 2023-04 3, 2023-05 4
        Referrals; North: 2023/24-Q1 40
        """,
    ),
    "quarters and a year": (
        """
        Measure      | Q1 22/23 | Q2 22/23 | Q3 22/23 | Q4 22/23 | 2022/23
        Satisfaction | 70%      | 72%      | 71%      | 75%      | 72%
        Arrests      | 10       | 11       | 12       | 13       | 46
        """,
        """
        Satisfaction; all: 2022/23-Q1 0.7, 2022/23-Q2 0.72, 2022/23-Q3 0.71, 2022/23-Q4 0.75, \
2022/23 0.72
        Arrests; all: 2022/23-Q1 10, 2022/23-Q2 11, 2022/23-Q3 12, 2022/23-Q4 13
        """,
    ),
    "measures headed in rows of their own, each closed by a total": (
        """
        Domestic abuse
        District | Apr-23 | May-23
        Crimes
        North    | 10     | 11
        Total    | 10     | 11
        Arrests
        North    | 4      | 5
        Total    | 4      | 5
        """,
        """
        Crimes; North: 2023-04 10, 2023-05 11
        Crimes; all: 2023-04 10, 2023-05 11
        Arrests; North: 2023-04 4, 2023-05 5
        Arrests; all: 2023-04 4, 2023-05 5
        """,
    ),
    "measures headed in rows of their own, without totals": (
        """
        Domestic abuse
        District | Apr-23 | May-23
        Crimes
        North    | 10     | 11
        South    | 12     | 13
        Arrests
        North    | 4      | 5
        South    | 6      | 7
        """,
        """
        Crimes; North: 2023-04 10, 2023-05 11
        Crimes; South: 2023-04 12, 2023-05 13
        Arrests; North: 2023-04 4, 2023-05 5
        Arrests; South: 2023-04 6, 2023-05 7
        """,
    ),
    "counts that could be years, one after the other": (
        """
        Table 1     | Jan-11 | Feb-11 | Mar-11
        **Arrests
        North       | #2022  | #2023  | #2024
        South       | #11    | #11    | #12
        """,
        """
        Arrests; North: 2011-01 2022, 2011-02 2023, 2011-03 2024
        Arrests; South: 2011-01 11, 2011-02 11, 2011-03 12
        """,
    ),
    "rows named by numbers": (
        """
        Domestic abuse
        Line | Apr-23 | May-23
        #999 | 10     | 11
        #101 | 12     | 13
        """,
        """
        Line 999; all: 2023-04 10, 2023-05 11
        Line 101; all: 2023-04 12, 2023-05 13
        """,
    ),
    "only the first month has its year": (
        "Measure | Nov 23 | Dec | Jan | Feb \n Arrests | 1 | 2 | 3 | 4",
        "Arrests; all: 2023-11 1, 2023-12 2, 2024-01 3, 2024-02 4",
    ),
    "months down and years across": (
        """
        Crimes
        Month | 2021/22 | 2022/23 | % change
        Apr   | 10      | 11      | 10%
        Mar   | 12      | 13      | 8%
        Total | 22      | 24      |
        """,
        "Crimes; all: 2021-04 10, 2022-03 12, 2022-04 11, 2023-03 13",
    ),
    "months down and numbers of years across": (
        "Crimes | #2022 | #2023 \n Jan | #10 | #11 \n Feb | #12 | #13",
        "Crimes; all: 2022-01 10, 2022-02 12, 2023-01 11, 2023-02 13",
    ),
    "areas and months down, years over measures": (
        """
        District | Month | 2022/23 | <>      | 2023/24 | <>
                 |       | Crimes  | Arrests | Crimes  | Arrests
        North    | Apr   | 10      | 1       | 5       | 6
                 | May   | 12      | 2       | 7       | 8
        South    | Apr   | 20      | 3       | 15      | 16
                 | May   | 22      | 4       | 17      | 18
        """,
        """
        Crimes; North: 2022-04 10, 2022-05 12, 2023-04 5, 2023-05 7
        Arrests; North: 2022-04 1, 2022-05 2, 2023-04 6, 2023-05 8
        Crimes; South: 2022-04 20, 2022-05 22, 2023-04 15, 2023-05 17
        Arrests; South: 2022-04 3, 2022-05 4, 2023-04 16, 2023-05 18
        """,
    ),
    "arrows and ratings beside months": (
        """
        Month  | Crimes | Change on last month | RAG
        Apr-23 | 10     | ↓                    | Green
        May-23 | 11     | ↑                    | Red
        """,
        "Crimes; all: 2023-04 10, 2023-05 11",
    ),
    "quarters between their months": (
        """
        Measure | 2023/24 | <>  | <>  | <> | <>  | <>  | <>  | <>
                | Apr     | May | Jun | Q1 | Jul | Aug | Sep | Q2
        Arrests | 1       | 2   | 3   | 6  | 4   | 5   | 6   | 15
        """,
        "Arrests; all: 2023-04 1, 2023-05 2, 2023-06 3, 2023-07 4, 2023-08 5, 2023-09 6",
    ),
    "the last month first": (
        "Measure | Jun-23 | May-23 | Apr-23 \n Arrests | 3 | 2 | 1",
        "Arrests; all: 2023-04 1, 2023-05 2, 2023-06 3",
    ),
    "another table of years just beneath": (
        """
        Recorded crimes
        Area  | Apr-23 | May-23
        North | 12     | 14
        Area  | #2019  | #2020
        North | #100   | #110
        """,
        """
        Recorded crimes; North: 2023-04 12, 2023-05 14
        Figures; North: 2019-01..2019-12 100, 2020-01..2020-12 110
        """,
    ),
    "years that look like counts, and counts that look like years": (
        """
        Recorded crimes
        Area  | #2019 | #2020 | #2021
        North | #2021 | #2022 | #2300
        South | #1800 | #1750 | #900
        """,
        """
        Recorded crimes; North: 2019-01..2019-12 2021, 2020-01..2020-12 2022, \
2021-01..2021-12 2300
        Recorded crimes; South: 2019-01..2019-12 1800, 2020-01..2020-12 1750, \
2021-01..2021-12 900
        """,
    ),
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_layout(name: str) -> None:
    sheet, expected = UNDERSTOOD[name]
    found = read(sheet)
    assert shown(found) == lines(expected)
    assert found.problems == ()


REFUSED = {
    "calendar or financial": (
        "Measure | Q3 2023 | Q1 2024 \n Arrests | 1 | 2",
        "S!B1: this may be July 2023 to September 2023 (of the calendar year), or October 2023",
    ),
    "months without a year": (
        "Measure | Nov | Dec \n Arrests | 1 | 2",
        "S!B1: this month or quarter stands without its year",
    ),
    "months that run over the year above them": (
        " | 2023 | <> | <> \n Measure | Nov | Dec | Jan \n Arrests | 1 | 2 | 3",
        "S!D2: the months run over the new year under the heading of one year",
    ),
    "one month at the head of two columns": (
        "Measure | Apr-23 | Apr-23 \n Arrests | 1 | 2",
        "S!C1: April 2023 stands here and in S!B1",
    ),
    "weeks": (
        "Week | Reports \n 05/04/2023 | 12 \n 12/04/2023 | 14",
        "S!A2: this is a day within a month",
    ),
    "days of one month": (
        "Date | Reports \n 01/01/2023 | 12 \n 02/01/2023 | 14 \n 03/01/2023 | 15",
        "S!A3: this is a day within a month",
    ),
    "a month from one day to another": (
        "From | To | Arrests \n 01/04/2023 | 30/06/2023 | 5 \n 01/07/2023 | 30/09/2023 | 6",
        "S!B2: two columns of dates stand in one table",
    ),
    "figures without a name": (
        "Measure | Apr-23 | May-23 \n Arrests | 1 | 2 \n | 3 | 4",
        "S!A3: this row has figures and no name",
    ),
    "two figures for one month": (
        "Month | Arrests \n Apr-23 | 1 \n May-23 | 2 \n Apr-23 | 3",
        "S!B4: April 2023 stands here and in S!B2, and the figures differ",
    ),
    "no period anywhere": (
        "Area | Officers | Staff \n North | #2021 | #2022 \n South | #1800 | #1750",
        "S!B2: figures stand here and in 3 other cells that belong to no table",
    ),
    "words only": ("Dear colleague | see overleaf", "no table with months"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_cell(name: str) -> None:
    sheet, told = REFUSED[name]
    found = read(sheet)
    assert any(told in str(problem) for problem in found.problems), found.problems
    assert all(problem.next_step for problem in found.problems)


REMARKED = {
    "a total that is not the sum": (
        "Area | Apr-23 | May-23 | Total \n Area North | #1 | #2 | #4 \n South | #1 | #1 | #2",
        ("total_differs", "S!D2", "'Total' says 4, and its parts add up to 3."),
    ),
    "a year that is not the sum of its quarters": (
        "Measure | Q1 22/23 | Q2 22/23 | Q3 22/23 | Q4 22/23 | 2022/23 \n"
        "Arrests | 1 | 2 | 3 | 4 | 11",
        ("total_differs", "S!F2", "April 2022 to March 2023) says 11, and its parts add up to 10."),
    ),
    "a percentage that its counts do not give": (
        "Measure | Apr-23 | May-23 | Jun-23 | Jul-23 \n Satisfied | 90 | 80 | 70 | 60 \n"
        "Surveyed | 100 | 100 | 100 | 100 \n Rate | 90% | 80% | 77% | 60%",
        ("share_differs", "S!D4", "here they give 70.0%"),
    ),
    "a month out of order": (
        "Measure | Jan-23 | Feb-23 | Mar-22 | Apr-23 \n Arrests | 1 | 2 | 3 | 4",
        ("order", "S!D1", "March 2022 stands out of order"),
    ),
    "a month under another year": (
        " | 2022/23 | <> \n Measure | Mar-23 | Apr-23 \n Arrests | 1 | 2",
        ("year", "S!C2", "April 2023 stands under '2022/23', in which it does not lie."),
    ),
    "last days of quarters": (
        "Measure | 31/03/2023 | 30/06/2023 | 30/09/2023 \n Arrests | 1 | 2 | 3",
        ("length", "S!B1", "each is read as its quarter"),
    ),
    "months three apart": (
        "Measure | Mar-23 | Jun-23 | Sep-23 \n Arrests | 1 | 2 | 3",
        ("length", "S!B1", "each is read as a single month"),
    ),
    "areas with the same figures": (
        "Arrests \n Area | Apr-23 | May-23 | Jun-23 \n North | 1 | 2 | 3 \n South | 1 | 2 | 3",
        ("copies", "S!A3", "North, South have the very same figures throughout"),
    ),
    "a broken formula": (
        "Measure | Apr-23 | May-23 \n Arrests | 1 | #REF!",
        ("error", "S!C2", "The cell shows #REF!"),
    ),
    "two lines of one name": (
        " | Apr-23 | May-23 \n Arrests | 1 | 2 \n | Apr-23 | May-23 \n Arrests | 3 | 4",
        ("name", "S!A4", "Another line is named Arrests, all too, with other figures"),
    ),
    "a rate without its unit": (
        "Measure | Apr-23 | May-23 \n Charge rate | 8 | 9",
        ("unit", "S!B2", "No unit is given: read as plain counts."),
    ),
    "months that follow the one with a year": (
        "Measure | Nov 23 | Dec | Jan \n Arrests | 1 | 2 | 3",
        ("year", "S!C1", "Months without a year are read as following the one that has it."),
    ),
    "figures of nothing that is named": (
        "Area | Apr-23 | May-23 \n North | 1 | 2 \n South | 3 | 4",
        ("name", "S!A2", "Nothing says what is counted here"),
    ),
    "a nought that was lost": (
        "Measure | Jan-23 | Feb-23 | Mar-23 | Apr-23 | May-23 | Jun-23 \n"
        "Satisfaction (%) | 78 | 80 | 8 | 81 | 79 | 77",
        ("odd", "S!D2", "a nought may have been lost"),
    ),
}


@pytest.mark.parametrize("name", REMARKED)
def test_remarked_with_the_cell(name: str) -> None:
    sheet, (code, place, words) = REMARKED[name]
    remarks = [remark for table in read(sheet).tables for remark in table.remarks]
    fitting = [r for r in remarks if r.code == code and place in r.place and words in r.text]
    assert fitting, [(r.code, r.place, r.text) for r in remarks]


def test_sums_that_agree_are_not_remarked() -> None:
    found = read(
        """
        Arrests
        Area      | Apr-23 | May-23 | Q1 total
        North     | #1     | #2     | #3
        South     | #3     | #4     | #7
        Sub total | #4     | #6     | #10
        East      | #5     | #6     | #11
        Total     | #9     | #12    | #21
        """
    )
    assert [r for table in found.tables for r in table.remarks if r.code == "total_differs"] == []


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    seen = grid("Measure | Apr-23 | May-23 \n Arrests | 1 | 2 \n Charges | 3 | 4")
    hidden = replace(seen, hidden_rows=frozenset({3, 9}), hidden_columns=frozenset({2, 3}))
    (table,) = understand(Pack("small.xlsx", "0" * 64, (hidden,))).tables
    assert [r.text for r in table.remarks if r.code == "hidden"] == [
        "1 hidden row of this table is read too.",
        "2 hidden columns of this table are read too.",
    ]
    assert len(table.lines) == 2
