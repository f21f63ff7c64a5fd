"""From one reading and the results to its verdict."""

from collections.abc import Iterable
from dataclasses import replace

from ..body import Body, Month, Period
from ..measures import Codes, Definition, Result, Status, load_codes
from ..statistics import Change, Mix, Moved
from . import doubt, sentences
from .claim import COMPARES, Reading
from .comparing import (
    MIX_MAY_BE_PART,
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
    with_mix,
)
from .context import chart_note, mix_finding, moves_with_missing, read_beside
from .direction import LEANS, better_of, claimed_move, margin_of, target_of
from .doubt import Doubt
from .evidence import TOTALS, Evidence, Figures, any_status, grade_of, since_the_last_break, usable
from .figure import Wordy, wordy_of
from .footing import averaged, not_pooled
from .grades import with_grade
from .levels import RATES, between
from .outlying import verdict_on_outlier
from .parts import part_name
from .stating import verdict_in_place, verdict_on_value
from .targeting import Aim, is_stand, stand_of, verdict_on_target
from .undecided import cannot_tell, marked, nothing_for, unsettled
from .verdict import Verdict, VerdictKind

K = VerdictKind
LEAST_RECORDS = 20
"""A share, rate or time on fewer records is not judged (nor published as a rate)."""
LEAST_ANSWERS = 50
ROUNDED = "Counts are to the nearest {}, and this rests on them as they are shown."


def judge_reading(
    reading: Reading,
    definition: Definition,
    figures: Figures,
    body: Body,
    codes: Codes | None = None,
) -> Verdict:
    """The verdict on one reading of a claim.

    codes   names of codes; the body's own where none are given

    The reading must have passed `load_claims`: its measure, statistic, area and split are
    known, and 'improved' is only said where there is a direction of good.
    """
    evidence = Evidence(figures, definition, reading)
    wordy = _wordy(evidence, body, load_codes(body) if codes is None else codes)
    if reading.says == "in_place":
        verdict = _in_place(evidence, wordy)
    elif reading.says == "outlier":
        verdict = _outlier(evidence, wordy, body)
    elif reading.says in COMPARES:
        verdict = _compared(evidence, wordy)
    else:
        verdict = _single(evidence, wordy)
    return _sealed(verdict, evidence)


def _wordy(evidence: Evidence, body: Body, codes: Codes) -> Wordy:
    """The words, with the area and the split in the title."""
    reading = evidence.reading
    wordy = wordy_of(evidence.definition, reading.statistic)
    title = f"{wordy.title}, {body.area_name(reading.area)}"
    if reading.split:
        title += f", {part_name(evidence.definition, reading.split, codes)}"
    return replace(wordy, title=title, at_end=evidence.at_end)


def _sealed(verdict: Verdict, evidence: Evidence) -> Verdict:
    """With grade, source and name."""
    reading, definition = evidence.reading, evidence.definition
    spans = [Period.parse(text) for text in (reading.period, reading.baseline) if text]
    windows = tuple(evidence.one(span) for span in spans)
    months = evidence.months()
    if reading.on is not None:
        months = {m: r for m, r in months.items() if m == Month.of(reading.on)}
    else:  # a month of another grade, outside what is judged, decides nothing
        inside = {m: r for m, r in months.items() if any(m in span for span in spans)}
        months = inside or months
    parts = [definition.key, str(definition.version), reading.statistic, reading.area]
    parts += [text for text in (reading.period or str(reading.on or ""), reading.split) if text]
    grade = grade_of(months, windows)
    rounding = _rounding((*months.values(), *windows))
    return replace(
        verdict,
        notes=(*verdict.notes, *rounding),
        sentence=sentences.together(verdict.sentence, *rounding),
        grade=str(grade),
        may_say=with_grade(verdict.may_say, grade, not UNCHECKED.intersection(verdict.notes)),
        source=evidence.figures.source,
        name=" ".join(parts),
    )


