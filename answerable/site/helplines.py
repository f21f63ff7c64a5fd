"""Where to get help: shipped data, shown before any figure."""

from datetime import date
from functools import cache

from ..chain.body import Schema, read_toml, shipped


class Urgent(Schema):
    """What to do now. `telephone` is empty where the text itself says what to do."""

    title: str
    text: str
    telephone: str


class Line(Schema):
    """A helpline. `first` ones stand on the home page."""

    name: str
    who: str
    telephone: str
    hours: str
    address: str
    first: bool = False

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return self.telephone.replace(" ", "")


class Help(Schema):
    """`library/standards/help.toml`."""

    checked_on: date
    check_every: str
    urgent: tuple[Urgent, ...]
    line: tuple[Line, ...]

    @property
    def first(self) -> tuple[Line, ...]:
        return tuple(line for line in self.line if line.first)


@cache
def helplines() -> Help:
    """The shipped helplines."""
    return read_toml(shipped("standards", ".toml")["help"], Help, "standards/help.toml")
