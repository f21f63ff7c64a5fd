"""Run, c, g and t charts against qicharts2: limits to 1e-9, flags and runs exactly."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from answerable.chain.statistics import Chart, Rebase, c, g, run, t
from tests.oracle.spc_reference import as_qicharts2, number, rows

pytestmark = pytest.mark.reference

CASES: dict[str, tuple[Callable[..., Chart], int | None]] = {
    "qic_montgomery_7.8_c_exclude_freeze": (c, 26),
    "qic_cdi_c_part24": (c, None),
    "qic_cdi_c_freeze24": (c, 24),
    "qic_cdi_run_freeze24": (run, 24),
    "qic_montgomery_7.14_t": (t, None),
    "qic_cabg_days_between_deaths_t": (t, None),
    "qic_cabg_ops_between_deaths_g": (g, None),
}
RUNS = {
    "longest": "longest.run",
    "longest_max": "longest.run.max",
    "crossings": "n.crossings",
    "crossings_min": "n.crossings.min",
}


def _chart(name: str, folder: Path) -> tuple[Chart, list[dict[str, str]]]:
    make, freeze = CASES[name]
    read = rows(folder, name)
    starts = [after["x"] for before, after in pairwise(read) if after["part"] != before["part"]]
    chart = make(
        [row["x"] for row in read],
        [number(row["y.sum"]) for row in read],
        rebases=[Rebase(start, "as in the reference") for start in starts],
        exclude=[row["x"] for row in read if row["include"] == "FALSE"],
        freeze=freeze,
        any_length=True,
    )
    return chart, read


@pytest.mark.parametrize("name", CASES)
def test_limits_and_flags_are_those_of_qicharts2(name: str, reference: Path) -> None:
    chart, read = _chart(name, reference)
    for point, row in zip(chart.points, read, strict=True):
        as_qicharts2(point, row)


@pytest.mark.parametrize("name", CASES)
def test_runs_and_crossings_are_those_of_qicharts2(name: str, reference: Path) -> None:
    chart, _ = _chart(name, reference)
    last = rows(reference, f"{name}__summary")[-1]
    assert chart.runs is not None
    for ours, theirs in RUNS.items():
        assert chart.runs[ours] == int(last[theirs]), ours
    assert chart.runs["signal"] == (last["runs.signal"] in ("1", "TRUE"))
