"""Texts on their way into a spreadsheet, which must not come alive there.

A spreadsheet program takes a cell of a CSV file that begins with one of a few marks for a
formula, and a formula can fetch, send and run. Whatever came from outside (names of areas,
sources, words of a claim) may begin so. An apostrophe before it makes it text.

Source: OWASP, CSV Injection.
"""

import re
from typing import Any

RISKY = tuple("=+-@\t\r\n|%＝＋－＠")
"""What a program may take for the start of a formula, in either width of letters."""
MARK = "'"
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?(e[+-]?[0-9]+)?%?|-", re.IGNORECASE)


def like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text. Numbers, with their sign, are numbers."""
    return text.lstrip(" ").startswith(RISKY) and not _NUMBER.fullmatch(text.strip(" "))


def inert(value: Any) -> Any:
    """A value as it may stand in a cell of a CSV file: a text that is like a formula gets an
    apostrophe before it; everything else is left as it is. `as_given` takes it off again."""
    if isinstance(value, str) and (value.startswith(MARK) or like_a_formula(value)):
        return MARK + value if like_a_formula(value.lstrip(MARK)) else value
    return value


def as_given(text: str) -> str:
    """The text that `inert` was given."""
    bare = text.lstrip(MARK)
    return text[1:] if bare != text and like_a_formula(bare) else text
