"""The demonstration's body, built in a folder of its own: extracts, import, results, verdicts."""

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from answerable import __version__
from answerable.chain.body import Body, Period, open_body
from answerable.chain.bundles import Written, open_bundle, receive, write_bundle
from answerable.chain.claims import CheckedClaim, Claim, check, load_claims, windows_of
from answerable.chain.measures import Definition, Results, compute, load_definitions
from answerable.chain.records import Import, import_body
from answerable.cli.bundle import asked_of
from answerable.synthetic import planted_truths, synthesise

FORCE = Path(__file__).resolve().parents[1] / "demo" / "severnshire_police"
OFFICE = FORCE.with_name("severnshire")


@dataclass(frozen=True)
class Demo:
    """The whole chain on the records of the force that never was, with the office's claims: what
    a body would have that held the records itself."""

    body: Body
    imported: Import
    definitions: dict[str, Definition]
    results: Results
    claims: tuple[Claim, ...]
    checked: tuple[CheckedClaim, ...]

    def check(self, *claims: Claim) -> tuple[CheckedClaim, ...]:
        """Check claims that are not in the register, on the same results."""
        return check(claims, self.definitions, self.results, self.body)


def build(folder: Path, without: Collection[str] = (), only: Collection[str] = ()) -> Demo:
    """Build the demonstration's body.

    without  keys of planted truths to leave out
    only     measures to compute; all of them if empty
    """
    for site in (FORCE, OFFICE):
        shutil.copytree(site, folder, ignore=shutil.ignore_patterns("var"), dirs_exist_ok=True)
    body = open_body(folder)
    synthesise(body, without=without)
    imported = import_body(body)
    definitions, claims = load_definitions(body), load_claims(body)
    wanted = {key: each for key, each in definitions.items() if not only or key in only}
    planted = [Period.parse(text) for text in _planted_periods()]
    results = compute(
        body, wanted, imported.snapshot, (*windows_of(claims), *planted), intervals=not only
    )
    checked = check(claims, definitions, results, body)
    return Demo(body, imported, definitions, results, claims, checked)


@dataclass(frozen=True)
class TwoSites:
    """The same records as two sites have them: the force, and the office that has none."""

    force: Body
    office: Body
    written: Written


def two_sites(folder: Path, demo: Demo) -> TwoSites:
    """Both sites, the force's records taken over from `demo`; the bundle made and received."""
    for site in (FORCE, OFFICE):
        shutil.copytree(site, folder / site.name, ignore=shutil.ignore_patterns("var"))
    force, office = open_body(folder / FORCE.name), open_body(folder / OFFICE.name)
    shutil.copytree(demo.body.var, force.var, copy_function=os.link)
    written = write_bundle(force, asked_of(office), __version__)
    receive(office, open_bundle(written.path), key=written.fingerprint)
    return TwoSites(force, office, written)


def _planted_periods() -> list[str]:
    readings = [reading for truth in planted_truths() for reading in truth.reading]
    return sorted({text for r in readings for text in (r.period, r.baseline) if text})
