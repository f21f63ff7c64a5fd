"""What may be shown: suppression, differencing, and the audits that ask whether it holds."""

from .audit import Exposure
from .cells import Earlier, read_cells
from .differencing import Told
from .ground import Ground, ground_of
from .history import as_earlier, bundles, cells_beside, releases, seal
from .offered import offered
from .protect import Cell, Protection, protect, protection
from .reader import exposed, recoverable
from .small import Why, few, small
from .together import given_away, linked

__all__ = [
    "Cell",
    "Earlier",
    "Exposure",
    "Ground",
    "Protection",
    "Told",
    "Why",
    "as_earlier",
    "bundles",
    "cells_beside",
    "exposed",
    "few",
    "given_away",
    "ground_of",
    "linked",
    "offered",
    "protect",
    "protection",
    "read_cells",
    "recoverable",
    "releases",
    "seal",
    "small",
]
