"""The planted truths: what is planted, and what honest data should let anyone say."""

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ..chain.body import InputMistake, Problem, Schema, read_toml
from ..chain.claims.claim import Says
from ..chain.claims.verdict import VerdictKind

FILE = Path(__file__).with_name("truths.toml")
NATIONAL = Path(__file__).with_name("national.toml")


class PlantedReading(Schema):
    """A statement that can be put to the data, with the verdict that it should get.

    without      the verdict when the plant is left out
    """

    measure: str
    statistic: str
    says: Says
    verdict: VerdictKind
    without: VerdictKind
    split: str = ""
    area: str = "all"
    period: str = ""
    baseline: str = ""
    value: float | None = None
    on: date | None = None


class PlantedFigure(Schema):
    """A figure that the records must show: its `value`, or its `rank` among its splits."""

    measure: str
    statistic: str
    period: str
    split: str = ""
    area: str = "all"
    value: float | None = None
    rank: int | None = None


class Truth(Schema):
    """One thing that is so in the force that never was."""

    key: str
    number: int = Field(ge=1, le=12)
    title: str
    truth: str
    plant: dict[str, Any]
    reading: tuple[PlantedReading, ...] = ()
    figure: tuple[PlantedFigure, ...] = ()


class _Truths(Schema):
    truth: tuple[Truth, ...]


class FoundApart(Schema):
    """What a page of all forces shows of one of them: that it stands apart, or changed."""

    measure: str
    statistic: str
    says: Literal["outlier", "improved"]


class NationalTruth(Schema):
    """One thing that is so of one force of the nation that never was.

    force   its place among the forces, counted from 1
    """

    key: str
    title: str
    truth: str
    force: int = Field(ge=1)
    plant: dict[str, Any]
    found: tuple[FoundApart, ...]


class _NationalTruths(Schema):
    truth: tuple[NationalTruth, ...]


Plants = dict[str, dict[str, Any]]
"""Parameters by the key of their truth; a key that is left out is not planted."""


@cache
def planted_truths() -> tuple[Truth, ...]:
    """All planted truths, in the order of the file."""
    return read_toml(FILE, _Truths).truth


@cache
def national_truths() -> tuple[NationalTruth, ...]:
    """What is planted in a national set, in the order of the file."""
    return read_toml(NATIONAL, _NationalTruths).truth


def plants(without: Collection[str] = ()) -> Plants:
    """The parameters of every plant but those named.

    Raises InputMistake for a name that no truth has.
    """
    truths = {truth.key: truth.plant for truth in planted_truths()}
    if strays := sorted(set(without) - set(truths)):
        raise InputMistake(
            Problem(
                FILE.name,
                f"no planted truth is called {', '.join(strays)}",
                ", ".join(truths),
                "Name one of these.",
                "without",
            )
        )
    return {key: plant for key, plant in truths.items() if key not in without}
