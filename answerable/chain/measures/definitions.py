"""Reading all definitions of a body: those shipped and its own, checked together."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import sqlglot
from sqlglot import exp

from ..body import Body, InputMistake, Problem, shipped
from ..records.contract import Contract, contracts
from ..records.expressions import check_expression, near
from .definition import Definition, read_definition
from .quantity import ALLOWED, quantity
from .recipe import tables_of, target_limit, unit_of

FOLDER = "measures"


def load_definitions(body: Body) -> dict[str, Definition]:
    """The measures that hold for a body, by key: shipped ones, then its own.

    A file of the body's `measures/` either brings a new key or says `replaces =
    "key@version"` of the shipped measure that it overrides, and is refused once that
    has moved on. Raises InputMistake with every problem of every file.
    """
    problems: list[Problem] = []
    ours = _read(shipped(FOLDER, ".toml").values(), problems)
    own = _read(sorted((body.folder / FOLDER).glob("*.toml")), problems)
    for definition in own.values():
        problems += _replacement(definition, ours.get(definition.key))
    if problems:
        raise InputMistake(problems)
    return ours | own


def text_of(body: Body, definition: Definition) -> str:
    """The definition's file, word for word: the one whose digest it carries."""
    own = sorted((body.folder / "measures").glob("*.toml"))
    for path in (*own, *shipped("measures", ".toml").values()):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == definition.digest:
            return content.decode("utf-8")
    raise LookupError(f"no file has the digest of {definition.key}")


def _read(paths: Iterable[Path], problems: list[Problem]) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for path in paths:
        try:
            definition = read_definition(path)
        except InputMistake as mistake:
            problems += mistake.problems
            continue
        where = f"{FOLDER}/{path.name}"
        if definition.key != path.stem:
            problems.append(
                Problem(
                    where,
                    f"the key is '{definition.key}', the file is {path.name}",
                    f"{definition.key}.toml",
                    "Name the file after the key.",
                    "key",
                )
            )
        problems += check(definition, where)
        found[definition.key] = definition
    return found


def _replacement(own: Definition, shipped_one: Definition | None) -> list[Problem]:
    where = f"{FOLDER}/{own.key}.toml"
    if shipped_one is None:
        if not own.replaces:
            return []
        found, allowed = f"'{own.replaces}' replaces a measure that is not shipped", "no replaces"
    else:
        allowed = f"{shipped_one.key}@{shipped_one.version}"
        if own.replaces == allowed:
            return []
        found = (
            f"'{own.replaces}' is not the shipped measure as it now stands"
            if own.replaces
            else f"a measure '{own.key}' is shipped, and this file does not say that it replaces it"
        )
    return [
        Problem(
            where, found, allowed, "Compare with the shipped file, then correct it.", "replaces"
        )
    ]


def check(definition: Definition, where: str) -> list[Problem]:
    """Every problem of one definition beyond its schema: tables, columns, rules, target."""
    unknown = [table for table in tables_of(definition) if table not in contracts()]
    if unknown:
        return [
            Problem(where, f"there is no table '{table}'", ", ".join(contracts()), key="table")
            for table in unknown
        ]
    if definition.as_given:
        return list(_amounts(definition, where))
    problems = list(_rules(definition, where))
    problems += _columns(definition, where)
    problems += _amounts(definition, where)
    return problems


def _rules(d: Definition, where: str) -> Iterator[Problem]:
    """Problems of the expressions."""
    for key, sql, table, more in expressions_of(d):
        contract = contracts()[table]
        try:
            check_expression(sql, (*contract.columns, *more), where, key)
        except InputMistake as mistake:
            yield from mistake.problems
            continue
        yield from _dialect(sql, contract, where, key)


def expressions_of(d: Definition) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Key, text, table and further names of every expression of a definition."""
    for name, side in (("numerator", d.numerator), ("denominator", d.denominator)):
        if side:
            yield f"{name}.include", side.include, side.table, ()
    more = ("period_end",) if d.opened else ()
    for key in ("include", "of", "eligible", "start", "stop", "asked"):
        if getattr(d, key):
            yield key, getattr(d, key), d.table, more
    for step in d.steps:
        yield f"steps.{step.key}.when", step.when, d.table, ()


def _dialect(sql: str, contract: Contract, where: str, key: str) -> Iterator[Problem]:
    """What engines are known to count differently: only seconds, or days between dates."""
    dates = {field.name for field in contract.fields if field.type == "date"} | {"period_end"}
    for node in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.DateDiff):
        unit = str(node.args.get("unit") or "").strip("'").lower()
        ends = (node.this, node.expression)
        by_dates = all(isinstance(end, exp.Column) and end.name in dates for end in ends)
        if unit not in ("second", "seconds") and not (unit in ("day", "days") and by_dates):
            yield Problem(
                where,
                f"date_diff counts in {unit or 'no unit'}s",
                "date_diff('second', …), or 'day' between two dates",
                "Count in seconds: engines cut other units off differently.",
                key,
            )


def _columns(d: Definition, where: str) -> Iterator[Problem]:
    """Problems of the keys that name a column."""
    tables = [contracts()[table] for table in tables_of(d)]
    for name in d.splits + d.strata:
        for contract in tables:
            yield from _column(contract, name, where, "splits" if name in d.splits else "strata")
    for side in (d.numerator, d.denominator):
        if side:
            yield from _column(contracts()[side.table], side.at, where, "at", "date")
    for key, kind in _COLUMN_KEYS.items():
        if getattr(d, key):
            yield from _column(tables[0], getattr(d, key), where, key, kind)
    if strays := [code for code in d.satisfied if not _is_code(tables[0], d.answer, code)]:
        yield Problem(
            where, f"not an answer: {', '.join(strays)}",
            ", ".join(tables[0].field(d.answer).enum), "Correct the answers.", "satisfied",
        )  # fmt: skip


_COLUMN_KEYS = {
    "at": "date", "opened": "date", "closed": "date", "answer": "", "weight": "number",
    "excluded_by": "", "lost_reason": "", "mix": "",
}  # fmt: skip


def _is_code(contract: Contract, column: str, code: str) -> bool:
    field = next((field for field in contract.fields if field.name == column), None)
    return field is None or not field.enum or code in field.enum


def _column(
    contract: Contract, name: str, where: str, key: str, kind: str = ""
) -> Iterator[Problem]:
    field = next((field for field in contract.fields if field.name == name), None)
    if field is None:
        alike = near(name, contract.columns) or list(contract.columns)
        yield Problem(
            where, f"the table {contract.name} has no column '{name}'", ", ".join(alike),
            "Correct the name.", key,
        )  # fmt: skip
    elif not field.plain:
        yield Problem(
            where, f"'{name}' tells people apart, so no figure may be shown by it",
            ", ".join(f.name for f in contract.fields if f.plain), "Name another column.", key,
        )  # fmt: skip
    elif kind and field.type != kind:
        yield Problem(
            where, f"'{name}' is a {field.type}",
            ", ".join(f.name for f in contract.fields if f.type == kind),
            "Name another column.", key,
        )  # fmt: skip


def _amounts(d: Definition, where: str) -> Iterator[Problem]:
    """Problems of quantities: target, what matters, when it settles."""
    checks: list[tuple[str, Callable[[], object]]] = [("settles_after", lambda: d.settles_days)]
    first = unit_of(d, d.statistics[0])
    if d.matters:
        by = d.matters.by
        checks.append(("matters.by", lambda: quantity(by, first)))
    if d.target and d.kind == "duration":
        checks.append(("target", lambda: target_limit(d)))
    elif d.target:
        bound = d.target.at_most if d.target.at_most is not None else d.target.at_least
        assert bound is not None  # noqa: S101  # the schema holds this
        unit = unit_of(d, d.target.statistic or d.statistics[0])
        checks.append(("target", lambda: quantity(bound, unit)))
    for key, read in checks:
        try:
            read()
        except ValueError as error:
            yield Problem(where, str(error), ALLOWED, "Correct the quantity.", key)
    needs = {"within_target", "eligible_within_target"} & set(d.statistics)
    if needs and (d.target is None or d.target.at_most is None):
        yield Problem(
            where, f"{', '.join(sorted(needs))} need a target with at_most", "",
            "Give the target with its source, or leave the statistics out.", "target",
        )  # fmt: skip
    if d.target and d.target.statistic and d.target.statistic not in d.statistics:
        yield Problem(
            where, f"the measure has no statistic '{d.target.statistic}'",
            ", ".join(d.statistics), "Correct the name.", "target.statistic",
        )  # fmt: skip


def chosen(
    definitions: Mapping[str, Definition], keys: tuple[str, ...], where: str
) -> dict[str, Definition]:
    """The definitions of the given keys, all without any. Raises InputMistake for others."""
    if strays := [key for key in keys if key not in definitions]:
        raise InputMistake(
            Problem(where, f"there is no measure '{key}'",
                    ", ".join(near(key, definitions) or definitions), "Correct the key.")
            for key in strays
        )  # fmt: skip
    return {key: definitions[key] for key in keys} if keys else dict(definitions)