def _rounding(results: Iterable[Result | None]) -> tuple[str, ...]:
    """That the figures are rounded: what is judged is what is published."""
    to = max((r.rounded_to for r in results if r is not None and r.n is not None), default=1)
    return (ROUNDED.format(to),) if to > 1 else ()


# --- one figure: target, stated value, in place


def _in_place(evidence: Evidence, wordy: Wordy) -> Verdict:
    reading = evidence.reading
    assert reading.on is not None  # noqa: S101  # held by load_claims
    until = Period.parse(reading.period) if reading.period else None
    verdict = verdict_in_place(wordy, evidence.months(), reading.on, reading.value, until)
    result = evidence.months().get(Month.of(reading.on))
    if result is not None and result.status == Status.PROVISIONAL:
        return _provisional(verdict, evidence, Moved.ROSE)
    return verdict


def _outlier(evidence: Evidence, wordy: Wordy, body: Body) -> Verdict:
    """A place against those beside it, over the months that the reading names."""
    reading, definition = evidence.reading, evidence.definition
    period = Period.parse(reading.period)
    broken = doubt.broken(definition, period)
    if broken is not None:
        return _one_figure_doubt(evidence, wordy, broken)
    if evidence.at_end:  # the figure of a longer period is that of its last day
        period = Period.of(period.last, period.last)
    found = {
        code: evidence.figures.one(definition.key, reading.statistic, code, period, reading.split)
        for code in body.beside(reading.area)
    }
    results = {code: result for code, result in found.items() if result is not None}
    verdict = verdict_on_outlier(
        wordy, results, reading.area, period, read_beside(evidence, period, None),
        mix_open=any(result.grade in TOTALS for result in results.values()),
    )  # fmt: skip
    return _if_provisional(verdict, evidence, period, None)


def _one_figure_doubt(evidence: Evidence, wordy: Wordy, why: Doubt, rule: str = "") -> Verdict:
    """'Cannot tell' of one figure, which is told where it may be."""
    period = Period.parse(evidence.reading.period)
    value = None if why.bare else evidence.value(period)
    if value is None:
        return cannot_tell(why, wordy.unit, nothing_for(doubt.in_months(period)), rule=rule)
    recorded = sentences.recorded_one(wordy, value, period)
    may_say = f"{wordy.title}: {wordy.phrase(value)} ({wordy.when(period)})."
    return cannot_tell(why, wordy.unit, recorded, rule=rule, size=value, may_say=may_say)


def _single(evidence: Evidence, wordy: Wordy) -> Verdict:
    """A target or a stated value, over one period."""
    reading, definition = evidence.reading, evidence.definition
    period = Period.parse(reading.period)
    value, result = evidence.value(period), evidence.one(period)
    stands_against = _against_the_figure(evidence, period, value)
    if stands_against is not None:
        pooled = stands_against.key != "not pooled"
        by_month = None if pooled else _by_month(evidence, wordy, period)
        return by_month or _one_figure_doubt(evidence, wordy, stands_against)
    assert value is not None  # noqa: S101  # else there was a doubt
    notes = read_beside(evidence, period, None)
    if reading.says == "value":
        assert reading.value is not None  # noqa: S101  # the schema holds this
        verdict = verdict_on_value(wordy, reading.value, value, period, notes)
        return _if_provisional(verdict, evidence, period, None)
    target = target_of(reading, definition, period)
    if target is None:
        return _one_figure_doubt(evidence, wordy, doubt.NO_TARGET)
    aim = Aim(
        wordy, stand_of(reading.says), period, value, *target,
        margin=margin_of(reading, definition),
        lower=None if result is None or evidence.at_end else result.lower,
        upper=None if result is None or evidence.at_end else result.upper,
        n=None if result is None else result.n,
        survey=evidence.survey,
        as_given=result is not None and result.grade in TOTALS,
    )  # fmt: skip
    return _if_provisional(verdict_on_target(aim, notes), evidence, period, _aimed_at(aim))


def _aimed_at(aim: Aim) -> Moved:
    """The way in which figures that come out better for what was said would err."""
    good = (Moved.ROSE, Moved.FELL) if aim.side == "at_least" else (Moved.FELL, Moved.ROSE)
    return good[0] if aim.says == "meets" else good[1]


