"""A national set is a body's folder that imports, of the size asked for."""

from pathlib import Path

import duckdb
import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import contracts, import_body
from answerable.synthetic import synthesise_national


def test_two_forces_for_a_year_import_without_a_defect(tmp_path: Path) -> None:
    out = tmp_path / "nation"
    made = synthesise_national(out, forces=2, years=1, seed=4, reports=60)
    body = open_body(out)
    assert [len(body.file.forces), len(body.areas), made.files] == [2, 10, 2]
    imported = import_body(body)
    # The first year has no year before it to look back on; that is no defect of the files.
    assert {finding.name for finding in imported.findings} <= {"short_look_back"}
    assert sum(part.rows for part in imported.snapshot.parts) == made.incidents
    assert made.incidents == pytest.approx(2 * 12 * 60 * 1.354, rel=0.1)


def test_files_hold_the_columns_of_the_contract(tmp_path: Path) -> None:
    synthesise_national(tmp_path / "nation", forces=1, years=2, seed=4, reports=20)
    files = str(tmp_path / "nation" / "var" / "incoming" / "*.parquet")
    columns = {row[0] for row in duckdb.connect().sql(f"describe from '{files}'").fetchall()}
    assert columns | {"force"} == {field.name for field in contracts()["incidents"].mapped}
    missing = "count(*) filter (first_arrived_at is null) / count(*)"
    share = duckdb.connect().sql(
        f"select {missing} from '{files}' where response_method = 'attended'"
    )
    assert share.fetchall()[0][0] == pytest.approx(0.11, abs=0.04)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        synthesise_national(tmp_path / name, forces=1, years=1, seed=4, reports=20)
    made = [sorted((tmp_path / name).rglob("*.*")) for name in ("a", "b")]
    texts = [[path.read_bytes() for path in paths if path.is_file()] for paths in made]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 3


def test_what_cannot_be_made_is_told_together_and_nothing_is_begun(tmp_path: Path) -> None:
    with pytest.raises(InputMistake) as mistake:
        synthesise_national(tmp_path / "nation", forces=200, years=0)
    assert len(mistake.value.problems) == 2
    assert not (tmp_path / "nation").exists()


def test_a_folder_in_use_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputMistake, match="is there already, and not empty"):
        synthesise_national(tmp_path, forces=2, years=1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
