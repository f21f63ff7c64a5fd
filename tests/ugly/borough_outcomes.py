"""Suspects charged, by borough and month: a banner, years over months, totals each way."""

import csv
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .pack import Claim, Expected, UglyPack, banner, row, saved

LINE = "Suspects charged, by borough"
BOROUGHS = "Barnet Bexley Brent Camden Croydon Hackney Lambeth Southwark".split()
SOURCE = "uk_met_borough_monthly/outcomes_cleaned.csv"


def read(reference: Path) -> dict[tuple[str, str], int]:
    """Suspects charged by (borough, first day of the month)."""
    with (reference / SOURCE).open(encoding="utf-8", newline="") as file:
        return {
            (line["Borough"], line["Date"]): int(line["Outcome type_Suspect charged"])
            for line in csv.DictReader(file)
        }


def borough_outcomes(reference: Path) -> UglyPack:
    """April 2021 to January 2024; Barnet's total of 2021/22 is typed wrongly: it is 1,078."""
    counts = read(reference)
    days = sorted({day for _, day in counts})
    book = Workbook()
    sheet = book.active
    sheet.title = "Outcomes"
    banner(sheet, "A1:AL1", LINE)
    sheet["A2"] = "Produced for the performance meeting"
    years = [("2021/22", days[:12]), ("2022/23", days[12:24]), ("2023/24", days[24:])]
    sheet.cell(5, 1, "Borough")
    column = 2
    for year, months in years:
        last = column + len(months)
        banner(sheet, f"{get_column_letter(column)}4:{get_column_letter(last)}4", year)
        for day in months:
            sheet.cell(5, column, date.fromisoformat(day)).number_format = "mmm-yy"
            for i, borough in enumerate([*BOROUGHS, None]):
                chosen = [borough] if borough else BOROUGHS
                sheet.cell(6 + i, column, sum(counts[each, day] for each in chosen))
            column += 1
        sheet.cell(5, column, "Total")
        for i, borough in enumerate([*BOROUGHS, None]):
            chosen = [borough] if borough else BOROUGHS
            total = sum(counts[each, day] for each in chosen for day in months)
            sheet.cell(6 + i, column, total).number_format = "#,##0"
        column += 1
    for i, name in enumerate([*BOROUGHS, "Total (8 boroughs)"]):
        sheet.cell(6 + i, 1, name)
    sheet["N6"] = 1087
    row(sheet, 16, 1, ["Source: recorded outcomes, all offences."])
    return UglyPack(
        name="outcomes by borough.xlsx",
        data=saved(book),
        lines=(*((LINE, borough) for borough in BOROUGHS), (LINE, "all")),
        expected=(
            Expected(LINE, "Barnet", "2021-04", 51, "Outcomes!B6"),
            Expected(LINE, "Barnet", "2022-03", 107, "Outcomes!M6"),
            Expected(LINE, "Barnet", "2022-04", 114, "Outcomes!O6"),
            Expected(LINE, "Barnet", "2022-07", 3, "Outcomes!R6"),
            Expected(LINE, "Camden", "2024-01", 173, "Outcomes!AK9"),
            Expected(LINE, "Southwark", "2022-07", 0, "Outcomes!R13"),
            Expected(LINE, "Southwark", "2024-01", 134, "Outcomes!AK13"),
            Expected(LINE, "all", "2021-04", 449, "Outcomes!B14"),
            Expected(LINE, "all", "2024-01", 1085, "Outcomes!AK14"),
        ),
        remarked=("Outcomes!N6",),
        claim=Claim(
            words="More suspects were charged in Camden.",
            line=LINE,
            area="Camden",
            says="rose",
            better="neither",
            period="2023-02..2024-01",
            baseline="2022-02..2023-01",
            target="",
            verdict="not shown",
        ),
    )
