"""Words for periods in running text: where they stand, and the period that they fix."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..body import Month, Period
from ..body.periods import NAMES
from ..body.spoken import Mention

_SHORT = {name[:3].lower(): number for number, name in enumerate(NAMES, start=1)}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_YEAR = r"(?:19|20)\d\d"
_FY = r"(?:FY ?)?(?P<fy{n}>(?:19|20)\d\d ?[/–-] ?(?:(?:19|20)\d\d|\d\d))(?!\d)(?!-\d)"
_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|couple of|few"
    r"|several)"
)
_SPAN = (
    r"(?:days?|weeks?|months?|quarters?|years?|financial years?|decade|fortnight|term"
    r"|reporting period)"
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)"
_WAYS = (
    # the twelve months to March 2024; the year ending 31 March 2024
    rf"(?P<run>(?:the )?(?P<months>(?:rolling |last |past |previous )?(?:{_COUNT})[ -]months?|"
    rf"(?:rolling |full )?(?:financial )?year|quarter)"
    rf" (?:period )?(?:to|ending|ended|up to)"
    rf"(?: the end of)? {_DAY}?(?P<run_month>{_MONTH}) ?(?P<run_year>{_YEAR}))",
    # April to June 2023; December 2022 to November 2023
    rf"(?P<both>(?:between |from )?{_DAY}?(?P<first_month>{_MONTH}) ?(?P<first_year>{_YEAR})? ?"
    rf"(?:to|and|–|-|until|through to) ?{_DAY}?(?P<last_month>{_MONTH}) ?(?P<last_year>{_YEAR}))",
    # Q2 2023/24; quarter two of 2023/24; the third quarter of 2023
    rf"(?P<quarter>(?:Q(?P<q>[1-4])|[Qq]uarter (?P<qw>one|two|three|four|[1-4])|(?P<qn>first"
    rf"|second|third|fourth) quarter)(?: of)?(?: the)?(?: financial year)? ?"
    rf"(?:{_FY.format(n='q')}|(?P<qy>{_YEAR})))",
    rf"(?P<halves>(?:the )?(?P<half>first|second) half of (?:the financial year )?"
    rf"(?:{_FY.format(n='h')}|(?P<hy>{_YEAR})))",
    rf"(?P<fyear>(?:the )?(?:financial year |performance year )?{_FY.format(n='')})",
    rf"(?P<month>{_DAY}?(?P<m>{_MONTH})[ -]?(?:(?P<my>{_YEAR})|['’]?(?P<my2>\d\d)(?![\d:.,%]|st"
    rf"|nd|rd|th| ?(?:per cent|minutes|hours|days))))",
    # said against another time
    rf"(?P<told>(?:the )?same (?:period|time|quarter|month|point|months|three months|six months)"
    rf"(?: of| in| a)?(?: the)? ?(?:last year|previous year|year before|previous \w+ year"
    rf"|year earlier|year ago|year|(?P<sy>{_YEAR}))?)",
    rf"(?P<told2>(?:in |over |during )?(?:the |these |our )?(?:last|past|previous|preceding"
    rf"|latest|most recent|prior|coming|next|current|recent) (?:{_COUNT} )?(?:financial "
    rf"|calendar |rolling |full |reporting |performance )?{_SPAN})\b",
    r"(?P<told3>\b(?:in|over|for) (?:more than |over |nearly |almost |up to )?(?:an?|two|three|four"
    r"|five"
    r"|six|seven|eight|nine|ten|\d{1,2}) (?:years?|decade)\b|(?:this|last|next) (?:financial "
    r"|calendar )?(?:year|month|quarter|week|summer"
    r"|winter|autumn|spring)|year[- ]on[- ]year|month[- ]on[- ]month|quarter[- ]on[- ]quarter"
    r"|year to date|later (?:this|next|in the) (?:year|month)|(?:early|mid|late) (?:next|this) year"
    r"|(?:by |at |before |until |to )?(?:the )?(?:end|start|beginning|close) of (?:the|this|next"
    r"|last) (?:financial )?(?:year|month|quarter)"
    r"|(?:in |by |from |this |next |last |over )(?:the )?(?:early |late )?(?:spring|summer|autumn"
    r"|winter|new year|New Year|Easter|Christmas)\b"
    r"|(?:in )?(?:the )?coming (?:weeks|months|year|years)|(?:in|over) recent (?:weeks|months"
    r"|years)|shortly|(?:a|one) (?:year|month|decade) (?:ago|earlier|before)|(?:\w+) (?:years"
    r"|months|weeks) (?:ago|earlier|before)|the (?:year|month|quarter) before|(?:recent|over) "
    r"(?:months|years|weeks)|in recent years|in recent months|pre[- ]pandemic"
    r"|before the pandemic|during the quarter|in the quarter|this quarter|the quarter|(?:the )?"
    r"(?:rolling )?(?:12|twelve)[- ]month (?:rolling )?(?:period|average)?|the reporting period"
    r"|end of the (?:financial )?year|the start of the (?:financial )?year|yesterday|today)",
    rf"(?P<day>{_DAY}{_MONTH})",
    rf"(?P<season>(?:early|late|mid|spring|summer|autumn|winter)[- ]?(?:of )?{_YEAR})",
    rf"(?P<pair>(?:[Bb]etween |[Ff]rom )?{_MONTH} (?:to|and|–|-|until|through to) {_MONTH})",
    rf"(?P<alone>\b{_MONTH})(?![-\w])",
    rf"(?P<year>(?<![\d.,/£])\b{_YEAR}\b(?![,.]?\d|/| ?%| per cent| (?:incidents|crimes|offences"
    rf"|arrests|victims|officers|people|calls|reports|cases)))",
    r"(?P<qalone>\bQ[1-4]\b|\b[Qq]uarter (?:one|two|three|four|[1-4])\b|\b(?:first|second|third"
    r"|fourth|final) quarter\b)",
)
_WHEN = re.compile("|".join(_WAYS))
_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        range(1, 13),
        strict=True,
    )
) | {"eighteen": 18}
_MAY = re.compile(
    r"(?:in|since|by|from|to|until|and|of|during|last|next|this|before|after|\d|th|,) $"
)


_PREPOSITIONS = frozenset("in over during for by at from on within".split())


@dataclass(frozen=True, slots=True)
class When:
    """Words for a time, from start to end in the text.

    period   in the spelling of `chain.body.Period`; empty where the words fix none
    words    as they stand
    month    1 to 12 where a month is named without its year
    opened   the words with `since`, where the time is only a beginning
    """

    start: int
    end: int
    words: str
    period: str = ""
    month: int = 0
    opened: str = ""

    @property
    def told_by(self) -> bool:
        """Whether the words fix a period or name a month."""
        return bool(self.period or self.month)

    @property
    def told(self) -> str:
        return self.period or self._bare

    @property
    def _bare(self) -> str:
        """The words without the preposition before them: "last year", not "over the last year"."""
        first, _, rest = self.words.partition(" ")
        return rest if first.lower() in _PREPOSITIONS and rest else self.words


def times(text: str, start: int, end: int, spoken: Sequence[Mention] = ()) -> list[When]:
    """The words for times in a part of a text, in order, none within another.

    spoken   what `find_periods` found in the whole text: its reading of a period comes first,
             ours adds words for times that are no period
    """
    found = [_of(mention) for mention in spoken if start <= mention.start < end]
    for match in _WHEN.finditer(text, start, end):
        if match["alone"] and not _a_month(text, start, match):
            continue
        month = _SHORT[match["alone"][:3].lower()] if match["alone"] else 0
        words = match[0].strip().rstrip(".")
        found.append(When(match.start(), match.start() + len(words), words, _period(match), month))
    return _longest(found)


def _of(mention: Mention) -> When:
    """A period that was found elsewhere; of a beginning or a deadline ours gives the month."""
    spoken = mention.spoken
    period = str(spoken.period) if spoken.period and not spoken.open else ""
    opened = ""
    if spoken.open == "since":
        opened = str(spoken.period) if spoken.period else mention.text
    return When(mention.start, mention.end, mention.text, period, 0, opened)


def _a_month(text: str, start: int, match: "re.Match[str]") -> bool:
    """Whether `May` is the month."""
    if match["alone"] != "May":
        return True
    return bool(_MAY.search(text[max(start, match.start() - 8) : match.start()]))


def _longest(found: list[When]) -> list[When]:
    """Of those that overlap the longest; it takes the period of another that has one."""
    kept: list[When] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, not each.period)):
        over = next((k for k in kept if k.start < one.end and one.start < k.end), None)
        if over is None:
            kept.append(one)
        elif not over.told_by and (one.period or one.month):
            kept[kept.index(over)] = When(
                over.start, over.end, over.words, one.period, one.month, over.opened
            )
    return sorted(kept, key=lambda each: each.start)


def _period(match: "re.Match[str]") -> str:
    try:
        return _read(match)
    except ValueError:  # 2023/27 is no financial year, and month 13 no month
        return ""


def _read(match: "re.Match[str]") -> str:
    if match["run"]:
        last = Month(int(match["run_year"]), _number(match["run_month"]))
        return str(Period.of(last + (1 - _length(match["months"])), last))
    if match["both"]:
        last = Month(int(match["last_year"]), _number(match["last_month"]))
        first_number = _number(match["first_month"])
        year = match["first_year"]
        first = Month(int(year) if year else last.year, first_number)
        if not year and first > last:
            first = Month(last.year - 1, first_number)
        return str(Period.of(first, last))
    if match["quarter"]:
        number = _quarter(match["q"] or match["qw"] or match["qn"])
        if match["fyq"]:
            return f"{_financial(match['fyq'])}-Q{number}"
        return f"{match['qy']}-Q{number}"
    if match["halves"]:
        return _half(match)
    if match["fyear"]:
        return _financial(match["fy"])
    if match["month"]:
        year = match["my"] or f"20{match['my2']}"
        return str(Month(int(year), _number(match["m"])))
    if match["year"]:
        year = match["year"]
        return f"{year}-01..{year}-12"
    return ""


def _half(match: "re.Match[str]") -> str:
    second = match["half"] == "second"
    if match["fyh"]:
        year = Period.parse(_financial(match["fyh"]))
        first = year.first + (6 if second else 0)
    else:
        first = Month(int(match["hy"]), 7 if second else 1)
    return str(Period.of(first, first + 5))


def _number(name: str) -> int:
    return _SHORT[name[:3].lower()]


def _quarter(word: str) -> int:
    if word.isdigit():
        return int(word)
    return {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(word, _NUMBERS.get(word, 0))


def _length(words: str) -> int:
    if "year" in words:
        return 12
    if "quarter" in words:
        return 3
    for word in words.replace("-", " ").split():
        if word.isdigit():
            return int(word)
        if word in _NUMBERS:
            return _NUMBERS[word]
    raise ValueError(words)


def _financial(words: str) -> str:
    """`2023-24`, `2023/2024` → `2023/24`. Raises ValueError where the years do not follow."""
    digits = re.findall(r"\d+", words)
    text = f"{digits[0]}/{digits[1][-2:]}"
    Period.parse(text)
    return text


def placed(when: When, said_on: date | None, ahead: bool) -> str:
    """The period of words, with the day on which they were said to place what they leave open:
    a month without its year is the next one where it is said of what is to come, else the last."""
    if not when.month or said_on is None:
        return when.told
    said = Month.of(said_on)
    month = Month(said.year, when.month)
    if ahead and month < said:
        month = Month(said.year + 1, when.month)
    if not ahead and month > said:
        month = Month(said.year - 1, when.month)
    return str(month)
