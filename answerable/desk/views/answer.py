"""The answer, and what may be taken away."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from ..pages import page
from ..presenting import answer_words, figures_table, so_far
from ..taken import PAPERS, keep, offered
from ..things import Answer


def answer(request: HttpRequest, name: str) -> HttpResponse:
    """The verdict with everything that it rests on; posted to, it is kept as well."""
    found = request.desk.get(name, Answer)
    kept = ""
    if request.method == "POST" and settings.DESK_KEEP is not None:
        kept = str(keep(found, settings.DESK_KEEP, date.today()))
    return page(
        request, "answer.html", "The answer", step=4, name=name, answer=found,
        **answer_words(found), table=figures_table(found.given), kept=kept,
        keeps=settings.DESK_KEEP, so_far=so_far(found.given, found.asked),
        trail=[(2, found.given.back), (3, found.claim)],
    )  # fmt: skip


def taken_away(request: HttpRequest, name: str, what: str) -> HttpResponse:
    """One document of the answer, to be saved by the browser."""
    found = request.desk.get(name, Answer)
    if what not in offered(found):
        raise Http404
    _, kind, make = PAPERS[what]
    response = HttpResponse(make(found, date.today()), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{what}"'
    return response
