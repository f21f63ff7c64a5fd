"""Putting right what was understood wrongly."""

from django import forms

from ...chain.sheets import ALLOWED, Correction
from ...chain.sheets.corrections import check

VALUES = {
    "wide": "across", "long": "down", "count": "a number", "share of 1": "a share from 0 to 1",
    "percent": "a percentage", "mm:ss": "minutes and seconds", "hh:mm": "hours and minutes",
    "zero": "none: a true 0", "missing": "not known", "calendar": "calendar year",
    "financial": "financial year", "rolling year": "the twelve months up to it", "month": "a month",
    "quarter": "a quarter", "comma": "a decimal mark", "point": "a mark between thousands",
    "line": "a line of figures", "total": "a total of others", "target": "a target",
    "leave out": "nothing to read", "base": "how many the figures beside it rest on",
}  # fmt: skip
"""The values of corrections in words, where they do not speak for themselves."""
PUT_RIGHT = {
    "header": "The row of headings (any cell of it)",
    "span": "Where the table is: its first and last cell, such as B4:H20",
    "orientation": "Whether the periods run across or down",
    "unit": "What the figures are measured in",
    "dash": "What a dash means",
    "calendar": "Whether quarters and halves are of the calendar or the financial year",
    "year": "The year of months without one: 2023/24, or 2023 for the first month",
    "days": "Whether 04/03/2023 is a day in March or in April",
    "length": "How long a time each heading stands for",
    "decimal": "What a comma is",
    "cell": "What the cell should say (empty for no figure)",
    "role": "What the row or column is",
    "name": "What the line measures",
    "month": "The month, quarter or year that the sheet is of, such as 2023-12",
    "area": "Where it was counted (all for the whole)",
}
"""Every correction as a page asks for it."""
FIELDS = ("what", "sheet", "at", "value")
MOST = 200
MOST_CELLS = 200


def choices(what: str) -> list[tuple[str, str]]:
    """The values that a correction takes, with their words; empty where it takes any."""
    return [(value, VALUES.get(value, value)) for value in ALLOWED.get(what, ())]


class CorrectionForm(forms.Form):
    """One correction, as a page sends it."""

    what = forms.ChoiceField(choices=list(PUT_RIGHT.items()))
    value = forms.CharField(required=False, max_length=MOST)
    sheet = forms.CharField(required=False, max_length=MOST, strip=False)
    at = forms.CharField(required=False, max_length=20 * MOST_CELLS)

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections, which the form has been found to hold: one for each cell, or cells,
        that it names. Raises InputMistake for one that cannot be meant."""
        said = self.cleaned_data
        places = said["at"].replace(",", " ").upper().split() or [""]
        made = [Correction(said["what"], said["value"], said["sheet"], at) for at in places]
        return check(made[:MOST_CELLS])
