"""HTML that recurs on every page, as escaped strings: tables and marks.

A site has some thousands of table rows; a template renders one in a millisecond and these
in a hundredth of one.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

from .words import Mark

SHAPES = {
    "tick": '<path d="M4.5 10.5l4 4 7-8.5" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    "half": '<circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>',
    "wave": '<path d="M2.5 10.5c2.5-6 5-6 7.5 0s5 6 7.5 0" fill="none" stroke="currentColor"'
    ' stroke-width="2.4"/>',
    "cross": '<path d="M5 5l10 10M15 5L5 15" fill="none" stroke="currentColor"'
    ' stroke-width="2.6"/>',
    "question": '<path d="M6.8 7.2a3.2 3.2 0 1 1 4.6 2.9c-1 .5-1.4 1-1.4 2.2" fill="none"'
    ' stroke="currentColor" stroke-width="2.2"/><circle cx="10" cy="15.6" r="1.5"'
    ' fill="currentColor"/>',
    "dash": '<path d="M4 10h12" fill="none" stroke="currentColor" stroke-width="2.6"/>',
}
"""A shape for each kind of verdict, so that none rests on colour. Twenty units square."""


def safe(html: str) -> SafeString:
    """Mark HTML that was made here, from escaped parts only."""
    return mark_safe(html)  # noqa: S308


def verdict(mark: Mark) -> SafeString:
    """A verdict: its shape, then its words."""
    return safe(
        f'<span class="verdict verdict-{mark.key}"><svg class="shape" viewBox="0 0 20 20"'
        f' width="20" height="20" aria-hidden="true" focusable="false">{SHAPES[mark.shape]}</svg>'
        f"<span>{escape(mark.label)}</span></span>"
    )


def link(address: str, text: str) -> SafeString:
    """A link within the site or out of it."""
    return safe(f'<a href="{escape(address)}">{escape(text)}</a>')


INTERVAL = "95% interval"
"""The column whose cells may break over two lines; other figures may not."""


def _css(column: int, name: str, words: frozenset[int]) -> str:
    if column == 0 or column in words:
        return ""
    return ' class="n i"' if name == INTERVAL else ' class="n"'


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    words: frozenset[int] = frozenset(),
) -> SafeString:
    """A table in a region that scrolls by itself and can be reached with the keyboard.

    The first cell of each row is its heading. `words` are the columns that hold text; all
    others but the first are set as figures.
    """
    figure = [_css(i, name, words) for i, name in enumerate(columns)]
    head = "".join(
        f'<th scope="col"{css}>{escape(text)}</th>'
        for css, text in zip(figure, columns, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td{css}>{escape(cell)}</td>" for css, cell in zip(figure[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return safe(
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f"<table><caption><span>{escape(caption)}</span></caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def folding_table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> SafeString:
    """A table of sentences rather than figures: on a small screen each row is set as a block.

    A browser takes what is not laid out as a table for something else, so the roles are said.
    """
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in columns)
    named = [f'<td role="cell" data-head="{escape(name)}">' for name in columns]
    body = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{escape(row[0])}</th>'
        + "".join(
            f"{start}{escape(cell)}</td>" for start, cell in zip(named[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return safe(
        f'<table class="folds" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )
