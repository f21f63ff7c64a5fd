"""Codes that several of the force's systems share."""

from ..world import RISKS, STRANDS

AREAS = {
    "wyreford": "WYR",
    "kempsham": "KEM",
    "teme_valley": "TMV",
    "ironbrook": "IRN",
    "clunmoor": "CLU",
}
AREA_NAMES = {
    "wyreford": "Wyreford",
    "kempsham": "Kempsham",
    "teme_valley": "Teme Valley",
    "ironbrook": "Ironbrook",
    "clunmoor": "Clunmoor",
}
FLAGS = dict(zip(STRANDS, ("DA", "SH", "RASSO", "HBA", "OTH"), strict=True))
RISK_LETTERS = dict(zip(RISKS, ("S", "M", "H", "U"), strict=True))
