"""`answerable may-say` on the demonstration's records, after disclosure."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, Period
from answerable.chain.claims import Claim, Reading, Wording
from answerable.chain.measures import Gathered
from answerable.cli.app import load
from answerable.cli.release import release_of
from tests.papers import opened, parts, words
from tests.severnshire import Demo

MEASURES = ("response_time_priority", "action_taken_recorded", "victim_satisfaction", "reports",
            "training_coverage", "arrests_per_100_crimes")  # fmt: skip


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(load(), ["may-say", str(demo.body.folder), *arguments])


@pytest.fixture(scope="module")
def told(demo: Demo) -> dict[str, dict[str, Any]]:
    """What the command says of some measures, by key."""
    result = run(demo, *MEASURES, "--format", "json")
    assert result.exit_code == 0, result.exception
    return {each["measure"]: each for each in json.loads(result.stdout)}


@pytest.mark.parametrize("key", MEASURES)
def test_its_figures_are_those_of_measure(
    demo: Demo, told: dict[str, dict[str, Any]], key: str
) -> None:
    looked = 0
    for line in told[key]["figures"]:
        shown = line["result"]
        if shown is None or shown["value"] is None:
            continue
        own = demo.results.one(key, shown["statistic"], "all", Period.parse(shown["period"]))
        assert own is not None
        assert (own.value, own.n, own.count) == (shown["value"], shown["n"], shown["count"])
        looked += 1
    assert looked >= 2 or key == "training_coverage"


@pytest.mark.parametrize("key", MEASURES)
def test_its_sentence_is_that_of_check(
    demo: Demo, told: dict[str, dict[str, Any]], key: str
) -> None:
    """A claim of the same change over the same months gets the same sentence and power.

    Where a month is withheld and the verdicts differ, neither is told.
    """
    each = told[key]
    verdict = each["verdict"]
    name = verdict["name"].split()
    period = Period.parse(name[4])
    better = demo.definitions[key].better
    ways = ("rose", "fell") if better == "neither" else ("improved", "worsened")
    found = []
    for says in ways:
        reading = Reading(
            says=says, measure=key, statistic=name[2], period=str(period),
            baseline=str(period.earlier(12)), bound_by="b", bound_on=date(2024, 7, 1), why="w",
        )  # fmt: skip
        claim = Claim(
            key="a", words="w", published_by="p", said_on=date(2024, 7, 1), source="s",
            as_worded=Wording.TESTABLE, reading=(reading,),
        )  # fmt: skip
        checked = demo.check(claim)[0].readings[0].verdict
        found.append((checked.may_say, checked.smallest_visible))
    if key == "training_coverage":  # July 2021 is withheld, which moves the yardstick a little
        said = [say for say, _ in found]
        assert verdict["may_say"] in said
        smallest = found[said.index(verdict["may_say"])][1]
        assert each["smallest_visible"] == pytest.approx(smallest, rel=0.25)
        assert each["smallest_visible"] != smallest
    else:
        assert (verdict["may_say"], each["smallest_visible"]) in found


def test_it_prints_what_may_be_said_and_what_may_not(demo: Demo) -> None:
    result = run(demo, "response_time_priority")
    assert result.exit_code == 0
    for wanted in (
        "It may be said:", "more than ordinary variation between months.", "Say with it: ",
        "What these figures could easily have missed: a change smaller than about ",
        "It may not be said:", "season alone makes such figures differ", "never why",
        "Period ", "The chart: ", "In each area:", "withheld to protect people",
        "The evidence: from rows.",
    ):  # fmt: skip
        assert wanted in result.stdout, wanted


def test_one_area_and_another_statistic(demo: Demo) -> None:
    result = run(demo, "response_time_priority", "--statistic", "p90", "--area", "teme_valley",
                 "--format", "json")  # fmt: skip
    each = json.loads(result.stdout)[0]
    assert (each["statistic"], each["area"], each["areas"]) == ("p90", "teme_valley", [])
    assert "Teme Valley" in each["may_say"][0]


def test_the_files(demo: Demo, tmp_path: Path) -> None:
    to = tmp_path / "papers"
    keys = ("response_time_priority", "training_coverage")
    assert run(demo, *keys, "--to", str(to)).exit_code == 0
    names = {path.name for path in to.iterdir()}
    assert names == {
        "what-may-be-said.docx", "what-may-be-said.xlsx", "response-time-priority-median-all.png",
    }  # fmt: skip
    said = words((to / "what-may-be-said.docx").read_bytes())
    for key in keys:
        assert demo.definitions[key].title in said
    headings = [p.text for p in opened((to / "what-may-be-said.docx").read_bytes()).paragraphs
                if p.style.name == "Heading 2"]  # fmt: skip
    assert len(headings) == 2
    assert (to / "response-time-priority-median-all.png").read_bytes().startswith(b"\x89PNG")
    book = load_workbook(to / "what-may-be-said.xlsx")
    assert book.sheetnames == ["May be said", "May not be said", "Figures", "Months", "Areas"]
    rows = list(book["Figures"].iter_rows(values_only=True))
    title = demo.definitions["response_time_priority"].title
    values = [row[rows[0].index("value")] for row in rows if row[0] == title]
    own = demo.results.one("response_time_priority", "median", "all", "2023-06..2024-05")
    assert own is not None
    assert own.value in values
    assert "<f>" not in b"".join(
        parts((to / "what-may-be-said.xlsx").read_bytes()).values()
    ).decode("utf-8", "replace")
    before = {path.name: path.read_bytes() for path in to.iterdir()}
    assert run(demo, *keys, "--to", str(to)).exit_code == 0
    assert {path.name: path.read_bytes() for path in to.iterdir()} == before


def test_nothing_withheld_is_in_any_file(demo: Demo, tmp_path: Path) -> None:
    """Months of an area that are withheld have no value in the workbook, as text or number."""
    run(demo, "response_time_priority", "--area", "clunmoor", "--to", str(tmp_path))
    book = load_workbook(io.BytesIO((tmp_path / "what-may-be-said.xlsx").read_bytes()))
    rows = list(book["Months"].iter_rows(values_only=True))
    at = {name: i for i, name in enumerate(rows[0])}
    held = [row for row in rows[1:] if row[at["status"]] == "withheld to protect people"]
    assert held
    for row in held:
        assert not any(row[at[name]] for name in ("in words", "value", "lower", "upper", "n"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no_such_measure"], "there is no measure 'no_such_measure'"),
        (["reports", "--area", "nowhere"], "there is no area 'nowhere'"),
        (["reports", "--statistic", "median"], "has no figure 'median'"),
        (["action_taken_recorded", "--statistic", "mix"], "has no figure 'mix'"),
    ],
)
def test_mistakes_are_told(demo: Demo, arguments: list[str], says: str) -> None:
    result = run(demo, *arguments)
    assert isinstance(result.exception, InputMistake)
    assert says in str(result.exception)


def test_a_file_is_no_folder(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "here").write_text("mine", encoding="utf-8")
    result = run(demo, "reports", "--to", str(tmp_path / "here"))
    assert isinstance(result.exception, InputMistake)
    assert (tmp_path / "here").read_text(encoding="utf-8") == "mine"


def test_it_rests_on_just_what_a_publication_would_show(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure that the site withholds, and none withheld that the site shows."""
    from answerable.chain.papers import speaking

    seen: list[Gathered] = []
    protected = speaking._protected

    def kept(*arguments: Any) -> Gathered:
        seen.append(protected(*arguments))
        return seen[-1]

    monkeypatch.setattr(speaking, "_protected", kept)
    speaking.said_of(demo.body, MEASURES, on=date(2024, 7, 1))
    published = {each.name: each for each in release_of(demo.body).results}
    assert len(list(seen[0])) > 5000
    for each in seen[0]:
        assert published[each.name] == each, each.name
