"""The site of many forces: nothing for axe, nothing too wide, and the way by keyboard alone."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from answerable.site import build
from answerable.site.server import server_for
from tests.nation import IMMEDIATE, nation

from .conftest import DESKTOP, PHONE
from .test_accessible import RULES

PAGES = (
    "index.html",
    "forces/force_02.html",
    f"measures/{IMMEDIATE}.html",
    "claims/sooner-everywhere.html",
    "forces/index.html",
)
"""One page of each kind that only a site by force has."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out: Path = tmp_path_factory.mktemp("country")
    build(nation(), out)
    server = server_for(out, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("size", "scheme", "paths"),
    [(PHONE, "dark", PAGES[:-1]), (DESKTOP, "light", PAGES[2:3])],
    ids=["phone", "desktop"],
)
def test_axe_finds_nothing(
    browser: Any, country: str, size: dict[str, int], scheme: str, paths: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    found = []
    for path in paths:
        page.goto(country + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for each in Axe().run(page, options=RULES).response["violations"]:
            found.append((path, each["id"], [node["html"][:160] for node in each["nodes"][:3]]))
    context.close()
    assert found == []


def test_nothing_is_wider_than_a_screen_at_400_percent(browser: Any, country: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    wide = []
    for path in PAGES:
        page.goto(country + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide.append((path, width))
    context.close()
    assert wide == []


def test_from_the_front_page_to_a_force_and_on_to_all_forces(browser: Any, country: str) -> None:
    """By the keyboard alone: a force on the front page, then the measure that it stands out on."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(country)
    _follow(page, "Force 02")
    assert page.title().startswith("Force 02")
    _follow(page, "All forces on this measure: Time to reach immediate")
    assert page.title().startswith("Time to reach immediate")
    assert page.locator("#apart + p + p + ul a").inner_text() == "Force 02"
    context.close()


def _follow(page: Any, words: str, most: int = 120) -> None:
    """Press Tab until a link begins so, and open it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.textContent")
        if at.startswith(words):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link begins with {words!r}")
