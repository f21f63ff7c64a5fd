"""What holds of every page and file of a site."""

import gzip
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from answerable.chain.claims import by_chance
from answerable.site import render
from tests.site_release import made_up

BUDGET = 60_000
"""Bytes of any page, compressed."""


@cache
def files() -> dict[str, bytes]:
    return render(made_up())


def pages() -> dict[str, str]:
    return {path: text.decode() for path, text in files().items() if path.endswith(".html")}


class Reader(HTMLParser):
    """Ids, links, headings and roles of one page."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("a", "link") and given.get("href"):
            self.links.append(str(given["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@cache
def read() -> dict[str, Reader]:
    return {path: Reader(html) for path, html in pages().items()}


def test_every_link_and_fragment_leads_somewhere() -> None:
    broken = []
    for path, page in read().items():
        for link in page.links:
            if link.startswith(("https://", "tel:")):
                continue
            to, _, fragment = link.partition("#")
            target = normpath(join(dirname(path), to)) if to else path
            if target not in files() or (fragment and fragment not in read()[target].ids):
                broken.append((path, link))
    assert broken == []


def test_a_claim_with_a_reading_of_a_change_says_what_chance_alone_gives() -> None:
    checked = {f"claims/{each.claim.key}.html": each for each in made_up().claims}
    for path, each in checked.items():
        said = by_chance(reading.reading.says for reading in each.readings)
        assert said in pages()[path]
        assert ("chance alone would give" in pages()[path]) == bool(said)
    assert any(by_chance(r.reading.says for r in each.readings) for each in checked.values())


def test_every_page_can_be_reached_from_the_home_page() -> None:
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or path not in read():
            continue
        seen.add(path)
        todo += [
            normpath(join(dirname(path), link.partition("#")[0])) for link in read()[path].links
        ]
    assert set(pages()) - seen == set()


def test_ids_are_unique_and_headings_step_by_one() -> None:
    for path, page in read().items():
        assert len(page.ids) == len(set(page.ids)), path
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        for above, below in zip(page.headings, page.headings[1:], strict=False):
            assert below <= above + 1, (path, page.headings)


def test_pages_hold_no_script_style_or_picture_from_elsewhere() -> None:
    for path, page in read().items():
        tags = [tag for tag, _ in page.tags]
        assert not {"script", "style", "iframe", "form", "img", "object"} & set(tags), path
        for tag, given in page.tags:
            assert "style" not in given, (path, tag)
            assert not any(name.startswith("on") for name in given), (path, tag)


@pytest.mark.parametrize(
    "words",
    [
        '<html lang="en-GB">',
        "default-src 'none'; style-src 'self'; img-src 'self' data:",
        'name="referrer" content="no-referrer"',
        'href="https://www.bbc.co.uk/weather" rel="noreferrer nofollow">Exit this page',
        "<strong>Preview.</strong>",
        "<strong>Demonstration.</strong>",
        'name="robots" content="noindex, nofollow"',
    ],
)
def test_every_page_carries(words: str) -> None:
    assert [path for path, html in pages().items() if words not in html] == []


def test_every_page_is_small() -> None:
    sizes = {path: len(gzip.compress(html.encode(), 6)) for path, html in pages().items()}
    assert {path: size for path, size in sizes.items() if size > BUDGET} == {}


def test_every_table_has_a_caption_scopes_and_scrolls_by_itself_or_folds() -> None:
    folds = '<table class="folds" role="table"><caption>'
    for path, html in pages().items():
        scrolls = html.count("<table><caption>")
        assert html.count("<table") == scrolls + html.count(folds), path
        assert scrolls == html.count('<div class="scroll" role="region"'), path
        for head in re.findall(r"<th(?![a-z])[^>]*>", html):
            assert 'scope="' in head, (path, head)


def test_a_verdict_is_words_and_a_shape() -> None:
    marks = re.findall(r'<span class="verdict.*?</span></span>', pages()["claims/index.html"])
    looks: dict[str, set[str]] = {}
    for mark in marks:
        words = re.sub("<.*?>", "", mark)
        shape = re.search(r"<svg.*?</svg>", mark)
        assert words and shape
        looks.setdefault(shape[0], set()).add(words)
    # No shape means two opposite things: what is shown and what is not never look alike.
    for words_of_shape in looks.values():
        assert not {"the record shows this", "the record shows the opposite"} <= words_of_shape


def test_the_manifest_lists_every_file_by_its_digest() -> None:
    manifest = json.loads(files()["manifest.json"])
    listed = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    assert listed == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files().items()
        if path != "manifest.json"
    }
    assert (manifest["preview"], manifest["number"]) == (True, None)


def test_the_same_release_gives_the_same_bytes() -> None:
    few = ("reports", "response_time_priority")
    assert render(made_up(few)) == render(made_up(few))


def test_a_numbered_release_is_not_marked_as_a_preview() -> None:
    made = render(made_up(("reports", "response_time_priority"), number=7))
    html = made["claims/index.html"].decode()
    assert "<strong>Preview.</strong>" not in html
    assert "release 7" in html


def test_no_page_shows_its_own_markup_or_names_of_ours() -> None:
    for path, html in pages().items():
        text = re.sub("<pre.*?</pre>", "", html, flags=re.S)
        assert "&lt;" not in text, path
        assert not re.search(r">\s*(None|\(\)|\[\]|Status\.\w+)\s*<", text), path
