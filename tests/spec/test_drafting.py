"""`answerable map`: what is guessed of a file, how sure it is, and what is never guessed."""

import gzip
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import import_body
from answerable.chain.records.drafting import Draft, draft_mapping
from answerable.cli.app import load

BODY = """
key = "exampleshire"
name = "Office of the Commissioner for Exampleshire"
zone = "Europe/London"
forces = [{ key = "exampleshire", name = "Exampleshire Police" }]
areas = [
    { code = "town", name = "Old Town", force = "exampleshire" },
    { code = "dales", name = "The Dales", force = "exampleshire" },
]
"""
HEADER = "Log number,Received,Area,Qualifier,Grade,First at scene,Risk,Person ref"
PERSON = "P7654321"


def row(number: int, flag: str = "domestic abuse", risk: str = "High") -> str:
    at = datetime(2024, 1, 1, 0, 7) + timedelta(hours=5 * number)
    seen = at + timedelta(minutes=11)
    area = ("Old Town", "The Dales")[number % 2]
    return (
        f"L-{number:05d},{at:%d/%m/%Y %H:%M},{area},{flag},{number % 4 + 1},"
        f"{seen:%d/%m/%Y %H:%M},{risk},{PERSON}"
    )


def lines(count: int = 300, **given: str) -> list[str]:
    return [HEADER, *(row(number, **given) for number in range(count))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return example(tmp_path / "exampleshire")


def example(folder: Path) -> Path:
    (folder / "incoming").mkdir(parents=True)
    (folder / "extracts").mkdir()
    (folder / "body.toml").write_text(BODY)
    return folder


@pytest.fixture
def draft(folder: Path) -> Callable[..., Draft]:
    def drafted(content: str | bytes, name: str = "incidents.csv", **given: str) -> Draft:
        path = folder / "incoming" / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return draft_mapping(path, body=open_body(folder), **given)

    return drafted


def sure(draft: Draft) -> dict[str, str]:
    return {guess.what: guess.sure for guess in draft.guesses}


# What is guessed


def test_a_clean_file_needs_only_its_clock_to_be_said(draft: Callable[..., Draft]) -> None:
    made = draft("\n".join(lines()))
    assert made.table == "incidents"
    (question,) = made.undecided
    assert question.startswith("clock: nothing tells whether it is the clock on the wall or UTC")
    for part in (
        'force = "exampleshire"  # sure: the only force of the body',
        'covers = "2024-01..2024-03"',
        'provisional = ["2024-03"]',
        "incident_id = '\"Log number\"'",
        'received_at = { sql = \'"Received"\', formats = ["%d/%m/%Y %H:%M"] }',
        '"Old Town" = "town"',
        '"domestic abuse" = "domestic_abuse"',
        "first_grade = '\"Grade\"'",
        '"High" = "high"',
        "victim_key = '\"Person ref\"'",
    ):
        assert part in made.text
    assert set(sure(made)) >= {"table", "force", "format", "covers", "columns.strand"}


def test_a_draft_of_a_clean_file_is_imported(folder: Path, draft: Callable[..., Draft]) -> None:
    content = "\n".join(lines()).replace("Received", "Received UTC").replace("scene", "scene UTC")
    made = draft(content)
    assert made.undecided == ()
    (folder / "extracts" / "incidents.toml").write_text(made.text, encoding="utf-8")
    imported = import_body(open_body(folder))
    (source,) = imported.sources
    assert (imported.stopped, source.read, source.used) == (False, 300, 300)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "says"),
    [
        ("utf-8", ",", ""),
        ("cp1252", ";", 'encoding = "cp1252"'),
        ("utf-16", "\t", 'delimiter = "\\t"'),
        ("utf-8-sig", "|", 'delimiter = "|"'),
    ],
)
def test_how_it_is_read(
    draft: Callable[..., Draft], encoding: str, delimiter: str, says: str
) -> None:
    content = "\n".join(lines(risk="Not assessed – yet")).replace(",", delimiter)
    made = draft(content.encode(encoding))
    assert (made.table, says in made.text) == ("incidents", True)
    assert "incident_id" in made.text


def test_gzip_and_lines_above_the_header(draft: Callable[..., Draft]) -> None:
    content = "\n".join(["Incidents of domestic abuse", "Made on 1 April 2024", "", *lines()])
    made = draft(gzip.compress(content.encode()), "incidents.csv.gz")
    assert "header_row = 4" in made.text


def test_json_lines(draft: Callable[..., Draft]) -> None:
    names = HEADER.split(",")
    made = draft(
        "\n".join(json.dumps(dict(zip(names, r.split(","), strict=True))) for r in lines()[1:]),
        "incidents.jsonl",
    )
    assert 'format = "jsonl"' in made.text
    assert "'\"Log number\"'" in made.text


