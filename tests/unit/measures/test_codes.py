"""Codes in plain words: shipped lists against the contracts, a body's own lists."""

import json
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body, shipped
from answerable.chain.measures import read_definition
from answerable.chain.measures.codes import load_codes, name_of

BODY = open_body(Path(__file__).resolve().parents[3] / "demo" / "severnshire_police")
ENUMS = {
    f"{key}.{field['name']}": {str(code) for code in field["constraints"]["enum"]}
    for key, path in shipped("tables", ".json").items()
    for field in json.loads(path.read_text(encoding="utf-8"))["fields"]
    if field.get("constraints", {}).get("enum")
}


@pytest.mark.parametrize("column", sorted(load_codes()))
def test_a_list_names_exactly_the_codes_of_its_column(column: str) -> None:
    """A list for several columns may name more than one of them holds, never fewer."""
    codes = load_codes()[column]
    if column == "crimes.outcome_code":
        assert set(codes.names) == {str(code) for code in range(23)}
    else:
        assert set(codes.names) >= ENUMS[column]
        assert set(codes.names) == set().union(*(ENUMS[each] for each in codes.columns))


@pytest.mark.parametrize("path", shipped("measures", ".toml").values(), ids=lambda path: path.stem)
def test_every_split_of_a_shipped_measure_has_names(path: Path) -> None:
    definition = read_definition(path)
    codes = load_codes(BODY)
    for column in filter(None, (*definition.splits, definition.mix)):
        assert f"{definition.table}.{column}" in codes


def test_a_body_names_its_own_codes() -> None:
    codes = load_codes(BODY)
    assert name_of(codes, "service_returns", "service", "harbour_outreach") == "Harbour Outreach"
    assert "service_returns.service" not in load_codes()


def test_a_code_without_a_name_is_shown_as_it_is() -> None:
    assert name_of(load_codes(), "incidents", "response_method", "sent_a_drone") == "sent a drone"
    assert name_of(load_codes(), "incidents", "no_such_column", "a_b") == "a b"


def test_a_group_of_codes_without_names_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "body.toml").write_bytes((BODY.folder / "body.toml").read_bytes())
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "service.toml").write_text(
        'title = "T"\ncolumns = ["service_returns.service"]\nsource = "S"\n'
        '[names]\na = "A"\n[groups]\nboth = ["a", "b"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InputMistake) as caught:
        load_codes(open_body(tmp_path))
    assert "without a name: b" in str(caught.value.problems[0])
