"""A small bundle for tests: two made-up measures' worth of figures, after disclosure, signed."""

import gzip
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from answerable.chain.body import Appetite, Body, open_body, shipped
from answerable.chain.bundles import Bundle, Sealed, archive, contents, sign, unseal
from answerable.chain.bundles.keys import public_of
from answerable.chain.bundles.manifest import MANIFEST, SIGNATURE
from answerable.chain.disclosure import protect
from answerable.chain.measures import Definition, Result, read_definition
from answerable.chain.records import Cover, Letter
from tests.generative.test_suppression import KINDS, results

FORCE = "testshire"
AREAS = (("a", "Aston"), ("b", "Beck"), ("c", "Cole"))
SOURCE = hashlib.sha256(b"records").hexdigest()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))

LETTER = Letter(
    body="Testshire Police", least=5, stopped=False, source=SOURCE, arrived=(), unusable=(),
    blocked=(),
)  # fmt: skip


def office(folder: Path, key: str = "", under: int = 5, more: str = "") -> Body:
    """An office that oversees the force, and knows its key if one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    stated = f'public_key = "{key}"\n' if key else ""
    areas = "".join(
        f'[[areas]]\ncode = "{code}"\nname = "{name}"\nforce = "{FORCE}"\n' for code, name in AREAS
    )
    (folder / "body.toml").write_text(
        'key = "office"\nname = "Office for Testshire"\n'
        f"[appetite]\ncount_under = {under}\n{more}\n"
        f'[[forces]]\nkey = "{FORCE}"\nname = "Testshire Police"\n{stated}{areas}',
        encoding="utf-8",
    )
    return open_body(folder)


@cache
def definition(key: str) -> Definition:
    return read_definition(shipped("measures", ".toml")[key])


def text(key: str) -> str:
    return shipped("measures", ".toml")[key].read_text(encoding="utf-8")


def true_results(key: str, counts: np.ndarray) -> list[Result]:
    """Every result of a measure of `KINDS` on counts, before disclosure."""
    make, _, columns = KINDS[key]
    digest = definition(key).digest
    return [
        replace(each, definition=digest, source=SOURCE, lower=None, upper=None)
        for each in results(counts, columns, make)
    ]


def counts_of(key: str, seed: int, mean: float = 60) -> np.ndarray:
    """Random counts for a measure: areas and one of no area, months, splits, parts."""
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    return np.random.default_rng(seed).poisson(mean, (4, 15, splits, parts))


def shown(key: str, counts: np.ndarray) -> tuple[Result, ...]:
    return protect(true_results(key, counts), {key: definition(key)}, Appetite())


def bundle(found: Iterable[Result] | None = None, **more: Any) -> Bundle:
    """A bundle of some results; by default of reports and repeat victims, none of them small."""
    if found is None:
        found = [r for key in ("repeat_victims", "reports") for r in shown(key, counts_of(key, 1))]
    every = tuple(found)
    keys = sorted({result.measure for result in every})
    made = Bundle(
        force=FORCE, force_name="Testshire Police", areas=AREAS, number=1, follows="",
        software="0.1.0", source=SOURCE, results_digest=hashlib.sha256(b"results").hexdigest(),
        appetite=Appetite(), asked=None, results=every,
        definitions={key: definition(key) for key in keys},
        texts={key: text(key) for key in keys},
        codes={"incidents.channel": {"999": "999 call"}},
        covers=(Cover("incidents", "command", "2022-04", "2023-06"),), letter=LETTER,
    )  # fmt: skip
    return replace(made, **more)


def data(made: Bundle | None = None, key: Ed25519PrivateKey = KEY) -> bytes:
    return sign(made or bundle(), key).data


def sealed(made: Bundle | None = None, key: Ed25519PrivateKey = KEY) -> Sealed:
    return unseal(data(made, key), "force.zip")


def _unpacked(content: bytes) -> str:
    try:
        return hashlib.sha256(gzip.decompress(content)).hexdigest()
    except (OSError, EOFError):
        return ""


def forged(
    members: Mapping[str, bytes | None] | None = None,
    manifest: Mapping[str, object] | None = None,
    key: Ed25519PrivateKey = KEY,
    made: Bundle | None = None,
) -> bytes:
    """A bundle that a force with other software could sign: members put in, changed or left
    out (None), with a manifest that lists them; then keys of the manifest changed."""
    made = made or bundle()
    whole = contents.members_of(made)
    held = dict(whole.data)
    for name, content in (members or {}).items():
        if content is None:
            held.pop(name)
        else:
            held[name] = content
    listed = contents.manifest_of(made, whole, public_of(key))
    values = listed.model_dump(mode="json")
    values["members"] = {
        name: {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "unpacked": _unpacked(content) if name.endswith(".gz") else "",
        }
        for name, content in sorted(held.items())
    }
    written = contents.canonical({**values, **(manifest or {})})
    return archive.pack({**held, MANIFEST: written, SIGNATURE: key.sign(written)})


def redefined(made: Bundle, key: str, written: str) -> Bundle:
    """A bundle with another text of a definition, and its results under that."""
    values = tomllib.loads(written) | {"digest": hashlib.sha256(written.encode()).hexdigest()}
    found = Definition.model_validate(values)
    return replace(
        made,
        definitions={**made.definitions, key: found},
        texts={**made.texts, key: written},
        results=tuple(
            replace(r, definition=found.digest, version=found.version) if r.measure == key else r
            for r in made.results
        ),
    )
