"""The claim about a line of figures."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ..forms.claim import ClaimForm
from ..judging import answered, usual_periods
from ..pages import CANNOT_BE_USED, page
from ..presenting import so_far
from ..things import Given


def claim(request: HttpRequest, name: str) -> HttpResponse:
    """Choose what is said of the line, or write it as it was said."""
    given = request.desk.get(name, Given)
    form = ClaimForm(given, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = answered(given, form.asked(), f"/claim/{name}/")
        return HttpResponseRedirect(f"/answer/{request.desk.put(answer)}/")
    usual = usual_periods(given)
    return page(
        request, "claim.html", "The claim", step=3, form=form, given=given,
        usual=usual[0].plain(), before=usual[1].plain(), so_far=so_far(given),
        other=form.is_bound and form.has_other_periods(),
        trail=[(2, f"/figures/{name}/")], status=CANNOT_BE_USED if form.errors else 200,
    )  # fmt: skip
