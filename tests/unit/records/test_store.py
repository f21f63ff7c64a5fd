"""Killed at any moment, or with the disk full, the last good snapshot stands."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import Snapshot, current_snapshot, import_body, store
from tests.bodies import incidents, make_body, write_csv

NO_TIMES = {"dispatched": "", "arrived": "", "closed": ""}
MAY = {"received": "01/05/2023 10:00"} | NO_TIMES
FIRST = incidents({}, MAY)
SECOND = incidents({}, {}, MAY, {"received": "01/06/2023 10:00"} | NO_TIMES)

KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from answerable.chain.body import open_body
from answerable.chain.records import import_body
from answerable.chain.records.times import changes

changes("Europe/London")
folder, copies = Path(sys.argv[1]), Path(sys.argv[2])
rename = Path.replace

def until(moment):
    count = 0
    def replace(self, target):
        nonlocal count
        count += 1
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(self, target)
    return replace

for moment in range(1, 40):
    copy = copies / str(moment)
    shutil.copytree(folder, copy)
    child = os.fork()
    if not child:
        Path.replace = until(moment)
        import_body(open_body(copy))
        os._exit(0)
    if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        break
    print(moment)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_body(tmp_path / "body")
    write_csv(folder / "var" / "incoming" / "incidents.csv", FIRST)
    return folder


def sound(snapshot: Snapshot) -> bool:
    """Whether every part is there, whole, under the digest of what it holds."""
    files = [snapshot.folder / "parts" / f"{part.digest}.parquet" for part in snapshot.parts]
    return all(hashlib.sha256(file.read_bytes()).hexdigest() == file.stem for file in files)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_each_rename_the_last_snapshot_stands_and_the_next_import_ends_well(
    folder: Path, tmp_path: Path
) -> None:
    first = import_body(open_body(folder)).snapshot
    write_csv(folder / "var" / "incoming" / "incidents.csv", SECOND)
    wanted = make_body(tmp_path / "wanted")
    write_csv(wanted / "var" / "incoming" / "incidents.csv", SECOND)
    second = import_body(open_body(wanted)).snapshot
    copies = tmp_path / "copies"
    copies.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(copies)],
        capture_output=True,
        text=True,
        check=True,
    )
    moments = [int(line) for line in ran.stdout.split()]
    assert len(moments) >= 8, "records, notes, parts, table, snapshot, current, history, findings"
    stood = set()
    for moment in moments:
        body = open_body(copies / str(moment))
        snapshot = current_snapshot(body)
        stood.add(snapshot.digest)
        assert sound(snapshot)
        if moment % 4 == 0:
            assert import_body(body).snapshot.digest == second.digest
            assert sound(current_snapshot(body))
            assert not (body.var / "work").exists()
    assert stood == {first.digest, second.digest}


@pytest.mark.parametrize("moment", [1, 3, 4, 6])
def test_a_full_disk_is_one_clear_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    first = import_body(open_body(folder)).snapshot
    write_csv(folder / "var" / "incoming" / "incidents.csv", SECOND)
    count = 0

    def full(handle: int) -> None:
        nonlocal count
        count += 1
        if count >= moment:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(InputMistake) as caught:
        import_body(open_body(folder))
    assert "there is no room left on the disk" in str(caught.value)
    assert len(caught.value.problems) == 1
    monkeypatch.undo()
    assert current_snapshot(open_body(folder)) == first
    assert sound(current_snapshot(open_body(folder)))
    assert not list((folder / "var").rglob("*.tmp"))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
sys.argv[1:] = ["import", sys.argv[1]]
from answerable.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_disk_that_fills_up_under_duckdb_is_told_the_same(folder: Path) -> None:
    first = import_body(open_body(folder)).snapshot
    write_csv(folder / "var" / "incoming" / "incidents.csv", incidents(*[{}] * 500))
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "there is no room left on the disk" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert current_snapshot(open_body(folder)) == first


def test_two_imports_at_once_are_refused(folder: Path) -> None:
    body = open_body(folder)
    with store.workroom(body.var), pytest.raises(InputMistake, match="another import"):
        import_body(body)
    assert import_body(body).snapshot


def test_a_snapshot_says_nothing_of_when_it_was_made(folder: Path) -> None:
    snapshot = import_body(open_body(folder)).snapshot
    text = (folder / "var" / "snapshots" / f"{snapshot.digest}.json").read_bytes()
    assert hashlib.sha256(text).hexdigest() == snapshot.digest
    assert set(json.loads(text)) == {"parts", "covers"}


def test_a_damaged_part_is_made_again(folder: Path) -> None:
    body = open_body(folder)
    first = import_body(body).snapshot
    for part in first.parts:
        (body.var / "parts" / f"{part.digest}.parquet").unlink()
    assert import_body(body).snapshot == first
    assert sound(first)


def test_what_the_snapshot_no_longer_rests_on_is_not_kept_twice(folder: Path) -> None:
    body = open_body(folder)
    import_body(body)
    before = {path.name for path in (body.var / "staged").iterdir()}
    write_csv(folder / "var" / "incoming" / "incidents.csv", SECOND)
    import_body(body)
    assert not before & {path.name for path in (body.var / "staged").iterdir()}
    shutil.rmtree(body.var / "staged")
    assert import_body(body).snapshot == current_snapshot(body)
