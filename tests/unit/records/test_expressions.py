"""What may stand in an expression, and the long list of what may not."""

import duckdb
import pytest

from answerable.chain.body import InputMistake
from answerable.chain.records import check_expression
from answerable.chain.records.expressions import ANONYMOUS, FUNCTIONS, LONGEST

COLUMNS = ("a", "b", "Two words", "user", 'quo"te')

REFUSED = [
    # other files, other places, the machine
    "read_text('/etc/passwd')", "read_csv('x.csv')", "read_csv_auto('x')", "read_parquet('x')",
    "read_json('x')", "read_blob('/etc/passwd')", "glob('*')", "getenv('HOME')",
    "current_setting('access_mode')", "current_database()", "current_schema()", "current_user",
    "session_user", "version()", "pragma_version()", "duckdb_settings()", "getvariable('x')",
    "parse_path(a)", "write_log('x')", "pg_sleep(9)", "query('select 1')", "query_table('t')",
    # more than one expression, or another thing than one
    "a; b", "a; drop table t", "a, b", "a b", "a as b", "", " ", "-- a", "a where b", "a from t",
    "(select 1)", "(select a from t)", "a in (select 1)", "exists(select 1)", "any(select 1)",
    "a = all(select 1)", "select a", "with t as (select 1) select 1", "values (1)", "from t",
    "drop table t", "attach 'x'", "copy t to 'x'", "set threads = 1", "pragma threads",
    "install httpfs", "load httpfs", "call x()", "create table t (a int)", "export database 'x'",
    # columns that are not named
    "*", "t.*", "* exclude (a)", "columns('x')", "columns(*)", "columns(c -> true)", "#1", "$1",
    "?", "$name", ":name", "t.a", "main.t.a", "a.b.c", "rowid", "unknown_one",
    # more than one record
    "count(*)", "sum(a)", "max(a)", "first(a)", "list(a)", "string_agg(a, b)", "mode(a)",
    "row_number() over ()", "lag(a) over ()", "sum(a) over (partition by b)", "unnest([1])",
    "generate_series(1, 9)", "range(9)", "a qualify 1",
    # not the same each time
    "now()", "today()", "current_date", "current_timestamp", "current_time", "localtimestamp",
    "get_current_timestamp()", "transaction_timestamp()", "random()", "setseed(1)", "uuid()",
    "gen_random_uuid()", "uuidv7()", "nextval('s')", "txid_current()", "age(a)",
    # what may fail on a record and quote it
    "cast(a as integer)", "a::integer", "a::date", "strptime(a, '%d')", "error(a)",
    "date 'not a date'", "timestamp 'x'", "try_cast(a as struct(x int))", "try_cast(a as int[])",
    # lists, structures, lambdas, formats, names that nobody has thought of
    "list_transform([1], x -> x)", "[x for x in [1]]", "apply([a], lambda x: x)", "[1, 2]", "a[1]",
    "{'x': 1}", "struct_pack(x := 1)", "map([1], [2])", "list_value(1)", "format('{}', a)",
    "printf('%s', a)", "repeat(a, 1000000000)", "lpad(a, 1000000000, 'x')", "hash(a)", "md5(a)",
    "a collate nocase", "a similar to 'x'", "a at time zone 'UTC'", "json_extract(a, '$')",
    "some_function(a)", "a.upper()", "try(a)", "e'\\x41'", "x'41'", "$$a$$",
]  # fmt: skip


@pytest.mark.parametrize("sql", REFUSED)
def test_refused(sql: str) -> None:
    with pytest.raises(InputMistake) as caught:
        check_expression(sql, (*COLUMNS, "main", "t"), "extracts/x.toml", "columns.y")
    assert all(p.where == "extracts/x.toml" for p in caught.value.problems)
    assert all(p.key == "columns.y" and p.next_step for p in caught.value.problems)


ALLOWED = [
    "a", '"Two words"', "user", '"quo""te"', "'text'", "1", "1.5", "-1", "true", "null",
    "a = 'x' and b <> 'y' or not a is null", "a is not distinct from b", "a in ('x', 'y')",
    "a not in ('x')", "a like 'x%'", "a not ilike '%x'", "a between 'b' and 'c'", "a || '-' || b",
    "case a when 'x' then 'y' else b end", "case when a is null then b end", "coalesce(a, b)",
    "ifnull(a, b)", "nullif(a, 'x')", "try_cast(a as integer) + 1", "try_cast(a as double) / 60",
    "try_strptime(a, '%d/%m/%Y')", "date '2023-04-25'", "timestamp '2023-04-25 10:00:00'",
    "try_cast(a as timestamp) + interval '1 day'", "regexp_extract(a, '([0-9]+)', 1)",
    "regexp_matches(a, '^x')", "regexp_replace(a, 'x', 'y')", "split_part(a, '-', 1)",
    "upper(trim(a))", "left(a, 2)", "substring(a, 1, 2)", "length(a) > 3", "strpos(a, 'x') > 0",
    "date_diff('second', try_cast(a as timestamp), try_cast(b as timestamp)) >= 60",
    "greatest(a, b)", "if(a = 'x', 'y', 'z')", "contains(a, 'x')", "starts_with(a, 'x')",
    "extract(year from try_cast(a as date))", "replace(a, 'x', '')", "concat(a, b)",
    "a /* why */ = 'x' -- and a remark",
]  # fmt: skip


@pytest.mark.parametrize("sql", ALLOWED)
def test_allowed_and_what_comes_back_runs_the_same(sql: str) -> None:
    checked = check_expression(sql, COLUMNS, "x", "y")
    quoted = ", ".join(
        f"""'2023-04-0{n}' AS "{c.replace('"', '""')}\"""" for n, c in enumerate(COLUMNS, 1)
    )
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {quoted}")
        ran = connection.execute(f"SELECT ({checked})::VARCHAR FROM t").fetchall()
        if sql != "user":  # unquoted, DuckDB takes it for the user; checked, it is the column
            given = sql.split("--")[0]
            assert ran == connection.execute(f"SELECT ({given})::VARCHAR FROM t").fetchall()
        else:
            assert ran == [("2023-04-04",)]


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() | ANONYMOUS))
def test_each_function_that_the_manual_names_is_one_of_duckdb(name: str) -> None:
    known = {
        row[0]
        for row in duckdb.connect().sql("SELECT function_name FROM duckdb_functions()").fetchall()
    }
    assert name in known or name in ("coalesce", "if", "nullif", "extract")


def test_columns_are_found_in_any_case_and_near_names_are_told() -> None:
    assert check_expression("A", COLUMNS, "x") == '"A"'
    with pytest.raises(InputMistake, match="near it: Two words"):
        check_expression('"Two wrods"', COLUMNS, "x")


def test_every_problem_of_an_expression_is_told() -> None:
    with pytest.raises(InputMistake) as caught:
        check_expression("now() || random() || uuid()", COLUMNS, "x")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("sql", ["a" + " || a" * LONGEST, "(" * 3000 + "a" + ")" * 3000])
def test_an_expression_that_is_a_program_is_refused_and_not_a_crash(sql: str) -> None:
    with pytest.raises(InputMistake):
        check_expression(sql, COLUMNS, "x")
