"""A draft of a mapping, with every guess and its reason, and what is left to be decided."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...body import Body, InputMistake, Problem
from ..contract import Field
from ..defects import few
from ..mapping import values_of
from .clock import ZONE, tell_clocks
from .contents import MOST_CODES, Contents
from .covers import FEW, covers_of
from .guess import FAIRLY, SURE, Choice, Filled, Guess
from .sample import Sample, take_sample
from .table import choose_table

RARE = 3
"""A value of a coded column in fewer records, of many, is not told: it may be a slip, or a name."""
TEXTS = ("csv", "jsonl")


@dataclass(frozen=True)
class Draft:
    """A drafted mapping.

    text       the TOML file, guesses and reasons as comments
    table      the table that it fills
    guesses    every guess, in the order of the file
    undecided  what must be answered before it can be imported; empty when nothing must
    """

    text: str
    table: str
    guesses: tuple[Guess, ...]
    undecided: tuple[str, ...]


def draft_mapping(
    path: Path, *, table: str = "", body: Body | None = None, sheet: str = ""
) -> Draft:
    """Draft the mapping of one file, from a part of it.

    table   the contract's table, where it is known
    body    whose force, areas and folder the mapping is for
    sheet   of a spreadsheet

    Codes are matched where they are spelled as codes of the contract or their plain names, and
    never otherwise. No value of a column that names or may point to a person is told, in the
    draft or in a guess.

    Raises InputMistake when the file cannot be read or its table cannot be told.
    """
    sample = take_sample(path, sheet)
    if not sample.certain:
        raise InputMistake(
            Problem(
                path.name,
                "no row of it seems to name its columns",
                next_step="Ask for it with a row of headings.",
            )
        )
    contents = Contents(sample)
    choice, told = choose_table(contents, body, table)
    covers, half, covered = covers_of(contents, choice)
    clocks = list(tell_clocks(contents, choice, body.file.zone if body else ZONE))
    head = [told, *_force(body), *_how_to_read(sample), covered, *clocks]
    undecided = [*_open_questions(choice, body, covers)]
    columns = [_column_guess(sample, each) for each in choice.filled.values()]
    text = "".join(
        [
            _opening(sample, undecided),
            _top(sample, choice, body, covers, half, head),
            _columns(sample, choice, body),
            _rest(sample, choice),
        ]
    )
    return Draft(text, choice.contract.name, (*head, *columns), tuple(undecided))


def _force(body: Body | None) -> Iterator[Guess]:
    if body and len(body.file.forces) == 1:
        yield Guess("force", body.file.forces[0].key, "the only force of the body", SURE)


def _how_to_read(sample: Sample) -> Iterator[Guess]:
    seen = f"{len(sample.rows):,} records" + ("" if sample.whole else " of many")
    yield Guess("format", sample.format, f"by its first bytes; {seen} were looked at", SURE)
    if sample.format in TEXTS and sample.encoding != "utf-8":
        yield Guess("encoding", sample.encoding, "what was looked at reads so", FAIRLY)
    if sample.format == "csv" and sample.delimiter != ",":
        yield Guess("delimiter", sample.delimiter, "it parts most lines alike", SURE)
    if sample.format == "xlsx":
        others = f"; the others are {few(sample.other_sheets)}" if sample.other_sheets else ""
        why = f"the sheet with the widest table{others}" if others else "the only one to be seen"
        yield Guess("sheet", sample.sheet, why, FAIRLY if others else SURE)
    if sample.header_row != 1:
        why = "the first row that is as wide as the table and names each column once"
        yield Guess("header_row", str(sample.header_row), why, FAIRLY)


def _open_questions(choice: Choice, body: Body | None, covers: str) -> Iterator[str]:
    forces = [force.key for force in body.file.forces] if body else []
    if len(forces) != 1:
        yield "force: which one" + (f": {few(forces)}" if forces else ", as in body.toml")
    if not covers:
        yield "covers: which months, such as 2023-01..2023-12"
    yield from choice.questions
    for wanted in choice.contract.mapped:
        filled = choice.filled.get(wanted.name)
        if filled is None and wanted.required and wanted.name != "force":
            yield f"{wanted.name}: nothing here fills it, and {choice.contract.name} needs it"
        elif filled and filled.unknown:
            count = len(filled.unknown)
            yield f"{wanted.name}: {count} value{'s have' if count > 1 else ' has'} no meaning yet"
        if filled:
            yield from (f"{wanted.name}: {question}" for question in filled.questions)


def _column_guess(sample: Sample, filled: Filled) -> Guess:
    why = [*filled.why]
    if filled.unknown:
        why.append(f"{len(filled.unknown)} values have no meaning yet")
    return Guess(
        f"columns.{filled.name}", sample.columns[filled.column], "; ".join(why), filled.sure
    )


def _opening(sample: Sample, undecided: Sequence[str]) -> str:
    lines = [
        f"A draft by `answerable map` of {sample.path.name}, from {len(sample.rows):,} records"
        + (" in it." if sample.whole else ": a part of it."),
        "Behind each line stands what it rests on. Read it with someone who knows the system",
        "that the file comes from: what looks sure may still be wrong.",
    ]
    text = "".join(f"# {line}\n" for line in lines) + "\n"
    if not undecided:
        return text
    listed = "".join(f"    {_quoted(each)},\n" for each in undecided)
    return text + f"# Nothing is imported while anything stands here.\nundecided = [\n{listed}]\n\n"


def _top(
    sample: Sample, choice: Choice, body: Body | None, covers: str, half: Sequence[str],
    guesses: Sequence[Guess],
) -> str:  # fmt: skip
    known = {guess.what: guess for guess in guesses}
    lines = [f"table = {_quoted(choice.contract.name)}{_because(known['table'])}"]
    if "force" in known:
        lines.append(f"force = {_quoted(known['force'].taken)}{_because(known['force'])}")
    else:
        lines.append('# force = ""  # to be decided')
    lines.append(f"file = {_quoted(_named(sample.path, body))}")
    for what in ("format", "encoding", "delimiter", "sheet", "header_row"):
        if what in known:
            taken = known[what].taken
            value = taken if what == "header_row" else _quoted(taken)
            lines.append(f"{what} = {value}{_because(known[what])}")
    lines.append(
        f"covers = {_quoted(covers)}{_because(known['covers'])}" if covers
        else '# covers = ""  # to be decided'
    )  # fmt: skip
    if "clock" in known:
        lines.append(f"# clock of all times: {known['clock'].taken}{_because(known['clock'])}")
    if half:
        lines.append(f"provisional = [{', '.join(map(_quoted, half))}]")
    return "\n".join(lines) + "\n"


def _named(path: Path, body: Body | None) -> str:
    """The file as the mapping names it: relative to the body's folder where it lies in it."""
    whole = path.resolve()
    if body and whole.is_relative_to(body.folder.resolve()):
        return whole.relative_to(body.folder.resolve()).as_posix()
    return whole.as_posix()


