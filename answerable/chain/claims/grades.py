"""What each grade of evidence rests on, and how far that reaches, in words for anyone."""

from ..measures import Grade
from . import sentences

EVIDENCE = {
    Grade.ROWS: "counted from the records",
    Grade.STRATA: "totals by groups of like cases, without the records",
    Grade.MONTHS: "monthly totals as given, without the records",
    Grade.TWO: "figures of whole periods as given, without their months or the records",
}
"""What each grade rests on, in words that stand alone."""

LIMITS = {
    Grade.ROWS: "How each figure was counted can be done again by whoever holds the records.",
    Grade.STRATA: (
        "How it was counted was not checked against any record. A change in the mix of cases can"
        " be told apart from a change in the figure."
    ),
    Grade.MONTHS: (
        "How it was counted was not checked against any record, and whether the mix of cases"
        " changed cannot be seen."
    ),
    Grade.TWO: (
        "How it was counted was not checked against any record, and how much such figures differ"
        " anyway is not known, so no change can be told from ordinary variation."
    ),
}
"""What a grade cannot show."""


def with_grade(may_say: str, grade: Grade, mix_known: bool) -> str:
    """What may be said, with what it rests on where that is less than the records."""
    if not may_say or grade == Grade.ROWS:
        return may_say
    unchecked = "" if mix_known else "; the mix of cases was not checked"
    return sentences.together(may_say, f"Evidence: {EVIDENCE[grade]}{unchecked}.")
