"""What a cell of a table's body means: the marks and the ways of writing numbers."""

from datetime import timedelta

import pytest

from answerable.chain.body import Period
from answerable.chain.figures import Totals
from answerable.chain.sheets import Cell, Correction, Grid, Pack, understand
from tests.small_grids import read, shown

COUNTS = """
1204          | 1204
1,204         | 1204
1\u00a0204    | 1204
\u00a0 512    | 512
£1,204        | 1204
£1,204.50     | 1204.5
(12)          | -12
-12           | -12
\u221212      | -12
512 (1)       | 512
512*          | 512
512\u00b9     | 512
512\u1d43     | 512
512 [a]       | 512
512r          | 512 revised
512 (r)       | 512 revised
512p          | 512 provisional
512 (p)       | 512 provisional
nil           | 0
<5            | suppressed
< 5           | suppressed
\u22645       | suppressed
less than 5   | suppressed
1-4           | suppressed
*             | suppressed
c             | suppressed
[c]           | suppressed
:             | suppressed
-             | missing
\u2013        | missing
n/a           | missing
N/A           | missing
..            | missing
[x]           | missing
tbc           | missing
#N/A          | missing
#DIV/0!       | missing
"""


@pytest.mark.parametrize("line", COUNTS.strip().splitlines())
def test_a_count(line: str) -> None:
    written, meant = (part.strip(" ") for part in line.split("|"))
    (told,) = shown(read(f"Measure | Apr-23 | May-23 \n Arrests | {written} | 7"))
    value, _, status = meant.partition(" ")
    found = read(f"Measure | Apr-23 | May-23 \n Arrests | {written} | 7").lines[0].figures[0]
    if value.lstrip("-").replace(".", "").isdigit():
        assert (found.value, str(found.status)) == (float(value), status or "ok"), told
    else:
        assert (found.value, str(found.status)) == (None, meant), told


OTHERS = """
Satisfied (%)       | 56      | 57      | 0.56    | share
proportion_content  | 0.56    | 0.57    | 0.56    | share
Satisfied (%)       | 0.56    | 0.57    | 0.56    | share
Satisfied           | 56%     | 57 %    | 0.56    | share
Satisfied           | %0.56   | %0.57   | 0.56    | share
Proportion content  | 0,56    | 0,6     | 0.56    | share
Satisfied (%)       | 56,5    | 57,0    | 0.565   | share
Waiting             | 1:02:10 | 0:59:00 | 3730    | seconds
Waiting (mm:ss)     | 62:10   | 59:00   | 3730    | seconds
Waiting (hh:mm)     | 1:02    | 0:59    | 3720    | seconds
Waiting             | 12m 34s | 9m 1s   | 754     | seconds
Waiting             | 34 mins | 9 mins  | 2040    | seconds
Waiting (mins)      | 34      | 9.5     | 2040    | seconds
Waiting (hours)     | 1.5     | 2       | 5400    | seconds
Waiting (days)      | 28      | 14      | 28      | days
Rate per 1,000      | 3.2     | 3.4     | 3.2     | ratio
Caseload (number)   | 0.4     | 0.5     | 0.4     | count
"""


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_other_units(line: str) -> None:
    name, one, other, value, unit = (part.strip() for part in line.split("|"))
    (found,) = read(f"Measure | Apr-23 | May-23 \n {name} | {one} | {other}").lines
    assert found.figures[0].value == pytest.approx(float(value), abs=1e-9)
    assert found.unit == unit


def test_a_rate_says_how_many_it_is_per() -> None:
    (line,) = read("Measure | Apr-23 | May-23 \n Rate per 1,000 people | 3.2 | 3.4").lines
    assert {figure.per for figure in line.figures} == {1000}