def _because(guess: Guess) -> str:
    return f"  # {guess.sure}: {guess.why}"


def _columns(sample: Sample, choice: Choice, body: Body | None) -> str:
    short: list[str] = []
    long: list[str] = []
    for name, filled in choice.filled.items():
        guess = _column_guess(sample, filled)
        made = short if not (filled.codes or filled.unknown) else long
        said = f"# {guess.sure}: {guess.why}\n"
        if made is short:
            made.append(f"{said}{name} = {_simple(filled)}\n")
        else:
            made.append(_coded(name, filled, said, choice.contract.field(name), body))
    return "\n[columns]\n" + "".join(short) + "".join(long)


def _simple(filled: Filled) -> str:
    parts = [f"sql = {_quoted(filled.sql)}"]
    if filled.formats:
        parts.append(f"formats = [{', '.join(map(_quoted, filled.formats))}]")
    if filled.clock == "utc":
        parts.append('clock = "utc"')
    return _quoted(filled.sql) if len(parts) == 1 else f"{{ {', '.join(parts)} }}"


def _coded(name: str, filled: Filled, said: str, wanted: Field, body: Body | None) -> str:
    lines = [f"\n{said}[columns.{name}]\nsql = {_quoted(filled.sql)}\n[columns.{name}.codes]\n"]
    for value, code in filled.codes.items():
        lines.append(f"{_quoted(value)} = {code if wanted.type == 'integer' else _quoted(code)}\n")
    if filled.unknown:
        lines += _to_be_decided(filled, wanted, body)
    return "".join(lines)


def _to_be_decided(filled: Filled, wanted: Field, body: Body | None) -> Iterator[str]:
    allowed = values_of(wanted, body) if body else wanted.enum
    of = f" One of {', '.join(allowed)}, or leave it out." if allowed else ""
    yield f"# To be decided: what does each of these mean?{of}\n"
    if not filled.told:
        why = "too many to be codes" if len(filled.unknown) > MOST_CODES else "they may be names"
        yield f"# ({len(filled.unknown):,} values, not told here: {why})\n"
        return
    many = filled.filled >= FEW
    rare = {value for value, count in filled.unknown.items() if many and count < RARE}
    for value, count in filled.unknown.items():
        if value not in rare:
            yield f"# {_quoted(value)} =    # {count:,} record{'s' if count > 1 else ''}\n"
    if rare:
        yield (
            f"# ({len(rare):,} more, each in fewer than {RARE} records, not told here: a name may"
            " have been written in the wrong place)\n"
        )


def _rest(sample: Sample, choice: Choice) -> str:
    used = {filled.column for filled in choice.filled.values()}
    unused = [name for at, name in enumerate(sample.columns) if at not in used]
    lacking = [f.name for f in choice.contract.mapped if f.name not in choice.filled]
    lines = []
    if found := [name for name in lacking if name != "force"]:
        lines.append(f"# Nothing was found for: {', '.join(found)}\n")
    if unused:
        lines.append(f"# Columns of the file that are not used: {', '.join(unused)}\n")
    return "\n" + "".join(lines) if lines else ""


def _quoted(text: str) -> str:
    """A text as a TOML string; one with quotation marks stands in single ones."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
