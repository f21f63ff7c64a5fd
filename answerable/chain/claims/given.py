"""A statement judged on figures that were given: months, quarters, years, in any mixture.

The size of a change is that of the whole periods, the test is made on their months, as with
figures from rows. What rows would have shown is asked for: the mix of cases, the counts
behind a percentage, the months behind a year.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..body import Month, Period
from ..figures import Figure, Totals, Whole, digest_of
from ..measures import Grade, Status, Unit, quantity, shown
from ..statistics import Change, Moved, Obstacle
from ..statistics.change import YEAR
from . import doubt
from .claim import COMPARES
from .comparing import (
    MIX_NOT_CHECKED,
    SETTLE_MIX,
    SHAPES,
    UNCHECKED,
    Comparison,
    at_its_date,
    bared,
    scale_of,
    test,
    verdict_of_doubt,
    verdict_on_change,
)
from .context import differs
from .direction import LEANS, Better, claimed_move
from .doubt import Doubt
from .evidence import asked
from .footing import (
    added_up,
    averaged,
    counts_behind,
    kind_of,
    standing_of,
    too_few,
    twice_in,
    wordy_of_totals,
)
from .given_apart import by_area, in_place, outlying
from .grades import with_grade
from .levels import Level, doubt_of, undecided, verdict_on_level
from .stating import verdict_on_value
from .targeting import is_stand
from .undecided import marked, unsettled
from .verdict import Verdict, VerdictKind

K = VerdictKind


def judge_figures(
    figures: Sequence[Figure],
    says: str,
    better: Better,
    period: Period | None = None,
    baseline: Period | None = None,
    *,
    target: float | str | None = None,
    margin: float | str | None = None,
    survey: bool | None = None,
    standing: bool | None = None,
    changed_at: Month | None = None,
    area: str | None = None,
    on: date | None = None,
) -> Verdict:
    """The verdict on one statement about one series of figures that were given.

    figures   of one measure, statistic, area and unit, of any periods; for `outlier` of
              several areas
    says      any word of a reading (`chain.claims.claim.Says`)
    target    what it is held to, or the value that was stated: in the unit of the figures, or
              as written, '80%', '60 minutes'
    margin    for unchanged and just_misses: the smallest size that matters
    survey    whether people were asked; None: as the statistic or the title says
    standing  whether they stand at a day and carry over, as cases open; None: the same
    changed_at  the month from which improved, worsened, rose or fell is said to hold; the
              periods follow from it
    area      for `outlier`: which of the areas is said to stand apart
    on        for `in_place`: the day by which; `target` is then how many or what share, and
              `period` later months to look at
    A change needs the months of both periods: whole years or quarters alone are 'cannot
    tell', and so are periods that overlap. A target needs only the figure of the period.
    Raises ValueError for figures of several series or none, for a word that is not one of a
    reading or lacks what belongs to it, for 'improved', 'meets' and the like without a direction
    of good, for a comparison without a baseline, and for a quantity of another unit.
    """
    if says == "outlier":
        return _outlier(figures, area, period, standing)
    totals = standing_of(Totals(figures), standing)
    if survey is None:
        survey = asked(totals.title, totals.statistic, totals.unit)
    size = None if margin is None else abs(quantity(margin, totals.unit))
    if changed_at is not None:
        if says not in COMPARES - {"unchanged"}:
            raise ValueError(f"a date belongs to a change, and '{says}' is none")
        period = Period.of(changed_at, changed_at + (YEAR - 1))
        baseline = period.earlier(YEAR)
    if says == "in_place":
        if on is None:
            raise ValueError("'in_place' needs the day by which")
        verdict = in_place(totals, on, target, period)
        month = Period.of(Month.of(on), Month.of(on))
        return _sealed(verdict, totals, says, better, month, None)
    if period is None:
        raise ValueError(f"'{says}' needs a period")
    if says in COMPARES:
        if baseline is None:
            raise ValueError(f"'{says}' needs a baseline")
        spans = period, baseline
        verdict = _compared(totals, says, better, spans, size, survey, changed_at)
    elif target is None:
        raise ValueError(f"'{says}' needs a target")
    elif says == "value":
        verdict = _stated(totals, period, target)
    elif is_stand(says):
        goal = quantity(target, totals.unit)
        level = Level(totals, wordy_of_totals(totals), says, better, period, goal, size, survey)
        verdict = verdict_on_level(level)
    else:
        raise ValueError(f"'{says}' is not a word of a reading")
    return _sealed(verdict, totals, says, better, period, baseline)


# --- an area that stands apart


def _outlier(
    figures: Sequence[Figure], area: str | None, period: Period | None, standing: bool | None
) -> Verdict:
    if area is None or period is None:
        raise ValueError("'outlier' needs an area and a period")
    places = {code: standing_of(each, standing) for code, each in by_area(figures).items()}
    verdict = outlying(places, area, period)
    sealed = _sealed(verdict, places[area], "outlier", "neither", period, None)
    return replace(sealed, source=digest_of(figures))


# --- change


def _compared(
    totals: Totals,
    says: str,
    better: Better,
    spans: tuple[Period, Period],
    margin: float | None,
    survey: bool,
    changed_at: Month | None,
) -> Verdict:
    period, baseline = spans
    wordy = wordy_of_totals(totals)
    wholes = (totals.whole(period), totals.whole(baseline))
    now, then = (None if whole is None else whole.value for whole in wholes)
    notes: tuple[str, ...] = ()
    if (now is None or then is None) and totals.covered(period) and totals.covered(baseline):
        now, then = totals.mean(period), totals.mean(baseline)
        wordy = replace(wordy, statistic="average")
        notes = (averaged(totals.unit),)
    comparison = Comparison(
        wordy=wordy,
        says=says,
        wanted=claimed_move(says, better),
        period=period,
        baseline=baseline,
        now=now,
        then=then,
        months={
            month: value / month.days if totals.adds_up else value
            for month, value in totals.monthly.items()
            if month <= period.last
        },
        scale=scale_of(totals.unit, totals.adds_up, period),
        margin=margin,
        changed_at=changed_at,
        standing=totals.standing,
    )
    notes = (*notes, *_beside(totals, wholes))
    if changed_at is not None:
        notes = (at_its_date(changed_at), *notes)
    why = _against(totals, comparison, wholes, survey)
    if why is not None:
        if why.key == "given twice":
            comparison = replace(comparison, now=None, then=None)
        return verdict_of_doubt(comparison, why, notes=() if why.bare else notes)
    change, kind, why = test(comparison)
    if why is not None or kind is None:
        assert why is not None  # noqa: S101  # no verdict always has its reason
        return verdict_of_doubt(comparison, bared(why, change), change.rule, notes)
    return _told(totals, comparison, change, kind, notes)


def _told(
    totals: Totals, c: Comparison, change: Change, kind: VerdictKind, notes: tuple[str, ...]
) -> Verdict:
    """The tested verdict, with what figures without records cannot show."""
    if not totals.adds_up:
        notes = (*notes, MIX_NOT_CHECKED)
    charted = differs(c, kind) if c.says != "unchanged" else ""
    if charted:
        notes = (*notes, charted)
    settle = SETTLE_MIX if kind == K.SUPPORTED and not totals.adds_up else ""
    return verdict_on_change(c, change, kind, notes=notes, to_settle=settle)


def _against(
    totals: Totals,
    c: Comparison,
    wholes: tuple[Whole | None, Whole | None],
    survey: bool,
) -> Doubt | None:
    """What stands against comparing the two periods at all, gravest first."""
    for span in (c.period, c.baseline):
        if twice := twice_in(totals, span):
            return twice
    change, _, why = test(c)
    if why is not None and change.obstacle in SHAPES:
        return bared(why, change)
    hidden = [m for span in (c.baseline, c.period) for m in totals.withheld(span)]
    if hidden:
        return doubt.withheld(hidden)
    if why is not None and change.obstacle == Obstacle.DATE_HISTORY and totals.months:
        return why
    both = totals.covered(c.period) and totals.covered(c.baseline)
    if not both:
        return _without_months(totals, c, wholes)
    for span, whole in zip((c.period, c.baseline), wholes, strict=True):
        few = too_few(whole, span, totals.unit, survey)
        if few is not None:
            return few
    return None


def _without_months(
    totals: Totals, c: Comparison, wholes: tuple[Whole | None, Whole | None]
) -> Doubt:
    """Why whole periods, or periods with gaps, cannot be tested."""
    absent = [m for span in (c.baseline, c.period) for m in span if m not in totals.monthly]
    now, then = wholes
    if now is None or then is None:
        nothing = [span for span, whole in ((c.period, now), (c.baseline, then)) if whole is None]
        if all(m in absent for m in nothing[0]) and not totals.parts(nothing[0]):
            return doubt.none_given(nothing[0])
        if all(totals.parts(span) for span in nothing):
            return doubt.parts_not_pooled(kind_of(totals.unit), counts_behind(totals.unit))
        return doubt.not_given(absent)
    longest = max(len(part.period) for whole in (now, then) for part in whole.parts)
    return doubt.whole_periods(
        c.period, c.baseline, mix=not totals.adds_up, longest=max(longest, 2)
    )


def _beside(totals: Totals, wholes: tuple[Whole | None, ...]) -> tuple[str, ...]:
    """Where the figure given for a period is not what its months come to."""
    notes = []
    for whole in wholes:
        added = added_up(totals, whole)
        if whole is None or added is None:
            continue
        one, other = (shown(v, totals.unit, totals.per) for v in (added, whole.value))
        if one != other:
            notes.append(
                f"The months given for {doubt.in_months(whole.period)} come to {one}, and the"
                f" figure given for the whole is {other}."
            )
    return tuple(notes)


# --- a stated value


def _stated(totals: Totals, period: Period, stated: float | str) -> Verdict:
    wordy = wordy_of_totals(totals)
    whole = totals.whole(period)
    why = twice_in(totals, period) or (doubt_of(totals, period) if whole is None else None)
    if why is not None or whole is None:
        return undecided(totals, wordy, period, why or doubt.no_figures(period), whole)
    return verdict_on_value(wordy, stated, whole.value, period, _beside(totals, (whole,)))


# --- seal


def _sealed(
    verdict: Verdict,
    totals: Totals,
    says: str,
    better: Better,
    period: Period,
    baseline: Period | None,
) -> Verdict:
    """With grade, source and name; provisional where a figure of the period is."""
    spans = [period] if baseline is None else [period, baseline]
    touched = [f for f in totals.by_span.values() if any(s.covers(f.period) for s in spans)]
    latest = [f for f in touched if period.covers(f.period)]
    if any(f.status == Status.PROVISIONAL for f in latest):
        verdict = unsettled(verdict, lean_of(totals), _claimed(says, better), 0)
    elif any(f.status == Status.PROVISIONAL for f in touched):
        verdict = marked(verdict)
    by_month = all(any(month in totals.months for month in span) for span in spans)
    grade = Grade.MONTHS if by_month else Grade.TWO
    return replace(
        verdict,
        grade=str(grade),
        source=digest_of(totals.figures),
        name=totals.title,
        may_say=with_grade(verdict.may_say, grade, not UNCHECKED.intersection(verdict.notes)),
    )


def _claimed(says: str, better: Better) -> Moved | None:
    if is_stand(says):
        good = Moved.FELL if better == "lower" else Moved.ROSE
        bad = Moved.ROSE if good == Moved.FELL else Moved.FELL
        return good if says == "meets" else bad
    return claimed_move(says, better) if says in COMPARES else None


def lean_of(totals: Totals) -> Moved | None:
    """Which way figures err while records are still to come; None where that is not known."""
    if totals.statistic != "value":
        return LEANS[totals.statistic]
    return Moved.FELL if totals.unit in (Unit.COUNT, Unit.SECONDS, Unit.DAYS) else None
