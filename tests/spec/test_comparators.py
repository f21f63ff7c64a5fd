"""Beside whom a result may be read: groups with dates, others' own definitions, no ranks."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from answerable.chain.body import Appetite, InputMistake, Period, open_body
from answerable.chain.comparators import (
    Beside,
    Comparators,
    Elsewhere,
    Group,
    Nation,
    beside,
    load_comparators,
    told,
)
from answerable.chain.measures import (
    Definition,
    Gathered,
    Grain,
    Result,
    Status,
    Unit,
    compute,
    load_definitions,
)
from answerable.chain.records import current_snapshot
from answerable.chain.statistics import wilson
from tests.conftest import ROOT
from tests.severnshire import Demo

OURS = "Severnshire Police"


@pytest.fixture(scope="module")
def definition() -> Definition:
    body = open_body(ROOT / "demo" / "severnshire")
    return load_definitions(body)["action_taken_recorded"]


def ours(definition: Definition, *periods: str, status: Status = Status.OK) -> Gathered:
    return Gathered(
        [
            Result(
                definition.key, 1, "d", "rate", "all", period, Grain.YEAR, Unit.SHARE,
                0.2 if status == Status.OK else None, 1000, status, "s", count=200,
            )
            for period in periods
        ],
        "s",
    )  # fmt: skip


def group(*members: str | tuple[str, str, str], **changes: object) -> Group:
    named = [
        {"key": m, "name": m.title()}
        if isinstance(m, str)
        else {"key": m[0], "name": m[0].title(), "since": m[1], "until": m[2]}
        for m in members
    ]
    given = {
        "key": "similar", "name": "Similar forces", "chosen_by": "the inspectorate", "why": "why",
        "source": "a list", "since": "2018-10-01", "members": named,
    }  # fmt: skip
    return Group.model_validate(given | changes)


def series(who: str, *figures: dict[str, object], **changes: object) -> Elsewhere:
    given = {
        "measure": "action_taken_recorded", "statistic": "rate", "who": who, "how": "as they say",
        "same": "same", "source": "their paper", "figures": figures,
    }  # fmt: skip
    return Elsewhere.model_validate(given | changes)


def counted(top: int, n: int, period: str = "2022/23") -> dict[str, object]:
    return {"period": period, "numerator": top, "denominator": n}


def found(
    definition: Definition, groups: Iterable[Group], elsewhere: Iterable[Elsewhere], *ours_for: str
) -> Beside:
    comparators = Comparators(
        group=tuple(groups),
        nation=(Nation(key="nation", name="The nation"),),
        elsewhere=tuple(elsewhere),
    )
    (only,) = beside(definition, ours(definition, *(ours_for or ("2022/23",))), comparators,
                     Appetite())  # fmt: skip
    return only


def test_members_are_listed_by_name_and_added_up_not_averaged(definition: Definition) -> None:
    only = found(
        definition,
        [group("zeta", "alpha", "beta")],
        [
            series("zeta", counted(900, 1000)),
            series("alpha", counted(10, 100)),
            series("beta", counted(300, 900)),
        ],
    )
    (grouped,) = only.groups
    assert [line.name for line in grouped.lines] == ["Alpha", "Beta", "Zeta"]
    assert grouped.together is not None
    assert grouped.together.value == pytest.approx(1210 / 2000)
    assert (grouped.together.lower, grouped.together.upper) == pytest.approx(
        wilson(1210, 2000), abs=1e-6
    )
    assert "all 3 members" in told(only, definition, OURS)


def test_what_is_not_like_for_like_is_shown_and_said_and_not_added(definition: Definition) -> None:
    only = found(
        definition,
        [group("alpha", "beta", "gamma")],
        [
            series("alpha", counted(10, 100)),
            series("beta", counted(30, 100)),
            series("gamma", counted(90, 100), same="differs", differs="by date of outcome."),
        ],
    )
    (grouped,) = only.groups
    assert grouped.added == 2
    assert grouped.together is not None
    assert grouped.together.value == 0.2
    text = told(only, definition, OURS)
    assert "Gamma: 90.0%" in text
    assert "not like for like: by date of outcome" in text
    assert "2 of 3 members" in text


def test_one_like_for_like_member_is_not_a_group(definition: Definition) -> None:
    only = found(
        definition,
        [group("alpha", "beta")],
        [series("alpha", counted(10, 100)), series("beta", {"period": "2022/23", "value": "40%"})],
    )
    assert only.groups[0].together is None
    assert "not put together" in told(only, definition, OURS)


def test_the_edition_that_stood_at_the_end_of_the_months_is_used(definition: Definition) -> None:
    before = group("alpha", "beta", until="2021-10-31")
    after = group("beta", "gamma", since="2021-11-01", name="Anew")
    figures = [
        series(who, counted(10, 100, "2020/21"), counted(20, 100, "2021/22"))
        for who in ("alpha", "beta", "gamma")
    ]
    early = found(definition, [before, after], figures, "2020/21")
    assert [line.name for line in early.groups[0].lines] == ["Alpha", "Beta"]
    late = found(definition, [before, after], figures, "2021/22")
    assert late.groups[0].group.name == "Anew"
    assert "chosen anew within these months" in late.groups[0].note


def test_who_was_a_member_for_part_of_the_months_is_left_out_by_name(
    definition: Definition,
) -> None:
    only = found(
        definition,
        [group("alpha", "beta", ("gamma", "2018-10-01", "2022-12-31"))],
        [series(who, counted(20, 100)) for who in ("alpha", "beta", "gamma")],
    )
    assert only.groups[0].left_out == (("Gamma", "not a member for all of these months"),)


def test_the_latest_months_that_both_have_are_read(definition: Definition) -> None:
    figures = [
        series("nation", counted(1, 5, "2023/24"), counted(20, 100), counted(30, 100, "2021/22"))
    ]
    only = found(definition, [], figures, "2021/22", "2022/23")
    assert only.period == Period.parse("2022/23")
    assert only.nations[0].result.value == 0.2


def test_a_withheld_figure_of_ours_stands_beside_nobody(definition: Definition) -> None:
    comparators = Comparators(
        nation=(Nation(key="nation", name="N"),), elsewhere=(series("nation", counted(20, 100)),)
    )
    withheld = ours(definition, "2022/23", status=Status.SUPPRESSED)
    assert beside(definition, withheld, comparators, Appetite()) == ()


@pytest.mark.parametrize(
    ("top", "n", "withheld"),
    [(4, 100, True), (5, 100, False), (96, 100, True), (95, 100, False), (10, 19, True),
     (10, 20, False), (0, 100, False)],
)  # fmt: skip
def test_small_numbers_are_withheld_whoever_published_them(
    definition: Definition, top: int, n: int, withheld: bool
) -> None:
    only = found(definition, [], [series("nation", counted(top, n))])
    result = only.nations[0].result
    assert (result.status == Status.SUPPRESSED) is withheld
    assert (result.value is None) is withheld
    assert (result.count is None) is withheld


WRONG = {
    "nobody is named": (
        '[[elsewhere]]\nmeasure="reports"\nstatistic="count"\nwho="atlantis"\nhow="x"\n'
        'same="same"\nsource="x"\nfigures=[{period="2022/23", value=3000}]',
        "'atlantis' is no member of a group and no nation",
    ),
    "no such measure": (
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="luck"\nstatistic="count"\n'
        'who="n"\nhow="x"\nsame="same"\nsource="x"\nfigures=[{period="2022/23", value=3}]',
        "there is no measure 'luck'",
    ),
    "no way": (
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="reports"\nstatistic="count"\n'
        'who="n"\nhow="x"\nsame="same"\nsource="x"',
        "give figures, or a file, or a body: one of the three",
    ),
    "differs without saying in what": (
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="reports"\nstatistic="count"\n'
        'who="n"\nhow="x"\nsame="differs"\nsource="x"\nfigures=[{period="2022/23", value=3}]',
        "'differs' says in what, and nothing else does",
    ),
    "editions that overlap": (
        "".join(
            f'[[group]]\nkey="g"\nname="G"\nchosen_by="x"\nwhy="x"\nsource="x"\nsince={day}\n'
            'members=[{key="a", name="A"}]\n'
            for day in ("2018-10-01", "2021-11-01")
        ),
        "two editions of the group 'g' stood on 2021-11-01",
    ),
    "a time for a share": (
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="action_taken_recorded"\n'
        'statistic="rate"\nwho="n"\nhow="x"\nsame="same"\nsource="x"\n'
        'figures=[{period="2022/23", value="3 minutes"}]',
        "is a time, and this is measured in share",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_in_a_file_is_named_with_its_place(case: str, tmp_path: Path) -> None:
    text, said = WRONG[case]
    folder = tmp_path / "body"
    (folder / "comparators").mkdir(parents=True)
    (folder / "body.toml").write_text(
        (ROOT / "demo" / "severnshire" / "body.toml").read_text(encoding="utf-8")
    )
    (folder / "comparators" / "wrong.toml").write_text(text)
    with pytest.raises(InputMistake) as refused:
        load_comparators(open_body(folder))
    assert any(said in str(problem) for problem in refused.value.problems)
    assert all("comparators" in problem.where for problem in refused.value.problems)


HEAD = "measure,title,statistic,period,area,value,unit,numerator,denominator,source\n"


def test_figures_of_others_may_lie_in_a_file_under_the_contract(tmp_path: Path) -> None:
    folder = tmp_path / "body"
    (folder / "comparators").mkdir(parents=True)
    (folder / "body.toml").write_text(
        (ROOT / "demo" / "severnshire" / "body.toml").read_text(encoding="utf-8")
    )
    (folder / "comparators" / "n.toml").write_text(
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="action_taken_recorded"\n'
        'statistic="rate"\nwho="n"\nhow="x"\nsame="same"\nsource="x"\nfile="n.csv"\n'
    )
    (folder / "comparators" / "n.csv").write_text(
        HEAD + "action_taken_recorded,Action,rate,2022/23,n,,share,200,1000,their pack\n"
    )
    (series,) = load_comparators(open_body(folder)).elsewhere
    assert [(s.period, s.numerator, s.denominator) for s in series.figures] == [
        ("2022/23", 200, 1000)
    ]
    assert series.file == ""


def test_another_body_s_records_are_measured_by_our_definition(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "body"
    (folder / "comparators").mkdir(parents=True)
    (folder / "body.toml").write_text((demo.body.folder / "body.toml").read_text(encoding="utf-8"))
    (folder / "comparators" / "n.toml").write_text(
        '[[nation]]\nkey="n"\nname="N"\n[[elsewhere]]\nmeasure="action_taken_recorded"\n'
        f'statistic="rate"\nwho="n"\nhow="x"\nsame="same"\nsource="x"\nbody="{demo.body.folder}"\n'
    )
    body = open_body(folder)
    (series,) = load_comparators(body).elsewhere
    definitions = load_definitions(body)
    key = "action_taken_recorded"
    own = compute(demo.body, {key: definitions[key]}, current_snapshot(demo.body))
    result = own.one(key, "rate", "all", "2022/23")
    assert result is not None
    stated = next(s for s in series.figures if s.period == "2022/23")
    assert (stated.numerator, stated.denominator) == (result.count, result.n)
