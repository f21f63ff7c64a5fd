"""The files of figures: what a line may hold, what is wrong with one, and that it comes back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Area, Body, BodyFile, Force, InputMistake, Period
from answerable.chain.figures import (
    Figure,
    as_csv,
    columns,
    definitions_of,
    read_figures,
    read_kept,
    results_of,
    settled,
    write_figures,
)
from answerable.chain.measures import Grade, Grain, Status, Unit, load_definitions
from tests.given import NOW, counts, figure, shares

HEADER = "measure,title,statistic,period,area,value,unit,numerator,denominator,status,source\n"


@pytest.fixture
def body(tmp_path: Path) -> Body:
    forces = (Force(key="police", name="Somewhere Police"),)
    areas = (Area(code="north", name="North", force="police"),)
    (tmp_path / "figures").mkdir()
    return Body(tmp_path, BodyFile(key="b", name="B", forces=forces, areas=areas))


def put(body: Body, text: str, name: str = "pack.csv") -> Body:
    (body.folder / "figures" / name).write_text(text, encoding="utf-8")
    return body


LINES = {
    "a count": ("calls,Calls,count,2023-11,all,1204,count,,,,Pack", 1204, Status.OK),
    "a share as per cent": ("late,Late,rate,2023/24,north,80%,share,,,,Pack", 0.8, Status.OK),
    "a share from its counts": ("late,Late,rate,2023-Q4,all,,share,8,10,,Pack", 0.8, Status.OK),
    "a time in words": ("wait,Wait,median,2023-11,all,38 minutes,seconds,,,,Pack", 2280, Status.OK),
    "withheld": ("calls,Calls,count,2023-11,all,,count,,,suppressed,Pack", None,
                 Status.SUPPRESSED),
    "nothing": ("calls,Calls,count,2023-11,all,,count,,,,Pack", None, Status.MISSING),
    "may still change": ("calls,Calls,count,2023-11,all,9,count,,,provisional,Pack", 9,
                         Status.PROVISIONAL),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_a_line(body: Body, name: str) -> None:
    line, known, status = LINES[name]
    (read,) = read_figures(put(body, HEADER + line + "\n"))
    assert read.known == known
    assert read.status == status


WRONG = {
    "an area that is not there": ("calls,Calls,count,2023-11,nort,1,count,,,,Pack",
                                  "line 2, area: there is no area 'nort'. Allowed: north."),
    "not a period": ("calls,Calls,count,Nov-23,all,1,count,,,,Pack",
                     "line 2, period: 'Nov-23' is not a month"),
    "not a number": ("calls,Calls,count,2023-11,all,lots,count,,,,Pack", "line 2, value: 'lots'"),
    "a comma in a number": ('calls,Calls,count,2023-11,all,"1,204",count,,,,Pack',
                            "line 2, value: '1,204'"),
    "half a call": ("calls,Calls,count,2023-11,all,1.5,count,,,,Pack", "not a whole count"),
    "more than all": ("late,Late,rate,2023-11,all,1.2,share,,,,Pack", "this is no share"),
    "a part above its whole": ("late,Late,rate,2023-11,all,,share,9,8,,Pack",
                               "the numerator is larger"),
    "not its counts": ("late,Late,rate,2023-11,all,70%,share,8,10,,Pack",
                       "this is not the numerator over the denominator. Allowed: 0.8000"),
    "withheld, and yet there": ("calls,Calls,count,2023-11,all,3,count,,,suppressed,Pack",
                                "the status is suppressed, and there is a figure"),
    "no source": ("calls,Calls,count,2023-11,all,3,count,,,,", "line 2, source: this is empty"),
    "another status": ("calls,Calls,count,2023-11,all,3,count,,,estimated,Pack",
                       "'estimated' is not known here"),
    "not a key": ("Calls!,Calls,count,2023-11,all,3,count,,,,Pack", "'Calls!' is not a key"),
    "another unit": ("calls,Calls,count,2023-11,all,3,minutes,,,,Pack", "'minutes' is not known"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_line_that_is_wrong(body: Body, name: str) -> None:
    line, told = WRONG[name]
    with pytest.raises(InputMistake) as mistake:
        read_figures(put(body, HEADER + line + "\n"))
    assert told in str(mistake.value)
    assert "figures/pack.csv" in str(mistake.value)


def test_every_problem_of_every_file_is_told_together(body: Body) -> None:
    lines = "\n".join(line for line, _ in WRONG.values())
    put(body, HEADER + lines + "\n")
    put(body, "measure,title\nx,y\n", "other.csv")
    put(body, '"', "quotes.csv")
    (body.folder / "figures" / "sheet.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputMistake) as mistake:
        read_figures(body)
    told = str(mistake.value)
    assert all(words.split(": ", 1)[-1] in told for _, words in WRONG.values())
    assert "figures/other.csv, line 1: there is no column 'statistic'" in told
    assert "figures/sheet.csv: this is not text" in told


def test_one_series_in_two_units_is_refused(body: Body) -> None:
    put(body, HEADER + "m,M,value,2023-11,all,3,count,,,,Pack\n"
        "m,M,value,2023-12,all,3,seconds,,,,Pack\n")  # fmt: skip
    with pytest.raises(InputMistake, match="is in seconds here and in count in"):
        read_figures(body)


# --- writing

SAFE_TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12
).map(lambda text: text.strip() or "=")
NUMBERS = st.floats(0, 1e12, allow_nan=False)


@st.composite
def made(draw: st.DrawFn) -> Figure:
    unit = draw(st.sampled_from(list(Unit)))
    value = draw(NUMBERS) if unit != Unit.SHARE else draw(st.floats(0, 1))
    status = draw(st.sampled_from([Status.OK, Status.PROVISIONAL, Status.SUPPRESSED]))
    usable = status != Status.SUPPRESSED
    month = draw(st.integers(1, 12))
    return Figure(
        measure="m",
        title=draw(SAFE_TEXT),
        period=Period.parse(f"2023-{month:02d}"),
        unit=unit,
        value=value if usable else None,
        denominator=draw(st.none() | NUMBERS) if usable else None,
        status=status,
        source=draw(SAFE_TEXT),
        place=draw(st.just("") | SAFE_TEXT),
        typed_by=draw(st.just("") | SAFE_TEXT),
        typed_on=draw(st.none() | st.just(date(2024, 1, 31))),
        note=draw(st.just("") | SAFE_TEXT),
    )


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(suppress_health_check=SLOW, max_examples=100, deadline=None)
@given(made())
def test_what_is_written_comes_back(body: Body, one: Figure) -> None:
    write_figures(body.folder / "figures" / "pack.csv", [one])
    assert read_figures(body) == (one,)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "'=1", "|cmd", "％x", "＝1", "'"]
)
def test_no_cell_starts_as_a_formula(body: Body, text: str) -> None:
    written = as_csv([figure("2023-11", 3.0, title=text, source=text)])
    cells = written.splitlines()[1].split(",")
    assert not any(cell.startswith(("=", "+", "-", "@", "|", "＝")) for cell in cells)
    write_figures(body.folder / "figures" / "pack.csv", [figure("2023-11", 3.0, source=text)])
    assert read_figures(body)[0].source == text


def test_a_file_has_the_columns_of_the_contract() -> None:
    assert as_csv([]).strip().split(",") == [column.name for column in columns()]


# --- two values for one name


def test_two_values_for_one_name_are_named_with_both_places(body: Body) -> None:
    put(body, HEADER + "calls,Calls,count,2023-11,all,512,count,,,,Pack October\n")
    put(body, HEADER + "calls,Calls,count,2023-11,all,498,count,,,,Pack November\n", "r.csv")
    used, (difference,) = settled(read_kept(body))
    assert difference.sentence == (
        "Calls, November 2023: 512 in figures/pack.csv, line 2 (Pack October); 498 in"
        " figures/r.csv, line 2 (Pack November). None of them is used until one is taken out."
    )
    assert [each.status for each in used] == [Status.MISSING]


def test_the_later_entry_stands_as_revised(body: Body) -> None:
    one = figure("2023-11", 512.0, source="Pack", typed_on=date(2023, 12, 1))
    later = replace(one, value=498.0, typed_on=date(2024, 1, 5))
    write_figures(body.folder / "figures" / "pack.csv", [one, later, one])
    used, (difference,) = settled(read_kept(body)[:2])
    assert [(each.value, each.status) for each in used] == [(498.0, Status.REVISED)]
    assert difference.sentence.endswith("498 is used.")


def test_one_value_given_twice_is_no_difference(body: Body) -> None:
    write_figures(body.folder / "figures" / "pack.csv", counts() + counts())
    used, differences = settled(read_kept(body))
    assert (len(used), differences) == (24, ())


# --- results


def test_results_of_counts(body: Body) -> None:
    given = counts()
    found = {(r.period, r.grain): r for r in results_of(given, {}, [NOW])}
    month = found["2022-12", Grain.MONTH]
    assert (month.value, month.n, month.count, month.grade) == (
        given[12].value, int(given[12].value or 0), None, Grade.MONTHS)  # fmt: skip
    year = found["2022-12..2023-11", Grain.WINDOW]
    assert year.value == sum(each.value or 0 for each in given[12:])
    assert ("2022-Q2", Grain.QUARTER) in found and ("2022/23", Grain.YEAR) in found
    assert ("2021-Q4", Grain.QUARTER) not in found
    assert year.method == "exact Poisson" and year.lower < year.value < year.upper


def test_results_of_whole_periods_are_two_figures() -> None:
    results = results_of([figure("2022/23", 10.0), figure("2023/24", 12.0)], {})
    assert {r.grade for r in results} == {Grade.TWO}
    assert {(r.period, r.grain) for r in results} == {
        ("2022/23", Grain.YEAR), ("2023/24", Grain.YEAR),
        ("2022-04..2023-03", Grain.WINDOW), ("2023-04..2024-03", Grain.WINDOW),
    }  # fmt: skip


def test_a_withheld_month_withholds_the_sum() -> None:
    given = counts()
    given[14] = replace(given[14], value=None, status=Status.SUPPRESSED)
    found = {r.period: r for r in results_of(given, {}, [NOW])}
    assert found["2022-12..2023-11"].status == Status.SUPPRESSED
    assert found["2022-12..2023-11"].value is None


def test_percentages_without_counts_have_no_longer_period() -> None:
    results = results_of(shares(counted=False), {}, [NOW])
    assert {r.grain for r in results} == {Grain.MONTH}
    assert {(r.n, r.count, r.lower, r.method) for r in results} == {(None, None, None, "")}


def test_a_measure_of_ones_own_needs_no_file() -> None:
    awkward = 'Calls "answered" \\ in 10 s\x7f'
    made, texts = definitions_of([figure("2023-11", 3.0, title=awkward)], {})
    definition = made["calls"]
    assert definition.as_given and definition.title == awkward
    assert definition.statistics == ("value",) and definition.units == {"value": "count"}
    assert 'title = "Calls \\"answered\\"' in texts["calls"]


def test_a_figure_must_fit_the_measure_that_it_names(body: Body) -> None:
    shipped = load_definitions(body)
    given = [figure("2023-11", 3.0, measure="cps_referral_rate", statistic="median")]
    with pytest.raises(InputMistake, match="the measure has no statistic 'median'"):
        definitions_of(given, shipped)


def test_a_number_out_of_an_array_is_written_as_a_number(body: Body) -> None:
    one = replace(shares()[0], numerator=None, denominator=None, value=np.float64(0.8125))
    write_figures(body.folder / "figures" / "made.csv", [one])
    (read,) = read_figures(body)
    assert read.value == 0.8125
