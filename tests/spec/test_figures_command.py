"""`answerable figures`: a spreadsheet's lines bound to measures and areas, never by likeness."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, open_body
from answerable.chain.figures import read_figures
from answerable.chain.measures import Status
from answerable.cli.app import load

PACK = """Performance pack
,Apr-23,May-23,Jun-23,Jul-23,Aug-23,Sep-23
Domestic abuse reported to the police,512,498,530,540,512,<5
Arrest rate %,41.2%,40.1%,39.9%,42.0%,41.0%,40.0%
"""
PLACES = """Calls by area
Area,Apr-23,May-23,Jun-23,Jul-23
Town,300,280,310,320
Dales LPA,100,120,130,140
Dalles,1,2,3,4
Total,400,400,440,460
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def problems(result: Result) -> str:
    assert isinstance(result.exception, InputMistake), result.output
    return str(result.exception)


@pytest.fixture
def body(tmp_path: Path) -> Path:
    folder = tmp_path / "body"
    run("init", folder)
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "Pack October.csv"
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(PLACES, encoding="utf-8")
    return path


COUNT = ("--statistic", "Domestic abuse reported to the police=count")


def test_nothing_is_bound_by_likeness(body: Path, pack: Path) -> None:
    told = problems(run("figures", body, pack))
    assert "'reports' has no one statistic in count. Allowed: count, per_day." in told
    assert "'Arrest rate %' is not the title of a measure." in told
    assert '--measure "Arrest rate %=KEY"; or make every such line a measure of its own' in told
    assert not (body / "figures").exists()


def test_a_title_binds_and_the_rest_is_told(body: Path, pack: Path) -> None:
    result = run("figures", body, pack, *COUNT, "--own", "--better", "Arrest rate %=higher",
                 "--source", "Pack of October 2023", "--typed-by", "the policy office")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "reports, count, all: 6 figures, April 2023 to September 2023" in result.stdout
    assert "arrest_rate, value, all: 6 figures" in result.stdout
    assert "(a measure of its own)" in result.stdout
    read = read_figures(open_body(body))
    assert {f.measure for f in read} == {"reports", "arrest_rate"}
    assert {(f.source, f.typed_by) for f in read} == {("Pack of October 2023", "the policy office")}
    assert [f.status for f in read if f.measure == "reports"][-1] == Status.SUPPRESSED
    assert {f.better for f in read if f.measure == "arrest_rate"} == {"higher"}
    assert all(f.place for f in read)
    shown = run("figures", body)
    assert "reports, count, all: 6 figures in count" in shown.stdout
    assert "1 withheld (monthly totals; Pack of October 2023)" in shown.stdout


def test_a_name_like_a_key_is_still_a_measure_of_its_own(body: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(PACK.replace("Domestic abuse reported to the police", "Reports"), "utf-8")
    assert run("figures", body, path, "--own").exit_code == 0
    assert {f.measure for f in read_figures(open_body(body))} == {"reports_given", "arrest_rate"}


def test_places_are_bound_by_name_and_the_rest_asked_for(body: Path, places: Path) -> None:
    told = problems(run("figures", body, places, "--own"))
    assert "'Dalles' is not an area of the body. Allowed: dales (dales)" in told
    assert '--area "Dalles=CODE"' in told
    bound = ("figures", body, places, "--measure", "calls")
    assert run(*bound, "--leave", "Dalles").exit_code == 0
    assert {f.area for f in read_figures(open_body(body))} == {"all", "town", "dales"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--measure", "Arrests=x"), "--measure: there is no 'Arrests' in the file"),
        (("--measure", "Arrest rate %=Not A Key"), "--measure: 'Not A Key' is not a key"),
        (("--area", "all=nowhere"), "--area: there is no area 'nowhere'"),
        (("--better", "good"), "--better: 'good' is no direction"),
        (("--own", "--statistic", "Arrest rate %=mode"), "has no statistic 'mode'"),
        (("--correct", "colour=red"), "there is no such correction"),
    ],
)
def test_options_that_fit_nothing(
    body: Path, pack: Path, options: tuple[str, ...], told: str
) -> None:
    assert told in problems(run("figures", body, pack, *COUNT, *options))
    assert not (body / "figures").exists()


def test_a_file_is_not_written_over_unless_told(body: Path, pack: Path) -> None:
    first = ("figures", body, pack, *COUNT, "--own")
    assert run(*first).exit_code == 0
    assert "there is a file of that name already" in problems(run(*first))
    assert run(*first, "--replace").exit_code == 0
    assert run(*first, "--name", "Again!").exit_code == 0
    assert sorted(p.name for p in (body / "figures").iterdir()) == ["again.csv", "pack-october.csv"]


def test_figures_that_cannot_stand_together_are_refused_before_anything_is_written(
    body: Path, pack: Path, places: Path
) -> None:
    assert run("figures", body, pack, *COUNT, "--own").exit_code == 0
    told = problems(run("figures", body, places, "--measure", "arrest_rate", "--leave", "Dalles",
                        "--statistic", "value"))  # fmt: skip
    assert "'arrest_rate', value, is in count here and in share in figures/pack-october.csv" in told
    assert [p.name for p in (body / "figures").iterdir()] == ["pack-october.csv"]


def test_a_later_pack_that_says_something_else_is_told(
    body: Path, pack: Path, tmp_path: Path
) -> None:
    assert run("figures", body, pack, *COUNT, "--own").exit_code == 0
    later = tmp_path / "Pack November.csv"
    later.write_text(PACK.replace("498", "512"), "utf-8")
    result = run("figures", body, later, *COUNT, "--own")
    assert "Two sources differ: Domestic abuse reported to the police, May 2023: 498 in" in (
        result.stderr
    )
    assert "pack-november.csv, line 3 (Pack November.csv" in result.stderr


def test_a_look_writes_nothing(body: Path, pack: Path) -> None:
    result = run("figures", body, pack, "--look")
    assert "Arrest rate % | all | share | 6 figures" in result.stdout
    assert not (body / "figures").exists()
    assert "no figures here yet" in run("figures", body).stdout


def test_what_cannot_be_understood_is_told(body: Path, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("a,b\nc,d\n", encoding="utf-8")
    assert "no table with months" in problems(run("figures", body, path))
