"""Which table a file is, and which of its columns fills each of the table's.

A guess rests on what the columns are called and on what stands in them.
"""

from collections.abc import Iterator

from ...body import Body, InputMistake, Problem
from ..contract import Contract, Field, contracts
from .contents import Contents
from .filling import offer_of
from .guess import FAIRLY, NOT, SURE, Choice, Filled, Guess
from .headers import likeness, speaks_for

ENOUGH = 0.45
"""A column is taken for one of the contract's when likeness times fit is at least this."""


def choose_table(contents: Contents, body: Body | None, table: str = "") -> tuple[Choice, Guess]:
    """The table that a file is. Raises InputMistake when it cannot be told."""
    known = contracts()
    if table and table not in known:
        raise InputMistake(
            Problem("--table", f"there is no table '{table}'", ", ".join(sorted(known)),
                    "Correct the name of the table.")
        )  # fmt: skip
    wanted = [known[table]] if table else list(known.values())
    choices = sorted(
        (fill(contract, contents, body) for contract in wanted), key=lambda each: -each.fit
    )
    best = choices[0]
    if table and not best.filled:
        raise InputMistake(
            Problem(
                contents.sample.path.name,
                f"none of its columns is named like one of {best.contract.name}",
                next_step="Correct the table, or write the mapping by hand.",
            )
        )
    named = sum(filled.score >= 0.7 for filled in best.filled.values())
    if not table and (best.fit < 0.3 or named < 2):
        alike = ", ".join(each.contract.name for each in choices[:3])
        raise InputMistake(
            Problem(
                contents.sample.path.name,
                "its columns are not those of any one table",
                ", ".join(sorted(known)),
                f"Say which it is with --table; the nearest are {alike}.",
            )
        )
    return best, _table_guess(choices, bool(table))


def _table_guess(choices: list[Choice], given: bool) -> Guess:
    best = choices[0]
    if given:
        return Guess("table", best.contract.name, "given with --table", SURE)
    why = f"{len(best.filled)} of its {len(best.contract.mapped)} columns seem to be here"
    ahead = best.fit - (choices[1].fit if len(choices) > 1 else 0)
    if ahead < 0.1:
        why += f"; {choices[1].contract.name} fits nearly as well"
    sure = SURE if ahead > 0.25 and best.fit > 0.5 else FAIRLY if ahead >= 0.1 else NOT
    return Guess("table", best.contract.name, why, sure)


def fill(contract: Contract, contents: Contents, body: Body | None) -> Choice:
    """What would fill the columns of one table, each column of the file used once."""
    offers = sorted(
        _offers(contract, contents, body), key=lambda each: (-each.score, each.column, each.name)
    )
    filled: dict[str, Filled] = {}
    used: set[int] = set()
    for offer in offers:
        if offer.name not in filled and offer.column not in used:
            filled[offer.name] = offer
            used.add(offer.column)
    weights = {each.name: 2.0 if each.required else 1.0 for each in _fields(contract)}
    fit = sum(weights[name] * min(1, each.score) for name, each in filled.items())
    sample = contents.sample
    told = speaks_for(contract, f"{sample.path.name} {sample.sheet}", sample.columns)
    ordered = {each.name: filled[each.name] for each in _fields(contract) if each.name in filled}
    return Choice(contract, ordered, 0.7 * fit / sum(weights.values()) + 0.3 * told)


def _fields(contract: Contract) -> list[Field]:
    return [each for each in contract.mapped if each.name != "force"]


def _offers(contract: Contract, contents: Contents, body: Body | None) -> Iterator[Filled]:
    for wanted in _fields(contract):
        for at, column in enumerate(contents.columns):
            like = likeness(column.name, contract.name, wanted)
            offer = offer_of(contract, wanted, at, column, like, body)
            if offer and offer.score >= ENOUGH:
                yield offer
