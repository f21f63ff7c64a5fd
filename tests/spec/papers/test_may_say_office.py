"""What may be said where there are no records: on figures as given, and on a bundle."""

from datetime import date
from pathlib import Path

import pytest

from answerable.chain.body import Body, InputMistake
from answerable.chain.bundles import receive
from answerable.chain.bundles.keys import public_of
from answerable.chain.figures import Figure, write_figures
from answerable.chain.measures import Unit
from answerable.chain.papers.saying import Saying
from answerable.chain.papers.speaking import said_of
from tests.bundled import KEY, office, sealed
from tests.given import MONTHS, counts, figure, shares
from tests.papers import WAITS

ON = date(2024, 1, 10)
WAITED = {"measure": "response_time_priority", "title": "Waits", "statistic": "median"}


def given(folder: Path, *figures: Figure) -> Body:
    """An office that has these figures and nothing else."""
    body = office(folder)
    (folder / "figures").mkdir()
    write_figures(folder / "figures" / "pack.csv", figures)
    return body


def only(body: Body, *keys: str) -> Saying:
    (found,) = said_of(body, keys, on=ON).sayings
    return found


def test_counts_that_nobody_defined(tmp_path: Path) -> None:
    each = only(given(tmp_path, *counts(40)))
    assert each.title == "Calls answered, Testshire Police"
    assert "more than ordinary variation between months" in each.say[0]
    assert each.year.grade == "monthly totals"
    assert each.lines[0].result is not None


def test_shares_say_that_the_mix_was_not_checked(tmp_path: Path) -> None:
    figures = shares(0.05, measure="action_taken_recorded", title="Action taken", statistic="rate")
    each = only(given(tmp_path, *figures), "action_taken_recorded")
    assert "the mix of cases was not checked" in each.say[0]
    assert any("mix of cases was not checked" in note for note in each.with_it)


def test_monthly_times_are_told_as_an_average(tmp_path: Path) -> None:
    months = [
        figure(month, float(wait * 60), Unit.SECONDS, **WAITED)
        for month, wait in zip(MONTHS, WAITS, strict=True)
    ]
    each = only(given(tmp_path, *months), "response_time_priority")
    assert "a monthly average of 37 minutes 40 seconds" in each.say[0]
    assert each.lines[0].figure == "a monthly average of 37 minutes 40 seconds"
    assert each.lines[0].result is None
    # The direction is that of the averages: for a time to fall is to improve.
    assert each.year.verdict == "supported"


def test_an_area_by_itself_has_its_own_months(tmp_path: Path) -> None:
    body = given(tmp_path, *counts(40, area="a"))
    (each,) = said_of(body, ("calls",), areas=("a",), on=ON).sayings
    assert each.title == "Calls answered, Aston"
    assert "more than ordinary variation" in each.say[0]


def test_two_sources_that_differ_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    body = given(tmp_path, *counts(40), figure(MONTHS[5], 7.0, source="Another pack"))
    said_of(body, on=ON, tell=told.append)
    assert any("Two sources differ" in words for words in told)


def test_single_years_cannot_be_read(tmp_path: Path) -> None:
    body = given(tmp_path, figure("2022-12..2023-11", 10.0), figure("2021-12..2022-11", 12.0))
    with pytest.raises(InputMistake, match="no month of these measures is on record"):
        said_of(body, on=ON)


def test_measures_without_a_figure_are_named_where_they_were_asked_for(tmp_path: Path) -> None:
    told: list[str] = []
    body = given(tmp_path, *counts(40))
    assert len(said_of(body, on=ON, tell=told.append).sayings) == 1
    assert told == []
    said_of(body, ("calls", "reports"), on=ON, tell=told.append)
    assert told == ["reports, count: no month is on record, so nothing can be said."]


def test_a_bundle_is_spoken_of_as_its_force_may(tmp_path: Path) -> None:
    body = office(tmp_path / "office", key=public_of(KEY))
    receive(body, sealed(), "", False)
    each = only(body, "reports")
    assert each.year.grade == "from rows"
    assert each.place == "Testshire Police"
    assert each.lines[0].figure != "–"
    assert each.lines[0].figure.replace(",", "") in each.say[0].replace(",", "")
