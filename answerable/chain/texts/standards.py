"""Services and other things said, or made sure, to be in line with a standard: a status."""

from .found import Before, Found, found
from .groups import Group
from .marks import Marked
from .matching import Match
from .ranking import standard_of
from .vocabulary import Word, vocabulary

_MADE_SURE = frozenset(("ensure", "focus on"))
"""Words elsewhere for a wish, by which somebody here undertakes that it is so."""

_ARTICLES = frozenset("the all our its their these those every each new".split())


def in_line(group: Group, before: Before) -> Found | None:
    """ "The services that we commission align with national best practice", "ensuring they meet
    the quality standard": committed to be so. A figure held against its target is no such thing.
    """
    marked = group.marked
    if any(atom.quantities for atom in group.atoms):
        return None
    for aligned in marked.within(marked.find("align"), group.first, group.last):
        standard = standard_of(marked, aligned)
        if standard is None or not _undertaken(marked, aligned):
            continue
        held = _held(marked, aligned, standard) or _carried(marked, aligned, before)
        if held is None:
            continue
        measure = held if held.entry.role == "measure" else None
        named = held.first < held.last
        begin = _with_its_article(marked, min(held.first, aligned.first)) if named else group.first
        words = marked.said(aligned.first, standard.last)
        return found(group, "status", "none", measure, words, first=begin, last=standard.last)
    return None


def _undertaken(marked: Marked, aligned: Match[Word]) -> bool:
    """Nothing before it says that it should be so, is hoped for or is asked for."""
    first = max((stop + 1 for stop in marked.stops if stop < aligned.first), default=0)
    for role in ("modal", "wish", "question"):
        for each in marked.within(marked.find(role), first, aligned.first):
            if role != "wish" or each.entry.key not in _MADE_SURE:
                return False
    return not marked.has("negation", first, aligned.first)


def _held(marked: Marked, aligned: Match[Word], standard: Match[Word]) -> Match[Word] | None:
    """The service or the thing that is in line: before the verb, or its object."""
    services = [
        m for m in marked.measures if m.entry.key in ("services", "training", "victims_code")
    ]
    things = [m for m in marked.find("thing") if m.first != standard.first]
    for those in (services, things):
        before = [m for m in those if m.last <= aligned.first]
        after = [m for m in those if aligned.last <= m.first < standard.first]
        if before or after:
            return (before or after)[-1]
    return _commissioned(marked, aligned)


def _commissioned(marked: Marked, aligned: Match[Word]) -> Match[Word] | None:
    """ "commissioned Safe Steps to deliver help that meets the standard": a service, unnamed."""
    for each in marked.find("establish"):
        if each.entry.key in ("commission", "recommission") and each.last <= aligned.first:
            services = vocabulary().phrases["measure"].at(("services",), 0, frozenset())
            return Match(each.first, each.last, next(iter(services)).entry)
    return None


def _with_its_article(marked: Marked, first: int) -> int:
    while first and marked.word(first - 1) in _ARTICLES:
        first -= 1
    return first


def _carried(marked: Marked, aligned: Match[Word], before: Before) -> Match[Word] | None:
    """ "They all meet the national quality standard": of what was spoken of before."""
    spoken = before.spoken
    pronoun = marked.word(0) in ("they", "it", "these", "all", "both", "each")
    return spoken if pronoun and spoken is not None and spoken.entry.key == "services" else None
