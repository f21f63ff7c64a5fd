"""What an import finds: rows of an extract in, named findings out.

Each line of the table is one defect that a force's extract can have: what differs from
sound records, the finding that must be told, how often and on which column, and what
becomes of the records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import FINDINGS, Import, Weight, import_body
from tests.bodies import INCIDENTS, incidents, make_body, write_csv

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Case:
    """Rows as they differ from a sound record, and what must be found on them.

    used     records that stand in the snapshot
    columns  columns of the first used record that must come out like this
    swap     what is different in the mapping
    """

    title: str
    name: str
    rows: Rows
    count: int = 1
    column: str = ""
    used: int = 1
    columns: Mapping[str, object] = field(default_factory=dict)
    detail: str = ""
    swap: tuple[str, str] = ("", "")


MARCH = "26/03/2023"
OCTOBER = "29/10/2023"

CASES = [
    Case(
        "a code that no list has, on a column that may be empty",
        "unknown_area",
        [{"area": "east"}],
        column="area",
        columns={"area": None},
        detail="not listed: east",
    ),
    Case(
        "a code that no list has, on a column that may not: the record is left out",
        "unknown_code",
        [{"flag": "ZZ"}, {}],
        column="strand",
        detail="not listed: ZZ",
    ),
    Case(
        "a grade outside the list of the contract",
        "unknown_code",
        [{"grade": "9"}],
        column="first_grade",
        columns={"first_grade": None},
        detail="not listed: 9",
    ),
    Case(
        "text where yes or no should be",
        "not_yes_or_no",
        [{"double": "perhaps"}],
        column="duplicate",
        columns={"duplicate": None},
    ),
    Case(
        "text where a time should be",
        "not_a_time",
        [{"arrived": "after lunch"}],
        column="first_arrived_at",
        columns={"first_arrived_at": None, "first_arrived_on": None},
    ),
    Case(
        "a day that is not in the calendar",
        "not_a_time",
        [{"arrived": "2023-02-30 10:00:00"}],
        column="first_arrived_at",
    ),
    Case(
        "a time with an offset, where the mapping says the clock on the wall",
        "not_a_time",
        [{"arrived": "2023-03-01 10:10:00+01"}],
        column="first_arrived_at",
        columns={"first_arrived_at": None},
    ),
    Case(
        "a time before 1970",
        "not_a_time",
        [{"arrived": "1900-01-01 00:00:00"}],
        column="first_arrived_at",
    ),
    Case(
        "a required value is empty: the record is left out",
        "required_missing",
        [{"received": ""}, {}],
        column="received_at",
    ),
    Case(
        "the same record twice",
        "duplicate_key",
        [{}, {"id": "1"}],
        column="incident_id",
        detail="first at record 2",
    ),
    Case(
        "one reference on two records: the first is kept",
        "conflicting_key",
        [{"grade": "1"}, {"id": "1", "grade": "2"}],
        column="incident_id",
        columns={"first_grade": 1},
    ),
    Case(
        "an arrival before the report: the arrival is not used",
        "impossible_order",
        [{"arrived": "2023-03-01 09:00:00"}],
        column="first_arrived_at",
        columns={"first_arrived_at": None, "first_arrived_on": None},
    ),
    Case(
        "a dispatch before the report leaves a sound arrival alone",
        "impossible_order",
        [{"dispatched": "2023-03-01 09:00:00"}],
        column="first_dispatched_at",
        columns={"first_dispatched_at": None, "first_arrived_at": "2023-03-01 10:10:00"},
    ),
    Case(
        "text NULL that the mapping does not declare is no value all the same",
        "text_null",
        [{"victim": "NULL"}, {"victim": "NULL"}],
        count=2,
        column="victim_key",
        used=2,
        columns={"victim_key": None},
        swap=('table = "incidents"', 'table = "incidents"\nnulls = [""]'),
    ),
    Case(
        "times written in two ways in one column",
        "mixed_formats",
        [{}, {"received": "2023-03-01 10:00:00"}],
        count=2,
        column="received_at",
        used=2,
        detail="%d/%m/%Y %H:%M: 1",
    ),
    Case(
        "the hour that happens twice is taken as its first",
        "dst_ambiguous",
        [{"received": f"{OCTOBER} 01:30", "dispatched": "", "arrived": "", "closed": ""}],
        column="received_at",
        columns={"received_at": "2023-10-29 00:30:00", "received_on": "2023-10-29"},
        detail="1 taken as the first, 0 as the second",
    ),
    Case(
        "unless the order of events forbids it",
        "dst_ambiguous",
        [
            {
                "received": f"{OCTOBER} 01:50",
                "dispatched": "",
                "arrived": "2023-10-29 01:10:00",
                "closed": "",
            }
        ],
        column="first_arrived_at",
        columns={
            "received_at": "2023-10-29 00:50:00",
            "first_arrived_at": "2023-10-29 01:10:00",
        },
        detail="0 taken as the first, 1 as the second",
    ),
    Case(
        "the hour that does not happen is read as if the clocks had not gone forward",
        "dst_gap",
        [{"received": f"{MARCH} 01:30", "dispatched": "", "arrived": "", "closed": ""}],
        column="received_at",
        columns={"received_at": "2023-03-26 01:30:00"},
    ),
    Case(
        "a record outside the months that the mapping covers",
        "outside_covers",
        [{"received": "01/03/2022 10:00", "dispatched": ""}, {}],
        column="received_on",
    ),
    Case(
        "the year before is not covered",
        "short_look_back",
        [{}],
        count=12,
        column="prior_incidents_12m",
        columns={"prior_incidents_12m": None},
    ),
]


def imported(folder: Path, rows: Rows, swap: tuple[str, str] = ("", "")) -> Import:
    old, new = swap
    assert old in INCIDENTS
    make_body(folder, {"incidents": INCIDENTS.replace(old, new, 1) if old else INCIDENTS})
    write_csv(folder / "var" / "incoming" / "incidents.csv", incidents(*rows))
    return import_body(open_body(folder))


def first_record(done: Import) -> dict[str, object]:
    assert done.snapshot
    found = duckdb.connect().sql(
        f"SELECT * FROM read_parquet({done.snapshot.files('incidents')}) ORDER BY incident_id"
    )
    (row,) = found.limit(1).fetchall()
    return dict(zip(found.columns, row, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_defect_is_found_by_name(tmp_path: Path, case: Case) -> None:
    done = imported(tmp_path, case.rows, case.swap)
    found = [f for f in done.findings if f.name == case.name and f.column == case.column]
    assert [f.count for f in found] == [case.count]
    assert case.detail in found[0].detail
    assert found[0].weight == FINDINGS[case.name].weight
    assert sum(source.used for source in done.sources) == case.used
    row = first_record(done)
    for name, value in case.columns.items():
        assert (None if row[name] is None else value if row[name] == value else str(row[name])) == (
            value
        ), name


def test_sound_records_have_no_finding_but_their_missing_past(tmp_path: Path) -> None:
    done = imported(tmp_path, [{}, {"received": "02/03/2023 10:00", "dispatched": ""} | NO_TIMES])
    assert {found.name for found in done.findings} == {"short_look_back"}


NO_TIMES = {"dispatched": "", "arrived": "", "closed": ""}


def test_every_defect_is_told_at_once(tmp_path: Path) -> None:
    rows = [{"area": "east"}, {"double": "perhaps"}, {"arrived": "never"}, {"grade": "7"}]
    names = {found.name for found in imported(tmp_path, rows).findings}
    assert names >= {"unknown_area", "not_yes_or_no", "not_a_time", "unknown_code"}


# What differs between files, imports and months.


def test_a_column_that_came_and_one_that_went_since_the_last_import_are_named(
    tmp_path: Path,
) -> None:
    imported(tmp_path, [{"old note": "x"}])
    done = imported(tmp_path, [{"new note": "x"}])
    (found,) = (f for f in done.findings if f.name == "layout_drift")
    assert found.detail == "since the last import, columns added: new note; removed: old note"
    again = import_body(open_body(tmp_path))
    assert again.findings == done.findings, "the same input is told the same"


def test_a_month_far_from_the_last_import_is_named(tmp_path: Path) -> None:
    imported(tmp_path, [{} for _ in range(100)])
    done = imported(tmp_path, [{} for _ in range(40)])
    (found,) = (f for f in done.findings if f.name == "volume_revised")
    assert found.detail == "2023-03 (40, was 100)"


def test_a_month_far_from_the_one_before_is_named_and_chance_is_not(tmp_path: Path) -> None:
    april = {"received": "01/04/2023 10:00"} | NO_TIMES
    may = {"received": "01/05/2023 10:00"} | NO_TIMES
    covers = ('covers = "2023-01..2023-12"', 'covers = "2023-03..2023-05"')
    done = imported(tmp_path, [{}] * 40 + [april] * 55 + [may] * 200, covers)
    (found,) = (f for f in done.findings if f.name == "volume_jump")
    assert found.detail == "2023-05 (200 after 55)"


def test_a_half_covered_month_is_no_jump(tmp_path: Path) -> None:
    covers = (
        'covers = "2023-01..2023-12"',
        'covers = "2023-03..2023-04"\nprovisional = ["2023-04"]',
    )
    done = imported(tmp_path, [{}] * 200, covers)
    assert "volume_jump" not in {found.name for found in done.findings}


def test_an_unlisted_force_leaves_the_record_out(tmp_path: Path) -> None:
    mapping = INCIDENTS.replace('force = "testshire"\n', "") + '\nforce = "owner"\n'
    make_body(tmp_path, {"incidents": mapping})
    write_csv(
        tmp_path / "var" / "incoming" / "incidents.csv",
        incidents({"owner": "testshire"}, {"owner": "elsewhere"}),
    )
    done = import_body(open_body(tmp_path))
    (found,) = (f for f in done.findings if f.name == "unknown_force")
    assert (found.count, done.sources[0].used) == (1, 1)


CRIMES = """
table = "crimes"
force = "testshire"
file = "var/incoming/crimes.csv"
covers = "2023-01..2023-12"
[columns]
crime_id = "id"
strand = "strand"
recorded_on = "recorded"
offence_group = "offence"
outcome_code = "outcome"
"""

OUTCOMES = [
    ("23", "out_of_range", "allowed from 0 to 22"),
    ("-1", "out_of_range", "allowed from 0 to 22"),
    ("charged", "not_a_number", "the records are left out"),
    ("12.5", "not_a_number", "the records are left out"),
    ("1e400", "not_a_number", "the records are left out"),
]


@pytest.mark.parametrize(("outcome", "name", "detail"), OUTCOMES)
def test_a_number_that_is_none_or_cannot_be(
    tmp_path: Path, outcome: str, name: str, detail: str
) -> None:
    make_body(tmp_path, {"crimes": CRIMES})
    sound = {
        "id": "1",
        "strand": "domestic_abuse",
        "recorded": "2023-03-01",
        "offence": "other",
        "outcome": "16.0",
    }
    write_csv(
        tmp_path / "var" / "incoming" / "crimes.csv",
        [sound, {**sound, "id": "2", "outcome": outcome}],
    )
    done = import_body(open_body(tmp_path))
    (found,) = (f for f in done.findings if f.column == "outcome_code")
    assert (found.name, found.count, done.sources[0].used) == (name, 1, 1)
    assert found.detail.startswith(detail)


# What stops an import: the last good snapshot stands.


STOPS = [
    ("a mapping that uses a column that no file has", "unknown_column", ('"grade"', '"gradde"')),
    (
        "an expression that cannot be worked out",
        "expression_failed",
        ('"grade"', """ "case when victim > 5 then '1' end" """),
    ),
]


@pytest.mark.parametrize(("title", "name", "swap"), STOPS, ids=lambda value: str(value)[:60])
def test_what_cannot_be_trusted_leaves_the_last_snapshot(
    tmp_path: Path, title: str, name: str, swap: tuple[str, str]
) -> None:
    good = imported(tmp_path, [{}]).snapshot
    done = imported(tmp_path, [{}, {}], swap)
    assert done.stopped
    assert done.snapshot == good
    assert [f.weight for f in done.findings if f.name == name] == [Weight.STOPS]


def test_a_name_like_the_missing_column_is_told(tmp_path: Path) -> None:
    done = imported(tmp_path, [{}], ('"grade"', '"gradde"'))
    (found,) = (f for f in done.findings if f.name == "unknown_column")
    assert found.detail == "'gradde', used by first_grade; near it: grade"


def test_a_missing_file_stops(tmp_path: Path) -> None:
    make_body(tmp_path)
    done = import_body(open_body(tmp_path))
    assert done.stopped
    assert done.snapshot is None
    assert [found.name for found in done.findings] == ["unreadable_file"]


@pytest.mark.parametrize(
    ("column", "stopped"), [("arrived", False), ("received", True)], ids=["optional", "required"]
)
def test_a_column_missing_from_one_file_of_two(tmp_path: Path, column: str, stopped: bool) -> None:
    make_body(tmp_path)
    incoming = tmp_path / "var" / "incoming"
    write_csv(incoming / "incidents1.csv", incidents({}))
    (row,) = incidents({"id": "x"})
    del row[column]
    write_csv(incoming / "incidents2.csv", [row])
    done = import_body(open_body(tmp_path))
    found = [f for f in done.findings if f.name == "missing_column"]
    assert [(f.file, f.column) for f in found] == [("incidents2.csv", column)]
    assert done.stopped == stopped


def test_a_stand_in_makes_a_missing_column_good(tmp_path: Path) -> None:
    swap = ('received_at = { sql = "received"', "received_at = { sql = 'coalesce(received, begun)'")
    make_body(tmp_path, {"incidents": INCIDENTS.replace(*swap)})
    incoming = tmp_path / "var" / "incoming"
    write_csv(incoming / "incidents1.csv", incidents({}))
    (row,) = incidents({"id": "x"})
    row["begun"] = row.pop("received")
    write_csv(incoming / "incidents2.csv", [row])
    done = import_body(open_body(tmp_path))
    assert "missing_column" not in {found.name for found in done.findings}
    assert done.sources[0].used == 2


# Mistakes in a mapping are told together, in the user's words.

MISTAKES = [
    ('"grade"', '"gra de"', "a second name or expression"),
    ("table =", "tabel =", "this key is not known here"),
    ('table = "incidents"', 'table = "incident"', "there is no table 'incident'"),
    ('force = "testshire"', 'force = "elsewhere"', "'elsewhere' is not a force of this body"),
    ("2023-01..2023-12", "2023-13", "2023-13 is not a month"),
    ("first_grade =", "frist_grade =", "incidents has no column 'frist_grade'"),
    ("victim_key =", "received_on =", "received_on is made at import and cannot be mapped"),
    ("victim_key =", "prior_incidents_12m =", "is made at import and cannot be mapped"),
    ('incident_id = "id"\n', "", "nothing fills incident_id, which incidents needs"),
    ('DA = "domestic_abuse"', 'DA = "domestic"', "codes lead to 'domestic'"),
    ('"%d/%m/%Y %H:%M"', '"%d/%m/%Y"', "gives no hour"),
    ('"%d/%m/%Y %H:%M"', '"%m/%Y %H:%M"', "does not name a whole day"),
    ('"%d/%m/%Y %H:%M"', '"%d/%m/%Y %H:%M %z"', "a zone is told by clock"),
    ('closed_at = "closed"', 'closed_at = "now()"', "the function now may not be called"),
]


@pytest.mark.parametrize(("old", "new", "found"), MISTAKES, ids=lambda value: value[:40])
def test_a_mistake_in_a_mapping(tmp_path: Path, old: str, new: str, found: str) -> None:
    assert old in INCIDENTS
    make_body(tmp_path, {"incidents": INCIDENTS.replace(old, new, 1)})
    with pytest.raises(InputMistake, match=r"extracts/incidents\.toml") as caught:
        import_body(open_body(tmp_path))
    assert found in str(caught.value)


def test_two_mappings_may_not_supply_one_month_of_a_table(tmp_path: Path) -> None:
    make_body(tmp_path, {"a": INCIDENTS, "b": INCIDENTS.replace("2023-01..", "2023-12..")})
    with pytest.raises(InputMistake, match=r"extracts/a\.toml covers too: 2023-12 to 2023-12"):
        import_body(open_body(tmp_path))


def test_a_table_has_one_supplier(tmp_path: Path) -> None:
    make_body(tmp_path)
    with (tmp_path / "body.toml").open("a") as file:
        file.write('\n[suppliers]\nincidents = "meetings"\n')
    with pytest.raises(InputMistake, match=r"body\.toml says that incidents comes from 'meetings'"):
        import_body(open_body(tmp_path))


def test_every_finding_has_its_test() -> None:
    """What one file alone can show is in test_files and test_spreadsheets."""
    names = ("test_findings.py", "test_files.py", "test_spreadsheets.py")
    source = "".join((Path(__file__).with_name(n)).read_text(encoding="utf-8") for n in names)
    assert [name for name in FINDINGS if f'"{name}"' not in source] == []
