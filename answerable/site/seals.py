"""The results bundles behind a site: named on it, and held to what their forces signed."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..chain.body import InputMistake, Problem
from ..chain.bundles import Seal
from ..chain.bundles.manifest import CODE, SHA256, Manifest, read_manifest
from ..chain.bundles.rows import written
from ..chain.measures import Definition, Result
from .release import Release

_FORMS = {"force": CODE, "digest": SHA256, "signature": r"[0-9a-f]{128}"}
"""How a bundle is named in a site's manifest, from which a path is made."""


def files(release: Release) -> dict[str, bytes]:
    """Each bundle's manifest and signature, by path in the site."""
    found: dict[str, bytes] = {}
    for seal in release.seals:
        found[f"data/bundles/{seal.force}.json"] = seal.manifest
        found[f"data/bundles/{seal.force}.sig"] = bytes.fromhex(seal.signature)
    return found


def listed(release: Release) -> list[dict[str, object]]:
    """The bundles as the site's manifest names them."""
    return [
        {
            "force": seal.force,
            "force_name": seal.force_name,
            "number": seal.number,
            "digest": seal.digest,
            "signature": seal.signature,
            "public_key": seal.public_key,
        }
        for seal in release.seals
    ]


def reread(site: Path, entries: list[dict[str, Any]]) -> tuple[Seal, ...]:
    """The bundles out of a site. Raises InputMistake where a manifest is not there."""
    found = []
    for entry in entries:
        if not all(re.fullmatch(form, str(entry[name])) for name, form in _FORMS.items()):
            raise InputMistake(Problem("manifest.json", "a bundle is not named as it should be"))
        path = site / "data" / "bundles" / f"{entry['force']}.json"
        if not path.is_file():
            raise InputMistake(Problem(f"data/bundles/{path.name}", "there is no such file"))
        found.append(Seal(**entry, manifest=path.read_bytes()))
    return tuple(found)


@dataclass(frozen=True)
class Held:
    """wrong, derived, cannot: sentences, as in a report of `verify`."""

    wrong: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()


def hold(release: Release) -> Held:
    """Hold a site to the manifests that its forces signed."""
    wrong: list[str] = []
    derived: list[str] = []
    cannot: list[str] = []
    by_measure: dict[str, list[Result]] = {}
    for result in release.results:
        by_measure.setdefault(result.measure, []).append(result)
    for seal in release.seals:
        who = f"bundle {seal.number} of {seal.force_name}"
        if not seal.holds:
            wrong.append(f"{who}: its signature does not hold.")
            continue
        try:
            manifest = read_manifest(seal.manifest, who)
        except InputMistake as mistake:
            wrong += [str(problem) for problem in mistake.problems]
            continue
        wrong += _definitions(manifest, release.definitions, who)
        same, other = _figures(manifest, release.definitions, by_measure)
        derived.append(
            f"{who}, {seal.digest[:12]}, is signed with the key {seal.fingerprint}, and the"
            f" figures of {same} measures are just those signed"
        )
        if other:
            cannot.append(
                f"the figures of {other} measures are not just those of {who}: some were left out,"
                " or come from elsewhere."
            )
        cannot.append(
            f"whose key {seal.fingerprint} is: ask {seal.force_name} for its fingerprint."
        )
    return Held(tuple(wrong), tuple(derived), tuple(cannot))


def _definitions(
    manifest: Manifest, definitions: tuple[Definition, ...], who: str
) -> Iterator[str]:
    for each in definitions:
        entry = manifest.members.get(f"definitions/{each.key}.toml")
        if entry is not None and entry.sha256 != each.digest:
            yield f"{each.key}: its definition is not the one in {who}."


def _figures(
    manifest: Manifest,
    definitions: tuple[Definition, ...],
    by_measure: Mapping[str, list[Result]],
) -> tuple[int, int]:
    """How many measures' figures are just those that were signed, and how many are not."""
    same = other = 0
    for each in definitions:
        entry = manifest.members.get(f"results/{each.key}.json.gz")
        if entry is None:
            continue
        shown = [replace(r, source=manifest.source) for r in by_measure.get(each.key, ())]
        content = written(shown, each, manifest.source)
        if hashlib.sha256(content).hexdigest() == entry.unpacked:
            same += 1
        else:
            other += 1
    return same, other
