"""How people write periods in packs, papers and news releases, and what is understood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.chain.body import InputMistake, Month, Period
from answerable.chain.body.spoken import Spoken, find_periods, read_pair, read_period

ONE_READING = """
Apr-23                           | 2023-04          | month
Apr 2023                         | 2023-04          | month
April 2023                       | 2023-04          | month
Apr '23                          | 2023-04          | month
Sept 23                          | 2023-09          | month
Sept. 2023                       | 2023-09          | month
2023 Apr                         | 2023-04          | month
01/04/2023                       | 2023-04          | month
30/04/2023                       | 2023-04          | month
2023-04-01 00:00:00              | 2023-04          | month
2023-04                          | 2023-04          | month
202304                           | 2023-04          | month
04/2023                          | 2023-04          | month
04/23                            | 2023-04          | month
04/30/2023                       | 2023-04          | month
1st April 2023                   | 2023-04          | month
April 2023/24                    | 2023-04          | month
Mar 23/24                        | 2024-03          | month
month ending 30 June 2023        | 2023-06          | month
Q2 23/24                         | 2023/24-Q2       | quarter
Q2 2023-24                       | 2023/24-Q2       | quarter
2023/24 Q2                       | 2023/24-Q2       | quarter
2023/24-Q2                       | 2023/24-Q2       | quarter
Qtr 2 2023/24                    | 2023/24-Q2       | quarter
second quarter of 2023/24        | 2023/24-Q2       | quarter
quarter ending June 2023         | 2023-04..2023-06 | quarter
2023-Q4                          | 2023-Q4          | quarter
Jan-Mar 2023                     | 2023-01..2023-03 | quarter
H1 23/24                         | 2023-04..2023-09 | half
FY2022/23                        | 2022/23          | year
FY 22-23                         | 2022/23          | year
2022/23                          | 2022/23          | year
2022-23                          | 2022/23          | year
2022-2023                        | 2022/23          | year
22/23                            | 2022/23          | year
financial year 2022/23           | 2022/23          | year
Apr 22 to Mar 23                 | 2022-04..2023-03 | year
1 April 2022 to 31 March 2023    | 2022-04..2023-03 | year
01/04/2022 - 31/03/2023          | 2022-04..2023-03 | year
2023 calendar year               | 2023-01..2023-12 | year
calendar year 2023               | 2023-01..2023-12 | year
2023                             | 2023-01..2023-12 | year
12m to Apr-15                    | 2014-05..2015-04 | rolling
12 months to April 2015          | 2014-05..2015-04 | rolling
twelve months ending April 2015  | 2014-05..2015-04 | rolling
rolling 12 months to Mar 23      | 2022-04..2023-03 | rolling
R12 Mar-23                       | 2022-04..2023-03 | rolling
Mar 23 (rolling 12 months)       | 2022-04..2023-03 | rolling
year ending March 2023           | 2022-04..2023-03 | rolling
year ending 31 March 2023        | 2022-04..2023-03 | rolling
YE Mar 2023                      | 2022-04..2023-03 | rolling
2022-12..2023-11                 | 2022-12..2023-11 | rolling
YTD Sept 2023                    | 2023-04..2023-09 | to date
Sept 23 YTD                      | 2023-04..2023-09 | to date
CYTD Sept 2023                   | 2023-01..2023-09 | to date
Apr–Sep 2023                     | 2023-04..2023-09 | span
Nov-Jan 2024                     | 2023-11..2024-01 | span
Apr 2023 - Sep                   | 2023-04..2023-09 | span
Q1-Q3 23/24                      | 2023-04..2023-12 | span
3 months to July 2023            | 2023-05..2023-07 | span
2019/20 to 2022/23               | 2019-04..2023-03 | span
"""


@pytest.mark.parametrize("line", ONE_READING.strip().splitlines())
def test_one_reading(line: str) -> None:
    written, period, shape = (part.strip() for part in line.split("|"))
    spoken = read_period(written)
    assert (str(spoken.period), spoken.shape) == (period, shape)


SEVERAL = """
Q3 2023   | 2023-Q3 · 2023/24-Q3
Q4 2023   | 2023-Q4 · 2023/24-Q4 · 2022/23-Q4
H2 2023   | 2023-07..2023-12 · 2023-10..2024-03 · 2022-10..2023-03
2011-12   | 2011-12 · 2011/12
11/12     | 2011/12 · 2012-11
FY23      | 2022/23 · 2023/24
"""


@pytest.mark.parametrize("line", SEVERAL.strip().splitlines())
def test_several_readings_and_what_decides(line: str) -> None:
    written, periods = (part.strip() for part in line.split("|"))
    spoken = read_period(written)
    assert " · ".join(str(one.period) for one in spoken.readings) == periods
    assert spoken.period is None
    assert spoken.reason.endswith("say which")
    assert all(one.assumed for one in spoken.readings)


REFUSED = """
14/04/2023                 | a day within a month
04/01/2023                 | a day within a month
19 December 2023           | a day within a month
w/c 3 April 2023           | a week
April 2022 to 1 March 2023 | ends on the first day
12m to 1 April 2015        | ends on the first day
05/04/2022 - 31/03/2023    | does not run from the first day
2022/24                    | do not follow each other
Sept 2023 to Apr 2022      | ends before it begins
2023/24 YTD                | which month it goes to
Apr                        | without its year
Q1                         | without its year
31/02/2023                 | no such day
Total                      | not a period
13/2023                    | not a period
Q5 2023                    | not a period
512                        | not a period
23                         | not a period
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_refused_with_a_reason(line: str) -> None:
    written, why = (part.strip() for part in line.split("|"))
    spoken = read_period(written)
    assert spoken.readings == ()
    assert why in spoken.reason


