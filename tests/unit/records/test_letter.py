"""The letter says what arrived, what could not be used and what that blocks."""

import json
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import Letter, as_text, import_body, last_import, write_letter
from answerable.cli.init import start
from tests.bodies import INCIDENTS, incidents, make_body, write_csv

USES = {
    "response": {"incidents": ["received_on", "first_arrived_at"]},
    "by_area": {"incidents": ["area"]},
    "calls": {"incidents": ["channel"]},
    "arrest_rate": {"arrests": ["arrested_on"], "incidents": ["area"]},
    "sound": {"incidents": ["received_on"]},
}
CLAIMS = {"quicker": ["response", "calls"], "more arrests": ["arrest_rate"]}
KEEP = ("covers =", 'keep = "agency = \'POLICE\'"\nleft_out_because = "other agencies"\ncovers =')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_body(
        tmp_path_factory.mktemp("letter"), {"incidents": INCIDENTS.replace(*KEEP, 1)}
    )
    rows = [{"agency": "POLICE"}] * 20 + [{"agency": "AMBULANCE"}] * 3
    rows += [{"agency": "POLICE", "area": "east"}] * 7
    rows += [{"agency": "POLICE", "arrived": "2023-03-01 09:00:00"}] * 2
    write_csv(folder / "var" / "incoming" / "incidents.csv", incidents(*rows))
    import_body(open_body(folder))
    return folder


def letter(folder: Path, public: bool = False) -> Letter:
    body = open_body(folder)
    return write_letter(body, last_import(body), USES, CLAIMS, public)


def test_what_arrived_and_what_keep_left_out(folder: Path) -> None:
    (arrived,) = letter(folder).arrived
    assert (arrived.read, arrived.used, arrived.left_out) == (32, 29, 3)
    text = as_text(letter(folder))
    assert "(incidents.csv): incidents, January 2023 to December 2023" in text
    assert "32 records in it, 29 records used, 3 left out: other agencies." in text


def test_what_is_blocked_and_what_is_touched_with_the_claims_on_it(folder: Path) -> None:
    blocked = {(b.measure, b.kind): (b.because, b.claims) for b in letter(folder).blocked}
    assert blocked == {
        ("calls", "blocked"): ("no extract of incidents has channel", ("quicker",)),
        ("arrest_rate", "blocked"): ("no extract of arrests arrived", ("more arrests",)),
        ("response", "touched"): ("incidents.first_arrived_at", ("quicker",)),
        ("by_area", "touched"): ("incidents.area", ()),
    }


def test_the_public_edition_tells_no_small_count_no_code_and_no_file(folder: Path) -> None:
    public = letter(folder, public=True)
    counts = {found.name: found.count for found in public.unusable}
    assert (counts["unknown_area"], counts["impossible_order"]) == (7, None)
    (arrived,) = public.arrived
    assert (arrived.read, arrived.used, arrived.left_out) == (None, 29, None)
    text = as_text(public)
    assert "Found: fewer than 5." in text
    assert "fewer than 5 left out: other agencies" in text
    assert not re.search(r"\beast\b", text + json.dumps(asdict(public)))
    assert "incidents.csv" not in text + json.dumps(asdict(public))


def test_a_stopped_import_says_so_and_blocks_all_that_rests_on_it(tmp_path: Path) -> None:
    make_body(tmp_path)
    imported = import_body(open_body(tmp_path))
    written = write_letter(open_body(tmp_path), imported, USES, CLAIMS)
    assert "**The records were not taken in.**" in as_text(written)
    assert {b.measure for b in written.blocked if b.kind == "blocked"} == set(USES)


def test_there_is_no_letter_before_an_import(tmp_path: Path) -> None:
    make_body(tmp_path)
    with pytest.raises(InputMistake, match="answerable import"):
        last_import(open_body(tmp_path))


def test_the_last_import_is_remembered_as_it_was(folder: Path) -> None:
    body = open_body(folder)
    assert last_import(body) == import_body(body)


def test_a_new_body_imports_and_answers_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    def answerable(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "answerable", *words],
            capture_output=True,
            text=True,
            check=False,
        )

    assert answerable("init", str(folder)).returncode == 0
    ran = answerable("import", str(folder))
    assert ran.returncode == 0
    assert "104        104  2024-01 to 2024-02" in ran.stdout
    assert "reading incidents (1 file) …" in ran.stderr
    ran = answerable("letter", str(folder), "--public")
    assert ran.returncode == 0
    assert "**reports**" not in ran.stdout
    assert "**complaints** cannot be counted: no extract of complaints arrived." in ran.stdout


def test_init_leaves_a_folder_with_something_in_it_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(InputMistake, match="something in this folder already"):
        start(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
