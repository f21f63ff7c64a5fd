"""A text with what it asserts, and binding one of its sentences to figures."""

from django.http import Http404, HttpRequest, HttpResponse

from ..marked import arithmetic, marked, sentences
from ..pages import page
from ..presenting import asserted
from ..things import Given, Sheet, Text
from ..worded import LACKS
from ..words import CANNOT


def text(request: HttpRequest, name: str) -> HttpResponse:
    """The text, with every sentence that can be checked marked and explained."""
    found = request.desk.get(name, Text)
    blocks, left = marked(found)
    return page(
        request, "text.html", "What can be checked", step=2, document=found.document, name=name,
        blocks=blocks, left=left, sentences=sentences(found), slips=arithmetic(found),
        notices=found.document.notices,
    )  # fmt: skip


def bind(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One sentence, and the figures on which it could be tested."""
    found = request.desk.get(name, Text)
    if number >= len(found.assertions):
        raise Http404
    said = found.assertions[number]
    return page(
        request, "bind.html", "Test a sentence on figures", step=2, said=said,
        said_name=f"{name}.{number}", asserts=asserted(said), cannot=CANNOT.get(said.kind, ""),
        lacks=[LACKS.get(each, each) for each in said.missing],
        where=found.document.cite(said.start, said.end), lines=_lines(request),
        trail=[(1, f"/text/{name}/")],
    )  # fmt: skip


def _lines(request: HttpRequest) -> list[tuple[str, str]]:
    """Every line of figures on the desk: its address and what it is. Of a spreadsheet that was
    put right, only as it was understood last."""
    found = [(f"/claim/{name}/", given.full) for name, given in request.desk.all(Given)]
    packs: set[int] = set()
    for name, sheet in request.desk.all(Sheet):
        if id(sheet.pack) in packs:
            continue
        packs.add(id(sheet.pack))
        for t, table in enumerate(sheet.understood.tables):
            for i, line in enumerate(table.lines):
                words = line.name if line.area == "all" else f"{line.name}, {line.area}"
                found.append((f"/sheet/{name}/{t}/{i}/", f"{words} ({sheet.pack.name})"))
    return found
