"""`answerable look`, `chart` and `judge` on spreadsheets as they come."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake
from answerable.cli.app import load
from tests.ugly import FROM_REFERENCE, OWN, UglyPack, bare_months, response_times, two_tables


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def problems(result: Result) -> str:
    """What the command would print for a mistake, which ends with status 2."""
    assert isinstance(result.exception, InputMistake), result.output
    return str(result.exception)


def saved(folder: Path, pack: UglyPack) -> Path:
    path = folder / pack.name
    path.write_bytes(pack.data)
    return path


def judged(path: Path, pack: UglyPack) -> Result:
    claim = pack.claim
    options = ["--line", claim.line, "--area", claim.area, "--says", claim.says]
    options += ["--better", claim.better, "--period", claim.period, "--format", "json"]
    options += ["--baseline", claim.baseline] if claim.baseline else []
    options += ["--target", claim.target] if claim.target else []
    return run("judge", path, *options)


@pytest.mark.parametrize("make", OWN, ids=lambda make: make.__name__)
def test_the_claim_on_each_pack(make: Callable[[], UglyPack], tmp_path: Path) -> None:
    pack = make()
    result = judged(saved(tmp_path, pack), pack)
    assert json.loads(result.stdout)["verdict"] == pack.claim.verdict
    assert result.exit_code == (0 if pack.claim.verdict == "supported" else 1)


@pytest.mark.reference
@pytest.mark.parametrize("make", FROM_REFERENCE, ids=lambda make: make.__name__)
def test_the_claim_on_published_figures(
    make: Callable[[Path], UglyPack], tmp_path: Path, reference: Path
) -> None:
    pack = make(reference)
    assert json.loads(judged(saved(tmp_path, pack), pack).stdout)["verdict"] == pack.claim.verdict


def test_the_verdict_carries_its_grade(tmp_path: Path) -> None:
    months = bare_months()
    path = saved(tmp_path, months)
    told = run("judge", path, "--line", "arrests", "--says", "rose", "--period", "2023/24",
               "--baseline", "2022/23")  # fmt: skip
    assert "Grade of evidence: monthly totals." in told.stdout
    two = response_times()
    assert json.loads(judged(saved(tmp_path, two), two).stdout)["grade"] == "two figures"


@pytest.mark.parametrize(
    ("period", "baseline"),
    [
        ("2023/24", "2022/23"),
        ("Apr 23 to Mar 24", "12m to Mar-23"),
        ("year ending March 2024", "FY2022/23"),
    ],
)
def test_periods_are_written_as_people_write_them(
    tmp_path: Path, period: str, baseline: str
) -> None:
    path = saved(tmp_path, bare_months())
    result = run("judge", path, "--line", "arrests", "--says", "rose", "--period", period,
                 "--baseline", baseline)  # fmt: skip
    assert "Recorded: 1,452 (April 2023 to March 2024), up from 1,212" in result.stdout


def test_an_ambiguous_period_is_a_mistake(tmp_path: Path) -> None:
    path = saved(tmp_path, bare_months())
    result = run("judge", path, "--line", "arrests", "--says", "rose", "--period", "Q3 2023",
                 "--baseline", "Q3 2022")  # fmt: skip
    assert problems(result).count("say which") == 2


def test_where_several_lines_fit_the_message_lists_them(tmp_path: Path) -> None:
    path = saved(tmp_path, two_tables())
    told = problems(run("chart", path))
    assert "6 lines fit" in told
    assert "\n  Satisfied; all" in told
    assert "no line is named so" in problems(run("chart", path, "--line", "burglaries"))
    assert "no line on such a sheet" in problems(run("chart", path, "--sheet", "Page 8"))


def test_a_chart_of_a_line(tmp_path: Path) -> None:
    path = saved(tmp_path, bare_months())
    result = run("chart", path, "--line", "Domestic abuse arrests", "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("2022-04,98.0,")
    drawn = run("chart", path, "--line", "Domestic abuse arrests", "--format", "svg")
    assert "<title" in drawn.stdout and "Domestic abuse arrests" in drawn.stdout


def test_what_needs_named_columns_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path, bare_months())
    assert "--x COLUMN" in problems(run("chart", path, "--freeze", 12))
    assert "--kind" in problems(run("chart", path, "--x", "Month", "--value", "Arrests"))
    told = run("judge", path, "--value", "Arrests", "--says", "rose", "--period", "2023/24",
               "--baseline", "2022/23")  # fmt: skip
    assert "--x COLUMN" in problems(told)


def test_look_prints_what_was_understood(tmp_path: Path) -> None:
    result = run("look", saved(tmp_path, two_tables()))
    assert result.exit_code == 0
    for words in (
        "Page 7!B13:H16: Table 2: Victim satisfaction (wide)",
        "Satisfied; all: 4 figures, 2022/23-Q1 to 2022/23-Q4, count",
        "target: % satisfied, 80.0% (Page 7!H16)",
        "left out: Page 7!H5:H7 'Total', a total of the others",
        "Page 7!D6: A dash is read as missing",
        "footnote: Source: telephone survey of victims.",
    ):
        assert words in result.stdout


def test_look_shows_each_figure_with_its_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, two_tables())
    result = run("look", path, "--line", "notices", "--area", "South")
    assert "2023-01  – (suppressed)  Page 7!B6" in result.stdout
    assert "2023-06  8  Page 7!G6" in result.stdout


def test_a_correction_is_laid_over_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, two_tables())
    result = run("look", path, "--line", "notices", "--area", "South", "--correct", "dash=zero",
                 "--correct", "cell=4@Page 7!B6")  # fmt: skip
    assert "2023-01  4  Page 7!B6" in result.stdout
    assert "2023-03  0  Page 7!D6" in result.stdout
    assert "no such correction" in problems(run("look", path, "--correct", "colour=red"))


def test_a_plain_csv_is_understood_too(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text('Month,Reports\nApr-23,"1,204"\nMay-23,1198\nJun-23,<5\n', encoding="utf-8")
    told = json.loads(run("look", path, "--format", "json").stdout)
    (line,) = told["tables"][0]["lines"]
    assert [(f["period"], f["value"], f["status"]) for f in line["figures"]] == [
        ("2023-04", 1204.0, "ok"),
        ("2023-05", 1198.0, "ok"),
        ("2023-06", None, "suppressed"),
    ]


def written(folder: Path, *lines: str) -> Path:
    path = folder / "pack.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_look_ends_with_1_where_something_was_not_understood(tmp_path: Path) -> None:
    path = written(tmp_path, "Month,Reports,Rate", "Apr-23,12,31.9", "May-23,14,30.2")
    result = run("look", path)
    assert result.exit_code == 1
    assert "Reports; all: 2 figures" in result.stdout
    assert "pack.csv!C2: this has decimals, so it counts nothing" in result.stdout


def test_look_ends_with_2_where_nothing_was_understood(tmp_path: Path) -> None:
    path = written(tmp_path, "Week,Reports", "05/04/2023,12", "12/04/2023,14")
    result = run("look", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pack.csv!A2: this is a day within a month" in result.stderr
    as_json = run("look", path, "--format", "json")
    assert as_json.exit_code == 2
    assert "within a month" in json.loads(as_json.stdout)["problems"][0]


def test_look_at_a_sheet_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, "Month,Reports", "Apr-23,12", "May-23,14")
    assert "no table on such a sheet" in problems(run("look", path, "--sheet", "Page 8"))


@pytest.mark.parametrize("command", ["chart", "judge", "look"])
def test_a_line_without_its_unit_is_asked_for_and_then_used(command: str, tmp_path: Path) -> None:
    months = [f"20{22 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
    rows = [f"{month},12,{30.5 + i * 7 % 11 / 10 + i // 12 * 5}" for i, month in enumerate(months)]
    path = written(tmp_path, "Month,Reports,Rate", *rows)
    options = [command, path, "--line", "rate"]
    if command == "judge":
        options += ["--says", "rose", "--period", "2023-01..2023-12"]
        options += ["--baseline", "2022-01..2022-12"]
    told = problems(run(*options))
    assert "its line (Rate) is left out" in told
    assert '--correct "unit=VALUE@pack.csv!C2", where VALUE is count, share of 1,' in told
    result = run(*options, "--correct", "unit=per 1,000@pack.csv!C2")
    assert result.exit_code == 0
    assert "Rate" in result.stdout + result.stderr
