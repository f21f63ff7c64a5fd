"""What was published before, and what it means for what may be shown now.

Each table is one release: the whole and areas down, months across. `c` stands for a figure that is
withheld.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answerable.chain.body import Appetite, InputMistake, Month, Period, open_body, quarter_of
from answerable.chain.disclosure import (
    Earlier,
    Ground,
    Protection,
    Why,
    as_earlier,
    protection,
    seal,
)
from answerable.chain.disclosure.ground import plots as cut
from answerable.chain.disclosure.puts import Put, on_ground
from answerable.chain.disclosure.union import Union
from answerable.chain.measures import Grain, Result, Status
from answerable.cli.publish import publish_body
from answerable.cli.release import put_forward
from tests.bundled import definition
from tests.generative.test_suppression import reports
from tests.spec.test_office_without_records import office_with_figures

FIRST = Month(2023, 1)
APPETITE = Appetite()
KEY = {"reports": definition("reports")}


def released(
    text: str,
    *earlier: Earlier,
    ground: Ground | None = None,
    quarters: bool = False,
    windows: tuple[Period, ...] = (),
) -> Protection:
    """What a release shows of a table of true counts."""
    table = {name: list(map(int, counts)) for name, *counts in map(str.split, text.split("\n"))}
    found = [r for area, counts in table.items() for r in _figures(area, counts, quarters, windows)]
    return protection(found, KEY, APPETITE, windows, earlier=earlier, ground=ground or Ground())


def _figures(
    area: str, counts: list[int], quarters: bool, windows: tuple[Period, ...]
) -> list[Result]:
    months = [FIRST + i for i in range(len(counts))]
    periods: dict[Period, Grain] = {Period.of(month, month): Grain.MONTH for month in months}
    if quarters:
        periods |= {q: Grain.QUARTER for m in months if (q := quarter_of(m)).last <= months[-1]}
    periods |= dict.fromkeys(windows, Grain.WINDOW)
    found = []
    for period, grain in periods.items():
        total = sum(count for month, count in zip(months, counts, strict=True) if month in period)
        found += reports(area, period, grain, "", np.array([total]))
    return found


def shown(done: Protection) -> dict[str, str]:
    """The months of each area as a reader sees them."""
    lines: dict[str, list[str]] = {}
    for result in done.results:
        if result.grain == Grain.MONTH:
            value = "c" if result.status == Status.SUPPRESSED else str(result.n)
            lines.setdefault(result.area, []).append(value)
    return {area: " ".join(values) for area, values in lines.items()}


def before(done: Protection, number: int = 1, ground: Ground | None = None) -> Earlier:
    return as_earlier(f"release {number}", done, APPETITE, ground or Ground())


def test_without_an_earlier_release_nothing_changes() -> None:
    table = "all 60 60\na 3 20\nb 30 20\nc 27 20"
    assert shown(released(table)) == {"all": "60 60", "a": "c 20", "b": "c 20", "c": "27 20"}


def test_what_was_withheld_for_another_stays_withheld_while_that_is_small() -> None:
    """By itself the second release would withhold b, now the largest, and show c: but with the
    total and b of the first, c gives a away."""
    first = released("all 60\na 3\nb 27\nc 30")
    assert shown(first) == {"all": "60", "a": "c", "b": "27", "c": "c"}
    now = "all 73\na 3\nb 40\nc 30"
    assert shown(released(now)) == {"all": "73", "a": "c", "b": "c", "c": "30"}
    assert shown(released(now, before(first))) == {"all": "73", "a": "c", "b": "40", "c": "c"}


def test_the_same_figures_are_shown_just_as_they_were() -> None:
    table = "all 60 60\na 3 20\nb 27 20\nc 30 20"
    first = released(table)
    again = released(table, before(first))
    assert again.results == first.results and again.reasons == first.reasons


def test_a_figure_shown_before_and_small_now_is_withheld_and_what_would_give_it_away() -> None:
    """Three were withdrawn from a. The total, and that the others stand as they were, would say
    so; what a was is out, and how many went must not be."""
    first = released("all 60 60\na 7 20\nb 26 20\nc 27 20")
    assert shown(first)["a"] == "7 20"
    second = released("all 57 60\na 4 20\nb 26 20\nc 27 20", before(first))
    assert second.reasons[2] == Why.SMALL_COUNT
    assert shown(second)["a"] == "c 20"
    assert shown(second)["all"] == "c 60" or "c" in shown(second)["b"] + shown(second)["c"]
    assert not second.told


@pytest.mark.parametrize(
    ("now", "seen"),
    [
        (40, "40 20"),  # as it was
        (42, "c 20"),  # two came late
        (37, "c 20"),  # three were withdrawn
        (45, "45 20"),  # five are enough
    ],
)
def test_a_figure_of_an_area_that_moved_by_few_is_withheld(now: int, seen: str) -> None:
    first = released("all 90 60\na 40 20\nb 20 20\nc 30 20")
    second = released(f"all {now + 50} 60\na {now} 20\nb 20 20\nc 30 20", before(first))
    assert shown(second)["a"] == seen
    if "c" in seen:
        assert second.reasons[2] == Why.MOVED


def test_how_few_came_late_is_not_told_by_the_total_either() -> None:
    """Only a was revised. Its total with it, it would be seen how many came late: so the total,
    or another area, is withheld as well."""
    first = released("all 90 60\na 40 20\nb 20 20\nc 30 20")
    second = released("all 92 60\na 42 20\nb 20 20\nc 30 20", before(first))
    assert Why.EARLIER in second.reasons


def test_what_the_whole_moved_by_is_shown_where_it_tells_of_no_area() -> None:
    first = released("all 90\na 40\nb 20\nc 30")
    second = released("all 92\na 35\nb 27\nc 30", before(first))
    assert shown(second) == {"all": "92", "a": "35", "b": "27", "c": "30"}


def test_it_is_moved_by_enough_against_every_release_that_showed_it() -> None:
    """Six since the first, but three since the second."""
    first = released("all 90\na 40\nb 20\nc 30")
    second = released("all 93\na 43\nb 20\nc 30", before(first))
    third = released("all 96\na 46\nb 20\nc 30", before(first), before(second, 2))
    assert [shown(each)["a"] for each in (first, second, third)] == ["40", "c", "46"]


YEAR = Period.of(FIRST, FIRST + 11)


def test_years_that_roll_on_leave_two_months_between_them() -> None:
    """a had 3 in January. The twelve months from January, less those from February, are January
    less the January after."""
    a = "3 20 20 20 20 20 20 20 20 20 20 20"
    b = "30 " * 12
    whole = "63 " + "80 " * 11
    table = f"all {whole}\na {a}\nb {b}\nc {b}"
    first = released(table, windows=(YEAR,))
    now = "\n".join(
        f"{line} {n}" for line, n in zip(table.split("\n"), (80, 20, 30, 30), strict=True)
    )
    later = Period.of(FIRST + 1, FIRST + 12)
    both = released(now, before(first), windows=(YEAR, later))
    seen = {(r.area, r.period): r.n for r in (*first.results, *both.results)}
    assert (seen["a", YEAR.text] is None) or (seen["a", later.text] is None)
    alone = released(now, windows=(later,))
    assert {r.period: r.n for r in alone.results if r.area == "a"}[later.text] == 240
    assert {r.period: r.n for r in first.results if r.area == "a"}[YEAR.text] == 223


def test_a_quarter_put_forward_later_does_not_give_a_month_away() -> None:
    """The months alone were safe with a's January withheld, and so is no quarter of a now."""
    table = "all 63 80 80\na 3 20 20\nb 30 30 30\nc 30 30 30"
    first = released(table)
    second = released(table, before(first), quarters=True)
    quarter = {r.area: r.n for r in second.results if r.grain == Grain.QUARTER}
    assert quarter["all"] == 223 and quarter["a"] is None


