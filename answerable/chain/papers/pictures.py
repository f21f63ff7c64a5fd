"""A drawing as a picture, for a paper that cannot hold a drawing.

resvg draws the SVG; its text is set in DejaVu Sans, which comes with a package that the
software needs anyway, so that a machine without a single font gives the same bytes as any
other. Nothing is fetched: a drawing of ours names no address.
"""

import re
from functools import cache
from importlib.resources import files

from ..charts import STYLE

FONT = "DejaVu Sans"
# On paper there is one look, the light one. The font's letters are wider than those that the
# drawing is laid out for, so they are set smaller.
_PAPER = STYLE.partition("@media")[0] + ".ac{font-size:14.6px}.ac .ac-small{font-size:13.8px}"


def png(svg: str, scale: float = 2) -> bytes:
    """The drawing as PNG, on white, `scale` pixels to each of its units.

    Raises ValueError for what is not a drawing, or names something outside itself.
    """
    import resvg_py

    if re.search(r"<(?:image|feImage|use)\b|<[^>]*\bhref\s*=|@import|url\(", svg):
        raise ValueError("a drawing that names something outside itself is not drawn")

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL),
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[_font_file()],
            font_family=FONT,
            sans_serif_family=FONT,
            style_sheet=_PAPER,
            zoom=scale,
        )
    )


@cache
def _font_file() -> str:
    return str(files("ziafont") / "fonts" / "DejaVuSans.ttf")
