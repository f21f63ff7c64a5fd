"""The reference of measures names everything that there is, and nothing that there is not."""

import re
from pathlib import Path

from typer.main import get_command

from answerable.chain.measures import Definition, Status
from answerable.chain.measures.definition import STATISTICS
from answerable.cli.app import load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "measures.md"
TEXT = PAGE.read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", TEXT))


def section(title: str) -> list[str]:
    """The first cells of each line of a section's table."""
    body = TEXT.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in body.splitlines() if line.startswith("|")]
    return [cell.strip() for row in rows[2:] for cell in row[:2]]


def test_every_key_of_a_definition_is_told() -> None:
    named = set(re.findall(r"`(\w+)`", " ".join(section("Keys of a definition")[::2])))
    assert named == set(Definition.model_fields) - {"digest"}


def test_every_kind_and_statistic_is_told() -> None:
    cells = section("Kinds and statistics")
    assert [kind for kind in cells[::2] if kind] == list(STATISTICS)
    told = set(re.findall(r"`(\w+)`", " ".join(cells[1::2])))
    assert told == {name for names in STATISTICS.values() for name in names}


def test_every_status_is_told() -> None:
    told = re.findall(r"`([\w ]+)`", " ".join(section("Places, periods, status")[::2]))
    assert set(told) == {str(status) for status in Status}


def test_every_option_of_the_command_is_told() -> None:
    command = get_command(load()).commands["measure"]  # type: ignore[attr-defined]
    options = {o for p in command.params for o in p.opts if o.startswith("--")} - {"--help"}
    told = set(re.findall(r"`(--[a-z]+)`", " ".join(section("The command")[::2])))
    assert told == options
