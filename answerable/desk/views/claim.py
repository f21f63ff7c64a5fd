"""The claim about a line of figures."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from ...chain.body import WHOLE, InputMistake
from ...chain.figures import Figure
from ...chain.measures import shown
from ...chain.sheets import Line, Table
from ...chain.texts import open_pasted
from ..forms.claim import ClaimForm
from ..judging import answered, usual_periods
from ..pages import CANNOT_BE_USED, page
from ..presenting import asserted, figures_table, so_far, told
from ..things import Asked, Given, Sheet, Text
from ..worded import LACKS
from ..words import CANNOT, said_of, statements, suggested
from .start import read


def of_typed(request: HttpRequest, name: str) -> HttpResponse:
    """A claim about figures that were typed."""
    given = request.desk.get(name, Given)
    return _claim(request, given, f"/claim/{name}/", f"/figures/{name}/")


def of_line(request: HttpRequest, name: str, table: int, line: int) -> HttpResponse:
    """A claim about a line of a spreadsheet."""
    found = request.desk.get(name, Sheet)
    tables = found.understood.tables
    if table >= len(tables) or line >= len(tables[table].lines):
        raise Http404
    return _claim(
        request, given_of(found, name, table, line), f"/sheet/{name}/{table}/{line}/",
        f"/sheet/{name}/",
    )  # fmt: skip


def given_of(sheet: Sheet, name: str, table: int, line: int) -> Given:
    """A line of a spreadsheet as figures ready for a claim."""
    chosen = sheet.understood.tables[table].lines[line]
    return Given(
        chosen.name, chosen.figures, sheet.pack.name, f"/sheet/{name}/",
        area="" if chosen.area == "all" else chosen.area,
        targets=sheet.understood.tables[table].targets, said=sheet.said,
        others=others_of(sheet.understood.tables[table], chosen),
    )  # fmt: skip


def others_of(table: Table, chosen: Line) -> tuple[Figure, ...]:
    """The figures of the other areas of a table that are of the same thing, in the same unit."""
    mine = chosen.figures[0]
    return tuple(
        figure
        for line in table.lines
        if line.name == chosen.name and line.area not in (chosen.area, WHOLE)
        for figure in line.figures
        if (figure.unit, figure.per, figure.statistic) == (mine.unit, mine.per, mine.statistic)
    )


def _claim(request: HttpRequest, given: Given, here: str, back: str) -> HttpResponse:
    """Choose what is said of the line, or write it as it was said and have it read."""
    name = request.GET.get("said", given.said)
    said = said_of(request, name)
    if "read" in request.POST:
        return _read(request, given, here, back)
    several = statements(request, name)
    if request.method == "POST":
        form = ClaimForm(given, request.POST)
        if form.is_valid():
            claim = here + (f"?said={name}" if said else "")
            answer = answered(given, form.asked(), claim)
            others = _others(request, answer.asked, name if said else "", here)
            return HttpResponseRedirect(
                f"/answer/{request.desk.put(replace(answer, others=others))}/"
            )
    else:
        kept = name.rpartition(".")[0]
        whole = {"words": request.desk.get(kept, Text).document.text} if several else {}
        form = ClaimForm(given, initial=suggested(said, given) if said else whole)
    choices = [(f"{here}?said={each}", told(one), each == name) for each, one in several]
    return _shown(request, given, form, back, said=said, several=choices,
                  unread=name and not said and not several)  # fmt: skip


def _others(
    request: HttpRequest, asked: Asked, name: str, here: str
) -> tuple[tuple[str, str], ...]:
    """What the words say besides what was tested, each with the address at which it can be."""
    several = statements(request, name)
    if not several and asked.words:
        several = statements(request, f"{request.desk.put(read(open_pasted(asked.words)))}.")
        name = ""
    return tuple((f"{here}?said={each}", told(one)) for each, one in several if each != name)


def _read(request: HttpRequest, given: Given, here: str, back: str) -> HttpResponse:
    """Read the words, and come back with what they fix filled in."""
    try:
        text = read(open_pasted(request.POST.get("words", "")))
    except InputMistake:
        return _shown(request, given, ClaimForm(given), back, nothing=True)
    kept = request.desk.put(text)
    # Of several statements a person chooses one: the first is not taken for the others.
    return HttpResponseRedirect(f"{here}?said={kept}.{'' if len(text.assertions) > 1 else '0'}")


def _shown(
    request: HttpRequest, given: Given, form: ClaimForm, back: str, **more: Any
) -> HttpResponse:
    said = more.get("said")
    usual = usual_periods(given)
    return page(
        request, "claim.html", "The claim", step=3, form=form, given=given,
        usual=usual[0].plain(), before=usual[1].plain(), so_far=so_far(given),
        other=form.has_other_periods(), trail=[(2, back)], table=figures_table(given),
        read=asserted(said) if said else (), cannot=CANNOT.get(said.kind, "") if said else "",
        lacks=[LACKS.get(each, each) for each in said.missing] if said else [],
        targets=[f"{t.name}, {shown(t.value, t.unit, exact=True)}" for t in given.targets],
        several=more.get("several", ()), unread=more.get("unread", False),
        nothing=more.get("nothing", False),
        status=CANNOT_BE_USED if form.errors or "nothing" in more else 200,
    )  # fmt: skip
