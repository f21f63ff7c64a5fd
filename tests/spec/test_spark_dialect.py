"""What a rule may say where records are counted on Spark: the same answer, or a refusal.

Each line of `ALIKE` is worked out by both engines for rows with nothing in them, empty text,
leap days, numbers at the end of their range, infinities and letters of several alphabets.
"""

from typing import TYPE_CHECKING

import pytest

from answerable.chain.measures.spark.dialect import carry
from answerable.chain.measures.spark.kinds import NotCarried
from answerable.chain.records.expressions import ANONYMOUS, FUNCTIONS, check_expression
from tests.both_engines import KINDS, ROWS, Both, plain

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALIKE = {
    "abs": ["abs(few)", "abs(part)", "abs(many - 15)"],
    "ceil": ["ceil(part)", "ceil(many)"],
    "coalesce": ["coalesce(words, other, 'none')", "coalesce(many, 0.5)", "coalesce(yes, false)"],
    "concat": ["concat(words, '-', other)", "concat(words)", "words || other",
               "concat_ws('/', words, other)"],
    "contains": ["contains(words, other)", "contains(words, '')"],
    "date_diff": ["date_diff('second', at_time, to_time)", "date_diff('day', on_day, by_day)",
                  "date_diff('second', on_day, to_time)"],
    "date_trunc": [f"date_trunc('{unit}', {column})" for column in ("on_day", "at_time")
                   for unit in ("year", "quarter", "month", "week", "day")],
    "day": ["day(on_day)", "day(at_time)"],
    "ends_with": ["ends_with(words, other)", "ends_with(words, '')"],
    "extract": [f"extract({part} from on_day)" for part in
                ("year", "quarter", "month", "week", "day", "dow", "isodow", "doy")]
               + ["extract(hour from at_time)", "extract(minute from to_time)"],
    "floor": ["floor(part)", "floor(share)", "floor(many)"],
    "greatest": ["greatest(many, few)", "greatest(part, share, 1)", "greatest(words, other)",
                 "greatest(on_day, by_day)"],
    "hour": ["hour(at_time)"],
    "if": ["if(yes, many, few)", "if(no, 'a', words)"],
    "least": ["least(many, few, 3)", "least(part, share)", "least(at_time, to_time)"],
    "left": ["left(words, 3)", "left(words, 0)", "left(other, 99)"],
    "length": ["length(words)", "length(code)"],
    "lower": ["lower(code)"],
    "month": ["month(on_day)", "month(to_time)"],
    "nullif": ["nullif(words, '')", "nullif(few, 2)", "nullif(part, share)"],
    "replace": ["replace(words, 'a', '')", "replace(words, '', 'b')", "replace(words, '\\', '/')"],
    "right": ["right(words, 2)", "right(words, 0)"],
    "round": ["round(part)", "round(part, 2)", "round(share, 1)", "round(many)"],
    "split_part": ["split_part(words, '-', 2)", "split_part(words, '-', 9)"],
    "starts_with": ["starts_with(words, other)", "starts_with(words, '')"],
    "strpos": ["strpos(words, other)", "strpos(words, 'b')", "strpos(words, '')"],
    "substring": ["substring(words, 2)", "substring(words, 1, 3)", "substring(words, 99, 1)"],
    "trim": ["trim(words)", "ltrim(words)", "rtrim(words)", "trim(words, 'a ')"],
    "upper": ["upper(code)"],
    "year": ["year(on_day)", "year(at_time)"],
    "comparison": ["words = other", "words <> ''", "many > 2.5", "part < share", "share >= part",
                   "on_day <= by_day", "on_day = '2024-02-29'", "at_time >= '2024-01-31'",
                   "at_time < date '2024-03-01'", "on_day < at_time", "yes > no", "yes = true",
                   "words is distinct from other", "part is not distinct from share",
                   "words < 'b'", "code = 'charged'"],
    "among": ["many in (0, 15, null)", "words not in ('', 'a')", "part in (0, 4.5)",
              "on_day in ('2024-02-29')", "words in (other, 'a')"],
    "between": ["many between 0 and 15", "on_day between '2024-01-01' and '2024-12-31'",
                "words not between 'a' and 'c'", "at_time between '2024-01-01' and to_time"],
    "logic": ["yes and no", "yes or no", "not yes", "(yes or no) is true", "yes is not false",
              "null and yes", "many is null", "words is not null"],
    "case": ["case when yes then 1 when no then 2 end", "case words when 'a' then 1 else 0.5 end",
             "case when many > 2 then part else few end"],
    "arithmetic": ["few - many % 4", "many + few", "few * 2", "part * few + 0.5", "few / 4",
                   "part / few",
                   "few / part", "part / share", "many / 0", "few * 0.1 = 0.2",
                   "0.1 + 0.2 = 0.3", "-few", "-part", "many % 4", "few // 2", "-7 // 2",
                   "-7 % 2", "few * 1e300 * 1e300", "(few + 0.25) * 1.5"],
    "dates": ["on_day + 1", "on_day - 366", "on_day - by_day", "on_day + interval '1' month",
              "on_day - interval '1' year", "at_time + interval '90' minute",
              "on_day + interval '2' week"],
    "like": ["words like '%a%'", "words like '_'", "words like '%\\%'",
             "words like '%!%!_%' escape '!'", "words not like ''", "code ilike 'CH%'"],
    "try_cast": ["try_cast(many as varchar)", "try_cast(yes as int)", "try_cast(yes as varchar)",
                 "try_cast(on_day as varchar)", "try_cast(on_day as timestamp)",
                 "try_cast(at_time as date)", "try_cast(length(words) as int)",
                 "try_cast(few as double)"],
}  # fmt: skip

