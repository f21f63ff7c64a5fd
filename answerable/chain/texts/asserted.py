"""Whether words say that something is so, or only wish, ask, suppose, advise or lay down."""

from .marks import Marked
from .matching import Match
from .movements import names_something
from .vocabulary import Word

_SUBJECTS = frozenset("we they it he she i you who which that these those this there".split())
_ARTICLES = frozenset(
    "a an the this that these those any its their our such no some further".split()
)
_BE = frozenset("is are was were be been being am".split())
_HAVE = frozenset("has have had having".split())
_ADVERBS = frozenset(
    "also now still significantly slightly steadily further greatly considerably substantially"
    " again"
    " consistently markedly marginally dramatically sharply rapidly gradually already actually"
    " really"
    " clearly broadly just only largely therefore both all recently since then much continually"
    " year"
    " on month steeply noticeably notably generally overall only even not currently progressively"
    " successfully more far so almost nearly and".split()
)


def open_to_check(marked: Marked) -> bool:
    """Whether a sentence may assert anything at all: no question, advice, law, or one case."""
    text = marked.text[marked.sentence.start : marked.sentence.end]
    if text.rstrip("\"'”’) ").endswith("?"):
        return False
    if marked.has("case"):
        return False
    shares = any("%" in q.unit or len(q.value) == 2 or q.value[0] < 1 for q in marked.quantities)
    if not shares and any(_defines(marked, each) for each in marked.find("definition")):
        return False  # a share of "those eligible for it" is a figure, whatever else is defined
    if marked.words[:2] in (("where", "a"), ("where", "an")):
        return False  # "Where a figure is lower than five, …" is a rule
    if marked.words[:1] in (("had",), ("were",), ("should",), ("if",)):
        return False  # "Had officers come sooner, …" is supposed
    return not _advises(marked)


def _defines(marked: Marked, match: Match[Word]) -> bool:
    """ "this means that arrests rose" defines nothing."""
    return match.entry.key != "means" or marked.word(match.first - 1) not in (
        "this", "that", "it", "which", "these", "also",
    )  # fmt: skip


def _advises(marked: Marked) -> bool:
    advice = [m for m in marked.find("advice") if m.entry.key != "to report" or m.first == 0]
    if not advice:
        return False
    first_words = " ".join(marked.words[:4])
    strong = [each for each in advice if each.entry.key not in ("your", "you can", "if you")]
    if any(each.entry.key in ("your",) for each in advice) and not strong:
        return first_words.startswith("your") is True
    return True


def said_to_be_so(
    marked: Marked, at: int, first: int, purpose: int, *, ahead: bool = False
) -> bool:
    """Whether what stands at a token is said to be so, in a clause that begins at `first`.

    purpose where a `to` with a verb may stand that says what it is for
    ahead   whether what is to come may count too (for a status: "will be launched in May")
    """
    for role in ("wish", "modal", "question"):
        for each in marked.within(marked.find(role), first, at):
            if ahead and each.entry.key == "would" and marked.whens:
                continue  # minutes tell of what will be: "would be in place by June"
            if role == "wish" and _in_the_subject(marked, first, each.last - 1, at):
                continue
            if not _named(marked, each) and not _inside_saying(marked, each, at):
                return False
    if not ahead and marked.within(marked.find("future"), first, at):
        return False
    return not _purpose(marked, purpose, at, ahead)


def _named(marked: Marked, match: Match[Word]) -> bool:
    """Whether a word is part of a name: "needs assessment", "May 2023", "trial project"."""
    inside = any(m.first <= match.first and match.last <= m.last for m in marked.measures)
    timed = any(first <= match.first < last for first, last, _ in marked.whens)
    return inside or timed


def _inside_saying(marked: Marked, match: Match[Word], at: int) -> bool:
    """ "needs to be said that"; and a noun before the verb: "the need for … has fallen"."""
    key = match.entry.key
    if match.entry.role == "wish" and match.entry.form in ("base", "s"):
        before = marked.word(match.first - 1)
        if match.entry.form == "s" and _noun_before_a_verb(marked, match.last):
            return True
        if before in _ARTICLES or before.endswith("'s") or (match.first == 0 and key == "request"):
            # A noun: "the aim was met", but "the need to improve" is caught by its `to`.
            return marked.word(match.last) not in ("is", "was", "to", "of", "for")
        return False
    if key in ("how", "what", "who", "where", "why"):
        before = marked.word(match.first - 1)
        return key in ("who", "where") and before not in ("asked", "see", "understand")
    if key == "may" and marked.tokens[match.first].capital and match.first > 0:
        return True
    return key == "can" and marked.words[match.last : match.last + 2] == ("be", "seen")


