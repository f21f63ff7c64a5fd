"""Bad input ends in one clear message, a status, and the last good snapshot in place.

Each test begins with a body that imports, spoils one thing, and runs the command.
"""

import gzip
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from answerable.cli import main


@dataclass
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """What the person sees of the mistake, as one line."""
        return " ".join(f"{self.out} {self.err}".split())


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `answerable WORD …`; a traceback, or a failure of ours, fails the test."""

    def ran(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["answerable", *map(str, words)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "Answerable itself failed" not in err, err
        return Ran(status, out, err)

    return ran


@pytest.fixture
def body(tmp_path: Path, run: Run) -> Path:
    """The example body, imported once."""
    folder = tmp_path / "exampleshire"
    assert run("init", folder).status == 0
    assert run("import", folder).status == 0
    return folder


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def current(body: Path) -> str:
    return (body / "var" / "current").read_text(encoding="utf-8")


def refused(ran: Ran, *told: str) -> None:
    """Status 2, and every one of these in the message."""
    assert ran.status == 2, ran.message
    for words in told:
        assert words in ran.message, ran.message


@pytest.fixture
def mapping(body: Path) -> Path:
    return body / "extracts" / "incidents.toml"


def test_a_damaged_gzip(body: Path, mapping: Path, run: Run) -> None:
    before, incoming = current(body), body / "incoming"
    whole = gzip.compress((incoming / "incidents.csv").read_bytes())
    (incoming / "incidents.csv.gz").write_bytes(whole[: len(whole) // 2])
    spoil(mapping, "incoming/incidents.csv", "incoming/incidents.csv.gz")
    refused(run("import", body), "incidents.csv.gz")
    assert current(body) == before


def test_a_spreadsheet_with_a_moved_header(body: Path, mapping: Path, run: Run) -> None:
    before, incoming = current(body), body / "incoming"
    rows = [line.split(",") for line in (incoming / "incidents.csv").read_text().splitlines()]
    book = Workbook()
    for row in [["Made for the commissioner"], [], *rows]:
        book.active.append(row)
    book.save(incoming / "incidents.xlsx")
    spoil(mapping, 'file = "incoming/incidents.csv"', 'file = "incoming/incidents.xlsx"')
    spoil(mapping, 'format = "csv"', 'format = "xlsx"')
    refused(run("import", body), "incidents.xlsx", "row 3")
    assert current(body) == before
    spoil(mapping, 'format = "xlsx"', 'format = "xlsx"\nheader_row = 3')
    assert run("import", body).status == 0


def test_a_mapping_with_an_unknown_column(body: Path, mapping: Path, run: Run) -> None:
    before = current(body)
    spoil(mapping, '"Arrived"', '"Arived"')
    refused(run("import", body), "incidents.toml", "Arived", "Arrived")
    assert current(body) == before


@pytest.mark.parametrize(
    "expression",
    [
        "(select content from read_text('body.toml'))",
        "read_csv('body.toml')",
        "getenv('HOME')",
        '"Person key"; drop table x',
    ],
)
def test_an_expression_that_reaches_further_than_its_row(
    body: Path, mapping: Path, run: Run, expression: str
) -> None:
    before = current(body)
    spoil(mapping, "victim_key = '\"Person key\"'", f"victim_key = '''{expression}'''")
    refused(run("import", body), "incidents.toml", "columns.victim_key")
    assert current(body) == before


def test_a_measure_whose_cases_do_not_hold(body: Path, run: Run) -> None:
    shipped = Path(main.__code__.co_filename).parents[1] / "library" / "measures" / "reports.toml"
    text = shipped.read_text(encoding="utf-8").replace('key = "reports"', 'key = "own_reports"')
    (body / "measures").mkdir(exist_ok=True)
    own = body / "measures" / "own_reports.toml"
    own.write_text(text, encoding="utf-8")
    assert run("measure", body, "--measure", "own_reports").status == 0
    lines = text.splitlines()
    gives = next(i for i, line in enumerate(lines) if "gives" in line)
    lines[gives] = lines[gives].replace("gives = ", "gives = 7")
    own.write_text("\n".join(lines), encoding="utf-8")
    refused(run("measure", body, "--measure", "own_reports"), "own_reports.toml", "it gives")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("response_time_immediate", "response_time_imediate", "response_time_immediate"),
        ('statistic = "median"', 'statistic = "mean"', "median"),
        ('says = "improved"', 'says = "better"', "improved"),
        ('period = "2024-02"', 'period = "Feb-24"', "Feb-24"),
        ('baseline = "2024-01"\n', "", "baseline"),
        ('key = "2024-03-05-quicker"', 'key = "2024-03-05-quicker"\ncolour = "red"', "colour"),
    ],
)
def test_a_claim_that_cannot_be_read(body: Path, run: Run, old: str, new: str, told: str) -> None:
    spoil(body / "claims" / "example.toml", old, new)
    refused(run("check", body), "example.toml", told)


def test_a_period_across_a_break_is_told_with_its_date(body: Path, run: Run) -> None:
    shipped = Path(main.__code__.co_filename).parents[1] / "library" / "measures"
    text = (shipped / "response_time_immediate.toml").read_text(encoding="utf-8")
    version = next(line for line in text.splitlines() if line.startswith("version")).split()[-1]
    (body / "measures").mkdir(exist_ok=True)
    (body / "measures" / "response_time_immediate.toml").write_text(
        f'replaces = "response_time_immediate@{version}"\n'
        'breaks = [{ on = 2024-02-01, why = "the force changed its grades" }]\n' + text,
        encoding="utf-8",
    )
    ran = run("check", body)
    assert ran.status == 1
    assert "cannot tell" in ran.message
    assert "1 February 2024" in ran.message
    assert "changed its grades" in ran.message


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "nowhere"), "body.toml"),
        (("check", "{body}", "no-such-claim"), "no-such-claim"),
        (("measure", "{body}", "--measure", "no_such_measure"), "no_such_measure"),
        (("measure", "{body}", "--period", "last year"), "last year"),
        (("measure", "{body}", "--area", "nowhere"), "nowhere"),
        (("verify", "{body}"), "manifest.json"),
        (("publish", "{body}", "{body}"), "not empty"),
        (("init", "{body}"), "empty"),
        (("letter", "nowhere"), "body.toml"),
    ],
)
def test_a_command_says_what_it_cannot_find(
    body: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    refused(run(*(word.format(body=body) for word in words)), told)


def test_nothing_imported_yet(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path / "new")
    for word in ("measure", "check"):
        refused(run(word, tmp_path / "new"), "answerable import")
