"""Real police records, imported and measured, against plain Python over the raw files.

The oracle shares nothing with the project: it reads with `csv`, knows the clock from
`zoneinfo`, and takes its own quantiles (type 7: Hyndman and Fan 1996).
"""

import csv
import gzip
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from answerable.chain.claims import VerdictKind
from tests.oracle.real_bodies import Imported, import_real

pytestmark = pytest.mark.reference
Raw = dict[str, str]


def read_gz(path: Path) -> list[Raw]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quantile(values: list[int], share: float) -> float:
    """Type 7: linear between the order statistics at (n - 1) × share."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


# Alexandria: call records with every time, on the wall clock of New York


NEW_YORK = ZoneInfo("America/New_York")
NOTHING = ("", "NULL")
TIMES = (
    "Incident_Start_Time", "Incident_Dispatch_Time", "Incident_Arrival_Time", "Final_Closed_Time",
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    file: str
    raw: Raw
    times: tuple[datetime | None, ...]
    dropped: tuple[str, ...]
    twice: tuple[tuple[str, bool], ...]

    @property
    def on(self) -> date:
        received = self.times[0]
        assert received
        return received.astimezone(NEW_YORK).date()

    @property
    def strand(self) -> str:
        kinds = {
            "DOMESTIC VIOL": "domestic_abuse", "STALKING": "stalking",
            "SEXUAL OFFENSE": "sexual_violence",
        }  # fmt: skip
        return next(
            (strand for kind, strand in kinds.items() if self.raw["Problem"].startswith(kind)),
            "other",
        )

    @property
    def grade(self) -> int | None:
        number = self.raw["Priority_Number"]
        return int(number) if number in ("1", "2", "3", "4") else None

    @property
    def waited(self) -> int | None:
        """Whole seconds on the clock from the call to the arrival."""
        received, arrived = self.times[0], self.times[2]
        if not received or not arrived:
            return None
        return math.floor(arrived.timestamp()) - math.floor(received.timestamp())


def call_of(file: str, raw: Raw) -> Call:
    """Times in UTC: the first of a double hour, unless only the second keeps the order; a
    time that is out of order either way is not used."""
    last, times, dropped, twice = None, [], [], []
    for name in TIMES:
        text = raw[name]
        if text in NOTHING:
            times.append(None)
            continue
        local = datetime.fromisoformat(text)
        first = local.replace(tzinfo=NEW_YORK, fold=0).astimezone(UTC)
        second = local.replace(tzinfo=NEW_YORK, fold=1).astimezone(UTC)
        late = first != second and last is not None and first < last
        if first != second:
            twice.append((name, late))
        at = second if late else first
        if last is not None and at < last:
            dropped.append(name)
            times.append(None)
            continue
        last = at
        times.append(at)
    return Call(file, raw, tuple(times), tuple(dropped), tuple(twice))


@pytest.fixture(scope="module")
def weeks(reference: Path) -> dict[str, list[Raw]]:
    folder = reference / "cad_alexandria_2025"
    return {path.name: read_gz(path) for path in sorted(folder.glob("week*.csv.gz"))}


@pytest.fixture(scope="module")
def police(weeks: dict[str, list[Raw]]) -> list[Call]:
    return [
        call_of(file, raw)
        for file, rows in weeks.items()
        for raw in rows
        if raw["Agency"] == "POLICE"
    ]


@pytest.fixture(scope="module")
def calls(police: list[Call]) -> list[Call]:
    """Those that can be counted: a call without a number is left out."""
    return [call for call in police if call.raw["Master_Incident_Number"] not in NOTHING]


@pytest.fixture(scope="module")
def alexandria(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_real("alexandria", reference, tmp_path_factory.mktemp("real") / "body")


def test_every_call_is_used_or_left_out_by_name(
    alexandria: Imported, weeks: dict[str, list[Raw]], police: list[Call], calls: list[Call]
) -> None:
    (source,) = alexandria.done.sources
    assert source.read == sum(map(len, weeks.values())) == 18_915
    assert source.kept == len(police) == 12_397
    assert source.used == len(calls) == 12_388
    assert not alexandria.done.stopped
    missing = Counter(c.file for c in police if c.raw["Master_Incident_Number"] in NOTHING)
    assert {f: n for f, column, n in alexandria.found("required_missing")} == missing


def test_calls_by_month_strand_and_grade(alexandria: Imported, calls: list[Call]) -> None:
    expected = Counter((c.on.isoformat()[:7], c.strand, c.grade) for c in calls)
    found = alexandria.query(
        "incidents",
        "select strftime(received_on, '%Y-%m'), strand, first_grade, count(*) from records"
        " group by all",
    )
    assert {(month, strand, grade): n for month, strand, grade, n in found} == expected
    for month in ("2025-08", "2025-09", "2025-10", "2025-11"):
        result = alexandria.results.one("calls", "count", period=month)
        assert result is not None
        assert result.value == sum(n for key, n in expected.items() if key[0] == month)
        abuse = alexandria.results.one(
            "calls", "count", period=month, split="strand=domestic_abuse"
        )
        assert abuse is not None
        assert abuse.value == sum(
            n for key, n in expected.items() if key[:2] == (month, "domestic_abuse")
        )


def test_priorities_that_are_not_grades_are_counted(
    alexandria: Imported, police: list[Call]
) -> None:
    expected = Counter(c.file for c in police if c.grade is None)
    assert {f: n for f, column, n in alexandria.found("unknown_code")} == expected
    assert sum(expected.values()) == 488


def test_waits_by_grade(alexandria: Imported, calls: list[Call]) -> None:
    waits: dict[int, list[int]] = {1: [], 2: [], 3: [], 4: []}
    for call in calls:
        if call.grade and call.waited is not None:
            waits[call.grade].append(call.waited)
    found = alexandria.query(
        "incidents",
        "select first_grade, count(s), quantile_cont(s, 0.5), quantile_cont(s, 0.9) from (select"
        " first_grade, date_diff('second', received_at, first_arrived_at) as s from records)"
        " where first_grade is not null group by 1 order by 1",
    )
    assert found == [
        (grade, len(each), pytest.approx(quantile(each, 0.5), abs=1e-9),
         pytest.approx(quantile(each, 0.9), abs=1e-9))
        for grade, each in waits.items()
    ]  # fmt: skip


def test_computed_waits_by_grade_and_month(alexandria: Imported, calls: list[Call]) -> None:
    for month in ("2025-09", "2025-10"):
        for grade in (1, 2, 3, 4):
            eligible = [c for c in calls if c.grade == grade and c.on.isoformat()[:7] == month]
            waits = [c.waited for c in eligible if c.waited is not None]
            split = f"first_grade={grade}"
            results = {
                statistic: alexandria.results.one("arrival", statistic, period=month, split=split)
                for statistic in ("median", "p90", "missing_share")
            }
            median, p90, missing = results.values()
            assert median and p90 and missing
            assert median.n == len(waits)
            assert median.value == pytest.approx(quantile(waits, 0.5), abs=0.5)
            assert p90.value == pytest.approx(quantile(waits, 0.9), abs=0.5)
            assert (missing.count, missing.n) == (len(eligible) - len(waits), len(eligible))


def test_missing_and_negative_intervals(alexandria: Imported, police: list[Call]) -> None:
    dropped = Counter((c.file, name) for c in police for name in c.dropped)
    assert dropped  # three closings before the arrival
    column = {"Final_Closed_Time": "closed_at", "Incident_Arrival_Time": "first_arrived_at"}
    assert {(f, c): n for f, c, n in alexandria.found("impossible_order")} == {
        (file, column[name]): n for (file, name), n in dropped.items()
    }
    # Two arrivals stand before their call on the wall clock. Both lie in the night when the
    # clocks went back, and on the clock that does not go back neither does.
    before = [c for c in police if c.raw["Incident_Arrival_Time"] < c.raw["Incident_Start_Time"]]
    assert len(before) == 2
    assert all(call.waited is not None and call.waited >= 0 for call in before)
    (row,) = alexandria.query(
        "incidents",
        "select count(*) filter (first_arrived_at < received_at),"
        " count(*) filter (first_arrived_at is null) from records",
    )
    unarrived = sum(
        c.times[2] is None for c in police if c.raw["Master_Incident_Number"] not in NOTHING
    )
    assert row == (0, unarrived)


def test_the_night_when_the_clocks_went_back(alexandria: Imported, police: list[Call]) -> None:
    names = dict(zip(
        TIMES, ("received_at", "first_dispatched_at", "first_arrived_at", "closed_at"),
        strict=True,
    ))  # fmt: skip
    expected = Counter((c.file, names[name]) for c in police for name, _ in c.twice)
    assert {(f, c): n for f, c, n in alexandria.found("dst_ambiguous")} == expected
    assert any(late for call in police for _, late in call.twice)


def test_the_layout_of_week_40_is_reported(alexandria: Imported) -> None:
    (drift,) = [f for f in alexandria.done.findings if f.name == "layout_drift"]
    assert (drift.file, drift.count) == ("week40.csv.gz", 8)
    assert "56 columns where most files of the set have 48" in drift.detail


def test_the_widening_at_week_41_is_reported(alexandria: Imported) -> None:
    jumps = {f.file: f for f in alexandria.done.findings if f.name == "volume_jump"}
    assert set(jumps) == {"week41.csv.gz", "calls"}
    assert "744" in jumps["week41.csv.gz"].detail
    assert "1238" in jumps["week41.csv.gz"].detail
    assert jumps["calls"].detail == "2025-10 (5391 after 3238)"


def test_nothing_of_a_call_is_in_a_finding(alexandria: Imported, calls: list[Call]) -> None:
    told = repr(alexandria.done.findings)
    assert not any(call.raw["Master_Incident_Number"] in told for call in calls)
    assert not any(call.raw["Incident_Start_Time"] in told for call in calls)


def test_that_demand_rose_in_october_is_not_supported(alexandria: Imported) -> None:
    """It did not: the extract was widened. Recorded calls a day are up by two thirds."""
    before, after = (
        alexandria.results.one("calls", "per_day", period=f"2025-{month}") for month in ("09", "10")
    )
    assert before and after and before.value and after.value
    assert after.value > 1.5 * before.value
    (claim,) = alexandria.claims
    (checked,) = claim.readings
    assert checked.verdict.verdict == VerdictKind.CANNOT_TELL
    assert not checked.verdict.may_say


# data.police.uk: crimes with their outcomes, by policing area and by force


GROUPS = {"Criminal damage and arson": "criminal_damage", "Public order": "public_order"}
OPEN = ("Status update unavailable", "")
NO_SUSPECT = "Investigation complete; no suspect identified"
UNABLE = "Unable to prosecute suspect"


def unique(rows: Iterator[tuple[str, str, Raw]]) -> list[tuple[str, Raw]]:
    """(place, record): the first of each (force, reference), in order."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for force, place, row in rows:
        key = (force, row["Crime ID"])
        if key not in seen:
            seen.add(key)
            kept.append((place, row))
    return kept


