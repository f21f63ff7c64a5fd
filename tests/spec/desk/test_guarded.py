"""Who the desk answers, what it takes, and what it keeps."""

import io
import tempfile
from pathlib import Path

import pytest

from answerable.desk import limits, memory
from answerable.site.helplines import helplines
from tests.spec.desk.test_typed import CLAIM, MONTHS, WHAT, typed
from tests.visitor import Visitor, opened


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0:8010", "", "[::1]"]
)
def test_only_this_machines_own_names_are_answered(visitor: Visitor, host: str) -> None:
    response = visitor.get("/", HTTP_HOST=host)
    assert response.status_code == 403
    assert "Start" not in visitor.text.split("Back to the start")[0]


@pytest.mark.parametrize("host", ["127.0.0.1:8010", "localhost:8010", "localhost"])
def test_its_own_names_are(visitor: Visitor, host: str) -> None:
    assert visitor.get("/", HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_ORIGIN": "http://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://127.0.0.1:9999"},
        {"HTTP_ORIGIN": "https://127.0.0.1:8010"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
def test_a_form_of_another_page_is_refused(visitor: Visitor, sent: dict[str, str]) -> None:
    visitor.get("/type/")
    assert visitor.post("/type/", WHAT, **sent).status_code == 403
    assert not memory.DESKS._desks


def test_a_form_without_its_secret_is_refused(visitor: Visitor) -> None:
    visitor.get("/type/")
    visitor.page = ""
    assert visitor.post("/type/", WHAT).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "options", "patch", "trace"])
def test_no_other_method(visitor: Visitor, method: str) -> None:
    assert getattr(visitor.client, method)("/").status_code == 403


@pytest.mark.parametrize("address", ["/", "/type/", "/about/", "/nowhere", "/static/desk.css"])
def test_every_answer_is_sealed(visitor: Visitor, address: str) -> None:
    headers = visitor.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert "script" not in policy and "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_cookies_hold_no_content_and_stay_here(visitor: Visitor) -> None:
    visitor.get("/")
    assert memory.COOKIE not in visitor.client.cookies, "nothing on the desk, no cookie for it"
    typed(visitor)
    assert set(visitor.client.cookies) == {memory.COOKIE, "answerable-form"}
    for cookie in visitor.client.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Strict"
        assert not cookie["expires"] and not cookie["max-age"]


def test_titles_and_addresses_hold_no_content(visitor: Visitor) -> None:
    """A browser keeps both in its history."""
    name = typed(visitor)
    for address in (visitor.at, f"/claim/{name}/"):
        visitor.get(address)
        assert "median" not in (visitor.title + visitor.at).lower()


def test_what_is_typed_is_never_markup(visitor: Visitor) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    name = typed(visitor, WHAT | {"title": bad, "source": bad, "typed_by": bad[:100]})
    visitor.get(f"/claim/{name}/")
    visitor.post(f"/claim/{name}/", CLAIM | {"words": bad, "said_by": bad, "said_in": bad})
    assert visitor.at.startswith("/answer/")
    assert "<script" not in visitor.page and "<img" not in visitor.page
    assert "<script>alert(1)</script>" in visitor.text, "it is shown as it was written"


def test_another_visitor_sees_nothing_of_it(visitor: Visitor) -> None:
    typed(visitor)
    address = visitor.at
    stranger = Visitor()
    assert stranger.get(address).status_code == 404
    assert visitor.get(address).status_code == 200


def test_two_tabs_do_not_spoil_each_other(visitor: Visitor) -> None:
    one = typed(visitor)
    two = typed(visitor, WHAT | {"title": "Arrests", "unit": "count"})
    for name, words in ((one, "Median time to attend"), (two, "Arrests"), (one, "44 minutes")):
        visitor.get(f"/figures/{name}/")
        assert words in visitor.text


def test_forget_everything(visitor: Visitor) -> None:
    typed(visitor)
    address = visitor.at
    visitor.post("/forget/")
    assert "Forgotten." in visitor.text
    assert not memory.DESKS._desks
    assert visitor.get(address).status_code == 404


