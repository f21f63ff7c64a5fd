"""Verifying a site: what it can be held to by anyone, from the site alone.

Four things are derived again: every file from the manifest, every page from the open data,
every figure that follows from others, every verdict from the published figures. What rests
on rows, or was withheld, cannot be, and is said.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..chain.body import Body, InputMistake, Problem
from ..chain.claims import check
from ..chain.measures import Gathered
from .arithmetic import follow
from .build import render
from .codes import codes_of
from .manifest import MANIFEST, names_in
from .release import Release
from .reread import reread
from .seals import hold


@dataclass(frozen=True)
class Report:
    """What was found.

    wrong     each thing that is not as published, in a sentence; empty when all holds
    derived   what was derived again, and how much of it
    cannot    what cannot be derived from the site alone
    """

    wrong: tuple[str, ...]
    derived: tuple[str, ...]
    cannot: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.wrong


def verify(site: Path) -> Report:
    """Derive again what can be. Raises InputMistake where the folder is no site of ours."""
    manifest = _manifest(site)
    wrong = _files(site, manifest)
    derived = [f"{len(manifest['files'])} files are as the manifest lists them"]
    cannot = [_seal(manifest)]
    try:
        release = reread(site, manifest)
    except InputMistake as mistake:
        return Report((*wrong, *(str(p) for p in mistake.problems)), (), tuple(cannot))
    wrong += _pages(site, release)
    derived.append("every page and download is what the open data give")
    figures = follow(release)
    wrong += figures.wrong
    derived.append(f"{figures.followed:,} figures follow from others that are published")
    wrong += _verdicts(site, release)
    readings = sum(len(claim.readings) for claim in release.claims)
    one = readings == 1
    told = "verdict of 1 reading follows" if one else f"verdicts of {readings} readings follow"
    derived.append(f"the {told} from the published figures")
    cannot += figures.cannot
    signed = hold(release)
    wrong += signed.wrong
    derived += signed.derived
    cannot += signed.cannot
    return Report(tuple(wrong), () if wrong else tuple(derived), tuple(cannot))


def _manifest(site: Path) -> dict[str, Any]:
    if names_in(site / MANIFEST) is None:
        raise InputMistake(
            Problem(
                str(site),
                f"there is no {MANIFEST} of a site in this folder",
                next_step="Name the folder that holds the site's index.html.",
            )
        )
    manifest: dict[str, Any] = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def _files(site: Path, manifest: dict[str, Any]) -> list[str]:
    """Files that are missing, changed, or were never published."""
    wrong = []
    for name, entry in manifest["files"].items():
        path = site / name
        if not path.is_file():
            wrong.append(f"{name}: the manifest lists it, and it is not there.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            wrong.append(f"{name}: changed since the manifest was made.")
    listed = {*manifest["files"], MANIFEST}
    here = {str(p.relative_to(site).as_posix()) for p in site.rglob("*") if p.is_file()}
    wrong += [f"{name}: not part of the site as published." for name in sorted(here - listed)]
    return wrong


def _seal(manifest: dict[str, Any]) -> str:
    kind = "A preview is not signed" if manifest["preview"] else "No signature was checked"
    return f"{kind}: who made the manifest, and when, cannot be told from it."


def _pages(site: Path, release: Release) -> list[str]:
    """Files that differ from what the open data give."""
    wrong = []
    for name, content in render(release).items():
        path = site / name
        if name != MANIFEST and path.is_file() and path.read_bytes() != content:
            wrong.append(f"{name}: does not follow from the open data.")
    return wrong


def _verdicts(site: Path, release: Release) -> list[str]:
    """Verdicts that the published figures do not give."""
    body = Body(site, release.body)
    definitions = {each.key: each for each in release.definitions}
    figures = Gathered(release.results, release.source)
    codes = codes_of(release.codes)
    claims = [each.claim for each in release.claims]
    derived = check(claims, definitions, figures, body, codes)
    wrong = []
    for said, found in zip(release.claims, derived, strict=True):
        if said != found:
            wrong.append(f"claim {said.claim.key}: the published figures give another verdict.")
    return wrong
