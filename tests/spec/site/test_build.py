"""Where a site may be written, and what is left of what was there."""

from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.site import build
from answerable.site.manifest import names_in
from tests.site_release import made_up

SMALL = ("response_time_priority", "reports")


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_folder_holds_what_the_manifest_lists(tmp_path: Path) -> None:
    paths = build(made_up(SMALL), tmp_path / "site")
    assert files_in(tmp_path / "site") == names_in(tmp_path / "site" / "manifest.json")
    assert len(paths) == len(files_in(tmp_path / "site"))


def test_a_folder_that_holds_something_else_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(InputMistake) as told:
        build(made_up(SMALL), tmp_path)
    assert "Nothing in this one has been changed" in str(told.value)
    assert files_in(tmp_path) == {"diary.txt"}


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(InputMistake):
        build(made_up(SMALL), tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/outside", "..\\outside", "C:outside"])
def test_a_manifest_that_leads_out_of_the_folder_is_not_ours(tmp_path: Path, path: str) -> None:
    build(made_up(SMALL), tmp_path / "site")
    manifest = tmp_path / "site" / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace('"index.html"', '"' + path.replace("\\", "\\\\") + '"'), encoding="utf-8"
    )
    (tmp_path / "outside.txt").write_text("mine")
    with pytest.raises(InputMistake):
        build(made_up(SMALL), tmp_path / "site")
    assert (tmp_path / "outside.txt").read_text() == "mine"


def test_a_second_site_takes_the_place_of_the_first(tmp_path: Path) -> None:
    build(made_up((*SMALL, "complaints")), tmp_path / "site")
    (tmp_path / "site" / "note.txt").write_text("mine")
    build(made_up(SMALL), tmp_path / "site")
    left = files_in(tmp_path / "site")
    assert "measures/complaints.html" not in left
    assert left - names_in(tmp_path / "site" / "manifest.json") == {"note.txt"}  # type: ignore[operator]
