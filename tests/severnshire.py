"""The demonstration's body, built in a folder of its own: extracts, import, results, verdicts."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from answerable.chain.body import Body, Period, open_body
from answerable.chain.claims import CheckedClaim, Claim, check, load_claims, windows_of
from answerable.chain.measures import Definition, Results, compute, load_definitions
from answerable.chain.records import Import, import_body
from answerable.synthetic import planted_truths, synthesise

FOLDER = Path(__file__).resolve().parents[1] / "demo" / "severnshire"


@dataclass(frozen=True)
class Demo:
    """The whole chain on the force that never was."""

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
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("var"))
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


def _planted_periods() -> list[str]:
    readings = [reading for truth in planted_truths() for reading in truth.reading]
    return sorted({text for r in readings for text in (r.period, r.baseline) if text})
