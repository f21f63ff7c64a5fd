"""What every request must be, and what every answer carries.

The desk answers this machine and pages of its own. A site elsewhere that points a name of
its own at 127.0.0.1 has the wrong Host; one that posts a form here has the wrong Origin.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .limits import LARGEST_REQUEST
from .views import plain

Answering = Callable[[HttpRequest], HttpResponse]
AT_ONCE = 64 * 1024
MOST_THROWN_AWAY = 4 * 1024**3

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:;"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    # 'no-referrer' would make browsers send `Origin: null` with our own forms, which could
    # then not be told from a stranger's. With this, no other site is told anything either.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def sealed(answer: Answering) -> Answering:
    """Every answer, a refusal too, with the headers that keep it here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return middleware


def from_here(answer: Answering) -> Answering:
    """Only requests to this machine by its own names, and forms only from our own pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "")
        if host.partition(":")[0] not in settings.ALLOWED_HOSTS:
            return plain.not_from_here(request)
        if request.method not in ("GET", "HEAD", "POST"):
            return plain.not_from_here(request)
        if request.method == "POST" and not _ours(request, host):
            return plain.not_from_here(request)
        return answer(request)

    return middleware


def _ours(request: HttpRequest, host: str) -> bool:
    origin = request.META.get("HTTP_ORIGIN", f"http://{host}")
    fetched = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")
    return bool(origin == f"http://{host}" and fetched == "same-origin")


def bounded(answer: Answering) -> Answering:
    """A request that says that it is too long is not read, only let run out.

    A browser reads an answer only once it has sent all that it meant to, so what it sends is
    taken and thrown away piece by piece.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return plain.no_length(request)
        length = _length(request)
        if length is None or length > LARGEST_REQUEST:
            _throw_away(request, min(length or 0, MOST_THROWN_AWAY))
            return plain.too_large(request)
        return answer(request)

    return middleware


def _length(request: HttpRequest) -> int | None:
    """What the request says of its own length; None where that is no number."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else None


def _throw_away(request: HttpRequest, length: int) -> None:
    while length > 0:
        piece = request.read(min(AT_ONCE, length))
        if not piece:
            return
        length -= len(piece)
