"""Putting right what was understood wrongly."""

from django import forms

from ...chain.sheets import ALLOWED, EXPLAINED, Correction
from ...chain.sheets.corrections import check

VALUES = {
    "wide": "across", "long": "down", "count": "a number", "share of 1": "a share from 0 to 1",
    "percent": "a percentage", "mm:ss": "minutes and seconds", "hh:mm": "hours and minutes",
    "zero": "none: a true 0", "missing": "not known", "calendar": "calendar year",
    "financial": "financial year", "rolling year": "the twelve months up to it", "month": "a month",
    "quarter": "a quarter", "comma": "a decimal mark", "point": "a mark between thousands",
    "line": "a line of figures", "total": "a total of others", "target": "a target",
    "leave out": "nothing to read",
}  # fmt: skip
"""The values of corrections in words, where they do not speak for themselves."""
MOST = 200


def choices(what: str) -> list[tuple[str, str]]:
    """The values that a correction takes, with their words; empty where it takes any."""
    return [(value, VALUES.get(value, value)) for value in ALLOWED.get(what, ())]


class CorrectionForm(forms.Form):
    """One correction, as a page sends it."""

    what = forms.ChoiceField(choices=list(EXPLAINED.items()))
    value = forms.CharField(required=False, max_length=MOST)
    sheet = forms.CharField(required=False, max_length=MOST, strip=False)
    at = forms.CharField(required=False, max_length=30)

    def correction(self) -> Correction:
        """The correction, which the form has been found to hold. Raises InputMistake for one
        that cannot be meant."""
        said = self.cleaned_data
        made = Correction(said["what"], said["value"], said["sheet"], said["at"].strip().upper())
        return check([made])[0]
