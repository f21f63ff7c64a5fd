"""What a news release, minutes or a paper asserts that could be checked."""

from .arithmetic import Slip, check_arithmetic
from .assertion import Assertion
from .binding import Candidate, Draft, bind, candidates
from .document import Document, Part
from .drafting import draft_toml
from .opening import open_pasted, open_text, open_text_bytes
from .reading import read_text

__all__ = [
    "Assertion",
    "Candidate",
    "Document",
    "Draft",
    "Part",
    "Slip",
    "bind",
    "candidates",
    "check_arithmetic",
    "draft_toml",
    "open_pasted",
    "open_text",
    "open_text_bytes",
    "read_text",
]
