"""From the words of a text to a draft that only a person can finish."""

import tomllib
from datetime import date

import pytest

from answerable.chain.body import Body, InputMistake, open_body
from answerable.chain.claims import load_claims
from answerable.chain.measures import Definition, load_definitions
from answerable.chain.texts import Draft, bind, draft_toml, read_text
from answerable.chain.texts.drafting import TO_FILL_IN

SAID_ON = date(2024, 5, 14)
KNOWN: dict[str, Definition] = {}

READ_AS = [
    ("Response times were quicker.", "response_time_priority", "median", "improved"),
    ("Response times have lengthened.", "response_time_priority", "median", "worsened"),
    ("Arrests rose.", "arrests_per_100_crimes", "numerator", "rose"),
    ("The arrest rate fell.", "arrests_per_100_crimes", "ratio", "worsened"),
    ("Reports of domestic abuse have fallen.", "reports", "count", "fell"),
    ("Satisfaction is just below the target.", "victim_satisfaction", "satisfied", "just_misses"),
    ("Satisfaction is below the target.", "victim_satisfaction", "satisfied", "misses"),
    ("Satisfaction met the target.", "victim_satisfaction", "satisfied", "meets"),
    ("Satisfaction stood at 78%.", "victim_satisfaction", "satisfied", "value"),
    ("Training has been rolled out.", "training_coverage", "coverage", "in_place"),
    (
        "The arrest rate is above the national rate.",
        "arrests_per_100_crimes",
        "ratio",
        "outlier",
    ),
]


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Body:
    import typer.testing

    from answerable.cli.app import load

    folder = tmp_path_factory.mktemp("made") / "body"
    result = typer.testing.CliRunner().invoke(load(), ["init", str(folder)])
    assert result.exit_code == 0
    for path in (folder / "claims").glob("*.toml"):
        path.unlink()
    return open_body(folder)


def measures(body: Body) -> dict[str, Definition]:
    if not KNOWN:
        KNOWN.update(load_definitions(body))
    return KNOWN


def drafts(text: str, body: Body) -> list[Draft]:
    return [bind(each, measures(body), SAID_ON, body.areas) for each in read_text(text, SAID_ON)]


@pytest.mark.parametrize(("words", "measure", "statistic", "says"), READ_AS, ids=lambda v: v)
def test_words_lead_to_measures_and_to_what_they_say(
    body: Body, words: str, measure: str, statistic: str, says: str
) -> None:
    (draft,) = drafts(words, body)
    assert (measure, statistic, says) in [
        (each.measure, each.statistic, each.says) for each in draft.candidates
    ]


def test_the_periods_are_the_words_own_or_the_default(body: Body) -> None:
    (named,) = drafts("Arrests rose in 2022/23.", body)
    (default,) = drafts("Arrests rose.", body)
    assert (str(named.period), str(named.baseline), named.named) == (
        "2022/23", "2021-04..2022-03", True,
    )  # fmt: skip
    assert (str(default.period), str(default.baseline), default.named) == (
        "2023-05..2024-04", "2022-05..2023-04", False,
    )  # fmt: skip
    assert any("Which period" in sentence for sentence in default.decide)


def test_an_area_of_the_body_becomes_its_code_and_a_strange_place_is_asked_about(
    body: Body,
) -> None:
    area = body.areas[0]
    (ours,) = drafts(f"Arrests rose in {area.name}.", body)
    (strange,) = drafts("Arrests rose in Herefordshire.", body)
    assert ours.area == area.code
    assert strange.area == "all"
    assert any("Herefordshire" in sentence for sentence in strange.decide)


def test_the_register_refuses_a_draft_until_every_line_is_filled_in(body: Body) -> None:
    text = "Victim satisfaction is just below the target. Arrests rose by 12 per cent."
    drawn = draft_toml(drafts(text, body))
    path = body.folder / "claims" / "draft.toml"
    filled = {
        "published_by": '"the office"',
        "source": '"a release"',
        "says": '"rose"',
        "measure": '"arrests_per_100_crimes"',
        "statistic": '"numerator"',
        "bound_by": '"the policy office"',
        "bound_on": "2024-06-01",
        "why": '"the words give no period"',
    }
    lines = drawn.splitlines()
    open_lines = [n for n, line in enumerate(lines) if line.startswith(TO_FILL_IN)]
    assert len(open_lines) == 13
    for number in open_lines:
        path.write_text("\n".join(lines), encoding="utf-8")
        with pytest.raises(InputMistake):
            load_claims(body, measures(body))
        key = lines[number].removeprefix(TO_FILL_IN).split(" ")[0]
        lines[number] = f"{key} = {filled[key]}"
    path.write_text("\n".join(lines), encoding="utf-8")
    claims = load_claims(body, measures(body))
    assert [claim.reading[0].says for claim in claims] == ["just_misses", "rose"]
    assert claims[0].lacks == ("measure", "period", "area", "target")


def test_hostile_words_stay_words(body: Body) -> None:
    (draft, *_) = drafts('Arrests rose "in]] = \\ x\u2028 Herefordshire" by 12%.', body)
    read = tomllib.loads(draft_toml([draft, draft]))
    assert read["claim"][0]["words"] == " ".join(draft.assertion.text.split())
    assert read["claim"][0]["key"] != read["claim"][1]["key"]
