"""Reading a force's files: what is read, and how each defect is told.

Every test plants the word SURVIVOR-NAME in the file, and no finding may repeat it.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from answerable.chain.body import InputMistake
from answerable.chain.records.files import Loaded, load_text
from answerable.chain.records.finding import Finding, Weight

PLANTED = "SURVIVOR-NAME"
WANTED = ("URN", "LPA", "Created")
GOOD = f"URN,LPA,Created,Note\n1,WYR,2023-11-01,{PLANTED}\n2,KEM,2023-11-02,\n"


class Reader:
    """Loads what a test writes, and keeps what was found."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.connection = duckdb.connect()
        self.loads: list[Loaded] = []

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, *paths: Path, **how: Any) -> Loaded:
        how = {"wanted": WANTED, "table": "incidents", **how}
        loaded = load_text(self.connection, paths, table_name=f"t{len(self.loads)}", **how)
        self.loads.append(loaded)
        return loaded

    def rows(self, columns: str = "*") -> list[tuple[Any, ...]]:
        name = f"t{len(self.loads) - 1}"
        return self.connection.execute(f"select {columns} from {name} order by all").fetchall()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(tmp_path)
    yield reader
    for loaded in reader.loads:
        assert PLANTED not in repr(loaded.findings)


def only(loaded: Loaded) -> Finding:
    assert len(loaded.findings) == 1, loaded.findings
    return loaded.findings[0]


def told(loaded: Loaded) -> list[tuple[str, Weight, int]]:
    return [(finding.name, finding.weight, finding.count) for finding in loaded.findings]


# What is read


