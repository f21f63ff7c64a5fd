"""Spreadsheets at the desk: six as ugly as real ones, and what is refused."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from answerable.chain.body import Period
from answerable.chain.sheets import Cell, Grid, Pack, Understood
from answerable.desk import limits, memory
from answerable.desk.presenting import short
from answerable.desk.things import Sheet
from tests.ugly import FROM_REFERENCE, OWN, UglyPack
from tests.ugly.pack import Expected, saved
from tests.visitor import Visitor


def open_file(visitor: Visitor, name: str, data: bytes) -> None:
    visitor.get("/")
    visitor.post("/file/", {"file": SimpleUploadedFile(name, data)})


def line_address(visitor: Visitor, line: str, area: str) -> str:
    """The address of a line on the page, by its name and area."""
    wanted = {f"{line}, {'the whole' if area == 'all' else area}"}
    wanted |= {line} if area == "all" else set()
    for address, words in re.findall(r'<li><a href="(/sheet/[^"]+)">(.*?)</a>', visitor.page):
        if unescape(re.sub(r"<[^>]+>", "", words)) in wanted:
            return str(address)
    raise AssertionError(f"no line {line}, {area}: {visitor.text}")


def shown_figures(visitor: Visitor) -> dict[str, tuple[str, str]]:
    """Period → (figure, place) of the table of figures on the page."""
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", visitor.page, flags=re.S)
    found = {}
    for row in rows:
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.split(r"</t[hd]>", row)]
        found[cells[0]] = (cells[1], cells[-2])
    return found


def in_words(expected: Expected) -> str:
    """How a figure that was worked out by hand reads on the page."""
    if expected.status == "suppressed":
        return "withheld"
    if expected.value is None:
        return "no figure"
    if expected.unit == "share":
        return f"{expected.value * 100:.1f}%"
    if expected.unit == "seconds":
        minutes, seconds = divmod(int(expected.value), 60)
        hours, minutes = divmod(minutes, 60)
        parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
        words = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
        return " ".join(words[:2])
    return f"{expected.value:,.0f}"


def check(visitor: Visitor, pack: UglyPack) -> None:
    open_file(visitor, pack.name, pack.data)
    assert visitor.at.startswith("/sheet/"), visitor.text
    sheet = visitor.at
    for cell in pack.remarked:
        assert cell in visitor.text
    for line, area in {(e.line, e.area) for e in pack.expected}:
        visitor.get(sheet)
        visitor.get(line_address(visitor, line, area))
        found = shown_figures(visitor)
        for each in pack.expected:
            if (each.line, each.area) == (line, area):
                seen, place = found[short(Period.parse(each.period))]
                assert (seen.split(",")[0] if each.status != "ok" else seen, place) == (
                    in_words(each),
                    each.place,
                )
    judged(visitor, pack, sheet)


def judged(visitor: Visitor, pack: UglyPack, sheet: str) -> None:
    claim = pack.claim
    visitor.get(sheet)
    visitor.get(line_address(visitor, claim.line, claim.area))
    period = Period.parse(claim.period)
    baseline = Period.parse(claim.baseline) if claim.baseline else period.earlier(12)
    visitor.post(
        visitor.at,
        {
            "words": claim.words, "says": claim.says, "better": claim.better,
            "first": str(period.first), "last": str(period.last),
            "base_first": str(baseline.first), "base_last": str(baseline.last),
            "target": claim.target, "why": "as it was said",
        },
    )  # fmt: skip
    assert visitor.at.startswith("/answer/"), visitor.text
    labels = {
        "supported": "the record shows this",
        "contradicted": "the record shows the opposite",
        "not shown": "within ordinary variation",
        "cannot tell": "cannot tell",
    }
    assert labels.get(claim.verdict, "") in visitor.text
    text = visitor.client.get(f"{visitor.at}figures.csv").content.decode()
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(text))}
    for each in pack.expected:
        if (each.line, each.area) == (claim.line, claim.area) and each.value is not None:
            row = rows[each.place]
            if each.numerator is None:
                assert float(row["value"]) == pytest.approx(each.value, rel=1e-9)
            else:
                counts = (float(row["numerator"]), float(row["denominator"]))
                assert counts == (each.numerator, each.denominator)


@pytest.mark.parametrize("make", OWN, ids=lambda make: make.__name__)
def test_an_ugly_spreadsheet_comes_to_its_verdict(
    visitor: Visitor, make: Callable[[], UglyPack]
) -> None:
    check(visitor, make())


@pytest.mark.reference
@pytest.mark.parametrize("make", FROM_REFERENCE, ids=lambda make: make.__name__)
def test_an_ugly_spreadsheet_of_real_figures_comes_to_its_verdict(
    visitor: Visitor, make: Callable[[Path], UglyPack], reference: Path
) -> None:
    check(visitor, make(reference))


def wide(header: str, *rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = header
    for row in rows:
        sheet.append(row)
    return saved(book)


MONTHS = ["Measure", *(f"{m}-23" for m in "Jan Feb Mar Apr May Jun".split())]


def test_script_in_names_and_cells_is_shown_and_never_run(visitor: Visitor) -> None:
    bad = "<script>alert(1)</script>"
    data = wide("<b>x<\u2215b>", ["Measure", *MONTHS[1:]], [bad, 1, 2, 3, 4, 5, 6], [bad, bad])
    open_file(visitor, "<img src=x>.xlsx", data)
    assert visitor.at.startswith("/sheet/")
    assert (
        "<script" not in visitor.page and "<b>x" not in visitor.page and "<img" not in visitor.page
    )
    assert "&lt;script&gt;" in visitor.page


def test_a_correction_makes_another_page_and_can_be_taken_back(visitor: Visitor) -> None:
    data = wide("KPI", MONTHS, ["Arrests", 10, "-", 12, 13, 12, 11])
    open_file(visitor, "kpi.xlsx", data)
    before = visitor.at
    visitor.post(before, {"what": "dash", "value": "zero", "sheet": "KPI", "at": "C2"})
    after = visitor.at
    assert after != before and "Put right by you" in visitor.text
    visitor.get(line_address(visitor, "Arrests", "all"))
    assert shown_figures(visitor)["Feb 2023"] == ("0", "KPI!C2")
    visitor.get(before)
    visitor.get(line_address(visitor, "Arrests", "all"))
    assert shown_figures(visitor)["Feb 2023"][0] == "no figure", "the back button goes back"
    visitor.get(after)
    visitor.post(after, {"take_back": "0"})
    assert "Put right by you" not in visitor.text


def test_a_correction_that_cannot_be_meant_says_why(visitor: Visitor) -> None:
    open_file(visitor, "kpi.xlsx", wide("KPI", MONTHS, ["Arrests", 10, 11, 12, 13, 12, 11]))
    address = visitor.at
    response = visitor.post(address, {"what": "header", "sheet": "KPI", "at": "nowhere"})
    assert response.status_code == 422
    assert "The row of headings: 'NOWHERE' is not a cell." in visitor.text
    assert 'value="nowhere"' in visitor.page, "what was written stays where it was written"
    assert "Arrests" in visitor.text, "what was understood stays"


def test_pasted_cells(visitor: Visitor) -> None:
    visitor.get("/")
    cells = "\t".join(MONTHS) + "\nArrests\t10\t11\t12\t13\t12\t<5"
    visitor.post("/paste/", {"cells": cells})
    assert visitor.at.startswith("/sheet/")
    visitor.get(line_address(visitor, "Arrests", "all"))
    assert shown_figures(visitor)["Jun 2023"][0] == "withheld"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04 cut short", "cut short"),
        ("a.pdf", b"%PDF-1.7 ...", "not a spreadsheet"),
        ("a.csv", b"\x00\x00\x00", "empty"),
    ],
    ids=["empty", "damaged", "pdf", "zeros"],
)
def test_what_cannot_be_opened_is_told_in_one_sentence(
    visitor: Visitor, name: str, data: bytes, told: str
) -> None:
    visitor.get("/")
    response = visitor.post("/file/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422
    assert told in visitor.text


def test_no_file_and_no_cells_are_asked_for(visitor: Visitor) -> None:
    visitor.get("/")
    assert visitor.post("/file/", {}).status_code == 422
    assert "Choose a spreadsheet first." in visitor.text
    assert visitor.post("/paste/", {"cells": "  "}).status_code == 422
    assert "nothing was pasted" in visitor.text


@pytest.mark.parametrize("address", ["9/0/", "0/99/", "0/0/0/", "x/0/"])
def test_a_line_that_is_not_there(visitor: Visitor, address: str) -> None:
    open_file(visitor, "kpi.xlsx", wide("KPI", MONTHS, ["Arrests", 10, 11, 12, 13, 12, 11]))
    assert visitor.get(visitor.at + address).status_code == 404


def test_what_a_file_hides_is_named_and_not_followed(visitor: Visitor) -> None:
    book = Workbook()
    book.active.title = "KPI"
    for row in (MONTHS, ["Arrests", 10, 11, 12, 13, 12, 11]):
        book.active.append(row)
    hidden = book.create_sheet("Workings")
    hidden.sheet_state = "hidden"
    hidden.append(["never to be shown", 1])
    open_file(visitor, "kpi.xlsx", saved(book))
    assert "Workings" in visitor.text and "never to be shown" not in visitor.page


def test_large_files_make_room_for_each_other(visitor: Visitor) -> None:
    """The one not looked at for longest is forgotten, with all that was made of it."""
    desk = memory.Desk()
    sheets = []
    for number in range(3):
        cells = dict.fromkeys(((row, 1) for row in range(limits.MOST_HELD // 2)), Cell(1, "1"))
        pack = Pack(f"{number}", f"{number}", (Grid("S", cells, len(cells), 1),))
        sheets.append(Sheet(pack, (), Understood("", ())))
    first, second = desk.put(sheets[0]), desk.put(sheets[1])
    again = desk.put(replace(sheets[0], said="x"))
    third = desk.put(sheets[2])
    for name in (first, again, third):
        assert desk.get(name, Sheet)
    with pytest.raises(memory.Forgotten):
        desk.get(second, Sheet)


def fix_form(visitor: Visitor, words: str) -> dict[str, str]:
    """What the form beside a sentence of the page would send, but for its value."""
    after = visitor.page[visitor.page.index(words) :]
    form = after[after.index("<form") : after.index("</form>")]
    fields = dict(re.findall(r'name="(what|sheet|at|value)" value="([^"]*)"', form))
    return {name: unescape(value) for name, value in fields.items()}


def test_what_stopped_a_line_has_its_form_beside_it(visitor: Visitor) -> None:
    open_file(visitor, "pack.csv", b'Measure,Apr-23,May-23\nArrests,"1,2O4",7\nCharges,1,2\n')
    assert "Correct it, or leave it empty. Until then its line (Arrests) is left out." in (
        visitor.text
    )
    assert "a correction" not in visitor.text and "`" not in visitor.text
    form = fix_form(visitor, "pack.csv!B2")
    assert form == {"what": "cell", "sheet": "pack.csv", "at": "B2", "value": "1,2O4"}
    visitor.post(visitor.at, form | {"value": "1,204"})
    assert "2 lines of figures" in visitor.text
    assert "What could not be understood" not in visitor.text


def test_a_remark_on_several_cells_is_put_right_for_all_of_them(visitor: Visitor) -> None:
    rows = [
        ["Grade", *MONTHS[1:3]],
        *([f"Grade {n} response (mins)", 10 + n, 11 + n] for n in range(7)),
    ]
    open_file(visitor, "pack.xlsx", wide("Response", *rows))
    assert "and 2 more" in visitor.text
    visitor.post(visitor.at, fix_form(visitor, "read as minutes") | {"value": "hours"})
    assert "read as minutes" not in visitor.text


def test_what_decimals_are_measured_in_is_asked_for_and_then_used(visitor: Visitor) -> None:
    open_file(visitor, "rate.csv", b"Month,Reports,Rate\nApr-23,12,31.9\nMay-23,14,30.2\n")
    assert "no heading says what it is measured in" in visitor.text
    assert "its line (Rate) is left out" in visitor.text
    assert 'name="what" value="unit"' in visitor.page
    at = re.search(r'name="at" value="(C2)"', visitor.page)
    assert at is not None
    told = {"what": "unit", "value": "per 1,000", "sheet": "rate.csv", "at": at[1]}
    visitor.post(visitor.at, told)
    visitor.get(line_address(visitor, "Rate", "all"))
    assert shown_figures(visitor)["Apr 2023"][0] == "31.9 per 1,000"


def test_an_area_is_set_beside_the_others_of_its_table(visitor: Visitor) -> None:
    shares = {"North": 30, "South": 31, "East": 29, "West": 55}
    months = [str(month) for month in Period.parse("2023-01..2023-12")]
    rows = [f"{m}\t{area}\t{share}%\t200" for m in months for area, share in shares.items()]
    visitor.get("/")
    visitor.post("/paste/", {"cells": "Month\tArea\t% charged\tn\n" + "\n".join(rows)})
    sheet = visitor.at
    said = {"says": "outlier", "better": "higher", "first": "2023-01", "last": "2023-12",
            "base_first": "2022-01", "base_last": "2022-12"}  # fmt: skip
    for area, told in (("West", "the record shows this; mix not checked"),
                       ("North", "within ordinary variation")):  # fmt: skip
        visitor.get(sheet)
        visitor.get(line_address(visitor, "% charged", area))
        assert "this area stands out from the others" in visitor.text
        visitor.post(visitor.at, said)
        assert told in visitor.text, visitor.text
        assert f"% charged, {area}: {shares[area]}.0%" in visitor.text


def test_a_line_without_other_areas_is_set_beside_nothing(visitor: Visitor) -> None:
    open_file(visitor, "kpi.xlsx", wide("KPI", MONTHS, ["Arrests", 10, 11, 12, 13, 12, 11]))
    visitor.get(line_address(visitor, "Arrests", "all"))
    assert "stands out from the others" not in visitor.text
    answer = visitor.post(visitor.at, {"says": "outlier", "better": "higher"})
    assert answer.status_code == 422
