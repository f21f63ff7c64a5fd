"""A long extract: one figure a row, its header repeated, some rows in it twice."""

from datetime import date

from openpyxl import Workbook

from .pack import Claim, Expected, UglyPack, row, saved

REPORTS = "Domestic abuse reports"
CHARGED = "Charged (%)"
HEADER = ["Month", "District", "Measure", "Figure", "Extracted by"]

# April 2022 to March 2024, in order.
NORTH = [310, 305, 322, 330, 341, 318, 309, 300, 325, 298, 287, 311,
         304, 309, 316, 335, 338, 322, 301, 306, 319, 301, 284, 315]  # fmt: skip
SOUTH = [120, 131, 127, 125, 140, 133, 119, 122, 128, 117, 115, 126,
         124, 126, 130, 129, 135, 131, 124, 118, 127, 121, 111, 129]  # fmt: skip
SHARES = ["8.1", "7.9", "8.4", "8.0", "7.7", "8.3", "8.2", "7.8", "8.0", "8.5", "8.1", "7.9",
          "8.0", "8.2", "8.1", "7.9", "8.3", "8.0", "7.8", "8.2", "8.4", "8.1", "8.0",
          "8.3"]  # fmt: skip


def tidy_extract() -> UglyPack:
    """Months are dates; the header stands again after a year; two rows came twice."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Export"
    row(sheet, 1, 1, HEADER)
    at = 2
    for i in range(24):
        year, month = divmod(2022 * 12 + 3 + i, 12)
        day = date(year, month + 1, 1)
        rows = [("North", REPORTS, NORTH[i]), ("South", REPORTS, SOUTH[i]),
                ("North", CHARGED, SHARES[i])]  # fmt: skip
        if i == 12:
            row(sheet, at, 1, HEADER)
            at += 1
        if i in (5, 20):
            rows.append(rows[0])
        for area, measure, value in rows:
            row(sheet, at, 1, [day, area, measure, value, "A & I"])
            sheet.cell(at, 1).number_format = "dd/mm/yyyy"
            at += 1
    # Rows 2 to 17 hold five months; September's three are 17 to 19 and the repeat is row 20.
    return UglyPack(
        name="extract.xlsx",
        data=saved(book),
        lines=((REPORTS, "North"), (REPORTS, "South"), (CHARGED, "North")),
        expected=(
            Expected(REPORTS, "North", "2022-04", 310, "Export!D2"),
            Expected(REPORTS, "South", "2022-04", 120, "Export!D3"),
            Expected(CHARGED, "North", "2022-04", 0.081, "Export!D4", "share"),
            Expected(REPORTS, "North", "2022-09", 318, "Export!D17"),
            Expected(REPORTS, "North", "2023-04", 304, "Export!D40"),
            Expected(REPORTS, "North", "2024-03", 315, "Export!D74"),
            Expected(REPORTS, "South", "2024-03", 129, "Export!D75"),
            Expected(CHARGED, "North", "2024-03", 0.083, "Export!D76", "share"),
        ),
        remarked=("Export!D20",),
        claim=Claim(
            words="Reports of domestic abuse in the north have fallen.",
            line=REPORTS,
            area="North",
            says="fell",
            better="neither",
            period="2023/24",
            baseline="2022/23",
            target="",
            verdict="not shown",
        ),
    )
