"""Verdicts and papers made up for the tests, and a Word document read back."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from docx import Document

from answerable.chain.body import Month, Period, shipped
from answerable.chain.charts import draw
from answerable.chain.claims import Series, Verdict, VerdictKind, judge_series
from answerable.chain.measures import Definition, Grade, read_definition, shown
from answerable.chain.papers import About, OnePage, Stood, what_to_ask
from answerable.chain.statistics import xmr

YEAR, BEFORE = Period.parse("2022-12..2023-11"), Period.parse("2021-12..2022-11")
MADE_ON = date(2024, 1, 10)
WAITS = (44, 46, 43, 45, 47, 44, 42, 45, 46, 43, 44, 45, 38, 37, 39, 36, 38, 37, 39, 38, 36, 37, 38,
         39)  # fmt: skip
"""Minutes to wait, in 24 months: a fall of about 7."""


def definition(key: str = "response_time_priority") -> Definition:
    return read_definition(shipped("measures", ".toml")[key])


def months(values: Sequence[float], first: Month = BEFORE.first) -> dict[Month, float]:
    return {first + i: value for i, value in enumerate(values)}


def judged(values: Sequence[float] = WAITS, says: str = "improved") -> Verdict:
    """The verdict on a series that ends in November 2023."""
    series = Series("Waits", months(values, YEAR.last + (1 - len(values))), source="5f" * 32)
    return judge_series(series, says, "lower", YEAR, BEFORE)


def verdict(kind: VerdictKind, grade: Grade = Grade.ROWS, **changes: object) -> Verdict:
    """A verdict with as little as can be, and what a test changes."""
    plain = Verdict(kind, "a label", "Recorded: 1.", "It is so.", "a rule", "Recorded: 1. So.",
                    grade=str(grade), source="5f" * 32, unit="seconds")  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def about(**changes: object) -> About:
    plain = About(
        "Time to reach priority incidents", YEAR, BEFORE, "median",
        words="Officers are reaching domestic abuse incidents sooner.",
        said_by="office of the commissioner", said_on=date(2023, 12, 19), said_in="news release",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def drawing(y_label: str = "Median by month", title: str = "Waits") -> str:
    chart = xmr([str(month) for month in months(WAITS)], [60.0 * each for each in WAITS],
                better="lower")  # fmt: skip
    return draw(chart, title=title, desc=chart.sentence, show=lambda v: shown(v, "seconds"),
                y_label=y_label, ident="waits")  # fmt: skip


def page(**changes: object) -> OnePage:
    found = judged()
    plain = OnePage(
        about(), found, MADE_ON, drawing(), "Twelve months lie lower than the twelve before.",
        (Stood("median", "December 2022 to November 2023", "37.7", "", "pack.xlsx, Sheet1!C7"),
         Stood("median", "December 2021 to November 2022", "44.5", "", "pack.xlsx, Sheet1!C19")),
        what_to_ask(found, about(), definition()), "office of the commissioner",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def opened(docx: bytes) -> "Document":  # type: ignore[valid-type]
    return Document(io.BytesIO(docx))


def words(docx: bytes) -> str:
    """Everything that a document says, in order of paragraphs and then of tables."""
    document = opened(docx)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return {name: files.read(name) for name in files.namelist()}
