"""Words that a reader of the document does not see: named, counted, and no claim of anyone's."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from answerable.chain.texts import open_text_bytes, stylesheet

SEEN, LOST = "Charges fell by 3%.", "Arrests rose by 12%."
LONG = "<p>The office published its figures for the year and answered questions about each.</p>"


def page(styles: str, words: str) -> tuple[str, list[str]]:
    html = f"<html><head><style>{styles}</style></head><body>{LONG}{words}</body></html>"
    return opened(html.encode(), "release.html")


def opened(data: bytes, name: str) -> tuple[str, list[str]]:
    found = open_text_bytes(data, name)
    return found.text, [n.text for n in found.notices if n.code == "hidden_text"]


HIDDEN = {
    "a class": (".x{display:none}", f"<p class='x'>{LOST}</p>"),
    "an id, beneath an element": ("#all > p.x {visibility: hidden}",
                                  f"<div id=all><p class='x'>{LOST}</p></div>"),
    "a later rule": ("p.x{display:block} p.x{display:none}", f"<p class='x'>{LOST}</p>"),
    "on every screen": ("@media screen {.x{display:none}}", f"<p class='x'>{LOST}</p>"),
    "white": ("", f"<p style='color: #fff'>{LOST}</p>"),
    "white, by a class": (".x{color:white}", f"<p class='x'>{LOST}</p>"),
    "nearly white": ("", f"<p><span style='color:rgb(250, 250, 250)'>{LOST}</span></p>"),
    "black on black": (".x{background:#000}", f"<p class='x'>{LOST}</p>"),
    "an old page's white": ("", f"<p><font color='#FFFFFF'>{LOST}</font></p>"),
    "too small": (".x{font-size:0}", f"<p class='x'>{LOST}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_style_sheet_hides_is_left_out_and_counted(name: str) -> None:
    styles, words = HIDDEN[name]
    text, told = page(styles, f"{words}<p>{SEEN}</p>")
    assert LOST not in text and SEEN in text
    assert told == ["4 words that the page hides were left out."]


SHOWN = {
    "a heavier rule shows it": (".x{display:none} p.x.on{display:block}", "<p class='x on'>{}</p>"),
    "only on paper": ("@media print{.x{display:none}}", "<p class='x'>{}</p>"),
    "only on small screens": ("@media (max-width:600px){.x{display:none}}", "<p class='x'>{}</p>"),
    "another class": (".y{display:none}", "<p class='x'>{}</p>"),
    "white on a dark ground": (".x{color:#fff;background:#036}", "<p class='x'>{}</p>"),
    "white on a picture": (".x{color:#fff;background-image:url(a.png)}", "<p class='x'>{}</p>"),
    "its letters are given their size back": (".x{font-size:0} .x span{font-size:1rem}",
                                              "<p class='x'><span>{}</span></p>"),
    "black inside white": (".x{color:#fff} b{color:#000}", "<p class='x'><b>{}</b></p>"),
    "a selector that is not understood": ("p:not(.y){display:none}", "<p class='x'>{}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_reader_sees_is_read(name: str) -> None:
    styles, words = SHOWN[name]
    text, told = page(styles, words.format(SEEN))
    assert SEEN in text and told == []


def test_where_the_styles_are_kept_elsewhere_white_is_read() -> None:
    html = (
        "<html><head><link rel=stylesheet href=a.css></head><body class='dark'>"
        f"{LONG}<p style='color:#fff'>{SEEN}</p></body></html>"
    )
    assert SEEN in opened(html.encode(), "release.html")[0]


def word(change: str) -> tuple[str, list[str]]:
    """A document with a sentence in sight and one that `change` says how to write."""
    document = Document()
    document.add_paragraph(SEEN)
    CHANGES[change](document)
    stream = io.BytesIO()
    document.save(stream)
    return opened(stream.getvalue(), "paper.docx")


def run(document, colour: str = "FFFFFF", style: str = ""):
    made = document.add_paragraph(style=style or None).add_run(LOST)
    made.font.color.rgb = RGBColor.from_string(colour)
    return made


def shade(element, fill: str) -> None:
    element.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def in_style(document) -> None:
    style = document.styles.add_style("Lost", 1)
    style.font.color.rgb = RGBColor(255, 255, 255)
    based = document.styles.add_style("Based", 1)
    based.base_style = style
    document.add_paragraph(LOST, style="Based")


def tiny(document) -> None:
    document.add_paragraph().add_run(LOST).font.size = Pt(1)


def in_table(document, fill: str) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    shade(cell._tc.get_or_add_tcPr(), fill)
    cell.paragraphs[0].add_run(LOST).font.color.rgb = RGBColor(255, 255, 255)


CHANGES = {
    "white": run,
    "nearly white": lambda document: run(document, "FDFDFD"),
    "by its style": in_style,
    "one point": tiny,
    "in a white cell": lambda document: in_table(document, "FFFFFF"),
    "on a dark run": lambda document: shade(run(document)._r.get_or_add_rPr(), "003366"),
    "in a dark cell": lambda document: in_table(document, "003366"),
    "red": lambda document: run(document, "C00000"),
}


@pytest.mark.parametrize(
    "change", ["white", "nearly white", "by its style", "one point", "in a white cell"]
)
def test_what_word_does_not_show_is_left_out_and_counted(change: str) -> None:
    text, told = word(change)
    assert LOST not in text and SEEN in text
    assert len(told) == 1 and told[0].startswith("4 words left out that cannot be seen")


@pytest.mark.parametrize("change", ["on a dark run", "in a dark cell", "red"])
def test_what_word_shows_is_read(change: str) -> None:
    text, told = word(change)
    assert LOST in text and told == []


def test_a_style_sheet_without_end_is_not_followed_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stylesheet, "MOST_LOOKED_AT", 3)
    _, told = page(".x{display:none}" * 9, f"<p class='x'>{LOST}</p>" * 9)
    assert (
        told[-1] == "The page's style sheet is too long to follow: words that it hides may be read."
    )
