"""What went wrong, in the user's words.

Everything that a person can get wrong (a file, a key, an option) ends in one or
more `Problem`s, collected and reported together, never in a traceback.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake in the input.

    where      the file (relative to the body's folder where it lies in one) or
               the option of the command
    key        the key, column, cell or line inside it; empty for the whole
    found      what was there. Never a value of a record: a name, a code or a kind.
    allowed    what may be there
    next_step  what to do now
    """

    where: str
    found: str
    allowed: str = ""
    next_step: str = ""
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.where}, {self.key}" if self.key else self.where
        parts = [f"{place}: {self.found}"]
        if self.allowed:
            parts.append(f"Allowed: {self.allowed}")
        if self.next_step:
            parts.append(self.next_step)
        return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts)


class InputMistake(Exception):
    """Raised when input cannot be used; carries every problem found, not only the first.

    The command line prints each problem on a line and ends with status 2.
    """

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
