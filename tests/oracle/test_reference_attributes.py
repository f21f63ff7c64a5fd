"""p, p′, u and u′ charts against qicharts2: limits to 1e-9, flags and runs exactly."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.statistics import Chart, Rebase, p, u
from tests.oracle.spc_reference import as_qicharts2, facets, number

pytestmark = pytest.mark.reference

CASES: dict[str, tuple[Callable[..., Chart], dict[str, Any]]] = {
    "qic_montgomery_7.3_p_exclude_part": (p, {}),
    "qic_montgomery_7.4_p": (p, {}),
    "qic_montgomery_7.4_pprime": (p, {"prime": True}),
    "qic_nhs_accidents_p": (p, {}),
    "qic_nhs_accidents_pprime": (p, {"prime": True}),
    "qic_cabg_monthly_mortality_p": (p, {}),
    "qic_montgomery_7.10_u": (u, {}),
    "qic_montgomery_7.10_uprime": (u, {"prime": True}),
    "qic_montgomery_7.11_u_mult50": (u, {"per": 50}),
    "qic_hospital_infections_u_facets": (u, {"per": 10_000}),
    "qic_hospital_infections_u_2facets": (u, {"per": 10_000}),
}

RUNS = {
    "longest": "longest.run",
    "longest_max": "longest.run.max",
    "crossings": "n.crossings",
    "crossings_min": "n.crossings.min",
}


def _chart(name: str, facet: list[dict[str, str]]) -> Chart:
    make, options = CASES[name]
    starts = [after["x"] for before, after in pairwise(facet) if after["part"] != before["part"]]
    return make(
        [row["x"] for row in facet],
        [number(row["y.sum"]) for row in facet],
        [number(row["n"]) for row in facet],
        rebases=[Rebase(start, "as in the reference") for start in starts],
        exclude=[row["x"] for row in facet if row["include"] == "FALSE"],
        any_length=True,
        **options,
    )


@pytest.mark.parametrize("name", CASES)
def test_limits_and_flags_are_those_of_qicharts2(name: str, reference: Path) -> None:
    for facet in facets(reference, name, "facet1", "facet2"):
        for point, row in zip(_chart(name, facet).points, facet, strict=True):
            as_qicharts2(point, row)


@pytest.mark.parametrize("name", CASES)
def test_runs_are_those_of_qicharts2(name: str, reference: Path) -> None:
    for facet in facets(reference, name, "facet1", "facet2"):
        runs = _chart(name, facet).runs
        assert runs is not None
        row = facet[-1]  # the last part
        assert {key: runs[key] for key in RUNS} == {key: int(row[RUNS[key]]) for key in RUNS}
        assert runs["signal"] == (row["runs.signal"] == "TRUE")
