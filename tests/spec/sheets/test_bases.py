"""How many answered, standing beside a percentage: one line, whose interval decides."""

import pytest

from answerable.chain.body import Appetite, Period
from answerable.chain.claims import judge_figures
from answerable.chain.disclosure.small import small
from answerable.chain.figures import chart_of, results_of
from answerable.chain.measures import Unit
from answerable.chain.sheets import Correction, Understood
from tests.given import figure
from tests.small_grids import read

JOINED = {
    "beside a median": (
        "Month | Median (mins) | n \n Apr-23 | 12 | #312 \n May-23 | 11 | #290",
        ["Median (mins); all: 720 of 312, 660 of 290"],
    ),
    "beside the median and the percentile of one thing": (
        "Month | Median (mins) | 90th percentile (mins) | n \n Apr-23 | 12 | 40 | #312"
        " \n May-23 | 11 | 38 | #290",
        [
            "Median (mins); all: 720 of 312, 660 of 290",
            "90th percentile (mins); all: 2400 of 312, 2280 of 290",
        ],
    ),
    "beneath an average score": (
        "Measure | Apr-23 | May-23 \n Average score | 7.2 | 7.4 \n Base | #312 | #290",
        ["Average score; all: 7.2 of 312, 7.4 of 290"],
    ),
    "named for its median": (
        "Month | Grade 1 median (mins) | Grade 2 median (mins) | Grade 1 base size \n"
        " Apr-23 | 12 | 40 | #312 \n May-23 | 11 | 38 | #290",
        [
            "Grade 1 median (mins); all: 720 of 312, 660 of 290",
            "Grade 2 median (mins); all: 2400, 2280",
        ],
    ),
    "in the row beneath": (
        "Measure | Apr-23 | May-23 \n % satisfied | 74.2 | 75.1 \n n | #312 | #290",
        ["% satisfied; all: 0.742 of 312, 0.751 of 290"],
    ),
    "in the row above": (
        "Measure | Apr-23 | May-23 \n Base | #312 | #290 \n % satisfied | 74.2 | 75.1",
        ["% satisfied; all: 0.742 of 312, 0.751 of 290"],
    ),
    "in the column beside": (
        "Month | Satisfied | Respondents \n Apr-23 | 74.2% | 312 \n May-23 | 75.1% | 290",
        ["Satisfied; all: 0.742 of 312, 0.751 of 290"],
    ),
    "under each year": (
        """
              | 2022/23     | <>  | 2023/24     | <>
        Area  | % satisfied | n   | % satisfied | n
        North | 74.2        | 120 | 80.1        | 110
        South | 71.2        | 220 | 80.2        | 210
        """,
        [
            "% satisfied; North: 0.742 of 120, 0.801 of 110",
            "% satisfied; South: 0.712 of 220, 0.802 of 210",
        ],
    ),
    "one for each heading": (
        """
        Measure        | Apr-23 | May-23
        **Satisfaction
        %              | 74.2   | 75.1
        n              | 312    | 290
        **Confidence
        %              | 64.2   | 65.1
        n              | 212    | 190
        """,
        [
            "Satisfaction: %; all: 0.742 of 312, 0.751 of 290",
            "Confidence: %; all: 0.642 of 212, 0.651 of 190",
        ],
    ),
    "one for several questions": (
        """
        Measure                          | Apr-23 | May-23
        Satisfied with first contact (%) | 74.2   | 75.1
        Satisfied with treatment (%)     | 64.2   | 65.1
        Sample size                      | 312    | 290
        """,
        [
            "Satisfied with first contact (%); all: 0.742 of 312, 0.751 of 290",
            "Satisfied with treatment (%); all: 0.642 of 312, 0.651 of 290",
        ],
    ),
    "named for its percentage, wherever it stands": (
        """
        Measure               | Apr-23 | May-23
        First contact (%)     | 74.2   | 75.1
        Treatment (%)         | 64.2   | 65.1
        Treatment - base      | 212    | 190
        First contact - base  | 312    | 290
        """,
        [
            "First contact (%); all: 0.742 of 312, 0.751 of 290",
            "Treatment (%); all: 0.642 of 212, 0.651 of 190",
        ],
    ),
    "in a column, under a title that says what was asked": (
        "Victim satisfaction \n Quarter | % | n \n Q1 23/24 | 74.2 | 312 \n Q2 23/24 | 75.1 | 290",
        ["Victim satisfaction; all: 0.742 of 312, 0.751 of 290"],
    ),
    "weighted, and so with decimals": (
        "Month | Satisfied (%) | Weighted base \n Apr-23 | 74.2 | 311.6 \n May-23 | 75.1 | 290.3",
        ["Satisfied (%); all: 0.742 of 311.6, 0.751 of 290.3"],
    ),
    "withheld in one month": (
        "Measure | Apr-23 | May-23 \n % satisfied | 74.2 | 75.1 \n n | #312 | <5",
        ["% satisfied; all: 0.742 of 312, 0.751"],
    ),
}


