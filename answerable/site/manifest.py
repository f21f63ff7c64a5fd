"""The manifest: what every file of a site is, and what it was made from."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from . import seals
from .release import Release

MANIFEST = "manifest.json"
FORMAT = "answerable-site/1"


def manifest(release: Release, files: Mapping[str, bytes]) -> bytes:
    """The manifest of a site's other files.

    Paths are sorted, and nothing in it is a time of day, so the same release has the same
    manifest. `number` is null in a preview; a preview is not signed.
    """
    text = {
        "format": FORMAT,
        "preview": release.preview,
        "number": release.number,
        "made_on": release.made_on.isoformat(),
        "body": release.body.key,
        "made_by": {"answerable": release.version},
        "source": release.source,
        "results": release.results_digest,
        "bundles": seals.listed(release),
        "definitions": {
            d.key: {"version": d.version, "sha256": d.digest} for d in release.definitions
        },
        "files": {
            path: {"sha256": hashlib.sha256(files[path]).hexdigest(), "bytes": len(files[path])}
            for path in sorted(files)
        },
    }
    return (json.dumps(text, indent=1, ensure_ascii=False) + "\n").encode()


def names_in(path: Path) -> set[str] | None:
    """The files that a manifest lists, itself included; None where it is not one of ours.

    A path that would lead out of the site makes the whole manifest not ours.
    """
    try:
        text = json.loads(path.read_text(encoding="utf-8"))
        names = set(text["files"]) if text["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if names is None or any(_leads_out(name) for name in names):
        return None
    return names | {MANIFEST}


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name
