"""Dividing a sentence where one thing ends and another is said."""

from itertools import pairwise

from .marks import Marked

_JOINTS = frozenset(
    "and but while whilst although though whereas alongside yet which because with after when"
    " despite"
    " however including plus who where as".split()
)
_PAIRS = (
    ("as", "well", "as"), ("along", "with"), ("together", "with"), ("in", "addition", "to"),
    ("coupled", "with"), ("accompanied", "by"), ("combined", "with"), ("even", "though"),
    ("compared", "with"), ("compared", "to"), ("rather", "than"),
)  # fmt: skip
_MARKS = frozenset((",", ";", ":", "–", "—", "(", ")", "“", "”", '"', "-"))


def atoms(marked: Marked) -> list[tuple[int, int]]:
    """The smallest pieces between joints, as runs of tokens, joints at their beginning."""
    cuts = {0, len(marked.tokens)}
    opened = False
    for index, word in enumerate(marked.words):
        if word in "()" and _short_bracket(marked, index):
            continue
        if word == "," and marked.word(0) in ("compared", "unlike") and not opened:
            opened = True  # "Compared with other forces, arrests are low" is one
            continue
        if word == "with" and marked.word(index - 1) not in (",", "–", "—", "-", ";"):
            continue  # "satisfaction with the service" is one
        if word == "with" and marked.word(index - 1) in ("than", "as", "compared", "line"):
            continue
        if word in _MARKS:
            cuts.add(index + 1)
        elif word in _JOINTS or any(_pair(marked, index, pair) for pair in _PAIRS):
            if word == "as" and not _pair(marked, index, _PAIRS[0]):
                continue
            if word == "which" and marked.word(index - 1) not in (",", "–", "—", "(", "-"):
                continue  # "arrests which led to a charge" is one
            if word == "and" and _between_numbers(marked, index):
                continue
            if word == "who" or (word == "where" and not marked.word(index - 1).isalpha()):
                continue
            cuts.add(index)
        elif word == "that" and _after_saying(marked, index):
            cuts.add(index + 1)
    inside = _inside(marked)
    kept = sorted(cut for cut in cuts if cut not in inside)
    return [
        (first, last)
        for first, last in pairwise(kept)
        if any(token.kind != "mark" for token in marked.tokens[first:last])
    ]


def _short_bracket(marked: Marked, index: int) -> bool:
    """An abbreviation in brackets: (VAWG), (IDVAs)."""
    if _number_bracket(marked, index):
        return True
    inner = index + 1 if marked.word(index) == "(" else index - 1
    outer = index + 2 if marked.word(index) == "(" else index - 2
    return marked.word(outer) in ("(", ")") and marked.word(inner).isalpha()


def _number_bracket(marked: Marked, index: int) -> bool:
    """A number in brackets: (177), (92%)."""
    if marked.word(index) == "(":
        inside = marked.words[index + 1 : index + 5]
    else:
        inside = marked.words[max(0, index - 4) : index][::-1]
    other = ")" if marked.word(index) == "(" else "("
    if other not in inside:
        return False
    inner = inside[: inside.index(other)]
    return bool(inner) and all(not word.isalpha() and word not in "+-–" for word in inner)


def _between_numbers(marked: Marked, index: int) -> bool:
    """ "17 sergeants and 55 constables"."""
    return any(q.last == index for q in marked.quantities) and any(
        q.first == index + 1 for q in marked.quantities
    )


def _pair(marked: Marked, index: int, pair: tuple[str, ...]) -> bool:
    return marked.words[index : index + len(pair)] == pair


def _after_saying(marked: Marked, index: int) -> bool:
    return any(index - 4 <= each.last <= index for each in marked.find("saying"))


def _inside(marked: Marked) -> frozenset[int]:
    """Places where a cut would go through a name, a number or a time."""
    spans = [(m.first, m.last) for m in marked.measures if "..." not in m.entry.phrase]
    spans += [(q.first, q.last) for q in marked.quantities]
    spans += [(first, last) for first, last, _ in marked.whens]
    spans += [(p.first, p.last) for p in marked.places]
    for role in ("others", "thing", "target", "office", "whole", "stance", "state", "beside"):
        spans += [(m.first, m.last) for m in marked.find(role)]
    return frozenset(cut for first, last in spans for cut in range(first + 1, last))
