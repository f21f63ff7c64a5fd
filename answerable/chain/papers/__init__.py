"""Papers: a page, a letter or a table that leaves as a document."""

from .asking import About, Ask, ask_text, what_to_ask
from .letter import ask_letter
from .page import LIMITS, OnePage, Stood, one_page
from .pictures import png
from .wanted import Wanted
from .workbooks import Cell, Sheet, ods, values_xlsx

__all__ = [
    "LIMITS",
    "About",
    "Ask",
    "Cell",
    "OnePage",
    "Sheet",
    "Stood",
    "Wanted",
    "ask_letter",
    "ask_text",
    "ods",
    "one_page",
    "png",
    "values_xlsx",
    "what_to_ask",
]
