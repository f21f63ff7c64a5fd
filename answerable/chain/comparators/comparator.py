"""Who a force may fairly be read beside, and the figures they publish: what people write.

Similar forces are groups chosen by others from demographic, social and economic facts
linked to crime, and re-issued by year (Most Similar Forces, Home Office and HMICFRS), so
a group has the dates for which it stood. Figures of others carry their own definition:
two forces seldom count one thing in one way.
"""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from ..body import Period, Schema

KEY = r"^[a-z0-9][a-z0-9_]*$"
Same = Literal["same", "differs", "unknown"]


class Member(Schema):
    """A force of a group, and the days between which it was one where they differ."""

    key: str = Field(pattern=KEY)
    name: str
    since: date | None = None
    until: date | None = None


class Group(Schema):
    """One edition of a group of similar forces.

    key      of the group; its editions share it and differ in their dates
    why      how it was chosen, and from what
    until    the last day on which it stood; none while it stands
    members  the others; the force itself is not among them
    """

    key: str = Field(pattern=KEY)
    name: str
    chosen_by: str
    why: str
    source: str
    since: date
    until: date | None = None
    members: tuple[Member, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> "Group":
        if self.until is not None and self.until < self.since:
            raise ValueError("it ends before it begins")
        keys = [member.key for member in self.members]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"named twice among its members: {', '.join(twice)}")
        return self

    def stood(self, day: date) -> bool:
        """Whether this edition was the group on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def through(self, period: Period) -> tuple[Member, ...]:
        """Those who were members for every day of a period."""
        first, last = period.first.first_day, period.last.last_day
        return tuple(
            member
            for member in self.members
            if (member.since or self.since) <= first and (member.until or last) >= last
        )


class Stated(Schema):
    """One figure of another's, as they state it: a value, or a count out of another."""

    period: str
    value: str | float | None = None
    numerator: float | None = Field(default=None, ge=0)
    denominator: float | None = Field(default=None, gt=0)
    status: Literal["ok", "zero", "suppressed", "missing", "provisional", "revised"] = "ok"

    @model_validator(mode="after")
    def _one_way(self) -> "Stated":
        Period.parse(self.period)
        counted = self.numerator is not None and self.denominator is not None
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("a numerator and a denominator stand together")
        if self.status in ("suppressed", "missing"):
            if counted or self.value is not None:
                raise ValueError(f"a figure that is {self.status} has no value")
        elif counted == (self.value is not None):
            raise ValueError("give a value, or a numerator with its denominator")
        return self


class Elsewhere(Schema):
    """One series of another's figures, and how they count it.

    who      the key of a member of a group, or of one named under `nation`
    how      their own definition, in their words or a fair short form of them
    same     whether it counts as ours does; `differs` then says in what
    figures  typed here; or `file`, in this folder, under the contract of figures; or
             `body`, another body's folder, whose records are mapped and measured as ours
    place    of `body`: the area or force there; the whole where it is not named
    """

    measure: str
    statistic: str
    who: str = Field(pattern=KEY)
    how: str
    same: Same
    differs: str = ""
    source: str
    published_on: date | None = None
    figures: tuple[Stated, ...] = ()
    file: str = ""
    body: str = ""
    place: str = "all"

    @model_validator(mode="after")
    def _honest(self) -> "Elsewhere":
        if sum(bool(way) for way in (self.figures, self.file, self.body)) != 1:
            raise ValueError("give figures, or a file, or a body: one of the three")
        if (self.same == "differs") != bool(self.differs):
            raise ValueError("'differs' says in what, and nothing else does")
        periods = [stated.period for stated in self.figures]
        if twice := sorted({period for period in periods if periods.count(period) > 1}):
            raise ValueError(f"the period is there twice: {', '.join(twice)}")
        return self


class Nation(Schema):
    """The country, or any other whole that stands beside a force: England and Wales."""

    key: str = Field(pattern=KEY)
    name: str


class Comparators(Schema):
    """What stands in a file of `BODY/comparators/`; and all of them together."""

    group: tuple[Group, ...] = ()
    nation: tuple[Nation, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The name of each key, of members and of nations."""
        named = {member.key: member.name for group in self.group for member in group.members}
        return named | {nation.key: nation.name for nation in self.nation}

    def editions(self, key: str) -> tuple[Group, ...]:
        """The editions of a group, the oldest first."""
        return tuple(sorted((g for g in self.group if g.key == key), key=lambda g: g.since))
