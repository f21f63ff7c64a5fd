"""A body's folder: what is read, and how every mistake in it is told at once."""

from pathlib import Path

import pytest

from answerable.chain.body import WHOLE, InputMistake, open_body

GOOD = """
key = "wrexshire"
name = "Office of the Commissioner for Wrexshire"

[[forces]]
key = "wrexshire"
name = "Wrexshire Police"

[[areas]]
code = "north"
name = "North Wrexshire"
force = "wrexshire"
"""


def body_of(folder: Path, text: str) -> Path:
    (folder / "body.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_body_knows_its_areas_and_its_whole(tmp_path: Path) -> None:
    body = open_body(body_of(tmp_path, GOOD))
    assert [area.code for area in body.areas] == ["north"]
    assert body.area_name("north") == "North Wrexshire"
    assert body.area_name(WHOLE) == "Wrexshire Police"
    assert body.file.appetite.count_under == 5


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("zone", 'zone = "Europe/Nowhere"'), "Europe/Nowhere"),
        (("top", 'colour = "red"'), "colour: this key is not known here"),
        (("appetite", "[appetite]\ncount_under = 3"), "greater than or equal to 5"),
        (("areas", '[[areas]]\ncode = "north"\nname = "N"\nforce = "wrexshire"'), "used twice"),
        (("areas", '[[areas]]\ncode = "all"\nname = "N"\nforce = "wrexshire"'), "the whole"),
        (("areas", '[[areas]]\ncode = "x"\nname = "N"\nforce = "other"'), "not listed: x"),
        (
            ("areas", '[[areas]]\ncode = "x"\nforce = "wrexshire"'),
            "areas.1.name: this key is missing",
        ),
        (("areas", "[[areas]"), "not readable as TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    where, line = change
    text = f"{line}\n{GOOD}" if where in ("zone", "top") else f"{GOOD}\n{line}"
    with pytest.raises(InputMistake) as mistake:
        open_body(body_of(tmp_path, text))
    assert told in str(mistake.value)
    assert "body.toml" in str(mistake.value)


def test_all_mistakes_are_told_together(tmp_path: Path) -> None:
    text = 'colour = "red"\nname = "No key"\nforces = []'
    with pytest.raises(InputMistake) as mistake:
        open_body(body_of(tmp_path, text))
    assert {problem.key for problem in mistake.value.problems} == {"colour", "key", "forces"}


def test_a_folder_that_is_no_body_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputMistake, match="answerable init"):
        open_body(tmp_path)
