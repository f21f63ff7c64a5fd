"""The vocabulary of `library/vocabulary`: the words by which things are known, as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from ..body import Schema, read_toml, shipped
from ..statistics.chart import Better
from .forms import verb_forms
from .matching import Phrases

Sort = Literal["time", "share", "score", "volume", "money", "thing"]


class Concept(Schema):
    """Something measurable, or a thing that may be in place, and its phrases."""

    better: Better
    sort: Sort
    weak: bool = False
    phrases: tuple[str, ...]


class Family(Schema):
    """A family of measures. `defined_as` are the families of shipped definitions in it."""

    key: str
    defined_as: tuple[str, ...] = ()
    concept: tuple[Concept, ...]


class FamiliesFile(Schema):
    family: tuple[Family, ...]


class Sense(Schema):
    """One way to move, and the words that say so."""

    key: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    comparatives: tuple[str, ...]


class MovementFile(Schema):
    sense: tuple[Sense, ...]
    adverbs: dict[str, tuple[str, ...]]
    extremes: dict[str, tuple[str, ...]]


class TargetWords(Schema):
    nouns: tuple[str, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    verbs_met: tuple[str, ...]
    verbs_missed: tuple[str, ...]
    over: tuple[str, ...]
    under: tuple[str, ...]
    against: tuple[str, ...]


class OthersWords(Schema):
    groups: tuple[str, ...]
    people: tuple[str, ...]
    words: tuple[str, ...]
    same: tuple[str, ...]
    over: tuple[str, ...]
    under: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


class StandingFile(Schema):
    target: TargetWords
    others: OthersWords


class StatusFile(Schema):
    establishing: tuple[str, ...]
    carrying: tuple[str, ...]
    states: tuple[str, ...]
    things: tuple[str, ...]
    counting: tuple[str, ...]
    underused: tuple[str, ...]
    aligning: tuple[str, ...]
    aligned: tuple[str, ...]
    standards: tuple[str, ...]


class AssertedFile(Schema):
    wishes: tuple[str, ...]
    modals: tuple[str, ...]
    future: tuple[str, ...]
    questions: tuple[str, ...]
    purposes: tuple[str, ...]
    so_it_is: tuple[str, ...]
    advice: tuple[str, ...]
    definitions: tuple[str, ...]
    cases: tuple[str, ...]
    thanks: tuple[str, ...]
    negations: tuple[str, ...]
    saying: tuple[str, ...]
    bringing_about: tuple[str, ...]
    carriers: tuple[str, ...]


class PeopleFile(Schema):
    offices: tuple[str, ...]
    forces: tuple[str, ...]
    places: tuple[str, ...]
    whole: tuple[str, ...]
    names: tuple[str, ...]


class Word(Schema):
    """What a phrase of the vocabulary stands for.

    role   measure, move, target, …: the list in which it stands
    key    family of a measure, direction of a movement, or the word itself
    form   of a verb: base, s, ing, past; of others noun, comparative, adverb, phrase
    """

    role: str
    key: str
    form: str = "phrase"
    better: Better = "neither"
    sort: Sort = "volume"
    weak: bool = False
    phrase: str = Field(default="", repr=False)


@dataclass(frozen=True)
class Vocabulary:
    """Everything that the reader knows, ready to be matched, one set of phrases a role."""

    phrases: dict[str, Phrases[Word]]
    everything: Phrases[Word]
    families: tuple[Family, ...]

    def defined_as(self, family: str) -> tuple[str, ...]:
        """The families of shipped definitions that belong to a family of the reader."""
        return next((each.defined_as for each in self.families if each.key == family), ())


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary. Raises InputMistake for a file that does not fit its schema."""
    files = shipped("vocabulary", ".toml")
    families = read_toml(files["families"], FamiliesFile).family
    collected: dict[str, Phrases[Word]] = {}
    everything: Phrases[Word] = Phrases()
    for word, noun in (
        *_measures(families),
        *_moves(read_toml(files["movement"], MovementFile)),
        *_standing(read_toml(files["standing"], StandingFile)),
        *_status(read_toml(files["status"], StatusFile)),
        *_asserted(read_toml(files["asserted"], AssertedFile)),
        *_people(read_toml(files["people"], PeopleFile)),
    ):
        collected.setdefault(word.role, Phrases()).add(word.phrase, word, noun)
        everything.add(word.phrase, word, noun)
    return Vocabulary(collected, everything, families)


