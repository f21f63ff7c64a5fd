"""A checked claim on one page of A4, to hand round a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..claims import Verdict
from ..measures import Grade
from .asking import About, Ask, day_words, settling
from .blocks import Block, Heading, Picture, Table, Text, height
from .tidy import one_line
from .word import Word


@dataclass(frozen=True)
class Stood:
    """One figure as a paper shows it, in words.

    what    the figure: 'median, all areas'
    rests   what it rests on: '1,204 of 1,900'; empty where that is not known
    where   where it stood: a document with its place, or the record with its status
    """

    what: str
    period: str
    value: str
    rests: str = ""
    where: str = ""


@dataclass(frozen=True)
class OnePage:
    """All that one page shows.

    chart       the drawing as SVG; empty for none
    chart_says  what the drawing shows, for those who do not see it
    figures     the figures that the verdict rests on; the first `MOST_FIGURES` are printed
    ask         what to ask; None for nothing
    checked_by  the office that checked; empty to leave it out
    as_worded   the verdict on the words alone: 'not testable as worded: no period'
    reading     what the words were read to mean: 'it fell; lower is better'
    """

    about: About
    verdict: Verdict
    made_on: date
    chart: str = ""
    chart_says: str = ""
    figures: tuple[Stood, ...] = ()
    ask: Ask | None = None
    checked_by: str = ""
    as_worded: str = ""
    reading: str = ""


MOST_FIGURES = 6

LIMITS = {
    Grade.ROWS: "the force's own records, one by one. It can be no better than what was recorded.",
    Grade.STRATA: "totals within groups of like cases. Missing times and errors in single records"
    " cannot be looked at.",
    Grade.MONTHS: "totals by month, as they were given. The mix of cases, missing records and"
    " what was left out cannot be looked at.",
    Grade.TWO: "figures of whole periods, without their months. Any two figures differ, and how far"
    " these differ anyway is not known, so they cannot show a change.",
}
"""What each grade of evidence rests on, and what it therefore cannot show."""

NO_SENTENCE = "Nothing stronger than what is recorded above."


@dataclass(frozen=True)
class _Fit:
    """One way to lay the page out: points of text, centimetres of drawing, share of the words."""

    size: float
    drawing: float
    share: float = 1.0

    def cut(self, text: str, most: int) -> str:
        return one_line(text, int(most * self.share))


_FITS = (
    *(_Fit(size, wide) for size, wide in (
        (11, 13.5), (11, 12), (10.5, 11), (10.5, 10), (10, 9.5), (10, 9), (9.5, 8.5), (9.5, 8),
        (9, 7.5), (9, 6.5), (8.5, 6), (8.5, 5),
    )),
    *(_Fit(8.5, 5, share) for share in (0.8, 0.65, 0.5, 0.4)),
)  # fmt: skip
"""Tried in order, until one fits."""
MARGIN_CM = 1.4
_ROOM = 29.7 - 2 * MARGIN_CM - 0.4


def one_page(page: OnePage) -> bytes:
    """The page as DOCX: words, verdict, sentence, drawing, figures, what may be said, what to
    ask, evidence, source.

    Text and drawing are as large as the page allows; what is longer than a page can bear is
    cut with '…'. The letter and the data hold it in full.
    """
    blocks, fit = _fitted(page)
    word = Word(f"{_title(page, fit)}: {page.verdict.label}", page.made_on, fit.size, MARGIN_CM)
    for block in blocks:
        block.write(word, fit.size)
    return word.bytes()


def _fitted(page: OnePage) -> tuple[list[Block], _Fit]:
    for fit in _FITS:
        blocks = _blocks(page, fit)
        if height(blocks, fit.size) <= _ROOM:
            break
    return blocks, fit


def _title(page: OnePage, fit: _Fit) -> str:
    about = page.about
    return f"“{fit.cut(about.words, 300)}”" if about.words else fit.cut(about.full, 300)


def _blocks(page: OnePage, fit: _Fit) -> list[Block]:
    verdict, about = page.verdict, page.about
    blocks: list[Block] = [Heading(_title(page, fit), 1)]
    said = [about.said_by, day_words(about.said_on) if about.said_on else "", about.said_in]
    if any(said):
        blocks.append(Text(fit.cut(", ".join(filter(None, said)), 200), "Said by:"))
    if page.as_worded:
        blocks.append(Text(fit.cut(page.as_worded, 200), "As worded:"))
    if page.reading:
        blocks.append(Text(fit.cut(f"{page.reading}.", 200), "As we read it:"))
    blocks.append(Text(_read_over(about), "Read over:"))
    blocks.append(Text(f"{verdict.label}.", "Verdict:", bold=True))
    blocks.append(Text(fit.cut(verdict.sentence, 1200)))
    if page.chart:
        alt = one_line(page.chart_says or about.full, 900)
        blocks.append(Picture(page.chart, alt, fit.drawing))
    if page.figures:
        blocks += _figures(page, fit)
    return [*blocks, *_said(page, fit), Text(_foot(page), small=True)]


def _read_over(about: About) -> str:
    """'December 2022 to November 2023, against December 2021 to November 2022'."""
    spans = [about.period, *([about.baseline] if about.baseline else [])]
    return ", against ".join(span.plain() for span in spans) + "."


_COLUMNS = (
    ("what", "Figure", 4), ("period", "Period", 4), ("value", "Value", 3),
    ("rests", "Rests on", 3), ("where", "Where it stood", 4),
)  # fmt: skip


def figures_table(figures: Sequence[Stood], caption: str, most: int = 70) -> Table:
    """Figures as a table, without columns in which none has anything to say."""
    kept = [each for each in _COLUMNS if any(getattr(figure, each[0]) for figure in figures)]
    whole = sum(share for _, _, share in kept)
    return Table(
        [name for _, name, _ in kept],
        [[one_line(getattr(f, key), most) for key, _, _ in kept] for f in figures],
        [share / whole for _, _, share in kept],
        caption,
    )


def _figures(page: OnePage, fit: _Fit) -> list[Block]:
    caption = one_line(f"The figures that the verdict rests on: {page.about.full}", 200)
    table = figures_table(page.figures[:MOST_FIGURES], caption, int(70 * fit.share))
    more = len(page.figures) - MOST_FIGURES
    told: list[Block] = [Text(f"And {more} more, in the data.", small=True)] if more > 0 else []
    return [Heading("The figures"), table, *told]


def _said(page: OnePage, fit: _Fit) -> list[Block]:
    """What may be said, what to ask, and what it all rests on."""
    verdict = page.verdict
    blocks: list[Block] = [
        Heading("What may be said, and what to ask"),
        Text(fit.cut(verdict.may_say, 500) or NO_SENTENCE, "It may be said:"),
    ]
    if verdict.to_settle:
        label, _, text = settling(verdict.to_settle).partition(": ")
        blocks.append(Text(fit.cut(text, 300), f"{label}:"))
    if page.ask:
        asked = "; ".join(each.what[:1].lower() + each.what[1:] for each in page.ask.wanted)
        text = f"{asked}. The letter says exactly what, and why."
        blocks.append(Text(text, "To ask for:"))
    if verdict.grade:
        blocks.append(Text(evidence(Grade(verdict.grade)), "The evidence:"))
    return blocks


def evidence(grade: Grade) -> str:
    """The grade of evidence with its limits."""
    return f"{grade}. This rests on {LIMITS[grade]}"


def _foot(page: OnePage) -> str:
    checked = f"Checked by {one_line(page.checked_by, 80)} on" if page.checked_by else "Made on"
    parts = [f"{checked} {day_words(page.made_on)}."]
    if page.verdict.rule and page.verdict.rule != "none":
        parts.append(f"Rule: {page.verdict.rule}.")
    if page.verdict.source:
        parts.append(f"Source: sha256 {one_line(page.verdict.source, 64)}.")
    return " ".join(parts)
