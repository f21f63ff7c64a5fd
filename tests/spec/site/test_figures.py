"""What a page shows of a figure: never a number that is withheld, the same as the open data."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.chain.charts import chart_of
from answerable.chain.claims import VerdictKind
from answerable.chain.measures import Grain, Status
from answerable.chain.measures.definition import STATISTICS
from answerable.site import build, render
from answerable.site.ledger import tally
from answerable.site.public import Public
from answerable.site.release import Release
from answerable.site.reread import reread
from answerable.site.shelf import Shelf
from answerable.site.words import FAMILY, STATISTIC, STATUS, mark_of
from tests.site_release import made_up

MEASURES = ("response_time_priority", "reports")


def one_month(month: str, **changes: object) -> Release:
    """The release with one month of the whole force changed."""
    release = made_up(MEASURES)
    results = tuple(
        replace(r, **changes)
        if (r.measure, r.statistic, r.area, r.period) == ("reports", "count", "all", month)
        else r
        for r in release.results
    )
    return replace(release, results=results)


def test_a_withheld_month_says_so_and_shows_no_number() -> None:
    release = one_month(
        "2023-02", value=None, n=None, lower=None, upper=None, status=Status.SUPPRESSED
    )
    page = render(release)["measures/reports.html"].decode()
    row = page.split(">February 2023</th>", 1)[1].split("</tr>", 1)[0]
    assert "withheld to protect people" in row
    assert not any(letter.isdigit() for letter in row)


def test_limits_come_from_published_points_only() -> None:
    release = one_month("2023-02", value=None, n=None, status=Status.SUPPRESSED)
    definition = next(d for d in release.definitions if d.key == "reports")
    series = Shelf(release.results, release.source).series("reports", "count")
    chart = chart_of(series, definition)
    assert chart
    shown = [point.value for point in chart.points if point.value is not None]
    assert len(shown) == len(series) - 2  # this one, and the last, which may still change
    assert next(p for p in chart.points if p.x == "2023-02").value is None
    assert chart.points[0].centre == pytest.approx(sum(shown) / len(shown))


def test_a_zero_is_a_zero_and_missing_is_not() -> None:
    zero = render(one_month("2023-02", value=0.0, n=0, status=Status.ZERO))
    missing = render(one_month("2023-02", value=None, n=None, status=Status.MISSING))
    row = 'scope="row">February 2023</th><td class="n">'
    assert f"{row}0<" in zero["measures/reports.html"].decode()
    assert f"{row}not supplied<" in missing["measures/reports.html"].decode()


def test_open_data_is_the_release_figure_for_figure() -> None:
    release = made_up(MEASURES)
    made = render(release)
    rows = list(csv.DictReader(io.StringIO(made["data/reports.csv"].decode())))
    told = json.loads(made["data/reports.json"])
    mine = [r for r in release.results if r.measure == "reports"]
    assert len(rows) == len(told["results"]) == len(mine)
    for row, entry, result in zip(rows, told["results"], mine, strict=True):
        given = dict(zip(told["columns"], entry, strict=True))
        for name in ("statistic", "area", "period", "split", "status", "value", "n", "upper"):
            value = getattr(result, name)
            assert row[name] == ("" if value is None else str(value))
            assert given[name] == value
    assert (told["source"], told["definition"]) == (release.source, mine[0].definition)
    metadata = json.loads(made["data/reports.csv-metadata.json"])
    assert [column["name"] for column in metadata["tableSchema"]["columns"]] == list(rows[0])


def test_the_definition_is_published_word_for_word() -> None:
    release = made_up(MEASURES)
    made = render(release)
    assert made["data/definitions/reports.toml"].decode() == release.texts["reports"]


def test_every_statistic_status_and_verdict_has_words() -> None:
    assert {name for names in STATISTICS.values() for name in names} <= STATISTIC.keys()
    assert set(Status) == STATUS.keys()
    assert all(mark_of(kind).label and mark_of(kind).means for kind in VerdictKind)


def test_the_tally_leaves_no_claim_out() -> None:
    claims = made_up(MEASURES).claims
    counted = tally(claims)
    assert sum(count.number for count in counted.counts) == counted.readings == 7
    assert sum(count.number for count in counted.untested) == counted.others == 2
    assert counted.claims == counted.tested + counted.others == len(claims)
    # Seven readings of change, each falsely supported at most 2.5 times in 100.
    assert counted.by_chance == "0.2"


def test_text_that_looks_like_html_is_shown_as_text() -> None:
    release = made_up(MEASURES)
    body = release.body.model_copy(update={"name": "<b>Bold</b> & Co"})
    home = render(replace(release, body=body))["index.html"].decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in home
    assert "<b>Bold" not in home


def test_a_month_that_may_still_change_is_not_on_the_chart_and_signals_nothing() -> None:
    release = one_month("2024-05", value=9.0, n=9, status=Status.PROVISIONAL)
    definition = next(d for d in release.definitions if d.key == "reports")
    chart = chart_of(Shelf(release.results, "").series("reports", "count"), definition)
    assert chart
    last = {point.x: point for point in chart.points}["2024-05"]
    assert (last.value, last.signals) == (None, ())
    page = render(release)["measures/reports.html"].decode()
    row = page.split(">May 2024</th>", 1)[1].split("</tr>", 1)[0]
    assert ">9<" in row and "may still change" in row


def test_a_larger_share_within_target_is_better_where_a_shorter_time_is() -> None:
    release = made_up(("response_time_immediate",))
    shelf, (definition,) = Shelf(release.results, ""), release.definitions
    directions = {
        name: chart_of(shelf.series(definition.key, name), definition).better  # type: ignore[union-attr]
        for name in ("median", "within_target", "missing_share")
    }
    assert directions == {"median": "lower", "within_target": "higher", "missing_share": "lower"}


def test_a_site_gives_back_the_release_that_it_was_made_from(tmp_path: Path) -> None:
    release = made_up(MEASURES)
    build(release, tmp_path / "site")
    manifest = json.loads((tmp_path / "site" / "manifest.json").read_text(encoding="utf-8"))
    assert reread(tmp_path / "site", manifest) == release


def test_a_page_opens_with_the_latest_year_in_which_most_areas_can_be_shown() -> None:
    """A later year of the whole is passed over while its areas are withheld, within a year."""
    release = made_up(("reports",))
    months = [r for r in release.results if r.period == "2022-12..2023-11"]
    later = [
        replace(
            r,
            period="2023-04..2024-03",
            **({} if r.area == "all" else {"value": None, "n": None, "status": Status.SUPPRESSED}),
        )
        for r in months
    ]
    for extra, opens in (([], "2022-12..2023-11"), (later, "2022-12..2023-11")):
        public = Public(replace(release, results=(*release.results, *extra)))
        found = public.headline(release.definitions[0])
        assert found and found.period == opens
    shown = [replace(r, period="2023-04..2024-03") for r in months]
    public = Public(replace(release, results=(*release.results, *shown)))
    found = public.headline(release.definitions[0])
    assert found and found.period == "2023-04..2024-03"


def test_every_shipped_family_has_a_public_heading() -> None:
    assert {definition.family for definition in made_up(claims=()).definitions} <= FAMILY.keys()


WITHHELD = {"value": None, "n": None, "count": None, "lower": None, "upper": None,
            "status": Status.SUPPRESSED}  # fmt: skip


def apart(withheld: tuple[str, ...]) -> str:
    """What stands under "Shown apart", with the split of some periods withheld; the demonstration
    has a financial year beside the last twelve months."""
    release = made_up(MEASURES)
    headline = max(r.period for r in release.results if r.grain == Grain.WINDOW)
    years = [
        replace(r, period="2022/23", grain=Grain.YEAR)
        for r in release.results
        if r.period == headline
    ]
    results = [
        replace(r, **WITHHELD) if r.split and r.period in withheld else r
        for r in (*release.results, *years)
    ]
    page = render(replace(release, results=tuple(results)))
    return page["measures/response_time_priority.html"].decode().split('id="splits"', 1)[1]


def test_a_split_withheld_for_the_last_twelve_months_is_shown_for_a_year() -> None:
    last, year = "December 2022 to November 2023", "2022/23 (April 2022 to March 2023)"
    assert f"median, {last}</span>" in apart(withheld=())
    fallen_back = apart(withheld=("2022-12..2023-11",))
    assert f"median, {year}</span>" in fallen_back
    assert f"median, {last}</span>" not in fallen_back


def test_a_split_withheld_throughout_is_a_sentence_not_a_table() -> None:
    nothing = apart(withheld=("2022-12..2023-11", "2022/23")).split("<h2", 1)[0]
    assert "Each of these figures is withheld or was not supplied." in nothing
    assert "<table" not in nothing


def test_a_line_of_the_ledger_says_what_it_is_a_figure_of() -> None:
    release = made_up(MEASURES)
    checked = release.claims[0]
    read = checked.readings[0]
    part = replace(read, reading=read.reading.model_copy(update={"split": "risk_level=high"}))
    page = render(replace(release, claims=(replace(checked, readings=(read, part)),)))
    lines = page["claims/index.html"].decode().split('<p class="recorded">')[1:]
    title = '<span class="of">Time to reach priority domestic abuse incidents'
    assert [line.startswith(title) for line in lines] == [True, True]
    assert f"{title}: High risk.</span> Recorded:" in lines[1]
