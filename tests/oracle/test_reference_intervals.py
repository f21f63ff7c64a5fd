"""Intervals, two shares compared and quantiles against R, to 1e-9."""

from pathlib import Path

import pytest

from answerable.chain.statistics import (
    agresti_coull,
    chi_square,
    clopper_pearson,
    newcombe,
    poisson_rate,
    quantile,
    wald,
    wilson,
    wilson_corrected,
)
from tests.oracle.spc_reference import TIGHT, close, number, rows

METHODS = {
    "wilson": wilson,
    "wilson_cc": wilson_corrected,
    "cp": clopper_pearson,
    "ac": agresti_coull,
    "pois_rate": poisson_rate,
}


@pytest.mark.reference
@pytest.mark.parametrize("method", METHODS)
def test_one_share_agrees_with_r(method: str, reference: Path) -> None:
    for row in rows(reference, "proportion_ci_95"):
        lower, upper = METHODS[method](int(row["x"]), int(row["n"]))
        assert lower == close(number(row[f"{method}_lo"])), row
        assert upper == close(number(row[f"{method}_hi"])), row


@pytest.mark.reference
def test_two_shares_agree_with_r(reference: Path) -> None:
    for row in rows(reference, "two_proportions"):
        four = [int(row[name]) for name in ("x1", "n1", "x2", "n2")]
        assert wald(*four) == (close(number(row["diff_lo"])), close(number(row["diff_hi"])))
        found = chi_square(*four)
        assert found is not None
        # p runs down to 1e-100: only a relative comparison says anything there
        assert found[0] == pytest.approx(float(row["chisq"]), rel=TIGHT)
        assert found[1] == pytest.approx(float(row["p_chisq"]), rel=TIGHT)


@pytest.mark.reference
def test_quantiles_agree_with_r(reference: Path) -> None:
    values = [
        value
        for row in rows(reference, "quantile_input")
        if (value := number(row["response_seconds"])) is not None
    ]
    assert len(values) == 301
    expected = [row for row in rows(reference, "quantile_types") if row["type"] == "7"]
    assert len(expected) == 7
    for row in expected:
        assert quantile(values, float(row["prob"])) == close(number(row["q"]))


# Newcombe 1998, table II, method 10: the examples that he publishes, to four places.
PUBLISHED = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("a", "m", "b", "n", "lower", "upper"), PUBLISHED)
def test_newcombes_published_examples(
    a: int, m: int, b: int, n: int, lower: float, upper: float
) -> None:
    found = newcombe(a, m, b, n)
    assert found == (pytest.approx(lower, abs=5.1e-5), pytest.approx(upper, abs=5.1e-5))
