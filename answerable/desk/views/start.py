"""The start: the doors by which figures and texts come in."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ...chain.body import InputMistake
from ...chain.sheets import Pack, open_bytes, paste, understand
from ...chain.texts import Document, check_arithmetic, open_pasted, open_text_bytes, read_text
from ..limits import LARGEST_FILE, MEGABYTE
from ..pages import CANNOT_BE_USED, page
from ..things import Given, Sheet, Text
from ..words import said_of
from .plain import too_large

OPENING = Lock()
"""One file is opened at a time, so that two tabs cannot take twice the memory."""


def start(request: HttpRequest, **more: Any) -> HttpResponse:
    """The doors, and what is on the desk already."""
    name = request.POST.get("said", "") or request.GET.get("said", "")
    said = said_of(request, name)
    shown: dict[str, Any] = {
        "forgotten": "forgotten" in request.GET,
        "said": said,
        "said_name": name if said else "",
        "largest": LARGEST_FILE // MEGABYTE,
        "lying": _lying(request),
        "cells": "",
        "words": "",
    }
    return page(request, "start.html", "Check a claim", step=1, **(shown | more))


def _lying(request: HttpRequest) -> list[tuple[str, str, str]]:
    """What is on the desk: address, name, and what it is."""
    found = []
    packs: set[int] = set()
    for name, sheet in request.desk.all(Sheet):
        if id(sheet.pack) not in packs:
            packs.add(id(sheet.pack))
            found.append((f"/sheet/{name}/", sheet.pack.name, "figures"))
    for name, text in request.desk.all(Text):
        found.append((f"/text/{name}/", text.document.name, "a text"))
    for name, given in request.desk.all(Given):
        found.append((f"/figures/{name}/", given.title, "figures that were typed"))
    return found


def file(request: HttpRequest) -> HttpResponse:
    """A spreadsheet that was chosen or dropped."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    sent = request.FILES.get("file")
    if request.META.get("desk.too_large"):
        return too_large(request)
    if sent is None:
        return _refused(request, ["Choose a spreadsheet first."])
    return _opened(request, lambda: open_bytes(sent.read(), sent.name))


def cells(request: HttpRequest) -> HttpResponse:
    """Cells that were pasted."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    pasted = request.POST.get("cells", "")
    return _opened(request, lambda: paste(pasted), cells=pasted)


def _opened(request: HttpRequest, opening: Callable[[], Pack], **kept: str) -> HttpResponse:
    try:
        with OPENING:
            pack = opening()
            understood = understand(pack)
    except InputMistake as mistake:
        return _refused(request, mistake.problems, **kept)
    sheet = Sheet(pack, (), understood, request.POST.get("said", ""))
    return HttpResponseRedirect(f"/sheet/{request.desk.put(sheet)}/")


def text(request: HttpRequest) -> HttpResponse:
    """A text that was pasted, or a file of one."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    sent, words = request.FILES.get("document"), request.POST.get("words", "")
    if request.META.get("desk.too_large"):
        return too_large(request)
    try:
        with OPENING:
            opened = (
                open_text_bytes(sent.read(), sent.name) if sent is not None else open_pasted(words)
            )
            return HttpResponseRedirect(f"/text/{request.desk.put(read(opened))}/")
    except InputMistake as mistake:
        return _refused(request, mistake.problems, words=words)


def read(document: Document) -> Text:
    """A document with what it asserts, and where its arithmetic slips."""
    return Text(document, read_text(document.text), check_arithmetic(document.text))


def _refused(request: HttpRequest, problems: Any, **kept: str) -> HttpResponse:
    response = start(request, problems=[str(problem) for problem in problems], **kept)
    response.status_code = CANNOT_BE_USED
    return response
