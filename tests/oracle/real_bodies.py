"""The bodies of `bodies/` over the reference data, imported once for all tests."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from answerable.chain.body import Body, open_body
from answerable.chain.claims import CheckedClaim, check, load_claims, windows_of
from answerable.chain.measures import Results, compute, read_definition
from answerable.chain.records import Import, import_body

BODIES = Path(__file__).parent / "bodies"


@dataclass(frozen=True)
class Imported:
    """A body, what its import came to, its own measures and claims."""

    body: Body
    done: Import
    results: Results
    claims: tuple[CheckedClaim, ...]

    def query(self, table: str, sql: str) -> list[tuple[Any, ...]]:
        """An SQL query over the parts of a table, which it calls `records`."""
        assert self.done.snapshot is not None
        files = self.done.snapshot.files(table)
        with duckdb.connect() as connection:
            listed = ", ".join(f"'{file}'" for file in files)
            connection.execute(f"create view records as select * from read_parquet([{listed}])")
            return connection.execute(sql).fetchall()

    def found(self, name: str) -> list[tuple[str, str, int]]:
        """(file, column, count) of every finding of a name."""
        return [(f.file, f.column, f.count) for f in self.done.findings if f.name == name]


def import_real(name: str, reference: Path, folder: Path) -> Imported:
    """Copy a body, fill in where the reference data lies, import and compute."""
    shutil.copytree(BODIES / name, folder)
    for mapping in (folder / "extracts").glob("*.toml"):
        text = mapping.read_text(encoding="utf-8")
        mapping.write_text(text.replace("REFERENCE", reference.as_posix()), encoding="utf-8")
    body = open_body(folder)
    done = import_body(body)
    assert done.snapshot is not None
    own = [read_definition(path) for path in sorted((folder / "measures").glob("*.toml"))]
    definitions = {each.key: each for each in own}
    claims = load_claims(body)
    results = compute(body, definitions, done.snapshot, windows_of(claims))
    return Imported(body, done, results, check(claims, definitions, results, body))
