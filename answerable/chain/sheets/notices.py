"""What was found beside the figures, said to someone who only wanted the figures."""

import re

from ..records.catalogue import FINDINGS
from ..records.finding import Finding
from .grid import Notice


def notice_of(finding: Finding) -> Notice:
    """A finding about a spreadsheet as a notice, in the same words as the letter has."""
    words = FINDINGS[finding.name].words.removesuffix(".")
    return Notice(finding.name, f"{words} ({_told(finding)}).")


def _told(finding: Finding) -> str:
    """'2 on Response', '5: 2 on North, 3 on South', '1, named Notes'."""
    if re.match(rf"{finding.count} on ", finding.detail):
        return finding.detail
    mark = ": " if re.match(r"\d+ on ", finding.detail) else ", "
    return mark.join(filter(None, [str(finding.count), finding.detail]))
