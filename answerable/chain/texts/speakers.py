"""Who is said to have said what stands in a sentence."""

from .marks import Marked
from .matching import Match
from .vocabulary import Word

_TITLES = frozenset(
    ("temporary", "deputy", "assistant", "acting", "interim", "detective", "former")
)
_NOT_SPEAKERS = frozenset(("ds", "di", "chair", "chief", "director"))


def speaker_of(marked: Marked) -> str:
    """The office before or after a verb of saying, as it stands; empty where there is none."""
    offices = [o for o in marked.find("office") if _speaks(marked, o)]
    offices = [
        o
        for o in offices
        if not any(p.first <= o.first and o.last <= p.last and p is not o for p in offices)
    ]
    for verb in marked.find("saying"):
        if verb.entry.form not in ("past", "s"):
            continue
        ahead = [o for o in offices if o.last <= verb.first and verb.first - o.last <= 6]
        if ahead:
            return _told(marked, ahead[-1])
        behind = [o for o in offices if 0 <= o.first - verb.last <= 5]
        if behind and verb.entry.key in ("say", "add", "comment", "explain"):
            return _told(marked, behind[0])
    return ""


def _speaks(marked: Marked, office: Match[Word]) -> bool:
    token = marked.tokens[office.first]
    if office.entry.phrase in _NOT_SPEAKERS and not token.text.isupper():
        return False
    return marked.tokens[office.last - 1].possessive is False


def _told(marked: Marked, office: Match[Word]) -> str:
    first = office.first
    while first and marked.word(first - 1) in _TITLES:
        first -= 1
    return marked.said(first, office.last)
