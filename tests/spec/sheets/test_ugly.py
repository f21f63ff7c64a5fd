"""The six ugly spreadsheets: every figure that was worked out by hand is read, at its cell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.chain.sheets import Understood, open_bytes, understand
from tests.ugly import FROM_REFERENCE, OWN, UglyPack, bare_months, response_times, two_tables


def understood(pack: UglyPack) -> Understood:
    return understand(open_bytes(pack.data, pack.name))


def check(pack: UglyPack) -> None:
    found = understood(pack)
    assert found.problems == ()
    assert {(line.name, line.area) for line in found.lines} == set(pack.lines)
    assert len(found.lines) == len(pack.lines)
    by_place = {figure.place: (line, figure) for line in found.lines for figure in line.figures}
    for one in pack.expected:
        line, figure = by_place[one.place]
        assert (line.name, line.area, str(line.unit)) == (one.line, one.area, one.unit)
        assert (figure.period.text, str(figure.status)) == (one.period, one.status)
        assert figure.known == (None if one.value is None else pytest.approx(one.value, abs=1e-9))
        assert (figure.numerator, figure.denominator) == (one.numerator, one.denominator)
    remarked = " ".join(remark.place for table in found.tables for remark in table.remarks)
    assert [cell for cell in pack.remarked if cell not in remarked] == []


@pytest.mark.parametrize("make", OWN, ids=lambda make: make.__name__)
def test_a_pack_of_our_own(make: Callable[[], UglyPack]) -> None:
    check(make())


@pytest.mark.reference
@pytest.mark.parametrize("make", FROM_REFERENCE, ids=lambda make: make.__name__)
def test_a_pack_from_published_figures(make: Callable[[Path], UglyPack], reference: Path) -> None:
    check(make(reference))


def test_two_rolling_years_are_understood_beside_change_and_rating() -> None:
    (table,) = understood(response_times()).tables
    assert [(one.heading, one.why) for one in table.left_out] == [
        ("Change", "a change or a rating, which follows from the figures"),
        ("RAG", "a change or a rating, which follows from the figures"),
        ("Comments", "words"),
    ]
    assert table.title.endswith("12m to Apr-15 v 12m to Apr-14")


def test_targets_are_told_apart_from_figures() -> None:
    (table,) = understood(bare_months()).tables
    assert [(t.name, t.value) for t in table.targets] == [("Arrests target", 100.0)]
    _, second = understood(two_tables()).tables
    assert [(t.name, t.value, str(t.unit)) for t in second.targets] == [
        ("% satisfied", 0.8, "share")
    ]


def test_a_total_that_is_not_the_sum_says_both() -> None:
    (table,) = understood(bare_months()).tables
    (told,) = [remark for remark in table.remarks if remark.code == "total_differs"]
    assert (told.place, told.text) == (
        "KPI!AA5",
        "'YTD' says 1,425, and its parts add up to 1,452.",
    )


def test_footnotes_stay_with_their_table() -> None:
    first, second = understood(two_tables()).tables
    assert first.footnotes == (
        "(1) Corrected after audit.",
        "<5 Numbers below five are withheld. p provisional, r revised.",
    )
    assert second.footnotes == ("Source: telephone survey of victims.",)