Entry = tuple[Word, bool]


def _measures(families: Iterable[Family]) -> Iterable[Entry]:
    for family in families:
        for concept in family.concept:
            for phrase in concept.phrases:
                yield (
                    Word(
                        role="measure", key=family.key, better=concept.better, sort=concept.sort,
                        weak=concept.weak, phrase=phrase,
                    ),
                    True,
                )  # fmt: skip


def _verbs(role: str, key: str, verbs: Iterable[str]) -> Iterable[Entry]:
    for verb in verbs:
        for form, spellings in verb_forms(verb).items():
            for spelling in spellings:
                yield Word(role=role, key=key or verb, form=form, phrase=spelling), False


def _plain(
    role: str, key: str, phrases: Iterable[str], form: str = "phrase", noun: bool = False
) -> Iterable[Entry]:
    for phrase in phrases:
        yield Word(role=role, key=key or phrase, form=form, phrase=phrase), noun


def _moves(file: MovementFile) -> Iterable[Entry]:
    for sense in file.sense:
        yield from _verbs("move", sense.key, sense.verbs)
        yield from _plain("move", sense.key, sense.nouns, "noun", noun=True)
        yield from _plain("move", sense.key, sense.comparatives, "comparative")
    for key, words in file.adverbs.items():
        yield from _plain("move", key, words, "adverb")
    for key in ("up", "down"):
        yield from _plain("extreme", key, file.extremes[key])
    yield from _plain("over_time", "", file.extremes["over_time"])


def _standing(file: StandingFile) -> Iterable[Entry]:
    target, others = file.target, file.others
    yield from _plain("target", "", target.nouns, "noun", noun=True)
    yield from _plain("within_target", "inside", target.inside)
    yield from _plain("within_target", "outside", target.outside)
    yield from _verbs("target_verb", "met", target.verbs_met)
    yield from _verbs("target_verb", "missed", target.verbs_missed)
    for key, words in (("over", target.over), ("under", target.under), ("against", target.against)):
        yield from _plain("stance", key, words)
    yield from _plain("others", "", others.groups, noun=True)
    yield from _plain("people", "", others.people)
    yield from _plain("ranked", "", others.words)
    for key, words in (
        ("same", others.same), ("over", others.over), ("under", others.under),
        ("good", others.good), ("bad", others.bad),
    ):  # fmt: skip
        yield from _plain("beside", key, words)


def _status(file: StatusFile) -> Iterable[Entry]:
    yield from _verbs("establish", "", file.establishing)
    yield from _verbs("carry", "", file.carrying)
    yield from _plain("state", "", file.states)
    yield from _plain("thing", "", file.things, noun=True)
    yield from _verbs("counting", "", file.counting)
    yield from _plain("underused", "", file.underused)
    yield from _verbs("align", "", file.aligning)
    yield from _plain("align", "", file.aligned)
    yield from _plain("standard", "", file.standards, noun=True)


def _asserted(file: AssertedFile) -> Iterable[Entry]:
    yield from _verbs("wish", "", (each for each in file.wishes if " to" not in each))
    yield from _plain("wish", "", (each for each in file.wishes if " to" in each))
    for role, words in (
        ("modal", file.modals), ("future", file.future), ("question", file.questions),
        ("advice", file.advice), ("definition", file.definitions), ("case", file.cases),
        ("negation", file.negations),
    ):  # fmt: skip
        yield from _plain(role, "", words)
    yield from _plain("thanks", "", file.thanks)
    yield from _plain("purpose", "", file.purposes)
    yield from _verbs("so_it_is", "", file.so_it_is)
    yield from _verbs("saying", "", file.saying)
    yield from _verbs("bringing", "", file.bringing_about)
    yield from _verbs("carrier", "", file.carriers)


def _people(file: PeopleFile) -> Iterable[Entry]:
    yield from _plain("office", "", file.offices)
    yield from _plain("force", "", file.forces)
    yield from _plain("place", "", file.places)
    yield from _plain("whole", "", file.whole)
    yield from _plain("name", "", file.names)
