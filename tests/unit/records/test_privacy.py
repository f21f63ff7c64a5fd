"""No value of a person reaches a message, a finding, a letter or a log.

A value that could be nobody else's is planted in every column of every table and in
every defect, and everything that an import says is searched for it.
"""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import (
    Contract,
    Import,
    as_text,
    contracts,
    import_body,
    write_letter,
)
from tests.bodies import INCIDENTS, incidents, make_body, write_csv

PERSON = "Zaphira Quillfeather"
CODE = "XQZ"
"""Planted in plain columns, where a code that no list has may be named, and in nothing else."""

SOUND = {
    "string": "text",
    "integer": "1",
    "number": "1",
    "boolean": "yes",
    "date": "2023-03-01",
    "datetime": "2023-03-01 10:00:00",
}
NAMING = {"unknown_code", "unknown_area", "unknown_force"}


def sound(contract: Contract, number: int) -> dict[str, str]:
    """A record without a defect, its key made of `number`."""
    values = {field.name: (field.enum or (SOUND[field.type],))[0] for field in contract.mapped}
    values |= (
        {"force": "testshire", "area": "north"} if "area" in values else {"force": "testshire"}
    )
    return values | dict.fromkeys(contract.key, f"{PERSON} {number}")


def planted(contract: Contract) -> list[dict[str, str]]:
    """For each column a record that holds the planted value there, and each other defect."""
    rows = [sound(contract, 0)]
    for field in contract.mapped:
        rows.append(sound(contract, len(rows)))
        rows[-1][field.name] = CODE if field.plain else PERSON
    rows += [dict(rows[0]), {**rows[0], contract.mapped[-1].name: ""}]  # twice, and in conflict
    rows += [{**rows[0], name: "NULL"} for name in contract.columns if name in rows[0]]
    rows.append({name: PERSON if not contract.field(name).plain else "" for name in rows[0]})
    for chain in contract.orders:
        rows.append(
            sound(contract, len(rows)) | {chain[0]: "2023-03-02 10:00:00"[: len(rows[0][chain[0]])]}
        )
    rows.append(sound(contract, len(rows)))
    month = contract.field(contract.month).civil_date_of or contract.month
    rows[-1][month] = rows[-1][month].replace("2023", "2019")
    return rows


def mapping_of(contract: Contract, swap: dict[str, str] | None = None) -> str:
    swap = swap or {}
    lines = [
        f'table = "{contract.name}"',
        'file = "var/incoming/extract.csv"',
        'covers = "2023-01..2023-12"',
        "[columns]",
    ]
    return "\n".join(
        lines + [f"{f.name} = '\"{swap.get(f.name, f.name)}\"'" for f in contract.mapped]
    )


def said(folder: Path, done: Import) -> str:
    """Everything that an import says: findings, both letters, and all that it leaves but rows."""
    letters = [write_letter(open_body(folder), done, {}, {}, public) for public in (False, True)]
    texts = [repr(done), *(as_text(letter) for letter in letters)]
    texts += [json.dumps(asdict(letter)) for letter in letters]
    left = [p for p in (folder / "var").rglob("*") if p.is_file() and "incoming" not in p.parts]
    texts += [p.name for p in left]
    texts += [p.read_text(encoding="utf-8") for p in left if p.suffix != ".parquet"]
    return "\n".join(texts)


@pytest.mark.parametrize("name", sorted(contracts()))
def test_a_person_in_any_column_of_any_table_is_never_told(tmp_path: Path, name: str) -> None:
    contract = contracts()[name]
    make_body(tmp_path, {name: mapping_of(contract)})
    write_csv(tmp_path / "var" / "incoming" / "extract.csv", planted(contract))
    done = import_body(open_body(tmp_path))
    told = said(tmp_path, done)
    assert len(done.findings) > 3, "the defects were planted"
    assert "Zaphira" not in told
    assert "Quillfeather" not in told
    assert {f.name for f in done.findings if CODE in f.detail} <= NAMING
    public = as_text(write_letter(open_body(tmp_path), done, {}, {}, public=True))
    assert CODE not in public