def test_what_nobody_comes_back_to_is_forgotten(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(visitor)
    address, now = visitor.at, memory.monotonic()
    monkeypatch.setattr(memory, "monotonic", lambda: now + limits.IDLE_SECONDS - 60)
    assert visitor.get(address).status_code == 200
    monkeypatch.setattr(memory, "monotonic", lambda: now + 2 * limits.IDLE_SECONDS)
    memory.DESKS.sweep()
    assert not memory.DESKS._desks
    assert visitor.get(address).status_code == 404


def test_a_desk_holds_so_much_and_the_oldest_goes_first() -> None:
    desk = memory.Desk()
    names = [desk.put(number) for number in range(limits.MOST_ITEMS + 5)]
    assert len(desk.all(int)) == limits.MOST_ITEMS
    assert desk.get(names[-1], int) == limits.MOST_ITEMS + 4
    with pytest.raises(memory.Forgotten):
        desk.get(names[0], int)


def test_so_many_visitors_and_the_one_longest_away_goes_first() -> None:
    desks = memory.Desks()
    tokens = [desks.take(memory.Desk()) for _ in range(limits.MOST_VISITORS + 1)]
    assert desks.of(tokens[0]) is None
    assert all(desks.of(token) is not None for token in tokens[1:])


class Endless(io.RawIOBase):
    """A body that is read piece by piece, and never whole."""

    def __init__(self, length: int) -> None:
        self.left, self.most = length, 0

    def read(self, size: int = -1) -> bytes:
        self.most = max(self.most, size if size >= 0 else self.left)
        piece = min(size if size >= 0 else self.left, self.left)
        self.left -= piece
        return b"x" * piece


def test_200_megabytes_are_refused_in_one_sentence_and_never_held(visitor: Visitor) -> None:
    body = Endless(200 * limits.MEGABYTE)
    visitor.get("/")
    response = visitor.client.generic(
        "POST", "/type/", content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(200 * limits.MEGABYTE), **{"wsgi.input": body},
    )  # fmt: skip
    assert response.status_code == 413
    most = limits.LARGEST_FILE // limits.MEGABYTE
    assert f"larger than {most} MB, so it was not read" in response.content.decode()
    assert body.left == 0, "the browser must be let finish, or it shows no answer"
    assert body.most <= 64 * 1024


@pytest.mark.parametrize("length", ["-1", "1e9", "many", "²"])
def test_a_length_that_is_none_is_refused(visitor: Visitor, length: str) -> None:
    visitor.get("/")
    response = visitor.client.generic("POST", "/type/", b"", CONTENT_LENGTH=length)
    assert response.status_code in (400, 413)


def test_a_body_without_a_length_is_refused(visitor: Visitor) -> None:
    response = visitor.client.generic("POST", "/type/", b"", HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 411


def test_too_many_fields_are_refused(visitor: Visitor) -> None:
    visitor.get("/type/")
    response = visitor.post("/type/", {f"x{i}": "1" for i in range(limits.MOST_FIELDS + 1)})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/static/../settings.py", "/static/%2e%2e%2fsettings.py", "/static/desk.css/..",
     "/type/../../x", "/figures/none/", "/claim/../answer/", "/answer/x/../../etc/passwd"],
)  # fmt: skip
def test_addresses_reach_no_file(visitor: Visitor, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_defect_of_ours_shows_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    from answerable.desk.views import start

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("Sheet1!C7 holds a name")

    monkeypatch.setattr(start, "page", broken)
    with opened(raise_request_exception=False) as visitor:
        assert visitor.get("/").status_code == 500
        assert "Our mistake" in visitor.text
        assert "Sheet1" not in visitor.page and "RuntimeError" not in visitor.page


def test_nothing_is_written_anywhere(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    name = typed(visitor, WHAT, MONTHS)
    visitor.get(f"/claim/{name}/")
    visitor.post(f"/claim/{name}/", CLAIM)
    assert list(tmp_path.iterdir()) == []


def test_help_is_one_step_away_from_every_page(visitor: Visitor) -> None:
    for address in ("/", "/type/", "/about/", "/nothing-here/"):
        visitor.get(address)
        assert 'href="/about/#help"' in visitor.page
    visitor.get("/about/")
    first = visitor.page.index('id="help"')
    assert first < visitor.page.index("Where your figures go")
    assert all(line.telephone in visitor.page for line in helplines().first)
