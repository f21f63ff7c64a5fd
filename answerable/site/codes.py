"""Code lists out of the plain names alone, as a site publishes them."""

from collections.abc import Mapping

from ..chain.measures import CodeList, Codes


def codes_of(names: Mapping[str, Mapping[str, str]]) -> Codes:
    """Code lists by `table.column`."""
    return {
        column: CodeList(title=column, columns=(column,), source="the site", names=dict(each))
        for column, each in names.items()
    }
