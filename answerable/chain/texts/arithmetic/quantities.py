"""Numbers in a text as quantities: what each can stand for, given its digits and its hedge.

A quantity is an interval, not a point. `35%` stands for anything that rounds or is cut to it,
`nearly 30` for what lies a little below, `more than 400` for anything above. Two quantities
disagree only where their intervals do not touch, so that no rounding is taken for a slip.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Sort = Literal["P", "Q", "L", "D", "N", "F"]
"""per cent, percentage points, pounds, duration, count, fraction of a whole"""

ROOM = 1e-9
CUT = 0.9999
"""24% stands for 24.99 that was cut, and not for 25."""
WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "tenth": 10,
}
HEDGES = (
    ("nearly", r"nearly|almost|just under|just below|close to|approaching|not quite|a shade under"),
    ("just over", r"just over|just above|slightly more than|slightly over|a little over"),
    (
        "more than",
        r"more than|over|above|at least|upwards of|in excess of|a minimum of|well over|exceeding"
        r"|greater than|no fewer than|as many as",
    ),
    (
        "less than",
        r"less than|fewer than|under|below|up to|at most|no more than|a maximum of|well under"
        r"|within|lower than",
    ),
    (
        "about",
        r"about|around|some|roughly|approximately|approx\.?|circa|c\.|~|an estimated|or so"
        r"|in the region of|broadly|an average of|on average|typically",
    ),
)
HEDGE = "|".join(f"(?P<h{at}>{words})" for at, (_, words) in enumerate(HEDGES))
NUMBER = (
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?P<scale>million|billion"
    r"|thousand"
    r"|bn|m|k)\b)?"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "|".join(word for word in WORDS if word not in TENS.split("|"))
SPELT = rf"(?P<spelt>(?:(?:{TENS})(?:[- ](?:{ONES}))?|{ONES})(?:\s(?:hundred|thousand))?)"
NOT_A_TIME = "".join(
    rf"(?<!{word} )" for word in "first second other latter last next better".split()
)
FRACTION = (
    rf"(?P<fraction>(?:(?P<top>a|one|two|three|four|five|seven"
    rf"|nine)[\s-](?P<part>{'|'.join(PARTS)})s?"
    rf"|(?P<half>{NOT_A_TIME}half)|(?P<of>one|two|three|four|five|six|seven|eight|nine|\d)\s(?:in"
    rf"|out of)(?:\severy)?\s"
    r"(?P<every>two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,2})))"
    r"(?![\w-]|\s(?:of\s)?an?\s(?:hour|year|day|dozen|century)|\s(?:year|hour|term)\b)"
)
UNIT = (
    r"(?P<unit>\s?%(?:\s?(?:pts?|points?)\b)?|\s?(?:percentage|%)[\s-]points?\b|\s?pp\b"
    r"|\s?per\s?cent\b"
    r"|\s?pc\b|\s(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b)"
)
QUANTITY = re.compile(
    rf"(?<![\w.,£#@/])(?:(?:{HEDGE})\s)?(?:{FRACTION}|(?P<pounds>£\s?)?(?:{NUMBER}|\b{SPELT}\b)"
    rf"(?:{UNIT})?)(?![\w/]|[.,]\d|-\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A number in a text.

    low, high    what it can stand for: as it is said, in per cent, pounds, seconds or ones
    value        its plain value in the same unit
    words        as it stands in the text
    step         the size of one in its last digit
    """

    sort: Sort
    value: float
    low: float
    high: float
    start: int
    end: int
    words: str
    hedge: str = ""
    step: float = 0.0

    def rounded(self) -> tuple[float, float]:
        """What it can stand for when it was rounded and not cut to its digits."""
        if self.hedge:
            return self.low, self.high
        return self.value - self.step / 2, self.value + self.step / 2


SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "mo": 2.6e6, "y": 3.156e7}


def quantities(text: str) -> Iterator[Quantity]:
    """Each quantity in a text whose dates and labels have been masked, in order."""
    for found in QUANTITY.finditer(text):
        made = _fraction(found) if found.group("fraction") else _number(found)
        if made is not None:
            yield made


