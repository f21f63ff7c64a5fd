"""`answerable chart` with several series in a file, and with figures in another unit."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from typer.testing import CliRunner

from answerable.chain.body import InputMistake
from answerable.chain.statistics import p, xmr
from answerable.cli.app import load

MONTHS = [f"{2022 + i // 12}-{i % 12 + 1:02d}" for i in range(14)]
NORTH = [50, 52, 49, 51, 48, 50, 53, 47, 50, 52, 49, 51, 50, 90]
SOUTH = [20, 22, 19, 21, 18, 20, 23, 17, 20, 22, 19, 21, 20, 21]
COLUMNS = ("--kind", "xmr", "--x", "month", "--value", "minutes", "--facet", "area")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = ["month,area,minutes,seen,of"]
    for i, month in enumerate(MONTHS):
        lines += [f"{month},South,{SOUTH[i]},{60 + i},120", f"{month},North,{NORTH[i]},{30 + i},50"]
    path = tmp_path / "areas.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(load(), ["chart", *map(str, arguments)])
    if result.exception:
        raise result.exception
    return result.stdout


def made(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--format", "json"))


def test_each_facet_is_a_chart_of_its_own_in_the_order_of_the_file(file: Path) -> None:
    found = made(file, *COLUMNS)
    assert [each.pop("facet") for each in found["facets"]] == ["South", "North"]
    assert found["facets"] == [xmr(MONTHS, SOUTH).as_json(), xmr(MONTHS, NORTH).as_json()]
    assert found["false_alarms"]["looked_at"] == 2


def test_text_ends_with_what_chance_alone_gives(file: Path) -> None:
    told = run(file, *COLUMNS)
    assert told.startswith("South\n2023-02: 21 (limits ") and "\nNorth\n2023-02: 90 (" in told
    assert "of these 2 charts" in told.splitlines()[-1]


def test_csv_has_the_facet_first(file: Path) -> None:
    rows = list(csv.reader(io.StringIO(run(file, *COLUMNS, "--format", "csv"))))
    assert rows[0][:2] == ["facet", "x"] and len(rows) == 1 + 2 * len(MONTHS)
    assert [row[0] for row in rows[1:]] == ["South"] * 14 + ["North"] * 14


def test_the_drawing_has_every_facet_on_one_scale(file: Path) -> None:
    drawing = fromstring(run(file, *COLUMNS, "--format", "svg"))
    groups = drawing.findall("{*}g")
    words = [[text.text for text in group.findall("{*}text")] for group in groups]
    assert [each[0] for each in words] == ["South", "North"]
    assert words[0][1:3] == words[1][1:3]  # the ends of the scale
    (high,) = groups[1].findall("{*}path[@class='ac-neutral']")  # 90, beyond its limits
    assert 25 < float(high.get("d", "").split()[1].split("l")[0]) < 130
    assert "North: 2023-02: 90" in (drawing.findtext("{*}desc") or "")
    said = " ".join(text.text or "" for text in drawing.findall("{*}text"))
    assert "of these 2 charts" in said


def test_a_rebase_may_be_for_one_facet_and_says_who_decided(file: Path) -> None:
    why = ("--why", "A new grading", "--by", "the force's analyst", "--any-length")
    found = made(file, *COLUMNS, "--rebase", "North=2023-02", *why)
    south, north = found["facets"]
    assert south["points"][-1]["centre"] == pytest.approx(sum(SOUTH) / 14)
    assert north["points"][-1]["centre"] == 90
    said = "afresh from 2023-02: A new grading (decided by the force's analyst)."
    assert said in north["sentence"] and "afresh" not in south["sentence"]


def test_a_point_may_be_excluded_from_one_facet(file: Path) -> None:
    south, north = made(file, *COLUMNS, "--exclude", "North=2023-02")["facets"]
    assert north["points"][0]["centre"] == pytest.approx(sum(NORTH[:-1]) / 13)
    assert south["points"][0]["centre"] == pytest.approx(sum(SOUTH) / 14)


@pytest.mark.parametrize("by", [100, 1000])
def test_figures_and_limits_are_multiplied_and_signals_stay(file: Path, by: int) -> None:
    counts = ("--kind", "p", "--x", "month", "--numerator", "seen", "--denominator", "of")
    found = made(file, *counts, "--facet", "area", "--multiply", by)["facets"][0]
    plain = p(MONTHS, [60 + i for i in range(14)], [120] * 14).as_json()
    for ours, theirs in zip(found["points"], plain["points"], strict=True):
        for name in ("value", "centre", "lower", "upper"):
            assert ours[name] == pytest.approx(theirs[name] * by)
        assert (ours["n"], ours["signals"]) == (theirs["n"], theirs["signals"])
    assert f"2023-02: {73 / 120 * by:.4g} (" in found["sentence"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--rebase", "West=2023-02", "--why", "x"), "'West=2023-02' does not divide"),
        (("--rebase", "2023-02", "--why", "x", "--by", "a", "--by", "b"), "who decided which"),
        (("--exclude", "North=2030-01"), "no point has the label 'North=2030-01'"),
        (("--multiply", "0"), "not a number above 0"),
        (("--facet", "region"), "there is no column 'region'"),
    ],
    ids=["stray", "names", "label", "nothing", "column"],
)
def test_what_it_refuses(file: Path, options: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputMistake) as refused:
        run(file, *COLUMNS, *options)
    assert said in str(refused.value.problems[0])


def test_a_line_without_a_facet_is_named(file: Path) -> None:
    file.write_text(file.read_text().replace("2022-02,South", "2022-02,"))
    with pytest.raises(InputMistake) as refused:
        run(file, *COLUMNS)
    assert "line 4, column 'area': this line does not say which series" in str(refused.value)
