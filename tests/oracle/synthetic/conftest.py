"""The force that never was with everything planted, with nothing planted, and as files."""

import shutil
from pathlib import Path

import pytest

from answerable.chain.body import open_body
from answerable.synthetic import World, planted_truths, severnshire, synthesise, tables
from answerable.synthetic.world import Table

ROOT = Path(__file__).resolve().parents[3]
Happened = tuple[World, dict[str, Table]]


@pytest.fixture(scope="session")
def planted() -> Happened:
    world = severnshire()
    return world, tables(world)


@pytest.fixture(scope="session")
def unplanted() -> Happened:
    world = severnshire(without={truth.key for truth in planted_truths()})
    return world, tables(world)


@pytest.fixture(scope="session")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("severnshire")
    shutil.copyfile(ROOT / "demo" / "severnshire" / "body.toml", folder / "body.toml")
    return synthesise(open_body(folder)).folder
