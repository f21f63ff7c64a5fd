"""A site of many forces: what is planted is found and nothing else, nobody is ranked, and every
page says what chance alone would give.

| planted | in | found as |
|---|---|---|
| officers take twice as long | the second force | beyond the 99.8% limits |
| quicker from July 2023 | the third force | improved, beyond ordinary variation |
"""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from answerable.chain.body import CountsOtherwise
from answerable.chain.measures import Result, Status
from answerable.site import build
from answerable.site.build import render
from answerable.site.verify import verify
from answerable.synthetic import national_truths, planted_forces
from tests.nation import FORCES, IMMEDIATE, NAMES, PRIORITY, nation

MOST_BYTES = 200_000
"""No page of a country is heavier, before it is compressed."""


@cache
def site() -> dict[str, bytes]:
    return render(nation())


def page(path: str, files: dict[str, bytes] | None = None) -> str:
    return (files or site())[path].decode()


def table() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page("data/forces.csv"))))


def test_just_the_planted_forces_are_found() -> None:
    planted = {
        (each.measure, force, each.says)
        for force, truth in planted_forces(FORCES).items()
        for each in truth.found
    }
    apart = {(r["measure"], r["force"], "outlier") for r in table() if r["outlier"] == "true"}
    changed = {
        (row["measure"], row["force"], "improved")
        for row in table()
        if row["change"] in ("supported", "contradicted")
    }
    assert len(planted) == len(national_truths()) == 2
    assert apart | changed == planted


def test_fewer_than_three_forces_have_nothing_planted() -> None:
    assert planted_forces(2) == {} and set(planted_forces(3)) == {"force_02", "force_03"}


def test_the_front_page_lists_the_forces_by_name_and_the_country_together() -> None:
    home = page("index.html")
    listed = re.findall(r'href="forces/(force_\d+)\.html">([^<]+)<', home)
    assert listed == sorted(NAMES.items(), key=lambda each: each[1])
    assert "How well do police forces respond" in home
    assert "All forces of A nation that never was together" in home


def test_every_force_has_a_page_with_its_measures_and_the_claim() -> None:
    slow, quicker = page("forces/force_02.html"), page("forces/force_03.html")
    assert "It stands apart: a force of its size would lie from" in slow
    assert "stands apart, below them" in slow
    assert "improved, beyond ordinary variation. Beside the others" in quicker
    for each in (slow, quicker):
        assert "officers now reach domestic abuse incidents sooner" in each
        assert each.count("Month by month") == 3 and each.count("<svg xmlns") >= 3
    assert "areas/index.html" not in site() and "areas/index.html" not in slow


def test_a_measure_has_its_funnel_its_changes_and_a_small_chart_of_each_force() -> None:
    text = page(f"measures/{IMMEDIATE}.html")
    assert text.count('id="small-') == 2 * FORCES  # a title and a description each
    assert "All 22 forces are set beside each other." in text
    assert "of these 22 charts" in text
    assert "chance alone would put" in text and "beyond the 99.8% limits" in text
    assert "any of the 22 forces that could be told, chance alone would call at most" in text
    scales = set(re.findall(r'<svg[^>]*viewBox="0 0 300 [^>]*>.*?</svg>', text))
    ends = {tuple(re.findall(r'text-anchor="end" class="ac-small">(\d[^<]*)<', s)) for s in scales}
    assert len(ends) == 1  # one scale for all


def test_what_has_no_counts_says_that_no_funnel_can_be_drawn() -> None:
    text = page(f"measures/{PRIORITY}.html")
    assert "between-forces" not in text
    assert "Who stands apart is told of shares and rates" in text


def test_a_claim_about_the_country_is_put_to_each_force() -> None:
    text = page("claims/sooner-everywhere.html")
    part = text.split("<h3>Force by force</h3>", 1)[1]
    counts = re.findall(r'<span class="number">(\d+)</span>', part)
    assert sum(map(int, counts)) == FORCES and counts[0] == "1"
    assert "in any of the 22 forces that could be told, chance alone would give" in " ".join(
        part.split()
    )
    assert "at most about 0.6 of them" in part
    assert re.findall(r">(Force \d\d)<", part) == sorted(NAMES.values())


@pytest.mark.parametrize("word", ["rank", "league", "worst", "best force", "top of", "bottom of"])
def test_no_page_ranks(word: str) -> None:
    for path, content in site().items():
        if path.endswith(".html") and not path.startswith("counted/"):
            assert word not in re.sub(r"<[^>]*>", " ", content.decode()).lower(), path


def test_pages_are_small() -> None:
    sizes = {path: len(content) for path, content in site().items() if path.endswith(".html")}
    heaviest = max(sizes, key=lambda path: sizes[path])
    assert sizes[heaviest] < MOST_BYTES, heaviest
    assert sizes["index.html"] < MOST_BYTES / 10


def test_a_force_that_counts_otherwise_is_not_set_beside_the_others() -> None:
    release = nation()
    how = "the clock starts at dispatch"
    said = (CountsOtherwise(measure=IMMEDIATE, how=how),)
    forces = tuple(
        force.model_copy(update={"counts_otherwise": said}) if force.key == "force_02" else force
        for force in release.body.forces
    )
    made = replace(release, body=release.body.model_copy(update={"forces": forces}))
    files = render(made)
    text = page(f"measures/{IMMEDIATE}.html", files)
    assert f"counts otherwise: {how}" in text and "1 counts this otherwise" in text
    assert "stands apart, below" not in text
    assert f"this force counts it otherwise: {how}." in page("forces/force_02.html", files)
    funnel = json.loads(page("data/forces.json", files))[IMMEDIATE]["funnel"]
    assert "force_02" not in {unit["unit"] for unit in funnel["units"]}


def test_a_withheld_figure_is_in_no_funnel_and_on_no_page() -> None:
    made = replace(nation(), results=tuple(_without(r) for r in nation().results))
    text = page(f"measures/{IMMEDIATE}.html", render(made))
    assert "21 of 22 forces are set beside each other; 1 has no figure" in text
    row = text.split('forces/force_05.html#response_time_immediate">Force 05</a></th>')[1]
    row = row.split("</tr>", 1)[0]
    assert "withheld to protect people" in row and not any(c.isdigit() for c in row)


def _without(result: Result) -> Result:
    if (result.statistic, result.area) != ("within_target", "force_05"):
        return result
    nothing = dict.fromkeys(("value", "n", "count", "lower", "upper"))
    return replace(result, **nothing, method="", status=Status.SUPPRESSED)


def test_the_site_holds_to_its_own_figures(tmp_path: Path) -> None:
    build(nation(), tmp_path)
    report = verify(tmp_path)
    assert report.holds, report.wrong
    path = tmp_path / "data" / "forces.csv"
    path.write_bytes(path.read_bytes().replace(b"true", b"false"))
    assert any("forces.csv" in wrong for wrong in verify(tmp_path).wrong)
