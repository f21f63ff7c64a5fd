"""An office that holds no records: figures as given, bundles, and what it may publish of them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, open_body
from answerable.chain.bundles import receive
from answerable.chain.bundles.grounds import grounds_of
from answerable.chain.bundles.keys import public_of
from answerable.chain.disclosure import protect
from answerable.chain.figures import Figure, Totals, write_figures
from answerable.chain.measures import Grade, Status, Unit
from answerable.cli.app import load
from answerable.site.verify import verify
from tests.bundled import KEY, bundle, counts_of, office, sealed, shown
from tests.given import MONTHS, NOW, THEN, counts, figure, shares
from tests.snapshots import make_body, make_snapshot


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def put(folder: Path, *figures: Figure, name: str = "pack.csv") -> None:
    write_figures(folder / "figures" / name, figures)


CLAIM = """
[[claim]]
key = "{key}"
words = "{key}"
published_by = "Office"
said_on = 2023-12-19
source = "a paper"
as_worded = "not testable as worded"
lacks = ["measure"]
[[claim.reading]]
says = "{says}"
measure = "{measure}"
statistic = "{statistic}"
period = "2022-12..2023-11"
{more}
bound_by = "the policy office"
bound_on = 2024-01-01
why = "the last twelve months"
"""
BASELINE = 'baseline = "2021-12..2022-11"'


@pytest.fixture
def body(tmp_path: Path) -> Path:
    return office_with_figures(tmp_path / "body")


def office_with_figures(folder: Path) -> Path:
    """`answerable init`, with figures in place of extracts."""
    assert run("init", folder).exit_code == 0
    shutil.rmtree(folder / "extracts")
    shutil.rmtree(folder / "incoming")
    late = {"measure": "late", "title": "Calls answered late", "better": "lower"}
    town = [replace(f, area="town", value=(f.value or 0) // 3) for f in counts(20, seed=8)]
    dales = [
        replace(f, area="dales", value=(f.value or 0) - (t.value or 0))
        for f, t in zip(counts(40), town, strict=True)
    ]
    dales[20] = replace(dales[20], value=None, status=Status.SUPPRESSED)
    put(folder, *counts(40), *town, *dales, *shares(-0.1, **late),
        *(figure(m, 0.3 + i % 5 / 100, Unit.SHARE, area="town", **late)
          for i, m in enumerate(MONTHS)),
        figure(NOW, 0.7, Unit.SHARE, measure="trust", title="Trust in the police"),
        figure(THEN, 0.6, Unit.SHARE, measure="trust", title="Trust in the police"),
        figure(NOW, 900.0, measure="orders", title="Orders made", statistic="count"),
        figure(THEN, 700.0, measure="orders", title="Orders made", statistic="count"))  # fmt: skip
    claims = [
        ("more-calls", "rose", "calls", "value", BASELINE),
        ("fewer-late", "improved", "late", "value", BASELINE),
        ("more-orders", "rose", "orders", "count", BASELINE),
        ("trusted", "meets", "trust", "value", 'value = "65%"'),
    ]
    names = ("key", "says", "measure", "statistic", "more")
    text = "".join(CLAIM.format(**dict(zip(names, claim, strict=True))) for claim in claims)
    (folder / "claims" / "example.toml").write_text(text, encoding="utf-8")
    return folder


def test_claims_are_checked(body: Path) -> None:
    result = run("check", body, "--format", "json")
    said = {claim["key"]: claim["readings"][0]["verdict"] for claim in json.loads(result.stdout)}
    assert {key: (v["verdict"], v["grade"]) for key, v in said.items()} == {
        "more-calls": ("supported", "monthly totals"),
        "fewer-late": ("supported", "monthly totals"),
        "more-orders": ("cannot tell", "two figures"),
        "trusted": ("cannot tell", "two figures"),
    }
    assert said["fewer-late"]["label"] == "the record shows this; mix not checked"
    assert "MIX" not in said["more-calls"]["sentence"]
    assert said["more-calls"]["may_say"].endswith(
        "Evidence: monthly totals as given, without the records."
    )
    assert said["more-orders"]["recorded"] == (
        "Recorded: 900 (December 2022 to November 2023), up from 700 (December 2021 to November"
        " 2022)."
    )
    assert "how many people answered was not given" in said["trusted"]["sentence"]


def test_the_table_names_the_evidence(body: Path) -> None:
    assert "Evidence: monthly totals." in run("check", body, "more-calls").stdout


def test_measures_are_shown_and_taken_away(body: Path, tmp_path: Path) -> None:
    import duckdb

    shown = run("measure", body, "--measure", "calls", "--area", "all")
    assert "2022-12..2023-11" in shown.stdout
    assert shown.exit_code == 0
    out = tmp_path / "figures.parquet"
    assert run("measure", body, "--format", "parquet", "--out", out).exit_code == 0
    with duckdb.connect() as connection:
        grades = connection.execute(f"SELECT DISTINCT grade FROM '{out}' ORDER BY 1").fetchall()
    assert grades == [("monthly totals",), ("two figures",)]
    lines = json.loads(run("measure", body, "--measure", "orders", "--format", "json").stdout)
    assert {line["grade"] for line in lines} == {"two figures"}
    assert "Orders made" in lines[0]["sentence"]


def test_the_site_shows_grades_and_is_verified(body: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run("publish", body, site)
    assert result.exit_code == 0, result.output
    report = verify(site)
    assert report.wrong == ()
    assert any("were given without records" in line for line in report.cannot)
    claim = (site / "claims" / "fewer-late.html").read_text("utf-8")
    assert "Monthly totals, as they were given, without the records." in claim
    assert "whether the mix of cases changed cannot be seen" in claim
    assert "Figures as they stood in papers" in claim
    assert "never leave the force" not in claim
    orders = (site / "measures" / "orders.html").read_text("utf-8")
    assert "Two figures, or a few: whole periods as they were given" in orders
    assert "Evidence: figures of whole periods as given" in orders
    counted = (site / "counted" / "late.html").read_text("utf-8")
    assert "By nobody: how it was counted is not known here" in counted
    assert "Pack" in (site / "left-out" / "index.html").read_text("utf-8")
    assert not (site / "counted" / "arrests_per_100_crimes.html").exists()


def test_a_site_with_another_grade_is_found_out(body: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("publish", body, site)
    page = site / "data" / "late.json"
    page.write_text(page.read_text("utf-8").replace("monthly totals", "from rows"), "utf-8")
    wrong = " ".join(verify(site).wrong)
    assert "the published figures give another verdict" in wrong
    assert "does not follow from the open data" in wrong


def test_what_was_given_as_small_is_withheld_with_what_gives_it_away(
    body: Path, tmp_path: Path
) -> None:
    """One month of one area was given as withheld; the paper's own totals would give it back."""
    site = tmp_path / "site"
    run("publish", body, site)
    data = json.loads((site / "data" / "calls.json").read_text("utf-8"))
    rows = [dict(zip(data["columns"], row, strict=True)) for row in data["results"]]
    month = {r["area"]: r["status"] for r in rows if r["period"] == str(MONTHS[20])}
    assert month["dales"] == "suppressed"
    assert "suppressed" in (month["all"], month["town"])


