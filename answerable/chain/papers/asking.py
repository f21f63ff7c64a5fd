"""What to ask a force for, so that a claim can be settled.

The list is made once, from the verdict and what it is on; letter, plain text and page are
renderings of it.
"""

from dataclasses import dataclass
from datetime import date

from ..body import Appetite, Period
from ..claims import Verdict
from ..measures import Definition
from . import wanted
from .wanted import Wanted

COLUMNS = ("title", "statistic", "period", "area", "value", "unit", "numerator", "denominator",
           "status", "source")  # fmt: skip
"""Columns of the contract of figures that a force can fill in; the office adds the rest."""


@dataclass(frozen=True)
class About:
    """What a verdict is on, in words that go onto paper.

    subject    the measure's title, or that of the column
    period     of which something was said; baseline what it was compared with
    statistic  as in a definition; empty where there is none
    area       name of the place; empty for the whole
    part       the split in words; empty for the whole
    words      as they were said, by whom, when and where; empty where nobody has said them
    """

    subject: str
    period: Period
    baseline: Period | None = None
    statistic: str = ""
    area: str = ""
    part: str = ""
    words: str = ""
    said_by: str = ""
    said_on: date | None = None
    said_in: str = ""

    @property
    def full(self) -> str:
        """The subject with its part and its place."""
        return ", ".join(part for part in (self.subject, self.part, self.area) if part)


@dataclass(frozen=True)
class Ask:
    """A list of things asked for, with all that a letter says round it.

    known    what is known so far: the recorded fact, and why it settles nothing
    settle   what would decide it, in a sentence
    wanted   the things, in order; empty where there is nothing to ask
    form     in what form they may come
    """

    about: About
    known: str
    settle: str
    wanted: tuple[Wanted, ...]
    form: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.wanted)


def what_to_ask(
    verdict: Verdict,
    about: About,
    definition: Definition | None = None,
    appetite: Appetite | None = None,
) -> Ask:
    """What the office asks the force for, given where the verdict stands.

    definition  of the measure, where there is one: says how it is counted and what mix
                of cases could mislead
    appetite    from which counts may be written out; the default's where none is given
    A verdict that is decided, settled and from records leaves nothing to ask. A definition
    made from figures as given says nothing of how they were counted, so it is as none.
    """
    if definition is not None and definition.as_given:
        definition = None
    least = (appetite or Appetite()).count_under
    return Ask(
        about=about,
        known=" ".join(part for part in (verdict.recorded, verdict.ordinary) if part),
        settle=verdict.to_settle,
        wanted=wanted.all_of(verdict, about, definition),
        form=(
            "A results bundle, if you run the same software (answerable bundle): it carries"
            " figures and no records, with small numbers withheld, and is signed.",
            "Or a table, as CSV or a spreadsheet without macros, with one line for each month and"
            f" area, and of these columns what applies: {', '.join(COLUMNS)}.",
            f"Please write a number under {least} as <{least}, a true zero as 0, and leave what is"
            " not known empty.",
            "Please send no names, addresses, reference numbers or accounts of a case.",
        ),
    )


def ask_text(ask: Ask, *, to: str = "", sender: str = "", made_on: date | None = None) -> str:
    """The letter as plain text, to paste into a message. Fields left open are lines to fill."""
    lines = [*opening(ask, to, sender, made_on), ""]
    for number, each in enumerate(ask.wanted, 1):
        lines += [f"{number}. {each.what}", *(f"   - {item}" for item in each.items)]
        lines += [f"   Why: {each.why}", ""]
    if ask.wanted:
        lines += ["In what form", *(f"- {way}" for way in ask.form), "", *closing(sender)]
    return "\n".join(lines) + "\n"


def opening(ask: Ask, to: str, sender: str, made_on: date | None) -> list[str]:
    """The lines before the list."""
    about = ask.about
    lines = [
        f"To: {to or BLANK}",
        f"From: {sender or BLANK}",
        f"Date: {day_words(made_on) if made_on else BLANK}",
        f"Please reply by: {BLANK}",
        "",
        f"Figures asked for: {about.full}",
        "",
    ]
    if about.words:
        lines.append(f"We are looking at what was said: {quoted(about)}")
    lines.append(f"What we have so far: {ask.known}")
    if ask.settle:
        lines.append(settling(ask.settle))
    lines.append(REQUEST if ask.wanted else NOTHING)
    return lines


def closing(sender: str) -> list[str]:
    """The lines after the list."""
    return [
        "If some of this cannot be given, please say which and why. What you tell us is recorded"
        " as you say it, beside the claim.",
        "",
        "With thanks,",
        sender or BLANK,
    ]


def settling(settle: str) -> str:
    """What would decide it, under its label; what can be read meanwhile decides another thing."""
    label = "What can be read now" if settle.startswith("These records can") else SETTLES
    return f"{label}: {settle}"


SETTLES = "What would settle it"
BLANK = "……………………………"
REQUEST = "So that it can be settled fairly, we ask for the following."
NOTHING = "The record decides this, so there is nothing to ask."


def quoted(about: About) -> str:
    """'“words” (who, 19 December 2023, where)'."""
    said = [about.said_by, day_words(about.said_on) if about.said_on else "", about.said_in]
    source = ", ".join(part for part in said if part)
    return f"“{about.words}”" + (f" ({source})" if source else "")


def day_words(day: date) -> str:
    """'19 December 2023'."""
    return f"{day.day} {day:%B %Y}"
