"""`answerable read` names figures that do not follow from each other."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.cli.app import load

TEXT = "Arrests rose.\n\nOf the 250 victims surveyed, 190 (82%) were satisfied.\n"


@pytest.fixture
def release(tmp_path: Path) -> str:
    path = tmp_path / "release.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*words: str) -> str:
    result = CliRunner().invoke(load(), ["read", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_after_what_is_asserted_and_alone(release: str) -> None:
    sentence = "The text says 82%; 190 of 250 is 76%."
    whole, alone = run(release), run(release, "--arithmetic")
    assert sentence in whole and sentence in alone and "(line 3)" in alone
    assert "Arrests rose" in whole and "Arrests rose" not in alone


def test_as_a_list(release: str) -> None:
    (slip,) = json.loads(run(release, "--arithmetic", "--format", "json"))
    assert TEXT[slip["start"] : slip["end"]] == slip["text"] == "250 victims surveyed, 190 (82%)"
    assert (slip["kind"], slip["said"], slip["works_out"]) == ("share", "82%", "76%")


def test_none(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Arrests rose 7% from 480 to 512.", encoding="utf-8")
    assert json.loads(run(str(path), "--arithmetic", "--format", "json")) == []
    assert "No figures were found" in run(str(path), "--arithmetic")
