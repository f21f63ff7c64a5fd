"""The same seed gives the same bytes, and a body that is not ours is left alone."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.chain.body import Body, InputMistake, open_body
from answerable.synthetic import Made, synthesise

ROOT = Path(__file__).resolve().parents[3]


def body_at(folder: Path) -> Body:
    folder.mkdir()
    shutil.copy(ROOT / "demo" / "severnshire" / "body.toml", folder)
    return open_body(folder)


def digests(made: Made) -> dict[str, str]:
    return {name: sha256((made.folder / name).read_bytes()).hexdigest() for name in made.files}


def test_same_seed_same_bytes_other_seed_others(tmp_path: Path) -> None:
    first, again, other = (
        digests(synthesise(body_at(tmp_path / name), seed=seed, months=24))
        for name, seed in (("a", 5), ("b", 5), ("c", 6))
    )
    assert first == again
    assert {name for name in first if first[name] == other[name]} == {
        "beats.csv",
        "specialist_posts.csv",  # planted to the day
    }


def test_what_stands_already_is_not_written_again(tmp_path: Path) -> None:
    body = body_at(tmp_path / "body")
    first = synthesise(body, seed=5, months=24)
    assert first.fresh
    assert not synthesise(body, seed=5, months=24).fresh
    (first.folder / first.files[0]).unlink()
    assert synthesise(body, seed=5, months=24).fresh
    assert synthesise(body, seed=5, months=24, without={"crimes_rose"}).fresh


def test_files_of_an_earlier_run_go_and_those_of_others_stay(tmp_path: Path) -> None:
    body = body_at(tmp_path / "body")
    earlier = synthesise(body, seed=5, months=25)
    (earlier.folder / "mine.csv").write_text("mine", encoding="utf-8")
    made = synthesise(body, seed=5, months=24)
    assert set(earlier.files) != set(made.files)
    there = {path.name for path in made.folder.iterdir()}
    assert there == {*made.files, "mine.csv", ".synthetic.json"}


def test_a_spoilt_stamp_is_as_none(tmp_path: Path) -> None:
    body = body_at(tmp_path / "body")
    (body.var / "incoming").mkdir(parents=True)
    for spoilt in ("{", '{"files": 3}'):
        (body.var / "incoming" / ".synthetic.json").write_text(spoilt, encoding="utf-8")
        assert synthesise(body, seed=5, months=24).fresh


def test_another_body_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "body.toml").write_text(
        'key = "b"\nname = "B"\nforces = [{ key = "f", name = "F" }]\n', encoding="utf-8"
    )
    with pytest.raises(InputMistake, match="does not oversee Severnshire Police"):
        synthesise(open_body(tmp_path))
    assert not (tmp_path / "var").exists()


def test_too_few_months_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputMistake, match="12 months cannot be made"):
        synthesise(body_at(tmp_path / "body"), months=12)
