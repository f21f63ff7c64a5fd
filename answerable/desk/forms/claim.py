"""The claim: what was said, and how it is to be tested."""

from typing import Any

from django import forms

from ...chain.body import Month, Period
from ...chain.claims import COMPARES
from ...chain.measures import Unit, quantity
from ...site.words import SAYS
from ..judging import usual_for, usual_periods
from ..things import Asked, Given
from ..words import lacks_of

CLAIMS = (
    "improved", "worsened", "rose", "fell", "unchanged", "meets", "misses", "just_misses", "value",
)  # fmt: skip
APART = ("outlier", SAYS["outlier"])
"""Said of one area among several."""
DIRECTED = frozenset({"improved", "worsened", "meets", "misses", "just_misses"})
SIZED = frozenset({"unchanged", "just_misses"})
AIMED = frozenset({"meets", "misses", "just_misses", "value"})
HINTS = {
    Unit.COUNT: "A number, such as 500.",
    Unit.SHARE: "A percentage, such as 80%.",
    Unit.RATIO: "A number per 100, such as 12.5.",
    Unit.SECONDS: "A time, such as 15 minutes.",
    Unit.DAYS: "A time, such as 28 days.",
}


class ClaimForm(forms.Form):
    """One claim about one line of figures."""

    words = forms.CharField(
        label="The words, as they were said",
        help_text="Leave it empty if you only want to test the figures.",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said_by = forms.CharField(label="Who said it", required=False, max_length=200)
    said_in = forms.CharField(
        label="Where, and when", required=False, max_length=300,
        help_text="For example: performance paper to the March meeting.",
    )  # fmt: skip
    says = forms.ChoiceField(
        label="What does it say of the figures?",
        choices=[(key, SAYS[key]) for key in CLAIMS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is said of the figures."},
    )
    better = forms.ChoiceField(
        label="Which way is good?",
        help_text="More reports can mean more harm or more trust: then neither way is good in"
        " itself.",
        choices=[
            ("lower", "lower is better"),
            ("higher", "higher is better"),
            ("neither", "neither in itself"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which way is good."},
    )
    target = forms.CharField(
        label="The target, or the figure that was stated", required=False, max_length=40
    )
    margin = forms.CharField(
        label="The smallest difference that matters", required=False, max_length=40
    )
    first = forms.ChoiceField(label="From")
    last = forms.ChoiceField(label="to")
    base_first = forms.ChoiceField(label="From")
    base_last = forms.ChoiceField(label="to")
    why = forms.CharField(
        label="Why these periods?",
        help_text="Needed if you choose other periods: whoever picks the best of several finds"
        " improvement by chance. The answer to the usual reading then stands beside yours.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, given: Given, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = given
        usual, before = usual_periods(given)
        first, last = given.months
        shown = Period.of(min(first, before.first), last)
        months = [(str(month), month.plain()) for month in reversed(list(shown))]
        starts = (usual.first, usual.last, before.first, before.last)
        for name, start in zip(("first", "last", "base_first", "base_last"), starts, strict=True):
            self.fields[name].choices = months
            self.fields[name].initial = str(start)
        if given.set_beside:
            self.fields["says"].choices = [*self.fields["says"].choices, APART]
        self.fields["target"].help_text = HINTS[given.unit]
        self.fields[
            "margin"
        ].help_text = f"Needed for “it stayed the same” and “by a little”. {HINTS[given.unit]}"

    def has_other_periods(self) -> bool:
        """Whether anything but the usual reading was chosen, or went wrong in choosing."""
        if not self.is_bound:
            return "first" in self.initial
        names = ("first", "last", "base_first", "base_last", "why")
        return any(name in self.errors or name in self.changed_data for name in names)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        says, better = said.get("says"), said.get("better")
        if says in DIRECTED and better == "neither":
            self.add_error("better", "What was said needs a direction: choose lower or higher.")
        for name, needed in (("target", AIMED), ("margin", SIZED)):
            if name not in self.errors:
                self._read(name, says in needed)
        self._spans(says)
        return said

    def _read(self, name: str, needed: bool) -> None:
        written = self.cleaned_data.get(name, "").strip()
        self.cleaned_data[name] = None
        if not needed:
            return
        what = "the target or the figure" if name == "target" else "the smallest difference"
        if not written:
            self.add_error(name, f"Write {what}: what was said cannot be tested without it.")
            return
        try:
            self.cleaned_data[name] = _amount(written, self.given.unit)
        except ValueError:
            hint = HINTS[self.given.unit]
            self.add_error(name, f"Write {hint[:1].lower()}{hint[1:]}")

    def _spans(self, says: str | None) -> None:
        period = self._span("first", "last")
        baseline = self._span("base_first", "base_last") if says in COMPARES else None
        if period is None or (says in COMPARES and baseline is None):
            return
        shown = usual_periods(self.given)
        if period == shown[0] and baseline in (None, shown[1]):
            period, baseline = usual_for(self.given, says or "")
        elif not self.cleaned_data.get("why", "").strip():
            self.add_error("why", "Say why these periods, or leave the usual ones.")
        self.cleaned_data |= {"period": period, "baseline": baseline}

    def _span(self, first: str, last: str) -> Period | None:
        said = self.cleaned_data
        if first not in said or last not in said:
            return None
        start, end = Month.parse(said[first]), Month.parse(said[last])
        if end < start:
            self.add_error(last, "This month comes before the one from which the period begins.")
            return None
        return Period.of(start, end)

    def asked(self) -> Asked:
        """What the form, which has been found valid, asks."""
        said = self.cleaned_data
        words = " ".join(said["words"].split())
        return Asked(
            says=said["says"], better=said["better"], period=said["period"],
            baseline=said["baseline"], target=said["target"], margin=said["margin"],
            why=said["why"].strip(), words=words, lacks=lacks_of(words) if words else (),
            said_by=said["said_by"].strip(), said_in=said["said_in"].strip(),
        )  # fmt: skip


def _amount(written: str, unit: Unit) -> float:
    """A target or margin in the unit of the figures: a bare 80 is 80% of a share."""
    amount = quantity(written, unit)
    bare = written.replace(".", "", 1).replace(",", "").isdigit()
    if unit == Unit.SHARE and bare and amount > 1:
        amount /= 100
    if unit == Unit.SECONDS and bare:
        raise ValueError("a time without its unit")
    return amount
