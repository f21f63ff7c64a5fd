"""A published site can be held to its own figures, and any change to one is found."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.chain.body import Appetite, Body, InputMistake
from answerable.chain.claims import check
from answerable.chain.disclosure.rounding import rounded
from answerable.chain.measures import Gathered
from answerable.cli.release import release_of
from answerable.site import Release, build
from answerable.site.codes import codes_of
from answerable.site.reread import claims_of
from answerable.site.verify import verify
from tests.severnshire import Demo

FEW = {"reports", "action_taken_recorded", "complaints", "response_time_priority"}


@pytest.fixture(scope="module")
def small_release(demo: Demo) -> Release:
    """A few measures and their claims: as real as the whole, and quicker to verify."""
    release = release_of(demo.body)
    return replace(
        release,
        definitions=tuple(d for d in release.definitions if d.key in FEW),
        texts={key: text for key, text in release.texts.items() if key in FEW},
        results=tuple(r for r in release.results if r.measure in FEW),
        claims=tuple(
            each
            for each in release.claims
            if {r.reading.measure for r in each.readings} | set(each.claim.see) <= FEW
        ),
    )


@pytest.fixture(scope="module")
def small_site(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "site"
    build(small_release, out)
    return out


@pytest.fixture
def site(small_site: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_site, tmp_path / "site")


def made_again(site: Path) -> None:
    """Write the manifest again over whatever the files now are, as a forger would."""
    path = site / "manifest.json"
    manifest = json.loads(path.read_text())
    for name in manifest["files"]:
        content = (site / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        manifest["files"][name] = {"sha256": digest, "bytes": len(content)}
    path.write_text(json.dumps(manifest))


def change(site: Path, name: str, edit: Callable[[str], str]) -> None:
    path = site / name
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def rows(edit: Callable[[dict[str, list], list[list]], None]) -> Callable[[str], str]:
    """An edit of a measure's JSON: given a look-up of columns and the rows."""

    def edited(text: str) -> str:
        data = json.loads(text)
        edit({name: i for i, name in enumerate(data["columns"])}, data["results"])
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

    return edited


def a_month(at: dict[str, int], results: list[list], statistic: str) -> list:
    return next(
        r
        for r in results
        if r[at["statistic"]] == statistic
        and r[at["area"]] == "all"
        and r[at["period"]] == "2023-03"
        and not r[at["split"]]
        and r[at["basis"]] == "raw"
    )


def test_the_demonstration_holds_and_says_what_cannot_be_derived(demo_site: Path) -> None:
    report = verify(demo_site)
    assert report.wrong == ()
    assert any("verdicts of 21 readings" in line for line in report.derived)
    assert any("medians" in line for line in report.cannot)
    assert any("not signed" in line for line in report.cannot)


def test_published_verdicts_are_those_that_the_records_give(demo: Demo, demo_site: Path) -> None:
    published = [[r.verdict.verdict for r in each.readings] for each in claims_of(demo_site)]
    assert published == [[r.verdict.verdict for r in each.readings] for each in demo.checked]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("index.html", r"\d+(\.\d+)?%"),
        ("measures/response_time_priority.html", r"\d+ minutes"),
        ("data/reports.csv", r"(?<=,)\d{3,4}(?=,)"),
        ("data/definitions/reports.toml", r"version = \d"),
    ],
)
def test_one_changed_number_is_found(site: Path, name: str, pattern: str) -> None:
    def raised(found: re.Match[str]) -> str:
        return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), found[0], count=1)

    change(site, name, lambda text: re.sub(pattern, raised, text, count=1))
    assert any(line.startswith(name) for line in verify(site).wrong)
    made_again(site)
    assert not verify(site).holds, "a new manifest must not be enough"


def test_the_small_site_holds(site: Path) -> None:
    assert verify(site).wrong == ()


