"""What was made before, kept under `var/` so that it need not be made again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..body import Month, Period
from .files import LoadedFile
from .finding import Finding, Weight
from .parts import Filed
from .pieces import Piece, Read
from .reading import Source
from .snapshot import Part
from .store import compact, write_whole


@dataclass(frozen=True)
class Shelf:
    """The folder `var/staged`: records as read, by the digest of all that they rest on."""

    folder: Path

    def records(self, mark: str) -> Path:
        """Where the records of a source lie."""
        return self.folder / f"{mark}.parquet"

    def read(self, mark: str) -> Read | None:
        """What a mapping gave, when nothing that it rests on has changed since."""
        held = _read(self.folder / f"{mark}.json")
        if not held:
            return None
        pieces = tuple(Piece(mark, tuple(months)) for mark, months in held["pieces"])
        if not all(self.records(piece.mark).is_file() for piece in pieces):
            return None
        return Read(source_of(held["source"]), pieces)

    def keep_read(self, mark: str, read: Read) -> None:
        """Remember what a mapping gave. Raises OSError."""
        pieces = [[piece.mark, piece.months] for piece in read.pieces]
        held = {"source": asdict(read.source), "pieces": pieces}
        write_whole(self.folder / f"{mark}.json", compact(held))

    def file(self, mark: str, period: Period) -> Source | None:
        """What one file gave, if it would give the same for these months too."""
        held = _read(self.folder / f"{mark}.json")
        if not held or not self.records(mark).is_file():
            return None
        first, last = (Month.parse(month) for month in held["covers"])
        return source_of(held["source"]) if first in period and last in period else None

    def keep_file(self, mark: str, source: Source, period: Period, beside: Path) -> None:
        """Take in the records of one file, and what was found on them. Raises OSError."""
        beside.replace(self.records(mark))
        covers = [str(period.first), str(period.last)]
        held = {"source": asdict(source), "covers": covers}
        write_whole(self.folder / f"{mark}.json", compact(held))

    def filed(self, name: str) -> Filed | None:
        """What was last filed under a name, and of what."""
        held = _read(self._filed / f"{name}.json")
        if not held:
            return None
        return Filed(
            held["rests_on"],
            frozenset(
                (source, Piece(mark, tuple(months))) for source, mark, months in held["pieces"]
            ),
            frozenset((force, month) for force, month in held["seen"]),
            tuple(Part(**part) for part in held["parts"]),
        )

    def keep_filed(self, name: str, filed: Filed) -> None:
        """Remember what was filed. Raises OSError."""
        held = {
            "rests_on": filed.rests_on,
            "pieces": sorted([s, piece.mark, piece.months] for s, piece in filed.pieces),
            "seen": sorted(filed.seen),
            "parts": [vars(part) for part in filed.parts],
        }
        self._filed.mkdir(exist_ok=True)
        write_whole(self._filed / f"{name}.json", compact(held))

    @property
    def _filed(self) -> Path:
        return self.folder.with_name("filed")

    def table(self, mark: str, parts: Path) -> tuple[list[Part], list[Finding]] | None:
        """The parts of a table and what was found across its sources, if all still stand."""
        held = _read(self.folder / f"{mark}.json")
        if not held:
            return None
        made = [Part(**part) for part in held["parts"]]
        if not all((parts / f"{part.digest}.parquet").is_file() for part in made):
            return None
        return made, findings_of(held["findings"])

    def keep_table(self, mark: str, made: Sequence[Part], found: Sequence[Finding]) -> None:
        """Remember the parts of a table. Raises OSError."""
        held = {"parts": [vars(part) for part in made], "findings": [asdict(f) for f in found]}
        write_whole(self.folder / f"{mark}.json", compact(held))

    def prune(self, marks: set[str]) -> None:
        """Remove what the current snapshot does not rest on: old records are not kept twice."""
        for path in self.folder.iterdir():
            if path.stem not in marks:
                path.unlink(missing_ok=True)


def findings_of(held: Sequence[dict[str, Any]]) -> list[Finding]:
    """Findings from JSON."""
    return [Finding(**{**found, "weight": Weight(found["weight"])}) for found in held]


def source_of(held: dict[str, Any]) -> Source:
    """A source from JSON."""
    files = tuple(LoadedFile(f["name"], tuple(f["columns"]), f["rows"]) for f in held["files"])
    return Source(
        **{
            **held,
            "files": files,
            "months": tuple((month, count) for month, count in held["months"]),
            "findings": tuple(findings_of(held["findings"])),
            "filled": tuple(held["filled"]),
        }
    )


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held
