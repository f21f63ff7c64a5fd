"""Shares from surveys against R's survey package, on its own two designs."""

from pathlib import Path
from typing import Any

import pytest

from answerable.chain.statistics import SurveyShare, survey_share
from tests.oracle.spc_reference import close, rows

pytestmark = pytest.mark.reference

DESIGNS = {
    "apiclus1 one-stage cluster (dnum) with fpc": ("survey_apiclus1_input", "dnum", None),
    "apistrat stratified (stype) with fpc": ("survey_apistrat_input", None, "stype"),
}
WITHIN = {"logit": 1e-8, "beta": 1e-8, "mean": 1e-9, "likelihood": 1e-5}
"""The peer iterates: for `likelihood` until its root is found to about a hundred-thousandth."""


def share(
    folder: Path, design: str, variable: str, method: str = "logit", **of: Any
) -> SurveyShare:
    name, clusters, strata = DESIGNS[design]
    read = rows(folder, name)
    return survey_share(
        [row[variable] == "Yes" for row in read],
        [float(row["pw"]) for row in read],
        clusters=[row[clusters] for row in read] if clusters else None,
        strata=[row[strata] for row in read] if strata else None,
        populations=[float(row["fpc"]) for row in read],
        of=[all(row[k] == v for k, v in of.items()) for row in read] if of else None,
        method=method,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("method", WITHIN)
@pytest.mark.parametrize("variable", ["sch.wide", "awards"])
@pytest.mark.parametrize("design", DESIGNS)
def test_the_interval_is_that_of_the_peer(
    design: str, variable: str, method: str, reference: Path
) -> None:
    wanted = next(
        row
        for row in rows(reference, "survey_svyciprop_expected")
        if (row["design"], row["variable"], row["method"]) == (design, variable, method)
    )
    found = share(reference, design, variable, method)
    assert found.value == pytest.approx(float(wanted["p"]), abs=1e-8)
    assert found.error == close(float(wanted["se"]))
    assert found.lower == pytest.approx(float(wanted["lo"]), abs=WITHIN[method])
    assert found.upper == pytest.approx(float(wanted["hi"]), abs=WITHIN[method])


def test_a_group_within_the_survey_is_that_of_the_peer(reference: Path) -> None:
    design = "apistrat stratified (stype) with fpc"
    for row in rows(reference, "survey_apistrat_by_stype_expected"):
        found = share(reference, design, "sch.wide", stype=row["stype"])
        assert found.value == close(float(row['I(sch.wide == "Yes")TRUE']))
        assert found.error == close(float(row['se.I(sch.wide == "Yes")TRUE']))
