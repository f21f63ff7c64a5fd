"""The recipe of a survey: who answered what, and who could not be asked, by reason."""

from ...records.contract import contracts
from ...records.expressions import quoted, text
from ..definition import Definition
from .shape import Figure, Frame, Recipe
from .written import asked_for, rows_where, rule

NOT_ASKED = "not asked"
SILENT = "asked, did not answer"
Lost = tuple[tuple[str, str], ...]
"""Why some are not in a figure, each reason with the tally that counts them."""


def survey(d: Definition, k: str) -> tuple[Recipe, ...]:
    """The share satisfied, of those who answered; and the shares who answered or were excluded."""
    weighed = {
        f"w{k}": _weight(k, f"w{k}"),
        f"p{k}": _weight(k, f"w{k}", f" AND o{k}"),
        f"v{k}": _weight(k, f"w{k} * w{k}"),
    }
    codes = _reason_codes(d)
    tallies = {
        f"n{k}": rows_where(f"i{k}"),
        f"q{k}": rows_where(f"q{k}"),
        f"z{k}": rows_where(f"z{k}"),
        f"c{k}": rows_where(_done(k)),
        f"o{k}": rows_where(f"{_done(k)} AND o{k}"),
        **weighed,
        f"e{k}": f"count(x{k})",
        f"a{k}": rows_where(f"i{k} AND x{k} IS NULL AND NOT q{k}"),
        f"b{k}": rows_where(f"q{k} AND NOT z{k}"),
        f"d{k}": rows_where(f"z{k} AND (w{k} >= 0) IS NOT TRUE"),
        **_excluded(codes, k),
    }
    return (
        Recipe(
            d,
            Frame(d.table, d.at),
            _answered(d, k),
            tallies,
            asked_for(d, _figures(d, k, codes)),
            f"n{k}",
            d.splits,
            doubles=frozenset(weighed),
        ),
    )


def _answered(d: Definition, k: str) -> dict[str, str]:
    """Included, excluded for what reason, asked, answered, satisfied, and the weight."""
    include, asked = rule(d, "include"), rule(d, "asked")
    answer, reason = quoted(d.answer), quoted(d.excluded_by)
    weight = quoted(d.weight) if d.weight else "1"
    satisfied = ", ".join(text(code) for code in d.satisfied)
    return {
        f"i{k}": f"{include} IS TRUE",
        f"x{k}": f"CASE WHEN {include} THEN {reason}::VARCHAR END",
        f"q{k}": f"({include} AND {reason} IS NULL AND {asked}) IS TRUE",
        f"z{k}": f"({include} AND {reason} IS NULL AND {asked} AND {answer} IS NOT NULL) IS TRUE",
        f"o{k}": f"({answer}::VARCHAR IN ({satisfied})) IS TRUE",
        f"w{k}": f"{weight}::DOUBLE",
    }


def _done(k: str) -> str:
    """Answered, and with a weight that can be used."""
    return f"z{k} AND w{k} >= 0"


def _weight(k: str, of: str, also: str = "") -> str:
    return f"coalesce(sum({of}) FILTER (WHERE {_done(k)}{also}), 0)"


def _reason_codes(d: Definition) -> tuple[str, ...]:
    """The codes that the column of reasons may hold: those of the contract, else those named."""
    fields = contracts()[d.table].fields
    known = next((field.enum for field in fields if field.name == d.excluded_by), ())
    return known or tuple(d.reasons)


def _excluded(codes: tuple[str, ...], k: str) -> dict[str, str]:
    """The tally of each reason, and of those that have no name."""
    known = ", ".join(text(code) for code in codes) or "''"
    named = {f"l{k}_{j}": rows_where(f"x{k} = {text(code)}") for j, code in enumerate(codes)}
    return named | {f"l{k}_other": rows_where(f"x{k} NOT IN ({known})")}


def _figures(d: Definition, k: str, codes: tuple[str, ...]) -> tuple[Figure, ...]:
    named = [(d.reasons.get(c, c.replace("_", " ")), f"l{k}_{j}") for j, c in enumerate(codes)]
    reasons: Lost = (*named, ("another reason", f"l{k}_other"))
    not_reached: Lost = (*reasons, (NOT_ASKED, f"a{k}"))
    not_counted: Lost = (*not_reached, (SILENT, f"b{k}"), ("no weight", f"d{k}"))
    return (
        Figure(
            "satisfied",
            "weighted" if d.weight else "share",
            f"c{k}",
            f"o{k}",
            weights=(f"w{k}", f"p{k}", f"v{k}"),
            excluded=not_counted,
        ),
        Figure("response_rate", "share", f"q{k}", f"z{k}", excluded=not_reached),
        Figure("excluded_share", "share", f"n{k}", f"e{k}", excluded=reasons),
    )