def test_a_name_without_its_year_takes_it_from_what_stands_above() -> None:
    year = Period.parse("2023/24")
    assert str(read_period("Jan", year=year).period) == "2024-01"
    assert str(read_period("Apr", year=year).period) == "2023-04"
    assert str(read_period("Q4", year=year).period) == "2023/24-Q4"
    assert str(read_period("Jan", year=2024).period) == "2024-01"
    assert len(read_period("Q1", year=2024).readings) == 2


def test_whoever_knows_better_decides() -> None:
    assert str(read_period("Q3 2023", calendar="calendar").period) == "2023-Q3"
    assert str(read_period("Q3 2023", calendar="financial").period) == "2023/24-Q3"
    assert read_period("01/04/2023", day_first=False).period is None
    assert str(read_period("04/01/2023", day_first=False).period) == "2023-04"


def test_what_was_taken_for_granted_is_said() -> None:
    assert read_period("YTD Sept 2023").assumed == ("the year to date is counted from April",)
    assert read_period("2023").assumed == ("a year alone is the calendar year",)
    assert read_period("Apr 2023 - Sep").assumed == ("the year is that of the first month",)
    assert read_period("Apr-23").assumed == ()


def test_what_must_be_one_period_names_its_place() -> None:
    with pytest.raises(InputMistake, match="--period: this may be July 2023"):
        read_period("Q3 2023").required("--period")
    assert str(read_period("Nov 23").required("--period")) == "2023-11"


@pytest.mark.parametrize(
    ("written", "now", "then"),
    [
        ("12m to Apr-15 v 12m to Apr-14", "2014-05..2015-04", "2013-05..2014-04"),
        ("12m to Apr-15 vs. Apr-14", "2014-05..2015-04", "2013-05..2014-04"),
        ("Q2 23/24 compared with Q2 22/23", "2023/24-Q2", "2022/23-Q2"),
    ],
)
def test_pairs(written: str, now: str, then: str) -> None:
    pair = read_pair(written)
    assert pair is not None
    assert (str(pair[0].period), str(pair[1].period)) == (now, then)


