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
from .text import Passage, Telling, passages, refuse, tellings
from .together import given_away, linked

__all__ = [
    "Cell",
    "Earlier",
    "Exposure",
    "Ground",
    "Passage",
    "Protection",
    "Telling",
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
    "passages",
    "protect",
    "protection",
    "read_cells",
    "recoverable",
    "refuse",
    "releases",
    "seal",
    "small",
    "tellings",
]
