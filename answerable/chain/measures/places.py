"""The places for which figures are made: the whole, each force of several, each area."""

from dataclasses import dataclass

from ..body import WHOLE, Body, InputMistake, Problem


@dataclass(frozen=True)
class Pair:
    """One force and area as rows have them; an empty area is a row that was not placed.

    area, force   numbers of the places to which such a row belongs, besides the whole;
                  None where there is no such place
    """

    number: int
    force_key: str
    area_code: str
    force: int | None
    area: int | None


@dataclass(frozen=True)
class Places:
    """The codes of all places by number (0 is the whole), and how rows fall into them.

    force_of   the force of each place, by number; empty for the whole
    """

    codes: tuple[str, ...]
    force_of: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def several(self) -> bool:
        """Whether forces are places of their own."""
        return any(pair.force is not None for pair in self.pairs)


def places_of(body: Body) -> Places:
    """The places of a body. Raises InputMistake when a force and an area share a code."""
    forces = [force.key for force in body.file.forces]
    areas = [(area.force, area.code) for area in body.areas]
    named = forces if len(forces) > 1 else []
    if twice := sorted(set(named) & ({code for _, code in areas} | {WHOLE})):
        raise InputMistake(
            Problem(
                "body.toml",
                f"a force has the code of an area: {', '.join(twice)}",
                next_step="Give the force or the area another code.",
                key="forces",
            )
        )
    codes = (WHOLE, *named, *(code for _, code in areas))
    force_of = ("", *named, *(force for force, _ in areas))
    number = {code: i for i, code in enumerate(codes)}
    rows = [(force, "") for force in forces] + areas
    pairs = tuple(
        Pair(i, force, code, number[force] if named else None, number[code] if code else None)
        for i, (force, code) in enumerate(rows, start=1)
    )
    return Places(codes, force_of, pairs)