def test_an_area_cut_in_two_does_not_give_its_smaller_part_away() -> None:
    """Old a had 40. Of its halves the one has 37 and the other 3: neither may be shown, nor what
    the rest would leave for them."""
    first = released("all 100\na 40\nb 25\nc 35")
    ground = Ground(drawn_from={"a1": ("a",), "a2": ("a",)})
    second = released("all 100\na1 37\na2 3\nb 25\nc 35", before(first), ground=ground)
    assert shown(second)["a1"] == shown(second)["a2"] == "c"


def test_a_strip_of_few_between_old_boundaries_and_new_is_kept() -> None:
    """Three people's street went from a to b, and both took new names: 40 and 25 became 37 and
    28. Each by itself is large."""
    first = released("all 100\na 40\nb 25\nc 35")
    table = "all 100\nnorth 37\nsouth 28\nc 35"
    drawn = Ground(drawn_from={"north": ("a",), "south": ("b", "a")})
    assert shown(released(table))["north"] == "37"
    second = released(table, before(first), ground=drawn)
    assert shown(second) == {"all": "100", "c": "35", "north": "c", "south": "c"}
    assert shown(released(table, before(first))) != shown(second), "unsaid, any may have given"


def test_what_an_area_was_drawn_from_is_not_forgotten_in_the_releases_after() -> None:
    """All of b and a strip of a became south. By January and the quarter, the strip had two in
    February and March: in March south had 5 to 7. To show 8 later would tell that one to three
    came late. What an area was drawn from is said once, and need not be said again."""
    drawn = Ground(drawn_from={"north": ("a",), "south": ("b", "a")})
    first = released("all 47 47 47\na 12 13 12\nb 10 11 5\nc 25 23 30", quarters=True)
    table = "all 47 47 47\nnorth 7 11 12\nsouth 15 13 5\nc 25 23 30"
    second = released(table, before(first), ground=drawn, quarters=True)
    later = table.replace("13 5", "13 8").replace("47 47 47", "47 47 50")
    for said, still_said in ((drawn, Ground()), (Ground(), drawn), (drawn, drawn)):
        earlier = before(first), before(second, 2, said)
        third = released(later, *earlier, ground=still_said, quarters=True)
        assert shown(third)["south"] == "15 c c"
    earlier = before(first), before(second, 2)
    assert shown(released(later, *earlier, quarters=True))["south"] == "15 c 8", "said by nobody"


