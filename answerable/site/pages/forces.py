"""A site of many forces: a plain list of them, and a page for each."""

from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString

from ...chain.body import WHOLE
from ...chain.measures import Definition, Result, period_of
from ..between import between, by_force
from ..markup import table, verdict
from ..page import Page
from ..public import Public
from ..sentences import interval_words, rests_on, sentence, value_words
from ..words import changed_words, mark_of, statistic_of
from .areas import chance_on
from .between import limits_words, stands_words
from .measures import section

INDEX = ("forces/index.html", "Forces")


def pages(public: Public) -> Iterator[Page]:
    if not public.by_force:
        return
    forces = public.release.body.areas
    yield Page("forces/index.html", "forces.html", "Forces", {"forces": forces})
    for force in forces:
        figures = [f for d in public.measures if (f := _figure(public, d, force.code))]
        yield Page(
            f"forces/{force.code}.html",
            "force.html",
            force.name,
            {
                "force": force,
                "population": f"{force.population:,}" if force.population else "",
                "together": public.area_name(WHOLE),
                "figures": figures,
                "claims": _claims(public, force.code),
                "chance": chance_on(public, force.code),
            },
            (INDEX,),
        )


def _figure(public: Public, definition: Definition, code: str) -> dict[str, Any] | None:
    """One measure of one force; None where there is no figure of it for anyone."""
    whole, here = public.headline(definition), public.headline(definition, code)
    if whole is None or here is None:
        return None
    name, found = public.area_name(code), between(public, definition)
    words = statistic_of(whole.statistic, definition)
    judged = found.changes.verdicts.get(code) if found.changes else None
    says = found.changes.reading.says if found.changes else ""
    return {
        "definition": definition,
        "name": words.name,
        "value": value_words(here, definition),
        "sentence": sentence(here, definition, name),
        "table": _beside(public, definition, whole, here, name),
        "changed": changed_words(judged.verdict, says) if judged else "not asked",
        "says": judged.sentence if judged else "",
        "standing": _standing(public, definition, code),
        "stands": _stands(public, definition, code),
        "months": section(public, definition, whole.statistic, code),
    }


def _beside(
    public: Public, definition: Definition, whole: Result, here: Result, name: str
) -> SafeString:
    words = statistic_of(whole.statistic, definition)
    before = public.shelf.year_before(here)
    rows = [
        (
            where,
            period_of(result.period).plain(),
            value_words(result, definition),
            interval_words(result, definition),
            rests_on(result),
        )
        for where, result in ((name, here), (name, before), (public.area_name(WHOLE), whole))
        if result is not None
    ]
    caption = f"{definition.title}: {words.name.lower()}, {name} and all forces together"
    columns = ("Who", "Months", words.name, "95% interval", "Rests on")
    return table(caption, columns, rows, words=frozenset({1}))


def _stands(public: Public, definition: Definition, code: str) -> str:
    found = between(public, definition)
    units = found.standing.funnel.units if found.standing else ()
    return stands_words(
        next((u for u in units if u.unit == code), None), found.otherwise.get(code, "")
    )


def _standing(public: Public, definition: Definition, code: str) -> str:
    """Where the force stands beside the others, on which figure; empty where that is not told."""
    standing = between(public, definition).standing
    if standing is None:
        return ""
    words = statistic_of(standing.statistic, definition)
    result = public.shelf.one(definition.key, standing.statistic, code, standing.period)
    value = value_words(result, definition)
    if how := between(public, definition).otherwise.get(code):
        return (
            f"{words.name}: {value}. It is not set beside the others, for this force counts it"
            f" otherwise: {how.rstrip('.')}."
        )
    unit = next((u for u in standing.funnel.units if u.unit == code), None)
    if unit is None:
        return f"{words.name}: {value}. It could not be set beside the others."
    return f"{words.name}: {value}. {limits_words(unit, definition, standing)}"


def _claims(public: Public, code: str) -> list[dict[str, Any]]:
    """Claims about all forces together, as this force's own months bear them out."""
    found = []
    for checked in public.claims:
        for judged in by_force(public, checked):
            mine = judged.verdicts[code]
            found.append(
                {
                    "key": checked.claim.key,
                    "words": checked.claim.words,
                    "mark": verdict(mark_of(mine.verdict, mine.label)),
                    "sentence": mine.sentence,
                }
            )
    return found
