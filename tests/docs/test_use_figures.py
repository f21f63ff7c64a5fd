"""The recipe for figures runs as it is written, and the reference names what there is."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.chain.claims import EVIDENCE
from answerable.chain.measures import Grade, Unit
from answerable.cli.app import load

DOCS = Path(__file__).resolve().parents[2] / "docs"
RECIPE = (DOCS / "how-to" / "use-figures.md").read_text(encoding="utf-8")
PAGE = (DOCS / "reference" / "figures.md").read_text(encoding="utf-8")


def test_every_command_of_the_recipe_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack = re.search(r"```csv\n(.*?)```", RECIPE, re.S)
    assert pack
    Path("pack.csv").write_text(pack[1], encoding="utf-8")
    commands = re.findall(r"^    answerable (.*)$", RECIPE, flags=re.M)
    assert [words.split()[0] for words in commands] == [
        "init", "figures", "figures", "figures", "check", "measure", "publish", "verify",
    ]  # fmt: skip
    for words in commands:
        result = CliRunner().invoke(load(), shlex.split(words))
        # The example's own claim cannot be told, which is status 1.
        assert result.exit_code == (1 if words.startswith("check") else 0), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        if words.startswith("init"):
            assert not Path("office/figures").exists()
    assert "Pack of October 2023" in Path("office/figures/pack.csv").read_text("utf-8")
    assert Path("site/measures/arrest_rate.html").is_file()


@pytest.mark.parametrize("grade", Grade)
def test_every_grade_has_words_and_stands_in_the_reference(grade: Grade) -> None:
    assert EVIDENCE[grade]
    assert re.search(rf"^\| {grade} \|", PAGE, flags=re.M)


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_is_told(unit: Unit) -> None:
    assert re.search(rf"^\| {unit} \|", PAGE, flags=re.M)
