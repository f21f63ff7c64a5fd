"""What a measure asks of the rows: columns, tallies, and the figures made of them.

A recipe is a definition in the engine's terms. Everything additive is a tally, taken
once for each month and place and added up from there; medians and percentiles come from
the rows themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ..records.contract import contracts
from ..records.expressions import check_expression, quoted, text
from .definition import Definition
from .quantity import quantity
from .result import Unit

QUANTILES = {"median": 0.5, "p90": 0.9, "median_open_days": 0.5}
DAY = 86_400
Rule = Literal["count", "per_day", "share", "weighted", "ratio"]


@dataclass(frozen=True)
class Frame:
    """Rows of a table set in time: by a day of each, or standing at each month's end."""

    table: str
    at: str = ""
    opened: str = ""
    closed: str = ""

    @property
    def at_end(self) -> bool:
        """Whether a period's figure is that of its last day."""
        return bool(self.opened)


@dataclass(frozen=True)
class Figure:
    """One statistic as a calculation on tallies.

    n, x    names of the tallies of denominator and numerator
    by      a column by whose values the numerator is taken apart, of an undivided denominator
    label   what stands before the `=` of such a split; `fixed` is a whole split by name
    weights for the rule `weighted`: tallies of weight, weight of those counted, weight squared
    """

    statistic: str
    rule: Rule
    n: str
    x: str = ""
    by: str = ""
    label: str = ""
    fixed: str = ""
    weights: tuple[str, str, str] = ("", "", "")
    excluded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Recipe:
    """One measure, or one side of a ratio, on one frame.

    columns    name → expression over a row of the table
    tallies    name → aggregate over those columns; all can be added up
    present    the tally that is above zero where a split value belongs to the measure
    time       the column of whole seconds from which quantiles are taken; NULL if unusable
    splits     columns by which every figure is shown apart; `inner` those for `Figure.by`
    """

    definition: Definition
    frame: Frame
    columns: dict[str, str]
    tallies: dict[str, str]
    figures: tuple[Figure, ...]
    present: str
    splits: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    time: str = ""
    quantiles: tuple[str, ...] = ()
    time_excluded: tuple[tuple[str, str], ...] = ()
    doubles: frozenset[str] = field(default_factory=frozenset)


def recipes(definition: Definition, number: int) -> tuple[Recipe, ...]:
    """A measure's recipes: two for a ratio, one for any other kind.

    number   makes the names of its columns and tallies its own
    Raises InputMistake when an expression may not run.
    """
    return _KINDS[definition.kind](definition, str(number))


def unit_of(definition: Definition, statistic: str) -> Unit:
    """What a statistic of a measure is measured in."""
    if definition.as_given:
        return Unit(definition.units[statistic])
    if statistic in ("count", "per_day", "numerator", "denominator", "open"):
        return Unit.COUNT
    if statistic == "ratio":
        return Unit.RATIO
    if statistic == "median_open_days":
        return Unit.DAYS
    if statistic in QUANTILES:
        return Unit.DAYS if in_days(definition) else Unit.SECONDS
    return Unit.SHARE


def at_end(definition: Definition, statistic: str) -> bool:
    """Whether a period's figure is that of its last day."""
    if definition.as_given:
        return statistic in ("open", "median_open_days", "coverage")
    return definition.kind in ("coverage", "stock")


def in_days(definition: Definition) -> bool:
    """Whether a duration runs from day to day, so that its unit is days."""
    return definition.kind == "duration" and all(
        _field_type(definition.table, name) == "date"
        for name in (definition.start, definition.stop)
    )


def tables_of(definition: Definition) -> tuple[str, ...]:
    """The tables that a measure reads; none for figures as given."""
    if definition.as_given:
        return ()
    sides = [side.table for side in (definition.numerator, definition.denominator) if side]
    return tuple(dict.fromkeys(sides or [definition.table]))


def _field_type(table: str, name: str) -> str:
    contract = contracts().get(table)
    return next((f.type for f in contract.fields if f.name == name), "") if contract else ""


def _rule(definition: Definition, key: str, sql: str = "", table: str = "") -> str:
    """An expression of the definition as it may run, in brackets.

    Measures that are taken at each period's end may also use `period_end`, its last day.
    """
    contract = contracts()[table or definition.table]
    where = f"measures/{definition.key}.toml"
    written = sql or str(getattr(definition, key))
    columns = (*contract.columns, *(("period_end",) if definition.opened else ()))
    return f"({check_expression(written, columns, where, key)})"


