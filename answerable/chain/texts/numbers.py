"""Numbers in words and figures, each with its unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from .tokens import Token

_SMALL = dict(
    zip(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen"
        ).split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "million": 1_000_000,
}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_BEFORE_A_PART = frozenset(
    "by nearly almost around about roughly approximately than over under just".split()
)
_AFTER_A_PART = ("of", "more", "fewer", "less", "higher", "lower")
_TIMES = {"twice": 2.0, "thrice": 3.0}
_TIME_UNITS = {
    "second": "seconds", "seconds": "seconds", "sec": "seconds", "secs": "seconds", "s": "seconds",
    "minute": "minutes", "minutes": "minutes", "min": "minutes", "mins": "minutes",
    "hour": "hours", "hours": "hours", "hr": "hours", "hrs": "hours", "h": "hours",
    "day": "days", "days": "days", "week": "weeks", "weeks": "weeks",
    "month": "months", "months": "months", "year": "years", "years": "years",
}  # fmt: skip
_SKIPPED = frozenset(
    "new more extra additional further other different specialist dedicated independent local"
    " separate"
    " full part time per cent domestic abuse sexual violence related reported recorded of the all"
    " our"
    " those these these its their police community vawg fewer less such actual key high risk medium"
    " standard stalking male female adult young public emergency non rape and serious total"
    " positive"
    " successful frontline front line trained fully neighbourhood response student individual"
    " unique"
    " suspected alleged repeat first protective protection civil video online written initial face"
    " criminal court violent knife hate residential named outstanding anonymous similar most each"
    " qualified experienced commissioned funded free short one open live known and or".split()
)
_NOT_A_NOUN = frozenset(
    "in on at by to from for with as than and or but which who that were was is are be been has"
    " have had"
    " against compared versus up down over under above below last this per after before while"
    " when it"
    " they we he she i he's more less fewer higher lower within between out so if not also now a an"
    " said during across since until because about then there would will could should did"
    " do gave said told took went came made saw found felt knew got led left due rated agreed"
    " whom whose per".split()
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a sentence.

    first, last   the tokens, its unit included
    value, unit   beside each other; unit empty where none is said
    bound         above for "more than", below for "fewer than", none
    sign          + or - where one stands at the number
    """

    first: int
    last: int
    value: tuple[float, ...]
    unit: tuple[str, ...]
    bound: str = "none"
    in_digits: bool = True
    sign: str = ""


def quantities(tokens: Sequence[Token], taken: frozenset[int]) -> list[Quantity]:
    """The quantities of a sentence. Tokens in `taken` (dates, names) belong to something else."""
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = None if index in taken else _quantity(tokens, index, taken)
        if quantity is None:
            index += 1
            continue
        found.append(quantity)
        index = quantity.last
    return _units_handed_back(tokens, found)


