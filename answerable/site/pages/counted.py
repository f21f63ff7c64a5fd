"""How it is counted: an index, and each definition in plain, technical and verbatim form."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from ...chain.measures import Definition, shown, unit_of
from ...chain.measures.recipe import tables_of
from ..markup import folding_table
from ..page import Page
from ..public import Public
from ..words import KIND_WORDS, day_words, statistic_of

INDEX = ("counted/index.html", "How it is counted")


def pages(public: Public) -> Iterator[Page]:
    definitions = public.release.definitions
    yield Page(
        "counted/index.html",
        "counted.html",
        "How it is counted",
        {"definitions": definitions},
    )
    for definition in definitions:
        yield _page(public, definition)


def _page(public: Public, definition: Definition) -> Page:
    return Page(
        f"counted/{definition.key}.html",
        "definition.html",
        f"How it is counted: {definition.title}",
        {
            "definition": definition,
            "verbatim": public.release.texts[definition.key],
            "better": KIND_WORDS[definition.better],
            "statistics": [statistic_of(name, definition) for name in definition.statistics],
            "tables": tables_of(definition),
            "cases": _cases(definition),
            "checked_on": day_words(definition.checked_on) if definition.checked_on else "",
            "next_check": day_words(definition.next_check) if definition.next_check else "",
            "has_figures": bool(public.shelf.of(definition.key)),
        },
        (INDEX,),
    )


def _cases(definition: Definition) -> SafeString:
    rows = [
        (
            case.title,
            statistic_of(case.statistic, definition).name,
            "no figure" if case.gives is None else _gives(case.gives, case.statistic, definition),
        )
        for case in definition.cases
    ]
    return folding_table(
        f"Worked cases: {definition.title}", ("Case", "Figure", "Must come to"), rows
    )


def _gives(value: float, statistic: str, definition: Definition) -> str:
    return shown(value, unit_of(definition, statistic), definition.per)
