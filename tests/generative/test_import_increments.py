"""Files that come, change and go: imported step by step and imported afresh, the snapshot
and what was found are the same."""

import csv
import os
import random
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Month, open_body
from answerable.chain.records import Import, import_body
from answerable.chain.records import importing as imported

START = Month(2022, 10)
BODY = """
key = "testshire"
name = "Office for Testshire"
zone = "Europe/London"
[[forces]]
key = "aa"
name = "A"
[[forces]]
key = "bb"
name = "B"
[[areas]]
code = "north"
name = "North"
force = "aa"
"""
MAPPING = """
table = "incidents"
force = "{force}"
file = "var/incoming/{force}/*.csv"
covers = "2022-10..{last}"
[columns]
incident_id = '"id"'
received_at = '"at"'
victim_key = '"person"'
strand = '"strand"'
"""
Files = dict[tuple[str, Month], int]
STEPS = st.lists(
    st.one_of(
        st.just(("add", 0)),
        st.tuples(
            st.sampled_from(["revise", "drop", "repeat", "stray", "column"]), st.integers(0, 60)
        ),
    ),
    min_size=2,
    max_size=4,
)


def rows(force: str, month: Month, kind: int) -> list[list[str]]:
    """A month of reports; kinds above zero are revisions, some with something wrong."""
    rng = random.Random(f"{force} {month} {kind % 10}")
    found = []
    for number in range(rng.randrange(1, 9)):
        day = f"{month}-{rng.randrange(1, 28):02d} {rng.randrange(24):02d}:10:00"
        found.append([f"{month}-{number}", day, f"P{rng.randrange(5)}", "domestic_abuse"])
    if kind >= 30:
        found.append(["again", f"{month}-03 10:00:00", "P1", "domestic_abuse"])
    elif kind >= 20:
        found.append(["early", "2022-09-30 10:00:00", "P1", "domestic_abuse"])
    return found


def write(folder: Path, files: Files) -> None:
    """The body with its mappings and files, as they now are."""
    shutil.rmtree(folder / "var" / "incoming", ignore_errors=True)
    (folder / "extracts").mkdir(parents=True, exist_ok=True)
    (folder / "body.toml").write_text(BODY)
    last = max(month for _, month in files)
    for force in ("aa", "bb"):
        said = MAPPING.format(force=force, last=last)
        (folder / "extracts" / f"{force}.toml").write_text(said)
        (folder / "var" / "incoming" / force).mkdir(parents=True)
    for (force, month), kind in files.items():
        more = [["note"], [""]] if kind >= 40 else [[], []]
        with (folder / "var" / "incoming" / force / f"{month}.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["id", "at", "person", "strand", *more[0]])
            out.writerows([*row, *more[1]] for row in rows(force, month, kind))


def told(done: Import) -> Any:
    """What an import came to, without how it differs from the one before."""
    kept = [f for f in done.findings if "last import" not in f.detail]
    return done.snapshot, done.sources, kept


def take(files: Files, step: tuple[str, int]) -> None:
    """Do one step of a history."""
    name, number = step
    chosen = sorted(files, key=str)[number % len(files)]
    if name == "add":
        after = max(month for _, month in files) + 1
        files |= {("aa", after): 0, ("bb", after): 0}
    elif name == "drop" and sum(force == chosen[0] for force, _ in files) > 1:
        del files[chosen]
    else:
        base = {"revise": 0, "drop": 0, "stray": 20, "repeat": 30, "column": 40}[name]
        files[chosen] = base + (files[chosen] + 1) % 10


@settings(max_examples=3, deadline=None, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(first=st.integers(11, 14), steps=STEPS)
def test_imported_step_by_step_is_imported_afresh(first: int, steps: list[tuple[str, int]]) -> None:
    folder = Path(mkdtemp())
    try:
        files: Files = {("aa", START + n): 0 for n in range(first)}
        files |= {("bb", START + n): 0 for n in range(2)}
        write(folder / "steps", files)
        import_body(open_body(folder / "steps"))
        for step in steps:
            take(files, step)
            write(folder / "steps", files)
            by_step = import_body(open_body(folder / "steps"))
        write(folder / "afresh", files)
        with patch.object(imported, "put_together", return_value=None):
            afresh = import_body(open_body(folder / "afresh"))  # all files read together
        assert by_step.snapshot and afresh.snapshot
        assert by_step.snapshot.digest == afresh.snapshot.digest
        assert told(by_step)[1:] == told(afresh)[1:]
    finally:
        shutil.rmtree(folder)


def test_a_month_that_is_added_reads_its_own_file_and_files_its_own_part(
    tmp_path: Path, monkeypatch: Any
) -> None:
    files: Files = {(f, START + n): 0 for f in ("aa", "bb") for n in range(15)}
    write(tmp_path, files)
    before = import_body(open_body(tmp_path)).snapshot
    files |= {("aa", START + 15): 0}
    write(tmp_path, files)
    read: list[Path] = []
    real = imported.read_source

    def noted(mapping: Any, body: Any, paths: list[Path], *rest: Any) -> Any:
        read.extend(paths)
        return real(mapping, body, paths, *rest)

    monkeypatch.setattr(imported, "read_source", noted)
    parts = {path: path.stat().st_mtime_ns for path in (tmp_path / "var" / "parts").iterdir()}
    after = import_body(open_body(tmp_path)).snapshot
    assert before and after
    assert [path.name for path in read] == [f"{START + 15}.csv"]
    assert len(set(after.parts) - set(before.parts)) == 1
    assert set(before.parts) <= set(after.parts)
    assert all(path.stat().st_mtime_ns == when for path, when in parts.items())


def test_a_reference_that_stands_in_a_file_read_before_is_seen(tmp_path: Path) -> None:
    """Files that were put together before are not held to one another again, only to the new."""
    files: Files = {("aa", START): 30, ("aa", START + 1): 0, ("bb", START): 0}
    write(tmp_path / "steps", files)
    assert not named(import_body(open_body(tmp_path / "steps")), "conflicting_key")
    files |= {("aa", START + 2): 30}
    for folder in ("steps", "afresh"):
        write(tmp_path / folder, files)
    by_step, afresh = (import_body(open_body(tmp_path / name)) for name in ("steps", "afresh"))
    assert named(by_step, "conflicting_key")
    assert by_step.snapshot and afresh.snapshot
    assert by_step.snapshot.digest == afresh.snapshot.digest


def test_a_file_changed_in_silence_is_read_again(tmp_path: Path) -> None:
    """Neither size nor time nor place of a file is trusted: its bytes are."""
    write(tmp_path, {("aa", START): 0, ("bb", START): 0})
    before = import_body(open_body(tmp_path)).snapshot
    path = tmp_path / "var" / "incoming" / "aa" / f"{START}.csv"
    was, stood = path.read_bytes(), path.stat()
    with path.open("r+b") as file:
        file.write(was.replace(b"-0,", b"-9,"))
    os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    now = path.stat()
    assert (now.st_size, now.st_mtime_ns, now.st_ino) == (
        stood.st_size, stood.st_mtime_ns, stood.st_ino
    )  # fmt: skip
    after = import_body(open_body(tmp_path)).snapshot
    assert before and after and before.digest != after.digest


def named(done: Import, name: str) -> bool:
    return any(found.name == name for found in done.findings)
