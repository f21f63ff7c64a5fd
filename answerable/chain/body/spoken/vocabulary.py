"""The words of periods, out of `library/vocabulary/periods.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..library import shipped

_PLAIN = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-",
                        "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
                        "\u2018": "'", "\u2019": "'", "\t": " ", "\n": " ", "\r": " "})  # fmt: skip


def plain(text: str) -> str:
    """The text in lower case, with every kind of dash and space as one kind.

    Of the same length, so that a place in one is the same place in the other.
    """
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_PLAIN)


@dataclass(frozen=True)
class Relative:
    """A rule for words such as 'last year', and the words."""

    means: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Everything that the vocabulary holds, by what it stands for."""

    months: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    groups: Mapping[str, tuple[str, ...]]
    before_bare_month: tuple[str, ...]
    before_bare_year: tuple[str, ...]
    relative: tuple[Relative, ...]
    since: tuple[str, ...]
    by: tuple[str, ...]


@cache
def words() -> Words:
    """The vocabulary, read once."""
    path = shipped("vocabulary", ".toml")["periods"]
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(
        months={word: i for i, each in enumerate(held["months"].values(), 1) for word in each},
        numbers=held["numbers"],
        ordinals=held["ordinals"],
        groups={name: tuple(each) for name, each in held["words"].items()},
        before_bare_month=tuple(held["bare_month"]["before"]),
        before_bare_year=tuple(held["bare_year"]["before"]),
        relative=tuple(Relative(one["means"], tuple(one["words"])) for one in held["relative"]),
        since=tuple(held["open"]["since"]),
        by=tuple(held["open"]["by"]),
    )


def any_of(choices: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a space stands for spaces or hyphens."""
    ordered = sorted(choices, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_loose(word) for word in ordered) + ")"


def _loose(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"[\s-]+")
