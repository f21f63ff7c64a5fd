"""A page: where it lies, what it is called, and what its template needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One HTML page of the site.

    path      relative to the site's root, with forward slashes
    template  its name
    title     of the window; the site's name is added unless `neutral`
    crumbs    the pages above it: (path, words)
    neutral   a title that tells nobody who glances at the screen what the page is about
    """

    path: str
    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    crumbs: tuple[tuple[str, str], ...] = ()
    neutral: bool = False

    @property
    def root(self) -> str:
        """The way up from this page to the site's root."""
        return "../" * self.path.count("/")
