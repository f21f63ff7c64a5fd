"""The register of claims: what is refused, all at once, and the periods that it asks for."""

from pathlib import Path
from typing import Any

import pytest

from answerable.chain.body import Body, InputMistake
from answerable.chain.claims import Claim, default_periods, default_reading, load_claims, windows_of
from answerable.chain.claims.direction import LEANS, better_of, claimed_move, margin_of
from answerable.chain.measures import Definition
from answerable.chain.measures.definition import STATISTICS
from answerable.chain.statistics import Moved
from tests.unit.claims.ledger import count, define, posts, read

CLAIM = """
[[claim]]
key = "quicker"
words = "quicker response"
published_by = "an office"
said_on = 2023-12-12
source = "release.md"
as_worded = "not testable as worded"
lacks = ["measure"]
"""
READING = """
[[claim.reading]]
says = "improved"
measure = "wait"
statistic = "median"
period = "2022-12..2023-11"
baseline = "2021-12..2022-11"
bound_by = "an office"
bound_on = 2024-07-15
why = "…"
"""


@pytest.fixture
def definitions() -> dict[str, Definition]:
    return {"wait": define(), "reports": count(key="reports"), "posts": posts(key="posts")}


@pytest.fixture
def load(tmp_path: Path, body: Body, definitions: dict[str, Definition]):  # type: ignore[no-untyped-def]
    def load(*files: str) -> tuple[Claim, ...]:
        (tmp_path / "claims").mkdir()
        for number, text in enumerate(files):
            (tmp_path / "claims" / f"{number}.toml").write_text(text, encoding="utf-8")
        return load_claims(Body(tmp_path, body.file), definitions)

    return load


def said(reading: str) -> str:
    """A claim with one reading in which lines are replaced by their key."""
    lines = {line.split(" = ")[0]: line for line in READING.strip().splitlines()[1:]}
    lines |= {line.split(" = ")[0]: line for line in reading.strip().splitlines()}
    kept = [line for line in lines.values() if not line.endswith("= drop")]
    return CLAIM + "\n[[claim.reading]]\n" + "\n".join(kept)


def test_a_register_is_read_in_order(load) -> None:  # type: ignore[no-untyped-def]
    other = (CLAIM + READING).replace('"quicker"', '"another"')
    claims = load(CLAIM + READING, other)
    assert [claim.key for claim in claims] == ["quicker", "another"]
    assert claims[0].reading[0].measure == "wait"


def test_a_file_may_hold_one_claim_alone(load) -> None:  # type: ignore[no-untyped-def]
    alone = (CLAIM + READING).replace("[[claim]]", "").replace("claim.reading", "reading")
    assert [claim.key for claim in load(alone)] == ["quicker"]


def test_no_folder_is_an_empty_register(tmp_path: Path, body: Body) -> None:
    assert load_claims(Body(tmp_path, body.file), {}) == ()


@pytest.mark.parametrize(
    ("reading", "found", "allowed"),
    [
        ('measure = "wiat"', "there is no measure 'wiat'", "wait"),
        ('statistic = "mean"', "no statistic 'mean'", "median, p90"),
        ('area = "nroth"', "there is no area 'nroth'", "all, north"),
        ('split = "channel=999"', "'channel=999' is not a split", "response_method=…"),
        ('split = "response_method=flown"', "'flown' is not a value", "response_method=attended"),
        ('measure = "reports"\nstatistic = "count"', "no direction of good", "rose, fell"),
        ('says = "meets"\nperiod = drop\nbaseline = drop', "'meets' needs 'period'", "2022-12"),
        ('says = "in_place"\nmeasure = "posts"\nstatistic = "coverage"', "needs 'on'", "a day"),
        ('margin = "5%"', "is a share", ""),
        ('says = "value"\nvalue = "63%"', "is a share", ""),
        ('says = "meets"\nvalue = "63%"', "is a share", ""),
        ('says = "better"', "found 'better'", "'improved'"),
        ('period = "last year"', "is not a month", ""),
        ("baseline = drop", "needs a period and a baseline", ""),
        ('colour = "red"', "this key is not known here", ""),
    ],
)
def test_what_a_reading_gets_wrong(load, reading: str, found: str, allowed: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputMistake) as mistake:
        load(said(reading))
    (problem,) = mistake.value.problems
    assert problem.where == "claims/0.toml"
    assert found in problem.found
    assert allowed in problem.allowed
    assert problem.next_step
    assert problem.key


