"""What every kind of measure writes alike: a rule that may run, a count of rows."""

from collections.abc import Iterable

from ...records.contract import contracts
from ...records.expressions import check_expression
from ..definition import Definition
from .shape import Figure
from .units import QUANTILES


def rule(definition: Definition, key: str, sql: str = "", table: str = "") -> str:
    """An expression of the definition as it may run, in brackets.

    Measures that are taken at each period's end may also use `period_end`, its last day.
    Raises InputMistake when it may not run.
    """
    contract = contracts()[table or definition.table]
    where = f"measures/{definition.key}.toml"
    written = sql or str(getattr(definition, key))
    columns = (*contract.columns, *(("period_end",) if definition.opened else ()))
    return f"({check_expression(written, columns, where, key)})"


def rows_where(condition: str) -> str:
    """The tally of rows of which a condition holds."""
    return f"count(*) FILTER (WHERE {condition})"


def asked_for(definition: Definition, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those figures whose statistic the definition names."""
    return tuple(figure for figure in figures if figure.statistic in definition.statistics)


def quantiles_asked_for(definition: Definition) -> tuple[str, ...]:
    """The statistics of the definition that are taken from the rows themselves."""
    return tuple(name for name in definition.statistics if name in QUANTILES)
