"""How a period may be written, and what it covers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.chain.body import InputMistake, Month, Period, financial_year_of, quarter_of

months = st.integers(2000 * 12, 2100 * 12).map(lambda i: Month(2000, 1) + (i - 2000 * 12))


@pytest.mark.parametrize(
    ("written", "first", "last", "in_words"),
    [
        ("2023-11", "2023-11", "2023-11", "November 2023"),
        ("2023-Q4", "2023-10", "2023-12", "2023-Q4 (October 2023 to December 2023)"),
        ("2023/24", "2023-04", "2024-03", "2023/24 (April 2023 to March 2024)"),
        ("1999/00", "1999-04", "2000-03", "1999/00 (April 1999 to March 2000)"),
        ("2023/24-Q2", "2023-07", "2023-09", "2023/24-Q2 (July 2023 to September 2023)"),
        ("2023/24-Q4", "2024-01", "2024-03", "2023/24-Q4 (January 2024 to March 2024)"),
        ("2022-12..2023-11", "2022-12", "2023-11", "December 2022 to November 2023"),
    ],
)
def test_the_five_spellings(written: str, first: str, last: str, in_words: str) -> None:
    period = Period.parse(written)
    assert (str(period.first), str(period.last)) == (first, last)
    assert period.plain() == in_words
    assert str(period) == written


@pytest.mark.parametrize(
    "written",
    [
        "2023",
        "2023-13",
        "2023-00",
        "2023-Q5",
        "2023-q4",
        "2023/25",
        "2023/24-Q0",
        "2023-11..2022-12",
        "2023-11-01",
        "Nov-23",
        "",
        "2023-11..",
        "2023-Q1..2023-Q2",
    ],
)
def test_nothing_else_is_a_period(written: str) -> None:
    with pytest.raises(InputMistake) as told:
        Period.read(written, "claims/x.toml", "reading.period")
    (problem,) = told.value.problems
    assert (problem.where, problem.key) == ("claims/x.toml", "reading.period")
    assert "2023/24" in problem.allowed


@given(months, st.integers(-400, 400))
def test_months_add_and_subtract(month: Month, by: int) -> None:
    assert (month + by) - month == by
    assert Month.parse(str(month)) == month
    assert (month + 1).first_day.toordinal() - month.last_day.toordinal() == 1
    assert month.days == month.last_day.day


@given(months)
def test_a_month_lies_in_its_quarter_and_financial_year(month: Month) -> None:
    assert month in quarter_of(month)
    assert month in financial_year_of(month)
    assert (len(quarter_of(month)), len(financial_year_of(month))) == (3, 12)
    assert financial_year_of(month).covers(Period.of(month, month))


@given(months, st.integers(0, 40), st.integers(0, 40))
def test_an_earlier_period_has_the_same_length(first: Month, more: int, by: int) -> None:
    period = Period.of(first, first + more)
    earlier = period.earlier(by)
    assert (len(earlier), period.first - earlier.first) == (len(period), by)
    assert sum(month.days for month in period) == period.days
