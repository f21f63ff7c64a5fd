"""What looks like a number and is none: dates, grades, phone numbers, paragraph numbers."""

import re

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
YEAR = r"(?:19|20)\d\d"
LABELS = (
    "grade outcome type section item action page paragraph para table figure annex appendix"
    " phase tier level step article recommendation code stage band priority number option part"
    " chapter room unit reference ref volume version schedule rule regulation"
    " operation junction route ward form band"
).split()
MASKED = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w.-]+",
            rf"\b(?:{MONTH}|Q[1-4]|FY)[\s'’-]*{YEAR}(?:\s?[/–-]\s?\d{{2,4}})?",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{{1,2}})?\s(?:of\s)?{MONTH}"
            rf"(?:,?\s{YEAR}\b)?",
            rf"\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?![,.]\d|\s?%)(?:,?\s{YEAR}\b)?",
            rf"\b{YEAR}\s?[/–-]\s?(?:{YEAR}|\d\d)\b",
            rf"(?<![£,.\d]){YEAR}\b(?![,.]\d|\s?%)",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d\d/\d\d\b",
            r"\bQ[1-4]\b(?:\s\d\d/\d\d)?|\b[Qq]uarter\s(?:[1-4]|one|two|three|four)\b",
            rf"\b(?:{'|'.join(LABELS)})s?\s(?:\d+(?:\.\d+)*|one|two|three|four|five)\b"
            r"(?:\s?(?:to|and|or|[–-])\s?\d+\b)?",
            r"\b(?:999|101|112)\b|\b24/7\b|\b0\d{2,4}\s?\d{3,4}\s?\d{3,4}\b",
            r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b",
            r"\baged?\s(?:between\s)?\d+(?:\s?(?:to|and|[–-])\s?\d+)?|\b(?:over|under)[- ]?\d\ds\b",
            r"\b\d+(?:\s?(?:to|[–-])\s?\d+)?[\s-]year[\s-]olds?\b",
            r"\b\d[\d.,]{0,15}\s?%?\s?[–-]\s?\d[\d.,]{0,15}",
            r"\b\d+(?:st|nd|rd|th)\b",
            r"\b(?:\d+|one|two|three|six|twelve|five|ten)-"
            r"(?:month|day|week|year|hour|minute|point|second|strong|bed|person)s?\b",
            r"(?m:^[^\S\n]*\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s(?=[A-Z“\"]))",
        )
    ),
)


def masked(text: str) -> str:
    """The text, as long as before, with what is not a quantity written over by `¤`."""
    text = text.replace("{", "(").replace("}", ")")
    return MASKED.sub(lambda found: re.sub(r"[^\s]", "¤", found.group()), text)
