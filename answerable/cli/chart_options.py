"""What the options of `answerable chart` mean, checked against the series that they are for."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..chain.statistics import Chart, Rebase
    from ..chain.statistics.reading import Show
    from .series_file import Series


class Kind(StrEnum):
    RUN = "run"
    XMR = "xmr"
    P = "p"
    P_PRIME = "p-prime"
    U = "u"
    U_PRIME = "u-prime"
    C = "c"
    G = "g"
    T = "t"


FROM_COUNTS = (Kind.P, Kind.P_PRIME, Kind.U, Kind.U_PRIME)
"""Kinds that are made from numerators and denominators; the others from one column."""


def mistake(
    where: str, found: str, allowed: str, next_step: str = "Correct the option."
) -> Exception:
    from ..chain.body import InputMistake, Problem

    return InputMistake(Problem(where, found, allowed, next_step))


@dataclass(frozen=True)
class Shape:
    """How the charts of all series of a file are made.

    per, multiply   u charts: events per so many; every kind: figures times so many
    options         what every kind of chart takes
    """

    kind: Kind
    constant: float
    per: float
    multiply: float
    options: Mapping[str, Any]

    @property
    def show(self) -> "Show":
        """How the finished chart's values are written."""
        from ..chain.statistics.reading import plain

        shares = self.kind in (Kind.P, Kind.P_PRIME) and self.multiply == 1
        return percent if shares else plain


def made_of(series: "Series", shape: Shape, **own: Any) -> "Chart":
    """The chart of a series. Raises InputMistake for figures that it cannot be made from.

    own   re-bases and excluded points, which are those of this series
    """
    from ..chain.statistics import multiplied

    def show(value: float) -> str:
        return shape.show(value * shape.multiply)

    made = _chart(series, shape, {**shape.options, **own, "show": show})
    return made if shape.multiply == 1 else multiplied(made, shape.multiply)


def _chart(series: "Series", shape: Shape, options: dict[str, Any]) -> "Chart":
    from ..chain import statistics

    kind = shape.kind
    if kind == Kind.XMR:
        return statistics.xmr(series.x, series.values, constant=shape.constant, **options)
    if series.numerators is None or series.denominators is None:
        plain_kinds: dict[Kind, Callable[..., Chart]] = {
            Kind.RUN: statistics.run, Kind.C: statistics.c, Kind.G: statistics.g,
            Kind.T: statistics.t,
        }  # fmt: skip
        try:
            return plain_kinds[kind](series.x, series.values, **options)
        except ValueError as error:
            raise mistake("--kind", str(error), "xmr, run", "Use another kind.") from None
    prime = kind in (Kind.P_PRIME, Kind.U_PRIME)
    counts = (series.x, series.numerators, series.denominators)
    if kind in (Kind.P, Kind.P_PRIME):
        return statistics.p(*counts, prime=prime, **options)
    return statistics.u(*counts, prime=prime, per=shape.per, **options)


def percent(value: float) -> str:
    """A share as it is written."""
    from ..chain.measures import shown

    return shown(value, "share")


Facets = Mapping[str, "Series"]
"""The series of a file by name; one with an empty name where there are no facets."""


def aimed(text: str, facets: Facets) -> tuple[str, tuple[str, ...]]:
    """What an option names, and the series for which it does: `NAME=LABEL` is for one alone."""
    name, equals, rest = text.rpartition("=")
    if equals and name and name in facets:
        return rest, (name,)
    return text, tuple(facets)


def excluded(facets: Facets, exclude: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each series, the labels of points to leave out of the limits."""
    found: dict[str, list[str]] = {name: [] for name in facets}
    for text in exclude:
        label, names = aimed(text, facets)
        having = [name for name in names if label in facets[name].x]
        if not having:
            first = facets[names[0]]
            raise mistake("--exclude", f"no point has the label '{text}'",
                         f"a label from {first.x[0]} to {first.x[-1]}")  # fmt: skip
        for name in having:
            found[name].append(label)
    return {name: tuple(dict.fromkeys(labels)) for name, labels in found.items()}


def check_columns(kind: Kind, value: str | None) -> None:
    """Raises InputMistake where a kind needs other columns than were named."""
    if value and kind in FROM_COUNTS:
        raise mistake(
            "--value",
            f"a {kind.value} chart is made from counts",
            "--numerator COLUMN with --denominator COLUMN",
            "Name both, or use --kind xmr.",
        )
    if not value and kind not in (*FROM_COUNTS, Kind.XMR):
        raise mistake(
            "--numerator",
            f"a {kind.value} chart is made from one column of figures",
            "--value COLUMN",
            "Name it, or use --kind p, p-prime, u, u-prime or xmr.",
        )


def target_of(text: str, share: bool) -> float:
    """A target as a number: 80% is 0.8."""
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise mistake("--target", "this is not a number", "a number as 0.8, or 80%")
    if share and not 0 <= number <= 1:
        raise mistake("--target", "a share lies from 0 to 1", "a number as 0.8, or 80%")
    return number


def constant_of(text: str) -> float:
    """A number above 0, or one divided by another."""
    try:
        parts = [float(part) for part in text.split("/")]
        number = (
            parts[0] if len(parts) == 1 else parts[0] / parts[1] if len(parts) == 2 else math.nan
        )
    except (ValueError, ZeroDivisionError):
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise mistake("--constant", "this is not a number above 0", "as 2.66 or 3/1.128")
    return number


def rebased(
    facets: Facets, rebase: Sequence[str], why: Sequence[str], by: Sequence[str]
) -> dict[str, list["Rebase"]]:
    """For each series, the points from which its limits are worked out afresh."""
    from ..chain.statistics import Rebase

    if len(rebase) != len(why) or not all(text.strip() for text in why):
        raise mistake(
            "--rebase",
            "limits are worked out afresh only at a recorded change",
            "one --why TEXT for each --rebase",
            "Say what changed then.",
        )
    if by and (len(by) != len(rebase) or not all(text.strip() for text in by)):
        raise mistake(
            "--by",
            "it is not plain who decided which re-base",
            "none, or one --by NAME for each --rebase",
            "Name who decided each.",
        )
    found: dict[str, list[Rebase]] = {name: [] for name in facets}
    for text, because, who in zip(rebase, why, by or [""] * len(why), strict=True):
        when, names = aimed(text, facets)
        at = {name: facets[name].first_from(when) for name in names}
        divided = {name: label for name, label in at.items()
                   if label is not None and label != facets[name].x[0]}  # fmt: skip
        if not divided:
            first = facets[names[0]]
            raise mistake(
                "--rebase",
                f"'{text}' does not divide the series",
                f"a label or date after {first.x[0]} and up to {first.x[-1]}",
            )
        for name, label in divided.items():
            found[name].append(Rebase(label, because, who))
    for name, here in found.items():
        if len({one.at for one in here}) < len(here):
            raise mistake(
                "--rebase", "two re-bases fall on one point", "each at a point of its own"
            )
        here.sort(key=lambda one: facets[name].x.index(one.at))
    return found
