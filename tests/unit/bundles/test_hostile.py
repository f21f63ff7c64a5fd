"""What is not just what the force signed is refused, in one sentence, and nothing is taken in."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.bundles import archive, receive, received, rows, unseal
from answerable.chain.bundles.keys import public_of
from answerable.chain.bundles.manifest import MANIFEST, SIGNATURE
from answerable.chain.measures import Status
from tests import bundled

KNOWN = public_of(bundled.KEY)


def refusal(tmp_path: Path, content: bytes, known: str = KNOWN, key: str = "") -> str:
    """The one sentence by which the office refuses a file."""
    body = bundled.office(tmp_path / "office", known)
    with pytest.raises(InputMistake) as refused:
        receive(body, unseal(content, "force.zip"), key)
    assert len(refused.value.problems) == 1
    assert received(body) == ()
    return str(refused.value)


def test_a_whole_bundle_of_a_known_force_is_taken_in(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    receive(body, bundled.sealed())
    assert received(body)[0].bundle == bundled.bundle()


def test_a_bit_flipped_anywhere_is_found(tmp_path: Path) -> None:
    whole = bundled.data(bundled.bundle(bundled.shown("reports", bundled.counts_of("reports", 2))))
    places = {*range(0, len(whole), 97), *range(40), *range(len(whole) - 60, len(whole))}
    for place in sorted(places):
        broken = bytearray(whole)
        broken[place] ^= 1 << (place % 8)
        with pytest.raises(InputMistake) as refused:
            _ = unseal(bytes(broken), "force.zip").bundle
        assert len(refused.value.problems) == 1, place


@pytest.mark.parametrize("kept", [0, 1, 30, 500, -1, -22])
def test_a_file_that_was_cut_short_is_found(tmp_path: Path, kept: int) -> None:
    assert "cut short" in refusal(tmp_path, bundled.data()[:kept])


@pytest.mark.parametrize("more", [b"x", b"\x00" * 9])
def test_bytes_before_or_after_the_file_are_found(tmp_path: Path, more: bytes) -> None:
    assert "other than" in refusal(tmp_path, bundled.data() + more)
    assert "other than" in refusal(tmp_path, more + bundled.data())


def members(content: bytes) -> dict[str, bytes]:
    return archive.unpack(content, "force.zip")


def test_a_forged_manifest_is_found(tmp_path: Path) -> None:
    held = members(bundled.data())
    manifest = held[MANIFEST].replace(b'"number": 1', b'"number": 7')
    assert "manifest" in refusal(tmp_path, archive.pack({**held, MANIFEST: manifest}))
    source = bundled.SOURCE.encode()
    manifest = held[MANIFEST].replace(source, source[::-1])
    assert "signature" in refusal(tmp_path, archive.pack({**held, MANIFEST: manifest}))


def test_a_signature_of_another_bundle_is_found(tmp_path: Path) -> None:
    other = members(bundled.data(bundled.bundle(software="0.2.0")))
    held = members(bundled.data())
    swapped = archive.pack({**held, SIGNATURE: other[SIGNATURE]})
    assert "signature" in refusal(tmp_path, swapped)


def test_a_swapped_member_is_found(tmp_path: Path) -> None:
    held = members(bundled.data())
    name = "results/reports.json.gz"
    other = members(
        bundled.data(bundled.bundle(bundled.shown("reports", bundled.counts_of("reports", 9))))
    )
    assert name in refusal(tmp_path, archive.pack({**held, name: other[name]}))


@pytest.mark.parametrize(
    "name",
    [
        "../escape.json", "/etc/cron.d/x", "results/../../x.json.gz", "C:\\x",
        "results/a/b.json.gz", "rows.parquet", "incidents.csv", "payload.pkl",
        "results/Reports.json.gz",
    ],
)  # fmt: skip
def test_a_member_that_no_bundle_has_is_refused(tmp_path: Path, name: str) -> None:
    assert "members" in refusal(tmp_path, bundled.forged({name: b"{}"}))
    held = members(bundled.data())
    assert "members" in refusal(tmp_path, archive.pack({**held, name: b"{}"}))


def test_members_that_every_bundle_has_may_not_be_missing(tmp_path: Path) -> None:
    assert "without letter.json" in refusal(tmp_path, bundled.forged({"letter.json": None}))
    assert "definition" in refusal(tmp_path, bundled.forged({"definitions/reports.toml": None}))
    assert "definition" in refusal(tmp_path, bundled.forged({"results/reports.json.gz": None}))


def test_a_packed_member_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, b"\x00" * 50_000_000)
    assert len(out.getvalue()) < 100_000
    assert "packed" in refusal(tmp_path, out.getvalue())


def test_results_that_unpack_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 1_000_000)
    bomb = gzip.compress(b" " * 5_000_000, mtime=0)
    assert "once unpacked" in refusal(tmp_path, bundled.forged({"results/reports.json.gz": bomb}))


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST", 1_000)
    (tmp_path / "force.zip").write_bytes(bundled.data())
    with pytest.raises(InputMistake, match="larger than"):
        archive.read_bounded(tmp_path / "force.zip")


# --- signed by the force, and still not to the contract


Change = Callable[[dict[str, Any]], Any]


def altered(change: Change) -> bytes:
    """The results of reports with a part of their JSON changed, signed by the force."""
    made = bundled.bundle()
    mine = [r for r in made.results if r.measure == "reports"]
    held = json.loads(rows.written(mine, bundled.definition("reports"), bundled.SOURCE))
    change(held)
    content = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return bundled.forged({"results/reports.json.gz": rows.packed(content)})


def cell(column: str, value: object, row: int = 0) -> Change:
    def change(held: dict[str, Any]) -> None:
        held["results"][row][held["columns"].index(column)] = value

    return change


def column(held: dict[str, Any]) -> None:
    held["columns"].append("victim_name")
    for row in held["results"]:
        row.append("…")


def row_level(held: dict[str, Any]) -> None:
    held["results"] += held["results"][:1]


def more(held: dict[str, Any]) -> None:
    held["rows"] = [["1", "2023-01-05T10:00"]]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (column, "a column that is not known"),
        (row_level, "one name"),
        (more, "holds more than results"),
        (cell("area", "d"), "'area'"),
        (cell("period", "2023-01-05"), "'period'"),
        (cell("statistic", "median"), "'statistic'"),
        (cell("split", "victim_key=V1"), "'split'"),
        (cell("split", "channel=999\n"), "'split'"),
        (cell("status", "fine"), "'status'"),
        (cell("value", "12"), "'value'"),
        (cell("value", True), "'value'"),
        (cell("n", -1), "'n'"),
        (cell("n", 1.5), "'n'"),
        (cell("excluded", [["x", None]]), "'excluded'"),
        (cell("method", "x" * 501), "'method'"),
        (lambda held: held.update(source="0" * 64), "other records"),
        (lambda held: held.update(version=9), "another definition"),
        (lambda held: held.update(results={}), "holds more than results"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_results_are_held_to_their_contract(tmp_path: Path, change: Change, why: str) -> None:
    assert why in refusal(tmp_path, altered(change))


def test_json_in_any_other_writing_is_refused(tmp_path: Path) -> None:
    held = members(bundled.data())
    for name in ("letter.json", "codes.json", "covers.json"):
        spaced = held[name].replace(b"\n", b"\n ", 1)
        assert name in refusal(tmp_path, bundled.forged({name: spaced}))
    extra = json.loads(held["letter.json"]) | {"names": ["…"]}
    assert "not known" in refusal(
        tmp_path,
        bundled.forged({"letter.json": json.dumps(extra, sort_keys=True, indent=1).encode()}),
    )


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff", b"1e999", b"{}", b""])
def test_json_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "letter.json" in refusal(tmp_path, bundled.forged({"letter.json": content}))


def test_the_owners_letter_is_not_taken_for_the_public_one(tmp_path: Path) -> None:
    made = bundled.bundle(letter=replace(bundled.LETTER, least=0))
    assert "public edition" in refusal(tmp_path, bundled.data(made))


def test_a_definition_that_may_not_run_is_refused(tmp_path: Path) -> None:
    evil = bundled.text("reports").replace('include = "', "include = \"getenv('HOME') = 'x' or ", 1)
    assert evil != bundled.text("reports")
    found = refusal(tmp_path, bundled.forged({"definitions/reports.toml": evil.encode()}))
    assert "definitions/reports.toml" in found


def test_a_later_form_says_to_update(tmp_path: Path) -> None:
    found = refusal(tmp_path, bundled.forged(manifest={"format": "answerable-bundle/2"}))
    assert "update yours" in found


# --- disclosure, asked again at the office


def test_a_small_number_is_refused_whoever_signed_it(tmp_path: Path) -> None:
    true = bundled.true_results("reports", bundled.counts_of("reports", 3, mean=1.5))
    found = refusal(tmp_path, bundled.data(bundled.bundle(true)))
    assert "too small to be shown" in found


def test_a_small_number_that_sums_give_back_is_refused(tmp_path: Path) -> None:
    """Thresholds alone: the month that is withheld is the quarter less the other two."""
    counts = bundled.counts_of("reports", 4)
    counts[0, 4] = [[1], [1], [1]]
    true = bundled.true_results("reports", counts)
    nothing = dict.fromkeys(("value", "n", "count", "lower", "upper"))
    thresholds = [
        replace(r, **nothing, status=Status.SUPPRESSED) if r.n is not None and 0 < r.n < 5 else r
        for r in true
    ]
    assert "worked out" in refusal(tmp_path, bundled.data(bundled.bundle(thresholds)))
    body = bundled.office(tmp_path / "safe", KNOWN)
    receive(body, bundled.sealed(bundled.bundle(bundled.shown("reports", counts))))


def test_an_office_that_shows_less_refuses_what_shows_more(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN, under=10)
    with pytest.raises(InputMistake, match="count_under = 5, and this body asks 10"):
        receive(body, bundled.sealed())


def test_figures_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    true = bundled.true_results("reports", bundled.counts_of("reports", 5))
    wrong = [
        replace(r, n=(r.n or 0) + 40, value=(r.value or 0) + 40)
        if (r.area, r.period, r.split) == ("a", "2022-05", "")
        else r
        for r in true
    ]
    assert "contradict" in refusal(tmp_path, bundled.data(bundled.bundle(wrong)))