REFUSED = """
Waiting        | 12:34   | 13:00 | whether this is minutes and seconds or hours and minutes
Satisfied      | 56%     | 0.57  | this is a plain number among percentages
Satisfied (%)  | 56      | 104   | this is over 100%
Satisfied (%)  | 1       | 0     | whether these are per cent or shares of 1 cannot be told
Arrests        | 512     | see note   | this cell holds words
Arrests        | 512     | 512 (45%)  | this cell holds words
Waiting        | 1:02:10 | 45    | this is a plain number among times
Waiting (mm:ss) | 12:34  | 45    | this is a plain number among times
Charges        | 8.1     | 9     | this has decimals, so it counts nothing
Charge rate    | 31.9    | 30    | this has decimals, so it counts nothing
Caseload       | 0.4     | 0.5   | this has decimals, so it counts nothing
Content        | 0,56    | 1,204 | a comma is a decimal mark elsewhere in this line
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_refused_rather_than_guessed(line: str) -> None:
    name, one, other, why = (part.strip() for part in line.split("|"))
    found = read(f"Measure | Apr-23 | May-23 \n {name} | {one} | {other} \n Charges | 1 | 2")
    assert [each.name for each in found.lines] == ["Charges"]
    (problem,) = found.problems
    assert why in problem.found
    assert problem.where in ("S!B2", "S!C2")


def test_one_question_for_all_lines_under_a_heading() -> None:
    found = read(
        """
        Month  | Area  | Arrests | Rate
        Apr-23 | North | 12      | 31.9
        Apr-23 | South | 13      | 30.2
        May-23 | North | 14      | 29
        May-23 | South | 15      | 28.1
        """
    )
    assert [line.name for line in found.lines] == ["Arrests", "Arrests"]
    (problem,) = found.problems
    assert problem.where == "S!D1" and "its 2 lines are left out" in problem.next_step


@pytest.mark.parametrize("heading", ["Mean rating", "Average waiting list", "Median score"])
def test_averages_may_have_decimals_and_are_never_added_up(heading: str) -> None:
    (line,) = read(f"Measure | Apr-23 | May-23 \n {heading} | 8 | 9").lines
    assert Totals(line.figures).whole(Period.parse("2023-04..2023-05")) is None
    (line,) = read(f"Measure | Apr-23 | May-23 \n {heading} | 8.5 | 9").lines
    assert Totals(line.figures).whole(Period.parse("2023-04..2023-05")) is None


def test_no_cell_is_told_at_length() -> None:
    words = "Someone's story " * 40
    found = read(f"Measure | Apr-23 | May-23 \n Arrests | {words} | 2 \n {words} | 1 | 2")
    told = " ".join(str(problem) for problem in found.problems)
    assert "Someone" not in told
    assert all(len(line.name) <= 80 for line in found.lines)


def _kept(seconds: int, *corrections: Correction) -> tuple[float | None, list[str]]:
    cells = {(1, 1): Cell("Measure", "Measure"), (1, 2): Cell("Apr-23", "Apr-23"),
             (1, 3): Cell("May-23", "May-23"), (2, 1): Cell("Grade 1", "Grade 1"),
             (2, 2): Cell(timedelta(seconds=seconds), "14:10", "h:mm"),
             (2, 3): Cell(timedelta(seconds=seconds), "14:10", "h:mm")}  # fmt: skip
    found = understand(Pack("small.xlsx", "0" * 64, (Grid("S", cells, 2, 3),)), corrections)
    told = [r.text for r in found.tables[0].remarks]
    return found.lines[0].figures[0].value, told


def test_times_that_the_spreadsheet_keeps_may_be_minutes_and_seconds() -> None:
    value, told = _kept(14 * 3600 + 600)
    assert value == 51_000 and "keeps these as hours and minutes" in told[0]
    value, told = _kept(14 * 3600 + 600, Correction("unit", "mm:ss", "S", "A2"))
    assert value == 850 and told == []


def test_times_with_seconds_are_what_they_are() -> None:
    assert _kept(850) == (850, [])
    assert _kept(850, Correction("unit", "mm:ss", "S", "A2")) == (850, [])