def _count(d: Definition, k: str) -> tuple[Recipe, ...]:
    figures = tuple(Figure(name, name, n=f"n{k}") for name in d.statistics)  # type: ignore[arg-type]
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            {f"i{k}": f"{_rule(d, 'include')} IS TRUE"},
            {f"n{k}": f"count(*) FILTER (WHERE i{k})"},
            figures,
            f"n{k}",
            d.splits,
        ),
    )


def _proportion(d: Definition, k: str) -> tuple[Recipe, ...]:
    include, of = _rule(d, "include"), _rule(d, "of")
    figures = [Figure("rate", "share", f"n{k}", f"x{k}")]
    if d.mix:
        figures.append(Figure("mix", "share", f"n{k}", f"n{k}", by=d.mix, label=d.mix))
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            {f"i{k}": f"{include} IS TRUE", f"o{k}": f"({include} AND {of}) IS TRUE"},
            {
                f"n{k}": f"count(*) FILTER (WHERE i{k})",
                f"x{k}": f"count(*) FILTER (WHERE o{k})",
            },
            tuple(f for f in figures if f.statistic in d.statistics),
            f"n{k}",
            d.splits,
            (d.mix,) if d.mix else (),
        ),
    )


def _ratio(d: Definition, k: str) -> tuple[Recipe, ...]:
    assert d.numerator and d.denominator  # noqa: S101  # the schema holds this
    top, bottom = f"x{k}", f"n{k}"
    all_figures = {
        "ratio": Figure("ratio", "ratio", bottom, top),
        "numerator": Figure("numerator", "count", top),
        "denominator": Figure("denominator", "count", bottom),
    }
    made = []
    for side, name, tally in (
        (d.numerator, "numerator", top),
        (d.denominator, "denominator", bottom),
    ):
        include = _rule(d, f"{name}.include", side.include, side.table)
        made.append(
            Recipe(
                d,
                Frame(side.table, side.at),
                {f"i{tally}": f"{include} IS TRUE"},
                {tally: f"count(*) FILTER (WHERE i{tally})"},
                tuple(all_figures[name] for name in d.statistics),
                tally,
                d.splits,
            )
        )
    return tuple(made)


def _duration(d: Definition, k: str) -> tuple[Recipe, ...]:
    include, eligible = _rule(d, "include"), _rule(d, "eligible")
    start, stop = _rule(d, "start"), _rule(d, "stop")
    seconds = f"date_diff('second', {start}::TIMESTAMP, {stop}::TIMESTAMP)"
    limit = target_limit(d)
    hit = f"s{k} <= {limit}" if limit is not None else "false"
    columns = {
        f"i{k}": f"{include} IS TRUE",
        f"e{k}": f"{eligible} IS TRUE",
        f"r{k}": (
            f"CASE WHEN {include} IS NOT TRUE THEN 0 WHEN {start} IS NULL THEN 1"
            f" WHEN {stop} IS NULL THEN 2 WHEN {stop} < {start} THEN 3 ELSE 0 END::UTINYINT"
        ),
        f"s{k}": f"CASE WHEN {include} AND {start} <= {stop} THEN {seconds}::INTEGER END",
    }
    tallies = {
        f"n{k}": f"count(*) FILTER (WHERE i{k})",
        f"u{k}": f"count(s{k})",
        f"e{k}": f"count(*) FILTER (WHERE e{k})",
        f"h{k}": f"count(*) FILTER (WHERE {hit})",
        f"g{k}": f"count(*) FILTER (WHERE e{k} AND {hit})",
        f"y{k}": f"count(*) FILTER (WHERE i{k} OR e{k})",
        f"a{k}": f"count(*) FILTER (WHERE r{k} = 1)",
        f"b{k}": f"count(*) FILTER (WHERE r{k} = 2)",
        f"c{k}": f"count(*) FILTER (WHERE r{k} = 3)",
        f"m{k}": f"count(*) FILTER (WHERE r{k} > 0)",
    }
    lost = (
        ("no start time", f"a{k}"),
        ("no stop time", f"b{k}"),
        ("stopped before it started", f"c{k}"),
    )
    figures = (
        Figure("within_target", "share", f"u{k}", f"h{k}", excluded=lost),
        Figure("eligible_within_target", "share", f"e{k}", f"g{k}"),
        Figure("missing_share", "share", f"n{k}", f"m{k}"),
    )
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            columns,
            tallies,
            tuple(f for f in figures if f.statistic in d.statistics),
            f"y{k}",
            d.splits,
            time=f"s{k}",
            quantiles=tuple(name for name in d.statistics if name in QUANTILES),
            time_excluded=lost,
        ),
    )


