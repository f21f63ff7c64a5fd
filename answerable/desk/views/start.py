"""The start: the doors by which figures and texts come in."""

from django.http import HttpRequest, HttpResponse

from ..pages import page


def start(request: HttpRequest) -> HttpResponse:
    """The doors, and what is on the desk already."""
    return page(
        request,
        "start.html",
        "Check a claim",
        step=1,
        forgotten="forgotten" in request.GET,
    )
