"""Two financial years side by side: the year above, bare months below, and a year to date."""

from openpyxl import Workbook

from .pack import Claim, Expected, UglyPack, banner, row, saved

MONTHS = "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()
ARRESTS = "Domestic abuse arrests"
CRIMES = "Domestic abuse crimes"

# Each year by hand: the sums are 1,212 and 1,452, 4,790 and 4,802.
ARRESTS_22 = [98, 103, 101, 99, 104, 100, 97, 102, 105, 101, 99, 103]
ARRESTS_23 = [118, 121, 123, 119, 124, 122, 117, 120, 125, 122, 119, 122]
CRIMES_22 = [402, 398, 395, 410, 405, 396, 399, 401, 404, 390, 392, 398]
CRIMES_23 = [399, 405, 400, 398, 402, 396, 407, 401, 403, 394, 396, 401]


def bare_months() -> UglyPack:
    """The year to date of arrests in 2023/24 was typed with two digits exchanged."""
    book = Workbook()
    sheet = book.active
    sheet.title = "KPI"
    banner(sheet, "A1:AA1", "Performance pack: domestic abuse")
    banner(sheet, "B3:N3", "2022/23")
    banner(sheet, "O3:AA3", "2023/24")
    row(sheet, 4, 1, ["Measure", *MONTHS, "YTD", *MONTHS, "YTD"])
    row(sheet, 5, 1, [ARRESTS, *ARRESTS_22, 1212, *ARRESTS_23, 1425])
    row(sheet, 6, 1, [CRIMES, *CRIMES_22, 4790, *CRIMES_23, 4802], "#,##0")
    row(sheet, 7, 1, ["Arrests target", *[100] * 12, None, *[100] * 12, None])
    sheet["A9"] = "Note: arrests are counted on the day of arrest."
    return UglyPack(
        name="KPI pack.xlsx",
        data=saved(book),
        lines=((ARRESTS, "all"), (CRIMES, "all")),
        expected=(
            Expected(ARRESTS, "all", "2022-04", 98, "KPI!B5"),
            Expected(ARRESTS, "all", "2022-12", 105, "KPI!J5"),
            Expected(ARRESTS, "all", "2023-01", 101, "KPI!K5"),
            Expected(ARRESTS, "all", "2023-03", 103, "KPI!M5"),
            Expected(ARRESTS, "all", "2023-04", 118, "KPI!O5"),
            Expected(ARRESTS, "all", "2024-03", 122, "KPI!Z5"),
            Expected(CRIMES, "all", "2022-04", 402, "KPI!B6"),
            Expected(CRIMES, "all", "2024-01", 394, "KPI!X6"),
            Expected(CRIMES, "all", "2024-03", 401, "KPI!Z6"),
        ),
        remarked=("KPI!AA5",),
        claim=Claim(
            words="More people were arrested for domestic abuse than in the year before.",
            line=ARRESTS,
            area="all",
            says="rose",
            better="neither",
            period="2023/24",
            baseline="2022/23",
            target="",
            verdict="supported",
        ),
    )
