"""A body: who oversees which forces and areas, and how it keeps its records.

A body is not "a commissioner": offices end, bodies merge. Nothing here names a kind
of office.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from .address import checked_address
from .appetite import Appetite
from .problems import InputMistake, Problem
from .toml import Schema, read_toml

WHOLE = "all"
"""The code of the whole: every record, placed in an area or not."""


class Area(Schema):
    """A local policing area. `population` is used for rates; `rural` for targets that differ.

    `drawn_from` names the areas, as they were called before boundaries changed, that its ground
    was taken from: what was published of those and of this one can be set against each other. Empty
    says that no earlier area covered it; left out says nothing.
    """

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    name: str
    force: str
    population: int | None = Field(default=None, gt=0)
    rural: bool = False
    drawn_from: tuple[str, ...] | None = None


class CountsOtherwise(Schema):
    """A measure that a force counts otherwise than the definition says, and how."""

    measure: str
    how: str = Field(min_length=1)


class Force(Schema):
    """A police force that the body oversees.

    `public_key` is the one with which it signs its results bundles. What it counts otherwise is
    not set beside other forces, however its own months are judged.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    name: str
    public_key: str = Field(default="", pattern=r"^([A-Za-z0-9+/]{43}=)?$")
    counts_otherwise: tuple[CountsOtherwise, ...] = ()

    def otherwise(self, measure: str) -> str:
        """How it counts a measure otherwise; empty where nothing is said of that."""
        return next((each.how for each in self.counts_otherwise if each.measure == measure), "")


class Office(Schema):
    """An office of the body, or a post that answers to it. Names are data."""

    key: str
    title: str
    holder: str = ""
    since: str = ""
    until: str = ""


class BodyFile(Schema):
    """What stands in `body.toml`.

    `parts` is the address where the parts of the records lie, if not under `var`. It tells
    an intruder where to look, so it is in nothing that is written out.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    name: str
    short_name: str = ""
    zone: str = "Europe/London"
    contact: str = ""
    demonstration: bool = False
    forces: tuple[Force, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = ()
    offices: tuple[Office, ...] = ()
    suppliers: dict[str, str] = {}
    appetite: Appetite = Appetite()
    public_key: str = ""
    parts: str = Field(default="", exclude=True, repr=False)

    @property
    def by_force(self) -> bool:
        """Whether its places are its forces: see `by_force`."""
        return bool(self.areas) and all(area.code == area.force for area in self.areas)

    @field_validator("parts", mode="before")
    @classmethod
    def _no_secret(cls, parts: object) -> str:
        return checked_address(parts)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"'{zone}' is not a time zone such as Europe/London") from None
        return zone

    @model_validator(mode="after")
    def _consistent(self) -> "BodyFile":
        codes = [area.code for area in self.areas]
        forces = {force.key for force in self.forces}
        if WHOLE in codes:
            raise ValueError(f"'{WHOLE}' means the whole and cannot be the code of an area")
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"area codes used twice: {', '.join(sorted(twice))}")
        if strays := {a.code for a in self.areas if a.force not in forces}:
            raise ValueError(f"areas of a force that is not listed: {', '.join(sorted(strays))}")
        return self


@dataclass(frozen=True)
class Body:
    """A body's folder, read: the file, and where everything lies.

    `var` holds all that is made and is never under version control.
    """

    folder: Path
    file: BodyFile

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.file.zone)

    @property
    def areas(self) -> tuple[Area, ...]:
        return self.file.areas

    def area_name(self, code: str) -> str:
        """The name of an area, or of one of several forces; for the whole that of the only
        force, or of all together."""
        forces = self.file.forces
        if code == WHOLE:
            return forces[0].name if len(forces) == 1 else f"all forces of {self.file.name}"
        named = {force.key: force.name for force in forces if len(forces) > 1}
        return (named | {area.code: area.name for area in self.areas})[code]

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of all places that have figures: the whole, each force of several, areas."""
        forces = self.file.forces
        named = [force.key for force in forces if len(forces) > 1]
        return tuple(dict.fromkeys((WHOLE, *named, *(area.code for area in self.areas))))

    def beside(self, code: str) -> tuple[str, ...]:
        """The places that one is fairly set beside, itself among them: a force beside forces,
        an area beside the areas of its force."""
        forces = [force.key for force in self.file.forces]
        if code in forces and len(forces) > 1:
            return tuple(forces)
        mine = next((area.force for area in self.areas if area.code == code), None)
        return tuple(area.code for area in self.areas if area.force == mine)


LEAST_FORCES = 3
"""From so many forces on a body's record is by force: with fewer none could stand apart."""


def by_force(body: Body) -> Body:
    """The same body with its forces for areas, in the order of their names.

    A body of many forces sets force beside force; the areas of each stand in the record of
    whoever oversees that force.
    """
    people: dict[str, list[int | None]] = {}
    for area in body.areas:
        people.setdefault(area.force, []).append(area.population)
    places = tuple(
        Area(
            code=force.key,
            name=force.name,
            force=force.key,
            population=_together(people.get(force.key, ())),
        )
        for force in sorted(body.file.forces, key=lambda force: (force.name, force.key))
    )
    return Body(body.folder, body.file.model_copy(update={"areas": places}))


def _together(people: Iterable[int | None]) -> int | None:
    known = list(people)
    return sum(each or 0 for each in known) if known and all(known) else None


def open_body(folder: Path) -> Body:
    """Read a body's folder. Raises InputMistake when it is not one."""
    if not (folder / "body.toml").is_file():
        raise InputMistake(
            Problem(
                str(folder),
                "there is no body.toml in this folder",
                next_step="Name a body's folder, or make one with: answerable init FOLDER",
            )
        )
    return Body(folder, read_toml(folder / "body.toml", BodyFile))
