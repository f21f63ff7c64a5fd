"""Papers: a page, a letter or a table that leaves as a document."""

from .asking import About, Ask, ask_text, what_to_ask
from .letter import ask_letter
from .page import LIMITS, OnePage, Stood, one_page
from .pictures import png
from .wanted import Wanted

__all__ = [
    "LIMITS",
    "About",
    "Ask",
    "OnePage",
    "Stood",
    "Wanted",
    "ask_letter",
    "ask_text",
    "one_page",
    "png",
    "what_to_ask",
]
