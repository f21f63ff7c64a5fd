"""`answerable synthesise`, as a person calls it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import (
    Import,
    Weight,
    contracts,
    import_body,
    load_mappings,
)
from answerable.cli.app import load

ROOT = Path(__file__).resolve().parents[3]
DEMO = str(ROOT / "demo" / "severnshire_police")


def call(*words: str) -> str:
    result = CliRunner().invoke(load(), ["synthesise", *words])
    if isinstance(result.exception, InputMistake):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Import:
    out = tmp_path_factory.mktemp("demo") / "body"
    assert "17 files written to" in call(DEMO, "--out", str(out))
    return import_body(open_body(out))


def test_a_new_body_imports_at_once_and_nothing_stops(imported: Import) -> None:
    assert not [f for f in imported.findings if f.weight == Weight.STOPS]
    assert {part.table for part in imported.snapshot.parts} == set(contracts())


def test_every_planted_fault_is_found_by_name(imported: Import) -> None:
    assert {finding.name for finding in imported.findings} >= {
        "text_null",
        "mixed_formats",
        "duplicate_key",
        "conflicting_key",
        "impossible_order",
        "dst_ambiguous",
        "dst_gap",
        "unknown_code",
        "unknown_area",
        "hidden_sheet",
    }


def test_the_mappings_of_a_new_body_cover_what_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "body"
    call(DEMO, "--out", str(out), "--years", "2", "--seed", "3")
    mappings = load_mappings(open_body(out))
    firsts = {m.covers.split("..")[0] for m in mappings if m.name != "command_new"}
    assert firsts == {"2022-07"}
    assert all(list(out.glob(mapping.file)) for mapping in mappings)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((DEMO, "--months", "48"), "the mappings of .* cover 36 months"),
        ((DEMO, "--months", "48", "--years", "3"), "48 months are not 3 years"),
        (("--forces", "2"), "a national set needs a folder"),
        ((DEMO, "--forces", "2", "--out", "x"), "a national set has a body of its own"),
        (("--forces", "2", "--months", "9", "--out", "x"), "a national set is made by years"),
    ],
)
def test_a_mistake_is_told(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputMistake, match=told):
        call(*words)
    assert not list(tmp_path.iterdir())


def test_outside_a_checkout_the_folder_has_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputMistake, match="no folder was named"):
        call()
