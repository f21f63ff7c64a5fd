"""A sheet that looks scanned: two tables beneath each other, small numbers, footnotes."""

from openpyxl import Workbook

from .pack import Claim, Expected, UglyPack, banner, row, saved

NOTICES = "Table 1: Protective notices issued, by area"
SATISFIED = "Satisfied"
SURVEYED = "Surveyed"
SHARE = "% satisfied"


def two_tables() -> UglyPack:
    """The second begins one column further right, and has counts behind its percentage."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Page 7"
    banner(sheet, "A1:H1", "Domestic abuse dashboard – OFFICIAL – printed 14/07/2023")
    sheet["A3"] = NOTICES
    row(sheet, 4, 1, ["Area", "Jan-23", "Feb-23", "Mar-23", "Apr-23", "May-23", "Jun-23", "Total"])
    row(sheet, 5, 1, ["North", "12", "9 (1)", "14", " 11 ", "10", "13", "69"])
    row(sheet, 6, 1, ["South", "<5", "7", "-", "6", "<5", "8", "*"])
    row(sheet, 7, 1, ["East\u00a0", "21", "1\u00a0020", "19r", "n/a", "22", "24p", "1,106"])
    sheet["A8"] = "(1) Corrected after audit."
    sheet["A9"] = "<5 Numbers below five are withheld. p provisional, r revised."

    sheet["B12"] = "Table 2: Victim satisfaction"
    row(sheet, 13, 3, ["Q1 22/23", "Q2 22/23", "Q3 22/23", "Q4 22/23", "2022/23", "Target"])
    row(sheet, 14, 2, [SATISFIED, "96", "88", "101", "90", "375", None])
    row(sheet, 15, 2, [SURVEYED, "128", "125", "135", "124", "512", None])
    row(sheet, 16, 2, [SHARE, "75.0%", "70.4%", "74.8%", "72.6%", "73.2%", "80%"])
    sheet["B18"] = "Source: telephone survey of victims."
    lines = [(NOTICES, "North"), (NOTICES, "South"), (NOTICES, "East")]
    lines += [(SATISFIED, "all"), (SURVEYED, "all"), (SHARE, "all")]
    return UglyPack(
        name="dashboard page 7.xlsx",
        data=saved(book),
        lines=tuple(lines),
        expected=(
            Expected(NOTICES, "North", "2023-01", 12, "Page 7!B5"),
            Expected(NOTICES, "North", "2023-02", 9, "Page 7!C5"),
            Expected(NOTICES, "North", "2023-04", 11, "Page 7!E5"),
            Expected(NOTICES, "South", "2023-01", None, "Page 7!B6", status="suppressed"),
            Expected(NOTICES, "South", "2023-03", None, "Page 7!D6", status="missing"),
            Expected(NOTICES, "South", "2023-06", 8, "Page 7!G6"),
            Expected(NOTICES, "East", "2023-02", 1020, "Page 7!C7"),
            Expected(NOTICES, "East", "2023-03", 19, "Page 7!D7", status="revised"),
            Expected(NOTICES, "East", "2023-04", None, "Page 7!E7", status="missing"),
            Expected(NOTICES, "East", "2023-06", 24, "Page 7!G7", status="provisional"),
            Expected(SATISFIED, "all", "2022/23-Q1", 96, "Page 7!C14"),
            Expected(SURVEYED, "all", "2022/23-Q4", 124, "Page 7!F15"),
            Expected(SHARE, "all", "2022/23-Q1", 0.75, "Page 7!C16", "share",
                     numerator=96, denominator=128),
            Expected(SHARE, "all", "2022/23-Q4", 90 / 124, "Page 7!F16", "share",
                     numerator=90, denominator=124),
        ),
        # 12 + 9 + 14 + 11 + 10 + 13 is 69; South's dash may be a nought
        remarked=("Page 7!D6",),
        claim=Claim(
            words="Victim satisfaction has remained below the target of 80%.",
            line=SHARE,
            area="all",
            says="misses",
            better="higher",
            period="2022/23",
            baseline="",
            target="80%",
            verdict="supported",
        ),
    )  # fmt: skip