def _noun_before_a_verb(marked: Marked, index: int) -> bool:
    """ "requests had halved": a plural, not "he requests"."""
    if marked.word(index) in _BE | _HAVE:
        return True
    return any(each.entry.form == "past" for each in marked.every("move", index))


def _purpose(marked: Marked, first: int, at: int, ahead: bool) -> bool:
    """Whether a `to` with a verb stands before, that says what for."""
    for index in range(first, at):
        if marked.word(index) != "to" or any(m.first < index < m.last for m in marked.measures):
            continue
        if _in_the_subject(marked, first, index, at):
            continue
        licensed = any(
            each.last == index or (each.last == index - 1 and marked.word(each.last) in _ADVERBS)
            for each in marked.find("so_it_is")
            if each.first < index
        )
        if licensed and (
            ahead
            or marked.word(index - 1) not in ("set", "due", "planned", "scheduled", "expected")
        ):
            continue
        if licensed:
            return True
        follows = index + 1 if marked.word(index + 1) not in _ADVERBS else index + 2
        verb = follows < at and any(
            each.first == follows
            for role in ("purpose", "move", "establish", "carry", "counting", "target_verb")
            for each in marked.every(role, follows)
            if each.entry.form in ("base", "phrase")
        )
        if verb or (follows == at and _bare(marked, at)):
            return True
    return False


def _in_the_subject(marked: Marked, first: int, to: int, at: int) -> bool:
    """ "Work to recruit advocates has begun": the verb comes after what it is for."""
    finite = _BE | _HAVE | {"will"}
    before = set(marked.words[first:to]) & finite
    if marked.word(to) != "to":
        return False
    return to > first and not before and bool(set(marked.words[to + 1 : at + 1]) & finite)


def _bare(marked: Marked, at: int) -> bool:
    roles = ("move", "establish", "carry", "counting", "target_verb")
    return any(e.entry.form == "base" for role in roles for e in marked.every(role, at))


def moved(marked: Marked, index: int) -> tuple[Match[Word], ...]:
    """The forms in which a word at a token may say that something moved, as it stands there."""
    found = marked.every("move", index)
    if not found:
        return ()
    last = max(each.last for each in found)
    if names_something(marked, index, last):
        return ()
    return tuple(each for each in found if each.last == last and _stands(marked, each))


def _stands(marked: Marked, match: Match[Word]) -> bool:
    before, after = _before(marked, match.first), marked.word(match.last)
    form = match.entry.form
    if form == "past":
        return True
    if form == "s":
        return before not in _ARTICLES
    if form == "ing":
        return _progressive(marked, match, before, after)
    if form == "base":
        return _licensed(marked, match)
    if form == "noun":
        return before not in ("to", "not", "will", "would", "could", "should", "can") and (
            before not in _SUBJECTS or before in _ARTICLES
        )
    if form == "adverb":
        return _beside_a_figure(marked, match)
    return _compares(marked, match)


def _before(marked: Marked, index: int) -> str:
    """The word before, adverbs skipped."""
    index -= 1
    while index >= 0 and marked.word(index) in _ADVERBS:
        index -= 1
    return marked.word(index)


def _progressive(marked: Marked, match: Match[Word], before: str, after: str) -> bool:
    if before in _BE or before in (
        "keep",
        "keeps",
        "kept",
        "remain",
        "remains",
        "continue",
        "continues",
        "continued",
        "now",
    ):
        return True
    ends = [each.last for each in marked.measures]
    near = {match.first, match.first - 1, match.first - 2}
    if any(end in near for end in ends) and before not in ("for", "of", "by", "on", "at", "in"):
        return True  # "with arrests rising"
    soon = any(match.last <= q.first <= match.last + 5 for q in marked.quantities)
    comma = marked.word(match.first - 1) == ","
    return comma and soon


