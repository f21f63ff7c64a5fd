"""What may stand in for what: the moves by which a count could have been larger.

A numerator could have been larger with the rest smaller, so that the denominator stays; or
with the denominator larger. One split could have been larger and another smaller, so that
the whole stays. The least disturbing come first, and the last can always be made.
"""

from .exchange import Move
from .ledger import Ledger, States, Table


def whole_moves(ledger: Ledger, split: str, kind: str) -> list[Move]:
    """Moves of a part of the whole (for types see `ledger.parts_of`)."""
    table = ledger.tables[""]
    part = table.parts[(split, kind)]
    at = {name: i for (s, name), i in table.parts.items() if s == ""}
    if kind in "xfd" and kind in at:
        other = next(name for name in {"x": "fd"}.get(kind, "x") if name in at)
        return [_move(ledger, [part], [at[other]]), _move(ledger, [part])]
    if kind in "tu":
        other = "u" if kind == "t" else "t"
        with_n = [at["n"]] if "n" in at else []
        return [
            _move(ledger, [part], [at[other]], "share"),
            _move(ledger, [part, *with_n]),
        ]
    if kind == "n" and "u" in at:
        # Observations are within target or not: one of the two grows with them.
        return [
            _move(ledger, [part, at["u"]]),
            _move(ledger, [part, at["t"]]),
            _move(ledger, [part]),
        ]
    if kind in "mv":
        return [_move(ledger, [part], (), "share")]
    return [_move(ledger, [part])]


def column_moves(ledger: Ledger, column: str, split: str, kind: str) -> list[Move]:
    """Moves of a part of the whole's splits: to it from another split of its type."""
    table = ledger.tables[column]
    totals = table.whole.sum(axis=0)
    own = tuple(
        states for name, states in table.states.items() if kind not in "tumv" or name == "share"
    )
    codes = ledger.action_codes()

    def fits(other: str) -> bool:
        """Codes of a mix change places on one side of what the rate counts."""
        return kind != "c" or (_code(other) in codes) == (_code(split) in codes)

    along = {"n": "u"}.get(kind, "")
    against = {"t": "u", "u": "t"}.get(kind, "")
    beside = sorted(
        (s for s, name in table.parts if name == kind and s != split and fits(s)),
        key=lambda s: -totals[table.parts[(s, kind)]],
    )
    found = []
    for other in beside[:4]:
        plus = [(split, kind), (split, along), (other, against)]
        minus = [(other, kind), (other, along), (split, against)]
        found.append(
            Move(
                tuple(table.parts[key] for key in plus if key in table.parts),
                tuple(table.parts[key] for key in minus if key in table.parts),
                own,
            )
        )
    return found


def _code(split: str) -> str:
    return split.partition("=")[2]


def _move(
    ledger: Ledger, plus: list[int], minus: list[int] | tuple[()] = (), family: str = ""
) -> Move:
    def states(table: Table) -> tuple[States, ...]:
        return tuple(s for name, s in table.states.items() if not family or name == family)

    below = [s for column, table in ledger.tables.items() if column for s in states(table)]
    return Move(tuple(plus), tuple(minus), states(ledger.tables[""]), tuple(below))
