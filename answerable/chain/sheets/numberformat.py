"""A number as a reader sees it: number formats as spreadsheet programs write them.

Sections for negative numbers and zero, per cent, thousands, dates and times are known.
What is not (fractions, conditions) is shown as the number itself, never wrongly.

Source of the codes: ECMA-376 part 1, 18.8.30 (numFmts) and 18.8.31.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a file names by number alone. 14 and 22 follow the reader's country: British."""

_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+\.?(?:[eE][+-]?[0-9]{1,4})?")
_EXACT = Context(prec=80)
_MOST_PLACES = 20
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|(\[[^\]]*\])|(AM/PM|A/P)|(General)'
    r"|(y+|m+|d+|h+|s+(?:\.0+)?|@)|([0#?.,%/]+|E[+-]0+)|(.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
Token = tuple[str, str]


def stored_number(text: str) -> int | float | None:
    """A number as a file writes it; None where the text is none, or too large to be one."""
    text = text.strip()
    if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    if len(text) > 400 or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return None if abs(number) == float("inf") else number


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """A format's sections as tokens: (kind, text), kinds text, bracket, half, general, letters
    and digits."""
    made: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        quoted, escaped, bracket, half, general, letters, digits, other = found.groups()
        if other == ";":
            made.append([])
        elif quoted or escaped or other:
            made[-1].append(("text", quoted or escaped or other))
        elif bracket:
            made[-1].append(("bracket", bracket[1:-1]))
        elif half:
            made[-1].append(("half", half))
        elif general:
            made[-1].append(("general", general))
        elif letters:
            made[-1].append(("letters", letters.lower()))
        elif digits:
            made[-1].append(("digits", digits))
    return tuple(tuple(section) for section in made)


