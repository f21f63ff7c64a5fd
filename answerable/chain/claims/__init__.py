"""What may be said: claims, readings, verdicts, and what may be said instead."""

from .claim import Claim, Reading, Retelling, Wording
from .verdict import ASSURING, LABELS, Verdict, VerdictKind

__all__ = [
    "ASSURING",
    "LABELS",
    "Claim",
    "Reading",
    "Retelling",
    "Verdict",
    "VerdictKind",
    "Wording",
]
