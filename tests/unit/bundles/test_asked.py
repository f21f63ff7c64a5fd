"""What an office asks: from its claims, through the file, to the force."""

from pathlib import Path

import pytest

from answerable.chain.body import Appetite, InputMistake, Period
from answerable.chain.bundles import Asked, Wanted, asked_text, read_asked

ASKED = Asked(
    body="office",
    appetite=Appetite(count_under=7),
    wanted=(
        Wanted(measure="reports", statistic="count", periods=("2023-01..2023-12", "2022/23")),
        Wanted(
            measure="reports", statistic="count", area="north", split="channel=999",
            periods=("2022-04..2023-03",),
        ),
    ),
)  # fmt: skip


def test_a_file_says_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "asked.toml"
    path.write_text(asked_text(ASKED, "Office for\nTestshire"), encoding="utf-8")
    assert read_asked(path) == ASKED


def test_periods_are_asked_once_however_they_are_spelled() -> None:
    assert [str(each) for each in ASKED.windows] == ["2022/23", "2023-01..2023-12"]
    assert ASKED.windows[0].first == Period.parse("2022-04..2023-03").first
    assert ASKED.named == {("reports", "north", "channel=999")}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"count"', '"Count"', "wanted.0.statistic"),
        ('"2022/23"', '"2022"', "wanted.0.periods"),
        ("count_under = 7", "count_under = 2", "appetite.count_under"),
        ("answerable-asked/1", "answerable-asked/2", "format"),
        ("[appetite]", "rows = true\n[appetite]", "rows"),
        ('"channel=999"', '"channel"', "wanted.1.split"),
    ],
)
def test_what_is_not_to_the_form_is_named_by_its_key(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    path = tmp_path / "asked.toml"
    text = asked_text(ASKED, "Office")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputMistake, match=says):
        read_asked(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "asked.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(InputMistake, match="larger than"):
        read_asked(path)
