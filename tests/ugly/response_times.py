"""Response times in minutes and seconds, two rolling years beside each other, and a RAG."""

from datetime import time, timedelta

from openpyxl import Workbook

from .pack import Claim, Expected, UglyPack, banner, row, saved

LINE = "Median response to domestic abuse incidents (mm:ss)"

# area, 12 months to April 2015, 12 months to April 2014, both in seconds, by hand:
# 12:34 is 754 seconds, 1:02:10 is 3,730.
TIMES = [
    ("North", "12:34", 754, "13:10", 790, "-00:36", "G"),
    ("South", "15:02", 902, "14:40", 880, "00:22", "A"),
    ("East", "62:10", 3730, "58:05", 3485, "04:05", "R"),
    ("West", "09:59", 599, "10:01", 601, "-00:02", "G"),
    ("Force", "14:20", 860, "15:00", 900, "-00:40", "G"),
]


def response_times() -> UglyPack:
    """Some times are text, some are Excel's own, shown as mm:ss."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Response"
    banner(sheet, "A1:F1", LINE)
    banner(sheet, "B3:C3", "12m to Apr-15 v 12m to Apr-14")
    row(sheet, 4, 1, ["LPA", "12m to Apr-15", "12m to Apr-14", "Change", "RAG", "Comments"])
    for i, (area, now, seconds, then, before, change, rag) in enumerate(TIMES):
        row(sheet, 5 + i, 1, [area, now, then, change, rag])
        if area == "North":
            sheet.cell(5, 2, time(0, 12, 34)).number_format = "mm:ss"
        if area == "East":
            for column, value in ((2, seconds), (3, before)):
                sheet.cell(7, column, timedelta(seconds=value)).number_format = "[mm]:ss"
    sheet["F7"] = "Road closures in the period"
    sheet["A11"] = "Source: command and control. Excludes incidents resolved by telephone."
    return UglyPack(
        name="response times.xlsx",
        data=saved(book),
        lines=tuple((LINE, "all" if area == "Force" else area) for area, *_ in TIMES),
        expected=(
            Expected(LINE, "North", "2014-05..2015-04", 754, "Response!B5", "seconds"),
            Expected(LINE, "North", "2013-05..2014-04", 790, "Response!C5", "seconds"),
            Expected(LINE, "South", "2014-05..2015-04", 902, "Response!B6", "seconds"),
            Expected(LINE, "East", "2014-05..2015-04", 3730, "Response!B7", "seconds"),
            Expected(LINE, "East", "2013-05..2014-04", 3485, "Response!C7", "seconds"),
            Expected(LINE, "West", "2014-05..2015-04", 599, "Response!B8", "seconds"),
            Expected(LINE, "all", "2014-05..2015-04", 860, "Response!B9", "seconds"),
            Expected(LINE, "all", "2013-05..2014-04", 900, "Response!C9", "seconds"),
        ),
        remarked=(),
        claim=Claim(
            words="Officers are reaching domestic abuse incidents more quickly than a year ago.",
            line=LINE,
            area="all",
            says="improved",
            better="lower",
            period="2014-05..2015-04",
            baseline="2013-05..2014-04",
            target="",
            verdict="cannot tell",
        ),
    )