def test_a_workbook_and_its_sheet(folder: Path) -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["About these figures"])
    page = book.create_sheet("Log")
    page.append(["Incidents"])
    for line in lines():
        page.append(line.split(","))
    path = folder / "incoming" / "incidents.xlsx"
    book.save(path)
    made = draft_mapping(path, body=open_body(folder))
    assert (
        'sheet = "Log"  # fairly sure: the sheet with the widest table; the others are Notes'
        in (made.text)
    )
    assert "header_row = 2" in made.text
    with pytest.raises(InputMistake, match="there is no such sheet"):
        draft_mapping(path, body=open_body(folder), sheet="Lgo")


def test_months_alone_are_asked_about(draft: Callable[..., Draft]) -> None:
    made = draft(
        "Crime ID,Month,Crime type,Outcome\n" + "C1,2024-01,Public order,16\n" * 9, "crimes.csv"
    )
    assert made.table == "crimes"
    assert "recorded_on: it tells months alone: may the first day stand for each?" in made.undecided
    assert "concat(\\\"Month\\\", '-01')" in made.text


def test_day_or_month_first_is_asked_where_nothing_shows_it(draft: Callable[..., Draft]) -> None:
    header = "Crime ID,Date recorded,Crime type,Outcome\n"
    unclear = "".join(f"C{n},0{n % 9 + 1}/02/2024,Public order,16\n" for n in range(50))
    made = draft(header + unclear)
    assert "recorded_on: no value shows whether the day or the month comes first" in made.undecided
    assert not any("recorded_on" in each for each in draft(header + unclear + "C,31/01/2024,,1\n")
                   .undecided)  # fmt: skip


def test_two_ways_of_writing_times_in_one_column(draft: Callable[..., Draft]) -> None:
    made = draft("\n".join(lines() + ["L-9,2024-02-03 14:05:00,Old Town,other,1,,High,P"] * 5))
    assert 'formats = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"]' in made.text


@pytest.mark.parametrize("clock", ["local", "utc"])
def test_the_clock_is_told_by_the_hour_left_out_in_spring(
    draft: Callable[..., Draft], clock: str
) -> None:
    start = datetime(2024, 3, 1)
    times = [start + timedelta(minutes=5 * number) for number in range(12 * 24 * 61)]
    if clock == "local":
        gap = datetime(2024, 3, 31, 1)
        times = [at for at in times if not gap <= at < gap + timedelta(hours=1)]
    made = draft("Log number,Received\n" + "".join(f"L{n},{at}\n" for n, at in enumerate(times)))
    (told,) = [guess for guess in made.guesses if guess.what == "clock"]
    assert (told.taken, told.sure) == (clock, "fairly sure")
    assert ('clock = "utc"' in made.text) == (clock == "utc")


# What is never guessed


def test_no_code_is_invented(draft: Callable[..., Draft]) -> None:
    content = lines() + [row(n, "DA", "H") for n in range(300, 340)]
    made = draft("\n".join(content))
    assert '"domestic abuse" = "domestic_abuse"' in made.text
    assert '# "DA" =    # 40 records' in made.text
    assert '# "H" =    # 40 records' in made.text
    assert '"DA" = "' not in made.text and '"H" = "' not in made.text
    assert "strand: 1 value has no meaning yet" in made.undecided
    assert sure(made)["columns.strand"] == "not sure"


@pytest.mark.parametrize(
    ("spelled", "matched"),
    [("Domestic Abuse", True), ("DOMESTIC_ABUSE", True), ("domestic  abuse ", True),
     ("Domestic", False), ("domestic abus", False), ("DA", False), ("abuse, domestic", False)],
)  # fmt: skip
def test_a_code_is_matched_by_its_spelling_alone(
    draft: Callable[..., Draft], spelled: str, matched: bool
) -> None:
    made = draft("\n".join(lines()).replace("domestic abuse", f'"{spelled}"'))
    assert (f'"{spelled.strip()}" = "domestic_abuse"' in made.text) == matched


def test_no_reference_and_no_name_is_told(draft: Callable[..., Draft]) -> None:
    made = draft("\n".join(lines()))
    told = made.text + repr(made.guesses) + repr(made.undecided)
    assert "victim_key" in told
    assert PERSON not in told and "L-00" not in told


def test_what_stands_in_a_coded_column_is_not_told_when_it_may_be_names(
    draft: Callable[..., Draft],
) -> None:
    content = [HEADER, *(row(n, flag=f"Jane {chr(65 + n % 26)}{n}") for n in range(40))]
    made = draft("\n".join(content))
    assert "Jane" not in made.text + repr(made.guesses)
    assert "# (40 values, not told here: they may be names)" in made.text


def test_a_name_in_the_wrong_place_is_not_told(draft: Callable[..., Draft]) -> None:
    content = [HEADER, *(row(n, flag="DA") for n in range(150)), row(900, flag="Mrs Jane A")]
    made = draft("\n".join(content))
    assert '# "DA" =    # 150 records' in made.text
    assert "Jane" not in made.text + repr(made.guesses)
    assert "# (1 more, each in fewer than 3 records, not told here" in made.text


