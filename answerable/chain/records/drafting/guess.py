"""A guess, and what it leads to: how a column would be filled, and from which table it is."""

from dataclasses import dataclass, field

from ..contract import Contract

SURE, FAIRLY, NOT = "sure", "fairly sure", "not sure"
ASK = "ask"
"""The clock of times of which nothing says which it is."""


@dataclass(frozen=True)
class Guess:
    """One guess: what was guessed, what was taken, why, and how sure it is."""

    what: str
    taken: str
    why: str
    sure: str


@dataclass
class Filled:
    """How one column of the contract would be filled.

    column    the place of the file's column
    codes     the file's codes with what each is in the contract
    unknown   values without a meaning, told only where they are codes and not names; `told`
              says whether they are
    filled    in how many records a coded column holds something
    questions what must be answered before the mapping can be used
    """

    name: str
    column: int
    sql: str
    score: float
    why: list[str]
    codes: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    clock: str = ""
    months_alone: bool = False
    unknown: dict[str, int] = field(default_factory=dict)
    told: bool = True
    filled: int = 0
    questions: list[str] = field(default_factory=list)

    @property
    def sure(self) -> str:
        if self.questions or self.unknown or self.score < 0.7:
            return NOT
        return SURE if self.score >= 0.99 else FAIRLY


@dataclass(frozen=True)
class Choice:
    """A table with what would fill its columns, and how well it fits: 0 to 1."""

    contract: Contract
    filled: dict[str, Filled]
    fit: float
    questions: list[str] = field(default_factory=list)
