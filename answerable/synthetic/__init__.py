"""A force that never was: extracts as a force would really send them, with planted truths."""

from .folder import copy_body
from .force import LAST, MONTHS, SEED, Made, severnshire, synthesise, tables
from .national import National, synthesise_national
from .truths import PlantedFigure, PlantedReading, Truth, planted_truths, plants
from .world import World

__all__ = [
    "LAST",
    "MONTHS",
    "SEED",
    "Made",
    "National",
    "PlantedFigure",
    "PlantedReading",
    "Truth",
    "World",
    "copy_body",
    "planted_truths",
    "plants",
    "severnshire",
    "synthesise",
    "synthesise_national",
    "tables",
]