def test_boundaries_that_moved_twice_between_two_releases_of_a_measure_are_followed() -> None:
    """The second release had not the measure. What the third draws from an area of the second was
    drawn from one of the first."""
    first = released("all 100\na 40\nb 25\nc 35")
    moved = Ground(drawn_from={"a1": ("a",), "a2": ("a",), "b1": ("b",)})
    nothing = Earlier("release 2", (), (), APPETITE, moved)
    now = Ground(drawn_from={"x": ("a1",), "y": ("a2", "b1")})
    table = "all 100\nx 37\ny 28\nc 35"
    third = released(table, before(first), nothing, ground=now)
    straight = Ground(drawn_from={"x": ("a",), "y": ("a", "b")})
    assert shown(third) == shown(released(table, before(first), ground=straight))
    assert shown(third)["x"] == shown(third)["y"] == "c", "three of a's 40 live in y"
    assert shown(released(table, before(first), ground=now))["x"] == "37", "unsaid between"


def test_a_strip_that_holds_few_in_a_longer_period_is_kept_too() -> None:
    """Two people in the quarter, none or one or two in each month: the sums of the quarter before
    and after tell it, whatever is withheld of the months."""
    drawn = Ground(drawn_from={"north": ("a",), "south": ("b", "a")})
    first = released("all 47 47 47\na 12 13 12\nb 10 11 5\nc 25 23 30", quarters=True)
    table = "all 47 47 47\nnorth 12 12 11\nsouth 10 12 6\nc 25 23 30"
    second = released(table, before(first), ground=drawn, quarters=True)
    of_quarter = {r.area: r.n for r in second.results if r.grain == Grain.QUARTER}
    assert of_quarter["south"] is None


def test_ground_that_changed_hands_twice_is_followed_where_older_areas_are_named() -> None:
    """n was a and c together, and all of c went on to y. Of the first release, x may say that it
    was drawn from a alone."""
    table = [["a", "c"], ["n"], ["x", "y"]]

    def plots(*x_from: str) -> list[tuple[str | None, ...]]:
        grounds = [{}, {"n": ("a", "c")}, {"x": x_from, "y": ("n",)}]
        return cut(table, grounds)

    both = [("a", "n", "x"), ("a", "n", "y"), ("c", "n", "x"), ("c", "n", "y")]
    assert plots("n") == plots("a", "c", "n") == plots("a", "c") == both
    assert plots("a", "n") == [each for each in both if each != ("c", "n", "x")]


def test_an_area_that_had_no_figures_before_was_there_all_the_same() -> None:
    """First a paper with a, then one with b. Where it is known that both were there, b is not taken
    to have been drawn from a; where it is not, it may have been."""
    table = {name: _figures(name, [40], quarters=False, windows=()) for name in ("a", "b")}

    def plots(*places: str) -> list[tuple[str | None, ...]]:
        puts = [Put(name, table[name], [True], Ground(places=places)) for name in table]
        return Union(KEY["reports"], on_ground(puts)).plots

    assert plots("a", "b") == [("a", None), (None, "b")]
    assert plots() == [("a", "b")]