def _by_month(evidence: Evidence, wordy: Wordy, period: Period) -> Verdict | None:
    """A target where only percentages or rates of months were given: decided if all are on one
    side of it; None where they are not, or where it is no target or asks people."""
    reading, definition = evidence.reading, evidence.definition
    known = usable(evidence.months())
    target = target_of(reading, definition, period) if is_stand(reading.says) else None
    if target is None or evidence.survey or evidence.unit() not in RATES:
        return None

    def aim_of(value: float) -> Aim:
        return Aim(wordy, stand_of(reading.says), period, value, *target, as_given=True)

    verdict = between([known[month] for month in period], aim_of)
    if verdict is None:
        return None
    return _if_provisional(verdict, evidence, period, _aimed_at(aim_of(0.0)))


def _against_the_figure(evidence: Evidence, period: Period, value: float | None) -> Doubt | None:
    """What stands against using the figure of a period at all."""
    broken = doubt.broken(evidence.definition, period)
    if broken is not None:
        return broken
    months, window = evidence.months(), evidence.one(period)
    if _withheld(months, window, period):
        return doubt.SUPPRESSED
    gaps = [month for month in period if month not in usable(months)]
    if months and gaps:
        return doubt.not_covered(gaps)
    if value is None and evidence.survey and evidence.on_totals:
        return doubt.NO_ANSWERS
    if value is None:
        pooled = not (evidence.on_totals and months)
        return doubt.no_figures(period) if pooled else not_pooled(evidence.unit())
    return _too_few(evidence, window, period)


def _withheld(months: dict[Month, Result], window: Result | None, period: Period) -> bool:
    if window is not None and window.status == Status.SUPPRESSED:
        return True
    return any_status(months, period, Status.SUPPRESSED)


def _too_few(evidence: Evidence, window: Result | None, period: Period) -> Doubt | None:
    """Counts may be small; what rests on a few records may not be judged."""
    counts = evidence.adds_up or evidence.reading.statistic in ("per_day", "open")
    if evidence.survey and window is not None and window.n is None:
        return doubt.NO_ANSWERS
    if counts or evidence.at_end or window is None or window.n is None:
        return None
    if evidence.survey:
        return doubt.few_answers(window.n, LEAST_ANSWERS) if window.n < LEAST_ANSWERS else None
    if window.n >= LEAST_RECORDS:
        return None
    return doubt.few(window.n, LEAST_RECORDS, "records", period)


# --- change


def _compared(evidence: Evidence, wordy: Wordy) -> Verdict:
    reading, definition = evidence.reading, evidence.definition
    period, baseline = Period.parse(reading.period), Period.parse(reading.baseline)
    claimed = claimed_move(reading.says, better_of(definition, reading.statistic))
    at = None if reading.changed_at is None else Month.of(reading.changed_at)
    earliest = baseline.first if at is None else baseline.earlier(12).first
    months = since_the_last_break(evidence.tested(), definition, earliest)
    now, then = evidence.value(period), evidence.value(baseline)
    notes = read_beside(evidence, period, baseline)
    if (now is None or then is None) and evidence.on_totals:
        means = evidence.mean(period), evidence.mean(baseline)
        if None not in means:
            now, then = means
            wordy = replace(wordy, statistic="average")
            notes = (averaged(evidence.unit()), *notes)
    comparison = Comparison(
        wordy=wordy,
        says=reading.says,
        wanted=claimed,
        period=period,
        baseline=baseline,
        now=now,
        then=then,
        months={month: value for month, value in months.items() if month <= period.last},
        scale=scale_of(evidence.unit(), evidence.adds_up, period),
        margin=margin_of(reading, definition),
        changed_at=at,
        standing=evidence.at_end,
    )
    if at is not None:
        notes = (at_its_date(at), *notes)
    why = _against_comparing(evidence, comparison)
    if why is not None:
        return verdict_of_doubt(comparison, why, notes=() if why.bare else notes)
    change, kind, why = test(comparison)
    if why is not None or kind is None:
        assert why is not None  # noqa: S101  # no verdict always has its reason
        if evidence.on_totals:
            why = bared(why, change)
        return verdict_of_doubt(comparison, why, change.rule, notes)
    return _weighed(evidence, comparison, change, kind, notes)