def target_limit(d: Definition) -> int | None:
    """A duration's target in whole seconds; None without one. Raises ValueError."""
    if d.target is None or d.target.at_most is None:
        return None
    seconds = quantity(d.target.at_most, Unit.SECONDS)
    bare = not str(d.target.at_most).strip()[-1:].isalpha()
    return int(seconds * DAY) if bare and in_days(d) else int(seconds)


def _survey(d: Definition, k: str) -> tuple[Recipe, ...]:
    include, asked = _rule(d, "include"), _rule(d, "asked")
    answer, reason = quoted(d.answer), quoted(d.excluded_by)
    weight = quoted(d.weight) if d.weight else "1"
    satisfied = ", ".join(text(code) for code in d.satisfied)
    codes = reason_codes(d.table, d.excluded_by, d.reasons)
    columns = {
        f"i{k}": f"{include} IS TRUE",
        f"x{k}": f"CASE WHEN {include} THEN {reason}::VARCHAR END",
        f"q{k}": f"({include} AND {reason} IS NULL AND {asked}) IS TRUE",
        f"z{k}": f"({include} AND {reason} IS NULL AND {asked} AND {answer} IS NOT NULL) IS TRUE",
        f"o{k}": f"({answer}::VARCHAR IN ({satisfied})) IS TRUE",
        f"w{k}": f"{weight}::DOUBLE",
    }
    done = f"z{k} AND w{k} >= 0"
    tallies = {
        f"n{k}": f"count(*) FILTER (WHERE i{k})",
        f"q{k}": f"count(*) FILTER (WHERE q{k})",
        f"z{k}": f"count(*) FILTER (WHERE z{k})",
        f"c{k}": f"count(*) FILTER (WHERE {done})",
        f"o{k}": f"count(*) FILTER (WHERE {done} AND o{k})",
        f"w{k}": f"coalesce(sum(w{k}) FILTER (WHERE {done}), 0)",
        f"p{k}": f"coalesce(sum(w{k}) FILTER (WHERE {done} AND o{k}), 0)",
        f"v{k}": f"coalesce(sum(w{k} * w{k}) FILTER (WHERE {done}), 0)",
        f"e{k}": f"count(x{k})",
        f"a{k}": f"count(*) FILTER (WHERE i{k} AND x{k} IS NULL AND NOT q{k})",
        f"b{k}": f"count(*) FILTER (WHERE q{k} AND NOT z{k})",
        f"d{k}": f"count(*) FILTER (WHERE z{k} AND (w{k} >= 0) IS NOT TRUE)",
    }
    known = ", ".join(text(code) for code in codes) or "''"
    tallies |= {
        f"l{k}_{j}": f"count(*) FILTER (WHERE x{k} = {text(c)})" for j, c in enumerate(codes)
    }
    tallies[f"l{k}_other"] = f"count(*) FILTER (WHERE x{k} NOT IN ({known}))"
    reasons = [(d.reasons.get(c, c.replace("_", " ")), f"l{k}_{j}") for j, c in enumerate(codes)]
    reasons.append(("another reason", f"l{k}_other"))
    not_asked, silent = (NOT_ASKED, f"a{k}"), (SILENT, f"b{k}")
    whole = (*reasons, not_asked, silent, ("no weight", f"d{k}"))
    rule: Rule = "weighted" if d.weight else "share"
    figures = (
        Figure(
            "satisfied", rule, f"c{k}", f"o{k}", weights=(f"w{k}", f"p{k}", f"v{k}"), excluded=whole
        ),
        Figure("response_rate", "share", f"q{k}", f"z{k}", excluded=(*reasons, not_asked)),
        Figure("excluded_share", "share", f"n{k}", f"e{k}", excluded=tuple(reasons)),
    )
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            columns,
            tallies,
            tuple(f for f in figures if f.statistic in d.statistics),
            f"n{k}",
            d.splits,
            doubles=frozenset({f"w{k}", f"p{k}", f"v{k}"}),
        ),
    )


