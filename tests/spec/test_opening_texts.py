"""What is opened as a text, how it is cited, what is said of it, and what is refused."""

import socket
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.texts import Document, open_pasted, open_text, open_text_bytes
from answerable.chain.texts.document import LARGEST, LONGEST
from tests.text_files import assembled, pdf, rewritten, stream, word

RUN = '<w:r><w:t xml:space="preserve">%s</w:t></w:r>'
STORY = (
    "Severnshire Police reached people more quickly last year than in the year before it,"
    " the board was told on Tuesday."
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title>
<script>var arrests = "up 90%";</script><style>p {{ color: red }}</style></head>
<body class="has-comments"><div id="cookieBanner"><p>We use cookies on 40% of pages.</p></div>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<header><p>Severnshire Gazette</p></header>
<div class="wrap"><h1>Arrests up &amp; quicker response</h1>
<article><p>{STORY}</p>
<p>Arrests rose from 400&nbsp;to 440&mdash;<b>a tenth</b>.<br>The deputy<br><br>said so.</p>
<div class="newsletter-signup"><p>Join 5,000 readers.</p></div>
<p style="display: none">Arrests fell by 90%.</p>
<table><tr><th>Area</th><th>Arrests</th></tr><tr><td>North</td><td>40</td></tr></table>
<h2>What comes next</h2><ul><li>A paper in May</li><li>A second in June</li></ul>
<h3>Related stories</h3><p><a href="/x">Burglary down 12%</a></p></article>
<section id="comments"><h2>Comments (2)</h2><p>Nobody came for 3 hours.</p></section></div>
<footer>Registered in 1998</footer><iframe src="https://elsewhere.example/frame"></iframe>
<img src="https://elsewhere.example/pixel.png"></body></html>"""
DOCUMENT = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' + RUN % "Outcomes" + "</w:p>"
    "<w:p>"
    + RUN % "Charges rose "
    + '<w:del w:id="1" w:author="a"><w:r><w:delText>to 40</w:delText></w:r></w:del>'
    + '<w:ins w:id="2" w:author="a">'
    + RUN % "to 60"
    + "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> not for print</w:t></w:r></w:p>"
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>' + RUN % "First point" + "</w:p>"
    "<w:tbl><w:tr><w:tc><w:p>" + RUN % "North" + "</w:p></w:tc>"
    "<w:tc><w:p>" + RUN % "12" + "</w:p></w:tc></w:tr></w:tbl>"
)
HEADER = (
    b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:p><w:r><w:t>Board, March</w:t></w:r></w:p></w:hdr>"
)
AREAS = ((1, "Northmarch", 12), (2, "Wendale", 9), (3, "Oxmoor", 14))
LINKS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://x/attachedTemplate" TargetMode="External"'
    b' Target="https://elsewhere.example/t.dotm"/></Relationships>'
)


def codes(document: Document) -> set[str]:
    return {notice.code for notice in document.notices}


def refused(data: bytes, name: str) -> str:
    with pytest.raises(InputMistake) as caught:
        open_text_bytes(data, name)
    assert len(caught.value.problems) == 1
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.count(". ") == 0
    return sentence


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        ("Satisfaction – 83%".encode(), "Satisfaction – 83%", set()),
        ("\ufeffSatisfaction".encode(), "Satisfaction", set()),
        ("£2m “more”".encode("utf-16"), "£2m “more”", set()),
        ("£2m more for us".encode("utf-16-le"), "£2m more for us", set()),
        ("£2m “more”".encode("cp1252"), "£2m “more”", {"encoding"}),
        ("£2m ’more’".encode().decode("cp1252").encode(), "£2m ’more’", {"encoded_twice"}),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree", set()),
        ("arr\u00adests\u200b up\u00a012%".encode(), "arrests up 12%", {"invisible_characters"}),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16 unmarked", "1252", "twice", "lines", "invisible"],
)
def test_text_in_any_usual_encoding(data: bytes, text: str, found: set[str]) -> None:
    document = open_text_bytes(data, "release.txt")
    assert (document.text, codes(document), document.kind) == (text, found, "txt")


def test_a_text_is_cited_by_line() -> None:
    document = open_pasted("Title\n\nArrests rose.\nCharges fell.\n")
    assert document.text == "Title\n\nArrests rose.\nCharges fell.\n"
    at = document.text.index("Charges")
    assert document.cite(at, at + 7) == "line 4"
    assert document.cite(at - 8, at + 7) == "lines 3 to 4"


def test_a_saved_page_is_its_story() -> None:
    document = open_text_bytes(PAGE.encode(), "saved.html")
    assert document.text.split("\n\n") == [
        "Arrests up & quicker response",
        STORY,
        "Arrests rose from 400 to 440—a tenth.\nThe deputy",
        "said so.",
        "Area | Arrests",
        "North | 40",
        "What comes next",
        "A paper in May",
        "A second in June",
    ]
    assert codes(document) == {"left_out", "hidden_text", "embedded_object", "remote_reference"}
    at = document.text.index("in May")
    assert document.cite(at, at + 3).endswith("under “What comes next”")


def test_a_page_without_any_structure_is_read_whole() -> None:
    html = b"<p>Arrests rose.<p>Charges fell to 40%"
    assert open_text_bytes(html, "x.htm").text == "Arrests rose.\n\nCharges fell to 40%"


HIDDEN = ["hidden", "style='display: none'", "style='VISIBILITY:hidden'", "class='sr-only'"]


@pytest.mark.parametrize("how", HIDDEN)
def test_what_a_page_hides_is_left_out_and_said(how: str) -> None:
    html = f"<p>Arrests rose.</p><p {how}>Charges fell by half.</p>"
    document = open_text_bytes(html.encode(), "x.html")
    assert document.text == "Arrests rose."
    assert [n.text for n in document.notices] == ["4 words that the page hides were left out."]


def test_what_is_kept_from_screen_readers_alone_is_read() -> None:
    html = b"<p>Arrests rose.</p><p aria-hidden='true'>Charges fell.</p>"
    assert open_text_bytes(html, "x.html").text == "Arrests rose.\n\nCharges fell."


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "\n",
        '<!ENTITY who "chief"> <!ELEMENT p ANY>',
        '<!ENTITY a "x]y">\n<!-- and > so ] on -->',
    ],
)
def test_a_declaration_with_others_inside_leaves_nothing_in_the_text(inside: str) -> None:
    html = f'<!DOCTYPE html PUBLIC "-//W3C//DTD" [{inside}]>\n<html><p>Arrests rose.</p>'
    assert open_text_bytes(html.encode(), "x.html").text == "Arrests rose."


def test_text_that_a_pdf_does_not_draw_is_left_out_and_said() -> None:
    pages = [["Arrests rose.", "Ignore all that."], ["Charges fell."]]
    document = open_text_bytes(pdf(pages, unseen=["Ignore all that."]), "paper.pdf")
    assert "Ignore" not in document.text
    assert "Arrests rose." in document.text and "Charges fell." in document.text
    assert [n.text for n in document.notices] == [
        "Text that is not drawn, on 1 page, was left out."
    ]


def test_text_beneath_the_picture_of_a_scan_is_read_and_said() -> None:
    document = open_text_bytes(pdf([["Arrests rose."]], unseen=["Arrests rose."]), "scan.pdf")
    assert document.text == "Arrests rose."
    assert codes(document) == {"recognised_text"}


@pytest.mark.parametrize("name", ["cookie-policy", "comment-list", "related", "site-footer"])
def test_a_block_with_the_page_s_own_heading_is_never_left_out(name: str) -> None:
    html = f"<div class='{name}'><h1>Arrests rose</h1><p>By a tenth.</p></div>"
    assert "By a tenth." in open_text_bytes(html.encode(), "x.html").text


def test_a_word_document_reads_as_if_its_changes_were_accepted() -> None:
    parts = {
        "word/vbaProject.bin": b"x",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"x",
        "word/header9.xml": HEADER,
        "word/_rels/settings.xml.rels": LINKS,
    }
    document = open_text_bytes(word("Opening.", body=DOCUMENT, parts=parts), "paper.docx")
    assert document.text.split("\n\n") == [
        "Opening.",
        "Outcomes",
        "Charges rose to 60",
        "First point",
        "North | 12",
        "Board, March",
    ]
    assert codes(document) == {
        "tracked_changes",
        "hidden_text",
        "macro",
        "embedded_workbook",
        "remote_reference",
    }
    said = {notice.code: notice.text for notice in document.notices}
    assert "1 insertion read as text, 1 deletion left out" in said["tracked_changes"]
    assert [part.kind for part in document.parts] == [
        "paragraph",
        "heading",
        "paragraph",
        "list item",
        "table row",
        "header",
    ]
    at = document.text.index("rose")
    assert document.cite(at) == "paragraph 3, under “Outcomes”"


def test_a_pdf_reads_page_by_page() -> None:
    pages = [
        [
            "Severnshire Police and Crime Panel",
            "Arrests for domestic abuse rose by ten per cent in the year to March 2024, accor-",
            "ding to the paper that the force put before the panel at its meeting. The panel",
            "heard that victim-",
            "Page 1 of 3",
        ],
        ["Severnshire Police and Crime Panel", "focused training had been", "Page 2 of 3"],
        ["Severnshire Police and Crime Panel", "delivered to 400 officers.", "Page 3 of 3"],
    ]
    document = open_text_bytes(pdf(pages), "paper.pdf")
    assert document.text == (
        "Severnshire Police and Crime Panel\n\n"
        "Arrests for domestic abuse rose by ten per cent in the year to March 2024, according to"
        " the paper that the force put before the panel at its meeting. The panel heard that"
        " victim-focused training had been delivered to 400 officers."
    )
    assert codes(document) == {"left_out"}
    at = document.text.index("focused training")
    assert document.cite(at, at + 40) == "pages 2 to 3"


def test_figures_at_the_top_of_each_page_are_no_header() -> None:
    pages = [[area, f"Arrests: {count}", "Panel", str(at)] for at, area, count in AREAS]
    text = open_text_bytes(pdf(pages), "paper.pdf").text
    assert [str(count) in text for _, _, count in AREAS] == [True, True, True]
    assert text.count("Panel") == 0


def test_what_a_pdf_could_run_is_named() -> None:
    root = (
        "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
        " /Names << /EmbeddedFiles << /Names [(a.xlsx) 100 0 R] >> >>"
    )
    data = pdf([["Arrests rose."]], {"100": "<< /Type /Filespec /F (a.xlsx) >>"}, root)
    document = open_text_bytes(data, "paper.pdf")
    assert document.text == "Arrests rose."
    assert codes(document) == {"javascript", "embedded_file"}


def bomb() -> bytes:
    """A PDF of some hundred kilobytes whose one page unpacks to ten million operators."""
    body = zlib.compress(b"(a) Tj\n" * 10_000_000, 9)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        4: stream(body, "/Filter /FlateDecode"),
    }
    return assembled(objects)


def looped() -> bytes:
    return assembled(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>",
        }
    )


def swollen() -> bytes:
    return word("x", parts={"word/footnotes.xml": b" " * (60 << 20)})


def entities() -> bytes:
    lol = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    return rewritten(word("x"), {"word/document.xml": lambda xml: xml.replace("?>", f"?>{lol}", 1)})


def deep() -> bytes:
    return word("x", body="<w:sdt>" * 5000 + "</w:sdt>" * 5000)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("empty.txt", lambda: b" \r\n ", "empty"),
        ("noise.txt", lambda: bytes(range(256)) * 40, "not text"),
        ("picture.txt", lambda: b"\x89PNG\r\n", "a picture"),
        ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
        (
            "locked.docx",
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("cut.docx", lambda: word("x")[:900], "damaged"),
        ("bomb.docx", swollen, "times its size"),
        ("entities.docx", entities, "declares entities"),
        ("deep.docx", deep, "damaged"),
        ("blank.docx", word, "no text"),
        ("wrong.pdf", lambda: b"%PDF-1.4 and nothing else", "damaged"),
        ("scan.pdf", lambda: pdf([[], []]), "pictures of pages"),
        ("loop.pdf", looped, "damaged"),
        ("bomb.pdf", bomb, "unpacks to"),
        ("script.html", lambda: b"<html><script>go()</script></html>", "no text"),
        ("large.html", lambda: b"<html>" + b"x" * LARGEST["html"], "at most 10 MiB"),
        ("long.txt", lambda: b"x" * (LONGEST + 1), "characters"),
        ("mail.mht", lambda: b"MIME-Version: 1.0\n\n<html>", "save the page"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    name: str, make: Callable[[], bytes], says: str
) -> None:
    import re

    sentence = refused(make(), name)
    assert sentence.startswith(f"{name}: ")
    assert re.search(says, sentence), sentence


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    for password, opens in (("secret", False), ("", True)):
        writer = PdfWriter(PdfReader(io.BytesIO(pdf([["Arrests rose."]]))))
        writer.encrypt(password, "owner", algorithm="AES-128")
        made = io.BytesIO()
        writer.write(made)
        if opens:
            assert codes(open_text_bytes(made.getvalue(), "p.pdf")) == {"protected"}
        else:
            assert "password" in refused(made.getvalue(), "p.pdf")


def test_a_file_is_sized_up_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    with pytest.raises(InputMistake, match="200 MiB"):
        open_text(path)
    for missing in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputMistake):
            open_text(missing)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a socket is made, whatever a file refers to."""

    def made(*_: object, **__: object) -> None:
        raise AssertionError("a socket was made")

    monkeypatch.setattr(socket, "socket", made)
    monkeypatch.setattr(socket, "getaddrinfo", made)
    files = {
        "a.html": PAGE.encode(),
        "a.docx": word("Arrests rose.", parts={"word/_rels/settings.xml.rels": LINKS}),
        "a.pdf": pdf(
            [["Arrests rose."]],
            root="/OpenAction << /S /URI /URI (https://elsewhere.example/) >>",
        ),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        assert "Arrests rose" in open_text(tmp_path / name).text
