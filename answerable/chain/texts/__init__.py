"""What a news release, minutes or a paper asserts that could be checked."""

from .arithmetic import Slip, check_arithmetic
from .assertion import Assertion
from .document import Document, Part
from .opening import open_pasted, open_text, open_text_bytes
from .reading import read_text

__all__ = [
    "Assertion",
    "Document",
    "Part",
    "Slip",
    "check_arithmetic",
    "open_pasted",
    "open_text",
    "open_text_bytes",
    "read_text",
]
