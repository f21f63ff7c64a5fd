"""Pages that are mostly text: help, about, accessibility, what a preview is."""

from collections.abc import Iterator

from ..helplines import helplines
from ..page import Page
from ..public import Public
from ..words import day_words


def pages(public: Public) -> Iterator[Page]:
    yield Page(
        "help/index.html",
        "help.html",
        "Help",
        {"help": helplines(), "checked_on": day_words(helplines().checked_on)},
        neutral=True,
    )
    yield Page(
        "about/index.html", "about.html", "About this record", {"force": public.area_name("all")}
    )
    yield Page("accessibility/index.html", "accessibility.html", "Accessibility statement")
    yield Page("preview/index.html", "preview.html", "What a preview is")