def test_a_name_is_never_taken_for_a_key(draft: Callable[..., Draft]) -> None:
    rows = [f"I{n},Jane {n % 40},2023-01-{1 + n % 28:02} 10:00" for n in range(200)]
    content = "\n".join(["Incident No,Victim Name,Received", *rows])
    made = draft(content, table="incidents")
    assert "columns.victim_key" not in {guess.what for guess in made.guesses}
    assert "Jane" not in made.text


def test_a_file_without_headings_tells_none_of_its_values(draft: Callable[..., Draft]) -> None:
    with pytest.raises(InputMistake, match="no row of it seems to name its columns") as raised:
        draft("\n".join(lines()[1:]))
    assert "Old Town" not in str(raised.value)


def test_a_file_of_no_known_table(draft: Callable[..., Draft]) -> None:
    with pytest.raises(InputMistake, match="Say which it is with --table; the nearest are"):
        draft("Colour,Shape\nred,round\nblue,square\n", "things.csv")


def test_a_table_that_is_not_there(draft: Callable[..., Draft]) -> None:
    with pytest.raises(InputMistake, match="there is no table 'incident'"):
        draft("\n".join(lines()), table="incident")


def test_a_required_column_that_no_file_has_is_left_open(draft: Callable[..., Draft]) -> None:
    made = draft("\n".join(line.replace("Qualifier", "Q9") for line in lines()).replace(
        "domestic abuse", "yes"))  # fmt: skip
    assert "strand: nothing here fills it, and incidents needs it" in made.undecided
    assert "\nstrand" not in made.text and "[columns.strand]" not in made.text


def test_each_column_of_a_file_is_used_once(draft: Callable[..., Draft]) -> None:
    made = draft("\n".join(lines()))
    taken = [guess.taken for guess in made.guesses if guess.what.startswith("columns.")]
    assert len(taken) == len(set(taken))


# A large file


def test_a_large_file_is_looked_at_in_part_and_to_its_end(folder: Path) -> None:
    chance = random.Random(7)
    path = folder / "incoming" / "incidents.csv"
    with path.open("w") as out:
        out.write(HEADER + "\n")
        for number in range(240_000):
            at = datetime(2022, 1, 1) + timedelta(minutes=4 * number)
            out.write(
                f"L-{number:07d},{at:%d/%m/%Y %H:%M},Old Town,stalking,{chance.randint(1, 4)},"
                f"{at:%d/%m/%Y %H:%M},high,P{chance.randrange(10**9)}\n"
            )
    made = draft_mapping(path, body=open_body(folder))
    assert 'covers = "2022-01..2023-10"  # not sure' in made.text
    assert ": a part of it." in made.text


# The command


def run(*words: object) -> "object":
    return CliRunner().invoke(load(), ["map", *map(str, words)])


def test_the_command_writes_and_never_over_another(folder: Path) -> None:
    path, to = folder / "incoming" / "incidents.csv", folder / "extracts" / "incidents.toml"
    path.write_text("\n".join(lines()))
    done = run(path, "--to", to)
    assert done.exit_code == 0  # type: ignore[attr-defined]
    assert 'file = "incoming/incidents.csv"' in to.read_text()
    before = to.read_text()
    again = run(path, "--to", to)
    assert isinstance(again.exception, InputMistake)  # type: ignore[attr-defined]
    assert "there is a file of this name already" in str(again.exception)  # type: ignore[attr-defined]
    assert to.read_text() == before


def test_the_command_gives_its_guesses_as_json(folder: Path) -> None:
    path = folder / "incoming" / "incidents.csv"
    path.write_text("\n".join(lines()))
    done = run(path, "--format", "json")
    told = json.loads(done.stdout)  # type: ignore[attr-defined]
    assert set(told) == {"text", "table", "guesses", "undecided"}
    assert set(told["guesses"][0]) == {"what", "taken", "why", "sure"}
    assert {guess["sure"] for guess in told["guesses"]} <= {"sure", "fairly sure", "not sure"}
    assert "To be decided before it can be imported:" in done.stderr  # type: ignore[attr-defined]


def test_an_open_draft_says_what_is_left(folder: Path) -> None:
    path, to = folder / "incoming" / "incidents.csv", folder / "extracts" / "incidents.toml"
    path.write_text("\n".join(lines(flag="DA")))
    run(path, "--to", to)
    with pytest.raises(InputMistake) as raised:
        import_body(open_body(folder))
    assert (
        "extracts/incidents.toml, undecided: the draft leaves open: strand: 1 value has no"
        in str(raised.value)
    )


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    told = str(run(tmp_path).exception)  # type: ignore[attr-defined]
    assert "it is a folder" in told and "Name one of the files in it" in told
