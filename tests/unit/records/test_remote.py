"""Parts at an address: the same figures from anywhere, or a refusal, and never half a part."""

import errno
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import known_implementations

from answerable.chain.body import BodyFile, InputMistake, open_body
from answerable.chain.measures import compute
from answerable.chain.records import Import, Snapshot, current_snapshot, import_body
from answerable.site.open_data import open_data
from answerable.site.public import Public
from tests.bodies import incidents, make_body, write_csv
from tests.site_release import made_up
from tests.spec.measuring import define

NO_TIMES = {"dispatched": "", "arrived": "", "closed": ""}
MARCH, MAY, JUNE, JULY = (
    {"received": f"01/0{month}/2023 10:00"} | NO_TIMES for month in (3, 5, 6, 7)
)
COUNTED = define(
    kind="count", table="incidents", include="true", at="received_on", statistics=("count",)
)
SECRET = "hunter2"  # noqa: S105  # nobody's
NUMBERS = count()


@pytest.fixture(params=["memory", "file"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where addresses begin: in memory, which has no move of its own, and on a share."""
    if request.param == "file":
        yield f"file://{tmp_path.as_posix()}/share"
        return
    yield f"memory://{tmp_path.name}-{next(NUMBERS)}"
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A body that keeps its own parts, with two months imported."""
    folder = make_body(tmp_path_factory.mktemp("local") / "body")
    imported(folder, MARCH, MAY)
    return folder


@pytest.fixture(scope="module")
def counted_locally(local: Path) -> bytes:
    return figures(local)


@pytest.fixture
def folder(tmp_path: Path, root: str, local: Path) -> Path:
    """The same body, its parts at an address."""
    (tmp_path / "share").mkdir()
    folder = at(f"{root}/parts", shutil.copytree(local, tmp_path / "body"))
    import_body(open_body(folder))
    return folder


def at(address: str, folder: Path) -> Path:
    """A body's folder, with the address named in it."""
    file = folder / "body.toml"
    text = f'parts = "{address}"\n' + file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    return folder


def imported(folder: Path, *each: dict[str, str]) -> Import:
    write_csv(folder / "var" / "incoming" / "incidents.csv", incidents(*each))
    return import_body(open_body(folder))


def figures(folder: Path) -> bytes:
    """The bytes of the results, counted anew."""
    body = open_body(folder)
    shutil.rmtree(body.var / "results", ignore_errors=True)
    (body.var / "forces.json").unlink(missing_ok=True)
    return compute(body, {COUNTED.key: COUNTED}, current_snapshot(body)).path.read_bytes()


def rows(folder: Path) -> list[tuple[Any, ...]]:
    """The records, read as whoever counts them reads them."""
    files = current_snapshot(open_body(folder)).files("incidents")
    with duckdb.connect() as connection:
        return connection.execute("FROM read_parquet(?) ORDER BY ALL", [files]).fetchall()


def empty_the_cache(folder: Path) -> None:
    shutil.rmtree(folder / "var" / "parts")


def lying(address: str) -> dict[str, bytes]:
    system, path = fsspec.url_to_fs(address)
    return {Path(name).name: system.cat_file(name) for name in system.ls(path, detail=False)}


def names(snapshot: Snapshot | None) -> set[str]:
    assert snapshot
    return {f"{part.digest}.parquet" for part in snapshot.parts}


def sound(files: dict[str, bytes]) -> bool:
    return all(hashlib.sha256(held).hexdigest() == name[:64] for name, held in files.items())


def refused(work: Callable[[], object]) -> str:
    """The one problem that was told."""
    with pytest.raises(InputMistake) as caught:
        work()
    (problem,) = caught.value.problems
    assert (problem.where, problem.key) == ("body.toml", "parts")
    assert SECRET not in str(problem)
    return str(problem)


class Writes:
    """What is written by way of fsspec, counted, and broken off in the middle from one on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.count, self.fails_from, self.lock = 0, sys.maxsize, Lock()
        for system, name in (
            (MemoryFileSystem, "put_file"), (LocalFileSystem, "put_file"), (LocalFileSystem, "mv"),
        ):  # fmt: skip
            monkeypatch.setattr(system, name, self.counted(getattr(system, name), name))

    def counted(self, work: Callable[..., None], name: str) -> Callable[..., None]:
        def counted(system: Any, here: str, there: str, **options: Any) -> None:
            with self.lock:
                self.count += 1
                broken = self.count >= self.fails_from
            if broken and name == "put_file":
                system.pipe_file(there, Path(here).read_bytes()[:100])
            if broken:
                raise OSError(errno.ENOSPC, f"no room for {SECRET}")
            work(system, here, there, **options)

        return counted


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> Writes:
    return Writes(monkeypatch)


# --- the same as here


def test_from_an_emptied_cache_the_figures_are_those_of_a_body_that_keeps_its_parts(
    folder: Path, root: str, local: Path, counted_locally: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = current_snapshot(open_body(folder))
    assert snapshot.digest == current_snapshot(open_body(local)).digest
    assert set(lying(f"{root}/parts")) == names(snapshot)
    empty_the_cache(folder)
    assert figures(folder) == counted_locally
    # From here on fsspec is not there: neither a full cache nor a local body asks for it.
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert rows(folder) == rows(local)
    assert import_body(open_body(local)).snapshot == current_snapshot(open_body(local))


def test_a_new_month_puts_its_own_part_and_no_other(
    folder: Path, root: str, writes: Writes
) -> None:
    before = names(current_snapshot(open_body(folder)))
    each = 2 if root.startswith("file") else 1
    done = imported(folder, MARCH, MAY, JUNE)
    assert writes.count == each * len(names(done.snapshot) - before) == each
    import_body(open_body(folder))
    empty_the_cache(folder)
    import_body(open_body(folder))
    assert writes.count == each


def test_what_is_not_as_long_there_is_put_again(folder: Path, root: str) -> None:
    system, path = fsspec.url_to_fs(f"{root}/parts")
    name = min(lying(f"{root}/parts"))
    system.pipe_file(f"{path}/{name}", b"half")
    import_body(open_body(folder))
    assert sound(lying(f"{root}/parts"))


# --- what fails


def test_when_any_write_fails_the_last_records_stand_and_the_next_import_ends_well(
    folder: Path, root: str, writes: Writes, local: Path
) -> None:
    first = current_snapshot(open_body(folder))
    system, path = fsspec.url_to_fs(f"{root}/parts")
    for moment in range(1, 5 if root.startswith("file") else 3):
        for name in set(lying(f"{root}/parts")) - names(first):
            system.rm_file(f"{path}/{name}")
        writes.count, writes.fails_from = 0, moment
        told = refused(lambda: imported(folder, MARCH, JUNE, JULY))
        assert "could not be put at this address (No space left on device)" in told
        assert "the last import still stands" in told
        assert current_snapshot(open_body(folder)) == first
        assert len(list((folder / "var" / "snapshots").iterdir())) == 1
        if root.startswith("file"):
            assert sound(lying(f"{root}/parts")), "a part gets its name when it is whole"
        empty_the_cache(folder)
        assert rows(folder) == rows(local)
    writes.fails_from = sys.maxsize
    done = import_body(open_body(folder)).snapshot
    assert done and names(done) - names(first)
    assert names(done) <= set(lying(f"{root}/parts"))
    assert sound(lying(f"{root}/parts")), "nothing half written is left"
    assert done == current_snapshot(open_body(folder))


def test_what_says_that_it_wrote_and_did_not_is_found_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current_snapshot(open_body(folder))
    monkeypatch.setattr(MemoryFileSystem, "put_file", lambda *_: None)
    monkeypatch.setattr(LocalFileSystem, "put_file", lambda *_: None)
    monkeypatch.setattr(LocalFileSystem, "mv", lambda *_: None)
    assert "not there whole" in refused(lambda: imported(folder, MARCH, JUNE))
    assert current_snapshot(open_body(folder)) == first


@pytest.mark.parametrize(
    "alter",
    [lambda held: held[:-1] + b"?", lambda held: held[:-9], lambda held: b""],
    ids=["as long", "shorter", "empty"],
)
def test_a_part_that_was_altered_there_is_refused_and_not_kept(
    folder: Path, root: str, alter: Callable[[bytes], bytes]
) -> None:
    counted = rows(folder)
    system, path = fsspec.url_to_fs(f"{root}/parts")
    name, held = min(lying(f"{root}/parts").items())
    system.pipe_file(f"{path}/{name}", alter(held))
    empty_the_cache(folder)
    told = refused(lambda: rows(folder))
    assert f"the part {name[:12]}… at this address does not hold what it is named by" in told
    assert not (folder / "var" / "parts" / name).exists()
    assert not list((folder / "var").rglob("*.tmp"))
    system.rm_file(f"{path}/{name}")
    assert "is not at this address" in refused(lambda: rows(folder))
    import_body(open_body(folder))
    empty_the_cache(folder)
    assert rows(folder) == counted


def test_a_part_that_was_altered_in_the_cache_is_fetched_again_and_never_put(
    folder: Path, root: str
) -> None:
    counted = rows(folder)
    name, held = min(lying(f"{root}/parts").items())
    cached = folder / "var" / "parts" / name
    cached.write_bytes(held[:-1] + b"?")
    assert rows(folder) == counted
    assert cached.read_bytes() == held
    cached.write_bytes(held + b"?")
    assert "was altered" in refused(lambda: import_body(open_body(folder)))
    assert sound(lying(f"{root}/parts"))
    import_body(open_body(folder))


@pytest.mark.parametrize(
    ("error", "says"),
    [(RuntimeError, "RuntimeError"), (PermissionError, "it may not be touched")],
    ids=["any", "permission"],
)
def test_half_a_fetch_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], says: str
) -> None:
    def get(system: Any, there: str, here: str, **_: Any) -> None:
        Path(here).write_bytes(system.cat_file(there)[:100])
        raise error(f"signed with {SECRET}")

    monkeypatch.setattr(MemoryFileSystem, "get_file", get)
    monkeypatch.setattr(LocalFileSystem, "get_file", get)
    empty_the_cache(folder)
    told = refused(lambda: rows(folder))
    assert f"could not be fetched from this address ({says})" in told
    assert list((folder / "var" / "parts").iterdir()) == []


# --- what is missing, and what may not stand in body.toml


def test_without_fsspec_one_sentence_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    first = current_snapshot(open_body(folder))
    assert "pip install 'answerable[remote]'" in refused(lambda: import_body(open_body(folder)))
    assert current_snapshot(open_body(folder)) == first


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nosuch://parts", "fsspec does not know the protocol nosuch://"),
        ("absent://parts", "Install absent_fs to reach it; or take"),
        (
            "file://{tmp}/share/parts",
            "could not be put at this address (No such file or directory)",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_told(
    tmp_path: Path, local: Path, monkeypatch: pytest.MonkeyPatch, address: str, says: str
) -> None:
    absent = {"class": "absent_fs.System", "err": "Install absent_fs to reach it"}
    monkeypatch.setitem(known_implementations, "absent", absent)
    folder = shutil.copytree(local, tmp_path / "body")
    at(address.format(tmp=tmp_path.as_posix()), folder)
    assert says in refused(lambda: import_body(open_body(folder)))
    assert not (tmp_path / "share").exists(), "a share that is not mounted is not made here"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"s3://who:{SECRET}@bucket/parts", "no user name, password or token"),
        (f"sftp://{SECRET}@host/parts", "no user name, password or token"),
        (f"https://host/parts?sig={SECRET}", "no user name, password or token"),
        (f"abfs://box/parts#{SECRET}", "no user name, password or token"),
        (f"memory://parts/token={SECRET}", "no user name, password or token"),
        (f"http://host/{SECRET}", "unencrypted"),
        (f"file://{SECRET}/parts", "begins with /"),
        (f"simplecache::s3://{SECRET}", "not an address"),
        (f"memory://{SECRET} parts", "not an address"),
        (f"/mnt/{SECRET}", "not an address"),
    ],
)
def test_an_address_that_lets_anybody_in_is_refused_and_never_quoted(
    tmp_path: Path, address: str, says: str
) -> None:
    folder = at(address, make_body(tmp_path / "body"))
    assert says in refused(lambda: open_body(folder))


def test_an_address_is_in_nothing_that_is_written_out() -> None:
    release = made_up(("video_response",))
    said = release.body.model_dump() | {"parts": "s3://where/it/lies"}
    body = BodyFile.model_validate(said)
    assert body.parts == "s3://where/it/lies"
    files = open_data(Public(made_up(("video_response",), body=body)))
    assert b'"forces"' in files["data/body.json"]
    assert not [name for name, held in files.items() if b"where/it/lies" in held]
    assert "where/it" not in repr(body) + body.model_dump_json()