def _against_comparing(evidence: Evidence, c: Comparison) -> Doubt | None:
    """What stands against comparing the two periods at all, gravest first."""
    span = Period.of(min(c.earliest, c.period.first), max(c.baseline.last, c.period.last))
    broken = doubt.broken(evidence.definition, span)
    if broken is not None:
        return broken
    months = evidence.months()
    for each in (c.period, c.baseline):
        if _withheld(months, evidence.one(each), each):
            return doubt.SUPPRESSED
    if not months:
        change, _, why = test(c)
        if why is not None and change.obstacle in SHAPES:
            return bared(why, change)
        if c.now is None or c.then is None:
            return doubt.no_figures(c.period if c.now is None else c.baseline)
        return doubt.TWO_FIGURES
    if evidence.survey and evidence.on_totals and c.wordy.statistic == "average":
        return doubt.NO_ANSWERS
    for each in (c.period, c.baseline):
        few = _too_few(evidence, evidence.one(each), each)
        if few is not None:
            return few
    return None


def _weighed(
    evidence: Evidence,
    c: Comparison,
    change: Change,
    kind: VerdictKind,
    notes: tuple[str, ...],
) -> Verdict:
    """The tested verdict, held against missing times, mix, immaturity and the chart."""
    flips = moves_with_missing(evidence, c, kind)
    if flips is not None:
        return verdict_of_doubt(c, flips, change.rule, notes)
    mix_matters = _mix_matters(evidence) and c.says != "unchanged"
    finding = mix_finding(evidence, c) if mix_matters else None
    after, note, why = with_mix(kind, finding, matters=mix_matters)
    if why is not None:
        return verdict_of_doubt(c, why, change.rule, notes)
    against_mix = kind == K.CONTRADICTED and after == K.NOT_SHOWN
    reversed_mix = finding is not None and finding.mix == Mix.REVERSED
    if note:
        notes = (*notes, note)
    charted = chart_note(evidence, c, after)
    if charted:
        notes = (*notes, charted)
    open_mix = note in (MIX_NOT_CHECKED, MIX_MAY_BE_PART) and after == K.SUPPORTED
    settle = SETTLE_MIX if open_mix else ""
    verdict = verdict_on_change(
        c, change, after, notes=notes, to_settle=settle, against_mix=against_mix,
        reversed_mix=reversed_mix,
    )  # fmt: skip
    return _if_provisional(verdict, evidence, c.period, c.wanted, c.baseline)


def _mix_matters(evidence: Evidence) -> bool:
    """Whether the measure names facts that could fool us, and the figure is not a plain
    count, which has no mix to hold fixed."""
    if evidence.adds_up or evidence.reading.statistic in ("per_day", "open"):
        return False
    return bool(evidence.definition.strata) or evidence.definition.as_given


# --- provisional


def _if_provisional(
    verdict: Verdict,
    evidence: Evidence,
    period: Period,
    claimed: Moved | None,
    baseline: Period | None = None,
) -> Verdict:
    months = evidence.months()
    windows = [evidence.one(span) for span in (period, baseline) if span is not None]
    latest = any_status(months, period, Status.PROVISIONAL) or any(
        window is not None and window.status == Status.PROVISIONAL for window in windows[:1]
    )
    earlier = baseline is not None and any_status(months, baseline, Status.PROVISIONAL)
    if latest:
        return _provisional(verdict, evidence, claimed)
    if earlier:
        return marked(verdict)
    return verdict


def _provisional(verdict: Verdict, evidence: Evidence, claimed: Moved | None) -> Verdict:
    lean = LEANS.get(evidence.reading.statistic)
    return unsettled(verdict, lean, claimed, evidence.definition.settles_days)
