"""What all tests share: no network, the reference data if it is there."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.severnshire import Demo, TwoSites

ROOT = Path(__file__).resolve().parents[1]
MADE_ONCE = {
    "spark": "spark",
    "demo": "demonstration",
    "without": "demonstration",
    "counted": "counted again",
}
"""Fixtures that are dear, with the group whose tests share one worker."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any address but loopback fails the test: everything works without the network."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError("a test reached for the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of real data and reference results."""
    folder = Path(os.environ.get("REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder}")
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> "Demo":
    """The demonstration's body, built once: extracts, import, results and verdicts."""
    from tests.severnshire import build

    return build(tmp_path_factory.mktemp("demo") / "severnshire")


@pytest.fixture(scope="session")
def two_sites(demo: "Demo", tmp_path_factory: pytest.TempPathFactory) -> "TwoSites":
    """The demonstration's force and office: a bundle made at the one, received at the other."""
    from tests.severnshire import two_sites

    return two_sites(tmp_path_factory.mktemp("sites"), demo)


@pytest.fixture(scope="session")
def demo_site(two_sites: "TwoSites") -> Path:
    """The demonstration's public site, as the office builds it. Whoever alters it works on a
    copy."""
    from answerable.cli.publish import publish_body

    return publish_body(two_sites.office, two_sites.office.var / "preview")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkSession]":
    """One small session of Spark for all tests that count with it, on one worker."""
    from tests.both_engines import started

    with started(tmp_path_factory.mktemp("spark")) as session:
        yield session


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests run on one worker, and so do all that need the demonstration, Spark or the
    rows that are counted again: each takes seconds to make, and is made once."""
    for item in items:
        needs = getattr(item, "fixturenames", ())
        groups = (group for fixture, group in MADE_ONCE.items() if fixture in needs)
        item.add_marker(pytest.mark.xdist_group(next(groups, item.path.name)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Where NO_SKIPS is set, a skipped test has failed unless it is marked `peer`."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS") and not item.get_closest_marker("peer"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report
