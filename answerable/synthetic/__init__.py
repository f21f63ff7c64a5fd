"""A force that never was: extracts as a force would really send them, with planted truths."""

from .folder import copy_body
from .force import LAST, MONTHS, SEED, Made, severnshire, synthesise, tables
from .national import National, planted_forces, synthesise_national
from .truths import (
    FoundApart,
    NationalTruth,
    PlantedFigure,
    PlantedReading,
    Truth,
    national_truths,
    planted_truths,
    plants,
)
from .world import World

__all__ = [
    "LAST",
    "MONTHS",
    "SEED",
    "Made",
    "FoundApart",
    "National",
    "NationalTruth",
    "PlantedFigure",
    "PlantedReading",
    "Truth",
    "World",
    "copy_body",
    "national_truths",
    "planted_forces",
    "planted_truths",
    "plants",
    "severnshire",
    "synthesise",
    "synthesise_national",
    "tables",
]
