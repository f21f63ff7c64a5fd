"""Series in facets, through the command, against NHSRplotthedots and qicharts2."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from answerable.cli.app import load
from tests.oracle.spc_reference import close, number, rows

pytestmark = pytest.mark.reference

PTD = ("--kind", "xmr", "--x", "x", "--value", "y", "--facet", "f")
QIC = ("--x", "x", "--numerator", "y.sum", "--denominator", "n")
FACETED: dict[str, tuple[str, ...]] = {
    "ptd_ae_3orgs_facet": (
        *PTD,
        *("--rebase", "RRK=2017-10-01", "--why", "as in the reference"),
        *("--rebase", "RQM=2018-01-01", "--why", "as in the reference"),
    ),
    "ptd_rule_edge_cases": PTD,
    "qic_hospital_infections_u_facets": (
        *("--kind", "u", *QIC, "--facet", "facet1", "--multiply", "10000"),
    ),
    "qic_hospital_infections_u_2facets": (
        *("--kind", "u", *QIC, "--facet", "facet1", "--facet", "facet2", "--multiply", "10000"),
    ),
}


def run(path: Path, *options: str) -> Any:
    result = CliRunner().invoke(
        load(), ["chart", str(path), *options, "--any-length", "--format", "json"]
    )
    if result.exception:
        raise result.exception
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", FACETED)
def test_each_facet_is_as_in_the_peer(name: str, reference: Path, tmp_path: Path) -> None:
    made = run(_readable(reference, name, tmp_path), *FACETED[name])
    centre, lower, upper = (
        ("mean_col", "lpl", "upl") if name.startswith("ptd") else ("cl", "lcl", "ucl")
    )
    points = [(each["facet"], point) for each in made["facets"] for point in each["points"]]
    expected = sorted(rows(reference, name), key=lambda row: _order(made, _facet(name, row)))
    assert len(points) == len(expected)
    for (facet, point), row in zip(points, expected, strict=True):
        assert (facet, point["x"]) == (_facet(name, row), row["x"])
        assert point["centre"] == close(number(row[centre]))
        if name != "ptd_rule_edge_cases":  # its series of counts below 10 are given no signals
            outside = row.get("outside_limits", row.get("sigma.signal"))
            assert ("outside" in point["signals"]) == (outside == "TRUE")
        assert point["lower"] == close(number(row[lower]))
        assert point["upper"] == close(number(row[upper]))


def test_multiplied_is_that_of_qicharts2(reference: Path) -> None:
    name = "qic_montgomery_7.11_u_mult50"
    made = run(reference / "reference_spc" / f"{name}.csv", "--kind", "u", *QIC, "--multiply", "50")
    for point, row in zip(made["points"], rows(reference, name), strict=True):
        assert point["value"] == close(number(row["y"]))
        assert point["centre"] == close(number(row["cl"]))
        assert point["upper"] == close(number(row["ucl"]))


def _readable(reference: Path, name: str, folder: Path) -> Path:
    """The reference file as our own reader takes it: R writes what is missing as NA."""
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        found = rows(reference, name)
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows({k: "" if v == "NA" else v for k, v in row.items()} for row in found)
    return path


def _facet(name: str, row: dict[str, str]) -> str:
    columns = [given for option, given in zip(FACETED[name], FACETED[name][1:], strict=False)
               if option == "--facet"]  # fmt: skip
    return " / ".join(row[column] for column in columns)


def _order(made: Any, facet: str) -> int:
    return [each["facet"] for each in made["facets"]].index(facet)
