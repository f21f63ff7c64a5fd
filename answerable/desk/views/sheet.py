"""What was understood of a spreadsheet, and how it is put right."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ...chain.body import InputMistake
from ...chain.sheets import Correction, understand
from ..forms.correct import FIELDS, CorrectionForm
from ..pages import CANNOT_BE_USED, page
from ..seen import in_words, kinds_of_correction, made, problems, tables
from ..things import Sheet
from ..words import said_of
from .start import OPENING


def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """The tables as they were understood; posted to, understood again with a correction more,
    or one fewer, as another thing with an address of its own."""
    found = request.desk.get(name, Sheet)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            corrected = _corrected(request, found)
            return HttpResponseRedirect(f"/sheet/{request.desk.put(corrected)}/")
        except InputMistake as mistake:
            wrong = [in_words(problem) for problem in mistake.problems]
    shown = tables(found, name)
    return page(
        request, "sheet.html", "What was understood", step=2, pack=found.pack, name=name,
        tables=shown, problems=problems(found), notices=found.understood.notices,
        made=made(found), wrong=wrong, filled=_filled(request, wrong), kinds=kinds_of_correction(),
        said=said_of(request, found.said),
        sheets=[grid.name for grid in found.pack.grids],
        lines=sum(len(table["lines"]) for table in shown),
        status=CANNOT_BE_USED if wrong else 200,
    )  # fmt: skip


def _filled(request: HttpRequest, wrong: list[str]) -> dict[str, str]:
    """What stands in the form: what was sent, where it could not be used."""
    return {key: request.POST.get(key, "") if wrong else "" for key in FIELDS}


def _corrected(request: HttpRequest, found: Sheet) -> Sheet:
    """The same pack with the corrections that the form leaves. Raises InputMistake."""
    with OPENING:
        held = _held(request, found)
        return replace(found, corrections=held, understood=understand(found.pack, held))


def _held(request: HttpRequest, found: Sheet) -> tuple[Correction, ...]:
    back = request.POST.get("take_back", "")
    if back.isdigit():
        return tuple(c for i, c in enumerate(found.corrections) if i != int(back))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return found.corrections
    return (*found.corrections, *form.corrections())
