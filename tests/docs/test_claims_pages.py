"""The pages on claims and verdicts keep up with the code."""

import re
from pathlib import Path
from typing import get_args

import pytest

from answerable.chain.body import from_values
from answerable.chain.claims import LABELS, Claim, Reading, Retelling, VerdictKind
from answerable.chain.claims.claim import Says
from answerable.chain.claims.register import ClaimsFile
from answerable.chain.statistics.yardstick import yardstick
from answerable.cli.app import load

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def claims() -> str:
    return (DOCS / "reference" / "claims.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def verdicts() -> str:
    return (DOCS / "explanation" / "verdicts.md").read_text(encoding="utf-8")


def test_the_example_is_a_register(claims: str) -> None:
    import tomllib

    example = re.search(r"```toml\n(.*?)```", claims, re.S)
    assert example
    read = from_values(tomllib.loads(example[1]), ClaimsFile, "the example")
    assert read.claim[0].reading[0].measure == "response_time_priority"


@pytest.mark.parametrize("schema", [Claim, Reading, Retelling])
def test_every_key_is_there(claims: str, schema: type) -> None:
    for key in schema.model_fields:  # type: ignore[attr-defined]
        assert re.search(rf"\b{key}\b", claims), key


def test_everything_that_can_be_said_is_there(claims: str) -> None:
    for says in get_args(Says):
        assert f"`{says}`" in claims


def test_every_option_and_field_of_judge_is_there(claims: str) -> None:
    import inspect

    load()  # every command in its order, whichever test comes first
    from answerable.cli.judge import FIELDS, judge

    for name in inspect.signature(judge).parameters:
        option = (
            "FILE"
            if name == "file"
            else f"--{'format' if name == 'form' else name.replace('_', '-')}"
        )
        assert option in claims, option
    assert ", ".join(f"`{field}`" for field in FIELDS) in " ".join(claims.split())


def test_every_verdict_is_explained(verdicts: str) -> None:
    for kind in VerdictKind:
        assert str(kind) in verdicts, kind
    for kind in (VerdictKind.SUPPORTED, VerdictKind.MIX_ONLY, VerdictKind.CONTRADICTED):
        assert LABELS[kind] in verdicts


def test_the_factor_is_that_of_the_code(verdicts: str) -> None:
    rule = yardstick(tuple(range(23, -1, -1)), 12, 12)
    kept = sum(weight * 0.35**lag for lag, weight in enumerate(rule.of_squares)) / 11
    factor = rule.error_at(0.35) * (6 / kept) ** 0.5
    assert f"a factor of {factor:.3f}" in verdicts
    assert f"a plain paired t beyond {2.200985 * factor:.2f}" in verdicts
