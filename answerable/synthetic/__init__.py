"""A force that never was: extracts as a force would really send them, with planted truths."""

from .force import LAST, MONTHS, SEED, Made, severnshire, synthesise, tables
from .truths import PlantedFigure, PlantedReading, Truth, planted_truths, plants
from .world import World

__all__ = [
    "LAST",
    "MONTHS",
    "SEED",
    "Made",
    "PlantedFigure",
    "PlantedReading",
    "Truth",
    "World",
    "planted_truths",
    "plants",
    "severnshire",
    "synthesise",
    "tables",
]