def test_several_areas_that_changed_at_once_must_say_what_they_were_drawn_from() -> None:
    """A map tells a reader which; without it, what they know could only be guessed."""
    first = released("all 100\na 40\nb 25\nc 35")
    earlier = before(first, ground=Ground(places=("a", "b", "c")))
    table, now = "all 100\nnorth 37\nsouth 28\nc 35", ("c", "north", "south")
    with pytest.raises(InputMistake) as stopped:
        released(table, earlier, ground=Ground(drawn_from={"north": ("a",)}, places=now))
    assert str(stopped.value) == (
        "body.toml, area south: it is new since the last release, and nothing says what it was"
        " drawn from. Allowed: areas of then (gone since: a, b), or none: []. Say in `drawn_from`"
        " which areas its ground was taken from."
    )
    released(table, earlier, ground=Ground(drawn_from={"north": ("a",), "south": ()}, places=now))
    one_gone = before(first, ground=Ground(places=("a", "c")))
    released(table, one_gone, ground=Ground(places=now))


def test_records_that_moved_about_where_boundaries_did_stop_nothing() -> None:
    """North is all of a and only a, and has more than a had, while the sum of both stands still:
    no ground fits both releases unless it was counted anew."""
    first = released("all 100\na 30\nb 25\nc 45")
    drawn = Ground(drawn_from={"north": ("a",), "south": ("b", "a")})
    second = released("all 100\nnorth 50\nsouth 5\nc 45", before(first), ground=drawn)
    assert shown(second)["north"] == "50" and not second.told


def test_what_earlier_releases_give_away_is_told_by_name_and_not_narrowed() -> None:
    """Two releases that knew nothing of each other: a's 3 is out. It is told, and withheld."""
    table = "all 60\na 3\nb 27\nc 30"
    one, two = released(table), released(table)
    hidden = [i for i, why in enumerate(two.reasons) if why == Why.COMPLEMENTARY]
    other = next(i for i in (2, 3) if i not in hidden)
    # The second withheld another figure beside a, as a body without history might.
    reasons = [None] * 4
    reasons[1], reasons[other] = Why.SMALL_COUNT, Why.COMPLEMENTARY
    two = Protection(two.results, tuple(reasons), two.true)
    now = "all 60 60\na 3 20\nb 27 20\nc 30 20"
    third = released(now, before(one), before(two, 2))
    (told,) = third.told
    assert told.where == ("reports", "a", "2023-01", "", "n") and not told.moved
    assert told.releases == ("release 1", "release 2")
    assert shown(third)["a"] == "c 20"


def test_a_total_that_came_out_before_any_area_counts_as_well() -> None:
    """First the whole alone. Then with the areas: two of them, the whole itself is small by what
    they leave, and withholding it again would help nobody."""
    first = released("all 60 60")
    second = released("all 60 60\na 3 20\nb 57 40", before(first))
    assert shown(second) == {"all": "60 60", "a": "c 20", "b": "c 40"}


def test_an_area_lies_in_its_force() -> None:
    """Two forces, and areas in them: a's 3 is what its force has less its other area."""
    table = "all 200\neast 93\na 3\nb 90\nwest 107\nc 57\nd 50"
    ground = Ground(within={"a": "east", "b": "east", "c": "west", "d": "west"})
    flat, nested = released(table), released(table, ground=ground)
    east = {area: value for area, value in shown(nested).items() if area in ("a", "b", "east")}
    assert east["a"] == "c" and "c" in (east["b"], east["east"])
    assert shown(flat)["b"] == shown(flat)["east"].replace("93", "90"), "unsaid, it is given away"


def test_a_preview_is_protected_beside_releases_and_nothing_of_them_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What release 1 withheld for another stays withheld. Its cells are no part of a site."""
    body = open_body(office_with_figures(tmp_path / "body"))
    release, done = put_forward(body)
    chosen = next(i for i, r in enumerate(done.true) if r.area == "town" and not done.reasons[i])
    reasons, true = list(done.reasons), list(done.true)
    reasons[chosen] = Why.COMPLEMENTARY
    grown = next(i for i, r in enumerate(true) if r.area == "all" and r.n and i != chosen
                 and r.measure == true[chosen].measure)  # fmt: skip
    true[grown] = replace(true[grown], n=true[grown].n + 50, value=true[grown].value + 50)
    first = Protection(done.results, tuple(reasons), tuple(true))
    cells = body.var / "releases" / "0001" / "cells.parquet"
    seal(cells, "release 1", first, body.file.appetite, body)
    out = publish_body(body, cells.with_name("site"))
    assert "Protected beside what was published before: release 1." in capsys.readouterr().err
    assert release.results[chosen].n is not None
    assert put_forward(body)[0].results[chosen].status == Status.SUPPRESSED
    assert cells.is_file() and not [path for path in out.rglob("*") if "cells" in path.name]
    assert not any(b"PAR1" in path.read_bytes() for path in out.rglob("*") if path.is_file())
