"""The door for figures that somebody types."""

from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ...chain.body import Month
from ..forms.typed import What
from ..pages import CANNOT_BE_USED, page
from ..presenting import figures_table
from ..things import Given, Typing
from ..typed import figures, names

WHAT = ("how many", "out of")
"""What the two boxes of a period are."""


def what(request: HttpRequest) -> HttpResponse:
    """What the figures are, before they are typed."""
    first = Month.of(date.today()) + -24
    form = What(request.POST or None, initial={"month": first.month, "year": first.year})
    said = request.POST.get("said", "") or request.GET.get("said", "")
    if request.method == "POST" and form.is_valid():
        name = request.desk.put(replace(form.typing(date.today()), said=said))
        return HttpResponseRedirect(f"/type/{name}/")
    status = CANNOT_BE_USED if form.errors else 200
    return page(request, "type.html", "Type figures", step=1, form=form, said=said, status=status)


def values(request: HttpRequest, name: str) -> HttpResponse:
    """A box for each period."""
    typing = request.desk.get(name, Typing)
    filled = request.POST if request.method == "POST" else {}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        found, wrong = figures(typing, filled)
        if not wrong:
            given = Given(typing.title, found, typing.source, f"/type/{name}/", typing=typing,
                          said=typing.said)  # fmt: skip
            return HttpResponseRedirect(f"/figures/{request.desk.put(given)}/")
    rows = [
        (period.plain(), [_box(n, i, filled, wrong) for i, n in enumerate((a, b)) if n])
        for period, a, b in names(typing)
    ]
    return page(
        request, "values.html", "Type figures", step=1, typing=typing, rows=rows,
        wrong=[(f"#{box}", f"{_named(typing)[box]}: {told}") for box, told in wrong.items()],
        status=CANNOT_BE_USED if wrong else 200,
    )  # fmt: skip


def _named(typing: Typing) -> dict[str, str]:
    """Each box by its name, as its label calls it."""
    found = {}
    for period, first, second in names(typing):
        both = zip((first, second), WHAT, strict=True)
        for name, what in both:
            found[name] = f"{period.plain()}, {what}" if second else period.plain()
    return found


def _box(name: str, column: int, filled: dict[str, str], wrong: dict[str, str]) -> dict[str, str]:
    return {
        "name": name,
        "value": filled.get(name, ""),
        "wrong": wrong.get(name, ""),
        "what": WHAT[column],
    }


def understood(request: HttpRequest, name: str) -> HttpResponse:
    """What was typed, as it was understood."""
    given = request.desk.get(name, Given)
    return page(
        request, "figures.html", "What was understood", step=2, given=given, name=name,
        table=figures_table(given), trail=[(1, given.back)],
    )  # fmt: skip
