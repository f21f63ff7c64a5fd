"""What was published before: the cells of every numbered release, and of every bundle sent.

A release that counts leaves its cells behind (`seal`). What is put forward later is protected
against all of them (`protection(…, earlier=…)`). Previews do not count, for nobody outside saw
them.
"""

import re
from dataclasses import replace
from pathlib import Path

from ..body import Appetite, Body, InputMistake, Problem
from .cells import FILE, Earlier, read_cells, write_cells
from .ground import Ground, ground_of
from .protect import Protection
from .small import FOR_ITSELF

RELEASES = "releases"
"""Under `var/`: a folder for each numbered release, with its site and its cells."""
NUMBER = re.compile(r"\d{4,}")
_FLAT = Ground()


def releases(body: Body) -> tuple[Earlier, ...]:
    """Every numbered release of a body's site, in order.

    Raises InputMistake for a release without its cells, and for cells that cannot be read: what
    was published is then not known, and nothing more can be published safely.
    """
    folder = body.var / RELEASES
    if not folder.is_dir():
        return ()
    return tuple(
        _read(each / FILE, f"release {int(each.name)}")
        for each in sorted(folder.iterdir(), key=lambda path: (len(path.name), path.name))
        if NUMBER.fullmatch(each.name)
    )


def bundles(body: Body, force: str) -> tuple[Earlier, ...]:
    """Every bundle that a force has written, in order. Raises InputMistake as `releases` does."""
    folder = body.var / "bundles"
    found = {}
    for path in folder.glob(f"{force}-*.zip") if folder.is_dir() else ():
        if number := re.fullmatch(rf"{force}-(\d+)-[0-9a-f]+", path.stem):
            found[path] = int(number[1])
    return tuple(
        _read(cells_beside(path), f"bundle {found[path]}")
        for path in sorted(found, key=lambda path: (found[path], path.name))
    )


def cells_beside(bundle: Path) -> Path:
    """Where the cells of a bundle lie: beside it, never in it."""
    return bundle.with_name(f"{bundle.stem}.{FILE}")


def _read(path: Path, name: str) -> Earlier:
    if not path.is_file():
        raise InputMistake(
            Problem(
                str(path),
                f"{name} is there without its private table of cells, so nobody can tell what it"
                " gave away",
                next_step="Put the file back from a copy. If this never left the house, remove it"
                " altogether.",
            )
        )
    return read_cells(path)


def seal(path: Path, name: str, done: Protection, appetite: Appetite, body: Body) -> None:
    """Keep the cells of what is about to be published.

    path   `var/releases/NNNN/cells.parquet`, or `cells_beside` of a bundle
    name   of the release, for people: 'release 3'
    Call it before anything leaves: what left without its cells cannot be protected against.
    Raises OSError where the file cannot be written.
    """
    release = as_earlier(name, done, appetite, ground_of(body))
    write_cells(path, release, [why in FOR_ITSELF for why in done.reasons])


def as_earlier(
    name: str,
    done: Protection,
    appetite: Appetite,
    ground: Ground = _FLAT,
) -> Earlier:
    """A release as later ones will see it."""
    true = tuple(
        replace(true, excluded=shown.excluded) if true.excluded != shown.excluded else true
        for true, shown in zip(done.true, done.results, strict=True)
    )
    return Earlier(name, true, tuple(str(why or "") for why in done.reasons), appetite, ground)
