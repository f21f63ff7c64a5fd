"""`answerable figures`: figures that were given without their records, taken in and shown."""

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..chain.body import Body
    from ..chain.figures import Figure, Kept
    from ..chain.sheets import Correction, Understood
    from ..chain.sheets.binding import Bound, Choices

Named = list[str] | None


@app.command()
def figures(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The body's folder.")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A spreadsheet or CSV file; none: show what is there."
        ),
    ] = None,
    measure: Annotated[
        Named, typer.Option(help="LINE=KEY: what a line measures; KEY alone: every line.")
    ] = None,
    statistic: Annotated[
        Named, typer.Option(help="LINE=NAME: which statistic a line is; NAME alone: every line.")
    ] = None,
    area: Annotated[
        Named, typer.Option(help="PLACE=CODE: which area a place is; CODE alone: every place.")
    ] = None,
    better: Annotated[
        Named, typer.Option(help="LINE=lower, higher or neither: for a measure of your own.")
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="Lines that name no measure become measures of their own.")
    ] = False,
    leave: Annotated[
        Named, typer.Option(help="A line or place to leave out; may be given more than once.")
    ] = None,
    correct: Annotated[
        Named, typer.Option(help="WHAT=VALUE or WHAT=VALUE@CELL: what was understood wrongly.")
    ] = None,
    source: Annotated[
        str, typer.Option(help="The document, by the name under which it can be found again.")
    ] = "",
    typed_by: Annotated[str, typer.Option(help="Who entered them. Never published.")] = "",
    name: Annotated[str, typer.Option(help="Name of the file in BODY/figures.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of a file of that name.")
    ] = False,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what was understood; write nothing.")
    ] = False,
) -> None:
    """Take in figures that were given without their records, or show those that are there.

    Lines are bound to measures and areas by name. A name that is not known is told with the
    nearest ones, and bound by an option: nothing is guessed.
    """
    from ..chain.body import open_body
    from ..chain.sheets.binding import Choices

    body = open_body(folder)
    if file is None:
        _show(body)
        return
    understood = _understood(file, correct or [])
    if look:
        _tell(understood)
        return
    choices = Choices(
        _pairs(measure), _pairs(statistic), _pairs(area),
        _better(better), own, frozenset(leave or ()),
    )  # fmt: skip
    bound = _bound(body, understood, choices, source, typed_by)
    path = _path(body, name or file.stem, replace)
    _write(body, path, bound)


def _pairs(given: Named) -> dict[str, str]:
    """`LINE=KEY` for one line, `KEY` alone for every one."""
    found: dict[str, str] = {}
    for text in given or ():
        line, sign, value = text.rpartition("=")
        found[line.strip() if sign else ""] = value.strip()
    return found


def _better(given: Named) -> dict[str, str]:
    from ..chain.body import InputMistake, Problem

    found = _pairs(given)
    allowed = ("lower", "higher", "neither")
    if strays := [value for value in found.values() if value not in allowed]:
        raise InputMistake(
            Problem("--better", f"'{value}' is no direction", ", ".join(allowed), "Correct it.")
            for value in strays
        )
    return found


def _understood(file: Path, correct: list[str]) -> "Understood":
    """The file, with what was put right. What could not be understood is told, not passed over."""
    from ..chain.body import InputMistake
    from ..chain.sheets import open_pack, understand

    understood = understand(open_pack(file), [_correction(text) for text in correct])
    if not understood.lines:
        raise InputMistake(understood.problems)
    for notice in understood.notices:
        typer.echo(f"In the file: {notice.text}", err=True)
    for problem in understood.problems:
        typer.echo(f"Left out: {problem}", err=True)
    for table in understood.tables:
        for remark in table.remarks:
            at = f" ({remark.place})" if remark.place else ""
            typer.echo(f"Taken so: {remark.text}{at}", err=True)
    return understood


def _correction(text: str) -> "Correction":
    """`year=2023/24`, `unit=percent@C7`, `unit=percent@Sheet1!C7:H7`."""
    from ..chain.sheets import Correction

    what, _, rest = text.partition("=")
    value, _, at = rest.rpartition("@") if "@" in rest else (rest, "", "")
    sheet, sign, cells = at.rpartition("!")
    return Correction(what.strip(), value, sheet if sign else "", cells)  # type: ignore[arg-type]


