"""What each measure cannot do without, for the letter to the data owner."""

from collections.abc import Mapping

from sqlglot import exp

from ..records.expressions import parse_expression
from .definition import Definition
from .definitions import expressions_of

Uses = dict[str, dict[str, set[str]]]


def uses_of(definitions: Mapping[str, Definition]) -> Uses:
    """For each measure, the columns that its rules and dates cannot do without, by table.

    Strata and splits are left out: without them a measure is coarser, not impossible. So
    are columns of which a rule only asks whether something is recorded (`duplicate is not
    true`), because the rule has an answer when nothing is.
    """
    return {key: _uses(definition) for key, definition in definitions.items()}


def _uses(d: Definition) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, sql, table, more in expressions_of(d):
        tree = parse_expression(sql, d.key, key)
        named = {c.name for c in tree.find_all(exp.Column) if not c.find_ancestor(exp.Is)}
        found.setdefault(table, set()).update(named - set(more))
    for side in (d.numerator, d.denominator):
        if side:
            found.setdefault(side.table, set()).add(side.at)
    if d.table:
        named = {d.at, d.opened, d.closed, d.answer, d.excluded_by, d.lost_reason}
        found.setdefault(d.table, set()).update(named - {""})
    return found
