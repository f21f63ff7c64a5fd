"""The server of `answerable serve`: this machine only, right types, nothing kept."""

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.site import build
from answerable.site.server import server_for
from tests.site_release import made_up


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("served")
    build(made_up(("response_time_priority", "reports")), out)
    return out


@pytest.fixture(scope="module")
def port(site: Path) -> Iterator[int]:
    server = server_for(site, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/claims/", "text/html; charset=utf-8"),
        ("/static/answerable.css", "text/css; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/data/reports.csv", "text/csv; charset=utf-8; header=present"),
        ("/data/reports.json", "application/json"),
        ("/data/definitions/reports.toml", "application/toml; charset=utf-8"),
        ("/data/reports.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "/data/reports.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_each_file_has_its_type(port: int, path: str, kind: str) -> None:
    answer = ask(port, path)
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)


def test_nothing_is_to_stay_in_a_cache_or_be_told_to_another_site(port: int) -> None:
    answer = ask(port, "/help/index.html")
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert answer.getheader("Set-Cookie") is None


@pytest.mark.parametrize("path", ["/static/", "/../../etc/passwd", "/%2e%2e/secret", "/nothing"])
def test_folders_and_what_lies_outside_are_not_found(port: int, path: str) -> None:
    assert ask(port, path).status == 404


def test_a_visit_is_not_written_down(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    ask(port, "/claims/index.html?from=here")
    ask(port, "/nothing")
    assert capfd.readouterr() == ("", "")


def test_only_this_machine_is_listened_to(site: Path) -> None:
    server = server_for(site, 0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_a_port_that_is_taken_is_said(site: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(InputMistake) as told:
            server_for(site, taken)
    assert f"port {taken} is in use" in str(told.value)
    assert f"--port {taken + 1}" in str(told.value)


def test_a_folder_without_a_site_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputMistake) as told:
        server_for(tmp_path, 0)
    assert "answerable publish BODY" in str(told.value)
