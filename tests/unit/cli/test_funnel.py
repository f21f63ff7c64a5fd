"""`answerable funnel`: what it prints in each form, and what it refuses."""

import csv
import io
import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake
from answerable.cli.app import load

ROWS = "area,n,of\nWyreford,824,4120\nTeme,536,2680\nKempsham,903,3010\n7,376,1880\n3,148,740\n"


def run(tmp_path: Path, *options: str, text: str = ROWS) -> str:
    path = tmp_path / "areas.csv"
    path.write_text(text)
    columns = ("--unit", "area", "--numerator", "n", "--denominator", "of")
    result = CliRunner().invoke(load(), ["funnel", str(path), *columns, *options])
    if result.exception:
        raise result.exception
    return result.stdout


def test_json_has_the_names_that_are_promised(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "--format", "json"))
    assert set(found) == {"units", "phi", "tau2", "method"}
    assert list(found["units"][0]) == [
        "unit", "value", "lower95", "upper95", "lower998", "upper998", "outlier",
    ]  # fmt: skip
    assert [unit["unit"] for unit in found["units"] if unit["outlier"]] == ["Kempsham"]


def test_units_keep_the_order_of_the_file_and_have_no_rank(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(tmp_path, "--format", "csv"))))
    assert [row["unit"] for row in rows] == ["Wyreford", "Teme", "Kempsham", "7", "3"]


def test_the_area_asked_about_is_told(tmp_path: Path) -> None:
    assert "Teme: 20.0% does not stand apart" in run(tmp_path, "--highlight", "Teme")


def test_the_drawing_says_what_it_shows(tmp_path: Path) -> None:
    drawing = fromstring(run(tmp_path, "--format", "svg"))  # noqa: S314  # our own
    described = "".join(node.text or "" for node in drawing if node.tag.endswith("desc"))
    assert "Beyond the limits: Kempsham at 30.0%" in described


def test_a_name_that_looks_like_a_formula_is_made_safe(tmp_path: Path) -> None:
    printed = run(tmp_path, "--format", "csv", text=ROWS.replace("Teme", "=Teme"))
    assert "'=Teme" in printed


@pytest.mark.parametrize(
    ("options", "text", "said"),
    [
        (("--highlight", "Atlantis"), ROWS, "no unit 'Atlantis'"),
        (("--kind", "proportion"), ROWS.replace("148,740", "841,740"), "larger than 'of'"),
        ((), "area,n,of\nWyreford,,\n", "no unit has both"),
        ((), ROWS.replace(",of", ",whole"), "there is no column 'of'"),
        ((), ROWS.replace("148,740", "148,0"), "line 6, column 'of': the denominator is 0"),
        ((), ROWS.replace("148,740", "148,-740"), "line 6, column 'of': this number is below 0"),
        ((), ROWS.replace("148,740", "some,740"), "line 6, column 'n': this is not a number"),
        ((), ROWS.replace("Teme", "Wyreford"), "line 3, column 'area': the same name as on line 2"),
        ((), ROWS.replace("Teme", ""), "line 3, column 'area': this unit has no name"),
        ((), "", "the file is empty"),
    ],
    ids=[
        "highlight",
        "share",
        "empty",
        "column",
        "zero",
        "negative",
        "text",
        "twice",
        "nameless",
        "nothing",
    ],
)
def test_what_it_refuses(tmp_path: Path, options: tuple[str, ...], text: str, said: str) -> None:
    with pytest.raises(InputMistake) as refused:
        run(tmp_path, *options, text=text)
    assert said in str(refused.value.problems[0])


def test_each_problem_is_one_sentence_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputMistake) as refused:
        run(tmp_path, text=ROWS.replace("148,740", "some,0").replace("536,2680", "536,"))
    assert len(refused.value.problems) == 2
    assert all("\n" not in str(problem) for problem in refused.value.problems)


def test_two_units_have_limits_and_no_outlier(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "--format", "json", text="area,n,of\nA,100,400\nB,300,400\n"))
    assert [unit["outlier"] for unit in found["units"]] == [None, None]
    assert found["method"].startswith("no allowance") and found["tau2"] == 0
    told = run(tmp_path, text="area,n,of\nA,100,400\nB,300,400\n")
    assert told.startswith("Of no unit can it be told whether it stands apart.")


def test_numerators_above_denominators_are_taken_for_rates_and_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(ROWS.replace("148,740", "841,740"))
    columns = ("--unit", "area", "--numerator", "n", "--denominator", "of")
    result = CliRunner().invoke(load(), ["funnel", str(path), *columns])
    assert result.exit_code == 0
    assert "larger than the denominator for 3, so these are taken for rates" in result.stderr


def test_text_ends_with_what_chance_alone_gives(tmp_path: Path) -> None:
    assert (
        "If nothing set any of these 5 apart, and they differed as they seem to, chance alone"
        in run(tmp_path).splitlines()[-1]
    )
