"""Patterns for the parts of a written period, for text that `vocabulary.plain` has been over."""

from .vocabulary import any_of, words

_w = words()

MONTH = any_of(_w.months) + r"\.?"
YEAR4 = r"(?:19|20)\d\d"
YEAR2 = r"'?\d\d"
YEAR = rf"(?:{YEAR4}|{YEAR2})"
GAP = r"[\s\-/,._']*"
"""Between a month and its year."""
FY_WORD = any_of(_w.groups["financial_year"])
TWO_YEARS = rf"(?:{YEAR4}\s*[/\-]\s*{YEAR4}|{YEAR4}\s*[/\-]\s*\d\d|\d\d\s*[/\-]\s*\d\d)"
FY = rf"(?:(?:{FY_WORD}\s*)?{TWO_YEARS}(?!\d)|{FY_WORD}\s*{YEAR}(?!\d))"

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL_DAY = rf"{DAY}(?:st|nd|rd|th)?"
DATE_ISO = rf"{YEAR4}[-/.]\d\d?[-/.]\d\d?(?:[ t]0?0:00(?::00(?:\.0+)?)?)?"
DATE_NUMERIC = rf"{DAY}[-/.]\d\d?[-/.](?:{YEAR4}|\d\d)(?:[ t]0?0:00(?::00)?)?(?!\d)"
DATE_WORDS = rf"{ORDINAL_DAY}(?:\s+of)?[\s\-]*{MONTH}{GAP}(?:{YEAR4}|'?\d\d)(?!\d)"
DATE = rf"(?:{DATE_ISO}|{DATE_NUMERIC}|{DATE_WORDS})"

MONTH_FY = rf"{MONTH}[\s,(]*{FY}\)?"
MONTH_YEAR = rf"(?:{MONTH}{GAP}(?:{YEAR4}|'?\d\d)(?!\d)|{YEAR4}{GAP}{MONTH}(?![a-z]))"
MONTH_NUMERIC = rf"(?:{YEAR4}[-/.](?:0[1-9]|1[0-2])(?!\d)|(?:0?[1-9]|1[0-2])[-/.]{YEAR4}(?!\d))"

_QUARTER_WORD = any_of(_w.groups["quarter"])
_ORDINAL = any_of(_w.ordinals)
_HALF_WORD = any_of(_w.groups["half"])
Q = rf"(?:{_QUARTER_WORD}[\s\-]*[1-4](?!\d)|{_ORDINAL}[\s\-]+(?:quarter|qtr)|[1-4]q)"
H = rf"(?:{_HALF_WORD}[\s\-]*[12](?!\d)|{_ORDINAL}[\s\-]+half)"
PART = rf"(?:{Q}|{H})"
_OF = r"[\s\-/,(:]*(?:of\s+)?(?:the\s+)?"
PART_YEAR = (
    rf"(?:{PART}{_OF}(?:{FY}|{YEAR4}(?!\d)|'?\d\d(?!\d))\)?|(?:{FY}|{YEAR4})[\s\-/,:(]*{PART}\)?)"
)

ATOM = rf"(?:{PART_YEAR}|{MONTH_FY}|{DATE}|{MONTH_YEAR}|{FY}|{MONTH_NUMERIC}|{YEAR4}(?!\d))"
"""A period that carries its year."""
END = rf"(?:{DATE}|{MONTH_YEAR}|{MONTH_FY}|{MONTH_NUMERIC}|{PART_YEAR})"
"""What a longer period may be said to end with."""

NUMBER = rf"(?:\d{{1,2}}|{any_of(_w.numbers)})"
MONTHS_WORD = any_of(_w.groups["months"])
ROLLING = any_of(_w.groups["rolling"])
ROLLING_YEAR = any_of(_w.groups["rolling_year"])
TO = any_of(_w.groups["to"])
LENGTH = (
    rf"(?:(?:{ROLLING}[\s\-]*)?(?P<n>{NUMBER})[\s\-]*{MONTHS_WORD}(?![a-z])(?:[\s\-]+(?:{ROLLING}))?"
    rf"|(?P<r12>{ROLLING_YEAR})(?![a-z])(?:[\s\-]*(?:months?|mths?|m)(?![a-z]))?)"
)
YEAR_ENDING = any_of(_w.groups["year_ending"])
QUARTER_ENDING = any_of(_w.groups["quarter_ending"])
MONTH_ENDING = any_of(_w.groups["month_ending"])
YTD = any_of(_w.groups["year_to_date"])
CYTD = any_of(_w.groups["calendar_year_to_date"])
RANGE_OPENS = any_of(_w.groups["range_opens"])
RANGE = any_of(_w.groups["range"])
AGAINST = any_of(_w.groups["against"])
CALENDAR_YEAR = any_of(_w.groups["calendar_year"])
WEEK = any_of(_w.groups["week"])


def nameless(pattern: str) -> str:
    """The pattern without names of groups, so that it may stand in another more than once."""
    return pattern.replace("(?P<n>", "(?:").replace("(?P<r12>", "(?:")
