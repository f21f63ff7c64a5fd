"""Funnels against FunnelPlotR: φ, τ² and limits to 1e-9, outliers exactly."""

from pathlib import Path

import pytest

from answerable.chain.statistics import funnel
from tests.oracle.spc_reference import close, number, rows

pytestmark = pytest.mark.reference

CASES = {
    "pr_ae_breaches_od": ("proportion", "additive", "998"),
    "pr_ae_breaches_noOD": ("proportion", "none", "95"),
    "sr_los_model_shmi": ("standardised", "additive", "998"),
    "sr_testsuite6": ("standardised", "additive", "998"),
    "sr_los_model_cqc": ("standardised-sqrt", "additive", "998"),
    "rc_bacteraemia": ("ratio-peer", "additive", "998"),
}
"""The peer tells outliers of the funnel without over-dispersion at 95%."""


@pytest.mark.parametrize("name", CASES)
def test_a_funnel_is_that_of_the_peer(name: str, reference: Path) -> None:
    kind, dispersion, level = CASES[name]
    read = rows(reference, f"funnel_{name}")
    made = funnel(
        [row["group"] for row in read],
        [float(row["numerator"]) for row in read],
        [float(row["denominator"]) for row in read],
        kind=kind,  # type: ignore[arg-type]
        dispersion=dispersion,  # type: ignore[arg-type]
    )
    (spread,) = rows(reference, f"funnel_{name}__od")
    assert made.phi == close(number(spread["phi"]))
    assert made.tau2 == close(number(spread["tau2"]))
    for unit, row in zip(made.units, read, strict=True):
        assert unit.lower95 == close(number(row["OD95LCL"]))
        assert unit.upper95 == close(number(row["OD95UCL"]))
        assert unit.lower998 == close(number(row["OD99LCL"]))
        assert unit.upper998 == close(number(row["OD99UCL"]))
        lower, upper = getattr(unit, f"lower{level}"), getattr(unit, f"upper{level}")
        beyond = not lower <= unit.value <= upper
        assert beyond == (row["outlier"] == "1")
        if level == "998" and unit.outlier is not None:
            assert unit.outlier == beyond


@pytest.mark.parametrize("name", ["sr_los_model_shmi", "sr_testsuite6"])
def test_exact_limits_are_those_of_the_peer(name: str, reference: Path) -> None:
    read = rows(reference, f"funnel_{name}")
    made = funnel(
        [row["group"] for row in read],
        [float(row["numerator"]) for row in read],
        [float(row["denominator"]) for row in read],
        kind="standardised",
        dispersion="none",
    )
    for unit, row in zip(made.units, read, strict=True):
        assert unit.lower95 == close(number(row["LCL95"]))
        assert unit.upper998 == close(number(row["UCL99"]))
