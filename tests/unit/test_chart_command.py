"""`answerable chart`: what an analyst gives, what comes back, and how mistakes are told."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from typer.testing import CliRunner

from answerable.chain.body import InputMistake, Month
from answerable.cli.app import load
from answerable.cli.series_file import read_series

VALUES = [52, 48, 51, 49, 53, 47, 50, 52, 49, 51, 48, 50, 90]


def months(count: int) -> list[str]:
    return [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return write(tmp_path, *(f"{x},{v}" for x, v in zip(months(13), VALUES, strict=True)))


def write(folder: Path, *lines: str, header: str = "month,minutes") -> Path:
    path = folder / "series.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(load(), ["chart", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: object) -> str:
    with pytest.raises(InputMistake) as caught:
        run(*arguments)
    return str(caught.value)


def xmr(path: Path, *more: object) -> tuple[object, ...]:
    return (path, "--kind", "xmr", "--x", "month", "--value", "minutes", *more)


def test_json_is_as_agreed(series: Path) -> None:
    made = json.loads(run(*xmr(series, "--format", "json", "--better", "lower", "--freeze", 12)))
    assert list(made) == ["kind", "points", "runs", "variation", "assurance", "sentence"]
    assert made["kind"] == "xmr" and made["runs"] is None
    point = made["points"][-1]
    assert list(point) == ["x", "value", "n", "centre", "lower", "upper", "signals"]
    assert (point["x"], point["value"], point["n"]) == ("2022-01", 90, None)
    assert point["signals"] == ["outside"] and made["variation"] == "concern"
    assert made["points"][0]["signals"] == []


def test_the_four_formats_tell_the_same(series: Path) -> None:
    point = json.loads(run(*xmr(series, "--format", "json")))["points"][-1]
    table = list(csv.DictReader(io.StringIO(run(*xmr(series, "--format", "csv")))))
    assert [float(table[-1][key]) for key in ("value", "centre", "lower", "upper")] == [
        point[key] for key in ("value", "centre", "lower", "upper")
    ]
    assert table[-1]["signals"] == "outside" and table[0]["n"] == ""
    text = run(*xmr(series))
    assert text.startswith("2022-01: 90 (limits ") and text.rstrip().endswith("outside")
    svg = fromstring(run(*xmr(series, "--format", "svg", "--title", "Time & place")))
    assert svg[0].text == "Time & place" and svg[1].text == text.splitlines()[0]


def test_a_p_chart_from_counts(tmp_path: Path) -> None:
    rows = [f"{x},{n},{20 + i}" for i, (x, n) in enumerate(zip(months(12), [5] * 12, strict=True))]
    path = write(tmp_path, *rows, header="month,within,all")
    columns = ("--x", "month", "--numerator", "within", "--denominator", "all", "--format", "json")
    made = json.loads(run(path, "--kind", "p-prime", *columns))
    assert made["kind"] == "p-prime" and made["points"][3]["n"] == 23
    assert set(made["runs"]) == {"longest", "longest_max", "crossings", "crossings_min", "signal"}
    rate = json.loads(run(path, "--kind", "u", "--per", 100, *columns))["points"][0]
    assert rate["value"] == pytest.approx(25)
    target = run(
        path, "--kind", "p", *columns[:-1], "text", "--target", "80%", "--better", "higher"
    )
    assert "target of 80.0%" in target


def test_constant_and_screening_are_options(series: Path) -> None:
    def reach(*more: object) -> float:
        point = json.loads(run(*xmr(series, "--format", "json", *more)))["points"][0]
        return float(point["upper"] - point["centre"])

    ranges = [abs(a - b) for a, b in zip(VALUES[1:], VALUES[:-1], strict=True)]
    mean = sum(ranges) / len(ranges)
    kept = [size for size in ranges if size <= 3.267 * mean]
    assert len(kept) < len(ranges)
    assert reach("--no-screen") == pytest.approx(2.66 * mean)
    assert reach() == pytest.approx(2.66 * sum(kept) / len(kept))
    assert reach("--no-screen", "--constant", "3/1.128") == pytest.approx(3 / 1.128 * mean)


def test_a_rebase_names_its_reason_and_falls_on_the_next_point(tmp_path: Path) -> None:
    path = write(tmp_path, *(f"{x},{50 + i % 5}" for i, x in enumerate(months(24))))
    assert "one --why TEXT for each" in told(*xmr(path, "--rebase", "2022-01"))
    assert "one --why TEXT for each" in told(*xmr(path, "--rebase", "2022-01", "--why", " "))
    text = run(*xmr(path, "--rebase", "2021-12-14", "--why", "A new system"))
    assert "Limits were worked out afresh from 2022-01: A new system." in text
    for when in ("2021-01", "2030-01", "soon"):
        assert "does not divide" in told(*xmr(path, "--rebase", when, "--why", "x"))
    made = json.loads(run(*xmr(path, "--rebase", "2022-01", "--why", "x", "--format", "json")))
    assert made["points"][11]["centre"] != made["points"][12]["centre"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2021-14,5", "not a month"),
        ("2021-01,5", "the same label as on line 2"),
        ("2020-12,5", "not later than the one before"),
        (",5", "no label"),
        ("2021-03,about 40", "this is not a number"),
        ("2021-03,NaN", "stands for no number"),
        ("2021-03,-inf", "stands for no number"),
        ("2021-03,1e999", "too large"),
        ("2021-03,-4", "below 0"),
        ('2021-03,"1,204"', "commas in it"),
        ("2021-03,40%", "percentage"),
        ("2021-03,1_000", "not a number"),
        ("2021-03", "only 1 cells"),
        ('2021-03,"5', "quotes"),
    ],
)
def test_a_bad_cell_is_named_by_its_line_and_never_quoted(
    tmp_path: Path, line: str, words: str
) -> None:
    message = told(*xmr(write(tmp_path, "2021-01,50", "2021-02,51", line)))
    assert words in message and "line 4" in message and message.startswith("series.csv")
    assert "about 40" not in message and "1,204" not in message


def test_all_problems_are_told_together_but_not_thousands(tmp_path: Path) -> None:
    path = write(tmp_path, "2021-01,a", "2021-01,b")
    assert told(*xmr(path)).count("\n") == 2
    many = told(*xmr(write(tmp_path, *["2021-01,a"] * 3000)))
    assert many.count("\n") == 20 and "more problems" in many


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n  \n", "the file is empty"),
        (b"month,minutes\n", "no line under the header"),
        (b"PK\x03\x04abc", "spreadsheet"),
        (b"month,minutes\n2021-01,\x00\n", "not text"),
        ("month,minutes\n2021-01,5\n".encode("utf-16"), "not text"),
        (b"month,minutes\n2021-01,\xa35\n", "line 2 is not in UTF-8"),
        (b"month,time\n2021-01,5\n", "no column 'minutes'. Allowed: month, time"),
        (b"month,minutes,minutes\n2021-01,5,6\n", "heads 2 columns"),
    ],
)
def test_a_file_that_is_no_series(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(content)
    assert words in told(*xmr(path))


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    assert "no such file" in told(*xmr(tmp_path / "none.csv"))
    assert "this is a folder" in told(*xmr(tmp_path))


def test_counts_that_cannot_be(tmp_path: Path) -> None:
    path = write(tmp_path, "2021-01,5,0", "2021-02,9,8", header="month,within,all")
    columns = ("--x", "month", "--numerator", "within", "--denominator", "all")
    message = told(path, "--kind", "p", *columns)
    assert "line 2, column 'all': the denominator is 0" in message
    assert "line 3, column 'within': the numerator is larger" in message
    assert "larger" not in told(path, "--kind", "u", *columns)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--kind", "p", "--value", "minutes"), "made from counts"),
        (("--kind", "xmr"), "figures to use are not named"),
        (("--kind", "xmr", "--value", "minutes", "--numerator", "minutes"), "not named"),
        (("--kind", "u", "--numerator", "minutes"), "not named"),
        (("--kind", "xmr", "--value", "minutes", "--target", "soon"), "--target: this is not"),
        (("--kind", "xmr", "--value", "minutes", "--target", "nan"), "--target: this is not"),
        (("--kind", "xmr", "--value", "minutes", "--constant", "3/0"), "--constant"),
        (("--kind", "xmr", "--value", "minutes", "--constant", "x"), "--constant"),
        (("--kind", "xmr", "--value", "minutes", "--freeze", "0"), "--freeze"),
        (("--kind", "xmr", "--value", "minutes", "--per", "0"), "--per"),
    ],
)
def test_options_that_cannot_be(series: Path, options: tuple[str, ...], words: str) -> None:
    assert words in told(series, "--x", "month", *options)


def test_what_a_spreadsheet_writes_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(
        b"\xef\xbb\xbfmonth;minutes\r\n01/04/2021;5\r\n;\r\n01/05/2021;\r\n01/06/2021; 7.5 \r\n"
    )
    read = read_series(path, x="month", value="minutes")
    assert (read.kind, read.values) == ("date", (5.0, None, 7.5))
    assert read.months() == (Month(2021, 4), Month(2021, 5), Month(2021, 6))


def test_labels_that_are_no_months_cannot_be_read_as_months(tmp_path: Path) -> None:
    for lines in (("1,5", "2,6"), ("2021-01-01,5", "2021-01-02,6"), ("Jan,5", "Feb,6")):
        with pytest.raises(InputMistake, match=r"not months|more than one row"):
            read_series(write(tmp_path, *lines), x="month", value="minutes").months()


def test_what_is_no_mistake_is_said_all_the_same(tmp_path: Path) -> None:
    gap = read_series(write(tmp_path, "2021-01,5", "2021-03,6"), x="month", value="minutes")
    assert "2021-02" in gap.remarks[0]
    free = read_series(write(tmp_path, "Week A,5", "Week B,6"), x="month", value="minutes")
    assert free.kind == "text" and "order of the file" in free.remarks[0]


def test_numbers_below_zero_only_where_they_are_meant(tmp_path: Path) -> None:
    path = write(tmp_path, *(f"{x},{i - 6.5}" for i, x in enumerate(months(13))))
    assert "below 0" in told(*xmr(path))
    assert json.loads(run(*xmr(path, "--negative", "--format", "json")))["points"][0]["value"] < 0


def test_the_command_itself_ends_with_a_status_and_no_traceback(tmp_path: Path) -> None:
    """One real process: what a script sees."""
    good = write(tmp_path, *(f"{x},{v}" for x, v in zip(months(13), VALUES, strict=True)))
    base = [sys.executable, "-m", "answerable", "chart", str(good), "--kind", "xmr", "--x", "month"]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*base, "--value", "minutes", "--format", "json"],
        capture_output=True, text=True, env=env, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0 and json.loads(done.stdout)["points"] and done.stderr == ""
    done = subprocess.run(
        [*base, "--value", "hours"], capture_output=True, text=True, env=env, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no column 'hours'" in done.stderr and "Traceback" not in done.stderr
