"""Every kind of page, at the widths of a phone and of a desktop, has nothing for axe."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import DESKTOP, KINDS, PHONE

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # Only what is wrong is told at length: whatever passed is far more than that.
    "resultTypes": ["violations"],
}


def test_what_is_wrong_is_found(browser: Any) -> None:
    """Every element of a kind, so that the tests below can fail."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src=a><img src=b></main>")
    (found,) = Axe().run(page, options=RULES).response["violations"]
    context.close()
    assert (found["id"], len(found["nodes"])) == ("image-alt", 2)


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_axe_finds_nothing(browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    found = []
    for path in KINDS:
        page.goto(address + path)
        # What is folded away is to be read as well.
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        result = Axe().run(page, options=RULES)
        found += [
            (path, each["id"], [node["html"][:160] for node in each["nodes"][:3]])
            for each in result.response["violations"]
        ]
    context.close()
    assert found == []


def test_nothing_is_wider_than_a_screen_at_400_percent(browser: Any, address: str) -> None:
    """1280 pixels at 400% are 320: only tables and the word-for-word text scroll sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    wide = []
    for path in KINDS:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((path, width))
    context.close()
    assert wide == []


def test_text_may_be_spaced_out(browser: Any, address: str) -> None:
    """WCAG 1.4.12: line height 1.5, letters .12em, words .16em; nothing is cut off."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + "claims/claim-supported.html")
    page.add_style_tag(
        content="*{line-height:1.5!important;letter-spacing:.12em!important;"
        "word-spacing:.16em!important}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = page.evaluate(
        """[...document.querySelectorAll('main p, main h1, main h2, .exit, .verdict')]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != 'inline')
        .map(e => e.textContent.slice(0, 60))"""
    )
    context.close()
    assert cut == []
