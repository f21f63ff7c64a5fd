"""The office comes to the verdicts that the records give, from a bundle without a record."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from answerable.chain.bundles import grounds_of, open_bundle, received
from answerable.chain.bundles.keys import public_of
from answerable.chain.claims import load_claims, windows_of
from answerable.chain.measures import Gathered, Grade, Status
from answerable.cli.app import load
from answerable.cli.check import checked_claims
from answerable.cli.release import release_of
from answerable.site.verify import verify
from tests import bundled
from tests.severnshire import Demo, TwoSites


def run(*words: str) -> str:
    found = CliRunner().invoke(load(), list(words), catch_exceptions=False)
    assert found.exit_code in (0, 1), found.output
    return found.output


def test_the_office_has_no_record_and_no_extract(two_sites: TwoSites) -> None:
    names = {path.name for path in two_sites.office.folder.rglob("*")}
    assert not names & {"extracts", "parts", "snapshots", "current.json", "incoming"}
    assert not [name for name in names if name.endswith((".parquet", ".csv.gz"))]


def test_every_verdict_is_the_one_that_the_records_give(demo: Demo, two_sites: TwoSites) -> None:
    """The records themselves, nothing withheld, against the bundle: each reading and default."""
    at_office = checked_claims(two_sites.office)
    assert [each.claim for each in at_office] == [each.claim for each in demo.checked]
    for ours, rows in zip(at_office, demo.checked, strict=True):
        assert [
            (r.verdict.verdict, r.verdict.grade, r.default and r.default.verdict)
            for r in ours.readings
        ] == [
            (r.verdict.verdict, r.verdict.grade, r.default and r.default.verdict)
            for r in rows.readings
        ], ours.claim.key


def test_what_the_office_publishes_is_what_a_holder_of_the_records_would(
    demo: Demo, two_sites: TwoSites
) -> None:
    """Figure for figure, sentence for sentence. All that differs is what they are said to rest
    on: the one on the bundle, the other on the snapshot that the bundle names."""
    office, rows = release_of(two_sites.office), release_of(demo.body)
    (came,) = received(two_sites.office)
    assert (office.source, rows.source) == (came.digest, came.bundle.source)
    named = {r.name: replace(r, source=rows.source) for r in office.results}
    assert named == {r.name: r for r in rows.results}
    verdicts = [replace(each.verdict, source="") for c in office.claims for each in c.readings]
    assert verdicts == [replace(r.verdict, source="") for c in rows.claims for r in c.readings]
    assert {d.key: d for d in office.definitions} == {d.key: d for d in rows.definitions}


def test_figures_from_a_bundle_rest_on_rows_and_say_so(two_sites: TwoSites) -> None:
    held = grounds_of(two_sites.office).results()
    assert isinstance(held.results, Gathered)
    assert {result.grade for result in held.results} == {Grade.ROWS}


def test_every_period_that_a_claim_names_was_asked_for_and_given(two_sites: TwoSites) -> None:
    grounds = grounds_of(two_sites.office)
    claims = load_claims(two_sites.office, grounds.definitions)
    results = grounds.results().results
    for claim in claims:
        for reading in claim.reading:
            for period in windows_of([claim.model_copy(update={"reading": (reading,)})]):
                name = (reading.measure, reading.statistic, reading.area, period, reading.split)
                assert results.one(*name) is not None, name


def test_the_same_records_give_the_same_file(two_sites: TwoSites, tmp_path: Path) -> None:
    asked = tmp_path / "asked.toml"
    run("ask", str(two_sites.office.folder), "--to", str(asked))
    again = tmp_path / "again.zip"
    run("bundle", str(two_sites.force.folder), "--asked", str(asked), "--to", str(again))
    assert again.read_bytes() == two_sites.written.signed.data
    assert not two_sites.written.repeats


def test_the_private_key_stays_at_the_force(two_sites: TwoSites) -> None:
    key = (two_sites.force.var / "keys" / "bundle.key").read_text()
    assert (two_sites.force.var / "keys" / "bundle.key").stat().st_mode & 0o077 == 0
    for path in two_sites.office.folder.rglob("*"):
        assert not path.is_file() or key.encode() not in path.read_bytes()


def test_the_site_names_the_bundle_and_verifies(two_sites: TwoSites, demo_site: Path) -> None:
    seal = received(two_sites.office)[0].seal
    page = (demo_site / "data" / "index.html").read_text(encoding="utf-8")
    for each in (seal.digest, seal.signature, seal.public_key, seal.fingerprint):
        assert each in page
    listed = json.loads((demo_site / "manifest.json").read_text())["bundles"]
    assert [each["digest"] for each in listed] == [seal.digest]
    report = verify(demo_site)
    assert report.wrong == ()
    assert any(
        "the figures of 33 measures are just those signed" in line for line in report.derived
    )
    assert any("ask Severnshire Police for its fingerprint" in line for line in report.cannot)


def test_the_site_shows_the_public_letter_that_came_with_the_bundle(
    two_sites: TwoSites, demo_site: Path
) -> None:
    sent = received(two_sites.office)[0].bundle.letter
    shown = json.loads((demo_site / "data" / "letter.json").read_text(encoding="utf-8"))
    assert shown["least"] == 5
    assert len(shown["unusable"]) == len(sent.unusable) > 0
    assert shown["body"] == "Severnshire Police"
    assert {each["measure"] for each in shown["blocked"]} == {b.measure for b in sent.blocked}
    assert any(each["claims"] for each in shown["blocked"])  # of the office's own register


def test_a_seal_holds_only_as_it_is(two_sites: TwoSites) -> None:
    seal = received(two_sites.office)[0].seal
    assert seal.holds
    for altered in (
        replace(seal, public_key=public_of(bundled.OTHER_KEY)),
        replace(seal, signature="00" * 64),
        replace(seal, signature="no hexadecimal"),
        replace(seal, digest="0" * 64),
        replace(seal, manifest=seal.manifest + b" "),
    ):
        assert not altered.holds


def test_a_site_with_another_signature_fails(demo_site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(demo_site, copy)
    manifest = copy / "manifest.json"
    text = json.loads(manifest.read_text(encoding="utf-8"))
    text["bundles"][0]["signature"] = "00" * 64
    manifest.write_text(json.dumps(text, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert any("signature does not hold" in line for line in verify(copy).wrong)


def test_nothing_small_is_in_the_file(two_sites: TwoSites) -> None:
    bundle = open_bundle(two_sites.written.path).bundle
    under = bundle.appetite.count_under
    posts = {key for key, each in bundle.definitions.items() if each.table == "posts"}
    for result in bundle.results:
        if result.measure in posts or result.status == Status.SUPPRESSED:
            continue
        for number in (result.n, result.count):
            assert number is None or not 0 < number < under, result.name


def test_the_office_reads_the_letter_and_the_figures(two_sites: TwoSites) -> None:
    office = str(two_sites.office.folder)
    assert "Records received by Severnshire Police" in run("letter", office, "--public")
    told = run("measure", office, "--measure", "reports", "--area", "all", "--format", "csv")
    assert told.count("\n") > 30
