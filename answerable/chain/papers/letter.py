"""The letter that asks a force for figures, as a Word document."""

from datetime import date

from .asking import Ask, closing, opening
from .word import Word


def ask_letter(ask: Ask, *, made_on: date, to: str = "", sender: str = "") -> bytes:
    """The letter as DOCX. Who it goes to and from, where not given, and the day by which an
    answer is wanted are lines for the office to fill in.

    The same words as `ask_text`: a thing asked for is a heading with its list and reason.
    """
    word = Word(f"Figures asked for: {ask.about.full}", made_on)
    lines = opening(ask, to, sender, made_on)
    blank = lines.index("")
    for line in lines[:blank]:
        label, _, rest = line.partition(": ")
        word.text(rest, label=f"{label}:")
    word.heading(lines[blank + 1], 1)
    for line in lines[blank + 3 :]:
        label, colon, rest = line.partition(": ")
        word.text(rest if colon else line, label=f"{label}:" if colon else "")
    if not ask:
        return word.bytes()
    word.heading("What we ask for", 2)
    for number, each in enumerate(ask.wanted, 1):
        word.heading(f"{number}. {each.what}", 3)
        word.bullets(each.items)
        word.text(each.why, label="Why:")
    word.heading("In what form", 2)
    word.bullets(ask.form)
    for line in closing(sender):
        if line:
            word.text(line)
    return word.bytes()
