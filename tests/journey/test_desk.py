"""The desk in a browser: keyboard only, no JavaScript, phone and desktop."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from answerable.chain.body import Period
from answerable.desk.presenting import short
from answerable.site.words import SAYS
from tests.desk_process import Running, running
from tests.spec.desk.test_sheets import in_words
from tests.text_files import pdf
from tests.ugly import FROM_REFERENCE, OWN, Claim, UglyPack

from .conftest import DESKTOP
from .desk import Keys, accessible, seen

BEFORE = (44, 45, 43, 46, 44, 43, 45, 44, 46, 43, 44, 45)
AFTER = (38, 39, 37, 40, 38, 37, 38, 39, 40, 36, 38, 39)
SMALL = {"width": 360, "height": 740}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("desk"), "--port", "0") as started:
        yield started


@pytest.fixture(params=[SMALL, DESKTOP], ids=["phone", "desktop"])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(viewport=request.param, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def test_figures_are_typed_with_the_keyboard_alone(page: Any, desk: Running) -> None:
    keys, found = Keys(page), []
    page.goto(desk.address)
    found += accessible(page)
    keys.follow("Type figures", exact=True)
    found += accessible(page)
    keys.follow("Go on to the figures")
    assert "Say what the figures count." in seen(page)
    found += accessible(page)
    keys.write("What do the figures count?", "Median time to attend")
    keys.choose("If one figure, it is", "minutes")
    keys.choose("Month in which the first one begins", "12")
    keys.write("and its year", "2021")
    keys.write("How many figures?", "24")
    keys.write("Which document are they from?", "Pack, page 7")
    keys.write("Who is typing?", "policy officer")
    keys.follow("Go on to the figures")
    found += accessible(page)
    for month, value in zip(Period.parse("2021-12..2023-11"), BEFORE + AFTER, strict=True):
        keys.write(month.plain(), str(value))
    keys.follow("Show what was understood")
    found += accessible(page)
    keys.follow("These are right")
    found += accessible(page)
    keys.write("The words, as they were said", "Officers reach people sooner.")
    keys.pick("What does it say", "it got better")
    keys.pick("Which way is good", "lower is better")
    keys.follow("Get the answer")
    assert "the record shows this" in seen(page)
    found += accessible(page)
    assert found == []


NAMES = tuple(make.__name__ for make in (*OWN, *FROM_REFERENCE))
LABELS = {
    "supported": "the record shows this",
    "contradicted": "the record shows the opposite",
    "not shown": "within ordinary variation",
    "cannot tell": "cannot tell",
}


@pytest.fixture(params=NAMES)
def pack(request: pytest.FixtureRequest) -> UglyPack:
    """One of the six; two are laid out from the reference data."""
    own = {make.__name__: make for make in OWN}
    if request.param in own:
        return own[request.param]()
    real = {make.__name__: make for make in FROM_REFERENCE}
    return real[request.param](request.getfixturevalue("reference"))


def test_an_ugly_spreadsheet_comes_to_its_verdict_with_the_keyboard_alone(
    page: Any, desk: Running, pack: UglyPack
) -> None:
    keys, found, claim = Keys(page), [], pack.claim
    page.goto(desk.address)
    keys.give("Choose a file, or drop it here", pack.name, pack.data)
    keys.follow("Read the spreadsheet")
    assert f"{len(pack.lines)} lines of figures" in seen(page)
    assert [cell for cell in pack.remarked if cell not in seen(page)] == []
    found += accessible(page)
    keys.follow(line_words(claim.line, claim.area, page), exact=True)
    figures = figures_of(page)
    for each in pack.expected:
        if (each.line, each.area) == (claim.line, claim.area):
            value, place = figures[short(Period.parse(each.period))]
            assert (value, place) == (in_words(each), each.place)
    choose_claim(keys, claim)
    found += accessible(page)
    keys.follow("Get the answer")
    assert "The answer" in page.title(), seen(page)
    assert claim.words in seen(page) and LABELS.get(claim.verdict, "") in seen(page)
    found += accessible(page)
    assert claim.words in words_of(download(keys, "The answer on one page (Word)"))
    keys.page.locator("main").focus()
    words_of(download(keys, "The letter that asks for what is missing (Word)"))
    assert found == []


def choose_claim(keys: Keys, claim: Claim) -> None:
    """Fill in the claim as someone would who reads down the page."""
    keys.write("The words, as they were said", claim.words)
    keys.pick("What does it say", SAYS[claim.says])
    if claim.target:
        keys.write("The target, or the figure that was stated", claim.target)
    keys.pick("Which way is good", {"neither": "neither in itself"}.get(
        claim.better, f"{claim.better} is better"))  # fmt: skip
    keys.unfold("Choose other periods")
    spans = [Period.parse(text) for text in (claim.period, claim.baseline) if text]
    for span in spans:
        keys.choose("From", str(span.first))
        keys.choose("to", str(span.last))
    keys.write("Why these periods?", "They are those of the words.")


def line_words(line: str, area: str, page: Any) -> str:
    """How the line is called on the page, to somebody who hears it."""
    called = [" ".join(words.split()) for words in page.locator(".lines a").all_text_contents()]
    place = "the whole" if area == "all" else area
    return next(name for name in called if name in (f"{line}, {place}", line))


def figures_of(page: Any) -> dict[str, tuple[str, str]]:
    """Period → (figure, where it stands), of the table on the page."""
    rows = page.locator("main tbody tr")
    cells = [row.locator("th, td").all_text_contents() for row in rows.all()]
    return {row[0]: (row[1], row[-1]) for row in cells}


def download(keys: Keys, words: str) -> bytes:
    keys.to(words)
    with keys.page.expect_download() as begun:
        keys.page.keyboard.press("Enter")
    return Path(begun.value.path()).read_bytes()


def words_of(document: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(document)).paragraphs)


TEXT = """Progress on domestic abuse

