"""How an extract differs from the last one, and a month from the one before it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..body import Month
from .catalogue import finding
from .finding import Finding
from .reading import Source
from .snapshot import Cover
from .store import compact, write_whole
from .volumes import far

MOST_MONTHS = 12


@dataclass(frozen=True)
class History:
    """What each mapping gave in earlier imports, newest last; `var/sources/<mapping>.json`."""

    folder: Path

    def before(self, source: Source, mark: str) -> dict[str, Any] | None:
        """The last import of a mapping that rests on something else than this one."""
        earlier = [version for version in self._read(source) if version["mark"] != mark]
        return earlier[-1] if earlier else None

    def remember(self, source: Source, mark: str) -> None:
        """Add an import, unless it is the last one again. Raises OSError."""
        held = self._read(source)
        if held and held[-1]["mark"] == mark:
            return
        version = {"mark": mark, "columns": _columns(source), "months": dict(source.months)}
        self.folder.mkdir(exist_ok=True)
        write_whole(self._path(source), compact([*held, version]))

    def _path(self, source: Source) -> Path:
        return self.folder / f"{source.name}.json"

    def _read(self, source: Source) -> list[dict[str, Any]]:
        path = self._path(source)
        if not path.is_file():
            return []
        held: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return held


def against_last(history: History, source: Source, mark: str) -> list[Finding]:
    """Columns that came or went, and months whose counts moved, since the last import."""
    last = history.before(source, mark)
    if last is None or source.stopped:
        return []
    return [*_layout(source, last["columns"]), *_revised(source, last["months"])]


def jumps(sources: Sequence[Source], covers: Sequence[Cover]) -> list[Finding]:
    """Months of a table and force whose counts are far from those of the month before.

    Counts are compared by the day, because months differ in length; half-covered months
    are left out. All mappings of a table and force are one series.
    """
    series: dict[tuple[str, str], dict[Month, int]] = {}
    named: dict[tuple[str, str], str] = {}
    for source, cover in zip(sources, covers, strict=True):
        key = (source.table, source.force)
        counted, month = dict(source.months), Month.parse(cover.first)
        while not month > Month.parse(cover.last):
            if str(month) not in cover.provisional:
                series.setdefault(key, {})[month] = counted.get(str(month), 0)
            month += 1
        named[key] = source.name
    found = []
    for key, months in series.items():
        told = [
            f"{month} ({months[month]} after {months[month + -1]})"
            for month in sorted(months)
            if month + -1 in months and _far(months[month + -1], months[month], month)
        ]
        if told:
            found.append(finding("volume_jump", key[0], named[key], len(told), "", _few(told)))
    return found


def _layout(source: Source, last: Sequence[str]) -> list[Finding]:
    now = _columns(source)
    known, held = {name.lower() for name in last}, {name.lower() for name in now}
    more = [name for name in now if name.lower() not in known]
    less = [name for name in last if name.lower() not in held]
    said = [f"added: {_few(more)}"] if more else []
    said += [f"removed: {_few(less)}"] if less else []
    if not said:
        return []
    detail = "since the last import, columns " + "; ".join(said)
    count = len(more) + len(less)
    return [finding("layout_drift", source.table, source.name, count, "", detail)]


def _revised(source: Source, last: dict[str, int]) -> list[Finding]:
    now = dict(source.months)
    told = [
        f"{month} ({now[month]}, was {last[month]})"
        for month in sorted(now.keys() & last.keys())
        if _far(last[month], now[month], None)
    ]
    if not told:
        return []
    return [finding("volume_revised", source.table, source.name, len(told), "", _few(told))]


def _far(before: int, after: int, month: Month | None) -> bool:
    """Whether two months' counts are far apart; by the day, where the second is named."""
    return far(before, after, (month + -1).days / month.days if month else 1.0)


def _columns(source: Source) -> list[str]:
    return list(dict.fromkeys(name for file in source.files for name in file.columns))


def _few(told: Sequence[str]) -> str:
    more = len(told) - MOST_MONTHS
    return ", ".join(told[:MOST_MONTHS]) + (f" and {more} more" if more > 0 else "")