def test_a_period_alone_is_no_pair() -> None:
    assert read_pair("12m to Apr-15") is None
    assert read_pair("Nov v Dec of another year") is None


SAID_ON = date(2023, 12, 19)
IN_TEXT = """
Arrests rose in 2022/23.                          | 2022/23                 | 2022/23
There were 2023 reports in May 2023.              | May 2023                | 2023-05
It was 512 (2021/22: 480).                        | 2021/22                 | 2021/22
12 of 14 in the year ending March 2023            | year ending March 2023  | 2022-04..2023-03
Between May and July 2023 it fell.                | Between May and July 2023 | 2023-05..2023-07
It fell over the past 12 months.                  | over the past 12 months | 2022-12..2023-11
In the past six months it fell.                   | In the past six months  | 2023-06..2023-11
It rose in the last quarter.                      | in the last quarter     | 2023-Q3
The officers have advised since May 2023.         | since May 2023          | 2023-05..2023-11
All will be trained by March 2025.                | by March 2025           | 2023-12..2025-03
So far it is lower this financial year.           | this financial year     | 2023/24
last month was better                             | last month              | 2023-11
It fell last May.                                 | last May                | 2023-05
"""


@pytest.mark.parametrize("line", IN_TEXT.strip().splitlines())
def test_periods_in_running_text(line: str) -> None:
    text, words, period = (part.strip() for part in line.split("|"))
    (mention,) = find_periods(text, SAID_ON)
    assert (mention.text, str(mention.spoken.period)) == (words, period)
    assert text[mention.start : mention.end] == words


def test_relative_words_are_resolved_only_on_a_day() -> None:
    (undated,) = find_periods("It fell last year.")
    assert (undated.spoken.relative, undated.spoken.readings) == (True, ())
    (dated,) = find_periods("It fell last year.", SAID_ON)
    assert [str(one.period) for one in dated.spoken.readings] == [
        "2022-01..2022-12", "2022/23", "2022-12..2023-11",
    ]  # fmt: skip
    (january,) = find_periods("It will begin in January.", SAID_ON)
    assert [str(one.period) for one in january.spoken.readings] == ["2023-01", "2024-01"]


@pytest.mark.parametrize(
    "text",
    [
        "It may march on, and 202304 others may follow.",
        "1999 reports, 12/14 victims, 24/7 cover and £2023",
        "Section 22 of the Act, version 3.2022.1",
    ],
)
def test_words_and_numbers_that_are_no_period(text: str) -> None:
    assert find_periods(text) == ()


months = st.integers(1990 * 12, 2060 * 12).map(lambda i: Month(1990, 1) + (i - 1990 * 12))
SPELLINGS = (
    lambda m: f"{m.plain()[:3]}-{m.year % 100:02d}",
    lambda m: m.plain(),
    lambda m: f"{m.first_day:%d/%m/%Y}",
    lambda m: f"{m.last_day:%d/%m/%Y}",
    lambda m: f"{m.month:02d}/{m.year}",
    lambda m: f"{m.year}{m.month:02d}",
    lambda m: f"month ending {m.last_day.day} {m.plain()}",
)


@given(months.filter(lambda m: m.year < 2060), st.sampled_from(SPELLINGS))
def test_a_month_in_any_spelling_is_that_month(month: Month, spell: "type[str]") -> None:
    assert read_period(spell(month)).period == Period.of(month, month)


@given(months, st.integers(0, 30))
def test_a_run_of_months_in_words_is_that_run(first: Month, more: int) -> None:
    last = first + more
    written = f"{first.plain()} – {last.plain()}"
    period = read_period(written).period
    assert period is not None
    assert (period.first, period.last) == (first, last)


@given(st.text(max_size=60))
def test_any_text_is_read_or_let_go(text: str) -> None:
    assert isinstance(read_period(text), Spoken)
    for mention in find_periods(text, SAID_ON):
        assert text[mention.start : mention.end] == mention.text