def test_every_problem_of_every_file_is_told_together(load) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputMistake) as mistake:
        load(
            said('measure = "nothing"') + READING.replace("median", "mean"),
            CLAIM,
            "key = 3 =",
            CLAIM.replace('"quicker"', '"see"') + 'see = ["nothing"]',
        )
    found = [(problem.where, problem.key) for problem in mistake.value.problems]
    assert found == [
        ("claims/0.toml", "quicker, reading 1, measure"),
        ("claims/0.toml", "quicker, reading 2, statistic"),
        ("claims/1.toml", "key"),
        ("claims/2.toml", ""),
        ("claims/3.toml", "see, see"),
    ]


def test_steps_and_reasons_are_splits(load, definitions: dict[str, Definition]) -> None:  # type: ignore[no-untyped-def]
    definitions["path"] = define(
        key="path", kind="pathway", statistics=("reached", "lost"), lost_reason="lost_reason",
        steps=({"key": "offered", "title": "…", "when": "true"},), reasons={"failed": "…"},
        target=None, matters=None, splits=(), better="higher",
    )  # fmt: skip
    base = 'says = "rose"\nmeasure = "path"\n'
    with pytest.raises(InputMistake) as mistake:
        load(
            said(base + 'statistic = "reached"'),
            said(base + 'statistic = "reached"\nsplit = "step=sent"').replace("quicker", "b"),
            said(base + 'statistic = "lost"\nsplit = "reason=failed"').replace("quicker", "c"),
        )
    assert [problem.allowed for problem in mistake.value.problems] == ["step=offered"] * 2


# --- periods


def claim(**changes: Any) -> Claim:
    values = {
        "key": "k", "words": "…", "published_by": "…", "said_on": "2023-12-12", "source": "…",
        "as_worded": "testable as worded",
    }  # fmt: skip
    return Claim.model_validate(values | changes)


def test_the_default_is_the_last_twelve_complete_months() -> None:
    assert [str(p) for p in default_periods(claim())] == ["2022-12..2023-11", "2021-12..2022-11"]
    first = default_periods(claim(said_on="2024-01-01"))[0]
    assert str(first) == "2023-01..2023-12"


def test_the_default_stands_beside_any_other_choice() -> None:
    assert default_reading(claim(), read()) is None
    other = default_reading(claim(), read(period="2023-Q3", baseline="2022-Q3"))
    assert other is not None
    assert (other.period, other.baseline) == ("2022-12..2023-11", "2021-12..2022-11")
    value = read(says="value", value=1, baseline="")
    assert default_reading(claim(), value) is None
    standing = read(says="meets", period="2023-11", baseline="")
    assert default_reading(claim(), standing, at_end=True) is None
    year = default_reading(claim(), standing)
    assert year is not None and year.period == "2022-12..2023-11" and year.baseline == ""


def test_windows_hold_every_period_and_its_default_once() -> None:
    both = claim(reading=(read(), read(period="2023-Q3", baseline="2022-Q3")))
    assert [str(p) for p in windows_of([both, both])] == [
        "2021-12..2022-11",
        "2022-Q3",
        "2022-12..2023-11",
        "2023-Q3",
    ]


# --- directions


def test_every_statistic_has_a_lean_or_says_it_has_none() -> None:
    assert set(LEANS) == {name for names in STATISTICS.values() for name in names}


@pytest.mark.parametrize(
    ("statistic", "better"),
    [
        ("median", "lower"),
        ("within_target", "higher"),
        ("eligible_within_target", "higher"),
        ("missing_share", "lower"),
    ],
)
def test_which_way_is_good_for_each_statistic_of_a_time(statistic: str, better: str) -> None:
    assert better_of(define(), statistic) == better


def test_what_is_lost_is_better_lower() -> None:
    assert better_of(define(better="higher"), "lost") == "lower"


@pytest.mark.parametrize(
    ("says", "better", "moved"),
    [
        ("improved", "lower", Moved.FELL),
        ("improved", "higher", Moved.ROSE),
        ("worsened", "lower", Moved.ROSE),
        ("worsened", "higher", Moved.FELL),
        ("rose", "neither", Moved.ROSE),
        ("unchanged", "lower", None),
    ],
)
def test_the_move_that_is_claimed(says: str, better: Any, moved: Moved | None) -> None:
    assert claimed_move(says, better) == moved


def test_what_matters_holds_only_in_its_own_unit() -> None:
    assert margin_of(read(), define()) == 180
    assert margin_of(read(statistic="within_target"), define()) is None
    assert margin_of(read(statistic="within_target", margin="2%"), define()) == 0.02
