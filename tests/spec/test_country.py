"""A body of several forces, from figures that each of them publishes, to a site by force."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake, Month, by_force, open_body
from answerable.chain.disclosure import protect
from answerable.chain.measures import Result
from answerable.chain.papers.speaking import said_of
from answerable.cli.app import load
from answerable.cli.publish import publish_body
from answerable.cli.release import release_of
from answerable.site.verify import verify

FORCES = {
    "dunwold": "Dunwold Police",
    "avonmere": "Avonmere Constabulary",
    "carrow": "Carrow Police",
    "brent_vale": "Brent Vale Police",
    "easthay": "Easthay Police",
}
BODY = """
key = "region"
name = "The region"
"""
CLAIM = """
key = "arrests"
words = "arrests are made in more incidents"
published_by = "The region"
said_on = 2024-01-10
source = "made up"
as_worded = "testable as worded"

[[reading]]
says = "improved"
measure = "arrests_made"
statistic = "value"
area = "AREA"
period = "2023-01..2023-12"
baseline = "2022-01..2022-12"
bound_by = "the office"
bound_on = 2024-01-12
why = "The usual reading."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forces = [f'[[forces]]\nkey = "{key}"\nname = "{name}"\n' for key, name in FORCES.items()]
    areas = '[[areas]]\ncode = "dunwold_north"\nname = "Dunwold North"\nforce = "dunwold"\n'
    (tmp_path / "body.toml").write_text("\n".join([BODY, *forces, areas]))
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "arrests.toml").write_text(CLAIM.replace("AREA", "all"))
    (tmp_path / "figures").mkdir()
    with (tmp_path / "figures" / "arrests.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(_rows()[0]))
        writer.writeheader()
        writer.writerows(_rows())
    return tmp_path


def _rows() -> list[dict[str, object]]:
    """Two years of months. Carrow's share rises in the second; Easthay's is far below."""
    dice, found = np.random.default_rng(5), []
    for i in range(24):
        made = {force: _month(dice, force, i) for force in FORCES}
        within = {"dunwold_north": _month(dice, "dunwold", i)}
        made["all"] = tuple(map(sum, zip(*made.values(), strict=True)))  # type: ignore[assignment]
        found += [
            {
                "measure": "arrests_made", "title": "Arrests made", "statistic": "value",
                "period": str(Month(2022, 1) + i), "area": area, "unit": "share",
                "numerator": top, "denominator": n, "source": "Published by each force",
                "better": "higher",
            }
            for area, (top, n) in (made | within).items()
        ]  # fmt: skip
    return found


def _month(dice: np.random.Generator, force: str, i: int) -> tuple[int, int]:
    share = {"easthay": 0.2, "carrow": 0.4 + 0.08 * (i >= 12)}.get(force, 0.4)
    n = int(dice.integers(700, 900))
    return round(n * (share + dice.normal(0, 0.006))), n


def test_places_are_the_forces_in_the_order_of_names(folder: Path) -> None:
    seen = by_force(open_body(folder))
    assert [area.name for area in seen.areas] == sorted(FORCES.values())
    assert seen.file.by_force and not open_body(folder).file.by_force
    assert open_body(folder).beside("carrow") == tuple(FORCES)
    assert open_body(folder).beside("dunwold_north") == ("dunwold_north",)


def test_the_site_is_by_force_and_holds(folder: Path, tmp_path: Path) -> None:
    out = publish_body(open_body(folder), tmp_path / "site")
    pages = {path.name for path in (out / "forces").iterdir()}
    assert pages == {"index.html", *(f"{force}.html" for force in FORCES)}
    assert not (out / "areas").exists()
    rows = list(csv.DictReader((out / "data" / "forces.csv").read_text().splitlines()))
    assert [row["force"] for row in rows if row["outlier"] == "true"] == ["easthay"]
    assert [row["force"] for row in rows if row["change"] != "not shown"] == ["carrow"]
    assert "dunwold_north" not in (out / "data" / "arrests_made.csv").read_text()
    claim = (out / "claims" / "arrests.html").read_text()
    assert "Force by force" in claim and "Carrow Police" in claim
    report = verify(out)
    assert report.holds, report.wrong


def test_a_claim_may_be_of_one_force(folder: Path) -> None:
    (folder / "claims" / "arrests.toml").write_text(CLAIM.replace("AREA", "carrow"))
    (checked,) = release_of(open_body(folder)).claims
    assert "Carrow Police" in checked.readings[0].verdict.may_say


def test_a_claim_is_checked_force_by_force(folder: Path) -> None:
    def run(*options: str) -> str:
        return CliRunner().invoke(load(), ["check", str(folder), *options]).stdout

    told = run()
    assert "arrests, force by force: improved · arrests_made · value" in told
    assert "1 supported: Carrow Police" in told and "4 not shown\n" in told
    assert "any of the 5 forces that could be told, chance alone would call at most" in told
    (claim,) = json.loads(run("--format", "json"))
    verdicts = claim["forces"][0]["verdicts"]
    assert [code for code, v in verdicts.items() if v["verdict"] == "supported"] == ["carrow"]


def test_what_may_be_said_is_said_of_each_force(folder: Path) -> None:
    said = said_of(open_body(folder), ("arrests_made",), on=date(2024, 2, 1))
    (saying,) = said.sayings
    assert [each.name for each in saying.areas] == sorted(FORCES.values())
    assert "If nothing had changed anywhere" in saying.by_chance
    assert "chart would still signal" in said.charts_by_chance
    (carrow,) = said_of(
        open_body(folder), ("arrests_made",), (), ("carrow",), on=date(2024, 2, 1)
    ).sayings
    assert carrow.title == "Arrests made, Carrow Police" and carrow.say


def test_only_the_whole_and_the_forces_are_put_forward(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Areas lie within forces: beside them they would count the same records twice."""
    put_forward: set[str] = set()

    def seen(results: Sequence[Result], *rest: object) -> tuple[Result, ...]:
        put_forward.update(result.area for result in results)
        return protect(results, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("answerable.chain.papers.speaking.protect", seen)
    said_of(open_body(folder), ("arrests_made",), on=date(2024, 2, 1))
    assert put_forward == {"all", *FORCES}


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("claims/arrests.toml", '"all"', '"dunwold_north"', "this body's record is by force"),
        (
            "body.toml", "[[areas]]",
            '[[forces.counts_otherwise]]\nmeasure = "arrests_mad"\nhow = "x"\n[[areas]]',
            "is said to count 'arrests_mad' otherwise, which is no measure here",
        ),
    ],
    ids=["area", "measure"],
)  # fmt: skip
def test_what_it_refuses(folder: Path, file: str, before: str, after: str, said: str) -> None:
    path = folder / file
    path.write_text(path.read_text().replace(before, after))
    with pytest.raises(InputMistake) as refused:
        release_of(open_body(folder))
    assert said in str(refused.value)