NOT_ASKED = "not asked"
SILENT = "asked, did not answer"


def reason_codes(table: str, column: str, reasons: dict[str, str]) -> tuple[str, ...]:
    """The codes that a column of reasons may hold: those of the contract, else those named."""
    contract = contracts()[table]
    known = next((f.enum for f in contract.fields if f.name == column), ())
    return known or tuple(reasons)


def _coverage(d: Definition, k: str) -> tuple[Recipe, ...]:
    include, of = _rule(d, "include"), _rule(d, "of")
    return (
        Recipe(
            d,
            Frame(d.table, opened=d.opened, closed=d.closed),
            {f"i{k}": f"{include} IS TRUE", f"o{k}": f"({include} AND {of}) IS TRUE"},
            {
                f"n{k}": f"count(*) FILTER (WHERE i{k})",
                f"x{k}": f"count(*) FILTER (WHERE o{k})",
            },
            (Figure("coverage", "share", f"n{k}", f"x{k}"),),
            f"n{k}",
            d.splits,
        ),
    )


def _stock(d: Definition, k: str) -> tuple[Recipe, ...]:
    include = _rule(d, "include")
    waited = f"date_diff('day', {quoted(d.opened)}, period_end)"
    return (
        Recipe(
            d,
            Frame(d.table, opened=d.opened, closed=d.closed),
            {
                f"i{k}": f"{include} IS TRUE",
                f"s{k}": f"CASE WHEN {include} THEN ({waited} * {DAY})::INTEGER END",
            },
            {f"n{k}": f"count(*) FILTER (WHERE i{k})", f"u{k}": f"count(s{k})"},
            (Figure("open", "count", f"n{k}"),) if "open" in d.statistics else (),
            f"n{k}",
            d.splits,
            time=f"s{k}",
            quantiles=tuple(name for name in d.statistics if name in QUANTILES),
        ),
    )


def _pathway(d: Definition, k: str) -> tuple[Recipe, ...]:
    include = _rule(d, "include")
    whens = [_rule(d, f"steps.{step.key}.when", step.when) for step in d.steps]
    last = len(whens)
    depth = " ".join(f"WHEN {when} IS NOT TRUE THEN {j}" for j, when in enumerate(whens))
    later = [
        f"({when} IS NOT TRUE AND ({' OR '.join(whens[j + 1 :])})) IS TRUE"
        for j, when in enumerate(whens[:-1])
    ]
    columns = {
        f"i{k}": f"{include} IS TRUE",
        f"t{k}": f"CASE WHEN {include} IS NOT TRUE THEN NULL {depth} ELSE {last} END::UTINYINT",
        f"f{k}": f"{include} AND ({' OR '.join(later) or 'false'})",
    }
    tallies = {
        f"n{k}": f"count(*) FILTER (WHERE i{k})",
        f"l{k}": f"count(*) FILTER (WHERE t{k} < {last})",
        f"f{k}": f"count(*) FILTER (WHERE f{k})",
    }
    tallies |= {f"r{k}_{j}": f"count(*) FILTER (WHERE t{k} >= {j})" for j in range(1, last + 1)}
    start = f"n{k}"
    figures = [
        Figure(
            "completed", "share", start, f"r{k}_{last}",
            excluded=(("a later step recorded without an earlier one", f"f{k}"),),
        ),
        Figure("lost", "share", start, f"l{k}"),
        Figure("lost", "share", start, f"l{k}", by=d.lost_reason, label="reason"),
    ]  # fmt: skip
    for j, step in enumerate(d.steps, start=1):
        before = f"r{k}_{j - 1}" if j > 1 else start
        figures.append(Figure("reached", "share", start, f"r{k}_{j}", fixed=f"step={step.key}"))
        figures.append(Figure("step_rate", "share", before, f"r{k}_{j}", fixed=f"step={step.key}"))
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            columns,
            tallies,
            tuple(f for f in figures if f.statistic in d.statistics),
            start,
            d.splits,
            (d.lost_reason,),
        ),
    )


_KINDS: dict[str, Callable[[Definition, str], tuple[Recipe, ...]]] = {
    "count": _count,
    "proportion": _proportion,
    "ratio": _ratio,
    "duration": _duration,
    "survey": _survey,
    "coverage": _coverage,
    "stock": _stock,
    "pathway": _pathway,
}
