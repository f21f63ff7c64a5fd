"""Whether words can be seen: their colour against what lies behind them."""

import re

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
NAMED = {
    "white": WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "red": (255, 0, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "navy": (0, 0, 128), "blue": (0, 0, 255), "green": (0, 128, 0), "yellow": (255, 255, 0),
}  # fmt: skip
ALIKE = 16
"""Of 255: colours that differ by no more in any part cannot be told apart by a reader."""
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?")
_PARTS = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)")


def colour_of(written: str) -> Colour | None:
    """A colour as a style sheet or Word writes it; None for one that is not known here, and for
    none at all."""
    text = written.strip().lower()
    if text in NAMED:
        return NAMED[text]
    if match := _HEX.fullmatch(text):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
        return red, green, blue
    match = _PARTS.fullmatch(text)
    if match and match[4] not in ("0", "0%", "0.0"):
        red, green, blue = (min(int(part), 255) for part in match.groups()[:3])
        return red, green, blue
    return None


def is_nothing(written: str) -> bool:
    """Whether a colour is one through which everything is seen."""
    text = written.strip().lower()
    match = _PARTS.fullmatch(text)
    return text == "transparent" or (match is not None and match[4] in ("0", "0%", "0.0"))


def alike(one: Colour, other: Colour) -> bool:
    """Whether words in one colour on the other cannot be seen."""
    return all(abs(a - b) <= ALIKE for a, b in zip(one, other, strict=True))
