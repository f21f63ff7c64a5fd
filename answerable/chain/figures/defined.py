"""A measure that nobody defined: its definition, made from the figures that were given."""

import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..body import InputMistake, Problem, from_values
from ..measures import Definition, Unit, unit_of
from ..records.expressions import near
from .figure import Figure

CHARTS = {Unit.SHARE: "p-prime", Unit.RATIO: "u-prime"}


def definitions_of(
    figures: Iterable[Figure], known: Mapping[str, Definition]
) -> tuple[dict[str, Definition], dict[str, str]]:
    """A definition for each measure that has none, and the text of each, word for word.

    Raises InputMistake where a figure does not fit the measure that it names: a statistic
    that the measure has not got, or another unit.
    """
    named: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        named[figure.measure].append(figure)
    problems: list[Problem] = []
    made: dict[str, Definition] = {}
    texts: dict[str, str] = {}
    for key, mine in sorted(named.items()):
        if key in known:
            problems += _misfits(mine, known[key])
            continue
        texts[key] = text_of(mine)
        made[key] = read_text(texts[key], key)
    if problems:
        raise InputMistake(problems)
    return made, texts


def read_text(text: str, key: str) -> Definition:
    """The definition that a text is."""
    values = tomllib.loads(text) | {"digest": hashlib.sha256(text.encode()).hexdigest()}
    return from_values(values, Definition, f"measures/{key}.toml")


def _misfits(figures: Iterable[Figure], definition: Definition) -> list[Problem]:
    told: dict[tuple[str, str], Problem] = {}
    for figure in figures:
        where = f"figures of '{definition.key}'"
        key = (figure.statistic, str(figure.unit))
        if figure.statistic not in definition.statistics:
            told[key] = Problem(
                where,
                f"the measure has no statistic '{figure.statistic}'",
                ", ".join(near(figure.statistic, definition.statistics) or definition.statistics),
                "Name the statistic that the figures are, or give the measure another name.",
                "statistic",
            )
        elif unit_of(definition, figure.statistic) != figure.unit:
            told[key] = Problem(
                where,
                f"'{figure.statistic}' is given in {figure.unit}",
                str(unit_of(definition, figure.statistic)),
                "Correct the unit, or give the measure another name.",
                "unit",
            )
    return list(told.values())


def text_of(figures: Iterable[Figure]) -> str:
    """The definition of one measure as TOML, made from its figures alone."""
    mine = sorted(figures, key=lambda f: (f.span, f.area, f.statistic))
    units = {figure.statistic: figure.unit for figure in mine}
    first = mine[0]
    sources = sorted({figure.source for figure in mine if figure.source})
    better = next((figure.better for figure in mine if figure.better), "neither")
    values: dict[str, object] = {
        "key": first.measure,
        "version": 1,
        "title": first.title,
        "question": f"What was given as: {first.title}?",
        "why": "These figures were given without the records behind them.",
        "plain": (
            "As it stood in the source. How it was counted is not known here, and was not"
            " checked against any record."
        ),
        "technical": (
            "Totals as given. A longer period is put together from months only where they are"
            " whole counts, or come with both of their counts."
        ),
        "family": "given",
        "kind": "figures",
        "statistics": list(units),
        "unit": "",
        "per": first.per,
        "better": better,
        "chart": CHARTS.get(next(iter(units.values())), "xmr"),
        "owner": "; ".join(sources) or "not said",
        "status": "published",
    }
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    lines += ["", "[units]", *(f"{name} = {_toml(str(unit))}" for name, unit in units.items())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """JSON's strings, numbers and lists are TOML's too, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