def is_time(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    return any(
        (kind == "letters" and text != "@") or (kind == "bracket" and _elapsed(text))
        for kind, text in sections(code)[0]
    )


def is_elapsed(code: str) -> bool:
    """Whether a format shows a length of time, such as 30:05."""
    return any(kind == "bracket" and _elapsed(text) for kind, text in sections(code)[0])


def has_hours(code: str) -> bool:
    """Whether a format shows a time of day."""
    first = sections(code)[0]
    return any(kind == "letters" and text[0] in "hs" for kind, text in first)


def has_days(code: str) -> bool:
    """Whether a format shows a day, month or year."""
    found = [text[0] for kind, text in sections(code)[0] if kind == "letters"]
    return bool({"y", "d"} & set(found)) or ("m" in found and not {"h", "s"} & set(found))


def _elapsed(bracket: str) -> bool:
    return bool(re.fullmatch(r"h+|m+|s+", bracket, re.IGNORECASE))


def show_number(value: int | float, code: str) -> str:
    """A number in a format: 0.124 in `0.0%` is `12.4%`."""
    parts = sections(code)
    if abs(value) >= 1e15 or any(
        k == "bracket" and re.match(r"[<>=]", text) for part in parts for k, text in part
    ):
        return plain(value)
    at = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    return _shown(abs(value), parts[at], "-" if value < 0 and at == 0 else "")


def plain(value: int | float) -> str:
    """A number as it stands where no format was chosen."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    shown = f"{value:.11g}"
    return shown if "e" not in shown else f"{value:.5E}"


def _shown(value: int | float, section: tuple[Token, ...], sign: str) -> str:
    pattern = "".join(text for kind, text in section if kind == "digits")
    if "/" in pattern:
        return sign + plain(value)
    digits = _digits(value, pattern) if re.search(r"[0#?]", pattern) else ""
    made, placed = [sign], False
    for kind, text in section:
        if kind == "text":
            made.append(text)
        elif kind == "bracket" and text.startswith("$"):
            made.append(text[1:].partition("-")[0])
        elif kind == "general" or text == "@":
            made.append(plain(value))
        elif kind == "digits":
            made.append("" if placed and digits else digits)
            made.append("%" * text.count("%"))
            placed = placed or bool(re.search(r"[0#?]", text))
    return "".join(made).strip()


def _digits(value: int | float, pattern: str) -> str:
    numeral, _, exponent = pattern.partition("E")
    numeral = numeral.replace("%", "")
    whole, _, part = numeral.partition(".")
    most = min(len(re.sub(r"[^0#?]", "", part)), _MOST_PLACES)
    least = min(part.count("0"), most)
    if exponent:
        return f"{value:.{most}E}"
    scale = min(2 * pattern.count("%"), 6) - 3 * min(_scaled(numeral), 6)
    number = Decimal(repr(value)).scaleb(scale, _EXACT)
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT)
    before, _, after = f"{rounded:f}".partition(".")
    after = after.rstrip("0").ljust(least, "0") if most > least else after
    before = before.rjust(whole.count("0"), "0")
    if before == "0" and "0" not in whole:
        before = ""
    if re.search(r"[0#?],+[0#?]", whole):
        before = f"{int(before or 0):,}" if before else ""
    return before + ("." + after if after else "")


def _scaled(numeral: str) -> int:
    """How many thousands a format divides by: commas after its last digit."""
    found = re.search(r"[0#?](,+)(?=\.|$)", numeral)
    return len(found.group(1)) if found else 0


def show_time(value: date | datetime | time | timedelta, code: str) -> str:
    """A date, time or length of time in a format: 1 April 2023 in `mmm-yy` is `Apr-23`."""
    section = sections(code)[0]
    if isinstance(value, timedelta):
        return _length(value, section)
    half = any(kind == "half" for kind, _ in section)
    made, before = [], ""
    for at, (kind, text) in enumerate(section):
        if kind == "text":
            made.append(text)
        elif kind == "digits":
            made.append(text.replace("%", ""))
        elif kind == "half":
            made.append("am" if getattr(value, "hour", 0) < 12 else "pm")
        elif kind == "letters" and text != "@":
            minutes = text[0] == "m" and (before == "h" or _next(section, at) == "s")
            made.append(_clock(value, text, minutes, half))
            before = text[0]
    return "".join(made).strip()


def _next(section: tuple[Token, ...], at: int) -> str:
    later = [text for kind, text in section[at + 1 :] if kind == "letters"]
    return later[0][0] if later else ""


def _clock(value: date | datetime | time, letters: str, minutes: bool, half: bool) -> str:
    kind, size = letters[0], len(letters)
    if kind in "hs" or minutes:
        hour, minute = getattr(value, "hour", 0), getattr(value, "minute", 0)
        number = {"h": (hour + 11) % 12 + 1 if half else hour, "m": minute}.get(
            kind, getattr(value, "second", 0)
        )
        return f"{number:02d}" if size > 1 else str(number)
    if isinstance(value, time):
        return ""
    if kind == "y":
        return f"{value.year:04d}" if size > 2 else f"{value.year % 100:02d}"
    number, names = (value.month, _MONTHS) if kind == "m" else (value.day, _DAYS)
    if size <= 2:
        return f"{number:02d}" if size == 2 else str(number)
    name = names[number - 1 if kind == "m" else value.weekday()]
    return name[0] if kind == "m" and size == 5 else name[:3] if size == 3 else name


def _length(value: timedelta, section: tuple[Token, ...]) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    made, largest = [sign], ""
    for kind, text in section:
        unit = text[0].lower() if text else ""
        if kind == "bracket" and _elapsed(text):
            largest = unit
            made.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[unit]).rjust(len(text), "0"))
        elif kind == "letters" and unit in "ms":
            number = seconds // 60 % 60 if unit == "m" and largest == "h" else seconds % 60
            made.append(str(number).rjust(min(len(text), 2), "0"))
        elif kind == "text":
            made.append(text)
    return "".join(made).strip()