def _tell(understood: "Understood") -> None:
    """What was understood, line by line."""
    for table in understood.tables:
        typer.echo(f"{table.sheet}, {table.span}: {table.title or 'no title'}")
        for line in table.lines:
            first, last = line.figures[0], line.figures[-1]
            typer.echo(
                f"  {line.name} | {line.area} | {line.unit} | {len(line.figures)} figures,"
                f" {first.period.plain()} ({_words(first)}) to {last.period.plain()}"
                f" ({_words(last)})"
            )
        for left in table.left_out:
            typer.echo(f"  left out: {left.place} {left.heading}: {left.why}")


def _words(figure: "Figure") -> str:
    from ..chain.figures.differing import words_of

    return words_of(figure)


def _bound(
    body: "Body", understood: "Understood", choices: "Choices", source: str, typed_by: str
) -> "tuple[Bound, ...]":
    from datetime import UTC, datetime

    from ..chain.bundles.grounds import defined
    from ..chain.sheets.binding import bind

    definitions, _ = defined(body)
    today = datetime.now(UTC).astimezone(body.zone).date()
    return bind(
        understood.lines, body, definitions, choices, source=source, typed_by=typed_by, on=today
    )


def _path(body: "Body", name: str, replace: bool) -> Path:
    from ..chain.body import InputMistake, Problem
    from ..chain.figures import FOLDER

    stem = re.sub(r"[^a-z0-9]+", "-", name.removesuffix(".csv").lower()).strip("-") or "figures"
    path = body.folder / FOLDER / f"{stem}.csv"
    if path.exists() and not replace:
        raise InputMistake(
            Problem(
                f"{FOLDER}/{path.name}",
                "there is a file of that name already",
                next_step="Give another with --name, or take its place with --replace.",
            )
        )
    return path


def _write(body: "Body", path: Path, bound: "Sequence[Bound]") -> None:
    """Hold the figures to the contract beside those that are there, then write them."""
    from ..chain.bundles.grounds import defined
    from ..chain.figures import Kept, definitions_of, read_kept, settled, write_figures
    from ..chain.figures.reading import held_together

    given = [figure for each in bound for figure in each.figures]
    where = f"{path.parent.name}/{path.name}"
    before = [kept for kept in read_kept(body) if kept.file != where]
    new = [Kept(figure, where, line) for line, figure in enumerate(given, start=2)]
    held_together([*before, *new])
    definitions_of(given, {k: d for k, d in defined(body)[0].items() if not _made(d, before)})
    write_figures(path, given)
    for each in bound:
        first, last = each.figures[0].period, each.figures[-1].period
        typer.echo(
            f"{each.line.name}, {each.line.area}: {each.measure}, {each.statistic}, {each.area}:"
            f" {len(each.figures)} figures, {first.plain()} to {last.plain()} ({each.how})"
        )
    typer.echo(f"{len(given):,} figures written to {path}", err=True)
    _, differences = settled([*before, *new])
    for difference in differences:
        typer.echo(f"Two sources differ: {difference.sentence}", err=True)


def _made(definition: object, kept: "Iterable[Kept]") -> bool:
    """Whether a definition is made from figures, so that it follows whatever they are."""
    key = getattr(definition, "key", "")
    return bool(getattr(definition, "as_given", False)) and any(
        each.figure.measure == key for each in kept
    )


def _show(body: "Body") -> None:
    """What is there, series by series, and where two sources differ."""
    from ..chain.figures import Totals, read_kept, settled

    kept = read_kept(body)
    if not kept:
        typer.echo(
            "There are no figures here yet. Take some in with: answerable figures"
            f" {body.folder} FILE"
        )
        return
    used, differences = settled(kept)
    series: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in used:
        series[figure.measure, figure.statistic, figure.area].append(figure)
    for (key, name, area), mine in sorted(series.items()):
        totals = Totals(mine)
        spans = sorted(totals.by_span)
        first, last = totals.by_span[spans[0]].period, totals.by_span[spans[-1]].period
        withheld = sum(f.status == "suppressed" for f in mine)
        missing = sum(f.status == "missing" for f in mine)
        gaps = "".join(
            f", {count} {word}" for count, word in ((withheld, "withheld"), (missing, "missing"))
            if count
        )  # fmt: skip
        grade = "monthly totals" if totals.months else "two figures"
        sources = "; ".join(sorted({f.source for f in mine}))
        typer.echo(
            f"{key}, {name}, {area}: {len(mine)} figures in {totals.unit}, {first.plain()} to"
            f" {last.plain()}{gaps} ({grade}; {sources})"
        )
    for difference in differences:
        typer.echo(f"Two sources differ: {difference.sentence}", err=True)
