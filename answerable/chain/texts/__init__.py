"""What a news release, minutes or a paper asserts that could be checked."""

from .assertion import Assertion

__all__ = ["Assertion"]
