"""Typing figures: first what they are, then one box for each period."""

from datetime import date

from django import forms

from ...chain.body import Month, Period
from ...chain.body.periods import NAMES, financial_year_of, quarter_of
from ...chain.measures import Unit
from ..things import Typing

UNITS = {
    "count": ("a number of things that happened, such as reports", Unit.COUNT, "value", 1.0),
    "standing": ("a number at the end of each period, such as posts", Unit.COUNT, "open", 1.0),
    "percent": ("a percentage of cases", Unit.SHARE, "value", 0.01),
    "survey": ("a percentage of people who answered a survey", Unit.SHARE, "satisfied", 0.01),
    "ratio": ("a rate per 100", Unit.RATIO, "value", 1.0),
    "minutes": ("a time in minutes", Unit.SECONDS, "value", 60.0),
    "hours": ("a time in hours", Unit.SECONDS, "value", 3_600.0),
    "days": ("a time in days", Unit.DAYS, "value", 1.0),
}
"""What a figure can be: words, unit and statistic inside, and what a number is multiplied by."""
LENGTHS = {"1": "months", "3": "quarters", "12": "years"}
MOST = 60


class What(forms.Form):
    """What is going to be typed."""

    title = forms.CharField(
        label="What do the figures count?",
        help_text="As your document calls it, for example: Median time to attend priority calls.",
        max_length=200,
        error_messages={"required": "Say what the figures count."},
    )
    kind = forms.ChoiceField(
        label="What is typed for each period?",
        choices=[
            ("value", "one figure"),
            ("parts", "two counts: how many, out of how many"),
        ],
        widget=forms.RadioSelect,
        initial="value",
    )
    unit = forms.ChoiceField(
        label="If one figure, it is",
        choices=[(key, words[0]) for key, words in UNITS.items()],
        initial="count",
    )
    length = forms.ChoiceField(
        label="Each figure stands for",
        choices=[("1", "a month"), ("3", "a quarter"), ("12", "a year")],
        widget=forms.RadioSelect,
        initial="1",
    )
    month = forms.TypedChoiceField(
        label="Month in which the first one begins",
        choices=[(i, name) for i, name in enumerate(NAMES, start=1)],
        coerce=int,
    )
    year = forms.IntegerField(
        label="and its year",
        min_value=1990,
        max_value=2100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Write the year with four digits, such as 2023.",
        ),
    )
    how_many = forms.IntegerField(
        label="How many figures?",
        help_text="24 months settle most claims of change: a year, and the year before it.",
        min_value=1,
        max_value=MOST,
        initial=24,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Write a number from 1 to {MOST}."
        ),
    )
    source = forms.CharField(
        label="Which document are they from?",
        help_text="Its title and page, so that anyone can look it up.",
        max_length=300,
        error_messages={"required": "Name the document that the figures stand in."},
    )
    typed_by = forms.CharField(
        label="Who is typing?",
        help_text="A name or a role. It stands beside the figures wherever they go.",
        max_length=100,
        error_messages={"required": "Say who is typing: a role is enough."},
    )

    def typing(self, today: date) -> Typing:
        """What the form, which has been found valid, asks for."""
        said = self.cleaned_data
        parts = said["kind"] == "parts"
        _, unit, statistic, factor = UNITS[said["unit"]]
        return Typing(
            title=said["title"].strip(),
            unit=Unit.SHARE if parts else unit,
            statistic="value" if parts else statistic,
            factor=1.0 if parts else factor,
            parts=parts,
            periods=periods(
                Month(said["year"], said["month"]), int(said["length"]), said["how_many"]
            ),
            source=said["source"].strip(),
            typed_by=said["typed_by"].strip(),
            typed_on=today,
        )


def periods(first: Month, length: int, how_many: int) -> tuple[Period, ...]:
    """So many periods, one after the other, each named as people name it."""
    starts = [first + length * i for i in range(how_many)]
    return tuple(_named(Period.of(start, start + (length - 1))) for start in starts)


def _named(period: Period) -> Period:
    for named in (quarter_of(period.first), financial_year_of(period.first)):
        if (named.first, named.last) == (period.first, period.last):
            return named
    return period
