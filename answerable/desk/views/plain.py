"""Pages beside the way: about, forgetting, mistakes; and the few files that pages use."""

import os
import traceback
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from ...chain.charts import STYLE
from ...site.engine import HERE as SITE
from ...site.helplines import helplines
from ..limits import IDLE_SECONDS, LARGEST_FILE, LARGEST_FORM, MEGABYTE
from ..memory import COOKIE, DESKS
from ..pages import HERE, page

_KINDS = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


@cache
def _files() -> dict[str, bytes]:
    """Read once: an address never reaches into a folder."""
    return {
        "answerable.css": (SITE / "static" / "answerable.css").read_bytes(),
        "icon.svg": (SITE / "static" / "icon.svg").read_bytes(),
        "charts.css": STYLE.encode(),
        "desk.css": (HERE / "static" / "desk.css").read_bytes(),
    }


def static(request: HttpRequest, name: str) -> HttpResponse:
    """A stylesheet or the icon."""
    if name not in _files():
        raise Http404
    return HttpResponse(_files()[name], content_type=_KINDS[name.rpartition(".")[2]])


def about(request: HttpRequest) -> HttpResponse:
    """What this page does, and what it does not."""
    return page(
        request,
        "about.html",
        "About this page",
        minutes=IDLE_SECONDS // 60,
        largest=LARGEST_FILE // MEGABYTE,
        helplines=helplines().first,
    )


def forget(request: HttpRequest) -> HttpResponse:
    """Forget everything that this visitor has on the desk."""
    if request.method != "POST":
        return page(request, "forget.html", "Forget everything")
    DESKS.forget(request.COOKIES.get(COOKIE, ""))
    response = HttpResponseRedirect("/?forgotten")
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _told(
    request: HttpRequest, status: int, title: str, said: str, next_step: str = ""
) -> HttpResponse:
    return page(request, "told.html", title, status=status, said=said, next_step=next_step)


def too_large(request: HttpRequest) -> HttpResponse:
    return _told(
        request,
        413,
        "Too large",
        f"That is larger than {LARGEST_FILE // MEGABYTE} MB, so it was not read.",
        "Save the sheet that holds the figures as a file of its own, or paste its cells.",
    )


def no_length(request: HttpRequest) -> HttpResponse:
    return _told(request, 411, "Not read", "What was sent does not say how long it is.")


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _told(
        request,
        400,
        "Not read",
        "What was sent could not be read as a form of this page, or holds more than"
        f" {LARGEST_FORM // MEGABYTE} MB of pasted text.",
        "Go back and send less at once, or choose the file itself.",
    )


def not_from_here(request: HttpRequest, reason: str = "", exception: Any = None) -> HttpResponse:
    return _told(
        request,
        403,
        "Not taken",
        "This page only takes what is sent from its own forms, on this machine.",
        "Open the start page, go back one page, or try once more there. If your browser refuses"
        " cookies for this address, allow them: they hold no content and go when it is closed.",
    )


def not_there(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _told(
        request,
        404,
        "Not here",
        "There is nothing at this address, or it has been forgotten.",
        f"Nothing is kept: what is not used for {IDLE_SECONDS // 60} minutes is forgotten."
        " Begin again from the start.",
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """A defect of ours. Where it stands is told in the terminal, and only when asked for."""
    if os.environ.get("ANSWERABLE_DEBUG"):
        traceback.print_exc()
    return _told(
        request,
        500,
        "Our mistake",
        "Something went wrong here that should not have. It is a defect of this software, not"
        " of what you sent.",
        "Go back and try another way. Nothing was written down, so to report it, say what"
        " you did, and leave out the figures.",
    )
