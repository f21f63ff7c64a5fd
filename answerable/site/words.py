"""Words of the public pages: statuses, statistics, verdicts. Plain English, in one place.

`_` marks what a translation will carry; a mark is a shape, never a colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from ..chain.claims import LABELS, LIMITS, VerdictKind
from ..chain.measures import Definition, Grade, Status
from ..chain.measures.recipe import tables_of

STATUS = {
    Status.OK: "",
    Status.ZERO: _("none recorded"),
    Status.SUPPRESSED: _("withheld to protect people"),
    Status.MISSING: _("not supplied"),
    Status.PROVISIONAL: _("may still change"),
    Status.REVISED: _("revised"),
    Status.NOT_COMPARABLE: _("not comparable"),
}

STATUS_MEANS = {
    Status.ZERO: _(
        "The period was covered by what the force sent, and nothing was recorded in it."
    ),
    Status.SUPPRESSED: _(
        "Shown, the figure could point to a person, by itself or with other figures here."
    ),
    Status.MISSING: _("What the force sent does not cover the period. It is not a zero."),
    Status.PROVISIONAL: _("The period was only part covered, or its records are not yet settled."),
    Status.REVISED: _("It differs from what an earlier release said."),
    Status.NOT_COMPARABLE: _("The way of recording changed within the period."),
}


GRADE = {
    Grade.ROWS: _("From rows: each figure was counted from the records."),
    Grade.STRATA: _("Strata totals: totals by groups of like cases, without the records."),
    Grade.MONTHS: _("Monthly totals, as they were given, without the records."),
    Grade.TWO: _(
        "Two figures, or a few: whole periods as they were given, without their months or the"
        " records."
    ),
}
"""Each grade of evidence, and what it rests on."""


def grade_words(grade: Grade | str) -> str:
    """'Monthly totals, as they were given, without the records. How it was counted …'"""
    return f"{GRADE[Grade(grade)]} {LIMITS[Grade(grade)]}"


@dataclass(frozen=True)
class Statistic:
    """How a statistic is named and explained."""

    name: str
    means: str = ""


STATISTIC = {
    "count": Statistic(_("Number")),
    "per_day": Statistic(_("Number a day"), _("so that months of different length compare")),
    "rate": Statistic(_("Share")),
    "mix": Statistic(_("Share of the whole"), _("all parts together are 100%")),
    "ratio": Statistic(_("Ratio")),
    "numerator": Statistic(_("Number counted")),
    "denominator": Statistic(_("Out of")),
    "value": Statistic(_("Figure as it was given")),
    "mean": Statistic(_("Mean"), _("all of them added up and shared out evenly")),
    "median": Statistic(_("Median"), _("half took less, half took more")),
    "p90": Statistic(_("90th percentile"), _("nine in ten took less, one in ten took more")),
    "within_target": Statistic(_("Share within target"), _("of those with both times recorded")),
    "eligible_within_target": Statistic(
        _("Share of all within target"),
        _("of everyone who should have been seen; not attended and not recorded count as not seen"),
    ),
    "missing_share": Statistic(_("Share with no usable time")),
    "satisfied": Statistic(_("Share satisfied"), _("of those who answered")),
    "response_rate": Statistic(_("Response rate"), _("of those asked, how many answered")),
    "excluded_share": Statistic(_("Share not asked"), _("for safety and other stated reasons")),
    "coverage": Statistic(_("Coverage"), _("at the end of the period")),
    "open": Statistic(_("Number"), _("at the end of the period")),
    "median_open_days": Statistic(
        _("Median time so far"), _("at the end of the period; half had waited less, half more")
    ),
    "completed": Statistic(_("Share who reached the end")),
    "reached": Statistic(_("Share who reached each step"), _("of all who could have started")),
    "step_rate": Statistic(_("Share who went on"), _("of those who reached the step before")),
    "lost": Statistic(_("Share lost on the way"), _("of all who could have started")),
}

FAMILY = {
    "response_time": _("How long people wait"),
    "video_response": _("Rapid video response"),
    "reports": _("Reports"),
    "repeat": _("Repeat victims"),
    "action_taken": _("Action taken"),
    "arrest": _("Arrests"),
    "outcomes": _("Outcomes"),
    "protective_orders": _("Protective orders"),
    "cps": _("Prosecutors"),
    "satisfaction": _("Satisfaction and complaints"),
    "complaints": _("Satisfaction and complaints"),
    "victims_code": _("The Victims’ Code"),
    "services": _("Commissioned services"),
    "specialists": _("Specialist officers"),
    "reviews": _("Specialist officers"),
    "panels": _("Scrutiny panels"),
    "training": _("Training"),
    "given": _("Given without records"),
}
"""Public headings of families of measures, in the order in which pages list them. A family
of a body's own comes last, under its own name."""

KIND_WORDS = {
    "lower": _("Lower is better."),
    "higher": _("Higher is better."),
    "neither": _("Neither more nor less is better in itself."),
}


RESTS = {
    "records": _(
        "One fixed copy of the force’s records. The records themselves are not public, and never"
        " leave the force."
    ),
    "country": _(
        "One fixed copy of the records that the forces sent. The records themselves are not public."
    ),
    "bundle": _("{title}: results that the force worked out from its records and signed."),
    "figures": _(
        "Figures as they stood in papers that were given to the office, without the records"
        " behind them."
    ),
}
"""What a verdict rests on, by the kind of source; `country`: the records of many forces."""


