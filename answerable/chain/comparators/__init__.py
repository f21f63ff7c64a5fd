"""Others beside whom a result may fairly be read: similar forces, and the country."""

from .beside import Beside, Grouped, Line, beside
from .comparator import Comparators, Elsewhere, Group, Member, Nation, Stated
from .register import load_comparators
from .sentences import NO_RANKS, line_sentence, together_sentence, told

__all__ = [
    "NO_RANKS",
    "Beside",
    "Comparators",
    "Elsewhere",
    "Group",
    "Grouped",
    "Line",
    "Member",
    "Nation",
    "Stated",
    "beside",
    "line_sentence",
    "load_comparators",
    "together_sentence",
    "told",
]
