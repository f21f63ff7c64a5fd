"""A force that keeps monthly totals and no records bundles them, with the papers they stood in."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, open_body
from answerable.chain.bundles import (
    Sealed,
    bundle_of,
    grounds_of,
    open_bundle,
    receive,
    unseal,
    write_bundle,
)
from answerable.chain.bundles import manifest as manifests
from answerable.chain.figures import Figure, write_figures
from answerable.chain.measures import Grade, Status
from answerable.cli.app import load
from tests.bundled import forged
from tests.given import counts, shares

LATE = {"measure": "late", "title": "Calls answered late", "better": "lower", "source": "Pack 2"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def force(folder: Path, *figures: Figure) -> Path:
    """A folder without extracts, and with figures."""
    assert run("init", folder).exit_code == 0
    shutil.rmtree(folder / "extracts")
    shutil.rmtree(folder / "incoming")
    (folder / "claims" / "claims.toml").unlink(missing_ok=True)
    for claims in (folder / "claims").glob("*.toml"):
        claims.unlink()
    write_figures(folder / "figures" / "pack.csv", figures)
    return folder


def figures() -> list[Figure]:
    town = [replace(f, area="town", value=(f.value or 0) // 3) for f in counts(20, seed=8)]
    town[5] = replace(town[5], value=None, status=Status.SUPPRESSED)
    return [*counts(40), *town, *shares(-0.1, **LATE)]


def bundled(folder: Path) -> Sealed:
    return open_bundle(write_bundle(open_body(folder), None, "1.0").path)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return bundled(force(tmp_path_factory.mktemp("force") / "body", *figures()))


def test_each_result_keeps_its_grade_and_each_measure_its_papers(sealed: Sealed) -> None:
    bundle = sealed.bundle
    assert {r.grade for r in bundle.results} == {Grade.MONTHS}
    assert bundle.definitions.keys() == {"calls", "late"}
    assert [(each.measure, each.papers) for each in bundle.papers] == [
        ("calls", ("Pack",)), ("late", ("Pack 2",)),
    ]  # fmt: skip
    year = next(r for r in bundle.results if (r.area, r.period) == ("all", "2022/23")
                and r.measure == "calls")  # fmt: skip
    assert year.value == sum(f.value or 0 for f in counts(40)[4:16])


def test_what_a_paper_withheld_stays_withheld(sealed: Sealed) -> None:
    shown = {(r.area, r.period): r for r in sealed.bundle.results if r.measure == "calls"}
    month = counts()[5].period.text
    assert shown["town", month].status == Status.SUPPRESSED
    assert shown["town", month].value is None and shown["town", month].n is None


def test_the_office_takes_it_in_and_goes_on_from_it(sealed: Sealed, tmp_path: Path) -> None:
    office = force(tmp_path / "office")
    for path in (office / "figures").glob("*"):
        path.unlink()
    body = open_body(office)
    receipt = receive(body, sealed, key=sealed.fingerprint)
    assert set(receipt.definitions.unknown) == {"calls", "late"}
    held = grounds_of(body).results()
    assert held.sources[0].papers == ("Pack", "Pack 2")
    assert {r.grade for r in held.results if r.value is not None} == {Grade.MONTHS}
    told = run("receive", _file(sealed, tmp_path), "--body", office)
    assert told.exit_code == 0 and "Calls answered late rests on figures as given: Pack 2." in (
        told.stdout
    )


def _file(sealed: Sealed, folder: Path) -> Path:
    path = folder / "bundle.zip"
    path.write_bytes(sealed.data)
    return path


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    body = open_body(force(tmp_path / "body", *counts(40)))
    one, other = write_bundle(body, None, "1.0"), write_bundle(body, None, "1.0")
    assert one.signed.data == other.signed.data and other.repeats


def test_neither_records_nor_figures_are_told(tmp_path: Path) -> None:
    body = force(tmp_path / "body", *counts(40))
    (body / "figures" / "pack.csv").unlink()
    with pytest.raises(InputMistake, match="nothing has been imported yet"):
        bundle_of(open_body(body), None, "1.0")


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([{"measure": "calls", "papers": ["Pack"]}], "without the document that they stood in"),
        ([], "it names no document"),
        ([{"measure": "calls", "papers": []}, {"measure": "late", "papers": ["x"]}],
         "it names no document"),
        ([{"measure": "calls", "papers": ["a\nb"]}, {"measure": "late", "papers": ["x"]}],
         "not one that it may have"),
    ],
    ids=["one missing", "none", "empty", "control"],
)  # fmt: skip
def test_a_bundle_that_hides_what_it_rests_on_is_refused(
    sealed: Sealed, papers: list[object], told: str
) -> None:
    content = json.dumps(papers, sort_keys=True, ensure_ascii=False, indent=1).encode()
    with pytest.raises(InputMistake, match=told):
        _ = unseal(forged({manifests.PAPERS: content}, made=sealed.bundle), "b.zip").bundle


def test_records_and_figures_go_in_one_bundle(tmp_path: Path) -> None:
    folder = tmp_path / "body"
    assert run("init", folder).exit_code == 0 and run("import", folder).exit_code == 0
    rows = bundle_of(open_body(folder), None, "1.0").bundle
    assert rows.papers == () and rows.letter.source == rows.source
    write_figures(folder / "figures" / "pack.csv", shares(-0.1, **LATE))
    found = bundled(folder)
    both = found.bundle
    assert [each.measure for each in both.papers] == ["late"]
    assert {r.grade for r in both.results if r.measure == "late"} == {Grade.MONTHS}
    counted = [replace(r, source="") for r in both.results if r.measure != "late"]
    assert counted == [replace(r, source="") for r in rows.results]
    assert both.source != rows.source and both.letter == replace(rows.letter, source=both.source)