@dataclass(frozen=True)
class Mark:
    """A verdict as the public sees it. `shape` names a symbol of its own: see icons."""

    key: str
    shape: str
    label: str
    means: str


_SHOWN = _(
    "The change that was stated is beyond ordinary variation, or the thing that was stated"
    " is recorded."
)
_MARKS = {
    VerdictKind.SUPPORTED: ("shown", "tick", _SHOWN),
    VerdictKind.IN_PLACE: ("shown", "tick", _SHOWN),
    VerdictKind.MIX_ONLY: (
        "mix",
        "half",
        _("The figure moved because the kind of case moved; like for like it did not."),
    ),
    VerdictKind.NOT_SHOWN: (
        "ordinary",
        "wave",
        _("The figure moved no more than it moves from month to month anyway."),
    ),
    VerdictKind.CONTRADICTED: (
        "opposite",
        "cross",
        _("The record shows the opposite of what was said."),
    ),
    VerdictKind.NOT_IN_PLACE: (
        "opposite",
        "cross",
        _("What was said to be in place is not recorded as in place."),
    ),
    VerdictKind.CANNOT_TELL: (
        "unknown",
        "question",
        _(
            "There is too little, or the figures cannot bear the comparison. The page says"
            " what would settle it."
        ),
    ),
}

NOT_TESTABLE = Mark(
    "untestable",
    "dash",
    _("cannot be tested as worded"),
    _("The words give no measure, period, baseline, area or size that could be checked."),
)
NOT_TESTED = Mark(
    "untestable",
    "dash",
    _("not tested yet"),
    _("The words can be tested, and no reading has been entered yet."),
)
NOT_A_FIGURE = Mark(
    "untestable",
    "dash",
    _("not a matter of figures"),
    _("A plan, a feeling or an event to come: figures cannot decide it."),
)


def mark_of(kind: VerdictKind, label: str = "") -> Mark:
    """How a verdict is shown. `label` is the verdict's own where it is finer."""
    key, shape, means = _MARKS[kind]
    return Mark(key, shape, label or LABELS[kind], means)


_CHANGED = {
    "improved": (_("improved, beyond ordinary variation"), _("worse, beyond ordinary variation"),
                 _("improved, but only because the kind of case moved")),
    "rose": (_("rose, beyond ordinary variation"), _("fell, beyond ordinary variation"),
             _("rose, but only because the kind of case moved")),
}  # fmt: skip


def changed_words(kind: VerdictKind, says: str) -> str:
    """What the verdict on 'improved' or 'rose' is of a figure of which nobody said anything."""
    better, worse, mix = _CHANGED[says]
    return {
        VerdictKind.SUPPORTED: better,
        VerdictKind.MIX_ONLY: mix,
        VerdictKind.CONTRADICTED: worse,
        VerdictKind.NOT_SHOWN: _("no more than ordinary variation"),
    }.get(kind, LABELS[VerdictKind.CANNOT_TELL])


SAYS = {
    "improved": _("it got better"),
    "worsened": _("it got worse"),
    "rose": _("it rose"),
    "fell": _("it fell"),
    "unchanged": _("it stayed the same"),
    "meets": _("it meets the target"),
    "misses": _("it misses the target"),
    "just_misses": _("it misses the target by a little"),
    "value": _("it was the figure that was stated"),
    "outlier": _("this area stands out from the others"),
    "in_place": _("it was in place by the day that was given"),
}

SCOPE = {
    "kept": _("kept what was said"),
    "widened": _("says more than was said"),
    "lost": _("leaves out part of what was said"),
}


def statistic_of(name: str, definition: Definition) -> Statistic:
    """The name and meaning of a statistic, with what the measure itself counts."""
    plain = STATISTIC[name]
    if name in ("count", "ratio") and definition.unit:
        return Statistic(
            _("Number of {unit}").format(unit=definition.unit)
            if name == "count"
            else definition.unit[:1].upper() + definition.unit[1:],
            plain.means,
        )
    return plain


def split_words(split: str, definition: Definition, codes: Mapping[str, Mapping[str, str]]) -> str:
    """`response_method=video` in words: by the titles of steps, reasons and code lists."""
    column, _eq, value = split.partition("=")
    if column == "step":
        titles = {step.key: step.title for step in definition.steps}
        return titles.get(value, _spaced(value))
    if column == "reason":
        return definition.reasons.get(value, _spaced(value))
    for name in tables_of(definition):
        if known := codes.get(f"{name}.{column}", {}).get(value):
            return known[:1].upper() + known[1:]
    return _spaced(value).capitalize() or _("Not recorded")


def split_title(column: str) -> str:
    """The heading of a split."""
    return {"step": _("By step"), "reason": _("By reason")}.get(
        column, _("By {column}").format(column=_spaced(column))
    )


def day_words(day: date) -> str:
    """'19 December 2023'."""
    return f"{day.day} {day:%B %Y}"


def _spaced(code: str) -> str:
    return code.replace("_", " ")
