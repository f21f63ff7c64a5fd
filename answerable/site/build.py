"""A release → the files of its site, and the files → a folder."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..chain.body import InputMistake, Problem
from ..chain.charts import STYLE
from .engine import HERE, rendered
from .manifest import MANIFEST, manifest, names_in
from .open_data import open_data
from .page import Page
from .pages import all_pages
from .public import Public
from .release import Release
from .words import day_words

AREAS, FORCES = ("areas/index.html", "Areas"), ("forces/index.html", "Forces")
NAV = (
    ("claims/index.html", "What was claimed"),
    ("measures/index.html", "Measures"),
    AREAS,
    ("counted/index.html", "How it is counted"),
    ("help/index.html", "Help"),
)


def render(release: Release) -> dict[str, bytes]:
    """Every file of the site by its path. The same release gives the same bytes."""
    public = Public(release)
    files = {page.path: _html(page, release).encode() for page in all_pages(public)}
    files |= open_data(public)
    files |= _static()
    files[MANIFEST] = manifest(release, files)
    return files


def build(release: Release, out: Path) -> tuple[Path, ...]:
    """Write the site to a folder and give the paths written.

    The folder is new, empty, or a site of ours. Each file is written beside its place and
    moved there, the manifest last, so a browser never meets half a page and a locked
    folder need not be renamed. Files of an earlier site that this one has not got are then
    removed; nothing else in the folder is touched.
    Raises InputMistake for a folder that holds anything else.
    """
    before = _ours(out)
    files = render(release)
    for path, content in files.items():
        _put(out / path, content)
    for path in before - files.keys():
        (out / path).unlink(missing_ok=True)
    return tuple(out / path for path in files)


def _ours(out: Path) -> set[str]:
    """The files of the site that lies in a folder; refuses a folder of another kind."""
    if not out.exists():
        return set()
    if out.is_dir() and not any(out.iterdir()):
        return set()
    names = names_in(out / MANIFEST) if out.is_dir() else None
    if names is None:
        raise InputMistake(
            Problem(
                str(out),
                "this is not empty, and is not a site that was published here before",
                "a new folder, an empty one, or an earlier site",
                "Name another folder. Nothing in this one has been changed.",
            )
        )
    return names


def _put(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)


def _html(page: Page, release: Release) -> str:
    short = release.body.short_name or release.body.name
    window = page.title if page.neutral else f"{page.title} – {short}"
    return rendered(
        page.template,
        {
            "body": release.body,
            "preview": release.preview,
            "number": release.number or "",
            "made_on": day_words(release.made_on),
            "version": release.version,
            "source": release.source,
            "source_short": release.source[:12],
            "nav": [(address, words, _here(page, address)) for address, words in _nav(release)],
            "root": page.root,
            "path": page.path,
            "title": page.title,
            "crumbs": page.crumbs,
            "window": window + (" (preview)" if release.preview and not page.neutral else ""),
            **page.values,
        },
    )


def _nav(release: Release) -> list[tuple[str, str]]:
    """The rooms of the site; on one of many forces these stand in the place of areas."""
    return [FORCES if room is AREAS and release.body.by_force else room for room in NAV]


def _here(page: Page, address: str) -> str:
    """Whether a page is, or lies in, a room of the site."""
    if page.path == address:
        return "page"
    return "true" if page.path.split("/")[0] == address.split("/")[0] else ""


@cache
def _static() -> Mapping[str, bytes]:
    folder = HERE / "static"
    files = {f"static/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
    files["static/charts.css"] = STYLE.encode()
    return files
