"""How sure can we be: charts' limits and rules, intervals, change, mix.

Plain numbers in, plain numbers out: nothing here knows of a measure or a force.
"""

from .change import Change, Moved, Obstacle, at_a_date, compare, unchanged_within
from .mix import Mix, MixFinding, check_mix
from .target import Standing, Unsettled, stand

__all__ = [
    "Change",
    "Mix",
    "MixFinding",
    "Moved",
    "Obstacle",
    "Standing",
    "Unsettled",
    "at_a_date",
    "check_mix",
    "compare",
    "stand",
    "unchanged_within",
]
