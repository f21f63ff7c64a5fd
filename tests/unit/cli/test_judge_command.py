"""`answerable judge` and `answerable check`, as a person runs them."""

import csv
import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake, Month
from answerable.chain.claims import CheckedClaim
from answerable.cli.app import load

PERIODS = ("--period", "2022-12..2023-11", "--baseline", "2021-12..2022-11")
FIELDS = [
    "verdict", "recorded", "size", "lower", "upper", "smallest_visible", "rule", "may_say",
    "to_settle", "sentence",
]  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(load(), [str(each) for each in arguments])


def problems(result: Result) -> str:
    """What the command would print for a mistake, which ends with status 2."""
    assert isinstance(result.exception, InputMistake), result.output
    return str(result.exception)


def written(path: Path, shift: float, months: int = 24, x: str = "{}") -> Path:
    noise = np.random.default_rng(11).normal(size=months)
    end = Month.parse("2023-11")
    lines = ["month,minutes,late,all"]
    for i in range(months):
        moved = shift if i >= months - 12 else 0.0
        late = round(400 + 40 * moved + 20 * noise[i])
        month = x.format(end + (i + 1 - months))
        lines.append(f"{month},{44 + moved + noise[i]:.3f},{late},1000")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("shift", "verdict", "status"),
    [(-6, "supported", 0), (0, "not shown", 1), (6, "contradicted", 1)],
)
@pytest.mark.parametrize(
    "columns", [("--value", "minutes"), ("--numerator", "late", "--denominator", "all")]
)
def test_a_statement_on_a_series(
    tmp_path: Path, shift: float, verdict: str, status: int, columns: tuple[str, ...]
) -> None:
    file = written(tmp_path / "s.csv", shift)
    result = run(
        "judge", file, "--x", "month", *columns, "--says", "improved", "--better", "lower",
        *PERIODS, "--format", "json",
    )  # fmt: skip
    said = json.loads(result.stdout)
    assert list(said) == FIELDS
    assert said["verdict"] == verdict
    assert result.exit_code == status
    assert said["lower"] < said["size"] < said["upper"]
    assert "mix of cases was not checked" in said["sentence"]
    assert bool(said["to_settle"]) == (verdict != "contradicted")


def test_the_numbers_are_those_of_the_rule(tmp_path: Path) -> None:
    """Worked out again here: paired months, the factor, t at 11 degrees of freedom."""
    file = written(tmp_path / "s.csv", -6)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    values = np.array([float(row["minutes"]) for row in rows])
    d = values[12:] - values[:12]
    half = 2.2009852 * 1.4249151 * d.std(ddof=1) / np.sqrt(12)
    said = json.loads(
        run("judge", file, "--x", "month", "--value", "minutes", "--says", "fell", *PERIODS,
            "--format", "json").stdout
    )  # fmt: skip
    assert said["size"] == pytest.approx(d.mean())
    assert said["lower"] == pytest.approx(d.mean() - half)
    assert said["upper"] == pytest.approx(d.mean() + half)
    assert said["rule"] == "like months paired"


def test_a_supported_statement_never_passes_as_checked_for_mix(tmp_path: Path) -> None:
    file = written(tmp_path / "s.csv", -6)
    result = run("judge", file, "--x", "month", "--value", "minutes", "--says", "fell", *PERIODS)
    assert result.stdout.startswith("Supported: the record shows this; mix not checked.\nRecorded:")
    assert "What may be said: minutes: a monthly average of" in result.stdout
    assert "What would settle it: The same figures within each group" in result.stdout


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        (("--says", "meets", "--better", "lower", "--target", "40"), "supported"),
        (("--says", "misses", "--better", "lower", "--target", "40"), "contradicted"),
        (("--says", "just_misses", "--better", "higher", "--target", "39", "--margin", "2"),
         "supported"),
    ],
)  # fmt: skip
def test_a_statement_on_a_target(tmp_path: Path, options: tuple[str, ...], verdict: str) -> None:
    result = run(
        "judge", written(tmp_path / "s.csv", -6), "--x", "month", "--value", "minutes", *options,
        "--period", "2022-12..2023-11", "--format", "json",
    )  # fmt: skip
    assert json.loads(result.stdout)["verdict"] == verdict


def test_unchanged_with_a_margin(tmp_path: Path) -> None:
    file = written(tmp_path / "s.csv", 0)
    told = ("judge", file, "--x", "month", "--value", "minutes", "--says", "unchanged", *PERIODS)
    assert run(*told, "--margin", "5").exit_code == 0
    assert "Cannot tell" in run(*told).stdout


