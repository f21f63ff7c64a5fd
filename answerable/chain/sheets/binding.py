"""Lines of a spreadsheet, bound to the measures and areas of a body: by name, or as told.

Nothing is bound by likeness. A name that is not just that of a measure or an area is a
problem that lists the nearest ones, and is settled by whoever knows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, cast

from ..body import WHOLE, Body, InputMistake, Problem
from ..figures import Figure
from ..measures import Definition, Unit, unit_of
from ..measures.definition import NAME, STATISTICS
from ..measures.places import places_of
from ..records.expressions import near
from .understood import Line

Better = Literal["", "lower", "higher", "neither"]
EVERY = ""
"""The name under which a choice holds for every line."""
_PLACE = re.compile(r"\s*(?:local policing area|policing area|lpa|area|district|borough)$")


@dataclass(frozen=True)
class Choices:
    """What a person said of lines, each by the line's name (or the area's), or for `EVERY` one.

    own      whether a line that names no known measure becomes a measure of its own
    left     names of lines, or of areas, to leave out
    """

    measures: Mapping[str, str] = field(default_factory=dict)
    statistics: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    better: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    left: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bound:
    """A line with its figures under their full names.

    how   what was bound by name and what by choice, in words
    """

    line: Line
    measure: str
    statistic: str
    area: str
    figures: tuple[Figure, ...]
    how: str


def bind(
    lines: Iterable[Line],
    body: Body,
    definitions: Mapping[str, Definition],
    choices: Choices = Choices(),  # frozen
    *,
    source: str = "",
    typed_by: str = "",
    on: date | None = None,
) -> tuple[Bound, ...]:
    """The lines under measures, statistics and areas of a body.

    source     of every figure; the file's name where it is empty
    typed_by, on   who entered them, and when
    Raises InputMistake with a problem for every name that is neither known nor chosen, and for
    every choice that fits nothing.
    """
    wanted = [line for line in lines if not {line.name, line.area} & choices.left]
    problems = list(_strays(wanted, choices))
    found: list[Bound] = []
    for line in wanted:
        measure = _measure(line, definitions, choices, problems)
        area = _area(line, body, choices, problems)
        if measure is None or area is None:
            continue
        statistic = _statistic(line, definitions.get(measure), choices, problems)
        if statistic is None:
            continue
        own = measure not in definitions
        better = cast(Better, _of(choices.better, line.name) if own else "")
        figures = tuple(
            replace(
                figure, measure=measure, statistic=statistic, area=area, better=better,
                source=source or figure.source, typed_by=typed_by, typed_on=on,
            )
            for figure in line.figures
        )  # fmt: skip
        found.append(
            Bound(
                line,
                measure,
                statistic,
                area,
                figures,
                _how(line, choices, measure not in definitions),
            )
        )
    if problems:
        raise InputMistake(problems)
    return tuple(found)


def _of(choices: Mapping[str, str], name: str) -> str:
    return choices.get(name, choices.get(EVERY, ""))


def _strays(lines: Sequence[Line], choices: Choices) -> Iterator[Problem]:
    """Choices for names that are not there: mistyped, and not to be passed over."""
    names = {line.name for line in lines}
    areas = {line.area for line in lines}
    for option, given, known in (
        ("--measure", choices.measures, names),
        ("--statistic", choices.statistics, names),
        ("--better", choices.better, names),
        ("--area", choices.areas, areas),
    ):
        for name in sorted(given.keys() - known - {EVERY}):
            yield Problem(
                option,
                f"there is no '{name}' in the file",
                ", ".join(near(name, sorted(known)) or sorted(known)),
                "Write the name as it stands in the file.",
            )


def _measure(
    line: Line, definitions: Mapping[str, Definition], choices: Choices, problems: list[Problem]
) -> str | None:
    chosen = _of(choices.measures, line.name)
    if chosen:
        if re.fullmatch(NAME, chosen):
            return chosen
        problems.append(
            Problem("--measure", f"'{chosen}' is not a key",
                    "lower-case letters, digits and underscores", "Correct the key.")
        )  # fmt: skip
        return None
    name = line.name.strip().casefold()
    for key, definition in definitions.items():
        if line.name == key or name == definition.title.casefold():
            return key
    key = line.figures[0].measure
    if choices.own:
        counted = key in definitions and not definitions[key].as_given
        return f"{key}_given" if counted else key  # the name alone does not make it the same
    titles = {d.title: k for k, d in definitions.items()}
    alike = [f"{titles[t]} ({t})" for t in near(line.name, titles)]
    alike += [f"{k} ({definitions[k].title})" for k in near(key, definitions)]
    problems.append(
        Problem(
            _place(line),
            f"'{line.name}' is not the title of a measure",
            ", ".join(dict.fromkeys(alike)),
            f'Say which it is: --measure "{line.name}=KEY"; or make every such line a measure of'
            " its own: --own.",
        )
    )
    return None


def _area(line: Line, body: Body, choices: Choices, problems: list[Problem]) -> str | None:
    codes = places_of(body).codes
    chosen = _of(choices.areas, line.area)
    if chosen:
        if chosen in codes:
            return chosen
        problems.append(
            Problem("--area", f"there is no area '{chosen}'",
                    ", ".join(near(chosen, codes) or codes), "Correct the code.")
        )  # fmt: skip
        return None
    if line.area == WHOLE:
        return WHOLE
    names = {area.name.casefold(): area.code for area in body.areas}
    names |= {force.name.casefold(): force.key for force in body.file.forces}
    names |= {code.casefold(): code for code in codes}
    wanted = line.area.strip().casefold()
    code = names.get(wanted) or names.get(_PLACE.sub("", wanted))
    if code is not None:
        return code if code in codes else WHOLE
    alike = [f"{names[name]} ({name})" for name in near(wanted, names)] or list(codes)
    problems.append(
        Problem(
            _place(line),
            f"'{line.area}' is not an area of the body",
            ", ".join(alike),
            f'Say which it is: --area "{line.area}=CODE"; or leave it out: --leave "{line.area}".',
        )
    )
    return None


def _statistic(
    line: Line, definition: Definition | None, choices: Choices, problems: list[Problem]
) -> str | None:
    """The statistic that a line is: as chosen, or the one of its measure in its unit."""
    chosen = _of(choices.statistics, line.name)
    allowed = definition.statistics if definition else STATISTICS["figures"]
    if chosen in allowed:
        return chosen
    if definition is None and not chosen:
        return "value"
    fit = [name for name in allowed if definition and _fits(definition, name, line)]
    if not chosen and len(fit) == 1:
        return fit[0]
    title = definition.key if definition else line.name
    found = (
        f"'{title}' has no statistic '{chosen}'"
        if chosen
        else f"'{title}' has no one statistic in {_unit(line)}"
    )
    problems.append(
        Problem(
            _place(line),
            found,
            ", ".join(fit or allowed),
            f'Say which it is: --statistic "{line.name}=NAME"; or give the line another measure.',
        )
    )
    return None


def _fits(definition: Definition, statistic: str, line: Line) -> bool:
    if unit_of(definition, statistic) != line.unit:
        return False
    return line.unit != Unit.RATIO or line.figures[0].per == definition.per


def _unit(line: Line) -> str:
    return f"{line.unit} per {line.figures[0].per:,}" if line.unit == Unit.RATIO else str(line.unit)


def _how(line: Line, choices: Choices, own: bool) -> str:
    told = [
        part
        for part, given, name in (
            ("measure", choices.measures, line.name),
            ("statistic", choices.statistics, line.name),
            ("area", choices.areas, line.area),
        )
        if _of(given, name)
    ]
    if told:
        return f"{' and '.join(told)} as told"
    return "a measure of its own" if own else "by name"


def _place(line: Line) -> str:
    return line.place or line.figures[0].place
