"""The terms in which figures are asked for, by statistic, unit and kind of measure."""

from ..measures import Unit

STATISTICS = {
    "value": "the figure as it was given",
    "mean": "the mean",
    "count": "the number",
    "per_day": "the number",
    "rate": "the share",
    "mix": "the number with each outcome",
    "ratio": "the ratio",
    "numerator": "the number",
    "denominator": "the number",
    "median": "the median",
    "p90": "the time within which nine in ten were reached",
    "within_target": "the share within target, of those with both times",
    "eligible_within_target": "the share within target, of all to whom the target applies",
    "missing_share": "the share without a usable time",
    "satisfied": "the share satisfied",
    "response_rate": "the share answering, of those asked",
    "excluded_share": "the share never asked",
    "coverage": "the share on the last day of the month",
    "open": "the number on the last day of the month",
    "median_open_days": "the median time open, on the last day of the month",
    "completed": "the share who reached the last step",
    "reached": "the number who reached each step",
    "step_rate": "the number who reached each step",
    "lost": "the number lost at each step, by reason",
}
"""Each statistic as one asks for it."""

UNITS = {
    Unit.SECONDS: "in minutes and seconds, or in whole seconds",
    Unit.DAYS: "in days",
    Unit.SHARE: "with the counts that it is made of",
    Unit.RATIO: "with the counts that it is made of",
    Unit.COUNT: "in the unit in which it was stated",
}
"""Each unit as one asks for it."""

HOW: dict[str, tuple[str, ...]] = {
    "duration": (
        "when the clock starts and when it stops",
        "by the grade first given, or the last",
        "whether the figure is a mean, a median or a share within a time",
    ),
    "proportion": (
        "what is in the denominator, and what counts into the numerator (which outcomes)",
        "whether a case belongs to the month in which it was recorded or in which it was closed",
    ),
    "ratio": (
        "what each side counts (people, crimes, incidents), and by which date",
        "whether one person or crime can count more than once",
    ),
    "survey": (
        "the question as it was asked, the answers offered, and which of them count",
        "who was asked, who was left out for safety or otherwise, and any weighting",
    ),
    "coverage": (
        "who is in scope, on what day, and when training or cover lapses",
        "whether people or posts are counted",
    ),
    "stock": ("what is open on the day, and when it counts as closed",),
    "pathway": ("what each step means, and who could have started",),
    "count": (
        "what one of them is (a report, an incident, a crime, a person), and by which date it is"
        " counted",
    ),
}  # fmt: skip
"""What has to be known of how each kind of measure is counted."""

FACTS = (
    "how the report came",
    "risk as first assessed",
    "area",
    "kind of incident or offence",
)
"""Facts fixed before the response, where no definition names them."""
