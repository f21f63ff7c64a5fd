"""What may be said: claims, readings, verdicts, and what may be said instead."""

from .check import CheckedClaim, CheckedReading, by_chance, check, supported_by_chance
from .claim import COMPARES, Claim, Reading, Retelling, Wording
from .each_place import PutToEach, change_over, count, each_place, put_to_each
from .evidence import Figures
from .given import judge_figures
from .grades import EVIDENCE, LIMITS
from .judge import judge_reading
from .outlying import funnel_between
from .register import load_claims, read_claims
from .series import Series, judge_series
from .usual import Usual, usual_of_figures, usual_of_series, usual_spans
from .verdict import ASSURING, LABELS, Verdict, VerdictKind
from .windows import default_periods, default_reading, windows_of

__all__ = [
    "ASSURING",
    "COMPARES",
    "EVIDENCE",
    "LABELS",
    "LIMITS",
    "CheckedClaim",
    "CheckedReading",
    "Claim",
    "Figures",
    "PutToEach",
    "Reading",
    "Retelling",
    "Series",
    "Usual",
    "Verdict",
    "VerdictKind",
    "Wording",
    "change_over",
    "by_chance",
    "check",
    "count",
    "default_periods",
    "default_reading",
    "each_place",
    "funnel_between",
    "judge_figures",
    "judge_reading",
    "judge_series",
    "load_claims",
    "put_to_each",
    "read_claims",
    "supported_by_chance",
    "usual_of_figures",
    "usual_of_series",
    "usual_spans",
    "windows_of",
]
