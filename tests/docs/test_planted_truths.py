"""The page on the planted truths says what the file of planted truths says.

Run as a program, it writes the part of the page that is made from the file.
"""

import re
from pathlib import Path

from answerable.synthetic import (
    PlantedFigure,
    PlantedReading,
    Truth,
    national_truths,
    planted_truths,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "planted-truths.md"
BEGIN, END = "<!-- from truths.toml -->\n", "<!-- end -->\n"


def made() -> str:
    """The truths as the page has them."""
    return "\n".join(_truth(truth) for truth in planted_truths())


def _truth(truth: Truth) -> str:
    lines = [f"### {truth.number}. {truth.title}", "", truth.truth, "", f"Key: `{truth.key}`."]
    if truth.reading:
        lines += [
            "",
            "| says | measure | for | verdict | without the plant |",
            "|---|---|---|---|---|",
        ]
        lines += [_reading(reading) for reading in truth.reading]
    if truth.figure:
        lines += ["", "| figure | for | must be |", "|---|---|---|"]
        lines += [_figure(figure) for figure in truth.figure]
    return "\n".join([*lines, ""])


def _reading(r: PlantedReading) -> str:
    says = f"{r.says} ({r.value:g})" if r.value is not None else r.says
    when = f"by {r.on}" if r.on else r.period + (f" v {r.baseline}" if r.baseline else "")
    where = "".join(f", {part}" for part in (r.split, r.area) if part not in ("", "all"))
    return f"| {says} | `{r.measure}` {r.statistic} | {when}{where} | {r.verdict} | {r.without} |"


def _figure(f: PlantedFigure) -> str:
    must = f"{f.value:g}" if f.value is not None else f"number {f.rank} of its kind"
    split = f", {f.split}" if f.split else ""
    return f"| `{f.measure}` {f.statistic} | {f.period}{split} | {must} |"


def test_the_page_is_that_of_the_file() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == made(), (
        f"write it again: python -m {__name__}, from the root of the checkout"
    )


def test_the_page_has_what_is_planted_in_the_nation() -> None:
    text = PAGE.read_text(encoding="utf-8").split(END)[1]
    for truth in national_truths():
        assert f"**{truth.title}.** {truth.truth} Key: `{truth.key}`" in text
        for found in truth.found:
            assert f"{found.says}: `{found.measure}` {found.statistic}" in text


def test_the_page_names_every_fault_that_import_should_find() -> None:
    from answerable.chain.records import FINDINGS

    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= set(FINDINGS)


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(
        before + BEGIN + made() + END + rest.split(END)[1], encoding="utf-8", newline="\n"
    )