def shares(rows: list[tuple[str, Raw]], outcome: str) -> dict[str, tuple[int, int]]:
    """(with the outcome, with any) for each place."""
    closed = Counter(place for place, row in rows if row["Last outcome category"] not in OPEN)
    so = Counter(place for place, row in rows if row["Last outcome category"] == outcome)
    return {place: (so[place], n) for place, n in closed.items() if place}


@pytest.fixture(scope="module")
def street(reference: Path) -> list[Raw]:
    folder = reference / "uk_police_street_west_mercia"
    return [row for path in sorted(folder.glob("*-street.csv.gz")) for row in read_gz(path)]


@pytest.fixture(scope="module")
def areas(reference: Path) -> dict[str, str]:
    """Code of the policing area of each neighbourhood inside the force."""
    path = reference / "uk_police_street_west_mercia" / "lsoa_to_lpa_derived.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["LSOA code"]: row["lpa"].lower().replace(" & ", " ") for row in rows}
    return {k: v.replace(" ", "_") for k, v in codes.items() if not v.startswith("outside")}


@pytest.fixture(scope="module")
def recorded(street: list[Raw], areas: dict[str, str]) -> list[tuple[str, Raw]]:
    return unique(
        ("west_mercia", areas.get(row["LSOA code"], ""), row)
        for row in street
        if row["Crime type"] != "Anti-social behaviour"
    )


