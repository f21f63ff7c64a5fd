"""All extracts of one force, made from one seed and written where they are to be imported."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..chain.body import Body, InputMistake, Month, Problem
from . import crimes, incidents, response, services, workforce
from .layouts import command, contact, justice, offices
from .truths import plants
from .world import SEVERNSHIRE, Table, World
from .writing import Extract, put

FORCE = "severnshire"
SEED = 1215
"""The seed of the demonstration."""
LAST = Month(2024, 6)
"""The last month of the records."""
MONTHS = 36
FEWEST, MOST = 24, 120
STAMP = ".synthetic.json"


@dataclass(frozen=True)
class Made:
    """What was written: the names of the files, and whether they had to be made."""

    folder: Path
    files: tuple[str, ...]
    fresh: bool


def severnshire(seed: int = SEED, months: int = MONTHS, without: Collection[str] = ()) -> World:
    """Severnshire Police over so many months to June 2024.

    without   keys of planted truths that are left out
    Raises InputMistake for a number of months that cannot be made, or an unknown key.
    """
    if not FEWEST <= months <= MOST:
        raise InputMistake(
            Problem(
                "--months",
                f"{months} months cannot be made",
                f"{FEWEST} to {MOST}",
                "The records end in June 2024 and change their layout in January 2023.",
            )
        )
    return World(seed, FORCE, LAST + (1 - months), months, plants(without))


def tables(world: World) -> dict[str, Table]:
    """What truly happened, by the tables of the records, before any system wrote it down."""
    called = incidents.incidents(world)
    recorded = crimes.crimes(world, called)
    return {
        "incidents": called,
        "crimes": recorded,
        "arrests": crimes.arrests(world, recorded),
        "cps_referrals": crimes.cps_referrals(world, recorded),
        "protective_orders": response.protective_orders(world),
        "risk_assessments": response.risk_assessments(world, called),
        "video_responses": response.video_responses(world, called),
        "survey_contacts": response.survey_contacts(world, recorded, called),
        "training": workforce.training(world),
        "posts": workforce.posts(world),
        "reviews": workforce.reviews(world, called),
        "service_returns": services.service_returns(world),
        "complaints": services.complaints(world),
    }


def extracts(world: World, made: dict[str, Table]) -> list[Extract]:
    """The files that the force's systems give out."""
    return [
        *command.extracts(world, made["incidents"]),
        *justice.extracts(world, made),
        *contact.extracts(world, made),
        *offices.extracts(world, made),
    ]


def synthesise(
    body: Body,
    seed: int = SEED,
    months: int = MONTHS,
    without: Collection[str] = (),
    progress: Callable[[str], None] = lambda step: None,
) -> Made:
    """Write the extracts of Severnshire Police into `var/incoming` of a body's folder.

    The same seed, months and plants give the same bytes. What lies there already, made in
    the same way by the same version, is left as it is. Raises InputMistake for a body that
    does not oversee Severnshire Police.
    """
    _must_be_ours(body)
    world, folder = severnshire(seed, months, without), body.var / "incoming"
    how = {"made_by": _version(), "seed": seed, "months": months, "without": sorted(without)}
    if (there := _there(folder, how)) is not None:
        return Made(folder, there, fresh=False)
    progress("Making up what happened")
    made = tables(world)
    progress("Writing it down as each system would")
    files = extracts(world, made)
    _clear(folder)
    for file in files:
        put(folder / file.name, file.data)
    sizes = {file.name: len(file.data) for file in files}
    put(folder / STAMP, json.dumps({**how, "files": sizes}, indent=1).encode())
    return Made(folder, tuple(sizes), fresh=True)


def _must_be_ours(body: Body) -> None:
    """Only the force that never was is made up; nobody's own extracts are written over."""
    ours = {place.code for place in SEVERNSHIRE}
    areas = {area.code for area in body.areas if area.force == FORCE}
    if areas != ours:
        raise InputMistake(
            Problem(
                str(body.folder / "body.toml"),
                "this body does not oversee Severnshire Police and its five areas",
                f"the force {FORCE} with the areas {', '.join(sorted(ours))}",
                "Name the demonstration body's folder, or ask for a new one with --out FOLDER.",
            )
        )


def _clear(folder: Path) -> None:
    """Take away what an earlier run made, and nothing else that stands there."""
    for name in _stamp(folder).get("files", ()):
        (folder / name).unlink(missing_ok=True)
    (folder / STAMP).unlink(missing_ok=True)


def _stamp(folder: Path) -> dict[str, Any]:
    """How the files in a folder were made; empty when nobody can tell."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and isinstance(stamp.get("files"), dict) else {}


def _there(folder: Path, how: dict[str, object]) -> tuple[str, ...] | None:
    """The files of an earlier run made in the same way, if all still stand there."""
    stamp = _stamp(folder)
    sizes = stamp.pop("files", {})
    paths = {folder / name: size for name, size in sizes.items()}
    whole = all(path.is_file() and path.stat().st_size == size for path, size in paths.items())
    return tuple(sizes) if stamp == how and whole else None


def _version() -> str:
    """The digest of everything that decides what is made."""
    here = Path(__file__).parent
    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.toml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
