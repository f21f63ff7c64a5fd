"""A bundle's members: written at the force, read and held to the contract at the office."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..body import InputMistake, from_values
from ..disclosure.given import GIVEN
from ..measures import Definition, Result
from ..measures.definitions import check as check_definition
from ..records import Cover, Letter
from ..records.store import canonical
from . import rows
from .archive import refused
from .bundle import Bundle, Papers
from .manifest import PAPERS, Manifest, Member, Named

MOST = 8_000_000
"""Bytes of any member but results."""
ALL = 96_000_000
"""Bytes of all results, unpacked."""

_CODES = TypeAdapter(dict[str, dict[str, str]])
_COVERS = TypeAdapter(tuple[Cover, ...])
_LETTER = TypeAdapter(Letter)
_PAPERS = TypeAdapter(tuple[Papers, ...])
LONGEST_NAME = 300
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Members:
    """Every member but the manifest and its signature, by name.

    unpacked   sha256 of the content of each that is packed
    """

    data: Mapping[str, bytes]
    unpacked: Mapping[str, str]


def members_of(bundle: Bundle) -> Members:
    """The members of a bundle."""
    unpacked: dict[str, str] = {}
    found = {
        "codes.json": canonical({name: dict(names) for name, names in bundle.codes.items()}),
        "covers.json": canonical([asdict(cover) for cover in bundle.covers]),
        "letter.json": canonical(asdict(bundle.letter)),
    }
    if bundle.papers:
        found[PAPERS] = canonical([asdict(each) for each in bundle.papers])
    by_measure: dict[str, list[Result]] = {}
    for result in bundle.results:
        by_measure.setdefault(result.measure, []).append(result)
    for key, text in bundle.texts.items():
        found[f"definitions/{key}.toml"] = text.encode()
        content = rows.written(by_measure.get(key, ()), bundle.definitions[key], bundle.source)
        found[f"results/{key}.json.gz"] = rows.packed(content)
        unpacked[f"results/{key}.json.gz"] = _sha256(content)
    return Members(found, unpacked)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest_of(bundle: Bundle, members: Members, public_key: str) -> Manifest:
    """The manifest of a bundle with these members."""
    return Manifest(
        format="answerable-bundle/1",
        force=Named(code=bundle.force, name=bundle.force_name),
        areas=tuple(Named(code=code, name=name) for code, name in bundle.areas),
        number=bundle.number,
        follows=bundle.follows,
        software=bundle.software,
        source=bundle.source,
        results=bundle.results_digest,
        appetite=bundle.appetite,
        asked=bundle.asked,
        public_key=public_key,
        members={
            name: Member(
                sha256=_sha256(data), bytes=len(data), unpacked=members.unpacked.get(name, "")
            )
            for name, data in sorted(members.data.items())
        },
    )


def read_contents(manifest: Manifest, members: Mapping[str, bytes], where: str) -> Bundle:
    """The bundle out of members that are already known to be those of the manifest.

    Raises InputMistake for the first thing that is not as it should be.
    """
    for name, data in members.items():
        if not name.startswith("results/") and len(data) > MOST:
            raise refused(f"{where}, {name}", f"larger than {MOST:,} bytes")
    texts = _by_key(members, "definitions/", ".toml")
    packed = _by_key(members, "results/", ".json.gz")
    if texts.keys() != packed.keys():
        raise refused(where, "results without their definition, or a definition without results")
    definitions = {key: _definition(key, data, where) for key, data in texts.items()}
    areas = [area.code for area in manifest.areas]
    results: list[Result] = []
    room = ALL
    for key, data in packed.items():
        name = f"{where}, results/{key}.json.gz"
        content = rows.unpacked(data, name, min(rows.MOST, room))
        room -= len(content)
        if manifest.members[f"results/{key}.json.gz"].unpacked != _sha256(content):
            raise refused(name, "it does not unpack to what the manifest names")
        results += rows.read(content, name, definitions[key], manifest.source, areas)
    papers = _papers_of(manifest, members, results, where)
    letter: Letter = _held(_LETTER, members["letter.json"], f"{where}, letter.json")
    if letter.least < manifest.appetite.count_under or letter.source != manifest.source:
        raise refused(
            f"{where}, letter.json", "not the public edition of the letter on these records"
        )
    return Bundle(
        force=manifest.force.code,
        force_name=manifest.force.name,
        areas=tuple((area.code, area.name) for area in manifest.areas),
        number=manifest.number,
        follows=manifest.follows,
        software=manifest.software,
        source=manifest.source,
        results_digest=manifest.results,
        appetite=manifest.appetite,
        asked=manifest.asked,
        results=tuple(results),
        definitions=definitions,
        texts={key: data.decode("utf-8") for key, data in texts.items()},
        codes=_held(_CODES, members["codes.json"], f"{where}, codes.json"),
        covers=_held(_COVERS, members["covers.json"], f"{where}, covers.json"),
        letter=letter,
        papers=papers,
    )


def _papers_of(
    manifest: Manifest, members: Mapping[str, bytes], results: Sequence[Result], where: str
) -> tuple[Papers, ...]:
    """The documents of figures as given: of each measure that has such, and of no other."""
    name = f"{where}, {PAPERS}"
    papers: tuple[Papers, ...] = ()
    if PAPERS in members:
        papers = _held(_PAPERS, members[PAPERS], name)
        if not papers or any(not each.papers for each in papers):
            raise refused(name, "it names no document")
    given = sorted({result.measure for result in results if result.grade in GIVEN})
    if [each.measure for each in papers] != given:
        raise refused(where, "figures as given without the document that they stood in")
    words = (word for each in papers for word in each.papers)
    if any(len(word) > LONGEST_NAME or not word.strip() or CONTROL.search(word) for word in words):
        raise refused(name, "the name of a document is not one that it may have")
    return papers


def _by_key(members: Mapping[str, bytes], folder: str, ending: str) -> dict[str, bytes]:
    return {
        name.removeprefix(folder).removesuffix(ending): data
        for name, data in sorted(members.items())
        if name.startswith(folder)
    }


def _definition(key: str, data: bytes, where: str) -> Definition:
    """A definition, held to its schema and to all that one of the body's own is held to."""
    name = f"{where}, definitions/{key}.toml"
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise refused(name, "not readable as TOML") from None
    try:
        values["digest"] = hashlib.sha256(data).hexdigest()
        definition = from_values(values, Definition, name)
        problems = check_definition(definition, name)
    except InputMistake as mistake:
        problems = list(mistake.problems)
    if problems:
        first = problems[0]
        raise refused(name, f"not a definition that may be used ({first.key}: {first.found})")
    if definition.key != key or definition.status != "published":
        raise refused(name, "of another measure, or not a published one")
    return definition


def _held(adapter: TypeAdapter[Any], data: bytes, where: str) -> Any:
    """JSON of a known form, of which nothing may be left over when it is written again."""
    try:
        found = adapter.validate_python(json.loads(data))
        again = canonical(adapter.dump_python(found, mode="json"))
    except (ValueError, RecursionError, ValidationError):
        raise refused(where, "not in the form that it should have") from None
    if again != data:
        raise refused(
            where, "it holds something that is not known, or is not written as it should be"
        )
    return found