@pytest.fixture(scope="module")
def west_mercia(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_real("west_mercia", reference, tmp_path_factory.mktemp("real") / "body")


def test_every_street_record_is_used_or_left_out_by_name(
    west_mercia: Imported, street: list[Raw], recorded: list[tuple[str, Raw]], areas: dict[str, str]
) -> None:
    (source,) = west_mercia.done.sources
    crimes = [row for row in street if row["Crime type"] != "Anti-social behaviour"]
    assert (source.read, source.kept) == (len(street), len(crimes)) == (50_984, 35_353)
    assert source.used == len(recorded) == 35_352
    assert sum(n for _, _, n in west_mercia.found("conflicting_key")) == 1
    outside = sum(bool(r["LSOA code"]) and r["LSOA code"] not in areas for r in crimes)
    assert sum(n for _, _, n in west_mercia.found("unknown_area")) == outside > 100
    assert west_mercia.query("crimes", "select distinct strand from records") == [("other",)]


def test_crimes_by_month_area_and_group(
    west_mercia: Imported, recorded: list[tuple[str, Raw]]
) -> None:
    expected = Counter(
        (row["Month"], place or None, GROUPS.get(row["Crime type"], "other"))
        for place, row in recorded
    )
    found = west_mercia.query(
        "crimes",
        "select strftime(recorded_on, '%Y-%m'), area, offence_group, count(*) from records"
        " group by all",
    )
    assert {(month, area, group): n for month, area, group, n in found} == expected
    for area in ("all", *{place for place, _ in recorded if place}):
        for month in ("2018-10", "2019-02"):
            result = west_mercia.results.one("recorded", "count", area=area, period=month)
            assert result is not None
            assert result.value == sum(
                n for (m, a, _), n in expected.items() if m == month and area in ("all", a)
            )


@pytest.mark.parametrize(
    ("measure", "outcome"), [("no_suspect", NO_SUSPECT), ("unable_to_prosecute", UNABLE)]
)
def test_outcome_shares_by_area(
    west_mercia: Imported, recorded: list[tuple[str, Raw]], measure: str, outcome: str
) -> None:
    month = "2018-11"
    rows = [(place, row) for place, row in recorded if row["Month"] == month]
    expected = shares(rows, outcome)
    assert len(expected) == 5
    for area, (so, closed) in expected.items():
        result = west_mercia.results.one(measure, "rate", area=area, period=month)
        assert result is not None
        assert (result.count, result.n) == (so, closed)
        assert result.value == pytest.approx(so / closed, abs=1e-6)


@pytest.fixture(scope="module")
def national(reference: Path) -> list[Raw]:
    import pyarrow.parquet

    path = reference / "uk_police_street_all_forces_2018_11" / "2018-11-street-all-forces.parquet"
    columns = ["Crime ID", "source_file", "Crime type", "Last outcome category"]
    table = pyarrow.parquet.read_table(path, columns=columns).to_pydict()
    listed = zip(*(table[name] for name in columns), strict=True)
    return [dict(zip(columns, (v or "" for v in row), strict=True)) for row in listed]


@pytest.fixture(scope="module")
def crimes(national: list[Raw]) -> list[tuple[str, Raw]]:
    """A crime without a reference is known by its place in the file."""

    def rows() -> Iterator[tuple[str, str, Raw]]:
        for number, row in enumerate(national, 1):
            if row["Crime type"] != "Anti-social behaviour":
                force = row["source_file"].split("/")[-1][len("2018-11-") : -len("-street.csv")]
                force = force.replace("-", "_")
                yield force, force, {**row, "Crime ID": row["Crime ID"] or f"record {number}"}

    return unique(rows())


@pytest.fixture(scope="module")
def many_forces(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_real("many_forces", reference, tmp_path_factory.mktemp("real") / "body")


def test_crimes_by_force_and_group(
    many_forces: Imported, national: list[Raw], crimes: list[tuple[str, Raw]]
) -> None:
    (source,) = many_forces.done.sources
    abuse = sum(row["Crime type"] == "Anti-social behaviour" for row in national)
    assert (source.read, source.kept) == (368_887, 368_887 - abuse)
    assert source.used == len(crimes)
    twice = sum(
        n for kind in ("duplicate_key", "conflicting_key") for *_, n in many_forces.found(kind)
    )
    assert twice == source.kept - source.used == 372
    expected = Counter((force, GROUPS.get(row["Crime type"], "other")) for force, row in crimes)
    found = many_forces.query(
        "crimes", "select force, offence_group, count(*) from records group by all"
    )
    assert {(force, group): n for force, group, n in found} == expected
    assert len({force for force, _ in expected}) == 41


def test_outcome_shares_by_force(many_forces: Imported, crimes: list[tuple[str, Raw]]) -> None:
    for outcome, code in ((NO_SUSPECT, 18), (UNABLE, 14)):
        found = many_forces.query(
            "crimes",
            f"select force, count(*) filter (outcome_code = {code}), count(*) from records"
            " where outcome_code <> 0 group by 1",
        )
        assert {force: (so, closed) for force, so, closed in found} == shares(crimes, outcome)
    whole = many_forces.results.one("no_suspect", "rate", period="2018-11")
    expected = list(shares(crimes, NO_SUSPECT).values())
    assert whole is not None
    assert whole.count == sum(so for so, _ in expected)
    assert whole.n == sum(closed for _, closed in expected)
