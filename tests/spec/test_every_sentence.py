"""Every sentence that a verdict on the library's measures can say.

Each measure with each of its statistics, every word that may be said of it, rising, falling and
still, every status, every state of the mix. A sentence must be grammatical, must agree with the
numbers of the verdict that it tells, and must claim no more than the verdict.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from answerable.chain.body import Body, BodyFile, Force, Month, Period
from answerable.chain.claims import LABELS, Verdict, VerdictKind, judge_reading
from answerable.chain.claims.comparing import MIX_MAY_BE_PART, MIX_NOT_CHECKED
from answerable.chain.claims.direction import better_of
from answerable.chain.claims.figure import WHOLE_COUNTS
from answerable.chain.measures import (
    Definition,
    Gathered,
    Grain,
    Result,
    Status,
    Unit,
    at_end,
    load_codes,
    load_definitions,
    shown,
    shown_change,
    unit_of,
)
from tests.unit.claims.ledger import read
from tests.unit.claims.test_sentences import faults

K = VerdictKind
BODY = Body(Path(), BodyFile(key="b", name="B", forces=(Force(key="f", name="The Force"),)))
MEASURES = load_definitions(BODY)
CODES = load_codes(BODY)
NOW, THEN = Period.parse("2022-12..2023-11"), Period.parse("2021-12..2022-11")
MONTHS = [Month(2020, 12) + i for i in range(36)]
LEVEL = {
    Unit.COUNT: 300.0, Unit.SHARE: 0.62, Unit.RATIO: 32.0, Unit.SECONDS: 2_640.0, Unit.DAYS: 12.0,
}  # fmt: skip
SHIFTS = {"up": 0.2, "down": -0.2, "still": 0.0}
MIXES = {"unchecked": None, "holds": 1.0, "only": 0.0, "reversed": -1.0, "hidden": 3.0}
"""How far the standardised months move, for each step of the recorded ones."""


def values(unit: Unit, shift: float, seed: int = 5) -> list[float]:
    noise = np.random.default_rng(seed).normal(0, 0.02, 36)
    made = [LEVEL[unit] * (1 + noise[i] + shift * (i >= 24)) for i in range(36)]
    return [float(round(v)) for v in made] if unit == Unit.COUNT else made


def results(
    definition: Definition, statistic: str, shift: float, mix: float | None = None
) -> Gathered:
    """Three years of months and both windows, as an engine would give them."""
    unit = unit_of(definition, statistic)
    monthly = values(unit, shift)
    made = [result(definition, statistic, str(m), v) for m, v in zip(MONTHS, monthly, strict=True)]
    total = statistic in ("count", "numerator", "denominator", "reached")
    total = total and unit == Unit.COUNT and not at_end(definition, statistic)
    for span in (NOW, THEN):
        inside = [v for m, v in zip(MONTHS, monthly, strict=True) if m in span]
        whole = sum(inside) if total else sum(inside) / 12
        made.append(result(definition, statistic, str(span), whole))
    if mix is not None:
        standard = values(unit, (shift or 0.05) * mix, seed=6)
        made += [
            replace(result(definition, statistic, str(m), v), basis="standardised")
            for m, v in zip(MONTHS, standard, strict=True)
        ]
    return Gathered(made, "0" * 64)


def result(definition: Definition, statistic: str, period: str, value: float) -> Result:
    grain = Grain.MONTH if len(Period.parse(period)) == 1 else Grain.WINDOW
    return Result(
        definition.key, 1, "", statistic, "all", period, grain, unit_of(definition, statistic),
        value, 4_000, Status.OK, "0" * 64, lower=value * 0.98, upper=value * 1.02,
    )  # fmt: skip


def judged(definition: Definition, figures: Gathered, **said: Any) -> Verdict:
    asked = {"measure": definition.key, "period": str(NOW), "baseline": str(THEN)} | said
    return judge_reading(read(**asked), definition, figures, BODY, CODES)


def every_statistic() -> Iterator[tuple[Definition, str]]:
    for definition in MEASURES.values():
        for statistic in definition.statistics:
            if statistic != "mix":
                yield definition, statistic


def each_kind() -> Iterator[tuple[Definition, str]]:
    """One measure for each kind and statistic: what depends on no more than these."""
    seen = set()
    for definition, statistic in every_statistic():
        kind = (definition.kind, statistic, bool(definition.strata))
        if kind not in seen:
            seen.add(kind)
            yield definition, statistic


def words_for(definition: Definition, statistic: str) -> tuple[str, ...]:
    directed = better_of(definition, statistic) != "neither"
    return ("rose", "fell", "unchanged", *(("improved", "worsened") if directed else ()))


Told = tuple[str, dict[str, Any], Verdict]


@cache
def changes() -> tuple[Told, ...]:
    """A change that is there, one that goes the other way, and none."""
    made = []
    for definition, statistic in every_statistic():
        for shape, shift in SHIFTS.items():
            figures = results(definition, statistic, shift)
            for says in words_for(definition, statistic):
                margin = {"margin": 0.1 * LEVEL[unit_of(definition, statistic)]}
                said = {"says": says, "statistic": statistic} | (
                    margin if says == "unchanged" else {}
                )
                about = {"definition": definition, "figures": figures, "says": says, "shape": shape}
                name = f"{definition.key} {statistic} {says} {shape}"
                made.append((name, about | said, judged(definition, figures, **said)))
    return tuple(made)


@cache
def mixes() -> tuple[Told, ...]:
    made = []
    for definition, statistic in each_kind():
        if not definition.strata or unit_of(definition, statistic) == Unit.COUNT:
            continue
        for (state, mix), (shape, shift) in (
            (m, s) for m in MIXES.items() for s in SHIFTS.items() if s[1] >= 0
        ):
            figures = results(definition, statistic, shift, mix)
            for says in ("rose", "fell"):
                about = {"definition": definition, "figures": figures, "says": says,
                         "shape": shape, "state": state}  # fmt: skip
                verdict = judged(definition, figures, says=says, statistic=statistic)
                made.append((f"{definition.key} {statistic} {says} {shape} {state}",
                             about | {"statistic": statistic}, verdict))  # fmt: skip
    return tuple(made)


@cache
def statuses() -> tuple[Told, ...]:
    """One month, or the whole of the period, of every status."""
    made = []
    for definition, statistic in each_kind():
        whole = results(definition, statistic, 0.2)
        rows = list(whole.of(definition.key))
        for status in Status:
            for where in ("2023-11", "2022-03", str(NOW)):
                bare = status in (Status.SUPPRESSED, Status.MISSING, Status.NOT_COMPARABLE)
                zero = 0.0 if status == Status.ZERO else None
                figures = Gathered(
                    [
                        row
                        if row.period != where
                        else replace(row, status=status, lower=None, upper=None,
                                     value=None if bare else row.value if zero is None else zero)
                        for row in rows
                    ],
                    whole.source,
                )  # fmt: skip
                for says in ("rose", "fell", "meets", "value"):
                    said: dict[str, Any] = {"says": says, "statistic": statistic}
                    if says in ("meets", "value"):
                        said |= {"baseline": "", "value": LEVEL[unit_of(definition, statistic)]}
                    made.append((f"{definition.key} {statistic} {says} {status} {where}",
                                 {"definition": definition, "figures": figures, **said,
                                  "status": status},
                                 judged(definition, figures, **said)))  # fmt: skip
    return tuple(made)


@cache
def levels() -> tuple[Told, ...]:
    """Targets met and missed by much and by little, stated values, and a change at a date."""
    made = []
    for definition, statistic in each_kind():
        level = LEVEL[unit_of(definition, statistic)]
        figures = results(definition, statistic, 0.0)
        for says in ("meets", "misses", "just_misses", "value"):
            for share in (0.7, 0.999, 1.0, 1.001, 1.3):
                said = {"says": says, "statistic": statistic, "baseline": "",
                        "value": round(level * share, 4), "margin": level / 50}  # fmt: skip
                made.append((f"{definition.key} {statistic} {says} {share}",
                             {"definition": definition, "figures": figures, **said},
                             judged(definition, figures, **said)))  # fmt: skip
        for shift in (0.2, 0.0):
            moved = results(definition, statistic, shift)
            said = {"says": "rose", "statistic": statistic, "changed_at": date(2022, 12, 1),
                    "period": "", "baseline": ""}  # fmt: skip
            made.append((f"{definition.key} {statistic} at {shift}",
                         {"definition": definition, "figures": moved, **said},
                         judged(definition, moved, **said)))  # fmt: skip
    return tuple(made)


ALL = [changes, mixes, statuses, levels]
MORE = {
    "an before a consonant": re.compile(r"\ban (?=[bcdfgjklmnpqrtvwyz])"),
    "a before a vowel": re.compile(r"\ba (?=[aeio])"),
    "points as per cent": re.compile(r"(?:rise|fall|change|off|short) (?:of|by) \d[\d.,]*%"),
    "an empty bracket": re.compile(r"\(\)|\( "),
    "a cause": re.compile(r"\b(because|therefore|as a result|thanks|owing to)\b", re.I),
}  # fmt: skip


@pytest.mark.parametrize("made", ALL, ids=lambda each: each.__name__)
def test_it_is_a_sentence(made: Any) -> None:
    wrong: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    for name, about, verdict in made():
        for text in (verdict.sentence, verdict.may_say, verdict.to_settle, *verdict.notes):
            if not text or text in seen:
                continue
            seen.add(text)
            text = text.replace(about["definition"].title, "A measure")
            found = [*faults(text), *(each for each, bad in MORE.items() if bad.search(text))]
            for fault in found:
                wrong.setdefault(fault, (name, text))
    assert not wrong
    assert len(seen) > 150


@pytest.mark.parametrize("made", [changes, mixes], ids=lambda each: each.__name__)
def test_its_figures_are_those_of_the_verdict(made: Any) -> None:
    wrong = []
    for name, about, verdict in made():
        definition, statistic = about["definition"], about["statistic"]
        unit, per = unit_of(definition, statistic), definition.per
        if verdict.size is None or verdict.lower is None or verdict.upper is None:
            wrong.append((name, "no size", verdict.sentence))
            continue
        for span in (NOW, THEN):
            value = about["figures"].one(definition.key, statistic, "all", span).value
            if shown(value, unit, per) not in verdict.recorded:
                wrong.append((name, shown(value, unit, per), verdict.recorded))
        move = "up from" if verdict.size > 0 else "down from"
        if "the same, when rounded" not in verdict.recorded and move not in verdict.recorded:
            wrong.append((name, move, verdict.recorded))
        if about["says"] == "unchanged" or "interval" not in verdict.ordinary:
            continue
        whole = statistic in WHOLE_COUNTS
        for end in (verdict.lower, verdict.upper):
            size = shown_change(float(round(end)) if whole else end, unit, per)
            if size not in verdict.ordinary and abs(end) >= 1:
                wrong.append((name, size, verdict.ordinary))
            if f"a {'rise' if end > 0 else 'fall'} of" not in verdict.ordinary and end:
                wrong.append((name, "direction", verdict.ordinary))
    assert not wrong[:3]


def test_a_verdict_is_what_its_interval_says() -> None:
    wrong = []
    for name, about, verdict in changes():
        if about["says"] == "unchanged":
            continue
        lower, upper = verdict.lower or 0.0, verdict.upper or 0.0
        rose, fell = lower > 0, upper < 0
        better = better_of(about["definition"], about["statistic"])
        up = {"rose": True, "fell": False, "improved": better == "higher",
              "worsened": better == "lower"}[about["says"]]  # fmt: skip
        expected = (
            K.NOT_SHOWN if not (rose or fell) else K.SUPPORTED if rose == up else K.CONTRADICTED
        )
        if verdict.verdict != expected:
            wrong.append((name, expected, verdict.sentence))
    assert not wrong[:3]
    kinds = {verdict.verdict for _, _, verdict in changes()}
    assert kinds == {K.SUPPORTED, K.NOT_SHOWN, K.CONTRADICTED}


BEYOND = re.compile(r"more than ordinary variation|holds at the same mix")
MOVED = re.compile(r"\b(rose|fell|improved|worsened|increased|decreased|better|worse)\b")


@pytest.mark.parametrize("made", ALL, ids=lambda each: each.__name__)
def test_it_claims_no_more_than_its_verdict(made: Any) -> None:
    """No movement is told but as a recorded fact, or as what moved beyond ordinary variation."""
    wrong = []
    for name, _, verdict in made():
        whole = f"{verdict.ordinary} {verdict.may_say}"
        if verdict.verdict == K.CANNOT_TELL:
            bold = BEYOND.search(whole.replace("whether that is more than ordinary variation", ""))
            bold = bold or verdict.label != "cannot tell" or not verdict.to_settle
        elif verdict.verdict == K.NOT_SHOWN:
            against_mix = verdict.label.endswith("but the mix of cases changed")
            bold = (BEYOND.search(whole) and not against_mix) or not verdict.to_settle
        else:
            bold = verdict.verdict == K.SUPPORTED and LABELS[K.SUPPORTED] not in verdict.label
        if bold or MOVED.search(verdict.ordinary):
            wrong.append((name, verdict.label, whole))
    assert not wrong[:3]


def test_a_withheld_figure_is_in_no_sentence() -> None:
    told = [(n, v) for n, about, v in statuses() if about["status"] == Status.SUPPRESSED]
    assert told
    for name, verdict in told:
        if verdict.verdict == K.CANNOT_TELL and "withheld" in verdict.sentence:
            assert verdict.size is None and not verdict.may_say, name
            assert "nothing that can be shown" in verdict.recorded, name


def test_provisional_figures_say_so() -> None:
    told = [v for n, a, v in statuses() if a["status"] == Status.PROVISIONAL and "2023-11" in n]
    assert told
    assert all(v.provisional and "may still change" in v.sentence for v in told)


def test_the_mix_is_in_the_label_and_the_sentence() -> None:
    """Plainly supported is only what holds at the same mix."""
    seen: dict[str, set[str]] = {}
    for name, about, verdict in mixes():
        if verdict.verdict == K.SUPPORTED and verdict.label == LABELS[K.SUPPORTED]:
            assert about["state"] == "holds" or "holds at the same mix" in verdict.sentence, name
        if MIX_NOT_CHECKED in verdict.notes and verdict.verdict == K.SUPPORTED:
            assert verdict.label.endswith("; mix not checked"), name
        if MIX_MAY_BE_PART in verdict.notes and verdict.verdict == K.SUPPORTED:
            assert verdict.label.endswith("; part may be mix"), name
        if about["shape"] == "up":
            seen.setdefault(about["state"], set()).add(str(verdict.verdict))
    assert seen["only"] == {str(K.MIX_ONLY), str(K.NOT_SHOWN)}
    assert seen["reversed"] == {str(K.MIX_ONLY), str(K.NOT_SHOWN)}
    assert seen["holds"] == {str(K.SUPPORTED), str(K.CONTRADICTED)}
