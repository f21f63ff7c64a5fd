"""Checking a register of claims: every reading, and the default beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..body import Body
from ..measures import Codes, Definition, at_end, load_codes
from .claim import COMPARES, Claim, Reading
from .evidence import Figures
from .judge import judge_reading
from .verdict import ASSURING, LABELS, Verdict, VerdictKind
from .windows import default_reading

FALSE_ALARM = 0.025
"""How often chance alone gives 'supported' at most, for one reading of a change."""


@dataclass(frozen=True)
class CheckedReading:
    """A reading with its verdict.

    default   the verdict of the same reading over the last twelve complete months against
              the twelve before (or the last complete month, of what stands at a day); None
              where the reading is that, or has no default
    """

    reading: Reading
    verdict: Verdict
    default: Verdict | None = None


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with its checked readings. A claim without readings has none."""

    claim: Claim
    readings: tuple[CheckedReading, ...]

    @property
    def assured(self) -> bool:
        """Whether every reading is supported or in place. True of a claim without one."""
        return all(each.verdict.verdict in ASSURING for each in self.readings)


def check(
    claims: Iterable[Claim],
    definitions: Mapping[str, Definition],
    results: Figures,
    body: Body,
    codes: Codes | None = None,
) -> tuple[CheckedClaim, ...]:
    """Every claim with the verdicts of its readings, in the order of the register.

    codes   names of codes; the body's own where none are given

    The claims are those of `load_claims`, which has checked what they name; the results
    cover `windows_of(claims)`.
    """
    names = load_codes(body) if codes is None else codes
    return tuple(
        CheckedClaim(
            claim,
            tuple(
                _checked(claim, reading, definitions, results, body, names)
                for reading in claim.reading
            ),
        )
        for claim in claims
    )


def _checked(
    claim: Claim,
    reading: Reading,
    definitions: Mapping[str, Definition],
    results: Figures,
    body: Body,
    codes: Codes,
) -> CheckedReading:
    definition = definitions[reading.measure]
    default = default_reading(claim, reading, at_end=at_end(definition, reading.statistic))
    return CheckedReading(
        reading,
        judge_reading(reading, definition, results, body, codes),
        None if default is None else judge_reading(default, definition, results, body, codes),
    )


def supported_by_chance(checked: Iterable[CheckedClaim]) -> float:
    """How many readings chance alone would call supported, if nothing had changed at all.

    At most 2.5 in 100 of the readings of a change; other readings are not tests.
    """
    return FALSE_ALARM * sum(
        is_tested(each.reading.says) for claim in checked for each in claim.readings
    )


def is_tested(says: str) -> bool:
    """Whether chance alone can make a reading supported: one that something changed."""
    return says in COMPARES and says != "unchanged"


def by_chance(says: Iterable[str]) -> str:
    """How often chance alone would show what these readings say, in a sentence for the page that
    holds them; empty where none is of a change."""
    tests = sum(is_tested(each) for each in says)
    if not tests:
        return ""
    shown = f"“{LABELS[VerdictKind.SUPPORTED]}”"
    if tests == 1:
        return (
            f"If nothing had changed, chance alone would give {shown} to a reading like this at"
            f" most 1 time in {round(1 / FALSE_ALARM)}."
        )
    return (
        f"If nothing had changed, chance alone would give {shown} to at most"
        f" {FALSE_ALARM * tests:.2g} of the {tests} readings of a change here."
    )
