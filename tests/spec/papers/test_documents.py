"""What leaves as a Word document: accessible, without traces, and the same each time."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from docx.oxml.ns import qn

from answerable.chain.papers import OnePage, Stood, ask_letter, one_page, what_to_ask
from answerable.chain.papers.blocks import height
from answerable.chain.papers.page import _ROOM, _fitted
from tests.papers import MADE_ON, about, definition, judged, opened, page, parts, words

LONG = "W" * 70 + " and more besides "
HOSTILE = "=cmd|'/c calc'!A1\x00\x08\x1b\ud800 \u202egnirts <b>&amp;</b> ]]>"


def letter() -> bytes:
    return ask_letter(what_to_ask(judged(), about(), definition()), made_on=MADE_ON)


MADE: list[Callable[[], bytes]] = [lambda: one_page(page()), letter]
both = pytest.mark.parametrize("make", MADE, ids=["page", "letter"])


@both
def test_it_is_accessible(make: Callable[[], bytes]) -> None:
    document = opened(make())
    assert document.core_properties.title
    assert document.core_properties.language == "en-GB"
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }
    levels = [
        int(p.style.name.split()[-1]) for p in document.paragraphs if "Heading" in p.style.name
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    for table in document.tables:
        header = table.rows[0]._tr.trPr
        assert header.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 20


@both
def test_it_leaves_no_trace_of_its_maker(make: Callable[[], bytes]) -> None:
    made = make()
    core = opened(made).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.keywords) == ("", "", "", "")
    assert core.created.date() == core.modified.date() == MADE_ON
    files = parts(made)
    assert not [name for name in files if "thumbnail" in name]
    assert b"Microsoft" not in files["docProps/app.xml"]


TABLE_ORDER = ("tblStyle", "tblW", "tblBorders", "tblLayout", "tblLook", "tblCaption")
"""Of a table's properties, those that we write, as ECMA-376 (CT_TblPr) orders them."""


def test_what_word_wants_in_order_is_in_order() -> None:
    for table in opened(one_page(page())).tables:
        names = [each.tag.rpartition("}")[2] for each in table._tbl.tblPr]
        assert names == [name for name in TABLE_ORDER if name in names]
        assert "tblBorders" in names


@both
def test_the_same_gives_the_same_bytes(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, now = make(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(now + 90_000))
    assert make() == first


def test_the_page_says_everything() -> None:
    shown = page()
    said = words(one_page(shown))
    for wanted in (
        shown.about.words, "office of the commissioner, 19 December 2023, news release",
        shown.verdict.label, shown.verdict.sentence, shown.verdict.may_say,
        shown.verdict.to_settle, "pack.xlsx, Sheet1!C19", "37.7", "monthly totals",
        "cannot be looked at", "10 January 2024", shown.verdict.source,
        "the counts behind the monthly figures",
    ):  # fmt: skip
        assert wanted in said, wanted
    document = opened(one_page(shown))
    assert document.inline_shapes[0]._inline.docPr.get("descr") == shown.chart_says
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_a_claim_nobody_has_made_is_headed_by_its_measure() -> None:
    said = words(one_page(page(about=about(words="", said_by="", said_in="", said_on=None))))
    assert said.startswith("Time to reach priority incidents\nRead over:")
    assert "Said by" not in said


def test_the_two_verdicts_stand_apart() -> None:
    """On the words alone, and as they were read, with the periods."""
    said = words(one_page(page(as_worded="not testable as worded: no period")))
    assert "As worded: not testable as worded: no period" in said
    assert "Read over: December 2022 to November 2023, against December 2021" in said


def long_page() -> OnePage:
    figure = Stood(LONG, LONG, LONG, LONG, LONG)
    found = judged()
    return page(
        about=about(words=LONG * 20, said_by=LONG * 9),
        verdict=type(found)(**{
            **found.__dict__, "sentence": LONG * 90, "may_say": LONG * 90, "to_settle": LONG * 40,
        }),
        figures=(figure,) * 40,
        chart_says=LONG * 80,
    )  # fmt: skip


def test_however_much_there_is_it_stays_on_one_page() -> None:
    blocks, fit = _fitted(long_page())
    assert height(blocks, fit.size) <= _ROOM
    assert fit.size >= 8.5
    said = words(one_page(long_page()))
    assert "…" in said
    assert "And 34 more, in the data." in said


def test_little_is_set_large() -> None:
    _, little = _fitted(page(figures=(), ask=None))
    _, much = _fitted(long_page())
    assert little.drawing > much.drawing
    assert little.size > much.size


def test_what_is_hostile_is_text() -> None:
    nasty = page(
        about=about(words=HOSTILE, said_by=HOSTILE, subject=HOSTILE),
        figures=(Stood(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        chart_says=HOSTILE, checked_by=HOSTILE,
    )  # fmt: skip
    said = words(one_page(nasty))
    assert "=cmd|'/c calc'!A1 gnirts <b>&amp;</b> ]]>" in said
    asked = what_to_ask(judged(), about(words=HOSTILE, subject=HOSTILE), definition())
    assert "<b>&amp;</b>" in words(ask_letter(asked, made_on=MADE_ON, to=HOSTILE, sender=HOSTILE))
