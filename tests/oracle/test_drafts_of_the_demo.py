"""Drafts of the demonstration's mappings, held to the mappings that were written by hand.

A draft is answered as a person would: what it leaves open is taken from the mapping written by
hand, and nothing else. Then both must give the very same records.
"""

import shutil
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.body import Body, InputMistake, from_values, open_body
from answerable.chain.records import import_body, load_mappings
from answerable.chain.records.drafting import Draft, draft_mapping
from answerable.chain.records.mapping import Mapping
from answerable.chain.records.mappings import files_of
from tests.severnshire import Demo

RIGHT, OPEN, LACKING = "right", "open", "lacking"
FLOOR = 120
"""Columns, of 157, that a draft gets right with nothing left to decide."""


@pytest.fixture(scope="module")
def drafts(demo: Demo) -> dict[str, Draft]:
    return {
        mapping.name: draft_mapping(files_of(mapping, demo.body)[0], body=demo.body)
        for mapping in load_mappings(demo.body)
    }


@pytest.fixture(scope="module")
def answered(demo: Demo, drafts: dict[str, Draft]) -> dict[str, tuple[dict[str, Any], dict]]:
    hand = {mapping.name: mapping for mapping in load_mappings(demo.body)}
    return {name: answer(draft, hand[name]) for name, draft in drafts.items()}


def answer(draft: Draft, hand: Mapping) -> tuple[dict[str, Any], dict[str, str]]:
    """The draft as a mapping without open questions, and what became of each column."""
    made = tomllib.loads(draft.text)
    left = {question.partition(":")[0] for question in made.pop("undecided", ())}
    columns = {name: full(how) for name, how in made["columns"].items()}
    became = {}
    for name, written in hand.model_dump()["columns"].items():
        kept = {key: value for key, value in written.items() if value}
        if name not in columns:
            became[name] = LACKING
            columns[name] = kept
        elif name in left:
            became[name] = OPEN
            columns[name] = with_codes(columns[name], kept)
        else:
            became[name] = RIGHT
    # The months, the words for nothing and what is left out are a person's to say.
    said = {key: getattr(hand, key) for key in ("file", "nulls", "keep", "left_out_because")}
    months = {"covers": hand.covers, "provisional": hand.provisional}
    return {**made, **said, **months, "columns": columns}, became


def full(how: Any) -> dict[str, Any]:
    return dict(how) if isinstance(how, dict) else {"sql": how}


def with_codes(drafted: dict[str, Any], hand: dict[str, Any]) -> dict[str, Any]:
    if "codes_from" in hand:
        return {"sql": drafted["sql"], "codes_from": hand["codes_from"]}
    return {**drafted, "codes": {**hand.get("codes", {}), **drafted.get("codes", {})}}


def test_each_file_is_known_for_its_table(demo: Demo, drafts: dict[str, Draft]) -> None:
    hand = {mapping.name: mapping.table for mapping in load_mappings(demo.body)}
    assert {name: draft.table for name, draft in drafts.items()} == hand


def test_the_months_are_told_from_the_dates(demo: Demo, drafts: dict[str, Draft]) -> None:
    hand = {mapping.name: mapping.covers for mapping in load_mappings(demo.body)}
    told = {name: tomllib.loads(draft.text).get("covers") for name, draft in drafts.items()}
    # Seven spells of posts begin in other months than the register covers: not known, and said.
    assert {name for name in hand if told[name] != hand[name]} == {"specialist_posts"}


def test_most_columns_are_right(answered: dict[str, tuple[dict, dict]]) -> None:
    became = Counter(kind for _, columns in answered.values() for kind in columns.values())
    assert sum(became.values()) == 157
    assert became[RIGHT] >= FLOOR, became


def test_no_column_is_lacking_but_those_that_no_file_has(
    answered: dict[str, tuple[dict, dict]],
) -> None:
    lacking = {
        name for _, became in answered.values() for name in became if became[name] == LACKING
    }
    assert lacking <= {"strand", "role"}


def test_an_answered_draft_gives_the_same_records(
    demo: Demo, answered: dict[str, tuple[dict, dict]], tmp_path: Path
) -> None:
    folder = tmp_path / "severnshire"
    shutil.copytree(demo.body.folder, folder, ignore=shutil.ignore_patterns("var"))
    (folder / "var").mkdir()
    (folder / "var" / "incoming").symlink_to(demo.body.folder / "var" / "incoming")
    for name, (mapping, _) in answered.items():
        (folder / "extracts" / f"{name}.toml").write_text(as_toml(mapping), encoding="utf-8")
    imported = import_body(open_body(folder))
    assert imported.snapshot is not None and demo.imported.snapshot is not None
    assert imported.snapshot.parts == demo.imported.snapshot.parts


def as_toml(value: Any, top: bool = True) -> str:
    """A mapping as TOML, in the plainest way."""
    if isinstance(value, dict):
        pairs = [
            f"{as_toml(str(key), False)} = {as_toml(item, False)}" for key, item in value.items()
        ]
        return "\n".join(pairs) + "\n" if top else "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_toml(item, False) for item in value) + "]"
    import json

    return json.dumps(value, ensure_ascii=False)


def test_a_draft_with_open_questions_is_not_imported(
    demo: Demo, drafts: dict, tmp_path: Path
) -> None:
    folder = tmp_path / "severnshire"
    shutil.copytree(demo.body.folder, folder, ignore=shutil.ignore_patterns("var", "extracts"))
    (folder / "extracts").mkdir()
    (folder / "extracts" / "arrests.toml").write_text(drafts["arrests"].text, encoding="utf-8")
    with pytest.raises(InputMistake) as raised:
        load_mappings(open_body(folder))
    found = [problem.found for problem in raised.value.problems]
    assert found[-1] == "the draft leaves open: strand: nothing here fills it, and arrests needs it"
    assert {problem.key for problem in raised.value.problems} == {"undecided"}


def test_no_person_or_reference_is_told(demo: Demo, drafts: dict[str, Draft]) -> None:
    told = "".join(draft.text for draft in drafts.values())
    told += repr([draft.guesses for draft in drafts.values()])
    for mapping in load_mappings(demo.body):
        for value in secrets_of(mapping, demo.body):
            assert value not in told


def secrets_of(mapping: Mapping, body: Body) -> list[str]:
    """Values of columns that name or may point to a person, as they stand in the file."""
    import duckdb

    from answerable.chain.records.files import load_text

    connection = duckdb.connect()
    load_text(
        connection, files_of(mapping, body), format=mapping.format, encoding=mapping.encoding,
        delimiter=mapping.delimiter, sheet=mapping.sheet, header_row=mapping.header_row,
        table_name="t",
    )  # fmt: skip
    hidden = [f.name for f in mapping.contract.mapped if not f.plain and f.name in mapping.columns]
    found = []
    for name in hidden:
        sql = mapping.columns[name].sql
        rows = connection.execute(f"select distinct {sql} from t where {sql} is not null limit 500")
        found += [row[0] for row in rows.fetchall() if len(row[0]) > 4]
    assert found
    return found


def test_a_draft_with_nothing_open_is_a_mapping(demo: Demo, drafts: dict[str, Draft]) -> None:
    assert drafts["training"].undecided == ()
    mapping = from_values(
        {**tomllib.loads(drafts["training"].text), "name": "training"}, Mapping, "training"
    )
    assert mapping.table == "training"
