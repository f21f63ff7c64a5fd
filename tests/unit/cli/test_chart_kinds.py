"""`answerable chart` with run, c, g and t charts, and points left out of the limits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake
from answerable.chain.statistics import c, g, run, t
from answerable.cli.app import load

VALUES = [3, 5, 2, 4, 6, 3, 5, 4, 2, 30, 4, 3, 5, 4]
MONTHS = [f"2022-{i + 1:02d}" if i < 12 else f"2023-{i - 11:02d}" for i in range(14)]


def chart(tmp_path: Path, *options: str, values: list[float] = VALUES) -> dict[str, object]:
    path = tmp_path / "series.csv"
    rows = (f"{month},{value}" for month, value in zip(MONTHS, values, strict=True))
    path.write_text("month,events\n" + "\n".join(rows) + "\n")
    command = ["chart", str(path), "--x", "month", "--value", "events", "--format", "json"]
    result = CliRunner().invoke(load(), [*command, *options])
    if result.exception:
        raise result.exception
    return json.loads(result.stdout)


@pytest.mark.parametrize(("kind", "make"), [("run", run), ("c", c), ("g", g), ("t", t)])
def test_each_kind_is_that_of_the_library(kind: str, make: object, tmp_path: Path) -> None:
    assert chart(tmp_path, "--kind", kind) == make(MONTHS, VALUES).as_json()  # type: ignore[operator]


def test_an_excluded_point_is_shown_and_off_the_limits(tmp_path: Path) -> None:
    made = chart(tmp_path, "--kind", "c", "--exclude", "2022-10")
    points = made["points"]
    assert points[9]["value"] == 30  # type: ignore[index]
    assert points[0]["centre"] == pytest.approx(sum(VALUES) / 13 - 30 / 13)  # type: ignore[index]


@pytest.mark.parametrize(
    ("options", "values", "said"),
    [
        (("--kind", "c"), [2.5, *VALUES[1:]], "no count"),
        (("--kind", "run", "--exclude", "2024-01"), VALUES, "no point has the label"),
        (("--kind", "p"), VALUES, "made from counts"),
    ],
    ids=["half", "stray", "share"],
)
def test_what_it_refuses(
    options: tuple[str, ...], values: list[float], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputMistake) as refused:
        chart(tmp_path, *options, values=values)
    assert said in str(refused.value.problems[0])
