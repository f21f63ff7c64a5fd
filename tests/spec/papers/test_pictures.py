"""A chart as a picture: with its words, on a machine without a font, the same each time."""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from answerable.chain.charts import draw
from answerable.chain.measures import shown
from answerable.chain.papers import png
from answerable.chain.statistics import xmr
from tests.papers import WAITS, drawing, months


def pixels(image: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the rows of an 8-bit RGBA picture, its filters undone (PNG 1.2, 6)."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind = struct.unpack(">IIBB", image[16:26])
    assert (depth, kind) == (8, 6)
    at, data = 8, b""
    while at < len(image):
        size, name = struct.unpack(">I4s", image[at : at + 8])
        data += image[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    raw, rows, before = zlib.decompress(data), [], bytes(width * 4)
    for line in range(height):
        start = line * (width * 4 + 1)
        row = bytearray(raw[start + 1 : start + 1 + width * 4])
        _unfilter(raw[start], row, before)
        before = bytes(row)
        rows.append(before)
    return width, height, rows


def _unfilter(kind: int, row: bytearray, before: bytes) -> None:
    for i in range(len(row)):
        left, up = row[i - 4] if i > 3 else 0, before[i]
        corner = before[i - 4] if i > 3 else 0
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 2:
            row[i] = (row[i] + up) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((left, up, corner), key=lambda v: abs(guess - v))
            row[i] = (row[i] + near) & 255


def dark(image: bytes, top: int, bottom: int) -> int:
    """How many pixels of some rows are nearly black."""
    _, _, rows = pixels(image)
    return sum(
        row[i] < 80 and row[i + 1] < 80 and row[i + 2] < 80 and row[i + 3] > 200
        for row in rows[top:bottom]
        for i in range(0, len(row), 4)
    )


def test_it_is_as_large_as_asked() -> None:
    tall = float(drawing().partition('viewBox="0 0 440 ')[2].partition('"')[0])
    for scale in (1, 2, 3):
        size = struct.unpack(">II", png(drawing(), scale)[16:24])
        assert size == (440 * scale, int(tall * scale))


def test_its_words_are_there() -> None:
    """The strip over the plot holds words and nothing else."""
    with_words, without = png(drawing("Median by month, Severnshire"), 1), png(drawing(" "), 1)
    assert dark(with_words, 5, 28) > 100
    assert dark(without, 5, 28) == 0


@pytest.mark.parametrize("letter", ["−", "–", "×", "σ", "≤", "’", "ŵ", "£", "↳"])
def test_every_letter_that_a_chart_uses_is_in_the_font(letter: str) -> None:
    """A letter that the font has not got is drawn as nothing, or as a box for each."""
    box, drawn = png(drawing("\U0010fffd")), png(drawing(letter))
    blank = png(drawing(" "))
    assert drawn != blank
    assert drawn != box


def test_it_is_light_and_not_blank() -> None:
    _, _, rows = pixels(png(drawing(), 1))
    white = sum(row.count(b"\xff\xff\xff\xff") for row in rows)
    assert 0.8 < white / sum(len(row) // 4 for row in rows) < 0.99
    assert rows[0][:4] == b"\xff\xff\xff\xff"


def test_a_drawing_without_a_style_of_its_own_looks_the_same() -> None:
    chart = xmr([str(m) for m in months(WAITS)], list(WAITS), better="lower")
    each = [
        draw(chart, title="t", desc="d", show=lambda v: shown(v, "count"), y_label="y", ident="c",
             standalone=alone)
        for alone in (True, False)
    ]  # fmt: skip
    assert png(each[0]) == png(each[1])


def test_the_same_drawing_gives_the_same_bytes_on_a_machine_without_fonts(tmp_path: Path) -> None:
    """Another process, told of no font at all, gives what this one does."""
    (tmp_path / "c.svg").write_text(drawing(), encoding="utf-8")
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from answerable.chain.papers import png;"
        "sys.stdout.buffer.write(png(Path(sys.argv[1]).read_text(encoding='utf-8')))"
    )
    bare = {
        "HOME": str(tmp_path), "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "c.svg")],
        env=bare, cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert run.stdout == png(drawing())


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/hostname" width="9" height="9"/>',
        '<a href="https://example.org"><text>x</text></a>',
        '<rect fill="url(#x)"/>',
        '<use xlink:href="other.svg#a"/>',
    ],
)
def test_a_drawing_reaches_for_nothing(inside: str) -> None:
    with pytest.raises(ValueError, match="outside itself"):
        png(drawing().replace("</svg>", f"{inside}</svg>"))


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError):
        png("no drawing at all")