@pytest.mark.parametrize("name", sorted(contracts()))
def test_columns_mixed_up_in_a_mapping_do_not_print_one_under_the_others_name(
    tmp_path: Path, name: str
) -> None:
    contract = contracts()[name]
    private = next(field.name for field in contract.mapped if not field.plain)
    coded = [f.name for f in contract.mapped if f.plain and (f.enum or f.name == "area")]
    make_body(tmp_path, {name: mapping_of(contract, dict.fromkeys(coded, private))})
    write_csv(tmp_path / "var" / "incoming" / "extract.csv", [sound(contract, 1)] * 9)
    done = import_body(open_body(tmp_path))
    assert {found.name for found in done.findings} & NAMING
    assert "Zaphira" not in said(tmp_path, done)


def _csv(rows: list[dict[str, str]]) -> str:
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]) + "\n"


FAILING = {
    "an expression that fails on the person": "case when victim = 5 then 'x' end",
    "a comparison with a day": "case when victim = date '2023-01-01' then 'x' end",
    "a person taken for yes or no": "case when victim then 'x' end",
    "a person taken for a pattern": "regexp_extract('x', victim || '(')",
    "a sum with a person": "victim + 1",
}
"""Expressions that are allowed, and of which DuckDB's own words on failing quote the record."""


def broken_files() -> Iterator[tuple[str, bytes, tuple[str, str]]]:
    """Files that stop an import or lose rows, each with the person in it."""
    rows = incidents({"victim": PERSON}, {"id": PERSON}, {"victim": PERSON, "id": PERSON})
    text = _csv(rows)
    same = ("", "")
    for title, sql in FAILING.items():
        yield title, text.encode(), ('victim_key = "victim"', f'victim_key = "{sql}"')
    yield (
        "a header that is gone, so the person is taken for it",
        text.split("\n", 1)[1].encode(),
        same,
    )
    yield "a header that moved", f"{PERSON}\n{PERSON},x\n{text}".encode(), same
    yield "ragged rows", (text + f"{PERSON},{PERSON}\n").encode(), same
    yield "a quote that is not closed", (text + f'"{PERSON},x\n' * 3).encode(), same
    yield "text after a quote", (text + f'"{PERSON}"{PERSON},1\n').encode(), same
    yield "another encoding", text.replace("Z", "Ž").encode("cp1250"), same
    yield "two encodings", text.encode() + f"{PERSON}\xff,1\n".encode("latin-1"), same
    yield "a damaged gzip", gzip.compress(text.encode() * 50)[:-30], same
    yield "not text", text.encode() + b"\0" * 40, same
    yield "no such column", text.encode(), ('"grade"', '"nowhere"')
    yield "another delimiter", text.replace(",", ";").encode(), same


BROKEN = list(broken_files())


@pytest.mark.parametrize(("title", "content", "swap"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_person_in_a_broken_file_is_never_told(
    tmp_path: Path, title: str, content: bytes, swap: tuple[str, str]
) -> None:
    assert swap[0] in INCIDENTS
    make_body(tmp_path, {"incidents": INCIDENTS.replace(*swap, 1) if swap[0] else INCIDENTS})
    (tmp_path / "var" / "incoming" / "incidents.csv").write_bytes(content)
    try:
        told = said(tmp_path, import_body(open_body(tmp_path)))
    except InputMistake as mistake:
        told = str(mistake)
    assert "Zaphira" not in told
    assert "Quillfeather" not in told


@pytest.mark.parametrize(
    "title", ["sound", "an expression that fails on the person", "ragged rows"]
)
def test_the_command_says_nothing_of_a_person_either(tmp_path: Path, title: str) -> None:
    sound_file = ("sound", _csv(incidents({"victim": PERSON}, {"id": PERSON})).encode(), ("", ""))
    _, content, swap = next(b for b in [sound_file, *BROKEN] if b[0] == title)
    make_body(tmp_path, {"incidents": INCIDENTS.replace(*swap, 1) if swap[0] else INCIDENTS})
    (tmp_path / "var" / "incoming" / "incidents.csv").write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-m", "answerable", "import", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == (2 if "expression" in title else 0)
    assert "Zaphira" not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert "incidents" in ran.stdout