REFUSED = [
    ("regexp_matches(words, 'a')", "regexp"),
    ("regexp_extract(words, 'a')", "regexp"),
    ("regexp_replace(words, 'a', 'b')", "regexp"),
    ("try_strptime(words, '%d/%m/%Y')", "try_strptime"),
    ("try_cast(words as int)", "turns a text into"),
    ("try_cast(part as int)", "turns a number into"),
    ("try_cast(part as varchar)", "turns a number into"),
    ("lower(words)", "of any letter"),
    ("words ilike 'a'", "alphabets"),
    ("words = 2", "compares a text with a number"),
    ("yes = 1", "compares a yes or no with a number"),
    ("many and yes", "takes a number for a yes or no"),
    ("on_day = words", "compares a text with a date"),
    ("on_day = '29/02/2024'", "is not a date"),
    ("left(words, -1)", "may be 0 to"),
    ("substring(words, 0)", "may be 1 to"),
    ("substring(words, many)", "is not written as a number"),
    ("round(part, -2)", "may be 0 to"),
    ("round(few * 0.5)", "takes a number"),
    ("many % few", "is not written as a number"),
    ("many // 0", "may be 1 to"),
    ("part % 2", "takes a number"),
    ("few / (part * share)", "divides by a fraction that is worked out"),
    ("words like other", "between quotes"),
    ("extract(epoch from at_time)", "epoch"),
    ("date_diff('month', on_day, by_day)", "counts months"),
    ("at_time - to_time = null", "takes a time for a number"),
    ("length(words) * 0.5 > 1", "decimal and a count"),
    ("many * 0.123456789 > 1", "digits"),
    ("concat(words, many)", "takes a number for a text"),
]


@pytest.fixture(scope="module")
def both(spark: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(spark, tmp_path_factory.mktemp("both"), ROWS)


@pytest.mark.spark
@pytest.mark.parametrize("name", ALIKE)
def test_both_engines_answer_alike(both: Both, name: str):
    in_spark = both.in_spark(*ALIKE[name])
    for sql, answers in zip(ALIKE[name], in_spark, strict=True):
        expected = both.in_duckdb(sql)
        assert expected is not None, f"DuckDB does not answer {sql}"
        assert plain(answers) == plain(expected), sql


@pytest.mark.spark
def test_a_number_that_is_too_large_stops_the_one_and_is_right_in_the_other(both: Both):
    largest = 2**31 - 1
    (answers,) = both.in_spark("many - few")
    assert both.in_duckdb("many - few") is None
    assert [a for a in answers if a is not None] == [-1, -9, largest + 1, -45, 0]
    assert both.in_duckdb("many + 1 > 0") == both.in_spark("many + 1 > 0")[0]


@pytest.mark.parametrize(("sql", "reason"), REFUSED, ids=[sql for sql, _ in REFUSED])
def test_what_they_would_answer_differently_is_refused(sql: str, reason: str):
    with pytest.raises(NotCarried, match=reason):
        carry(check_expression(sql, KINDS, "here"), KINDS)


def test_every_function_of_the_allow_list_is_here():
    refused = " ".join(sql for sql, _ in REFUSED)
    left = [name for name in (*FUNCTIONS, *ANONYMOUS) if name not in ALIKE]
    assert [name for name in left if f"{name}(" not in refused] == []
    for name in set(FUNCTIONS) & set(ALIKE):
        assert all(any(word in sql for word in (f"{name}(", "||", "_ws", "trim"))
                   for sql in ALIKE[name]), name  # fmt: skip
