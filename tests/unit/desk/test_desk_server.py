"""The server of the desk, as a process: what it refuses, what it holds, how it ends."""

import http.client
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.desk import server
from answerable.desk.limits import LARGEST_FILE, MEGABYTE
from tests.desk_process import Running, running
from tests.visitor import opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("desk"), "--port", "0") as started:
        yield started


def test_200_megabytes_are_refused_in_little_memory(desk: Running) -> None:
    """The browser is let finish, so that it shows the sentence and not a broken connection."""
    before, size = desk.peak, 200 * MEGABYTE
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
    connection.putrequest("POST", "/file/")
    connection.putheader("Content-Type", "multipart/form-data; boundary=b")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    for _ in range(200):
        connection.send(b"x" * MEGABYTE)
    response = connection.getresponse()
    assert response.status == 413
    words = response.read().decode()
    assert f"larger than {LARGEST_FILE // MEGABYTE} MB, so it was not read" in words
    assert desk.peak - before < 8 * MEGABYTE


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST /file/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=["host", "no host", "absolute", "length", "tls", "long", "headers"],
)
def test_what_is_no_request_of_ours_gets_no_page_of_ours(desk: Running, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as stream:
        stream.sendall(sent)
        answer = b""
        try:
            while piece := stream.recv(65_536):
                answer += piece
        except ConnectionResetError:
            pass  # an answer that is refused before all of it was read
    assert b"200 OK" not in answer and b"Open a spreadsheet" not in answer
    assert b"Traceback" not in answer


def test_it_answers_the_loopback_address_only(desk: Running) -> None:
    assert f"http://127.0.0.1:{desk.port}/" == desk.address
    assert "socket.bind (('127.0.0.1', 0),)" in desk.notes.read_text()


def test_ctrl_c_ends_it_with_a_sentence(tmp_path: Path) -> None:
    with running(tmp_path, "--port", "0") as started:
        started.process.send_signal(signal.SIGINT)
        out, errors = started.process.communicate(timeout=20)
        assert started.process.returncode == 0
        assert "Everything has been forgotten." in out and errors == ""


def test_a_port_that_is_taken_gives_way_to_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "PORT", port)
        monkeypatch.setattr("answerable.desk.app.application", lambda keep: None)
        found = server.server_for()
        try:
            assert found.server_port not in (0, port)
        finally:
            found.server_close()
        with pytest.raises(InputMistake, match="in use"):
            server.server_for(port)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[server.Server]:
    """A server in this process that waits a moment only."""
    monkeypatch.setattr(server._Request, "timeout", 0.3)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "answerable.web.settings")
    with opened():
        made = server.server_for(0)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()
        made.server_close()


def answer_of(stream: socket.socket) -> bytes:
    found = b""
    try:
        while piece := stream.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return found


HEAD = "POST /file/ HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=b\r\n"


@pytest.mark.parametrize("sent", ["", HEAD, HEAD + "Content-Length: 5000\r\n\r\n--b\r\n"],
                         ids=["nothing", "half a head", "half a body"])  # fmt: skip
def test_who_stops_sending_is_given_up_and_keeps_nobody_waiting(
    hasty: server.Server, sent: str
) -> None:
    host = f"127.0.0.1:{hasty.server_port}"
    with socket.create_connection(("127.0.0.1", hasty.server_port), timeout=20) as stalled:
        stalled.sendall(sent.format(host).encode())
        with socket.create_connection(("127.0.0.1", hasty.server_port), timeout=20) as other:
            other.sendall(f"GET /about/ HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            assert b"200 OK" in answer_of(other)
        assert b"200 OK" not in answer_of(stalled), "the connection is closed"


def test_more_than_was_said_is_not_read(hasty: server.Server) -> None:
    host = f"127.0.0.1:{hasty.server_port}"
    said = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx\r\n'
    head = HEAD.format(host) + f"Content-Length: {len(said)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", hasty.server_port), timeout=20) as stream:
        stream.sendall(head.encode() + said + b"GET /about/ HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        found = answer_of(stream)
    assert found.count(b"HTTP/1.") == 1 and b"200 OK" not in found
