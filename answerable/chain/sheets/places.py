"""Where a cell is, in the words of a spreadsheet: C7, B4:H20."""

import re

Place = tuple[int, int]
"""(row, column), from 1."""


ABOVE = 0
"""The row, above all others, in which a sheet's own period is put over its figures."""


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def name_of(place: Place) -> str:
    """(7, 3) is C7."""
    return f"{letters(place[1])}{place[0]}"


def place_of(text: str) -> Place:
    """C7 is (7, 3). Raises ValueError for anything else."""
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", text.strip())
    if not match:
        raise ValueError(f"'{text[:20]}' is not a cell")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def span_name(box: Box) -> str:
    """(3, 1, 12, 14) is A3:N12."""
    return f"{name_of((box[0], box[1]))}:{name_of((box[2], box[3]))}"


def box_of(text: str) -> Box:
    """A3:N12, or one cell. Raises ValueError for anything else."""
    first, _, last = text.partition(":")
    top, bottom = place_of(first), place_of(last or first)
    return (min(top[0], bottom[0]), min(top[1], bottom[1]),
            max(top[0], bottom[0]), max(top[1], bottom[1]))  # fmt: skip


def within(place: Place, box: Box) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]
