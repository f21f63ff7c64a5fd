"""A site on this machine's own address, for looking at it. Not for the public."""

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ..chain.body import InputMistake, Problem
from .manifest import MANIFEST, names_in

HOST = "127.0.0.1"

HEADERS = {
    # Nothing of a visit is to stay on the device, so not in its cache either.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {
        "": "application/octet-stream",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8; header=present",
        ".json": "application/json",
        ".toml": "application/toml; charset=utf-8",
        ".svg": "image/svg+xml",
        ".ods": "application/vnd.oasis.opendocument.spreadsheet",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    server_version = "Answerable"
    sys_version = ""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """A folder without a page of its own is not found: no listing."""
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody's visit is written down."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who leaves before a page has come is no error; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server_for(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of a built site on the loopback address. Port 0 takes any that is free.

    Raises InputMistake for a folder that holds no site, or a port that is taken.
    """
    if names_in(site / MANIFEST) is None:
        raise InputMistake(
            Problem(
                str(site),
                "there is no published site in this folder",
                next_step=f"Publish one first: answerable publish BODY {site}",
            )
        )
    try:
        return _Server((HOST, port), partial(_Handler, directory=str(site)))
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise InputMistake(
            Problem(
                "--port",
                f"port {port} is in use, or not free to use",
                "a free port from 1024 to 65535",
                f"Try: --port {port + 1}",
            )
        ) from None


def serve(site: Path, port: int = 8000) -> None:
    """Serve a built site until it is stopped with Ctrl+C."""
    server = server_for(site, port)
    address = f"http://localhost:{server.server_port}"
    print(f"The site is on {address} (Ctrl+C stops it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        server.server_close()
