"""The reference on records says what the code does, and the recipe works as it stands."""

import re
import tomllib
from pathlib import Path

from answerable.chain.body import open_body
from answerable.chain.records import import_body
from answerable.chain.records.expressions import ANONYMOUS, FUNCTIONS
from answerable.chain.records.mapping import ColumnMapping, Mapping
from answerable.cli.init import start
from tests.bodies import write_csv

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "reference" / "records.md"
RECIPE = DOCS / "how-to" / "add-an-extract.md"


def after(text: str, name: str) -> set[str]:
    """The first column of the table after a mark."""
    rows = text.split(f"<!-- {name}: checked by")[1].split("\n\n")[0]
    return set(re.findall(r"^\| `(\w+)`", rows, re.MULTILINE))


def test_every_key_of_a_mapping_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert after(text, "mapping keys") == set(Mapping.model_fields) - {"name", "digest"}
    assert after(text, "column keys") == set(ColumnMapping.model_fields)


def test_every_function_is_documented() -> None:
    listed = PAGE.read_text(encoding="utf-8").split("<!-- functions: checked by")[1]
    assert set(re.findall(r"`(\w+)`", listed.split("\n\n")[0])) == set(FUNCTIONS) | ANONYMOUS


def test_the_mapping_of_the_recipe_imports(tmp_path: Path) -> None:
    start(tmp_path)
    text = re.search(r"```toml\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    assert text
    (tmp_path / "extracts" / "arrests.toml").write_text(text[1], encoding="utf-8")
    (tmp_path / "var" / "incoming").mkdir(parents=True)
    row = {"Custody ref": "1", "Flag": "DA", "Arrested": "02/01/2024 10:00"}
    row |= {"Station": "T1", "Counter": "N"}
    assert tomllib.loads(text[1])["file"] == "var/incoming/arrests.csv"
    write_csv(tmp_path / "var" / "incoming" / "arrests.csv", [row])
    done = import_body(open_body(tmp_path))
    assert not done.stopped
    assert {source.table: source.used for source in done.sources} == {
        "incidents": 104,
        "arrests": 1,
    }
