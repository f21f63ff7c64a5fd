"""What of the figures has to be counted anew, when most of the records were counted before.

A period is counted again when a month of it holds other records than before, when it is
new, or when it was missing and no longer is, or the other way round. All else is taken
over where it lies; only where something else is known of a period, such as that it has
settled, its figures are said again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from ..body import Body, Period
from ..records import Part, Snapshot
from ..records.contract import contracts
from ..records.expressions import quoted, text
from .definition import Definition
from .known import changed as changed_knowledge
from .ledger import Earlier, Ledger, Standard
from .recipe import recipes, tables_of
from .source import Source
from .timeline import Slot, slots_of, standard_months


@dataclass(frozen=True)
class Increment:
    """The part of the work that is left.

    earlier    the results that hold the rest
    measures   those of which only `periods` are counted; any other is counted whole
    to_say     periods whose figures hold, but of which something else is known
    gone       periods that are no longer asked for
    standards  what their standardised figures are weighed by
    source     the records that lie in those periods
    """

    earlier: Earlier
    measures: frozenset[str]
    periods: frozenset[Period]
    to_say: frozenset[Period]
    gone: frozenset[Period]
    standards: Mapping[str, Standard]
    source: Source

    @property
    def replaced(self) -> frozenset[str]:
        """The periods whose figures are not taken over as they lie, by their spelling."""
        return frozenset(period.text for period in self.periods | self.to_say | self.gone)

    def met_elsewhere(self, key: str) -> tuple[tuple[str, str, int], ...]:
        """Splits, values and months of a measure, of months that are not counted again."""
        again = {period.first.index for period in self.periods if period.first == period.last}
        return tuple(met for met in self.earlier.ledger.met[key] if met[2] not in again)


def increment(
    body: Body,
    definitions: Mapping[str, Definition],
    snapshot: Snapshot,
    source: Source,
    windows: Sequence[Period],
    earlier: Earlier,
    standardised: bool,
) -> Increment | None:
    """What is left to count; None where that is most of it, or cannot be told."""
    ledger = earlier.ledger
    slots, before = (
        slots_of(each, definitions.values(), windows) for each in (source, ledger.source)
    )
    changed = {
        table: _read(each, snapshot.folder / "parts")
        for table, each in _changed(definitions, snapshot, ledger).items()
    }
    months: set[int] = set()
    chosen = set()
    for number, (key, definition) in enumerate(definitions.items()):
        touched = _touched(definition, number, changed)
        if touched is None or ledger.definitions.get(key) != definition.digest:
            continue
        if standardised and not _same_standard(definition, source, slots, ledger, touched):
            continue
        chosen.add(key)
        months |= touched
    known = {slot.period for slot in before}
    kept = [definitions[key] for key in chosen]
    known_now = changed_knowledge(body, kept, slots, source, ledger.source)
    periods = frozenset(
        slot.period
        for slot in slots
        if slot.period not in known
        or slot.period in known_now.to_count
        or any(month.index in months for month in slot.period)
    )
    if not chosen or 2 * len(periods) > len(slots):
        return None
    standards = {key: ledger.standards[key] for key in chosen if key in ledger.standards}
    read = _restricted(source, snapshot, kept, periods)
    return Increment(
        earlier, frozenset(chosen), periods, known_now.to_say - periods,
        frozenset(known - {slot.period for slot in slots}), standards, read,
    )  # fmt: skip


def _changed(
    definitions: Mapping[str, Definition], snapshot: Snapshot, ledger: Ledger
) -> dict[str, frozenset[Part]]:
    """The parts of each table that came, went or were replaced."""
    tables = {table for each in definitions.values() for table in tables_of(each)}
    now = replace(ledger, parts=snapshot.parts)
    return {table: now.rows_of(table) ^ ledger.rows_of(table) for table in tables}


@dataclass(frozen=True)
class _Changed:
    """Files of parts that are not the same as before; `gone` when one cannot be read."""

    files: tuple[str, ...]
    gone: bool
    found: dict[str, set[int]] = field(default_factory=dict)

    def months(self, at: str) -> set[int]:
        """The months of a day of theirs, as numbers; looked up once for all measures."""
        if at not in self.found:
            self.found[at] = self._looked_up(at) if self.files else set()
        return self.found[at]

    def _looked_up(self, at: str) -> set[int]:
        with duckdb.connect() as connection:
            rows = connection.execute(
                f"SELECT DISTINCT year({quoted(at)}) * 12 + month({quoted(at)}) - 1"  # noqa: S608  # our names and checked expressions
                f" FROM read_parquet(?) WHERE {quoted(at)} IS NOT NULL",
                [list(self.files)],
            ).fetchall()
        return {int(month) for (month,) in rows}


def _read(parts: Iterable[Part], folder: Path) -> _Changed:
    paths = sorted(folder / f"{part.digest}.parquet" for part in parts)
    return _Changed(tuple(map(str, paths)), not all(path.is_file() for path in paths))


def _touched(
    definition: Definition, number: int, changed: Mapping[str, _Changed]
) -> set[int] | None:
    """The months in which a measure may count other records than before; None if any may.

    What stands at a month's end may have begun in any month before it.
    """
    found: set[int] = set()
    for frame in {recipe.frame for recipe in recipes(definition, number)}:
        if frame.at_end or changed[frame.table].gone:
            return None
        found |= changed[frame.table].months(frame.at)
    return found


def _same_standard(
    definition: Definition,
    source: Source,
    slots: Sequence[Slot],
    ledger: Ledger,
    touched: set[int],
) -> bool:
    if not definition.strata:
        return True
    months = standard_months(definition, slots, source)
    known = ledger.standards.get(definition.key)
    return known is not None and known.months == months and not touched & set(months)


def _restricted(
    source: Source,
    snapshot: Snapshot,
    definitions: Iterable[Definition],
    periods: frozenset[Period],
) -> Source:
    """The records that may lie in the periods. Where a table's months are those of its
    parts, other parts are not even opened."""
    months = {month for period in periods for month in period}
    if not months:
        return replace(source, relations={}, files={})
    first, last = min(months).first_day, max(months).last_day
    ats: dict[str, set[str]] = {}
    for definition in definitions:
        for recipe in recipes(definition, 0):
            ats.setdefault(recipe.frame.table, set()).add(recipe.frame.at)
    relations = {}
    for table in ats.keys() & source.relations.keys():
        by_part = ats[table] == {contracts()[table].month}
        files = snapshot.files(table, {str(month) for month in months} if by_part else None)
        if files:
            inside = " OR ".join(
                f"{quoted(at)} BETWEEN DATE '{first}' AND DATE '{last}'"
                for at in sorted(ats[table])
            )
            listed = ", ".join(map(text, files))
            relations[table] = f"(SELECT * FROM read_parquet([{listed}]) WHERE {inside})"  # noqa: S608  # our names and checked expressions
    return replace(source, relations=relations, files={})
