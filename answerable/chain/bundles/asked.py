"""What an office asks of its force's next bundle: the periods and splits of its claims."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from ..body import WHOLE, Appetite, Body, InputMistake, Period, Problem, Schema, read_toml
from ..claims import Claim, windows_of
from ..measures.definition import NAME

MOST = 1_000_000
"""Bytes of a file of this kind: a register of hundreds of claims asks in a tenth of it."""


class Wanted(Schema):
    """One figure that is wanted, over each of some periods."""

    measure: str = Field(pattern=NAME)
    statistic: str = Field(pattern=NAME)
    area: str = Field(default=WHOLE, pattern=r"^[a-z0-9][a-z0-9_]*$")
    split: str = Field(default="", pattern=r"^([a-z][a-z0-9_]*=[^\x00-\x1f]{1,100})?$")
    periods: tuple[str, ...] = ()

    @field_validator("periods")
    @classmethod
    def _are_periods(cls, periods: tuple[str, ...]) -> tuple[str, ...]:
        for text in periods:
            Period.parse(text)
        return periods


class Asked(Schema):
    """What is asked, by whom, and how little the asker may show.

    appetite  of the asker; the force withholds by the stricter of this and its own
    """

    format: Literal["answerable-asked/1"] = "answerable-asked/1"
    body: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    appetite: Appetite = Appetite()
    wanted: tuple[Wanted, ...] = ()

    @property
    def windows(self) -> tuple[Period, ...]:
        """Every period asked for, once, in order of time."""
        found: dict[tuple[object, object], Period] = {}
        for text in (text for each in self.wanted for text in each.periods):
            period = Period.parse(text)
            found.setdefault((period.first, period.last), period)
        return tuple(sorted(found.values(), key=lambda period: (period.first, period.last)))

    @property
    def named(self) -> frozenset[tuple[str, str, str]]:
        """Measure, area and split of each split that is asked for."""
        return frozenset((w.measure, w.area, w.split) for w in self.wanted if w.split)


def asked_by(body: Body, claims: Iterable[Claim]) -> Asked:
    """What a body's claims need: each reading's figure over its periods and the default ones."""
    wanted: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for claim in claims:
        for reading in claim.reading:
            name = (reading.measure, reading.statistic, reading.area, reading.split)
            alone = claim.model_copy(update={"reading": (reading,)})
            periods = wanted.setdefault(name, {})
            periods.update(dict.fromkeys(period.text for period in windows_of((alone,))))
    return Asked(
        body=body.file.key,
        appetite=body.file.appetite,
        wanted=tuple(
            Wanted(measure=m, statistic=s, area=a, split=p, periods=tuple(periods))
            for (m, s, a, p), periods in wanted.items()
        ),
    )


def read_asked(path: Path) -> Asked:
    """Read a file that an office wrote. Raises InputMistake with every problem in it."""
    if path.is_file() and path.stat().st_size > MOST:
        raise InputMistake(
            Problem(
                str(path), f"larger than {MOST:,} bytes", "what `answerable ask` wrote",
                "Ask the office for the file again.",
            )
        )  # fmt: skip
    return read_toml(path, Asked)


def asked_text(asked: Asked, name: str) -> str:
    """The file as TOML. `name` is the asker's, for the people who read it."""
    lines = [
        f"# What {' '.join(name.split())} asks of its force's next results bundle.",
        "# The force reads it with: answerable bundle BODY --asked FILE",
        f"format = {_text(asked.format)}",
        f"body = {_text(asked.body)}",
        "",
        "[appetite]  # numbers smaller than these are not to be given",
        *(f"{key} = {number}" for key, number in asked.appetite.model_dump().items()),
    ]
    for each in asked.wanted:
        lines += ["", "[[wanted]]"]
        lines += [f"{k} = {_text(v)}" for k, v in each.model_dump(exclude={"periods"}).items()]
        lines.append(f"periods = [{', '.join(map(_text, each.periods))}]")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