Officers are now reaching victims more quickly than a year ago, the chief constable said. I am
proud of my team.

Of 512 people surveyed, 375 (78%) were satisfied, below the target of 80%."""


def test_a_sentence_of_a_text_is_bound_to_figures(page: Any, desk: Running) -> None:
    keys, found = Keys(page), []
    page.goto(desk.address)
    keys.write("Paste the text", TEXT)
    keys.follow("Read the text")
    assert (
        "Officers are now reaching victims more quickly" in page.locator("mark").first.inner_text()
    )
    assert "proud of my team" not in " ".join(page.locator("mark").all_inner_texts())
    assert "do not agree" in seen(page) and "73.2%" in seen(page)
    found += accessible(page)
    keys.follow("Test it on figures, number 1", exact=True)
    found += accessible(page)
    keys.follow("Open, paste or type figures")
    months = "\t".join(str(month) for month in Period.parse("2021-12..2023-11"))
    values = "\t".join(map(str, BEFORE + AFTER))
    keys.write("Cells copied from", f"Minutes\t{months}\nMedian minutes to attend\t{values}")
    found += accessible(page)
    keys.follow("Read the cells")
    keys.follow("Median minutes to attend")
    assert "Left open" in seen(page)
    here = keys.to("it fell", exact=True)
    assert here.is_checked(), "quicker is a time that fell"
    found += accessible(page)
    assert found == []


def test_the_process_opens_no_socket_but_its_own_and_writes_nothing(
    browser: Any, desk: Running
) -> None:
    """From a spreadsheet to every document, from a text to its statements."""
    pack = OWN[2]()
    page = browser.new_page(java_script_enabled=False)
    keys = Keys(page)
    page.goto(desk.address)
    keys.give("Choose a file, or drop it here", pack.name, pack.data)
    keys.follow("Read the spreadsheet")
    keys.follow(line_words(pack.claim.line, pack.claim.area, page), exact=True)
    choose_claim(keys, pack.claim)
    keys.follow("Get the answer")
    for name in ("one page", "letter", "figures, with", "chart"):
        assert download(keys, name)
    page.goto(desk.address)
    keys.give(
        "or choose its file",
        "release.pdf",
        pdf([["Arrests rose by 12% to 1,452 in the year to March 2024."]]),
    )
    keys.follow("Read the text")
    assert "1 statement" in seen(page)
    page.close()
    assert desk.notes.read_text().splitlines() == ["socket.bind (('127.0.0.1', 0),)"]
