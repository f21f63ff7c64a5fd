"""How it is counted: an index, and each definition in plain, technical and verbatim form."""

from collections.abc import Iterator

from ...chain.measures import Definition, shown
from ...chain.measures.result import Unit
from ..markup import table
from ..page import Page
from ..public import Public
from ..words import KIND_WORDS, statistic_of
from .claims import tables_of

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
            "checked_on": _day(definition.checked_on),
            "next_check": _day(definition.next_check),
            "has_figures": bool(public.shelf.of(definition.key)),
        },
        (INDEX,),
    )


def _cases(definition: Definition) -> str:
    rows = [
        (
            case.title,
            statistic_of(case.statistic, definition).name,
            "no figure" if case.gives is None else _gives(case.gives, case.statistic, definition),
        )
        for case in definition.cases
    ]
    return table(
        f"Worked cases: {definition.title}",
        ("Case", "Figure", "Must come to"),
        rows,
        words=frozenset({1}),
    )


def _gives(value: float, statistic: str, definition: Definition) -> str:
    unit = UNITS.get(statistic)
    return shown(value, unit, definition.per) if unit else f"{value:g}"


UNITS = {
    "median": Unit.SECONDS,
    "p90": Unit.SECONDS,
    "median_open_days": Unit.DAYS,
    "ratio": Unit.RATIO,
    **{
        name: Unit.SHARE
        for name in (
            "within_target", "eligible_within_target", "missing_share", "rate", "satisfied",
            "response_rate", "excluded_share", "coverage", "completed", "step_rate",
        )
    },
}
"""The unit of each statistic of a worked case; counts are plain numbers."""


def _day(day) -> str:  # type: ignore[no-untyped-def]
    return f"{day.day} {day:%B %Y}"
