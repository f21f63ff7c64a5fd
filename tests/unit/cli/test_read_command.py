"""`answerable read`: its two forms, and its mistakes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake
from answerable.cli.app import load

KEYS = [
    "text", "start", "end", "measure_family", "kind", "direction", "value", "unit", "period",
    "area", "missing", "speaker", "because",
]  # fmt: skip
TEXT = "The Chief Constable said that arrests rose from 480 to 512 in 2023/24.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*options: str) -> str:
    result = CliRunner().invoke(load(), ["read", *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_json_is_a_list_of_assertions_and_nothing_else(file: Path) -> None:
    (each,) = json.loads(run(str(file), "--format", "json"))
    assert list(each) == KEYS
    assert TEXT[each["start"] : each["end"]] == each["text"]
    assert (each["kind"], each["measure_family"], each["direction"]) == ("trend", "arrest", "up")
    assert (each["value"], each["unit"]) == ([480, 512], ["arrests", "arrests"])
    assert (each["period"], each["missing"]) == ("2023/24", ["area"])
    assert each["speaker"] == "Chief Constable"
    assert each["because"]["direction"] == "rose"


def test_text_tells_the_same_to_a_person(file: Path) -> None:
    told = run(str(file))
    assert "trend · arrest · up · 480 arrests · 512 arrests" in told
    assert "left open: area" in told


def test_a_text_with_nothing_to_check_says_so(file: Path) -> None:
    file.write_text("Everyone deserves to feel safe.", encoding="utf-8")
    assert run(str(file), "--format", "json").strip() == "[]"
    assert "Nothing in this text" in run(str(file))


def test_the_day_of_the_text_places_a_month(file: Path) -> None:
    file.write_text("Panels are set to be launched in January.", encoding="utf-8")
    (each,) = json.loads(run(str(file), "--format", "json", "--said-on", "2023-12-19"))
    assert each["period"] == "2024-01"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--said-on", "19 December"], "'19 December' is not a day"),
        (["--draft"], "a draft names a body's measures"),
        (["--draft"], "a draft needs the day of the text"),
    ],
    ids=["a day", "a body", "a day for a draft"],
)
def test_a_mistake_is_told_in_words(file: Path, options: list[str], found: str) -> None:
    with pytest.raises(InputMistake, match=found):
        run(str(file), *options)