def told(found: Understood) -> list[str]:
    """Each line with its values and what they rest on."""
    lines = []
    for line in found.lines:
        values = [
            f"{f.value:.10g}" + (f" of {f.denominator:g}" if f.denominator else "")
            for f in line.figures
        ]
        lines.append(f"{line.name}; {line.area}: {', '.join(values)}")
    return lines


@pytest.mark.parametrize("name", JOINED)
def test_one_line_with_both(name: str) -> None:
    sheet, expected = JOINED[name]
    found = read(sheet)
    assert told(found) == expected
    (table,) = found.tables
    assert any(r.code == "base" and r.correct == "role" for r in table.remarks)
    assert any("rest on" in each.why for each in table.left_out)


APART = {
    "several percentages, and nobody asked": (
        "Measure | Apr-23 | May-23 \n Charged (%) | 7.2 | 7.1 \n Cautioned (%) | 4.2 | 5.1"
        " \n n | 312 | 290",
        "stands beside several percentages",
    ),
    "a number that may be how many were": (
        "Measure | Apr-23 | May-23 \n Satisfied (%) | 74.2 | 75.1 \n Satisfied (n) | 312 | 290",
        "is how many 'Satisfied (%)' rests on, or how many of them, is not told",
    ),
}


@pytest.mark.parametrize("name", APART)
def test_it_is_asked_rather_than_guessed(name: str) -> None:
    sheet, words = APART[name]
    found = read(sheet)
    assert not any(" of " in line for line in told(found))
    assert any(words in remark.text for table in found.tables for remark in table.remarks)


PLAIN = "Measure | Apr-23 | May-23 \n % satisfied | 74.2 | 75.1 \n n | #312 | #290"


def test_another_line_between_keeps_them_apart() -> None:
    found = read(
        "Measure | Apr-23 | May-23 \n % within target | 74 | 75 \n Complaints | 1 | 2 \n n | 9 | 8"
    )
    assert len(found.lines) == 3


def test_a_reader_says_what_is_a_base_and_what_is_not() -> None:
    apart = read(PLAIN, Correction("role", "line", "S", "A3"))
    assert [line.name for line in apart.lines] == ["% satisfied", "n"]
    sheet = "Measure | Apr-23 | May-23 \n % satisfied | 74.2 | 75.1 \n People rung | #312 | #290"
    assert [line.name for line in read(sheet).lines] == ["% satisfied", "People rung"]
    joined = read(sheet, Correction("role", "base", "S", "A3"))
    assert told(joined) == ["% satisfied; all: 0.742 of 312, 0.751 of 290"]
    down = "Month | % satisfied | Rung \n Apr-23 | 74.2 | 312 \n May-23 | 75.1 | 290"
    assert told(read(down, Correction("role", "base", "S", "C1"))) == told(joined)


@pytest.mark.parametrize(
    ("answers", "target", "verdict"),
    [(312, "80%", "contradicted"), (90, "80%", "cannot tell"), (30, "80%", "cannot tell"),
     (312, "70%", "cannot tell"), (2000, "70%", "supported")],
)  # fmt: skip
def test_the_interval_decides_on_a_target(answers: int, target: str, verdict: str) -> None:
    found = read(f"Quarter | % satisfied | n \n Q1 23/24 | 74.2 | {answers} \n Q2 23/24 | 70 | 90")
    judged = judge_figures(
        found.lines[0].figures, "meets", "higher", Period.parse("2023/24-Q1"), target=target
    )
    assert judged.verdict == verdict
    assert "survey" in f"{judged.sentence} {judged.rule} {judged.to_settle}"


def test_a_survey_is_one_by_its_base_whatever_was_asked() -> None:
    (line,) = read(
        "Quarter | % positive | Respondents \n Q1 23/24 | 74.2 | 312 \n Q2 23/24 | 74 | 300"
    ).lines
    judged = judge_figures(
        line.figures, "meets", "higher", Period.parse("2023/24-Q1"), target="80%"
    )
    assert judged.rule == "target, survey interval"
    assert "74.2%" in judged.recorded and "74.2% satisfied" not in judged.recorded


def test_quarters_weigh_as_many_as_answered() -> None:
    (line,) = read("Quarter | % satisfied | n \n Q1 23/24 | 80 | 300 \n Q2 23/24 | 60 | 100").lines
    half = Period.parse("2023-04..2023-09")
    judged = judge_figures(line.figures, "value", "higher", half, target="75%")
    assert (judged.verdict, judged.size) == ("supported", 0.75)


def test_each_point_of_a_chart_weighs_as_many_as_answered() -> None:
    rows = " \n ".join(f"2023-{month:02} | {70 + month}% | {100 * month}" for month in range(1, 13))
    (line,) = read(f"Month | Satisfied | n \n {rows}").lines
    made = chart_of(line.figures)
    assert made is not None and made.kind == "p-prime"
    widths = [p.upper - p.lower for p in made.points if p.upper is not None and p.lower is not None]
    assert widths[0] > widths[-1]


def test_a_share_of_few_is_withheld_though_its_count_was_not_written() -> None:
    figures = [figure("2023-04", 0.02, Unit.SHARE, denominator=100.0)]
    (result, *_) = results_of(figures, {})
    assert result.n == 100 and result.count is None
    assert small(result, Appetite()) is not None
