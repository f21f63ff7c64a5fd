"""The published rates come out of the benchmark, and the rule that is shipped earns its place."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

import calibrated  # noqa: E402  (docs is not a package)

from benchmarks.calibration import all_of, lines, renew  # noqa: E402

PUBLISHED = json.loads((ROOT / "docs" / "reference" / "calibration.json").read_text("utf-8"))
SHIPPED = "shipped: like months paired"


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return all_of(40, 3)


def shape(found: Any) -> Any:
    """Names without figures."""
    if isinstance(found, dict):
        return {name: shape(value) for name, value in found.items()}
    return [shape(each) for each in found] if isinstance(found, list) else None


def test_the_benchmark_makes_what_is_published(small: dict[str, Any]) -> None:
    for each in ("beside", "forms", "standing", "mix", "chosen", "outlier", "survey", "bar"):
        assert shape(small[each]) == shape(PUBLISHED[each]), each
        names = {"beside": "rule", "forms": "form", "standing": "form"}
        if each in names:
            told, kept = ([row[names[each]] for row in found[each]] for found in (small, PUBLISHED))
            assert told == kept


def test_a_run_can_be_read_as_text_and_as_a_page(
    small: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(lines(small))
    assert "40 histories of each kind, seed 3" in text
    file = tmp_path / "calibration.json"
    file.write_text(json.dumps(small), encoding="utf-8")
    monkeypatch.setattr(calibrated, "FIGURES", file)
    page = calibrated.page()
    for row in (*small["beside"], *small["forms"]):
        assert f"| {row.get('rule') or row['form']} | " in page
    assert "nan" not in page and "None" not in page


def test_what_is_published_is_of_full_size_and_within_the_bar() -> None:
    assert PUBLISHED["histories"] >= 20_000
    assert PUBLISHED["beyond"] == []
    for form in PUBLISHED["forms"]:
        for kind, rate in form["false"].items():
            assert rate <= PUBLISHED["bar"]["allowed"] or kind.startswith("outside"), kind


def test_every_form_on_what_stands_at_a_day_is_within_the_bar() -> None:
    """And the rule for what is counted afresh is not, of any such history."""
    afresh, *shipped = PUBLISHED["standing"]
    allowed = PUBLISHED["bar"]["allowed"]
    assert min(afresh["false"].values()) > 5 * allowed
    for form in shipped:
        assert max(form["false"].values()) <= allowed, form["form"]


def test_a_table_can_be_renewed_by_itself(tmp_path: Path) -> None:
    kept = PUBLISHED | {"histories": 40, "seed": 3, "standing": []}
    file = tmp_path / "calibration.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    renew(file, "standing")
    found = json.loads(file.read_text("utf-8"))
    assert shape(found["standing"]) == shape(PUBLISHED["standing"])
    assert found["forms"] == PUBLISHED["forms"]


def test_the_shipped_rule_finds_more_than_the_one_before_it() -> None:
    """On every bar: 67.6, 67.5, 67.6 and 90.0 in 100 were the first rule's."""
    power = next(row for row in PUBLISHED["beside"] if row["rule"] == SHIPPED)["power"]
    assert all(
        found > bar for found, bar in zip(power.values(), (0.676, 0.675, 0.676, 0.9), strict=True)
    )


def test_what_is_done_instead_is_wrong_more_often() -> None:
    rules = {row["rule"]: row["false"] for row in PUBLISHED["beside"]}
    worst = {
        rule: max(rate for kind, rate in false.items() if not kind.startswith("outside"))
        for rule, false in rules.items()
    }
    assert worst.pop(SHIPPED) < min(worst.values()) / 3
