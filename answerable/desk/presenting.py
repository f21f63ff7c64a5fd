"""What pages show of figures, claims and answers."""

from functools import partial
from typing import Any

from django.utils.safestring import SafeString

from ..chain.body import Period
from ..chain.body.periods import NAMES
from ..chain.charts import draw, said
from ..chain.claims import Verdict
from ..chain.figures import Figure, chart_of
from ..chain.measures import Status, shown
from ..chain.statistics import Chart
from ..site.markup import safe, table, verdict
from ..site.words import SAYS, mark_of
from .things import Answer, Asked, Given

NO_FIGURE = {
    Status.SUPPRESSED: "withheld",
    Status.MISSING: "no figure",
}
GOOD = {"lower": "lower is better", "higher": "higher is better", "neither": "neither way is good"}


def figures_table(given: Given) -> SafeString:
    """Every figure, with where it stands in its source."""
    parts = any(f.numerator is not None for f in given.figures)
    columns = ["Period", "Figure", *(["How many", "Out of"] if parts else []), "Where it stands"]
    rows = [
        [
            short(f.period),
            value_of(f),
            *([_count(f.numerator), _count(f.denominator)] if parts else []),
            f.place,
        ]
        for f in given.figures
    ]
    last = frozenset({len(columns) - 1})
    return table("Every figure, and where it stands", columns, rows, words=last)


def value_of(figure: Figure) -> str:
    """A figure in words, or why there is none."""
    if figure.known is None:
        return NO_FIGURE.get(figure.status, str(figure.status))
    return shown(figure.known, figure.unit, figure.per)


def short(period: Period) -> str:
    """'Apr 2023', '2023/24-Q1', 'Jan 2022 to Dec 2022': for the first column of a table."""
    if period.text[4:5] == "/" or "Q" in period.text:
        return period.text
    first, last = (f"{NAMES[m.month - 1][:3]} {m.year}" for m in (period.first, period.last))
    return first if first == last else f"{first} to {last}"


def _count(number: float | None) -> str:
    return "" if number is None else f"{number:,.10g}"


def so_far(given: Given, asked: Asked | None = None) -> list[tuple[str, str]]:
    """What is understood so far, in pairs."""
    first, last = given.months
    lines = [
        ("From", given.source),
        ("Figures", given.title),
        ("They reach", f"{first.plain()} to {last.plain()}, {len(given.figures)} figures"),
    ]
    if asked is not None:
        lines.append(("Said of them", f"{SAYS[asked.says]}; {GOOD[asked.better]}"))
    return lines


def answer_words(answer: Answer) -> dict[str, Any]:
    """The verdict, and the usual reading's, as marks and sentences."""
    asked, usual = answer.asked, answer.usual
    return {
        "mark": _mark(answer.verdict),
        "asks": SAYS[asked.says],
        "period": asked.period.plain(),
        "baseline": asked.baseline.plain() if asked.baseline else "",
        "usual_mark": _mark(usual) if usual else "",
    }


def _mark(found: Verdict) -> SafeString:
    return verdict(mark_of(found.verdict, found.label))


def chart(answer: Answer) -> dict[str, Any] | None:
    """The drawing of the line with what it says; None where there is too little to draw."""
    made = chart_of(answer.given.figures, answer.asked.better, answer.asked.target)
    return None if made is None else {"svg": _drawn(made, answer.given), "says": said(made)}


def _drawn(chart: Chart, given: Given) -> SafeString:
    show = partial(shown, unit=given.unit, per=given.figures[0].per)
    svg = draw(
        chart, title=given.title, desc=said(chart), show=show, y_label=given.title,
        ident="chart", standalone=False,
    )  # fmt: skip
    return safe(svg)