def _quantity(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    for reader in (_times, _money, _one_in, _an_hour, _part, _clocked, _number):
        quantity = reader(tokens, index, taken)
        if quantity is not None:
            first, bound = _bound(tokens, quantity.first)
            sign = _sign(tokens, quantity.first)
            return Quantity(
                first, quantity.last, quantity.value, quantity.unit, bound, quantity.in_digits, sign
            )
    return None


def _sign(tokens: Sequence[Token], first: int) -> str:
    """A plus or minus that stands at a number and at nothing before it: "(+6.2%)"."""
    if not first or tokens[first - 1].end != tokens[first].start:
        return ""
    sign = tokens[first - 1].text
    before = tokens[first - 2] if first > 1 else None
    free = before is None or before.end < tokens[first - 1].start or before.text == "("
    if sign == "+" or sign in "▲↑":
        return "+"
    return "-" if free and sign in "-−–▼↓" else ""


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _times(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    word = tokens[index].low
    if word in _TIMES:
        return Quantity(index, index + 1, (_TIMES[word],), ("times",), in_digits=False)
    plain = plain_number(tokens, index)
    if plain and _low(tokens, plain[1]) in ("times", "fold") and not _at_a_time(tokens, plain[1]):
        return Quantity(index, plain[1] + 1, (plain[0],), ("times",))
    return None


def _at_a_time(tokens: Sequence[Token], index: int) -> bool:
    return _low(tokens, index + 1) in ("a", "per", "in", "each")


def _money(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    if tokens[index].text == "£":
        plain = plain_number(tokens, index + 1)
        if plain:
            value, last = _scaled(tokens, *plain)
            return Quantity(index, last, (value,), ("pounds",))
    plain = plain_number(tokens, index)
    if plain:
        value, last = _scaled(tokens, *plain)
        if _low(tokens, last) in ("pounds", "pound"):
            return Quantity(index, last + 1, (value,), ("pounds",))
    return None


def _scaled(tokens: Sequence[Token], value: float, last: int) -> tuple[float, int]:
    scale = _SHORT_SCALES.get(_low(tokens, last))
    if scale and (tokens[last].low == "million" or tokens[last].start == tokens[last - 1].end):
        return round(value * scale, 6), last + 1
    return value, last


def _one_in(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    """`one in three`, `8 out of 10`, `seven in every ten`; `3 of the 5` only with `out`."""
    part = plain_number(tokens, index)
    if not part or (part[1] - index != 1):
        return None
    at = part[1]
    at = _past_one_noun(tokens, index, at)
    out = _low(tokens, at) == "out" and _low(tokens, at + 1) == "of"
    of = _low(tokens, at) == "of" and (tokens[index].kind == "number" or part[0] > 1)
    if not (out or of) and _low(tokens, at) != "in":
        return None
    at += 2 if out else 1
    if _low(tokens, at) in ("every", "the", "our", "its", "their", "these", "those"):
        at += 1
    whole = plain_number(tokens, at)
    if not whole or at in taken or not whole[0] > 1:
        return None
    if whole[0] > 1000 and not out and not (of and "," in tokens[at].text):
        return None
    if part[0] >= whole[0] or _low(tokens, whole[1]) in _TIME_UNITS:
        return None
    last, unit = _noun(tokens, whole[1], taken)
    return Quantity(index, last, (part[0], whole[0]), (unit, unit))


def _past_one_noun(tokens: Sequence[Token], index: int, at: int) -> int:
    """ "one case in twelve" counts as "one in twelve"."""
    noun = at < len(tokens) and tokens[at].kind == "word" and tokens[at].low not in _NOT_A_NOUN
    return at + 1 if tokens[index].low == "one" and noun and _low(tokens, at + 1) == "in" else at


_OF_AN_HOUR = {"hour": (60, "minutes"), "minute": (60, "seconds"), "day": (24, "hours")}


def _part_of_a_time(tokens: Sequence[Token], index: int) -> Quantity | None:
    """ "half an hour", "a quarter of an hour"."""
    at = index + 1 if tokens[index].low in ("a", "one") else index
    share = {"half": 0.5, "quarter": 0.25}.get(_low(tokens, at))
    if share is None:
        return None
    at += 1
    if _low(tokens, at) == "of":
        at += 1
    whole = _OF_AN_HOUR.get(_low(tokens, at + 1)) if _low(tokens, at) in ("a", "an") else None
    if whole is None:
        return None
    return Quantity(index, at + 2, (share * whole[0],), (whole[1],), in_digits=False)


_BEFORE_AN_HOUR = frozenset(
    "within is was than of about around almost nearly over under took takes averaged".split()
)


def _an_hour(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    """ "within an hour", "an hour and a half"; not "calls an hour"."""
    unit = _TIME_UNITS.get(_low(tokens, index + 1))
    if tokens[index].low not in ("a", "an", "the") or unit not in ("hours", "minutes"):
        return None
    if _low(tokens, index - 1) not in _BEFORE_AN_HOUR or _low(tokens, index + 1).endswith("s"):
        return None
    half = [_low(tokens, index + after) for after in (2, 3, 4)] == ["and", "a", "half"]
    last = index + (5 if half else 2)
    return Quantity(index, last, (1.5 if half else 1.0,), (unit,), in_digits=False)


def _part(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    """`a third of`, `two thirds`, `three quarters of`, `half of all`."""
    timed = _part_of_a_time(tokens, index)
    if timed:
        return timed
    at, top = index, 1.0
    word = tokens[index].low
    if word in ("a", "one"):
        at += 1
    elif word in _SMALL and 1 < _SMALL[word] < 10:
        top, at = float(_SMALL[word]), index + 1
    name = _low(tokens, at)
    singular = name[:-1] if name.endswith("s") else name
    bottom = _PARTS.get("half" if name in ("half", "halves") else singular)
    if bottom is None or (top > 1) != (name.endswith("s")):
        return None
    after = _low(tokens, at + 1)
    by_a = word == "a" and _low(tokens, index - 1) in _BEFORE_A_PART
    one_of = word == "one" and not name.endswith("s") and name != "second"
    if bottom != 2 and top == 1 and after not in _AFTER_A_PART and not by_a and not one_of:
        return None  # an ordinal: "the third quarter"
    by_half = bottom == 2 and _low(tokens, index - 1) == "by" and word == "half"
    if (
        bottom == 2
        and not by_half
        and after not in ("of", "the", "all", "as", "a", "our", "their", "those")
    ):
        return None
    ranked = top == 1 and word not in ("a", "one") and bottom != 2
    if ranked and _low(tokens, index - 1) != "by":
        return None  # "sixth of 43 forces"
    if (bottom == 2 and after == "a") or (name == "quarter" and after == "two"):
        return None
    last, unit = _noun(tokens, at + 1, taken) if after == "of" else (at + 1, "")
    return Quantity(index, last, (round(top / bottom, 4),), (unit,), in_digits=False)


def _clocked(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    """`7m 25secs`, `three minutes and 43 seconds`: one time in two numbers."""
    big = plain_number(tokens, index)
    if not big:
        return None
    unit = _TIME_UNITS.get(_low(tokens, big[1])) or (
        "minutes" if _glued(tokens, big[1], "m") else ""
    )
    if unit not in ("minutes", "hours"):
        return None
    at = big[1] + 1
    if _low(tokens, at) in ("and", ","):
        at += 1
    small = plain_number(tokens, at)
    smaller = {"minutes": "seconds", "hours": "minutes"}[unit]
    if small:
        name = _low(tokens, small[1])
        if _TIME_UNITS.get(name) == smaller or (name == "m" and smaller == "minutes"):
            return Quantity(index, small[1] + 1, (big[0], small[0]), (unit, smaller))
    if tokens[big[1]].low == "m":
        return None
    return None


def _glued(tokens: Sequence[Token], index: int, letter: str) -> bool:
    return (
        _low(tokens, index) == letter and index > 0 and tokens[index].start == tokens[index - 1].end
    )


def _number(tokens: Sequence[Token], index: int, taken: frozenset[int]) -> Quantity | None:
    plain = plain_number(tokens, index)
    if not plain:
        return None
    value, last = _scaled(tokens, *plain)
    digits = tokens[index].kind == "number"
    if _low(tokens, last) in ("-", "–", "to") and last + 1 < len(tokens) and last + 1 not in taken:
        other = plain_number(tokens, last + 1)
        if other and _low(tokens, last) != "to" and tokens[last].start == tokens[last - 1].end:
            end, unit = _unit(tokens, other[1], taken)
            return Quantity(index, end, (value, other[0]), (unit, unit), in_digits=digits)
    end, unit = _unit(tokens, last, taken)
    return Quantity(index, end, (value,), (unit,), in_digits=digits)


def _unit(tokens: Sequence[Token], at: int, taken: frozenset[int]) -> tuple[int, str]:
    """Where the unit after a number ends, and what it is."""
    word = _low(tokens, at)
    if word in ("%", "percent", "pc"):
        after = _low(tokens, at + 1)
        if after in ("point", "points"):
            return at + 2, "percentage points"
        return at + 1, "%"
    if word == "per" and _low(tokens, at + 1) == "cent":
        if _low(tokens, at + 2) in ("point", "points"):
            return at + 3, "percentage points"
        return at + 2, "%"
    if word == "percentage" and _low(tokens, at + 1) in ("point", "points"):
        return at + 2, "percentage points"
    if word in ("pp", "ppt", "ppts", "pps"):
        return at + 1, "percentage points"
    if word in ("point", "points"):
        return at + 1, "points"
    if word in _TIME_UNITS and (len(word) > 1 or _glued(tokens, at, word)):
        return at + 1, _TIME_UNITS[word]
    if word in ("more", "fewer", "less", "further", "new", "extra", "additional", "of"):
        return _noun(tokens, at, taken)
    return _noun(tokens, at, taken)


def _noun(tokens: Sequence[Token], at: int, taken: frozenset[int]) -> tuple[int, str]:
    """The noun counted: the last word of the run after the number, as it stands."""
    start = at
    while at < len(tokens) and at - start < 6 and at not in taken:
        token = tokens[at]
        following = _low(tokens, at + 1)
        if token.low == "per" and following != "cent":
            return start, ""  # "19 per investigator" are not investigators
        if token.kind != "word" or (token.low in _NOT_A_NOUN and token.low not in _SKIPPED):
            return start, ""
        if token.low.endswith("s") and not token.low.endswith("ss") and token.low not in _SKIPPED:
            return at + 1, token.text
        if token.low in ("people", "women", "men", "children", "staff", "fte"):
            return at + 1, token.text
        plain = token.low not in _SKIPPED and not token.capital and not token.low.endswith("ed")
        if plain and (following in _NOT_A_NOUN or not following.isalpha()):
            return at + 1, token.text
        at += 1
    return start, ""


def plain_number(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """A number without a unit, and the token after it: `1,204`, `twenty-five`, `two hundred`."""
    if not 0 <= index < len(tokens):
        return None
    token = tokens[index]
    if token.kind == "number":
        value = float(token.text.replace(",", ""))
        scale = _SCALES.get(_low(tokens, index + 1))
        if scale:
            return value * scale, index + 2
        return value, index + 1
    return _in_words(tokens, index)


def _in_words(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    total, current, at, seen = 0, 0, index, False
    while at < len(tokens):
        word = tokens[at].low
        if word in _SMALL and (not seen or current % 10 == 0 or current % 100 == 0):
            current += _SMALL[word]
        elif word in _TENS and (not seen or current % 100 == 0):
            current += _TENS[word]
        elif word in _SCALES and seen:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word == "dozen":
            return float(max(current, 1) * 12), at + 1
        elif word in ("a", "and") and _joins(tokens, at, seen, word):
            at += 1
            current = current if word == "and" else 1
            seen = True
            continue
        else:
            break
        seen = True
        at += 1
    if not seen or at == index or (at == index + 1 and tokens[index].low == "a"):
        return None
    return float(total + current), at


def _joins(tokens: Sequence[Token], at: int, seen: bool, word: str) -> bool:
    after = _low(tokens, at + 1)
    if word == "a":
        return not seen and (after in _SCALES or after == "dozen")
    return seen and _low(tokens, at - 1) in _SCALES and (after in _SMALL or after in _TENS)


_ABOVE = tuple(
    tuple(words.split())
    for words in (
        "more than|over|above|at least|in excess of|exceeding|upwards of|greater than|"
        "higher than|well over|just over|no fewer than|no less than|longer than"
    ).split("|")
)
_BELOW = tuple(
    tuple(words.split())
    for words in (
        "fewer than|less than|under|below|up to|at most|just under|almost|nearly|no more than|"
        "lower than|within"
    ).split("|")
)
_NEARLY = (("almost",), ("nearly",))
_BOUNDS = tuple(
    (name, sorted(ways, key=len, reverse=True))
    for name, ways in (("below", _BELOW), ("above", _ABOVE))
)


def _bound(tokens: Sequence[Token], first: int) -> tuple[int, str]:
    """A bound said before a number, the longest first: "no more than" is not "more than"."""
    for name, ways in _BOUNDS:
        for way in ways:
            begin = first - len(way)
            if begin >= 0 and tuple(token.low for token in tokens[begin:first]) == way:
                if name == "above" and _low(tokens, begin - 1) == "no":
                    continue
                if way in _NEARLY:
                    return begin, "none"
                return begin, name
    return first, "none"


def _units_handed_back(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """`from 480 to 512 arrests`, `between 10 and 15 minutes`: the unit belongs to both."""
    handed = list(found)
    for place in range(len(found) - 2, -1, -1):
        this, after = handed[place], handed[place + 1]
        between = [token.low for token in tokens[this.last : after.first]]
        if (
            this.unit == ("",)
            and after.unit[0]
            and between in (["of", "the"], ["of"], ["to"], ["and"], ["or"], ["-"], ["–"])
        ):
            handed[place] = Quantity(
                this.first, this.last, this.value, after.unit[:1], this.bound, this.in_digits
            )
    return handed