def test_a_rate_of_an_area_on_an_unknown_number_is_withheld(body: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("publish", body, site)
    data = json.loads((site / "data" / "late.json").read_text("utf-8"))
    rows = [dict(zip(data["columns"], row, strict=True)) for row in data["results"]]
    assert {r["status"] for r in rows if r["area"] == "town"} == {"suppressed"}
    assert {r["status"] for r in rows if r["area"] == "all"} == {"ok"}


def test_who_typed_a_figure_is_never_published(body: Path, tmp_path: Path) -> None:
    typed = [replace(f, measure="typed", title="Typed", typed_by="Q. Typist") for f in counts()]
    put(body, *typed, name="typed.csv")
    site = tmp_path / "site"
    assert run("publish", body, site).exit_code == 0
    assert not any("Typist" in p.read_text("utf-8", "ignore") for p in site.rglob("*.*"))


def test_without_anything_the_next_step_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "body"
    run("init", folder)
    with pytest.raises(InputMistake, match="answerable figures"):
        grounds_of(open_body(folder))


# --- several sources


def test_two_sources_of_one_figure_are_named(tmp_path: Path) -> None:
    body = make_body(tmp_path)
    rows = [
        {"incident_id": f"{month}-{i}", "area": "north", "strand": "domestic_abuse",
         "received_at": f"{month}-02T10:00:00"}
        for month in ("2024-01", "2024-02", "2024-03") for i in range(30)
    ]  # fmt: skip
    snapshot = make_snapshot(body, {"incidents": rows})
    given = {"measure": "reports", "title": "Reports", "statistic": "count"}
    put(tmp_path, figure("2024-01", 30.0, **given), figure("2024-02", 41.0, **given),
        figure("2023-12", 25.0, **given))  # fmt: skip
    grounds = replace(_grounds(tmp_path), snapshot=snapshot)
    held = grounds.of({"reports"}).results()
    (difference,) = held.differences
    assert difference.sentence == (
        "reports, count, all, February 2024: 30 in the records; 41 in the figures as given"
        " (Pack). 30 is used."
    )
    february = held.results.one("reports", "count", period="2024-02")
    december = held.results.one("reports", "count", period="2023-12")
    assert (february.value, february.grade) == (30, Grade.ROWS)
    assert (december.value, december.grade) == (25, Grade.MONTHS)
    assert february.source == december.source == held.source
    assert [source.kind for source in held.sources] == ["records", "figures"]


def _grounds(folder: Path):  # type: ignore[no-untyped-def]
    return grounds_of(open_body(folder))


def test_a_rounded_figure_is_no_difference(tmp_path: Path) -> None:
    from answerable.chain.bundles.merging import Part, Source, held

    one = figure("2024-01", None, Unit.SHARE, numerator=632.0, denominator=1000.0)
    rough, off = figure("2024-01", 0.63, Unit.SHARE), figure("2024-01", 0.65, Unit.SHARE)
    from answerable.chain.figures import results_of

    def part(kind: str, given: Figure) -> Part:
        return Part(Source(kind, kind, kind), results_of([given], {}))

    assert held([part("a", one), part("b", rough)], ()).differences == ()
    (difference,) = held([part("a", one), part("b", off)], ()).differences
    assert [words for words, _ in difference.said] == ["63.2%", "65.0%"]


def test_a_bundle_stands_beside_figures(tmp_path: Path) -> None:
    body = office(tmp_path / "office", key=public_of(KEY))
    receive(body, sealed(), "", False)
    alone = grounds_of(body).results()
    assert [source.kind for source in alone.sources] == ["bundle"]
    assert alone.protected == {"reports", "repeat_victims"}
    shown = month_of(alone.results, Status.OK)
    put(body.folder, figure(shown.period, float(shown.value + 7), **REPORTS))
    held = grounds_of(body).results()
    assert held.results.one("reports", "count", period=shown.period).value == shown.value
    (difference,) = held.differences
    assert "in the bundle of Testshire Police, number 1" in difference.sentence
    assert "reports" not in held.protected


REPORTS = {"measure": "reports", "title": "Reports", "statistic": "count"}


def month_of(results: object, status: Status, area: str = "all"):  # type: ignore[no-untyped-def]
    wanted = ("reports", "count", "month", area, "", status)

    def name(r):  # type: ignore[no-untyped-def]
        return (r.measure, r.statistic, r.grain, r.area, r.split, r.status)

    return next(result for result in results if name(result) == wanted)


def test_what_a_bundle_withholds_stays_withheld(tmp_path: Path) -> None:
    """A paper gives the number that the force withholds: the office does not publish it."""
    body = office(tmp_path / "office", key=public_of(KEY))
    small = bundle(shown("reports", counts_of("reports", 1, mean=2)))
    receive(body, sealed(small), "", False)
    hidden = month_of(grounds_of(body).results().results, Status.SUPPRESSED, "a")
    put(body.folder, figure(hidden.period, 3.0, area="a", **REPORTS))
    held = grounds_of(body).results()
    assert held.results.one("reports", "count", "a", hidden.period).value is None
    (difference,) = held.differences
    assert difference.sentence.endswith(
        "withheld in the bundle of Testshire Police, number 1; a number in the figures as given"
        " (Pack). It stays withheld."
    )
    site = tmp_path / "site"
    assert run("publish", body.folder, site).exit_code == 0
    assert verify(site).wrong == ()


def test_an_office_publishes_a_bundle(tmp_path: Path) -> None:
    body = office(tmp_path / "office", key=public_of(KEY))
    receive(body, sealed(), "", False)
    site = tmp_path / "site"
    result = run("publish", body.folder, site)
    assert result.exit_code == 0, result.output
    assert verify(site).wrong == ()
    data = json.loads((site / "data" / "sources.json").read_text("utf-8"))
    assert [each["title"] for each in data["sources"]] == [
        "the bundle of Testshire Police, number 1"
    ]


def test_a_total_that_the_paper_gives_is_not_shown_beside_its_withheld_part() -> None:
    """By hand: north 40, south withheld, all 43 gives 3; so the whole or north must go too."""
    from answerable.chain.body import Appetite
    from answerable.chain.figures import definitions_of, results_of

    given = []
    for i, month in enumerate(MONTHS[:12]):
        last = i == 11
        given += [
            figure(month, 40.0, area="north"),
            figure(month, None if last else 60.0, area="south",
                   status=Status.SUPPRESSED if last else Status.OK),
            figure(month, 43.0 if last else 100.0),
        ]  # fmt: skip
    made, _ = definitions_of(given, {})
    results = protect(results_of(given, {}), made, Appetite())
    at = {r.area: r.value for r in results if r.period == str(MONTHS[11])}
    assert at["south"] is None
    assert None in (at["all"], at["north"])
    assert Totals(f for f in given if f.area == "all").whole(THEN) is not None
