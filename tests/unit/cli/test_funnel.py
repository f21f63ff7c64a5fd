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
        (("--kind", "proportion"), ROWS.replace("148,740", "841,740"), "larger than its"),
        ((), "area,n,of\nWyreford,,\n", "no unit has both"),
    ],
    ids=["highlight", "share", "empty"],
)
def test_what_it_refuses(tmp_path: Path, options: tuple[str, ...], text: str, said: str) -> None:
    with pytest.raises(InputMistake) as refused:
        run(tmp_path, *options, text=text)
    assert said in str(refused.value.problems[0])