@pytest.mark.parametrize("x", ["{}-01", "{}"])
def test_months_may_be_written_as_their_first_day(tmp_path: Path, x: str) -> None:
    file = written(tmp_path / "s.csv", -6, x=x)
    result = run("judge", file, "--x", "month", "--value", "minutes", "--says", "fell", *PERIODS)
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"--says": "improved"}, "--better: 'improved' needs to know which way is good"),
        ({"--baseline": None}, "--baseline: 'fell' compares"),
        ({"--says": "meets", "--better": "lower"}, "--target: 'meets' is said of a target"),
        ({"--period": "last year"}, "--period: 'last year' is not a month"),
        ({"--period": "x", "--baseline": "y"}, "--baseline: 'y' is not a month"),
        ({"--says": "unchanged", "--margin": "a bit"}, "--margin: 'a bit' is not a quantity"),
        ({"--value": "hours"}, "there is no column 'hours'"),
    ],
)
def test_mistakes(tmp_path: Path, change: dict[str, str | None], told: str) -> None:
    options: dict[str, str | None] = {
        "--x": "month", "--value": "minutes", "--says": "fell", "--period": "2022-12..2023-11",
        "--baseline": "2021-12..2022-11",
    }  # fmt: skip
    options |= change
    flat = [part for name, value in options.items() if value for part in (name, value)]
    assert told in problems(run("judge", written(tmp_path / "s.csv", 0), *flat))


CHOSEN = ("--period", "2023-06..2023-11", "--baseline", "2022-06..2022-11")


def test_the_usual_reading_stands_beside_chosen_periods(tmp_path: Path) -> None:
    """The best of several end dates is falsely supported too often."""
    file = written(tmp_path / "s.csv", -6)
    by_column = ("judge", file, "--x", "month", "--value", "minutes", "--says", "fell")
    for asked in (by_column, ("judge", file, "--line", "minutes", "--says", "fell")):
        told = run(*asked, *CHOSEN)
        assert (
            "The usual reading, December 2022 to November 2023 against December 2021 to November"
            " 2022: supported (the record shows this; mix not checked)."
        ) in told.stdout
        said = json.loads(run(*asked, *CHOSEN, "--format", "json").stdout)["default"]
        alone = json.loads(run(*asked, *PERIODS, "--format", "json").stdout)
        assert (said.pop("period"), said.pop("baseline")) == PERIODS[1::2]
        assert said == alone
        assert "The usual reading" not in run(*asked, *PERIODS).stdout


def test_a_target_has_its_usual_reading_too(tmp_path: Path) -> None:
    file = written(tmp_path / "s.csv", -6)
    asked = ("judge", file, "--x", "month", "--value", "minutes", "--says", "meets", "--better",
             "lower", "--target", "40")  # fmt: skip
    told = run(*asked, "--period", "2023-10")
    assert "The usual reading, December 2022 to November 2023: " in told.stdout


@pytest.mark.parametrize("labels", ["2023-11-06 2023-11-13", "week-1 week-2", "1 2"])
def test_weeks_are_refused(tmp_path: Path, labels: str) -> None:
    file = tmp_path / "weeks.csv"
    file.write_text("x,n\n" + "".join(f"{label},{i}\n" for i, label in enumerate(labels.split())))
    result = run("judge", file, "--x", "x", "--value", "n", "--says", "rose", *PERIODS)
    assert "month" in problems(result)


