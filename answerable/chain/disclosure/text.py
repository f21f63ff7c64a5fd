"""Does a text that goes out say a number that the figures withhold?

Figures pass disclosure; words that people wrote beside them do not. So every number in a sentence
is held against every withheld figure: the same number, beside words that name its measure, its
area or its period. All three together tell it. Two of them are for a person to read: what is not
understood is never passed as harmless.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..body import WHOLE, InputMistake, Month, Problem
from ..body.spoken import find_periods
from ..claims import Claim
from ..measures import Definition, Result, Unit, period_of
from ..records import Letter
from ..texts.numbers import quantities
from ..texts.sentences import sentences
from ..texts.tokens import tokenise

Number = tuple[str, float]
"""A unit ('%', 'minutes', 'days', or '' for a count) and a number of it."""
Span = tuple[Month, Month]

_EVERYWHERE = frozenset(
    "domestic abuse abused police force number share people month months year years record records"
    " recorded within first those which where their there crime crimes".split()
)
"""Words of titles that say nothing of which measure is meant."""
_LEAST = 5
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600}


@dataclass(frozen=True)
class Passage:
    """A text that goes out.

    where   in which file and key it stands, for whoever must change it
    own     whether it is the body's own; else it repeats what others said in public
    """

    where: str
    words: str
    own: bool = True


@dataclass(frozen=True)
class Telling:
    """A sentence that says, or may say, a withheld number.

    figure   measure, area and period of the figure, without the number
    certain  whether measure, area and period are all named; else a person has to read it
    """

    text: Passage
    sentence: str
    figure: str
    certain: bool


def passages(
    claims: Iterable[Claim], definitions: Iterable[Definition], letter: Letter | None = None
) -> Iterator[Passage]:
    """Every text that people wrote and that goes out with a release."""
    for claim in claims:
        where = f"claims/{claim.key}"
        yield Passage(f"{where}: words", claim.words, own=False)
        yield Passage(f"{where}: note", claim.note)
        for told in claim.told_in:
            yield Passage(f"{where}: told_in.words", told.words, own=False)
        for reading in claim.reading:
            yield Passage(f"{where}: reading.why", reading.why)
    for each in definitions:
        where = f"measures/{each.key}.toml"
        for name in ("title", "question", "why", "plain", "technical"):
            yield Passage(f"{where}: {name}", str(getattr(each, name)))
        if each.matters:
            yield Passage(f"{where}: matters.why", each.matters.why)
        for broken in each.breaks:
            yield Passage(f"{where}: breaks.why", broken.why)
    for source in letter.arrived if letter else ():
        yield Passage(f"extracts/{source.source}: left_out_because", source.left_out_because)


def tellings(
    texts: Iterable[Passage],
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    areas: Mapping[str, str],
) -> tuple[Telling, ...]:
    """The sentences that say, or may say, what is withheld; each once, the surest figure first.

    true, shown   the same results before and after protection, in the same order
    areas         names of areas by code
    """
    withheld = _withheld(true, shown)
    return tuple(
        found
        for text in texts
        for sentence in _sentences(text.words)
        if (found := _telling(text, sentence, withheld, definitions, areas)) is not None
    )


def refuse(found: Iterable[Telling]) -> tuple[Telling, ...]:
    """What is left for a person to read.

    Raises InputMistake for the body's own sentences that say a withheld number. What others have
    said in public cannot be unsaid: it is left to be read.
    """
    everything = tuple(found)
    problems = [
        Problem(
            each.text.where,
            f"a sentence says a number that the figures withhold: “{each.sentence}”"
            f" ({each.figure})",
            next_step="Take the number out of the sentence, or say it of a longer period or of"
            " the whole.",
        )
        for each in everything
        if each.certain and each.text.own
    ]
    if problems:
        raise InputMistake(problems)
    return everything


def _sentences(words: str) -> Iterator[str]:
    for each in sentences(words):
        yield words[each.start : each.end]


def _withheld(true: Sequence[Result], shown: Sequence[Result]) -> dict[Number, list[Result]]:
    """The withheld figures by each number that would tell them."""
    found: dict[Number, list[Result]] = {}
    for was, now in zip(true, shown, strict=True):
        if was.n is not None and now.n is None and was.basis == "raw":
            for number in _numbers(was):
                found.setdefault(number, []).append(was)
    return found


def _numbers(result: Result) -> set[Number]:
    """The numbers by which a figure can be said; none at all gives nothing away."""
    found: set[Number] = {("", float(n)) for n in (result.n, result.count) if n}
    if result.value is None:
        return found
    if result.unit == Unit.SHARE and result.count:
        found |= {("%", round(100 * result.value, places)) for places in (0, 1)}
    elif result.unit == Unit.RATIO and result.count:
        found.add(("", round(result.value, 1)))
    elif result.unit == Unit.SECONDS:
        found |= {(name, round(result.value / size, 0)) for name, size in _SECONDS.items()}
    elif result.unit == Unit.DAYS:
        found |= {("days", round(result.value, places)) for places in (0, 1)}
    return found


def _said(sentence: str) -> tuple[set[Number], set[Span]]:
    """The numbers of a sentence, and the periods that it names."""
    spans: set[Span] = set()
    rest = sentence
    for mention in find_periods(sentence):
        spans |= {(h.period.first, h.period.last) for h in mention.spoken.readings}
        rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
    numbers = {
        (unit if unit in ("%", "days", *_SECONDS) else "", value)
        for quantity in quantities(tokenise(rest), frozenset())
        for value, unit in zip(quantity.value, quantity.unit, strict=True)
    }
    return numbers, spans


def _telling(
    text: Passage,
    sentence: str,
    withheld: Mapping[Number, Sequence[Result]],
    definitions: Mapping[str, Definition],
    areas: Mapping[str, str],
) -> Telling | None:
    numbers, spans = _said(sentence)
    said = sentence.casefold()
    named = {code for code, name in areas.items() if name.casefold() in said}
    best: Telling | None = None
    for result in (each for number in numbers for each in withheld.get(number, ())):
        definition, period = definitions[result.measure], period_of(result.period)
        if (named and result.area not in named) or (not named and result.area != WHOLE):
            continue
        when = (period.first, period.last) in spans
        called = f"{definition.title} {definition.key.replace('_', ' ')} {definition.unit}"
        what = bool(_words(called) & _words(sentence))
        if (spans and not when) or when + what + bool(named) < 2:
            continue
        place = areas.get(result.area, "the whole")
        figure = f"{definition.title}, {place}, {period.plain()}"
        best = Telling(text, sentence, figure, certain=when and what)
        if best.certain:
            return best
    return best


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The beginnings of words that may say which measure is meant."""
    found = re.findall(r"[a-z]+", text.casefold())
    return frozenset(w[:_LEAST] for w in found if len(w) >= _LEAST and w not in _EVERYWHERE)
