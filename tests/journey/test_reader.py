"""What a reader does: leave, get help, walk from the home page to the letter."""

from typing import Any

import pytest

from .conftest import DESKTOP, KINDS


@pytest.mark.parametrize("path", KINDS)
def test_skip_and_exit_come_first(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Tab")
    assert focused(page) == "Exit this page"


def test_exit_is_a_plain_link_to_the_weather(page: Any, address: str) -> None:
    page.goto(address)
    leave = page.get_by_role("link", name="Exit this page")
    assert leave.get_attribute("href") == "https://www.bbc.co.uk/weather"
    assert "noreferrer" in leave.get_attribute("rel")
    assert leave.is_visible()


def test_exit_stays_in_sight_down_the_page(page: Any, address: str) -> None:
    page.goto(address + "measures/response_time_priority.html")
    page.keyboard.press("End")
    box = page.get_by_role("link", name="Exit this page").bounding_box()
    assert 0 <= box["y"] < 40


def test_skip_link_goes_to_the_main_part(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_help_is_on_the_first_screen_of_a_phone(page: Any, address: str) -> None:
    page.goto(address)
    for words in ("999", "0808 2000 247"):
        box = page.get_by_role("link", name=words, exact=True).first.bounding_box()
        assert box["y"] + box["height"] < 844
    said = page.get_by_text("You can get help without reporting to the police.")
    assert said.first.bounding_box()["y"] < 844


def test_help_comes_before_any_figure(page: Any, address: str) -> None:
    page.goto(address)
    help_box = page.get_by_role("heading", name="If you need help").bounding_box()
    record = page.get_by_role("heading", name="What was claimed").bounding_box()
    assert help_box["y"] < record["y"]


def test_the_title_of_the_help_page_tells_nothing(page: Any, address: str) -> None:
    page.goto(address + "help/index.html")
    assert page.title() == "Help"
    assert page.get_by_text("does not clear your browser’s history").is_visible()


def test_from_home_to_the_letter_with_the_keyboard_alone(page: Any, address: str) -> None:
    page.goto(address)
    go(page, "“officers reach priority incidents sooner”")
    assert page.url.endswith("claims/claim-supported.html")
    go(page, "the letter to the data owner")
    assert page.url.endswith("left-out/index.html#letter")
    assert page.get_by_role("heading", name="The letter to the data owner").is_visible()


def test_down_the_chain_to_the_definition(page: Any, address: str) -> None:
    page.goto(address + "claims/claim-supported.html")
    go(page, "Time to reach priority domestic abuse incidents, version 1")
    assert page.url.endswith("counted/response_time_priority.html")
    assert (
        'key = "response_time_priority"'
        in page.get_by_role("region", name="The definition, word for word").inner_text()
    )


def test_the_focus_is_always_to_be_seen(page: Any, address: str) -> None:
    """WCAG 2.4.11: nothing that is focused lies wholly under the exit link."""
    page.goto(address)
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() == 0 or here.inner_text() == "Exit this page":
            continue
        box, over = here.bounding_box(), page.locator(".exit").bounding_box()
        covered = (
            box["x"] >= over["x"]
            and box["y"] >= over["y"]
            and box["x"] + box["width"] <= over["x"] + over["width"]
            and box["y"] + box["height"] <= over["y"] + over["height"]
        )
        assert not covered, here.inner_text()


def test_no_page_asks_anything_of_another_site(browser: Any, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    for path in KINDS:
        page.goto(address + path)
    kept = context.cookies()
    stored = page.evaluate("localStorage.length + sessionStorage.length")
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert refused == []  # the page's own policy refuses nothing that it holds
    assert (kept, stored) == ([], 0)


def test_on_paper_there_is_no_button_and_every_month(page: Any, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + "measures/response_time_priority.html")
    assert not page.locator(".exit").is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.get_by_role("rowheader", name="March 2022").first.is_visible()


def test_colours_may_be_forced(page: Any, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address)
    assert page.locator(".verdict .shape").first.is_visible()
    assert page.locator(".exit").evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def focused(page: Any) -> str:
    return page.locator(":focus").inner_text()


def go(page: Any, words: str, most: int = 80) -> None:
    """Tab to a link by its words and follow it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and focused(page) == words:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard did not come to: {words}")
