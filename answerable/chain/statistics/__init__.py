"""How sure can we be: charts' limits and rules, intervals, change, mix.

Plain numbers in, plain numbers out: nothing here knows of a measure or a force.
"""

from .attributes import p, u
from .change import Change, Moved, Obstacle, at_a_date, compare, unchanged_within
from .chart import SIGNALS, Chart, Point, Rebase, multiplied
from .differences import chi_square, newcombe, wald
from .false_alarms import FalseAlarms, false_alarms, false_outliers
from .funnel import Funnel, funnel
from .intervals import (
    agresti_coull,
    clopper_pearson,
    poisson_rate,
    quantile_interval,
    quantile_ranks,
    wilson,
    wilson_corrected,
)
from .mix import Mix, MixFinding, check_mix
from .plain_kinds import c, g, run, t
from .quantiles import quantile
from .surveys import SurveyShare, survey_share
from .target import Standing, Unsettled, stand
from .xmr import xmr

__all__ = [
    "SIGNALS",
    "Change",
    "Chart",
    "FalseAlarms",
    "Funnel",
    "Mix",
    "MixFinding",
    "Moved",
    "Obstacle",
    "Point",
    "Rebase",
    "Standing",
    "SurveyShare",
    "Unsettled",
    "agresti_coull",
    "at_a_date",
    "check_mix",
    "c",
    "chi_square",
    "clopper_pearson",
    "compare",
    "false_alarms",
    "false_outliers",
    "funnel",
    "g",
    "multiplied",
    "newcombe",
    "p",
    "poisson_rate",
    "quantile",
    "quantile_interval",
    "quantile_ranks",
    "run",
    "stand",
    "survey_share",
    "t",
    "u",
    "unchanged_within",
    "wald",
    "wilson",
    "wilson_corrected",
    "xmr",
]
