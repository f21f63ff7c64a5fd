"""`answerable judge`: one statement held against one monthly series."""

import hashlib
import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .two_periods import two_periods
from .understood_file import AREA, CORRECT, LINE, SHEET

if TYPE_CHECKING:
    from ..chain.body import InputMistake, Month
    from ..chain.claims import Series, Usual, Verdict


class Says(StrEnum):
    IMPROVED = "improved"
    WORSENED = "worsened"
    ROSE = "rose"
    FELL = "fell"
    UNCHANGED = "unchanged"
    MEETS = "meets"
    MISSES = "misses"
    JUST_MISSES = "just_misses"
    OUTLIER = "outlier"


class Good(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Shape(StrEnum):
    TEXT = "text"
    JSON = "json"


FIELDS = (
    "verdict", "recorded", "size", "lower", "upper", "smallest_visible", "rule", "may_say",
    "to_settle", "sentence",
)  # fmt: skip
"""What the JSON form holds, in this order."""


@app.command()
def judge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A spreadsheet, or CSV.")],
    says: Annotated[Says, typer.Option(help="What is said of the series.")],
    period: Annotated[
        str, typer.Option(help="The period it is said of, as 2022-12..2023-11.")
    ] = "",
    x: Annotated[
        str | None,
        typer.Option(help="CSV, strictly: column of the months, as 2023-11 or 2023-11-01."),
    ] = None,
    value: Annotated[str | None, typer.Option(help="Column of the figures.")] = None,
    numerator: Annotated[str | None, typer.Option(help="Column of the numerators.")] = None,
    denominator: Annotated[str | None, typer.Option(help="Column of the denominators.")] = None,
    better: Annotated[Good, typer.Option(help="Which way is good.")] = Good.NEITHER,
    baseline: Annotated[
        str | None, typer.Option(help="The period it is compared with, as 2021-12..2022-11.")
    ] = None,
    changed_at: Annotated[
        str,
        typer.Option(
            help="A change: the month from which it is said to hold, as 2022-12; no periods then."
        ),
    ] = "",
    target: Annotated[
        str | None, typer.Option(help="meets and misses: the target, as 0.8 or 80%.")
    ] = None,
    margin: Annotated[
        str | None, typer.Option(help="unchanged and just_misses: the smallest size that matters.")
    ] = None,
    negative: Annotated[
        bool, typer.Option("--negative", help="Figures below 0 are meant.")
    ] = False,
    standing: Annotated[
        bool,
        typer.Option(
            "--standing",
            help="Each figure is of what stands at its month's end, as cases open.",
        ),
    ] = False,
    sheet: Annotated[str, typer.Option(help=SHEET)] = "",
    line: Annotated[str, typer.Option(help=LINE)] = "",
    area: Annotated[str, typer.Option(help=AREA)] = "",
    correct: Annotated[list[str] | None, typer.Option(help=CORRECT)] = None,
    form: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.TEXT,
) -> None:
    """Say whether a statement holds on a series of figures, or what would settle it.

    Where no column is named, the file's tables are understood: see `answerable look`.
    Ends with status 0 when the series supports the statement, 1 when it does not or cannot
    tell, 2 for a mistake in the input.
    """
    from ..chain.body import Period
    from ..chain.claims import ASSURING, judge_series, usual_of_series

    at, period, baseline = _dated(says, changed_at, period, baseline)
    if x is None and not (value or numerator or denominator):
        from .judge_line import judge_line

        _check(says, better, period, baseline, target, area)
        verdict, usual = judge_line(file, sheet, line, area, correct or [], says.value,
                                    better.value, (period, baseline), target, margin,
                                    standing or None, at)  # fmt: skip
        typer.echo(
            _json(verdict, usual, (*FIELDS, "grade"))
            if form == Shape.JSON
            else graded(verdict, usual)
        )
        if verdict.verdict not in ASSURING:
            raise typer.Exit(1)
        return
    if x is None:
        raise _mistake("--x", "the column of the months is not named", "--x COLUMN", "Name it.")
    if says == Says.OUTLIER:
        raise _mistake(
            "--says", "a column is one series, and an outlier is set beside others",
            "a spreadsheet with a line for each area", "Name --line and --area, and no column.",
        )  # fmt: skip
    _check(says, better, period, baseline, target, area)
    spans = two_periods(Period.read, period, baseline)
    series = replace(_series(file, x, value, numerator, denominator, negative), standing=standing)
    amounts: dict[str, Any] = {
        "target": _amount("--target", target, series),
        "margin": _amount("--margin", margin, series),
        "changed_at": at,
    }
    verdict = judge_series(series, says.value, better.value, *spans, **amounts)
    usual = usual_of_series(series, says.value, better.value, *spans, **amounts)
    typer.echo(_json(verdict, usual) if form == Shape.JSON else told(verdict, usual))
    if verdict.verdict not in ASSURING:
        raise typer.Exit(1)


def _mistake(where: str, found: str, allowed: str, next_step: str) -> "InputMistake":
    from ..chain.body import InputMistake, Problem

    return InputMistake(Problem(where, found, allowed, next_step))


