"""The manual says what is there: commands, contracts, dependencies, locks."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from generate import PAGES  # noqa: E402  (docs is not a package)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run: .venv/bin/python docs/generate.py"


def test_every_option_says_what_it_means() -> None:
    undocumented = re.findall(r"^\| `([^|]+)` \| – \|", PAGES["commands.md"](), flags=re.M)
    assert not undocumented


def test_every_dependency_has_a_reason_and_a_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text().lower()
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[><=]", line)[0].lower() for line in wanted}
    assert names
    assert {name for name in names if name not in page} == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_pinned_lines_and_hashes_only(lock: str) -> None:
    for line in (ROOT / lock).read_text().splitlines():
        pinned = re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)? \\", line)
        hashed = re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
        assert pinned or hashed, line


def test_no_file_names_a_machine_or_a_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert listed
    forbidden = re.compile(r"/(?:work|root|home)/\w|pypi\.org|pythonhosted|npmjs")
    own = str(Path(__file__).relative_to(ROOT))
    texts = (name for name in listed if not name.endswith((".png", ".xlsx")) and name != own)
    assert [n for n in texts if forbidden.search((ROOT / n).read_text(errors="replace"))] == []


def test_every_link_between_pages_resolves() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not link.startswith(("http", "mailto:")) and not (page.parent / link).exists():
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_no_test_shares_a_connection_with_another() -> None:
    """DuckDB's own default connection keeps what the test before left unfinished on it."""
    shared = re.compile(r"\bduckdb\.(?:sql|execute|query)\(")
    pages = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("answerable/**/*.py")]
    found = [p.name for p in pages if shared.search(p.read_text(encoding="utf-8"))]
    assert found == []
