"""The server of the desk: one process, a thread for each request, this machine's own address.

Python's own server of WSGI is enough for one person at one machine, and comes with no
dependency; its habit of looking up its own name is switched off.
"""

import errno
import os
import socketserver
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from wsgiref.handlers import SimpleHandler
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from ..chain.body import InputMistake, Problem

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

HOST = "127.0.0.1"
PORT = 8010
PATIENCE = 60
"""Seconds after which a browser that has stopped sending is given up."""


class _Handler(ServerHandler):
    request_handler: WSGIRequestHandler

    def log_exception(self, exc_info: Any) -> None:
        """No traceback is printed: it could quote what was sent."""

    def close(self) -> None:
        SimpleHandler.close(self)


class _Request(WSGIRequestHandler):
    server: "Server"
    timeout = PATIENCE
    server_version = "Answerable"
    sys_version = ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down."""

    def address_string(self) -> str:
        return str(self.client_address[0])

    def handle(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if not self.parse_request():
            return
        out = cast(IO[bytes], self.wfile)
        answer = cast("WSGIApplication", self.server.get_app())
        handler = _Handler(self.rfile, out, self.get_stderr(), self.get_environ())
        handler.request_handler = self
        handler.run(answer)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    """Answers on 127.0.0.1 only."""

    daemon_threads = True
    allow_reuse_address = True

    def server_bind(self) -> None:
        """Binds without asking what this machine is called, which could reach for a network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]
        self.setup_environ()

    def service_actions(self) -> None:
        """Twice a second: forget what nobody has come back to."""
        from .memory import DESKS

        DESKS.sweep()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves is no error, and no other is printed."""


def server_for(port: int | None = None, keep: Path | None = None) -> Server:
    """A server that is bound and not yet answering.

    keep   the folder into which answers may be kept
    port   None takes 8010, or any that is free where it is taken; 0 takes any
    Raises InputMistake for a port that was asked for and is taken.
    """
    from .app import application

    for each in (PORT, 0) if port is None else (port,):
        try:
            server = Server((HOST, each), _Request)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        server.set_app(application(keep))
        return server
    raise InputMistake(
        Problem(
            "--port",
            f"port {port} is in use, or not free to use",
            "a free port from 1024 to 65535",
            "Leave --port away, and a free one is found.",
        )
    )


def address_of(server: Server) -> str:
    """Where to find it."""
    return f"http://{HOST}:{server.server_port}/"


def serve(server: Server, began: Callable[[], None] = lambda: None) -> None:
    """Answer until Ctrl-C."""
    try:
        began()
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped. Everything has been forgotten.")
    finally:
        server.server_close()


def shows_windows() -> bool:
    """Whether a browser could open a window here, rather than take over the terminal."""
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
