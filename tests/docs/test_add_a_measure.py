"""The recipe for adding a measure works as it is printed."""

import re
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.measures import load_codes, load_definitions, name_of
from answerable.chain.measures.cases import check_cases, try_cases
from tests.snapshots import make_body

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-measure.md"
KEY = "risk_assessments_checked"


def printed(number: int = 0) -> str:
    return re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[number]


def test_the_printed_measure_loads_and_its_cases_hold(tmp_path: Path) -> None:
    body = make_body(tmp_path)
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / f"{KEY}.toml").write_text(printed(), encoding="utf-8")
    tried = try_cases({KEY: load_definitions(body)[KEY]})
    assert [each.holds for each in tried] == [True, True]


def test_a_case_that_does_not_hold_is_told_with_what_it_gave(tmp_path: Path) -> None:
    body = make_body(tmp_path)
    (tmp_path / "measures").mkdir()
    wrong = printed().replace("gives = 0.333333", "gives = 0.5")
    (tmp_path / "measures" / f"{KEY}.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputMistake) as caught:
        check_cases({KEY: load_definitions(body)[KEY]})
    assert "0.333333" in str(caught.value.problems[0])


def test_the_printed_names_are_used(tmp_path: Path) -> None:
    body = make_body(tmp_path)
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "service.toml").write_text(printed(1), encoding="utf-8")
    codes = load_codes(body)
    assert name_of(codes, "service_returns", "service", "harbour_outreach") == "Harbour Outreach"