def _licensed(marked: Marked, match: Match[Word]) -> bool:
    """A bare verb says that something is so only after one that brings it about, or `did`."""
    index = match.first - 1
    while index >= 0 and (
        marked.word(index) in _ADVERBS or marked.word(index) in ("to", "us", "them")
    ):
        index -= 1
    if marked.word(index) in ("did", "do", "does", "not", "didn't", "doesn't", "don't"):
        return True
    for reach in range(max(0, index - 4), index + 1):
        for each in marked.every("bringing", reach):
            direct = each.last == index + 1
            through = any(
                m.first >= each.last and m.last == match.first and m.first - each.last <= 3
                for m in marked.measures
            )
            if (direct or through) and not _bare_before(marked, each):
                return True
    return False


def _bare_before(marked: Marked, each: Match[Word]) -> bool:
    return each.entry.form == "base" and marked.word(each.first - 1) in (
        "to", "will", "would", "should", "could", "can", "may", "must",
    )  # fmt: skip


_PHRASAL = frozenset(
    (
        "set made make makes making broken followed follow sign signed signs picked pick picks back"
        " take takes taking took taken open opened opening bring brings brought end ends ended"
        " start"
        " started step stepped keep kept turn turned look looked come stand stood write wrote call"
        " called hang hung speed sped build built catch caught coming scale scaled"
    ).split()
)


def _beside_a_figure(marked: Marked, match: Match[Word]) -> bool:
    """ "are up", "up 12%", "up from": not "set up", "made up of", "up and running"."""
    before, after = marked.word(match.first - 1), marked.word(match.last)
    state = any(m.first <= match.first < m.last for m in marked.find("state"))
    if state or before in _PHRASAL or (after == "to" and not _number_at(marked, match.last + 1)):
        return False
    if _before(marked, match.first) in _BE or after in (
        "from", "by", "on", "against", "compared", "year",
    ):  # fmt: skip
        return True
    return any(0 <= q.first - match.last <= 1 and q.bound == "none" for q in marked.quantities)


def _number_at(marked: Marked, index: int) -> bool:
    return any(q.first == index for q in marked.quantities)


_BEFORE_A_GERUND = frozenset(("", "by", "of", "for", "on", "to", "in", "towards", "at", "than"))


def _leads_to(marked: Marked, index: int) -> bool:
    """Whether a comparative is only what something is for: "towards", "key to", not "led to"."""
    while index and marked.word(index - 1) in _ARTICLES:
        index -= 1
    if marked.word(index - 1) not in ("to", "for", "towards", "toward", "into"):
        return False
    return not any(each.last == index - 1 for each in marked.find("bringing"))


def _beside_another(marked: Marked, at: int) -> bool:
    """ "400 more arrests than last year", "… compared with the same months of last year"."""
    compared = "compared" in marked.words[at : at + 24]
    return compared or "than" in marked.words[at : at + 8]


def _compares(marked: Marked, match: Match[Word]) -> bool:
    """A comparative says that something moved where it stands at a measure."""
    at = match.first - 1
    by_it = marked.word(at) == "the" and marked.word(at - 1) in ("by", "of", "for", "with", "to")
    if match.entry.phrase.endswith("ing") and (by_it or marked.word(at) in _BEFORE_A_GERUND):
        return False  # "improving trust will take time"
    if _leads_to(marked, match.first):
        return False  # "key to a better response"
    word, before, after = match.entry.phrase, marked.word(match.first - 1), marked.word(match.last)
    if word in ("more", "fewer", "less") and after == "than":
        return False
    if word == "extra" and any(q.first == match.last for q in marked.quantities):
        return _beside_another(marked, match.last)
    counted = any(q.first < match.first <= q.last and "%" not in q.unit for q in marked.quantities)
    if counted and word != "fewer" and not _beside_another(marked, match.last):
        return False  # "132 more officers" are a number of officers
    if before in ("no", "any", "much", "once", "even") and word in ("more", "less", "longer"):
        return False
    if word in ("more", "fewer") and any(m.last == match.first for m in marked.measures):
        return True  # "are arresting more abusers"
    if word in ("more", "less", "extra", "greater"):
        reach = match.last + 5
        return any(
            match.last <= m.first < reach
            and m.entry.key not in ("victims_code",)
            and all(
                w not in ("to", "of", "in", "for", "with", "work")
                for w in marked.words[match.last : m.first]
            )
            for m in marked.measures
        )
    return True
