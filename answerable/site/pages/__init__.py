"""The pages of the site, by kind. Each module turns a Public into Pages."""

from collections.abc import Iterator

from ..page import Page
from ..public import Public
from . import areas, claims, counted, data, forces, home, left_out, measures, plain


def all_pages(public: Public) -> Iterator[Page]:
    """Every page of the site, the home page first."""
    for kind in (home, claims, measures, areas, forces, counted, left_out, data, plain):
        yield from kind.pages(public)


__all__ = ["all_pages"]
