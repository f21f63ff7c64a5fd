"""The demonstration's body with its records, in a temporary folder, for what is timed on it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerable.chain.body import Body, open_body
from answerable.chain.records import Snapshot, import_body
from answerable.synthetic import synthesise

DEMO = Path(__file__).resolve().parents[1] / "demo"


@contextmanager
def demonstration() -> Iterator[tuple[Body, Snapshot]]:
    """The force's mappings and the office's claims in one body, made up and imported."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "body"
        for site in ("severnshire_police", "severnshire"):
            shutil.copytree(
                DEMO / site, copied, ignore=shutil.ignore_patterns("var"), dirs_exist_ok=True
            )
        body = open_body(copied)
        synthesise(body)
        snapshot = import_body(body).snapshot
        assert snapshot is not None
        yield body, snapshot
