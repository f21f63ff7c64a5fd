"""What every drawing shares: its frame, its style, its text.

A drawing is one string. It has a title and a description for those who do not see it, no
script, no font of its own and no address to fetch. Sizes are in units of a drawing
440 wide: on a phone a unit is about 0.8 pixels, so text of 16 stays readable.
"""

import re
from html import escape
from textwrap import wrap

WIDTH = 440
TEXT = 16
LINE = 21
"""From one line of text to the next."""
LETTER = 8.3
"""About how wide a letter is: only to break lines, never to place what must meet."""

STYLE = """\
.ac-back{fill:#fff}.ac text,.ac-text{fill:#0b0c0c;font-family:inherit,system-ui,sans-serif}
.ac{font-family:system-ui,-apple-system,"Segoe UI",Arial,sans-serif;font-size:16px}
.ac .ac-small{font-size:15px}
.ac-grid{stroke:#d4d6d8;fill:none}.ac-axis{stroke:#505a5f;fill:none}
.ac-line{stroke:#505a5f;stroke-width:1.5;fill:none}
.ac-centre{stroke:#0b0c0c;stroke-width:1.5;fill:none}
.ac-limit{stroke:#505a5f;stroke-width:1.5;stroke-dasharray:7 4;fill:none}
.ac-target{stroke:#7a1f74;stroke-width:2;stroke-dasharray:2 4;fill:none}
.ac-break{stroke:#0b0c0c;stroke-dasharray:1 3;fill:none}
.ac-point{fill:#505a5f;stroke:none}.ac-out{fill:#fff;stroke:#505a5f;stroke-width:1.5}
.ac-better{fill:#1d70b8}.ac-worse{fill:#b3420a}.ac-neutral{fill:#4c2c92}
.ac-bar{fill:#1d70b8}.ac-lost{fill:#d4d6d8}.ac-reach{stroke:#0b0c0c;stroke-width:2;fill:none}
@media (prefers-color-scheme:dark){
.ac-back,.ac-out{fill:#16181a}.ac text,.ac-text{fill:#f3f2f1}.ac-grid{stroke:#3b4045}
.ac-axis,.ac-line,.ac-limit{stroke:#b1b4b6}.ac-centre,.ac-break,.ac-reach{stroke:#f3f2f1}
.ac-target{stroke:#e39bdd}.ac-point{fill:#b1b4b6}.ac-out{stroke:#b1b4b6}
.ac-better,.ac-bar{fill:#6cb2f0}.ac-worse{fill:#ff9d5c}.ac-neutral{fill:#bfa8f0}
.ac-lost{fill:#3b4045}}
@media (forced-colors:active){
.ac-back,.ac-out{fill:Canvas}.ac text,.ac-text{fill:CanvasText}
.ac-grid{stroke:GrayText}.ac-axis,.ac-line,.ac-limit,.ac-centre,.ac-break,.ac-target,.ac-reach,
.ac-out{stroke:CanvasText}.ac-point,.ac-better,.ac-worse,.ac-neutral{fill:CanvasText}
.ac-bar{fill:Highlight}.ac-lost{fill:GrayText}}
"""
"""Every class that a drawing uses. A page whose policy forbids styles inside the drawing
puts this in its own stylesheet and draws with `standalone=False`."""


def frame(body: list[str], *, height: float, title: str, desc: str, ident: str, style: bool) -> str:
    """The finished drawing, of the usual width.

    ident   unique in its page: letters, digits, hyphens and underscores, a letter first.
    Raises ValueError for any other.
    """
    return document(
        body, width=WIDTH, height=height, title=title, desc=desc, ident=ident, style=style
    )


def document(
    body: list[str], *, width: float, height: float, title: str, desc: str, ident: str, style: bool
) -> str:
    """As `frame`, of a width of its own."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", ident):
        raise ValueError(f"{ident!r} cannot be the id of a drawing")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ac" role="img"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" aria-labelledby="{ident}-title {ident}-desc">'
        f'<title id="{ident}-title">{escape(title)}</title>'
        f'<desc id="{ident}-desc">{escape(desc)}</desc>'
        + (f"<style>{STYLE}</style>" if style else "")
        + f'<rect class="ac-back" width="{width:.0f}" height="{height:.0f}"/>'
        + "".join(body)
        + "</svg>"
    )


def text(x: float, y: float, words: str, *, anchor: str = "", small: bool = False) -> str:
    """One line of text, its baseline at y."""
    extra = (f' text-anchor="{anchor}"' if anchor else "") + (' class="ac-small"' if small else "")
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escape(words)}</text>'


def lines(words: str, width: float) -> list[str]:
    """Text broken to fit so many units; a word longer than a line is broken too."""
    most = max(int(width / LETTER), 8)
    return [words] if len(words) <= most else wrap(words, most)


def paragraph(x: float, y: float, words: str, width: float) -> tuple[list[str], float]:
    """Lines of small text, the first with its baseline at y, and the next free baseline."""
    drawn = [text(x, y + i * LINE, line, small=True) for i, line in enumerate(lines(words, width))]
    return drawn, y + len(drawn) * LINE