def _hedge(found: re.Match[str]) -> str:
    return next((name for at, (name, _) in enumerate(HEDGES) if found.group(f"h{at}")), "")


def _fraction(found: re.Match[str]) -> Quantity | None:
    if found.group("half"):
        top, bottom = 1, 2
    elif found.group("part"):
        top = WORDS[found.group("top").lower()] if found.group("top").lower() != "a" else 1
        bottom = PARTS[found.group("part").lower()]
    else:
        top, bottom = _small(found.group("of")), _small(found.group("every"))
    if not 0 < top < bottom:
        return None
    value, hedge = 100 * top / bottom, _hedge(found)
    loose = 5.0 if bottom == 10 else 3.0 if bottom <= 5 else 1.5
    room = {"": loose, "about": loose + 3}.get(hedge, 1.0)
    low, high = _hedged(value, room, room, hedge)
    start = found.start()
    return Quantity("F", value, low, high, start, found.end(), found.group(), hedge)


def _small(word: str) -> int:
    return int(word) if word.isdigit() else WORDS[word.lower()]


def _number(found: re.Match[str]) -> Quantity | None:
    digits, spelt = found.group("digits"), found.group("spelt")
    scale = SCALES.get((found.group("scale") or "").lower(), 1.0)
    value = _spelt(spelt.lower()) if spelt else float(digits.replace(",", "")) * scale
    unit = re.sub(r"\s", "", (found.group("unit") or "").lower())
    sort: Sort = _sort(unit, bool(found.group("pounds")))
    per = _per(unit) if sort == "D" else 1.0
    step = _step(digits or "", scale, value, sort) * per
    value *= per
    hedge = _hedge(found)
    if hedge == "about":
        more = max(2 * step, 0.07 * value, 2.5 if sort in "PQ" else 0)
        low, high = value - more, value + more
    else:
        # Rounded to the digits given, or cut to them: both are in use.
        low, high = _hedged(value, step / 2, CUT * step, hedge)
    start, end, words = found.start(), found.end(), found.group()
    return Quantity(sort, value, low, high, start, end, words, hedge, step)


def _hedged(value: float, below: float, above: float, hedge: str) -> tuple[float, float]:
    if hedge == "nearly":
        return 0.87 * value - below, value + below
    if hedge == "just over":
        return value - below, 1.1 * value + above
    if hedge == "more than":
        return value - below, math.inf
    if hedge == "less than":
        return -math.inf, value + above
    return value - below, value + above


def _spelt(words: str) -> float:
    total: float = 0.0
    for word in re.split(r"[\s-]", words):
        total = total * SCALES[word] if word in SCALES else total + float(WORDS[word])
    return total


def _sort(unit: str, pounds: bool) -> Sort:
    if pounds:
        return "L"
    if unit.startswith("pp") or "point" in unit or "pt" in unit:
        return "Q"
    if unit in ("%", "percent", "pc"):
        return "P"
    return "D" if unit else "N"


def _per(unit: str) -> float:
    key = "mo" if unit.startswith("mo") else unit[0]
    return SECONDS[key]


def _step(digits: str, scale: float, value: float, sort: Sort) -> float:
    """The size of one in the last digit given. A count is exact, except that thousands and
    hundreds of something large are taken as rounded, by a fortieth at most."""
    decimals = len(digits.partition(".")[2])
    if decimals or scale > 1 or sort in "PQD":
        return scale / float(10**decimals)
    if value < 1000 or not digits:
        return 0.0
    zeros = len(digits) - len(digits.rstrip("0,")) - digits[len(digits.rstrip("0,")) :].count(",")
    return min(float(10**zeros), value / 40) if zeros >= 2 else 0.0


def apart(said: tuple[float, float], follows: tuple[float, float]) -> bool:
    """Whether what is said and what follows cannot be the same."""
    room = ROOM * max(1.0, *(abs(end) for end in (*said, *follows) if math.isfinite(end)))
    return said[0] > follows[1] + room or follows[0] > said[1] + room
