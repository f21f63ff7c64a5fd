"""Sheets that are of one month each, and scorecards: the period is said once, not in headings."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from answerable.chain.sheets import Correction, Pack, Understood, understand
from answerable.cli.app import load
from tests.small_grids import grid, shown

AREAS = """
Domestic abuse
Area  | Crimes | Arrests
North | #{}    | #3
South | #15    | #4
"""
CARD = """
Scorecard: {}
Measure             | This month | Last month | Same month last year | Target | RAG
Crimes              | #12        | #13        | #14                  |        | G
Victim satisfaction | 74%        | 75%        | 70%                  | 80%    | A
"""
VALUES = """
Performance pack - {}
Measure             | Value | Target | RAG
Crimes              | #{}   |        | G
Victim satisfaction | 74%   | 80%    | A
"""


def pack(*sheets: tuple[str, str], name: str = "Pack.xlsx") -> Pack:
    return Pack(name, "0" * 64, tuple(grid(text, title) for title, text in sheets))


def remarks(found: Understood) -> list[str]:
    return [f"{r.place}: {r.text}" for table in found.tables for r in table.remarks]


UNDERSTOOD: dict[str, tuple[Pack, list[str]]] = {
    "sheets named by their months": (
        pack(*((f"{m}-23", AREAS.format(n)) for m, n in {"Apr": 12, "May": 13, "Jun": 9}.items())),
        [
            "Crimes; North: 2023-04 12, 2023-05 13, 2023-06 9",
            "Arrests; North: 2023-04 3, 2023-05 3, 2023-06 3",
            "Crimes; South: 2023-04 15, 2023-05 15, 2023-06 15",
            "Arrests; South: 2023-04 4, 2023-05 4, 2023-06 4",
        ],
    ),
    "the month in a title": (
        pack(("S1", VALUES.format("April 2023", 12)), ("S2", VALUES.format("May 2023", 13))),
        [
            "Crimes; all: 2023-04 12, 2023-05 13",
            "Victim satisfaction; all: 2023-04 0.74, 2023-05 0.74",
        ],
    ),
    "the month in a cell above": (
        pack(*(
            (f"S{i}", f"Month: | {month} \n\n Measure | Value | Target \n Crimes | {i} | 6")
            for i, month in enumerate(("Apr-23", "@2023-05-01"), 1)
        )),
        ["Crimes; all: 2023-04 1, 2023-05 2"],
    ),
    "named by a month, the year in the title": (
        pack(*((month, VALUES.format("2023/24", i)) for i, month in enumerate(("Dec", "Jan")))),
        [
            "Crimes; all: 2023-12 0, 2024-01 1",
            "Victim satisfaction; all: 2023-12 0.74, 2024-01 0.74",
        ],
    ),
    "named by a month, the year in the name of the file": (
        pack(("Dec", AREAS.format(12)), ("Jan", AREAS.format(13)), name="DA pack 2023-24.xlsx"),
        [
            "Crimes; North: 2023-12 12, 2024-01 13",
            "Arrests; North: 2023-12 3, 2024-01 3",
            "Crimes; South: 2023-12 15, 2024-01 15",
            "Arrests; South: 2023-12 4, 2024-01 4",
        ],
    ),
    "a sheet for each year": (
        pack(*(
            (year, f"Measure | Jan | Feb \n Arrests | {year[-1]} | 9") for year in ("2022", "2023")
        )),
        ["Arrests; all: 2022-01 2, 2022-02 9, 2023-01 3, 2023-02 9"],
    ),
    "two tables on each sheet": (
        pack(*(
            (month, f"Crimes \n Area | Number \n North | {i} \n South | 5 \n\n"
                    "Calls \n Line | Answered (%) \n #999 | 91% \n #101 | 80%")
            for i, month in enumerate(("Apr-23", "May-23"))
        )),
        [
            "Crimes; North: 2023-04 0, 2023-05 1",
            "Crimes; South: 2023-04 5, 2023-05 5",
            "Line 999: Answered (%); all: 2023-04 0.91, 2023-05 0.91",
            "Line 101: Answered (%); all: 2023-04 0.8, 2023-05 0.8",
        ],
    ),
    "areas across": (
        pack(*(
            (month, f"Performance \n Measure | North | South | Total \n Crimes | {i} | 2 | {i + 2}")
            for i, month in enumerate(("Apr-23", "May-23"))
        )),
        [
            "Crimes; North: 2023-04 0, 2023-05 1",
            "Crimes; South: 2023-04 2, 2023-05 2",
            "Crimes; all: 2023-04 2, 2023-05 3",
        ],
    ),
    "headings in rows of their own, without a row of headings": (
        pack(
            ("Apr-23", "**Crimes \n North | 5 \n South | 6 \n**Arrests \n North | 1 \n South | 2"),
        ),
        [
            "Crimes; North: 2023-04 5",
            "Crimes; South: 2023-04 6",
            "Arrests; North: 2023-04 1",
            "Arrests; South: 2023-04 2",
        ],
    ),
    "areas and months, each pair a sheet, in any order": (
        pack(
            ("North Apr-23", "Measure | Value \n Crimes | 1 \n Arrests | 2"),
            ("South Apr-23", "Measure | Value \n Crimes | 3 \n Arrests | 4"),
            ("South May-23", "Measure | Value \n Crimes | 5 \n Arrests | 6"),
            ("North May-23", "Measure | Value \n Crimes | 7 \n Arrests | 8"),
        ),
        [
            "Crimes; North: 2023-04 1, 2023-05 7",
            "Arrests; North: 2023-04 2, 2023-05 8",
            "Crimes; South: 2023-04 3, 2023-05 5",
            "Arrests; South: 2023-04 4, 2023-05 6",
        ],
    ),
    "a scorecard": (
        pack(("Card", CARD.format("December 2023"))),
        [
            "Crimes; all: 2022-12 14, 2023-11 13, 2023-12 12",
            "Victim satisfaction; all: 2022-12 0.7, 2023-11 0.75, 2023-12 0.74",
        ],
    ),
    "a scorecard, named by its month": (
        pack(("Jan 2024", CARD.format("latest"))),
        [
            "Crimes; all: 2023-01 14, 2023-12 13, 2024-01 12",
            "Victim satisfaction; all: 2023-01 0.7, 2023-12 0.75, 2024-01 0.74",
        ],
    ),
    "a scorecard of a quarter, dated by its last day": (
        pack((
            "Card",
            "To 31 December 2023 \n"
            "Measure | This quarter | Last quarter | Same quarter last year \n Crimes | 1 | 2 | 3",
        )),
        ["Crimes; all: 2022-10..2022-12 3, 2023-07..2023-09 2, 2023-10..2023-12 1"],
    ),
    "a scorecard whose headings run down": (
        pack((
            "Card",
            "December 2023 \n Period | Crimes | Arrests \n"
            "This month | 1 | 2 \n Last month | 3 | 4",
        )),
        ["Crimes; all: 2023-11 3, 2023-12 1", "Arrests; all: 2023-11 4, 2023-12 2"],
    ),
    "two scorecards, of which the later revised the earlier": (
        pack(
            ("Nov", "Card: November 2023 \n Measure | This month | Last month \n Crimes | 12 | 11"),
            ("Dec", "Card: December 2023 \n Measure | This month | Last month \n Crimes | 14 | 13"),
        ),
        ["Crimes; all: 2023-10 11, 2023-11 13, 2023-12 14"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_pack(name: str) -> None:
    given, expected = UNDERSTOOD[name]
    found = understand(given)
    assert found.problems == ()
    assert shown(found) == expected
    assert remarks(found), "what was taken for granted is said"


def test_every_figure_names_its_own_sheet() -> None:
    (table,) = understand(UNDERSTOOD["sheets named by their months"][0]).tables
    assert [f.place for f in table.lines[0].figures] == ["Apr-23!B3", "May-23!B3", "Jun-23!B3"]
    assert (table.sheet, table.span) == ("Jun-23", "A2:C4")


def test_what_was_joined_and_what_is_absent_is_said() -> None:
    sheets = [(month, AREAS.format(i)) for i, month in enumerate(("Apr-23", "Jun-23", "Aug-23"))]
    (told, *_) = remarks(understand(pack(*sheets)))
    assert "stands on 3 sheets, of April 2023 to August 2023" in told
    assert "No sheet is of May 2023 and 1 more months" in told


def test_a_revised_figure_is_marked_and_names_both_cells() -> None:
    given, _ = UNDERSTOOD["two scorecards, of which the later revised the earlier"]
    found = understand(given)
    assert [str(f.status) for f in found.lines[0].figures] == ["ok", "revised", "ok"]
    assert any("Dec!C3: November 2023 says something else in Nov!B3" in r for r in remarks(found))


def test_targets_and_ratings_are_no_figures() -> None:
    (table,) = understand(UNDERSTOOD["a scorecard"][0]).tables
    assert [(t.name, t.value) for t in table.targets] == [("Victim satisfaction", 0.8)]
    assert {out.heading for out in table.left_out} == {"Target", "RAG"}


def test_counts_of_all_sheets_give_a_percentage_its_counts() -> None:
    text = "Measure | Value \n Satisfied | #{} \n Surveyed | #100 \n % satisfied | {}%"
    found = understand(pack(("Apr-23", text.format(74, 74)), ("May-23", text.format(76, 76))))
    share = next(line for line in found.lines if line.name == "% satisfied")
    assert [(f.numerator, f.denominator) for f in share.figures] == [(74, 100), (76, 100)]


REFUSED = {
    "This month, of which nothing tells": (
        pack(("Card", CARD.format("latest"))),
        "Card!B2: 'This month' stands here, and nothing says which that is",
        [Correction("month", "2023-12", "Card")],
    ),
    "a title that was not changed when the sheet was copied": (
        pack(("May-23", VALUES.format("April 2023", 12))),
        "two are named: April 2023 (May-23!A1) and May 2023 (the name of the sheet)",
        [Correction("month", "2023-05", "May-23")],
    ),
    "a month without its year": (
        pack(("Apr", AREAS.format(12)), name="Pack.xlsx"),
        "the sheet is named 'Apr', without its year",
        [Correction("year", "2023/24")],
    ),
    "a unit that changes between sheets": (
        pack(("Apr-23", VALUES.format("", 12)),
             ("May-23", VALUES.format("", 12).replace("74%", "#74"))),
        "'Victim satisfaction' is read as share here and as count on another sheet (May-23!B4)",
        [Correction("unit", "percent", "May-23", "B4")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_until_a_reader_says(name: str) -> None:
    given, told, corrections = REFUSED[name]
    found = understand(given)
    assert any(told in str(problem) for problem in found.problems), found.problems
    assert all(problem.next_step for problem in found.problems)
    assert understand(given, corrections).problems == ()


def test_a_day_of_printing_is_not_the_month_of_a_sheet() -> None:
    found = understand(
        pack(("Card", CARD.format("latest").replace("Sc", "Produced 31/01/2024 Sc")))
    )
    told = "Produced: 1 January 2024 \n Area | Crimes \n North | 1 \n South | 2"
    assert understand(pack(("Card", told))).lines == ()
    assert [f.period.text for f in found.lines[0].figures][-1:] == ["2024-01"]


def test_sheets_of_areas_are_no_series() -> None:
    text = "Measure | Apr-23 \n Arrests | {} \n Charges | 3"
    found = understand(pack(("North", text.format(1)), ("South", text.format(2))))
    assert [(line.area, len(line.figures)) for line in found.lines] == 2 * [("North", 1)] + 2 * [
        ("South", 1)
    ]


def judged(path: Path, *options: str) -> dict[str, str]:
    words = ["judge", str(path), "--line", "crimes", *options, "--format", "json"]
    return dict(json.loads(CliRunner().invoke(load(), words).stdout))


def test_two_years_of_sheets_come_to_a_verdict(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for i in range(24):
        sheet = book.create_sheet(f"{2022 + i // 12}-{i % 12 + 1:02}")
        for line in (["Pack"], ["Measure", "Value"], ["Crimes", 200 + i * 7 % 11 + i // 12 * 40]):
            sheet.append(line)
        sheet.append(["Arrests", 12])
    path = tmp_path / "months.xlsx"
    book.save(path)
    found = judged(path, "--says", "rose", "--period", "2023-01..2023-12",
                   "--baseline", "2022-01..2022-12")  # fmt: skip
    assert (found["verdict"], found["grade"]) == ("supported", "monthly totals")


def test_a_scorecard_alone_cannot_tell(tmp_path: Path) -> None:
    path = tmp_path / "card.csv"
    lines = [
        "Scorecard: December 2023", "Measure,This month,Same month last year",
        "Crimes,512,480", "Arrests,90,88",
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = judged(path, "--says", "rose", "--period", "2023-12", "--baseline", "2022-12")
    assert found["verdict"] == "cannot tell"
    assert "512 (December 2023), up from 480" in found["recorded"]


CONTENTS = "Contents \n Table | Page \n Crimes by area | #3 \n Arrests | #5"
TABLE = "Measure | Apr-23 | May-23 \n Arrests | 1 | 2"


def test_contents_and_notes_are_left_out_in_one_line() -> None:
    words = "Counts are of crimes recorded \n Prepared by performance | #2023 \n See overleaf"
    found = understand(pack(("Contents", CONTENTS), ("Notes", words), ("Data", TABLE)))
    assert found.problems == ()
    assert [n.text for n in found.notices] == [
        "These sheets hold no table and were left out as notes: 'Contents', 'Notes'."
    ]


def test_a_sheet_of_words_is_one_of_notes_whatever_it_is_called() -> None:
    words = "Counting rules | As set out \n Version | #2 \n Owner | Performance team"
    found = understand(pack(("Sheet1", words), ("Data", TABLE)))
    assert "left out as notes: 'Sheet1'" in found.notices[0].text


def test_a_dated_cover_is_no_table() -> None:
    cover = "April 2023 \n Part | Page \n Crimes | #3 \n Arrests | #5"
    found = understand(pack(("Cover", cover), ("Data", TABLE)))
    assert shown(found) == ["Arrests; all: 2023-04 1, 2023-05 2"]


def test_what_is_wrong_with_tables_comes_before_figures_in_none() -> None:
    loose = "North | #1 | #2 \n South | #3 | #4"
    wrong = "Measure | Apr-23 | May-23 \n Arrests | 1 | see note \n Charges | 1 | 2 \n\n\n\n | 9"
    found = understand(pack(("Sheet1", loose), ("Data", wrong)))
    assert [problem.where for problem in found.problems] == ["Data!C2", "Data!B7", "Sheet1!B1"]


def test_notes_alone_are_still_a_problem() -> None:
    (problem,) = understand(pack(("Contents", CONTENTS))).problems
    assert problem.where == "Contents!B3"
