"""A national set: the incidents of many forces over many years, without holding them in
memory. One force that stands apart and one that improved are planted (`national.toml`).

Forces differ in size as forces do. One force is made at a time and written year by year,
in the columns of the contract, so that a set of fifteen million rows takes minutes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..chain.body import InputMistake, Month, Problem
from .chance import stream
from .folder import new_folder
from .force import LAST, SEED
from .incidents import CHANNELS, METHODS, incidents
from .truths import NationalTruth, Plants, national_truths
from .world import RISKS, STRANDS, Place, Table, World, rows, take
from .writing import put

MOST_FORCES, MOST_YEARS = 99, 20
AREAS = 5
REPORTS = 2147
"""Domestic abuse incidents a month in a force of mean size: 43 forces make fifteen million
incidents of all strands in ten years."""
LEAST_PLANTED = 3
"""With fewer forces none can stand apart, and nothing is planted."""
TIMES = ("received_at", "first_dispatched_at", "first_contact_at", "first_arrived_at", "closed_at")


@dataclass(frozen=True)
class National:
    """What was written: the body's folder, the number of files and of incidents."""

    folder: Path
    files: int
    incidents: int


def synthesise_national(
    out: Path,
    forces: int = 43,
    years: int = 10,
    seed: int = SEED,
    reports: float = REPORTS,
    progress: Callable[[str], None] = lambda step: None,
) -> National:
    """Make a body's folder with so many forces, ready to be imported.

    reports   domestic abuse incidents a month in a force of mean size
    Raises InputMistake for a folder that is not empty or a number that cannot be made.
    """
    _check(forces, years)
    new_folder(out)
    worlds = list(_worlds(forces, years, seed, reports))
    put(out / "body.toml", _body(worlds).encode())
    files = count = 0
    for number, world in enumerate(worlds, 1):
        put(out / "extracts" / f"{world.force}.toml", _mapping(world).encode())
        for made in _write(out / "var" / "incoming", world, years):
            files, count = files + 1, count + made
        progress(f"{number} of {forces} forces, {count:,} incidents")
    return National(out, files, count)


def _check(forces: int, years: int) -> None:
    problems = [
        Problem(option, f"{given} cannot be made", f"1 to {most}", "Choose another number.")
        for option, given, most in (
            ("--forces", forces, MOST_FORCES),
            ("--years", years, MOST_YEARS),
        )
        if not 1 <= given <= most
    ]
    if problems:
        raise InputMistake(problems)


def planted_forces(forces: int) -> dict[str, NationalTruth]:
    """What is planted, by the key of its force; nothing in a set of fewer than three."""
    if forces < LEAST_PLANTED:
        return {}
    return {_key(truth.force): truth for truth in national_truths()}


def _key(number: int) -> str:
    return f"force_{number:02d}"


def _worlds(forces: int, years: int, seed: int, reports: float) -> Iterator[World]:
    """The forces: sizes and areas of their own, the sizes adding up whatever the seed."""
    rng = stream(seed, "forces")
    size = np.exp(0.55 * np.clip(rng.standard_normal(forces), -2, 2))
    size *= forces / size.sum()
    planted = planted_forces(forces)
    for number in range(forces):
        force = _key(number + 1)
        share = rng.dirichlet(np.full(AREAS, 4.0)) * 0.9 + 0.1 / AREAS
        pace = np.exp(0.25 * rng.standard_normal(AREAS)) * _pace(planted.get(force))
        places = tuple(
            Place(f"{force}_{i + 1}", float(share[i]), float(pace[i])) for i in range(AREAS)
        )
        first = LAST + (1 - 12 * years)
        plants = _plants(planted.get(force))
        yield World(seed, force, first, 12 * years, plants, places, reports * float(size[number]))


def _pace(truth: NationalTruth | None) -> float:
    """How many times as long everything takes in a force."""
    return float(truth.plant.get("pace", 1.0)) if truth else 1.0


def _plants(truth: NationalTruth | None) -> Plants:
    """What a force's own months hold."""
    return {truth.key: truth.plant} if truth and "from" in truth.plant else {}


def _write(folder: Path, world: World, years: int) -> Iterator[int]:
    """One file for each year of a force; how many incidents each holds."""
    folder.mkdir(parents=True, exist_ok=True)
    table = incidents(world)
    for year in range(years):
        first, after = world.edges[12 * year], world.edges[12 * (year + 1)]
        part = take(table, (table["day"] >= first) & (table["day"] < after))
        _parquet(world, part, folder / f"{world.force}_{first!s:.7}.parquet")
        yield rows(part)


def _parquet(world: World, table: Table, path: Path) -> None:
    """Write incidents in the columns of the contract. Kinds stay numbers until DuckDB names
    them, which is several times quicker than carrying texts over."""
    import duckdb

    day = table.pop("day").astype("datetime64[s]")
    columns = ", ".join(f"{sql} as {name}" for name, sql in _columns(world).items())
    with duckdb.connect(config={"threads": 1}) as database:
        database.register("incidents", {**table, "day": day})
        # Only names of our own columns and a path stand in this text, never a value.
        copy = f"copy (select {columns} from incidents) to {_literal(str(path))}"  # noqa: S608  # our own columns and path
        database.execute(f"{copy} (format parquet, compression zstd)")


def _columns(world: World) -> dict[str, str]:
    """The contract's columns, and what fills each."""
    return {
        "incident_id": "strftime(day, '%Y%m%d') || '-' || lpad(number::varchar, 4, '0')",
        "area": _named("area", [place.code for place in world.places]),
        "strand": _named("strand", STRANDS),
        "first_grade": "first_grade",
        "last_grade": "last_grade",
        "channel": _named("channel", CHANNELS),
        "risk_level": _named("risk", RISKS),
        "repeat_caller": "repeat_caller = 1",
        "response_method": _named("method", METHODS),
        "duplicate": "duplicate = 1",
        "crime_recorded": "crime_recorded = 1",
        "victim_key": "'P' || victim",
        **{name: name for name in TIMES},
    }


def _named(column: str, names: tuple[str, ...] | list[str]) -> str:
    """The expression that gives a number of a kind its name; out of range is empty."""
    return f"[{', '.join(map(_literal, names))}][{column}::integer + 1]"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _body(worlds: list[World]) -> str:
    lines = [
        'key = "nation"',
        'name = "A nation that never was"',
        'zone = "Europe/London"',
        "demonstration = true",
    ]
    for world in worlds:
        lines += ["", "[[forces]]", f'key = "{world.force}"', f'name = "{_title(world.force)}"']
    for world in worlds:
        for number, place in enumerate(world.places, 1):
            lines += ["", "[[areas]]", f'code = "{place.code}"']
            lines += [f'name = "{_title(world.force)}, area {number}"', f'force = "{world.force}"']
    return "\n".join([*lines, ""])


def _title(force: str) -> str:
    return f"Force {force.removeprefix('force_')}"


def _mapping(world: World) -> str:
    last: Month = world.first + (world.months - 1)
    lines = [
        "# Incidents of one force, in the contract's own columns and codes.",
        'table = "incidents"',
        f'force = "{world.force}"',
        f'file = "var/incoming/{world.force}_*.parquet"',
        'format = "parquet"',
        f'covers = "{world.first}..{last}"',
        "",
        "[columns]",
        *(
            f'{name} = {{ sql = "{name}", clock = "utc" }}'
            if name in TIMES
            else f'{name} = "{name}"'
            for name in _columns(world)
        ),
    ]
    return "\n".join([*lines, ""])
