"""The page on how it is counted says of each measure what its definition says."""

import re
from pathlib import Path

import pytest

from answerable.chain.body import shipped
from answerable.chain.measures import read_definition

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "how-it-is-counted.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", shipped("measures", ".toml").values(), ids=lambda path: path.stem)
def test_the_row_of_a_measure_is_that_of_its_definition(path: Path) -> None:
    m = read_definition(path)
    matters = m.matters.by if m.matters else "–"
    assert f"| `{m.key}`: {m.title} | {m.kind} | {m.better} | {matters} |" in PAGE


def test_the_page_lists_no_measure_that_is_not_shipped() -> None:
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == set(shipped("measures", ".toml"))


def test_the_glossary_is_in_order_and_defines_each_word_once() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    for part in text.split("\n## ")[1:]:
        words = [w for w in re.findall(r"^\| ([^|]+?) \|", part, re.MULTILINE) if w != "word"]
        assert words == sorted(set(words), key=str.casefold)
