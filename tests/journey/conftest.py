"""A built site, a server on loopback and the system's Chromium."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answerable.site import build
from answerable.site.server import server_for
from tests.site_release import made_up

ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
KINDS = (
    "index.html",
    "claims/index.html",
    "claims/claim-supported.html",
    "claims/best-practice.html",
    "measures/index.html",
    "measures/response_time_priority.html",
    "measures/video_response.html",
    "areas/index.html",
    "areas/clunmoor.html",
    "counted/index.html",
    "counted/response_time_priority.html",
    "left-out/index.html",
    "data/index.html",
    "help/index.html",
    "about/index.html",
    "accessibility/index.html",
    "preview/index.html",
)
"""One page of each kind, and two of those that differ by what they hold."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the browser says so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    build(made_up(), out)
    return out


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    server = server_for(site, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, as the system has it."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page without JavaScript, on a phone."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()
