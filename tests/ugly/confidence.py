"""Confidence by quarter: shares with decimal commas, as text, and the force's own row."""

import csv
from pathlib import Path

from openpyxl import Workbook

from .pack import Claim, Expected, UglyPack, banner, saved

LINE = "Police do a good job in the local area (proportion)"
BOROUGHS = "Barnet Camden Ealing Hackney Lambeth Westminster".split()
SOURCE = "survey_mopac_pas/PAS_Dashboard_Borough.csv"


def read(reference: Path) -> dict[tuple[str, str], str]:
    """The cell as it stands, by (borough or 'MPS', day)."""
    found = {}
    with (reference / SOURCE).open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            if line["Measure"].startswith('"Good Job"'):
                borough = line["Borough"].removeprefix("City of ")
                found[borough, line["Date"]] = line["Proportion"]
                found["MPS", line["Date"]] = line["MPS"]
    return found


def quarter(day: str) -> str:
    """'Q3 14/15' of 31/12/2014."""
    _, month, year = (int(part) for part in day.split("/"))
    begun = year if month > 3 else year - 1
    return f"Q{(month - 4) % 12 // 3 + 1} {begun % 100:02d}/{(begun + 1) % 100:02d}"


def in_order(day: str) -> tuple[int, int]:
    """Year and month of '31/12/2014'."""
    _, month, year = (int(part) for part in day.split("/"))
    return year, month


def confidence_by_quarter(reference: Path) -> UglyPack:
    """December 2014 to December 2023; every figure is text such as '0,67'."""
    cells = read(reference)
    days = sorted({day for _, day in cells}, key=in_order)
    book = Workbook()
    sheet = book.active
    sheet.title = "Confidence"
    banner(sheet, "B2:AM2", LINE)
    for i, day in enumerate(days):
        sheet.cell(4, 3 + i, quarter(day))
        for j, borough in enumerate([*BOROUGHS, "MPS"]):
            sheet.cell(5 + j, 3 + i, cells.get((borough, day)))
    for j, borough in enumerate([*BOROUGHS, "Force total"]):
        sheet.cell(5 + j, 2, borough)
    sheet["B13"] = "Source: public attitude survey, published percentages."
    return UglyPack(
        name="confidence.xlsx",
        data=saved(book),
        lines=(*((LINE, borough) for borough in BOROUGHS), (LINE, "all")),
        expected=(
            Expected(LINE, "Barnet", "2014/15-Q3", 0.67, "Confidence!C5", "share"),
            Expected(LINE, "Barnet", "2014/15-Q4", 0.64, "Confidence!D5", "share"),
            Expected(LINE, "Ealing", "2014/15-Q3", 0.6, "Confidence!C7", "share"),
            Expected(LINE, "Camden", "2023/24-Q3", 0.48, "Confidence!AM6", "share"),
            Expected(LINE, "all", "2014/15-Q3", 0.67, "Confidence!C11", "share"),
            Expected(LINE, "all", "2022/23-Q4", 0.5, "Confidence!AJ11", "share"),
            Expected(LINE, "all", "2023/24-Q3", 0.47, "Confidence!AM11", "share"),
        ),
        remarked=(),
        claim=Claim(
            words="Confidence in the local police is lower than a year ago.",
            line=LINE,
            area="all",
            says="fell",
            better="higher",
            period="2023/24-Q3",
            baseline="2022/23-Q3",
            target="",
            verdict="cannot tell",
        ),
    )
