"""XmR charts against NHSRplotthedots and qicharts2: limits to 1e-9, flags exactly."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.statistics import Chart, Rebase, xmr
from answerable.chain.statistics.reading import DECIDES, direction
from tests.oracle.spc_reference import close, facets, number, rows

pytestmark = pytest.mark.reference

CASES: dict[str, dict[str, Any]] = {
    "ptd_ae_RRK_breaches_decrease": {"better": "lower"},
    "ptd_ae_RJZ_breaches_decrease": {"better": "lower"},
    "ptd_ae_RQM_breaches_decrease": {"better": "lower"},
    "ptd_ae_R1H_breaches_decrease": {"better": "lower"},
    "ptd_ae_RVR_breaches_decrease": {"better": "lower"},
    "ptd_ae_RRK_4hr_increase_target95": {"better": "higher"},
    "ptd_ae_RRK_4hr_neutral": {"better": "neither"},
    "ptd_ae_RRK_breaches_rebase": {"better": "lower"},
    "ptd_ae_RRK_breaches_fix12": {"better": "lower", "freeze": 12},
    "ptd_ae_RRK_breaches_noscreen": {"better": "lower", "screen": False},
    "ptd_ae_3orgs_facet": {"better": "lower"},
    "ptd_montgomery_6.7": {"better": "higher"},
    "ptd_rule_edge_cases": {"better": "higher"},
}

SIGNAL_OF = {"Above UCL": "outside", "Below LCL": "outside", "Common Cause": None}


def _signal(peer: str) -> str | None:
    if peer.startswith("2 in 3"):
        return "near_limit"
    if peer.startswith("7 Point Trend"):
        return "trend"
    return "shift" if peer.startswith("7 Points") else SIGNAL_OF[peer]


VARIATION = {
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "neutral high",
    "special_cause_neutral_low": "neutral low",
    "common_cause": "common cause",
}
ASSURANCE = {"consistent_pass": "meets", "consistent_fail": "misses", "inconsistent": "cannot tell"}


def _chart(facet: list[dict[str, str]], **options: Any) -> Chart:
    starts = [
        row["x"] for before, row in pairwise(facet) if row["rebase_group"] != before["rebase_group"]
    ]
    return xmr(
        [row["x"] for row in facet],
        [number(row["y"]) for row in facet],
        target=number(facet[0]["target"]),
        rebases=[Rebase(start, "as in the reference") for start in starts],
        any_length=True,
        counts=False,
        **options,
    )


@pytest.mark.parametrize("name", CASES)
def test_limits_and_flags_are_those_of_plotthedots(name: str, reference: Path) -> None:
    for facet in facets(reference, name, "f"):
        chart = _chart(facet, **CASES[name])
        for point, row in zip(chart.points, facet, strict=True):
            assert point.centre == close(number(row["mean_col"]))
            assert point.lower == close(number(row["lpl"]))
            assert point.upper == close(number(row["upl"]))
            expected = _signal(row["special_cause_type"])
            decides = next((name for name in DECIDES if name in point.signals), None)
            assert decides == expected, row
            assert ("outside" in point.signals) == (row["outside_limits"] == "TRUE")


@pytest.mark.parametrize("name", CASES)
def test_each_points_variation_is_that_of_plotthedots(name: str, reference: Path) -> None:
    """The peer classes every point, ours only the last, by the same rule."""
    for facet in facets(reference, name, "f"):
        chart = _chart(facet, **CASES[name])
        for i, row in enumerate(facet):
            way = direction(chart.points, i)
            expected = VARIATION[row["point_type"]]
            assert (way == 0) == (expected == "common cause"), row
            if expected in ("neutral high", "neutral low"):
                assert (way > 0) == (expected == "neutral high"), row
            elif way:
                good = (way > 0) == (chart.better == "higher")
                assert good == (expected == "improvement"), row


@pytest.mark.parametrize("name", CASES)
def test_summary_is_that_of_plotthedots(name: str, reference: Path) -> None:
    """The peer's summary has a row for each re-base group; the last is the chart's."""
    last = {row.get("f", ""): row for row in rows(reference, f"{name}__summary")}
    for facet in facets(reference, name, "f"):
        chart = _chart(facet, **CASES[name])
        row = last[facet[0]["f"] if "" not in last else ""]
        assert chart.variation == VARIATION[row["variation_type"]]
        assert chart.assurance == ASSURANCE.get(row.get("assurance_type", ""))


@pytest.mark.parametrize("name", ["qic_montgomery_6.7_i", "qic_montgomery_6.7_i_freeze20"])
def test_individuals_are_those_of_qicharts2(name: str, reference: Path) -> None:
    expected = rows(reference, name)
    chart = xmr(
        [row["x"] for row in expected],
        [number(row["y"]) for row in expected],
        constant=3 / 1.128,
        freeze=20 if name.endswith("freeze20") else None,
    )
    for point, row in zip(chart.points, expected, strict=True):
        assert point.centre == close(number(row["cl"]))
        assert point.lower == close(number(row["lcl"]))
        assert point.upper == close(number(row["ucl"]))
        assert ("outside" in point.signals) == (row["sigma.signal"] == "TRUE")


def test_the_python_peer_has_the_same_limits_and_flags(reference: Path) -> None:
    source = rows(reference, "ptd_ae_RRK_breaches_decrease")
    chart = xmr([row["x"] for row in source], [number(row["y"]) for row in source])
    for point, row in zip(chart.points, rows(reference, "nhspy_ae_RRK_breaches"), strict=True):
        assert point.value == number(row["v"])
        assert (point.centre, point.lower, point.upper) == tuple(
            close(number(row[name])) for name in ("mean", "lpl", "upl")
        )
        assert bool(point.signals) == (row["special_cause_flag"] == "True")
