"""Someone at the desk with a keyboard, in a browser without JavaScript."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from .test_accessible import RULES

MOST_TABS = 400
HERE = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const group = e.closest('fieldset');
    const legend = group && group.querySelector(':scope > legend');
    const labels = e.labels && e.labels.length ? [...e.labels] : [e];
    return {name: labels.map(l => l.textContent).join(' '), type: e.getAttribute('type'),
            checked: !!e.checked, legend: legend ? legend.innerText : ''};
}"""
"""The accessible name, as far as these pages need it, is a label, or the element's own words."""


class Keys:
    """Reaches everything by Tab, and works it by keys."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, words: str, exact: bool = False) -> Any:
        """Tab on to whatever has this name. Names are those that a screen reader says."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.here()
            if here and matches(here["name"], words, exact):
                return self.page.locator(":focus")
        raise AssertionError(f"the keyboard did not come to: {words}")

    def here(self) -> dict[str, Any]:
        """Where the keyboard is, asked of the browser once: name, type, checked, and the legend
        of the group. Empty where it is nowhere."""
        found = self.page.evaluate(HERE) or {}
        return found | {"name": " ".join(found["name"].split())} if found else {}

    def follow(self, words: str, exact: bool = False) -> None:
        """Follow a link or press a button that leads to another page."""
        self.to(words, exact)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, words: str) -> None:
        self.to(words)
        self.page.keyboard.press("Enter")

    def write(self, words: str, text: str) -> None:
        """Replace what stands in a field."""
        self.to(words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def pick(self, group: str, label: str) -> None:
        """One of several round buttons."""
        self.to_group(group)
        for _ in range(20):
            if self.here()["name"] == label:
                self.page.keyboard.press("Space")
                assert self.here()["checked"]
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice is called: {label}")

    def to_group(self, group: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.here()
            if here and here["type"] == "radio" and group in here["legend"]:
                return
        raise AssertionError(f"the keyboard did not come to the choice: {group}")

    def choose(self, words: str, value: str, exact: bool = True) -> None:
        """An entry of a list, with the arrows. The list must be the next of that name."""
        here = self.to(words, exact)
        values = here.locator("option").evaluate_all("all => all.map(o => o.value)")
        step = values.index(value) - values.index(here.input_value())
        for _ in range(abs(step)):
            self.page.keyboard.press("ArrowDown" if step > 0 else "ArrowUp")
        assert here.input_value() == value

    def give(self, words: str, name: str, data: bytes) -> None:
        """Choose a file. The chooser itself is the system's, not the page's."""
        self.to(words).set_input_files({"name": name, "mimeType": "", "buffer": data})


def matches(name: str, words: str, exact: bool) -> bool:
    return name == words if exact else words in name


def seen(page: Any) -> str:
    """All words of the page, folded ones too."""
    return " ".join(page.locator("main").text_content().split())


def accessible(page: Any) -> list[Any]:
    """What axe finds on the page as it stands, folded parts too, and whether it is wider than
    its window.

    axe is a script, and the page is read without scripts: what the page holds is shown once
    more in a window that has them.
    """
    html, address, size = page.content(), page.url, page.viewport_size
    copy = _window(page.context.browser, size)
    copy.unroute_all()
    copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    copy.goto(address)
    copy.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    result = Axe().run(copy, options=RULES)
    found = [
        (address, each["id"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in result.response["violations"]
    ]
    wide = copy.evaluate("document.documentElement.scrollWidth")
    if wide > size["width"]:
        found.append((address, "wider than its window", [str(wide)]))
    return found


_WINDOWS: dict[tuple[Any, int, int], Any] = {}


def _window(browser: Any, size: dict[str, int]) -> Any:
    """A window with scripts, of a size: opened once and used again."""
    key = (browser, size["width"], size["height"])
    if key not in _WINDOWS:
        _WINDOWS[key] = browser.new_context(viewport=size).new_page()
    return _WINDOWS[key]
