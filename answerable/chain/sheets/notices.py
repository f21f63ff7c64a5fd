"""What was found beside the figures, said to someone who only wanted the figures."""

from ..records.catalogue import FINDINGS
from ..records.finding import Finding
from .grid import Notice


def notice_of(finding: Finding) -> Notice:
    """A finding about a spreadsheet as a notice, in the same words as the letter has."""
    words = FINDINGS[finding.name].words.removesuffix(".")
    told = ", ".join(filter(None, [str(finding.count), finding.detail]))
    return Notice(finding.name, f"{words} ({told}).")