def test_twelve_weeks_cannot_show_that_demand_rose(reference: Path, tmp_path: Path) -> None:
    """Police records of Alexandria, August to November 2025: an extract that was widened in
    October looks like demand that rose by two thirds."""
    months: Counter[str] = Counter()
    for week in sorted((reference / "cad_alexandria_2025").glob("week*.csv.gz")):
        with gzip.open(week, "rt", encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["Agency"] == "POLICE":
                    months[row["Response_Date"][:7]] += 1
    assert sorted(months) == ["2025-08", "2025-09", "2025-10", "2025-11"]
    assert months["2025-10"] > 1.3 * months["2025-09"]
    file = tmp_path / "police.csv"
    file.write_text("month,n\n" + "".join(f"{m},{n}\n" for m, n in sorted(months.items())))
    for period, baseline in (("2025-10", "2025-09"), ("2025-10..2025-11", "2025-08..2025-09")):
        result = run(
            "judge", file, "--x", "month", "--value", "n", "--says", "rose", "--period", period,
            "--baseline", baseline, "--format", "json",
        )  # fmt: skip
        said = json.loads(result.stdout)
        assert said["verdict"] == "cannot tell"
        assert "season" in said["sentence"]
        assert said["to_settle"]
        assert result.exit_code == 1


# --- check


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A body with two claims whose figures come from hands rather than records."""
    from answerable.chain.body import open_body
    from answerable.chain.bundles.merging import Held
    from answerable.chain.measures import load_codes, load_definitions
    from tests.bodies import make_body

    body = make_body(tmp_path / "body")
    (body / "claims").mkdir()
    text = (
        'words = "{key} words"\npublished_by = "…"\nsaid_on = 2023-12-12\nsource = "…"\n'
        'as_worded = "not testable as worded"\nlacks = ["measure"]\n[[claim.reading]]\n'
        'says = "{says}"\nmeasure = "reports"\nstatistic = "count"\n'
        'period = "2022-12..2023-11"\nbaseline = "2021-12..2022-11"\n'
        'bound_by = "…"\nbound_on = 2024-01-01\nwhy = "…"\n'
    )
    for key, says in (("went-up", "rose"), ("went-down", "fell")):
        claim = f'[[claim]]\nkey = "{key}"\n' + text.format(key=key, says=says)
        (body / "claims" / f"{key}.toml").write_text(claim, encoding="utf-8")

    def results() -> Any:
        from answerable.chain.measures import Grain, Result, Status, Unit

        random = np.random.default_rng(2)
        counts = {Month(2020, 12) + i: 300 + 90 * (i >= 24) + random.normal(0, 5)
                  for i in range(36)}  # fmt: skip

        def result(period: str, value: float, grain: Grain) -> Any:
            return Result("reports", 1, "", "count", "all", period, grain, Unit.COUNT, value, 9,
                          Status.OK, "source")  # fmt: skip

        class Figures:
            source = "source"

            def one(self, measure: str, statistic: str, area: str = "all", period: Any = "",
                    split: str = "", basis: str = "raw") -> Any:  # fmt: skip
                inside = [value for month, value in counts.items() if month in period]
                return result(str(period), sum(inside), Grain.WINDOW)

            def series(self, measure: str, statistic: str, *rest: Any) -> Any:
                if "standardised" in rest:
                    return ()
                return tuple(result(str(m), v, Grain.MONTH) for m, v in counts.items())

        return Figures()

    class Grounds:
        definitions = load_definitions(open_body(body))
        codes = load_codes()

        def results(self, windows: object) -> Held:
            return Held(results(), "source", "", (), ())

    monkeypatch.setattr("answerable.chain.bundles.grounds.grounds_of", lambda body: Grounds())
    return body


def test_check_prints_every_claim_and_fails_when_one_is_not_supported(checked: Path) -> None:
    result = run("check", checked)
    assert result.exit_code == 1
    for words in ("went-up words", "went-down words", "supported", "contradicted", "Recorded:"):
        assert words in result.stdout
    assert "chance alone" in result.stdout


def test_check_of_one_claim(checked: Path) -> None:
    result = run("check", checked, "went-up")
    assert result.exit_code == 0
    assert "went-down" not in result.stdout


def test_check_as_json(checked: Path) -> None:
    result = run("check", checked, "--format", "json")
    said = json.loads(result.stdout)
    assert [claim["key"] for claim in said] == ["went-down", "went-up"]
    reading = said[1]["readings"][0]
    assert reading["measure"] == "reports"
    assert reading["verdict"]["verdict"] == "supported"
    assert reading["verdict"]["sentence"].startswith("Recorded: 4,6")
    assert reading["default"] is None
    assert result.exit_code == 1


def test_check_of_an_unknown_claim(checked: Path) -> None:
    told = problems(run("check", checked, "went-sideways"))
    assert "there is no claim 'went-sideways'" in told
    assert "went-down, went-up" in told


def test_a_claim_on_a_measure_that_does_not_exist(checked: Path) -> None:
    path = checked / "claims" / "went-up.toml"
    path.write_text(path.read_text().replace('"reports"', '"reprots"'))
    told = problems(run("check", checked))
    assert "claims/went-up.toml, went-up, reading 1, measure: there is no measure 'reprots'" in told
    assert "Allowed: reports" in told


def test_a_claim_without_a_reading_is_no_failure(checked: Path) -> None:
    (checked / "claims" / "went-down.toml").write_text(
        '[[claim]]\nkey = "a-hope"\nwords = "we hope"\npublished_by = "…"\nsaid_on = 2023-12-12\n'
        'source = "…"\nas_worded = "not a matter of figures"\n'
    )
    result = run("check", checked)
    assert result.exit_code == 0
    assert "no reading" in result.stdout


def test_assured_means_every_reading() -> None:
    from answerable.chain.claims import CheckedReading, Verdict, VerdictKind

    good = Verdict(VerdictKind.SUPPORTED, "", "", "", "", "")
    reading = CheckedReading(None, good)  # type: ignore[arg-type]
    bad = CheckedReading(None, replace(good, verdict=VerdictKind.NOT_SHOWN))  # type: ignore[arg-type]
    assert CheckedClaim(None, (reading,)).assured  # type: ignore[arg-type]
    assert not CheckedClaim(None, (reading, bad)).assured  # type: ignore[arg-type]
