"""History through the whole chain, on the demonstration: bundles, and planted truth 12."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from answerable import __version__
from answerable.chain.body import WHOLE, Appetite
from answerable.chain.bundles import open_bundle, write_bundle
from answerable.chain.disclosure import (
    Protection,
    Why,
    bundles,
    cells_beside,
    exposed,
    offered,
    protection,
)
from answerable.chain.disclosure.differencing import beside
from answerable.chain.disclosure.ground import Ground
from answerable.chain.disclosure.puts import Put
from answerable.chain.measures import Result, Status
from answerable.cli.bundle import asked_of, told
from answerable.synthetic import planted_truths
from tests.severnshire import Demo, TwoSites

APPETITE = Appetite()
MEASURE = "counter_allegation_arrests"


def test_a_bundle_leaves_its_cells_at_the_force_alone(two_sites: TwoSites) -> None:
    path = cells_beside(two_sites.written.path)
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    assert not any("cells" in name for name in open_bundle(two_sites.written.path).members)
    assert not list(two_sites.office.folder.rglob("*.parquet"))
    (sent,) = bundles(two_sites.force, "severnshire")
    given = open_bundle(two_sites.written.path).bundle.results
    shown = {r.name: r.n for r, why in zip(sent.true, sent.reasons, strict=True) if not why}
    assert shown == {r.name: r.n for r in given if r.status != Status.SUPPRESSED}
    assert any(r.n and why for r, why in zip(sent.true, sent.reasons, strict=True))


def test_the_same_records_still_give_the_same_bundle(two_sites: TwoSites) -> None:
    again = write_bundle(two_sites.force, asked_of(two_sites.office), __version__)
    assert again.repeats and again.signed.data == two_sites.written.signed.data
    assert not again.told and "It is the last bundle again" in " ".join(
        told(two_sites.force, again)
    )


# --- planted truth 12


@pytest.fixture(scope="module")
def planted(demo: Demo) -> tuple[Result, ...]:
    """What is put forward of the arrests that three people of Clunmoor are among."""
    return offered(demo.results.of(MEASURE), ())


def _put(demo: Demo, results: tuple[Result, ...]) -> Protection:
    return protection(results, {MEASURE: demo.definitions[MEASURE]}, APPETITE)


def _quarter(done: Protection) -> dict[str, int | None]:
    return {
        r.area: r.n
        for r in done.results
        if r.period == "2023-Q3" and r.statistic == "count" and not r.split
    }


def test_planted_truth_12_is_kept_by_a_second_cell(demo: Demo, planted: tuple[Result, ...]) -> None:
    (truth,) = [each for each in planted_truths() if each.number == 12]
    true = {r.area: r.n for r in planted if r.period == truth.plant["period"] and not r.split
            and r.statistic == "count"}  # fmt: skip
    area = truth.plant["area"]
    assert true[area] == truth.plant["count"] == 3
    assert true[WHOLE] == sum(n or 0 for code, n in true.items() if code != WHOLE)
    shown = _quarter(_put(demo, planted))
    assert shown[area] is None
    assert shown[WHOLE] is None or sum(n is None for n in shown.values()) >= 2


def test_planted_truth_12_is_found_by_the_audit_where_thresholds_alone_are_used(
    demo: Demo, planted: tuple[Result, ...]
) -> None:
    definitions = {MEASURE: demo.definitions[MEASURE]}
    done = _put(demo, planted)
    assert not exposed(planted, done.results, definitions, APPETITE)
    alone = _hidden(done, lambda why: why in (Why.SMALL_COUNT, Why.SMALL_BESIDE))
    found = {(each.where[1], each.where[2][:7]): each for each in exposed(
        planted, alone, definitions, APPETITE)}  # fmt: skip
    months = [found.get(("clunmoor", month)) for month in ("2023-07", "2023-08", "2023-09")]
    assert any(months) and all(each.high <= 3 for each in months if each)


def _hidden(done: Protection, keep: Callable[[Why], bool]) -> tuple[Result, ...]:
    return tuple(
        replace(true, status=Status.SUPPRESSED, value=None, n=None, count=None,
                lower=None, upper=None, excluded=())
        if why is not None and keep(why) else true
        for true, why in zip(done.true, done.reasons, strict=True)
    )  # fmt: skip


def test_planted_truth_12_is_found_where_two_tables_come_out_one_after_the_other(
    demo: Demo, planted: tuple[Result, ...]
) -> None:
    """First the table of the force by quarter, then that of the areas with the three withheld:
    each is safe by itself, and the one less the other is three people. So another area's cell is
    withheld from the second; and where it was not, that it is out is told by name."""
    true = [r for r in planted if not r.split and r.statistic == "count"]
    definition = demo.definitions[MEASURE].model_copy(update={"statistics": ("count",)})

    def put(name: str, *, whole: bool) -> Put:
        table = [
            r.period == "2023-Q3" and (r.area == WHOLE) == whole and (r.n or 0) >= 5 for r in true
        ]
        return Put(name, true, table, Ground())

    first, second = put("release 1", whole=True), put("release 2", whole=False)
    aware = beside(definition, [first, second], APPETITE)
    (also,) = [true[i] for i, why in aware.reasons.items() if why == Why.EARLIER]
    assert also.period == "2023-Q3" and also.area not in ("clunmoor", WHOLE) and not aware.told
    third = Put("release 3", true, [False] * len(true), Ground())
    late = beside(definition, [first, second, third], APPETITE).told
    assert {each.where[:3] for each in late} == {
        (MEASURE, "clunmoor", "2023-07"), (MEASURE, "clunmoor", "2023-09")
    }  # fmt: skip
    assert {each.releases for each in late} == {("release 1", "release 2")}
