"""The register of claims: `BODY/claims/*.toml`, read and held to the body and its measures."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..body import Body, InputMistake, Period, Problem, Schema, from_values
from ..measures import Definition, load_definitions, unit_of
from ..records.contract import contracts
from ..records.expressions import near
from .claim import COMPARES, Claim, Reading
from .direction import better_of, claimed_move, margin_of, target_of
from .stating import stated_value
from .windows import ON_ONE_FIGURE

FOLDER = "claims"
_NEED_A_SPLIT = {"reached": "step", "step_rate": "step"}


class ClaimsFile(Schema):
    """What stands in a file of the register: one or several `[[claim]]`."""

    claim: tuple[Claim, ...]


def load_claims(
    body: Body, definitions: Mapping[str, Definition] | None = None
) -> tuple[Claim, ...]:
    """The claims of a body, in the order of the names of their files and of each file.

    Raises InputMistake with every problem of every file: unknown keys, keys used twice, and
    readings of a measure, statistic, area or split that does not exist.
    """
    if definitions is None:
        definitions = load_definitions(body)
    return _load(body, lambda claim, where: _problems(claim, where, definitions, body))


def read_claims(body: Body) -> tuple[Claim, ...]:
    """As `load_claims`, of claims whose readings may name what this body has no definition of
    yet, because a force's first bundle will bring it.
    """
    return _load(body, lambda claim, where: [])


def _load(body: Body, problems_of: Callable[[Claim, str], Iterable[Problem]]) -> tuple[Claim, ...]:
    problems: list[Problem] = []
    found: dict[str, str] = {}
    claims: list[Claim] = []
    for path in sorted((body.folder / FOLDER).glob("*.toml")):
        where = f"{FOLDER}/{path.name}"
        try:
            several = _read(path, where)
        except InputMistake as mistake:
            problems += mistake.problems
            continue
        for claim in several:
            if claim.key in found:
                problems.append(_twice(claim.key, where, found[claim.key]))
                continue
            found[claim.key] = where
            problems += problems_of(claim, where)
            claims.append(claim)
    if problems:
        raise InputMistake(problems)
    return tuple(claims)


def _read(path: Path, where: str) -> tuple[Claim, ...]:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputMistake(
            Problem(where, f"not readable as TOML: {error}", next_step="Correct that line.")
        ) from None
    if "claim" not in values and "key" in values:  # one claim, without [[claim]]
        values = {"claim": [values]}
    return from_values(values, ClaimsFile, where).claim


def _twice(key: str, where: str, first: str) -> Problem:
    return Problem(
        where,
        f"the key '{key}' stands in {first} too" if first != where else f"'{key}' is there twice",
        "each key once",
        "Give one of the two claims another key.",
        "key",
    )


def _problems(
    claim: Claim, where: str, definitions: Mapping[str, Definition], body: Body
) -> Iterator[Problem]:
    for measure in claim.see:
        if measure not in definitions:
            yield _no_measure(measure, where, f"{claim.key}, see", definitions)
    for number, reading in enumerate(claim.reading, start=1):
        place = f"{claim.key}, reading {number}"
        definition = definitions.get(reading.measure)
        if definition is None:
            yield _no_measure(reading.measure, where, f"{place}, measure", definitions)
            continue
        yield from _named(reading, definition, body, where, place)
        if reading.statistic in definition.statistics:
            yield from _sayable(reading, definition, where, place)


def _no_measure(
    measure: str, where: str, key: str, definitions: Mapping[str, Definition]
) -> Problem:
    return Problem(
        where,
        f"there is no measure '{measure}'",
        ", ".join(near(measure, definitions) or sorted(definitions)),
        "Name a measure that is defined, or define it in measures/.",
        key,
    )


def _named(
    reading: Reading, definition: Definition, body: Body, where: str, place: str
) -> Iterator[Problem]:
    """Problems of the names that a reading uses: statistic, area, split."""
    if reading.statistic not in definition.statistics:
        yield Problem(
            where,
            f"the measure '{definition.key}' has no statistic '{reading.statistic}'",
            ", ".join(definition.statistics),
            "Name one that it has.",
            f"{place}, statistic",
        )
    areas = body.places
    if reading.area not in areas:
        yield Problem(
            where,
            f"there is no area '{reading.area}'",
            ", ".join(areas),
            "Name an area of body.toml.",
            f"{place}, area",
        )
    yield from _split(reading, definition, where, f"{place}, split")


def _split(reading: Reading, definition: Definition, where: str, key: str) -> Iterator[Problem]:
    columns = splits_of(definition, reading.statistic)
    needed = _NEED_A_SPLIT.get(reading.statistic) or (
        definition.mix if reading.statistic == "mix" else ""
    )
    if not reading.split:
        if needed:
            yield Problem(
                where,
                f"'{reading.statistic}' is known only by {needed}",
                _codes(needed, columns.get(needed, ())),
                "Say which.",
                key,
            )
        return
    column, sign, value = reading.split.partition("=")
    if not sign or column not in columns:
        yield Problem(
            where,
            f"'{reading.split}' is not a split of '{definition.key}'",
            ", ".join(f"{name}=…" for name in columns) or "no split",
            "Name a split that the measure has, or leave it out.",
            key,
        )
    elif columns[column] and value not in columns[column]:
        yield Problem(
            where,
            f"'{value}' is not a value of {column}",
            _codes(column, columns[column]),
            "Name one of them.",
            key,
        )


def _codes(column: str, codes: tuple[str, ...]) -> str:
    return ", ".join(f"{column}={code}" for code in codes) if codes else f"{column}=…"


def splits_of(definition: Definition, statistic: str) -> dict[str, tuple[str, ...]]:
    """The columns by which a statistic is shown apart, each with its codes where they are
    listed; empty where any value may stand."""
    if statistic in ("reached", "step_rate"):
        return {"step": tuple(step.key for step in definition.steps)}
    if statistic == "lost":
        return {"reason": tuple(definition.reasons)} | _by_column(definition)
    if statistic == "mix":
        return _by_column(definition, (definition.mix,))
    return _by_column(definition)


def _by_column(
    definition: Definition, names: tuple[str, ...] | None = None
) -> dict[str, tuple[str, ...]]:
    if definition.as_given:
        return {}
    tables = [side.table for side in (definition.numerator, definition.denominator) if side]
    contract = contracts()[(tables or [definition.table])[0]]
    fields = {field.name: field for field in contract.fields}
    return {
        name: fields[name].enum if name in fields else ()
        for name in (definition.splits if names is None else names)
    }


def _sayable(reading: Reading, definition: Definition, where: str, place: str) -> Iterator[Problem]:
    """Problems of what is said: its direction, what it needs, quantities in another unit."""
    yield from _needs(reading, where, place)
    if reading.says in COMPARES:
        try:
            claimed_move(reading.says, better_of(definition, reading.statistic))
        except ValueError:
            yield Problem(
                where,
                f"'{reading.says}' is said of '{definition.key}', {reading.statistic}, which has"
                " no direction of good",
                "rose, fell, unchanged",
                "Say which way it went.",
                f"{place}, says",
            )
    yield from _quantities(reading, definition, where, place)


def _needs(reading: Reading, where: str, place: str) -> Iterator[Problem]:
    needed = {"in_place": "on", "value": "period", "outlier": "period"}
    needed |= dict.fromkeys(ON_ONE_FIGURE, "period")
    key = needed.get(reading.says)
    if key and not getattr(reading, key):
        allowed = "a day, as 2023-05-31" if key == "on" else "a period, as 2022-12..2023-11"
        yield Problem(
            where, f"'{reading.says}' needs '{key}'", allowed, "Add the key.", f"{place}, {key}"
        )


def _quantities(
    reading: Reading, definition: Definition, where: str, place: str
) -> Iterator[Problem]:
    unit = unit_of(definition, reading.statistic)
    readers: dict[str, Callable[[], object]] = {"margin": lambda: margin_of(reading, definition)}
    stated = reading.value
    if reading.says == "value" and stated is not None:
        readers["value"] = lambda: stated_value(stated, unit)
    elif reading.says in ON_ONE_FIGURE and reading.period:
        period = Period.parse(reading.period)
        readers["value"] = lambda: target_of(reading, definition, period)
    for key, read in readers.items():
        try:
            read()
        except ValueError as error:
            yield Problem(where, str(error), "", "Correct the quantity.", f"{place}, {key}")
