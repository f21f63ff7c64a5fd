"""The home page: help, then what was claimed and what the record shows, then key figures."""

from collections.abc import Iterator

from ..helplines import helplines
from ..ledger import entries, tally
from ..page import Page
from ..public import Public
from .measures import card

KEY_FIGURES = 6


def pages(public: Public) -> Iterator[Page]:
    ledger = entries(public)
    yield Page(
        "index.html",
        "home.html",
        f"Public record: {public.area_name('all')}",
        {
            "help": helplines(),
            "tally": tally(public.claims),
            "entries": ledger,
            "tested": [e for e in ledger if e.tested],
            "others": [e for e in ledger if not e.tested],
            "cards": [card(public, d) for d in key_measures(public)],
            "force": public.area_name("all"),
            "areas": public.release.body.areas,
        },
    )


def key_measures(public: Public) -> list:  # type: ignore[type-arg]
    """Measures for the home page: those that claims rest on, then the first of each family."""
    tested = [r.reading.measure for c in public.claims for r in c.readings]
    order = sorted(
        public.measures,
        key=lambda d: tested.index(d.key) if d.key in tested else len(tested),
    )
    families: dict[str, object] = {}
    for definition in order:
        families.setdefault(definition.family, definition)
    return list(families.values())[:KEY_FIGURES]
