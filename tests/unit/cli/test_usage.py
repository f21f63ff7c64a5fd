"""A command that was written wrongly ends in one sentence, as every other mistake does."""

import sys

import pytest

from answerable.cli import main

WRONG = {
    "an option that is missing": (
        ["judge", "x.csv", "--period", "2023"],
        "--says: it is not given. Allowed: improved, worsened, rose, fell, unchanged, meets,"
        " misses, just_misses, outlier. See answerable judge --help.",
    ),
    "a value that is not one of the list": (
        ["judge", "x.csv", "--period", "2023", "--says", "grew"],
        "--says: this is not what it takes. Allowed: improved, worsened, rose, fell,",
    ),
    "a number that is none": (
        ["chart", "x.csv", "--freeze", "many"],
        "--freeze: this is not what it takes. Allowed: a whole number.",
    ),
    "an argument that is missing": (["look"], "FILE: it is not given. Allowed: An XLSX, ODS,"),
    "an option that is not there": (
        ["look", "x.csv", "--shete", "A"],
        "--shete: there is no such option. Allowed: --sheet",
    ),
    "a command that is not there": (["glance"], "answerable: no such command 'glance'."),
    "an argument too many": (["look", "x.csv", "y.csv"], "answerable look: got unexpected extra"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, words = WRONG[name]
    monkeypatch.setattr(sys, "argv", ["answerable", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert told.err.startswith(words)
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), ([], 2)])
def test_help_is_still_help(
    arguments: list[str], status: int, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["answerable", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
    told = capsys.readouterr()
    assert "Usage" in told.out + told.err