def test_every_value_is_text_with_its_line_and_file(reader: Reader) -> None:
    loaded = reader.load(reader.write("a.csv", GOOD))
    assert loaded.columns == ("URN", "LPA", "Created", "Note")
    assert (loaded.rows, loaded.findings, loaded.usable) == (2, (), True)
    assert reader.rows() == [
        ("1", "WYR", "2023-11-01", PLANTED, 1, "a.csv"),
        ("2", "KEM", "2023-11-02", None, 2, "a.csv"),
    ]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16"),
     ("utf-16", "utf-16-be-with-mark"), ("UTF8", "utf-8")],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_encodings(reader: Reader, encoding: str, codec: str, packed: bool) -> None:
    text = "URN,LPA,Created\n1,“Wyre – ford”,£é\n"
    content = (
        b"\xfe\xff" + text.encode("utf-16-be") if codec.endswith("mark") else text.encode(codec)
    )
    path = reader.write(
        "a.csv.gz" if packed else "a.csv", gzip.compress(content) if packed else content
    )
    assert reader.load(path, encoding=encoding).findings == ()
    assert reader.rows() == [("1", "“Wyre – ford”", "£é", 1, "a.csv.gz" if packed else "a.csv")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(reader: Reader, end: str) -> None:
    text = end.join(["URN,LPA,Created", '1,"a', 'b ""c"", d",x', "2,e,y"])
    loaded = reader.load(reader.write("a.csv", text))
    assert loaded.findings == ()
    assert reader.rows("URN, LPA, _line") == [("1", f'a{end}b "c", d', 1), ("2", "e", 2)]


def test_header_in_a_later_row_and_another_delimiter(reader: Reader) -> None:
    text = 'Report of "calls\n\nmade on;a;b;c;d\nURN;LPA;Created\n1;a,b;x\n'
    assert reader.load(reader.write("a.csv", text), header_row=4, delimiter=";").findings == ()
    assert reader.rows("URN, LPA, Created, _line") == [("1", "a,b", "x", 1)]


def test_names_of_columns_may_hold_anything(reader: Reader) -> None:
    text = '"it\'s ""x"""," LPA ","Crea\nted"\n1,2,3\n'
    loaded = reader.load(
        reader.write("a'b [1]*?.csv", text), wanted=('it\'s "x"', "LPA", "crea ted")
    )
    assert loaded.columns == ('it\'s "x"', "LPA", "Crea ted")
    assert loaded.findings == ()
    assert reader.rows()[0][-1] == "a'b [1]*?.csv"


def test_words_for_no_value(reader: Reader) -> None:
    path = reader.write("a.csv", 'URN,LPA,Created\n1,NULL,"N/A"\n2,NULL,""\n3,null,x\n')
    loaded = reader.load(path, nulls=("", "NULL", "N/A"))
    assert reader.rows("URN, LPA, Created") == [
        ("1", None, None), ("2", None, None), ("3", "null", "x"),
    ]  # fmt: skip
    assert [(f.name, f.column, f.count) for f in loaded.findings] == [
        ("text_null", "LPA", 2), ("text_null", "Created", 1),
    ]  # fmt: skip


def test_json_lines(reader: Reader) -> None:
    lines = ['{"URN": 1, "LPA": "WYR", "a/b.c~": true}', '{"LPA": null, "URN": 2, "Created": "x"}']
    loaded = reader.load(reader.write("a.jsonl", "\n".join(lines)), format="jsonl")
    assert loaded.columns == ("URN", "LPA", "a/b.c~", "Created")
    assert loaded.findings == ()
    assert reader.rows() == [
        ("1", "WYR", "true", None, 1, "a.jsonl"), ("2", None, None, "x", 2, "a.jsonl"),
    ]  # fmt: skip


def test_parquet(reader: Reader) -> None:
    path = reader.folder / "a.parquet"
    duckdb.connect().execute(
        "copy (select 7 as URN, 'WYR' as LPA, timestamp '2023-11-02 14:05:00' as Created)"
        f" to '{path}'"
    )
    assert reader.load(path, format="parquet").findings == ()
    assert reader.rows() == [("7", "WYR", "2023-11-02 14:05:00", 1, "a.parquet")]


def test_records_are_numbered_in_the_order_of_each_file(reader: Reader) -> None:
    def rows(first: int) -> str:
        return "".join(f"{i},{'x' * (i % 97)},y\n" for i in range(first, first + 150_000))

    one = reader.write("a.csv", "URN,LPA,Created\n" + rows(1))
    two = reader.write("b.csv.gz", gzip.compress(("URN,LPA,Created\n" + rows(1)).encode(), 1))
    reader.load(one, two)
    assert reader.rows("count(*), count(*) filter (_line::varchar <> URN)") == [(300_000, 0)]


# What is wrong with a file


def test_damaged_gzip(reader: Reader) -> None:
    whole = gzip.compress(("URN,LPA,Created\n" + "".join(
        f"{i},{i * 7919 % 104729},{PLANTED}\n" for i in range(20_000))).encode())  # fmt: skip
    cases = {
        "cut.csv.gz": whole[: len(whole) // 2],
        "middle.csv.gz": whole[:5000] + bytes(200) + whole[5200:],
        "checksum.csv.gz": whole[:-8] + b"12345678",
        "tail.csv.gz": whole[:-3],
        "plain.csv.gz": GOOD.encode(),
    }
    loaded = reader.load(*(reader.write(name, content) for name, content in cases.items()))
    assert [(f.file, f.name, f.weight) for f in loaded.findings] == [
        (name, "damaged_gzip", Weight.STOPS) for name in cases
    ]
    assert (loaded.rows, loaded.usable) == (0, False)


@pytest.mark.parametrize(
    ("content", "name", "weight"),
    [
        (b"", "empty_file", Weight.STOPS),
        (gzip.compress(b"", mtime=0), "empty_file", Weight.STOPS),
        (b"URN,LPA,Created\n", "no_rows", Weight.NOTES),
        (b"PK\x03\x04" + bytes(40), "wrong_kind_of_file", Weight.STOPS),
        (b"%PDF-1.7 \n", "wrong_kind_of_file", Weight.STOPS),
        (b"URN,LPA,Created\n1,\0,2\n", "wrong_kind_of_file", Weight.STOPS),
        (GOOD.encode("utf-16"), "wrong_encoding", Weight.STOPS),
        (f"{GOOD}3,é,x,{PLANTED}\n".encode("cp1252"), "wrong_encoding", Weight.STOPS),
        (GOOD.replace(",", ";").encode(), "wrong_delimiter", Weight.STOPS),
        (f"{PLANTED},{PLANTED},1\n".encode() * 3, "header_not_found", Weight.STOPS),
        (f'{GOOD}3,"{PLANTED}\n4,KEM,x,y\n'.encode(), "unclosed_quote", Weight.STOPS),
        (f'{GOOD}3,"a"{PLANTED},x,y\n'.encode(), "malformed_row", Weight.REJECTS),
        (f'{GOOD}3,"{"x" * 2_100_000}",{PLANTED},y\n'.encode(), "overlong_record", Weight.STOPS),
        (b"URN,LPA,URN\n1,2,3\n", "duplicate_header", Weight.STOPS),
        (b"URN,LPA,Created,note,Note\n1,2,3,4,5\n", "duplicate_header", Weight.NOTES),
        (b"URN,LPA,Created,_line\n1,2,3,4\n", "duplicate_header", Weight.NOTES),
        (b"URN,LPA,Created,\n1,2,3,4\n", "unnamed_column", Weight.NOTES),
    ],
)  # fmt: skip
def test_each_defect_of_a_text_file(
    reader: Reader, content: bytes, name: str, weight: Weight
) -> None:
    finding = only(reader.load(reader.write("a.csv", content)))
    assert (finding.name, finding.weight) == (name, weight)
    assert (finding.table, finding.file) == ("incidents", "a.csv")


def test_utf8_that_the_mapping_calls_something_else(reader: Reader) -> None:
    path = reader.write("a.csv", f"{GOOD}3,é,x,{PLANTED}\n")
    assert told(reader.load(path, encoding="cp1252")) == [("wrong_encoding", Weight.STOPS, 1)]


def test_a_byte_that_the_encoding_does_not_have(reader: Reader) -> None:
    path = reader.write("a.csv", GOOD.encode() + b"3,\x81,x,y\n")
    finding = only(reader.load(path, encoding="cp1252"))
    assert finding.name == "wrong_encoding"
    assert "line 3" in finding.detail


def test_ragged_rows_are_counted_and_their_lines_named(reader: Reader) -> None:
    text = GOOD + f"3,KEM\n4,KEM,x,y\n5,KEM,x,y,z,{PLANTED}\n" + "6\n" * 20
    finding = only(reader.load(reader.write("a.csv", text)))
    assert (finding.name, finding.weight, finding.count) == ("ragged_row", Weight.REJECTS, 22)
    assert "4, 6, 7" in finding.detail
    assert "and 12 more" in finding.detail
    assert [row[0] for row in reader.rows("URN")] == ["1", "2", "4"]


def test_lines_that_end_in_two_ways_are_all_read(reader: Reader) -> None:
    path = reader.write("a.csv", "URN,LPA,Created\r\n1,a,x\r\n2,b,y\n3,c,z\r\n")
    assert only(reader.load(path)).name == "mixed_line_ends"
    assert [row[0] for row in reader.rows("URN")] == ["1", "2", "3"]


def test_moved_header_names_the_row(reader: Reader) -> None:
    path = reader.write("a.csv", f"Report\nFor {PLANTED}\n{GOOD}")
    finding = only(reader.load(path))
    assert (finding.name, finding.weight) == ("header_moved", Weight.STOPS)
    assert "set header_row = 3" in finding.detail
    assert finding.column == "URN, LPA and Created"


def test_lines_that_are_not_json_objects(reader: Reader) -> None:
    text = f'{{"URN": 1, "LPA": 2, "Created": 3}}\n{{"URN": "{PLANTED}\n[1]\n'
    loaded = reader.load(reader.write("a.jsonl", text), format="jsonl")
    assert told(loaded) == [("malformed_line", Weight.REJECTS, 2)]
    assert loaded.rows == 1
    loaded = reader.load(reader.write("b.jsonl", GOOD), format="jsonl")
    assert told(loaded) == [("wrong_kind_of_file", Weight.STOPS, 1)]


def test_damaged_parquet(reader: Reader) -> None:
    for content in (GOOD.encode(), b"PAR1" + PLANTED.encode() * 9 + b"PAR1"):
        loaded = reader.load(reader.write("a.parquet", content), format="parquet")
        assert only(loaded).weight is Weight.STOPS


def test_a_file_that_cannot_be_opened(reader: Reader) -> None:
    finding = only(reader.load(reader.folder / "absent.csv"))
    assert (finding.name, finding.weight) == ("unreadable_file", Weight.STOPS)


def test_every_file_is_tried_though_the_first_is_damaged(reader: Reader) -> None:
    loaded = reader.load(
        reader.write("a.csv", ""), reader.write("b.csv", GOOD), reader.write("c.csv", "\0")
    )
    assert [finding.file for finding in loaded.findings] == ["a.csv", "c.csv"]
    assert [(file.name, file.rows) for file in loaded.files] == [("b.csv", 2)]


# Files of one set


def test_layouts_are_united_by_name_and_drift_is_told(reader: Reader) -> None:
    loaded = reader.load(
        reader.write("w1.csv", "URN,LPA,Created,Note\n1,a,x,n\n"),
        reader.write("w2.csv", "Created,urn,LPA,Extra,Also\ny,2,b,e,f\n"),
        reader.write("w3.csv", "Note,LPA,URN,Created\nm,c,3,z\n"),
    )
    assert loaded.columns == ("URN", "LPA", "Created", "Note", "Extra", "Also")
    assert reader.rows("URN, LPA, Created, Note, Extra, _line, _file") == [
        ("1", "a", "x", "n", None, 1, "w1.csv"),
        ("2", "b", "y", None, "e", 1, "w2.csv"),
        ("3", "c", "z", "m", None, 1, "w3.csv"),
    ]
    finding = only(loaded)
    assert (finding.name, finding.file, finding.count) == ("layout_drift", "w2.csv", 3)
    assert "5 columns where most files of the set have 4" in finding.detail
    assert "only here: Extra and Also; not here: Note" in finding.detail


def test_a_mapped_column_that_one_file_lacks(reader: Reader) -> None:
    loaded = reader.load(
        reader.write("w1.csv", GOOD), reader.write("w2.csv", "URN,LPA\n3,a\n4,b\n5,c\n")
    )
    missing = [finding for finding in loaded.findings if finding.name == "missing_column"]
    assert [(f.file, f.column, f.count, f.weight) for f in missing] == [
        ("w2.csv", "Created", 3, Weight.REJECTS)
    ]
    assert loaded.missing == ()


def test_a_mapped_column_that_no_file_has(reader: Reader) -> None:
    loaded = reader.load(reader.write("a.csv", GOOD), wanted=("URN", "LPA", "Opened"))
    assert loaded.missing == ("Opened",)


def test_files_of_one_name_in_two_folders_are_told_apart(reader: Reader) -> None:
    for folder in ("x", "y"):
        (reader.folder / folder).mkdir()
    reader.load(reader.write("x/a.csv", GOOD), reader.write("y/a.csv", GOOD))
    assert reader.rows("distinct _file") == [("x/a.csv",), ("y/a.csv",)]


# Mistakes in the mapping


def test_mistakes_in_the_mapping_are_told_in_the_users_words(reader: Reader) -> None:
    path = reader.write("a.csv", GOOD)
    with pytest.raises(InputMistake, match="'utf8mb4' is not an encoding"):
        reader.load(path, encoding="utf8mb4")
    with pytest.raises(InputMistake, match="'ods' is not a format"):
        reader.load(path, format="ods")
    with pytest.raises(InputMistake, match="no file has this name"):
        reader.load()