def _dated(
    says: Says, changed_at: str, period: str, baseline: str | None
) -> tuple["Month | None", str, str | None]:
    """The month of a change at a date, and the periods that follow from it."""
    from ..chain.body import Month, Period

    if not changed_at:
        return None, period, baseline
    if says not in _COMPARES or says == Says.UNCHANGED:
        raise _mistake(
            "--changed-at", f"a date belongs to a change, and '{says.value}' is none",
            "improved, worsened, rose, fell", "Say which way it changed, or leave the date out.",
        )  # fmt: skip
    if period or baseline:
        raise _mistake(
            "--changed-at", "the periods follow from the month", "--changed-at alone",
            "Leave --period and --baseline out.",
        )  # fmt: skip
    try:
        at = Month.parse(changed_at[:7])
    except ValueError:
        raise _mistake(
            "--changed-at", f"'{changed_at}' is no month", "a month, as 2022-12", "Write it so."
        ) from None
    year = Period.of(at, at + 11)
    return at, str(year), str(year.earlier(12))


_COMPARES = (Says.IMPROVED, Says.WORSENED, Says.ROSE, Says.FELL, Says.UNCHANGED)


def _check(
    says: Says, better: Good, period: str, baseline: str | None, target: str | None, area: str
) -> None:
    if not period:
        raise _mistake(
            "--period", "the period that it is said of is not named",
            "a period, as 2022-12..2023-11", "Name it.",
        )  # fmt: skip
    if says == Says.OUTLIER:
        if not area:
            raise _mistake(
                "--area",
                "'outlier' is said of an area, and none is named",
                "--area NAME",
                "Name it.",
            )
        return
    if says in _COMPARES and baseline is None:
        raise _mistake(
            "--baseline", f"'{says.value}' compares, and there is nothing to compare with",
            "a period, as 2021-12..2022-11", "Name the period before.",
        )  # fmt: skip
    if says not in _COMPARES and target is None:
        raise _mistake(
            "--target", f"'{says.value}' is said of a target, and there is none",
            "a number, or a share such as 80%", "Name the target.",
        )  # fmt: skip
    directed = (Says.IMPROVED, Says.WORSENED, Says.MEETS, Says.MISSES, Says.JUST_MISSES)
    if says in directed and better == Good.NEITHER:
        raise _mistake(
            "--better", f"'{says.value}' needs to know which way is good", "lower, higher",
            "Name the direction, or say rose or fell.",
        )  # fmt: skip


def _series(
    file: Path,
    x: str,
    value: str | None,
    numerator: str | None,
    denominator: str | None,
    negative: bool,
) -> "Series":
    """The file as a monthly series; empty cells are months without a figure."""
    from ..chain.claims import Series
    from .series_file import read_series

    read = read_series(
        file, x=x, value=value, numerator=numerator, denominator=denominator, negative=negative
    )
    months = read.months()
    source = hashlib.sha256(file.read_bytes()).hexdigest()
    if read.numerators is None or read.denominators is None:
        pairs = zip(months, read.values, strict=True)
        known = {month: found for month, found in pairs if found is not None}
        return Series(str(value), known, source=source)
    tops, bottoms = {}, {}
    for month, top, n in zip(months, read.numerators, read.denominators, strict=True):
        if top is not None and n:
            tops[month], bottoms[month] = top, n
    return Series(f"{numerator} of {denominator}", {}, tops, bottoms, source)


def _amount(option: str, text: str | None, series: "Series") -> float | None:
    """A target or margin in the unit of the series."""
    from ..chain.measures import Unit, quantity

    if text is None:
        return None
    try:
        amount = quantity(text, series.unit)
    except ValueError as error:
        raise _mistake(
            option, str(error), "a number in the unit of the column", "Correct it."
        ) from None
    if series.unit == Unit.SHARE and not 0 <= amount <= 1:
        raise _mistake(
            option, f"{text} is no share", "0.8 or 80%", "Write it as a share or in per cent."
        )
    return amount


def _json(
    verdict: "Verdict", usual: "Usual | None" = None, fields: tuple[str, ...] = FIELDS
) -> str:
    """The verdict, and where the periods were chosen that of the usual reading."""
    found = {name: _plain(getattr(verdict, name)) for name in fields}
    if usual is not None:
        spans = {"period": str(usual.period), "baseline": str(usual.baseline or "")}
        found["default"] = spans | {name: _plain(getattr(usual.verdict, name)) for name in fields}
    return json.dumps(found, indent=2)


def graded(verdict: "Verdict", usual: "Usual | None" = None) -> str:
    """The verdict as a person reads it, with what it rests on."""
    return f"{told(verdict, usual)}\nGrade of evidence: {verdict.grade}."


def _plain(value: object) -> object:
    """A number without the noise of arithmetic; a verdict as its word."""
    return round(value, 9) if isinstance(value, float) else value


def told(verdict: "Verdict", usual: "Usual | None" = None) -> str:
    """The verdict as a person reads it, the usual reading's beside it."""
    word = str(verdict.verdict)
    label = "" if verdict.label == word else f": {verdict.label}"
    lines = [f"{word.capitalize()}{label}.", verdict.sentence]
    if verdict.may_say:
        lines.append(f"What may be said: {verdict.may_say}")
    if verdict.to_settle:
        lines.append(f"What would settle it: {verdict.to_settle}")
    if usual is not None:
        lines.append(usual.sentence)
    return "\n".join(lines)
