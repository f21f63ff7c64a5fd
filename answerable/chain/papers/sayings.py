"""What may be said, as papers: one Word document, one workbook, one picture a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..charts import draw
from ..claims.doubt import listed
from ..measures import Grade, Result, Unit, period_of, shown, unit_of
from ..statistics import false_alarms
from .asking import day_words
from .blocks import Block, Bullets, Heading, Picture, Table, Text, height
from .lines import HEADING, STATUS
from .never import Never
from .page import evidence
from .pictures import png
from .saying import Saying
from .terms import STATISTICS
from .tidy import one_line
from .word import Word
from .workbooks import Cell, Sheet, values_xlsx

WORDS, TABLE = "what-may-be-said.docx", "what-may-be-said.xlsx"
SIZE, MARGIN_CM = 10, 1.6
ROOM_CM = 29.7 - 2 * MARGIN_CM - 0.6
NOTHING = "No sentence can be made: the figures are withheld, or not on record."
PURPOSE = (
    "For whoever writes the paper. Each sentence is the strongest that these figures bear, by the"
    " rule by which claims are checked. What stands under 'it may not be said' would not be"
    " found supported."
)


@dataclass(frozen=True)
class Said:
    """Sayings with what they rest on.

    body     name of the body; source the digest of what the figures were made from
    """

    sayings: tuple[Saying, ...]
    body: str
    source: str
    made_on: date

    @property
    def charts_by_chance(self) -> str:
        """What chance alone gives on all the charts together; empty where none may signal."""
        return false_alarms(each.chart for each in self.sayings if each.chart).sentence


def statistic_words(each: Saying) -> str:
    """'the median'."""
    return STATISTICS.get(each.statistic, each.statistic.replace("_", " "))


def files_of(said: Said) -> dict[str, bytes]:
    """Every file by its name: the document, the workbook, and a picture for each chart."""
    files = {WORDS: document(said), TABLE: workbook(said)}
    for each in said.sayings:
        if drawn := drawing(each):
            files[picture_name(each)] = png(drawn)
    return files


def picture_name(each: Saying) -> str:
    """'response-time-priority-median-all.png'."""
    name = f"{each.definition.key}-{each.statistic}-{each.area}"
    return f"{name.replace('_', '-')}.png"


def drawing(each: Saying) -> str:
    """The chart as SVG; empty where there is none."""
    if each.chart is None:
        return ""
    unit, per = unit_of(each.definition, each.statistic), f" per {each.definition.per:,}"
    what = statistic_words(each) + (f",{per}" if unit == Unit.RATIO else "")
    return draw(
        each.chart,
        title=f"{each.definition.title}: {what}, by month, {each.place}",
        desc=each.chart_says,
        # On the axis of a ratio there is room for the number alone.
        show=lambda value: shown(value, unit, each.definition.per).removesuffix(per),
        y_label=f"{each.definition.title}, {each.place}: {what}",
        ident="chart",
    )


def document(said: Said) -> bytes:
    """All sayings as one Word document, each measure on a page of its own."""
    general = always(said.sayings)
    word = Word(f"What may be said: {said.body}", said.made_on, SIZE, MARGIN_CM)
    opening: list[Block] = [
        Heading("What may be said", 1),
        Text(f"{said.body}, {day_words(said.made_on)}."),
        Text(PURPOSE),
        Heading("Never to be said of any of these", 3),
        Bullets([f"{no.words}. {no.why}" for no in general]),
    ]
    for number, each in enumerate(said.sayings):
        for block in fitted(each, () if number else opening):
            block.write(word, SIZE)
    if said.charts_by_chance:
        Text(said.charts_by_chance, "The charts:", small=True).write(word, SIZE)
    Text(f"Source: sha256 {said.source}.", small=True).write(word, SIZE)
    return word.bytes()


def fitted(each: Saying, opening: Sequence[Block]) -> list[Block]:
    """One saying, its drawing as large as lets it stay on one page where that can be."""
    for drawing_cm in (10.5, 9.5, 8.5, 7.5, 6.5):
        found = [*opening, *blocks(each, drawing_cm, new_page=not opening)]
        if height(found, SIZE) <= ROOM_CM:
            return found
    return [*opening, *blocks(each, 9.5, new_page=not opening)]


def blocks(each: Saying, drawing_cm: float, *, new_page: bool) -> list[Block]:
    """One saying."""
    found: list[Block] = [
        Heading(f"{each.title}: {statistic_words(each)}", 2, new_page),
        Heading("It may be said", 3),
        *(Text(sentence, bold=True) for sentence in each.say or (NOTHING,)),
    ]
    if each.with_it:
        found.append(Text(" ".join(each.with_it), "Say with it:"))
    if each.missed:
        found.append(Text(f"{each.missed}.", f"{MISSED}:"))
    found += [
        Text(text, label)
        for label, text in (
            ("The last quarter:", each.quarter),
            ("Later months:", each.later),
            ("Withheld:", each.withheld),
        )
        if text
    ]
    found.append(_table(each))
    if drawn := drawing(each):
        found.append(Picture(drawn, one_line(f"{each.title}. {each.chart_says}", 900), drawing_cm))
    found += [
        Heading("It may not be said", 3),
        Bullets([f"{no.words}. {no.why}" for no in each.never if not no.always]),
    ]
    if each.areas:
        found += [Heading("In each area", 3), Bullets(area_lines(each))]
        found += [Text(each.by_chance, small=True)] if each.by_chance else []
    if each.year.grade:
        found.append(Text(evidence(Grade(each.year.grade)), "The evidence:", small=True))
    return found


def _table(each: Saying) -> Table:
    """The figures, without the columns in which none has anything to say."""
    rows = [line.cells for line in each.lines]
    kept = [i for i in range(len(HEADING)) if any(row[i] for row in rows)]
    whole = sum(_WIDTHS[i] for i in kept)
    return Table(
        [HEADING[i] for i in kept],
        [[row[i] for i in kept] for row in rows],
        [_WIDTHS[i] / whole for i in kept],
        f"Figures to paste: {each.title}",
    )


_WIDTHS = (0.26, 0.22, 0.22, 0.17, 0.13)


def always(sayings: Sequence[Saying]) -> list[Never]:
    """What may not be said of any of them, each once."""
    return list(dict.fromkeys(no for each in sayings for no in each.never if no.always))


MISSED = "What these figures could easily have missed"


def area_lines(each: Saying) -> list[str]:
    """A line for each area with a sentence, without the measure's title, which stands above;
    then one for each reason why others have none."""
    said = [area.say.removeprefix(f"{each.definition.title}, ") for area in each.areas if area.say]
    why: dict[str, list[str]] = {}
    for area in each.areas:
        if not area.say:
            why.setdefault(area.why_not, []).append(area.name)
    return said + [
        f"{listed(names)}: nothing can be said of a change. {reason}"
        for reason, names in why.items()
    ]


# --- the workbook


def workbook(said: Said) -> bytes:
    """All sayings as a workbook of values."""
    return values_xlsx(sheets(said.sayings), said.made_on)


def sheets(sayings: Sequence[Saying]) -> tuple[Sheet, ...]:
    """What may be said, what may not, the figures and their months."""
    name = ("measure", "statistic", "area")
    return (
        Sheet(
            "May be said",
            (*name, "may be said", "to be said with it", "smallest visible change", "last quarter",
             "later months", "withheld", "evidence"),
            [(*_name(each), " ".join(each.say) or NOTHING, " ".join(each.with_it), each.smallest,
              each.quarter, each.later, each.withheld, each.year.grade) for each in sayings],
        ),
        Sheet(
            "May not be said",
            (*name, "may not be said", "why"),
            [(*_name(each), no.words, no.why) for each in sayings for no in each.never],
        ),
        Sheet(
            "Figures",
            (*name, *(title.lower() for title in HEADING), *_VALUES),
            [(*_name(each), *line.cells, *_values(line.result))
             for each in sayings for line in each.lines],
        ),
        Sheet(
            "Months",
            (*name, "period", "in words", *_VALUES, "status"),
            [(*_name(each), period_of(r.period).plain(), _words(r, each), *_values(r),
              STATUS[r.status]) for each in sayings for r in each.months],
        ),
        Sheet(
            "Areas",
            (*name, "in the area", "may be said", "why not"),
            [(*_name(each), area.name, area.say, area.why_not)
             for each in sayings for area in each.areas],
        ),
    )  # fmt: skip


_VALUES = ("value", "unit", "lower", "upper", "numerator", "n")


def _name(each: Saying) -> tuple[Cell, ...]:
    return each.definition.title, statistic_words(each), each.place


def _words(result: Result, each: Saying) -> str:
    return "" if result.value is None else shown(result.value, result.unit, each.definition.per)


def _values(result: Result | None) -> tuple[Cell, ...]:
    if result is None:
        return ("",) * len(_VALUES)
    return (result.value, str(result.unit), result.lower, result.upper, result.count, result.n)
