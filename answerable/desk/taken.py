"""What may be taken away from an answer: documents, made when they are asked for."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from ..chain.body import Period
from ..chain.charts import draw, said
from ..chain.figures import Totals, as_csv, chart_of
from ..chain.measures import shown
from ..chain.papers import About, Ask, OnePage, Stood, ask_letter, one_page, png, what_to_ask
from ..chain.statistics.phases import LEAST_FOR_LIMITS
from ..site.words import SAYS
from .things import Answer
from .worded import GOOD, worded

CSV = "text/csv; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def about(answer: Answer) -> About:
    """What the verdict is on, for papers."""
    asked, given = answer.asked, answer.given
    return About(
        subject=given.title, area=given.area, period=asked.period, baseline=asked.baseline,
        words=asked.words, said_by=asked.said_by, said_in=asked.said_in,
    )  # fmt: skip


def ask(answer: Answer) -> Ask:
    """What to ask, so that it can be settled."""
    return what_to_ask(answer.verdict, about(answer))


def drawing(answer: Answer, *, standalone: bool = True) -> tuple[str, str]:
    """The chart as SVG and what it says; both empty where there is too little to draw.

    A line between two figures looks like a trend, whatever is written beneath it: nothing is
    drawn that has no limits.
    """
    given, asked = answer.given, answer.asked
    made = chart_of(given.figures, asked.better, asked.target)
    if made is None or sum(p.value is not None for p in made.points) < LEAST_FOR_LIMITS:
        return "", ""
    show = partial(shown, unit=given.unit, per=given.figures[0].per)
    words = said(made)
    name = given.full
    svg = draw(
        made, title=name, desc=words, show=show, y_label=name, ident="chart",
        standalone=standalone,
    )  # fmt: skip
    return svg, words


def _page(answer: Answer, today: date) -> bytes:
    svg, words = drawing(answer)
    return one_page(
        OnePage(
            about(answer), answer.verdict, today, svg, words, stood(answer), ask(answer) or None,
            as_worded=worded(answer.asked) if answer.asked.words else "",
            reading=f"{SAYS[answer.asked.says]}; {GOOD[answer.asked.better]}",
        )
    )  # fmt: skip


def stood(answer: Answer) -> tuple[Stood, ...]:
    """The figures of the two periods, each with what it is made of and where that stands."""
    spans = filter(None, (answer.asked.period, answer.asked.baseline))
    found = [_stood(answer, span) for span in spans]
    return tuple(each for each in found if each is not None)


def _stood(answer: Answer, span: Period) -> Stood | None:
    given = answer.given
    totals = Totals(given.figures)
    whole = totals.whole(span)
    value = totals.mean(span) if whole is None else whole.value
    if value is None:
        return None
    parts = [f for f in totals.by_span.values() if span.covers(f.period) and f.known is not None]
    parts = list(whole.parts) if whole is not None else [f for f in parts if len(f.period) == 1]
    counts = ""
    if whole is not None and whole.numerator is not None and whole.denominator:
        counts = f"{whole.numerator:,.10g} of {whole.denominator:,.10g}"
    elif whole is not None and whole.denominator:
        counts = f"out of {whole.denominator:,.10g}"
    several = "average of" if whole is None else "from"
    rests = counts or (f"{several} {len(parts)} figures" if len(parts) > 1 else "as given")
    places = [parts[0].place, parts[-1].place] if len(parts) > 1 else [parts[0].place]
    where = " to ".join(dict.fromkeys(places))
    return Stood(
        given.full, span.plain(), shown(value, given.unit, totals.per), rests,
        f"{given.source}, {where}",
    )  # fmt: skip


def _letter(answer: Answer, today: date) -> bytes:
    return ask_letter(ask(answer), made_on=today)


def _figures(answer: Answer, today: date) -> bytes:
    return as_csv(answer.given.figures).encode("utf-8")


def _picture(answer: Answer, today: date) -> bytes:
    return png(drawing(answer)[0])


Maker = Callable[[Answer, date], bytes]
PAPERS: dict[str, tuple[str, str, Maker]] = {
    "checked-claim.docx": ("The answer on one page (Word)", WORD, _page),
    "ask-letter.docx": ("The letter that asks for what is missing (Word)", WORD, _letter),
    "figures.csv": ("The figures, with where each stands (CSV)", CSV, _figures),
    "chart.png": ("The chart (PNG)", "image/png", _picture),
}
"""Every document by the name of its file: what it is, its kind, and what makes it."""


def offered(answer: Answer) -> dict[str, str]:
    """The documents that this answer has, by the name of the file."""
    names = {name: words for name, (words, _, _) in PAPERS.items()}
    if not drawing(answer)[0]:
        del names["chart.png"]
    if not ask(answer):
        del names["ask-letter.docx"]
    return names


def keep(answer: Answer, folder: Path, today: date) -> Path:
    """Write every document into a new folder in `folder`, and give it.

    Its name is a number, so that nothing that was given to us becomes the name of a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        place = folder / f"answer-{number:03d}"
        try:
            place.mkdir(mode=0o700)
            break
        except FileExistsError:
            number += 1
    for name in offered(answer):
        (place / name).write_bytes(PAPERS[name][2](answer, today))
    return place
