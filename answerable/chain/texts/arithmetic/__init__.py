"""Arithmetic inside a text: figures that do not follow from each other.

Nothing is said of a figure that could be right: each stands for all that its digits and its
hedge allow, and only what cannot be reconciled is a slip. Much is missed on purpose; a
sentence that is wrongly named would cost more than one that is passed over.
"""

from .check import check_arithmetic
from .slip import Slip

__all__ = ["Slip", "check_arithmetic"]
