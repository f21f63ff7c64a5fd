"""The answer, and what may be taken away."""

from django.http import Http404, HttpRequest, HttpResponse

from ..pages import page
from ..presenting import answer_words, chart, figures_table, so_far
from ..things import Answer


def answer(request: HttpRequest, name: str) -> HttpResponse:
    """The verdict with everything that it rests on."""
    found = request.desk.get(name, Answer)
    return page(
        request, "answer.html", "The answer", step=4, name=name, answer=found,
        **answer_words(found), chart=chart(found), table=figures_table(found.given),
        so_far=so_far(found.given, found.asked), trail=[(2, found.given.back), (3, found.claim)],
    )  # fmt: skip


def taken_away(request: HttpRequest, name: str, what: str) -> HttpResponse:
    """One document of the answer."""
    raise Http404
