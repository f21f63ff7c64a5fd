"""Every page: Django's templates alone, with what all of them need."""

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import Context, Engine, Template

HERE = Path(__file__).parent
STEPS = ("Start", "What was understood", "The claim", "The answer")
CANNOT_BE_USED = 422
"""The status of a page that says what could not be used."""
_HOLE = f"[MISSING {secrets.token_hex(8)} "


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(HERE / "templates")], string_if_invalid=_HOLE + "%s]", autoescape=True)


@cache
def _template(name: str) -> Template:
    return _engine().get_template(name)


class MissingText(Exception):
    """A template asked for something that its page did not give. A defect of ours."""


def page(
    request: HttpRequest, template: str, title: str, /, *, status: int = 200, **values: Any
) -> HttpResponse:
    """A page. Its title holds nothing that was given to us: browsers keep titles.

    step     which of the four steps it is, from 1; 0 for a page beside them
    trail    (step, address) of earlier steps that can be gone back to
    so_far   (what, said) pairs: what is understood so far
    """
    trail = dict(values.pop("trail", ()))
    here = values.setdefault("step", 0)
    steps = [
        (number, words, number == here, trail.get(number, "/" if number == 1 else ""))
        for number, words in enumerate(STEPS, start=1)
    ]
    known: dict[str, Any] = {"title": title, "steps": steps, "so_far": (), "problems": ()}
    known["csrf"] = ""
    known["something"] = bool(getattr(request, "desk", None) and request.desk.all(object))
    if hasattr(request, "desk"):
        known["csrf"] = get_token(request)
    html = _template(template).render(Context(known | values, autoescape=True))
    if _HOLE in html:
        hole = html.split(_HOLE, 1)[1].split("]", 1)[0]
        raise MissingText(f"{template} has no value for {hole}")
    return HttpResponse(html, status=status)
