"""The private table of cells: all that later releases need, and nobody else may have."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.chain.body import Appetite, InputMistake
from answerable.chain.disclosure import (
    Ground,
    Why,
    as_earlier,
    bundles,
    cells_beside,
    ground_of,
    protection,
    read_cells,
    releases,
    seal,
)
from answerable.chain.disclosure.cells import write_cells
from tests import bundled

APPETITE = Appetite()


def done():  # type: ignore[no-untyped-def]
    counts = bundled.counts_of("repeat_victims", 1, mean=5)
    true = bundled.true_results("repeat_victims", counts)
    true[0] = replace(true[0], excluded=(("no date, it's unknown", 7),))
    return protection(true, {"repeat_victims": bundled.definition("repeat_victims")}, APPETITE)


def test_cells_come_back_as_they_were_sealed(tmp_path: Path) -> None:
    body, made = bundled.office(tmp_path / "office"), done()
    path = body.var / "releases" / "0001" / "cells.parquet"
    seal(path, "release 1", made, APPETITE, body)
    assert releases(body) == (as_earlier("release 1", made, APPETITE, ground_of(body)),)
    assert read_cells(path) == releases(body)[0]
    assert {Why(each) for each in releases(body)[0].reasons if each} >= {Why.SMALL_COUNT}
    assert not [each for each in path.parent.iterdir() if each != path]


def test_where_places_lay_and_what_they_were_drawn_from_comes_back(tmp_path: Path) -> None:
    ground = Ground({"a1": "east", "b": "west"}, {"a1": ["a", "b"]}, ("a1", "b"))
    release = as_earlier("release 1", done(), APPETITE, ground)
    write_cells(tmp_path / "cells.parquet", release, [False] * len(release.true))
    assert read_cells(tmp_path / "cells.parquet") == release


def test_a_withheld_figure_keeps_its_true_number_and_why(tmp_path: Path) -> None:
    import duckdb

    body, made = bundled.office(tmp_path), done()
    path = tmp_path / "cells.parquet"
    seal(path, "release 1", made, APPETITE, body)
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT n, reason, \"primary\" FROM read_parquet('{path}') WHERE reason <> ''"
        ).fetchall()
    assert rows and all(n is not None for n, _, _ in rows)
    assert {reason: first for _, reason, first in rows} == {
        str(why): why != Why.COMPLEMENTARY for why in made.reasons if why
    }


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told another way there")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    body = bundled.office(tmp_path)
    path = body.var / "releases" / "0001" / "cells.parquet"
    old = os.umask(0)
    try:
        seal(path, "release 1", done(), APPETITE, body)
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(InputMistake, match="others than its owner"):
        releases(body)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 not a table PAR1"])
def test_a_release_whose_cells_are_lost_stops_the_next(
    tmp_path: Path, content: bytes | None
) -> None:
    body = bundled.office(tmp_path)
    folder = body.var / "releases" / "0003"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "cells.parquet").write_bytes(content)
        (folder / "cells.parquet").chmod(0o600)
    with pytest.raises(InputMistake, match="nobody can tell what"):
        releases(body)


def test_releases_come_in_order_and_only_numbered_ones_count(tmp_path: Path) -> None:
    body, made = bundled.office(tmp_path), done()
    assert releases(body) == () == bundles(body, bundled.FORCE)
    for number in (2, 10000, 1):
        name = f"release {number}"
        seal(body.var / "releases" / f"{number:04}" / "cells.parquet", name, made, APPETITE, body)
    (body.var / "releases" / "draft").mkdir()
    assert [each.name for each in releases(body)] == ["release 1", "release 2", "release 10000"]


def test_the_cells_of_a_bundle_lie_beside_it(tmp_path: Path) -> None:
    body, made = bundled.office(tmp_path), done()
    folder = body.var / "bundles"
    folder.mkdir(parents=True)
    for number in (10, 9):
        path = folder / f"{bundled.FORCE}-{number:04}-{'ab' * 6}.zip"
        seal(cells_beside(path), f"bundle {number}", made, APPETITE, body)
        path.write_bytes(b"")
    (folder / f"other-0001-{'ab' * 6}.zip").write_bytes(b"")
    assert [each.name for each in bundles(body, bundled.FORCE)] == ["bundle 9", "bundle 10"]
