"""Every sentence that a verdict can say, in every combination, held to the same grammar."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from answerable.chain.body import Month, Period
from answerable.chain.claims import Verdict, VerdictKind, judge_figures
from answerable.chain.claims import doubt as doubts
from answerable.chain.claims.comparing import (
    MIX_NOT_CHECKED,
    Comparison,
    verdict_of_doubt,
    verdict_on_change,
)
from answerable.chain.claims.doubt import Doubt
from answerable.chain.claims.figure import Wordy
from answerable.chain.claims.footing import not_pooled
from answerable.chain.claims.stating import verdict_in_place, verdict_on_value
from answerable.chain.claims.targeting import Aim, verdict_on_target
from answerable.chain.claims.undecided import PROVISIONAL
from answerable.chain.figures import Figure
from answerable.chain.measures import Status, Unit
from answerable.chain.measures.definition import STATISTICS
from answerable.chain.statistics import Change, Moved, Obstacle
from tests.unit.claims.ledger import Ledger, define, posts

K = VerdictKind
NOW, THEN = Period.parse("2023/24-Q2"), Period.parse("2022/23-Q2")
UNITS = {
    "count": Unit.COUNT, "per_day": Unit.COUNT, "numerator": Unit.COUNT,
    "denominator": Unit.COUNT, "open": Unit.COUNT, "ratio": Unit.RATIO,
    "median": Unit.SECONDS, "p90": Unit.SECONDS, "median_open_days": Unit.DAYS,
    "average": Unit.COUNT,
}  # fmt: skip
SIZES = {
    Unit.COUNT: (1.0, 512.0, 1_204.0),
    Unit.SHARE: (0.0, 0.6321957, 1.0),
    Unit.RATIO: (0.04321, 12.3456789, 140.0),
    Unit.SECONDS: (1.0, 60.0, 2_326.4821, 3_600.0, 90_061.0),
    Unit.DAYS: (1.0, 12.5, 31.0),
}
STATISTIC_NAMES = sorted({name for names in STATISTICS.values() for name in names} | {"average"})


def wordies() -> Iterator[Wordy]:
    for statistic in STATISTIC_NAMES:
        unit = UNITS.get(statistic, Unit.SHARE)
        at_end = statistic in ("coverage", "open", "median_open_days")
        yield Wordy("Time to wait, North", statistic, unit, 100, at_end)


def change(moved: Moved, size: float) -> Change:
    sign = -1 if moved == Moved.FELL else 1
    small = abs(size) / 7
    ends = (-small, small * 3) if moved == Moved.WITHIN else sorted((sign * small, sign * size))
    return Change(
        moved, "like months paired", size=sign * small * 2, lower=ends[0], upper=ends[1],
        lower_90=ends[0], upper_90=ends[1], smallest_visible=small, months=12,
    )  # fmt: skip


def changes() -> Iterator[tuple[str, Verdict]]:
    says = ("improved", "worsened", "rose", "fell", "unchanged")
    kinds = (K.SUPPORTED, K.MIX_ONLY, K.NOT_SHOWN, K.CONTRADICTED)
    for wordy, said, kind in product(wordies(), says, kinds):
        for moved, then in product((Moved.ROSE, Moved.FELL, Moved.WITHIN), SIZES[wordy.unit]):
            for now in (then, then * 1.37):
                comparison = Comparison(
                    wordy, said, None, NOW, THEN, now, then, {}, margin=abs(then) / 3 or 0.01
                )
                for notes, mix in (((), False), ((MIX_NOT_CHECKED, PROVISIONAL), True)):
                    verdict = verdict_on_change(
                        comparison, change(moved, then or 0.1), kind, notes=notes, against_mix=mix
                    )
                    yield f"{wordy.statistic} {said} {kind} {moved} {now} {then}", verdict


def every_doubt() -> Iterator[Doubt]:
    fixed = [each for each in vars(doubts).values() if isinstance(each, Doubt)]
    assert len(fixed) >= 8
    yield from fixed
    yield doubts.no_figures(NOW)
    for months in ([Month(2023, 7)], [Month(2023, 7), Month(2023, 8), Month(2023, 10)]):
        yield doubts.not_covered(months)
    broken = doubts.broken(
        define(breaks=({"on": "2023-07-15", "why": "DASH gave way to DARA."},)), NOW
    )
    assert broken is not None
    yield broken
    for n in (0, 1, 19):
        yield doubts.few(n, 20, "records", NOW)
        yield doubts.few_answers(n, 50)
    for near, needed in product((True, False), (None, 1_200)):
        yield doubts.across(near, needed)
    for days in (0, 30):
        yield doubts.immature(days)
    yield doubts.missing_moved("8.0%", "17.9%")
    months = [Month(2023, 7), Month(2023, 8), Month(2023, 10)]
    yield from (doubts.not_given(months), doubts.withheld(months[:1]), doubts.withheld(months))
    for mix, longest in product((True, False), (3, 12)):
        yield doubts.whole_periods(NOW, THEN, mix=mix, longest=longest)
    for unit in Unit:
        yield not_pooled(unit)
    yield doubts.given_twice(NOW, [("512", "Sheet1!C7"), ("withheld", "")])
    yield doubts.given_twice(NOW, [("80.0% (8 of 10)", "p. 3"), ("1 day", "p. 4")])
    for obstacle in Obstacle:
        for offers, absent in product(((), (NOW,)), ((), (Month(2023, 1),))):
            refused = Change(
                Moved.UNTESTABLE, "none", obstacle=obstacle, offers=offers, absent=absent
            )
            yield doubts.untested(refused, NOW, THEN)


def refusals() -> Iterator[tuple[str, Verdict]]:
    wordy = Wordy("Time to wait, North", "median", Unit.SECONDS)
    for why in every_doubt():
        for now, then in ((60.0, 61.0), (None, 60.0), (60.0, None), (None, None)):
            comparison = Comparison(wordy, "improved", Moved.FELL, NOW, THEN, now, then, {})
            yield f"{why.key} {now} {then}", verdict_of_doubt(comparison, why)


def targets() -> Iterator[tuple[str, Verdict]]:
    for wordy, says, side in product(
        wordies(), ("meets", "misses", "just_misses"), ("at_least", "at_most")
    ):
        sizes = SIZES[wordy.unit]
        for value, target in ((sizes[0], sizes[1]), (sizes[1], sizes[1]), (sizes[2], sizes[1])):
            ends: tuple[tuple[float | None, float | None], ...] = (
                (None, None),
                (value * 0.99, value * 1.01),
                (value * 0.5, value * 1.5),
            )
            for (lower, upper), (survey, n), margin in product(
                ends, ((True, 1), (True, 400), (False, 400)), (None, target / 20 or 0.01)
            ):
                aim = Aim(wordy, says, NOW, value, target, side, margin, lower, upper, n, survey)  # type: ignore[arg-type]
                yield f"{wordy.statistic} {says} {side} {value} {target}", verdict_on_target(aim)


def values() -> Iterator[tuple[str, Verdict]]:
    for wordy in wordies():
        for value, stated in product(SIZES[wordy.unit], repeat=2):
            yield f"value {wordy.statistic}", verdict_on_value(wordy, stated, value, NOW)


def places() -> Iterator[tuple[str, Verdict]]:
    later = Period.parse("2023-05..2023-09")
    for filled, stated, until in product(
        ((5, 5, 5), (5, 4, 4), (5, 4, 5), (0, 0, 5), (1, 1, 1), ()),
        (None, 1, 5, "80%"),
        (None, later),
    ):
        ledger = Ledger(posts())
        for i, held in enumerate(filled):
            ledger.put(f"2023-{5 + i:02d}", "coverage", held / 5, count=held, n=5)
        months = {Month.parse(r.period): r for r in ledger.series("", "coverage")}
        wordy = Wordy("Posts filled, North", "coverage", Unit.SHARE, 100, True)
        yield (
            f"in place {filled} {stated}",
            verdict_in_place(wordy, months, date(2023, 5, 31), stated, until),
        )


def series(unit: Unit, length: int, counted: bool) -> list[Figure]:
    """Two years of figures, each of so many months; the later year larger."""
    first, made = Month(2021, 10), []
    for i in range(0, 24, length):
        period = Period.of(first + i, first + (i + length - 1))
        size = SIZES[unit][1] * (0.7 + 0.1 * (i // 12) + 0.02 * (i * 7 % 5))
        value = float(round(size)) if unit == Unit.COUNT else size
        counts = {"numerator": 30.0 + i, "denominator": 90.0 + i} if counted else {}
        made.append(
            Figure("m", "Time to wait, North", period, unit, value=value, source="Pack", **counts)
        )
    return made


def givens() -> Iterator[tuple[str, Verdict]]:
    year = Period.parse("2022-10..2023-09")
    words = ("improved", "worsened", "rose", "fell", "unchanged")
    stands = ("meets", "misses", "just_misses", "value")
    for unit, length, counted in product(Unit, (1, 3, 12), (True, False)):
        every = series(unit, length, counted)
        hidden = [*every[1:], replace(every[0], value=None, numerator=None, denominator=None,
                                      status=Status.SUPPRESSED)]  # fmt: skip
        unsettled = [*every[:-1], replace(every[-1], status=Status.PROVISIONAL)]
        twice = [*every, replace(every[-1], value=0.5, numerator=1.0, place="C7")]
        whole = replace(every[-1], period=year, value=0.9, numerator=None)
        for figures in (every, every[1:], hidden, unsettled, twice, [*every, whole]):
            for said, margin, survey in product(words, (None, 0.01), (None, True)):
                verdict = judge_figures(
                    figures, said, "lower", year, year.earlier(12), margin=margin, survey=survey
                )
                yield f"given {unit} {length} {said}", verdict
            for said, target, margin in product(stands, (0.0, 0.9), (None, 0.01)):
                verdict = judge_figures(figures, said, "lower", year, target=target, margin=margin)
                yield f"given {unit} {length} {said} {target}", verdict


WRONG = {
    "two spaces": re.compile(r"  "),
    "None or nan": re.compile(r"\b(None|nan|inf)\b"),
    "a cause": re.compile(r"\b(because|caused|due to|thanks to|led to)\b", re.I),
    "a ranking": re.compile(r"\b(best|worst|top|bottom|league)\b", re.I),
    "an unformatted number": re.compile(r"\d\.\d{3,}|\de-\d"),
    "one of many": re.compile(
        r"(?<![\d.,])1 (minutes|seconds|hours|days|answers|records|months|weeks)\b"
    ),
    "many of one": re.compile(r"(?<![\d.,])(?!1 )\d+ (minute|second|hour|day|answer|record)\b"),
    "braces": re.compile(r"[{}]"),
    "punctuation": re.compile(r"\.\.|,,|\s[.,;:]|\(\s|\s\)|;\.|:\.|,\."),
    "nested brackets": re.compile(r"\([^()]*\("),
    "names of ours": re.compile(r"[a-z]_[a-z]|VerdictKind|Moved\.|Obstacle"),
}


def faults(text: str) -> list[str]:
    found = [name for name, pattern in WRONG.items() if pattern.search(text)]
    if not re.search(r"[.]$", text):
        found.append("no full stop")
    if not text[:1].isupper():
        found.append("no capital")
    return found


@pytest.mark.parametrize("made", [changes, refusals, targets, values, places, givens])
def test_every_sentence_is_grammatical(made) -> None:  # type: ignore[no-untyped-def]
    wrong: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    combinations = 0
    for name, verdict in made():
        combinations += 1
        for text in (verdict.sentence, verdict.may_say, verdict.to_settle, *verdict.notes):
            if not text or text in seen:
                continue
            seen.add(text)
            for fault in faults(text):
                # A league table is named once, as what must not be used.
                if not (fault == "a ranking" and name.startswith("outlier")):
                    wrong.setdefault(fault, (name, text))
        assert verdict.sentence.startswith("Recorded: "), name
        assert verdict.sentence.startswith(verdict.recorded), name
        assert verdict.ordinary in verdict.sentence, name
        assert verdict.label and verdict.rule, name
        assert verdict.may_say or made is not changes, name
    assert not wrong
    assert combinations > 40


def test_what_cannot_be_told_always_says_what_would_settle_it() -> None:
    for name, verdict in refusals():
        assert verdict.verdict == K.CANNOT_TELL, name
        assert verdict.to_settle, name
        assert "cannot be told" in verdict.sentence, name


def test_the_grammar_test_can_fail() -> None:
    """Each fault is found in a sentence that has it."""
    bad = {
        "two spaces": "A  b.",
        "None or nan": "It is None.",
        "a cause": "It fell because of us.",
        "a ranking": "The best area.",
        "an unformatted number": "It is 0.1234.",
        "one of many": "It took 1 minutes.",
        "many of one": "It took 12 minute.",
        "braces": "It is {x}.",
        "punctuation": "It is , so.",
        "nested brackets": "It is (a (b)).",
        "names of ours": "It is just_misses.",
        "no full stop": "It is",
        "no capital": "it is.",
    }
    assert {name for name, text in bad.items() if name in faults(text)} == set(bad)
    assert faults("It took 1 minute (11 minutes before), 21.5% and 1,204.") == []


def test_the_fact_opens_and_gives_both_periods() -> None:
    wordy = Wordy("Reports", "count", Unit.COUNT)
    comparison = Comparison(wordy, "rose", Moved.ROSE, NOW, THEN, 512.0, 480.0, {})
    moved = replace(change(Moved.ROSE, 70.0), size=32.0, lower=10.0, upper=54.0)
    assert verdict_on_change(comparison, moved, K.SUPPORTED).sentence == (
        "Recorded: 512 (July 2023 to September 2023), up from 480 (July 2022 to September 2022)."
        " This is more than ordinary variation between months (95% interval of the change: a rise"
        " of 10 to 54). A change smaller than about 10 could easily have been missed."
    )
