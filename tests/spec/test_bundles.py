"""A force bundles, an office receives: whose key, which bundle, what changed. In tables."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answerable.chain.body import Appetite, InputMistake
from answerable.chain.bundles import Bundle, changes, lines, receive, received, sign, standing
from answerable.chain.bundles.keys import CONFIRMED, fingerprint, public_of
from answerable.chain.bundles.making import stricter
from answerable.chain.disclosure import protect
from answerable.chain.measures import Result, Status
from answerable.chain.records import Cover
from answerable.cli.app import load
from tests import bundled

KNOWN, OTHER = public_of(bundled.KEY), public_of(bundled.OTHER_KEY)
PRINT = fingerprint(KNOWN)

# --- whose key


@pytest.mark.parametrize(
    ("stated", "kept", "given", "says"),
    [
        # known by body.toml, or confirmed before: taken in without a word
        (KNOWN, "", "", ""),
        ("", KNOWN, "", ""),
        # known, and confirmed once more
        (KNOWN, "", PRINT, ""),
        # not known: never on its own word
        ("", "", "", "not known here"),
        # confirmed just now, as people type it
        ("", "", PRINT, ""),
        ("", "", PRINT.upper().replace(" ", ""), ""),
        ("", "", f" {KNOWN} ", ""),
        # not quite
        ("", "", PRINT[:-1], "signed with another key"),
        ("", "", PRINT.replace(" ", "")[:8], "signed with another key"),
        ("", "", fingerprint(OTHER), "signed with another key"),
        ("", "", "yes", "signed with another key"),
        # another key than the one that is known
        (OTHER, "", "", "but the force's key here is"),
        ("", OTHER, "", "but the force's key here is"),
        # body.toml is changed by hand alone; what was kept may be confirmed anew
        (OTHER, "", PRINT, "change public_key"),
        ("", OTHER, PRINT, ""),
        # body.toml comes before what was kept
        (OTHER, KNOWN, "", "but the force's key here is"),
        (KNOWN, OTHER, "", ""),
    ],
)
def test_a_bundle_is_believed_only_with_the_forces_key(
    tmp_path: Path, stated: str, kept: str, given: str, says: str
) -> None:
    body = bundled.office(tmp_path, stated)
    if kept:
        (body.var / "keys").mkdir(parents=True)
        (body.var / CONFIRMED).write_text(json.dumps({bundled.FORCE: kept}))
    if says:
        with pytest.raises(InputMistake, match=says):
            receive(body, bundled.sealed(), given)
        assert received(body) == ()
    else:
        receive(body, bundled.sealed(), given)
        assert received(body)[0].seal.public_key == KNOWN


def test_a_key_that_was_confirmed_is_kept_for_the_next(tmp_path: Path) -> None:
    body = bundled.office(tmp_path)
    assert receive(body, bundled.sealed(), PRINT).key_kept
    assert not receive(body, bundled.sealed()).key_kept


def test_a_key_is_not_kept_when_the_bundle_is_refused(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, under=9)
    with pytest.raises(InputMistake):
        receive(body, bundled.sealed(), PRINT)
    assert not (body.var / CONFIRMED).exists()


def test_a_bundle_of_another_force_is_refused(tmp_path: Path) -> None:
    made = replace(bundled.bundle(), force="elsewhere", force_name="Elsewhere Police")
    with pytest.raises(InputMistake, match="does not oversee"):
        receive(bundled.office(tmp_path, KNOWN), bundled.sealed(made))


def test_an_area_that_the_office_does_not_know_is_refused(tmp_path: Path) -> None:
    made = replace(bundled.bundle(), areas=(*bundled.AREAS, ("d", "Dale")))
    with pytest.raises(InputMistake, match="does not have for this force: d"):
        receive(bundled.office(tmp_path, KNOWN), bundled.sealed(made))


# --- which bundle


def row_of(count: int) -> list[Bundle]:
    """Bundles that follow each other, each with another version of the software."""
    row = [bundled.bundle()]
    for number in range(2, count + 1):
        before = sign(row[-1], bundled.KEY).digest
        row.append(replace(row[0], number=number, follows=before, software=f"0.{number}"))
    return row


@pytest.mark.parametrize(
    ("first", "then", "older", "says"),
    [
        (1, 2, False, ""),
        (2, 2, False, ""),
        (1, 4, False, "2 were not received"),
        (3, 1, False, "older than bundle 3"),
        (3, 2, False, "older than bundle 3"),
        (3, 1, True, "bundle 3 stood before it"),
    ],
)
def test_a_bundle_is_the_next_or_says_what_it_is(
    tmp_path: Path, first: int, then: int, older: bool, says: str
) -> None:
    body, row = bundled.office(tmp_path, KNOWN), row_of(4)
    receive(body, bundled.sealed(row[first - 1]))
    try:
        order = receive(body, bundled.sealed(row[then - 1]), older=older).order
        stands = then
    except InputMistake as mistake:
        order, stands = str(mistake), first
    assert (says in order) if says else order == ""
    found = standing(body, bundled.FORCE)
    assert found is not None and found.manifest.number == stands


def test_another_bundle_of_the_same_number_is_named(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    receive(body, bundled.sealed())
    with pytest.raises(InputMistake, match="another of the same number"):
        receive(body, bundled.sealed(bundled.bundle(software="0.9")))


def test_one_that_follows_another_than_ours_is_named(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    receive(body, bundled.sealed())
    fork = replace(bundled.bundle(software="0.9"), number=2, follows="a" * 64)
    assert "does not follow" in receive(body, bundled.sealed(fork)).order


# --- what changed


Change = Callable[[Result], Result]


def changed(area: str, period: str, change: Change, statistic: str = "count") -> list[Result]:
    """The figures of the small bundle, with one of reports changed."""
    return [
        change(r)
        if (r.measure, r.statistic, r.area, r.period, r.split)
        == ("reports", statistic, area, period, "")
        else r
        for r in bundled.bundle().results
    ]


def more(by: int) -> Change:
    return lambda r: replace(r, n=(r.n or 0) + by, value=(r.value or 0) + by)


def withheld(result: Result) -> Result:
    nothing: dict[str, None] = dict.fromkeys(("value", "n", "count", "lower", "upper"))
    return replace(result, **nothing, status=Status.SUPPRESSED)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ({}, "Nothing changed"),
        ({"results": changed("a", "2022-05", more(60))}, "Revised: 1 figure: reports count a"),
        ({"results": changed("a", "2022-05", more(3))}, "so few records"),
        ({"results": changed("a", "2022-05", withheld)}, "Withheld now and given before"),
        (
            {"results": [r for r in bundled.bundle().results if r.area != "c"]},
            "Gone: 7 series: repeat_victims rate c",
        ),
        (
            {"covers": (Cover("incidents", "command", "2022-04", "2023-09"),)},
            "incidents (command): 2022-04 to 2023-06; now 2022-04 to 2023-09",
        ),
    ],
    ids=["nothing", "revised", "by few", "withheld", "gone", "coverage"],
)
def test_the_office_is_told_what_changed(then: dict[str, object], says: str) -> None:
    before = bundled.bundle()
    after = replace(before, **then)  # type: ignore[arg-type]
    told = lines(changes(before, after, 5))
    assert any(says in line for line in told), told


def test_what_is_less_than_the_rounding_is_no_revision() -> None:
    before = bundled.bundle()
    slight = [
        replace(r, value=round(r.value + 1e-6, 6)) if r.unit == "share" and r.value else r
        for r in before.results
    ]
    assert changes(before, replace(before, results=tuple(slight)), 5).none


def test_new_months_are_told_by_measure() -> None:
    now = bundled.bundle()
    before = replace(now, results=tuple(r for r in now.results if r.period != "2023-06"))
    found = changes(before, now, 5)
    assert found.new_months == (("repeat_victims", ("2023-06",)), ("reports", ("2023-06",)))
    assert "New months: 2023-06 (2 measures)." in lines(found)


def test_a_changed_definition_is_told_and_named_beside_ours(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    text = bundled.text("reports").replace("matters", "matters ", 1) + "\n# ours\n"
    made = bundled.redefined(bundled.bundle(), "reports", text)
    receipt = receive(body, bundled.sealed(made))
    assert [key for key, _, _ in receipt.definitions.differ] == ["reports"]
    again = changes(bundled.bundle(), made, 5)
    assert [key for key, _, _ in again.definitions] == ["reports"]


# --- whose appetite


def test_the_stricter_of_two_appetites_holds() -> None:
    force, office = Appetite(count_under=7), Appetite(rate_needs=50)
    assert stricter(force, office) == Appetite(count_under=7, rate_needs=50)


def test_a_rounded_bundle_is_taken_in_where_either_asked_for_rounding(tmp_path: Path) -> None:
    five = Appetite(round_to=5)
    assert stricter(five, Appetite()) == five
    counts = bundled.counts_of("reports", 1)
    true = bundled.true_results("reports", counts)
    shown = protect(true, {"reports": bundled.definition("reports")}, five)
    made = bundled.bundle(shown, appetite=five)
    receive(bundled.office(tmp_path / "any", KNOWN), bundled.sealed(made))
    asks = bundled.office(tmp_path / "asks", KNOWN, more="round_to = 5")
    assert receive(asks, bundled.sealed(made)).under == 0
    with pytest.raises(InputMistake, match="round_to = 1, and this body asks 5"):
        receive(asks, bundled.sealed(bundled.bundle()), older=True)
    unrounded = replace(made, results=(replace(shown[0], rounded_to=5, n=61), *shown[1:]))
    with pytest.raises(InputMistake, match="said to be rounded, and is not"):
        receive(asks, bundled.sealed(unrounded), older=True)


# --- as a person calls it


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(load(), list(words))
    if isinstance(found.exception, InputMistake):
        return 2, str(found.exception)
    return found.exit_code, found.output


def test_the_command_refuses_tells_how_to_confirm_and_then_takes_in(tmp_path: Path) -> None:
    body, file = bundled.office(tmp_path / "office"), tmp_path / "force.zip"
    file.write_bytes(bundled.data())
    status, said = run("receive", str(file), "--body", str(body.folder))
    assert status == 2 and PRINT in said and "Ring the force" in said
    asked = said.split("same: answerable ", 1)[1].removesuffix(".")
    status, said = run(*asked.split(" --key ")[0].split(), "--key", PRINT)
    assert status == 0 and "kept from now on" in said and "the first from this force" in said
    status, said = run("receive", str(file), "--body", str(body.folder), "--format", "json")
    told = json.loads(said)
    assert (told["fingerprint"], told["key_kept"], told["changes"]["revised"]) == (PRINT, False, [])


def test_the_body_is_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body, file = bundled.office(tmp_path / "office", KNOWN), tmp_path / "force.zip"
    file.write_bytes(bundled.data())
    monkeypatch.chdir(body.folder)
    assert run("receive", str(file))[0] == 0
    monkeypatch.chdir(tmp_path)
    assert "no body.toml" in run("receive", str(file))[1]


@pytest.mark.parametrize("name", ["nowhere.zip", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    body = bundled.office(tmp_path / "office")
    status, said = run("receive", str(tmp_path / name), "--body", str(body.folder))
    assert status == 2 and "cannot be read" in said