@pytest.fixture(scope="module")
def rounded_site(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, of a body that shows its counts to the nearest 5."""
    five = Appetite(round_to=5)
    definitions = {each.key: each for each in small_release.definitions}
    results = [
        replace(each, **rounded(each, definitions[each.measure], five))
        for each in small_release.results
    ]
    body = small_release.body.model_copy(update={"appetite": five})
    out = tmp_path_factory.mktemp("rounded") / "site"
    figures = Gathered(results, small_release.source)
    claims = [each.claim for each in small_release.claims]
    checked = check(claims, definitions, figures, Body(out, body), codes_of(small_release.codes))
    build(replace(small_release, body=body, results=tuple(results), claims=checked), out)
    return out


def test_a_rounded_site_holds_and_says_that_it_is_rounded(rounded_site: Path) -> None:
    report = verify(rounded_site)
    assert report.holds, report.wrong
    page = (rounded_site / "measures" / "reports.html").read_text("utf-8")
    assert "rounded to the nearest 5 and may not add up" in page
    assert "Counts are to the nearest 5." in page
    for checked in claims_of(rounded_site):
        for each in checked.readings:
            if each.verdict.size is not None:
                assert "rests on them as they are shown" in each.verdict.sentence


def test_a_number_that_is_not_rounded_is_found(rounded_site: Path, tmp_path: Path) -> None:
    site = shutil.copytree(rounded_site, tmp_path / "site")

    def edit(at: dict[str, int], results: list[list]) -> None:
        a_month(at, results, "count")[at["n"]] += 1

    change(site, "data/reports.json", rows(edit))
    made_again(site)
    assert any("said to be rounded to 5, and is not" in line for line in verify(site).wrong)


def test_a_page_changed_under_a_new_manifest_does_not_follow_from_the_data(site: Path) -> None:
    change(site, "help/index.html", lambda text: text.replace("0808", "0909"))
    made_again(site)
    assert verify(site).wrong == ("help/index.html: does not follow from the open data.",)


def test_a_share_that_is_not_its_count_over_its_denominator(site: Path) -> None:
    def edit(at: dict[str, int], results: list[list]) -> None:
        a_month(at, results, "rate")[at["value"]] += 0.01

    change(site, "data/action_taken_recorded.json", rows(edit))
    made_again(site)
    assert any("share is not count over n" in line for line in verify(site).wrong)


def test_an_interval_made_narrower(site: Path) -> None:
    def edit(at: dict[str, int], results: list[list]) -> None:
        month = a_month(at, results, "rate")
        month[at["lower"]] = month[at["value"]] - 0.001

    change(site, "data/action_taken_recorded.json", rows(edit))
    made_again(site)
    assert any("interval does not follow" in line for line in verify(site).wrong)


def test_months_that_do_not_add_up(site: Path) -> None:
    def edit(at: dict[str, int], results: list[list]) -> None:
        month = a_month(at, results, "count")
        month[at["value"]] += 1
        month[at["n"]] += 1

    change(site, "data/reports.json", rows(edit))
    made_again(site)
    assert any("months do not add up" in line for line in verify(site).wrong)


def test_a_verdict_that_the_figures_do_not_give(site: Path) -> None:
    change(
        site,
        "data/claims.json",
        lambda text: text.replace('"verdict":"supported"', '"verdict":"not shown"', 1),
    )
    made_again(site)
    assert any("give another verdict" in line for line in verify(site).wrong)


def test_a_number_where_one_is_withheld(site: Path) -> None:
    def edit(at: dict[str, int], results: list[list]) -> None:
        withheld = next(r for r in results if r[at["status"]] == "suppressed")
        withheld[at["value"]] = 3

    change(site, "data/complaints.json", rows(edit))
    made_again(site)
    assert any("and yet a number is published" in line for line in verify(site).wrong)


@pytest.mark.parametrize("name", ["data/body.json", "data/letter.json", "data/reports.json"])
def test_data_that_cannot_be_read_is_one_sentence(site: Path, name: str) -> None:
    (site / name).write_text("{", encoding="utf-8")
    made_again(site)
    assert any(line.startswith(name) or "data" in line for line in verify(site).wrong)


def test_a_definition_that_is_not_the_one_named(site: Path) -> None:
    name = "data/definitions/reports.toml"
    change(site, name, lambda text: text + "\n# another text\n")
    made_again(site)
    assert verify(site).wrong == (f"{name}: not the definition that the manifest names.",)


def test_files_added_and_taken_away_are_found(site: Path) -> None:
    (site / "extra.html").write_text("x")
    (site / "about" / "index.html").unlink()
    wrong = " ".join(verify(site).wrong)
    assert "extra.html: not part of the site" in wrong
    assert "about/index.html: the manifest lists it" in wrong


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(InputMistake, match=r"manifest\.json"):
        verify(tmp_path)
