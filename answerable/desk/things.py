"""What can lie on the desk."""

from dataclasses import dataclass
from datetime import date

from ..chain.body import Month, Period
from ..chain.claims import Verdict
from ..chain.claims.direction import Better
from ..chain.figures import Figure
from ..chain.measures import Unit
from ..chain.sheets import Correction, Pack, Target, Understood
from ..chain.statistics.funnel import LEAST_UNITS
from ..chain.texts import Assertion, Document, Slip


@dataclass(frozen=True)
class Typing:
    """What is going to be typed.

    statistic  as of a `Figure`
    factor   what a number as typed is multiplied by to be in `unit`: 60 for minutes
    parts    whether numerators and denominators are typed, rather than values
    periods  what each figure stands for, in order of time
    """

    title: str
    unit: Unit
    statistic: str
    factor: float
    parts: bool
    periods: tuple[Period, ...]
    source: str
    typed_by: str
    typed_on: date
    said: str = ""


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet or a paste, as it is understood with the corrections made so far.

    said   the sentence that is to be tested on it, as a name: see `Text`
    """

    pack: Pack
    corrections: tuple[Correction, ...]
    understood: Understood
    said: str = ""


@dataclass(frozen=True)
class Text:
    """A text with what it asserts, and where its own figures do not agree.

    One of its sentences is called by the text's name, a full stop and its number from 0.
    """

    document: Document
    assertions: tuple[Assertion, ...]
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Given:
    """One line of figures, ready for a claim.

    title   what the figures are, as their source calls them
    area    whom they are about, as the source has it; empty where it does not say
    source  the document
    back    the address at which it was understood, and can be put right
    targets targets that stood in the same table
    typing  what was typed, where it was
    said    the sentence that is to be tested on it
    others  the same figures of the other areas of its table
    """

    title: str
    figures: tuple[Figure, ...]
    source: str
    back: str
    area: str = ""
    targets: tuple[Target, ...] = ()
    typing: Typing | None = None
    said: str = ""
    others: tuple[Figure, ...] = ()

    @property
    def set_beside(self) -> bool:
        """Whether there are enough other areas to set this one beside."""
        return bool(self.area) and len({figure.area for figure in self.others}) + 1 >= LEAST_UNITS

    @property
    def full(self) -> str:
        """The title, with the area where there is one."""
        return f"{self.title}, {self.area}" if self.area else self.title

    @property
    def unit(self) -> Unit:
        """The unit of the figures."""
        return self.figures[0].unit

    @property
    def months(self) -> tuple[Month, Month]:
        """The first and the last month that any figure stands for."""
        periods = [figure.period for figure in self.figures]
        return min(p.first for p in periods), max(p.last for p in periods)


@dataclass(frozen=True)
class Asked:
    """One claim about one line, as it is to be tested.

    words      as it was said; empty where only a reading was chosen
    lacks      what the words leave open; None where they assert nothing that figures could check
    baseline   None where it is said of a target
    target, margin   in the unit of the figures
    why        why these periods, where they are not the usual ones
    """

    says: str
    better: Better
    period: Period
    baseline: Period | None = None
    target: float | None = None
    margin: float | None = None
    why: str = ""
    words: str = ""
    lacks: tuple[str, ...] | None = ()
    said_by: str = ""
    said_in: str = ""


@dataclass(frozen=True)
class Answer:
    """A claim with its verdict.

    usual    the same over the usual periods, where others were chosen
    claim    the address at which it was chosen
    others   what the same words say besides: the address at which each can be tested, and it
    """

    given: Given
    asked: Asked
    verdict: Verdict
    usual: Verdict | None
    claim: str
    others: tuple[tuple[str, str], ...] = ()
