"""Files that are meant to do harm, or that nobody can read: refused in one sentence, in little
memory, without a connection.

Each is made here. A child process opens each of them in a process of its own, in which no more
than `ROOM` may be asked for beyond what the software takes up anyway.
"""

import io
import json
import os
import random
import re
import socket
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from answerable.chain.body import InputMistake
from answerable.chain.sheets import limits, open_bytes, open_pack, paste, understand
from answerable.chain.sheets.limits import CELLS, FILE

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
ROOM = 300 << 20
ODS_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def book() -> bytes:
    made = Workbook()
    for row in (["Area", "Apr-23"], ["Town", 12], ["Dale", -3]):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_parts(parts: dict[str, bytes], data: bytes | None = None) -> bytes:
    """A workbook with parts added or put in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data or book())) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in {**kept, **parts}.items():
            package.writestr(name, content)
    return out.getvalue()


def sheet(content: str | bytes) -> bytes:
    """A workbook whose only sheet has this between its first and its last tag."""
    content = content.encode() if isinstance(content, str) else content
    whole = f"<worksheet {MAIN}>".encode() + content + b"</worksheet>"
    return with_parts({"xl/worksheets/sheet1.xml": whole})


def data(content: str) -> bytes:
    return sheet(f"<sheetData>{content}</sheetData>")


def ods(content: str | bytes) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        start = f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>"
        end = b"</office:spreadsheet></office:body></office:document-content>"
        package.writestr("content.xml", start.encode() + content + end)
    return out.getvalue()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
FETCHES = '<!DOCTYPE x SYSTEM "http://example.org/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def entities(part: str, declared: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book())) as package:
        content = package.read(part)
    head, mark, rest = content.rpartition(b"?>")
    return with_parts({part: head + mark + declared.encode() + rest})


def claiming(size: int) -> bytes:
    """A workbook whose parts all claim a size, in both places where a zip file keeps it."""
    content = bytearray(book())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(mark, bytes(content)):
            struct.pack_into("<I", content, found.start() + offset, size)
    return bytes(content)


def overlapping(times: int) -> bytes:
    """A package whose table of contents names the same bytes again and again."""
    with zipfile.ZipFile(io.BytesIO(), "w") as package:
        package.writestr("x", bytes(1 << 20), zipfile.ZIP_DEFLATED)
        start = package.fp.tell()  # type: ignore[union-attr]
        package.close()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        package.writestr("x", bytes(1 << 20), zipfile.ZIP_DEFLATED)
    content = whole.getvalue()
    entry = content[start : content.rindex(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, min(times, 65535), min(times, 65535),
                      len(entry) * times, start, 0)  # fmt: skip
    return content[:start] + entry * times + end


def a_million_rows() -> bytes:
    """What is left when someone colours whole columns: rows that hold nothing, but a look."""
    rows = b"".join(
        b'<row r="%d" spans="1:4"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>'
        % (at, at, at, at)
        for at in range(2, 1_048_577)
    )
    first = b'<sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
    return sheet(first + rows + b"</sheetData>")


def shared(text: bytes, before: bytes = b"", cells: str = '<c r="A1" t="s"><v>0</v></c>') -> bytes:
    """A workbook with texts that its cells share, which openpyxl does not write."""
    with zipfile.ZipFile(io.BytesIO(book())) as package:
        rels = package.read("xl/_rels/workbook.xml.rels")
    link = b'<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    rows = f'<worksheet {MAIN}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    return with_parts({
        "xl/_rels/workbook.xml.rels": rels.replace(b"</Relationships>", link + b"</Relationships>"),
        "xl/sharedStrings.xml": before + f"<sst {MAIN}>".encode() + text + b"</sst>",
        SHEET: rows.encode(),
    })  # fmt: skip


def word() -> bytes:
    stream = io.BytesIO()
    Document().save(stream)
    return stream.getvalue()


def encrypted_part() -> bytes:
    content = bytearray(book())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(mark, bytes(content)):
            content[found.start() + offset] |= 1
    return bytes(content)


def zipped(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in names.items():
            package.writestr(name, content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DEEP = 3_000_000

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is empty"),
    "blank": (lambda: b" \r\n\r\n", "it is empty"),
    "zero bytes": (lambda: bytes(1 << 20), "it is empty"),
    "csv of zero bytes": (lambda: b"Area,n\n" + bytes(4096), "it holds zero bytes"),
    "protected": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "a zip with a password": (encrypted_part, "protected by a password"),
    "old .xls": (lambda: OLE + "Workbook".encode("utf-16-le"), "old .xls workbook"),
    "old .doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "not a spreadsheet"),
    ".xlsb": (lambda: zipped({"xl/workbook.bin": b"x"}), "binary .xlsb workbook"),
    "PDF": (lambda: b"%PDF-1.7\n" + bytes(64), "it is a PDF"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "it is a picture"),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(64), "it is a picture"),
    "BMP": (lambda: b"BM" + bytes(64), "it is a picture"),
    "TIFF": (lambda: b"II*\0" + bytes(64), "it is a picture"),
    "WEBP": (lambda: b"RIFF\x10\0\0\0WEBP" + bytes(64), "it is a picture"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(64), "it is a picture"),
    "Numbers": (lambda: zipped({"Index/Document.iwa": b"x"}), "it is a Numbers document"),
    "old Numbers": (lambda: zipped({"Index.zip": b"x"}), "it is a Numbers document"),
    "ods encrypted whole": (
        lambda: zipped({"encrypted-package": b"x"}), "protected by a password"
    ),
    "DOCX": (word, "it is a Word document"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(64), "Unpack it, and use the spreadsheet in it"),
    "another zip": (lambda: zipped({"a.csv": b"a,b"}), "zip package, and not"),
    "bytes": (lambda: random.Random(1).randbytes(4096), "it "),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook/>', "it is XML"),
    "truncated early": (lambda: book()[:1500], "damaged or cut short"),
    "truncated late": (lambda: book()[:-40], "damaged or cut short"),
    "a damaged sheet": (lambda: sheet(b"<sheetData><row"), "it cannot be read"),
    "no sheet with anything": (lambda: data(""), "no sheet that can be seen holds anything"),
    "bomb by size": (lambda: with_parts({"xl/media/x": bytes(300 << 20)}), "at most 256 MiB"),
    "bomb by ratio": (lambda: with_parts({"xl/media/x": bytes(150 << 20)}), "times its own size"),
    "claims a great size": (lambda: claiming(200 << 20), "at most 256 MiB"),
    "claims a small size": (lambda: claiming(40), "damaged or cut short"),
    "overlapping parts": (lambda: overlapping(9_000), "at most 256 MiB"),
    "very many parts": (lambda: overlapping(20_000), "at most 10000 are read"),
    "a million parts": (lambda: overlapping(1_000_000), "far more parts"),
    "laughs in a sheet": (lambda: entities(SHEET, LAUGHS), "declares entities"),
    "laughs in the workbook": (lambda: entities("xl/workbook.xml", LAUGHS), "declares entities"),
    "laughs in styles": (lambda: entities("xl/styles.xml", LAUGHS), "declares entities"),
    "fetches in texts": (lambda: shared(b"<si/>", FETCHES.encode()), "declares entities"),
    "fetches in relations": (lambda: entities("_rels/.rels", FETCHES), "declares entities"),
    "elements within elements": (lambda: sheet(b"<a>" * DEEP + b"</a>" * DEEP), "nested deeper"),
    "a tag without end": (lambda: sheet(b'<a b="' + b"x" * (90 << 20) + b'"/>'), "longer than"),
    "very many attributes": (
        lambda: sheet("<a " + " ".join(f'b{n}=""' for n in range(2_000_000)) + "/>"),
        "longer than",
    ),
    "16,384 columns": (
        lambda: data('<row r="1">' + "".join(f'<c r="{at}1"><v>1</v></c>' for at in letters(16384))
                     + "</row>"),
        "beyond column 1,000",
    ),
    "a row beyond the last": (lambda: data('<row r="99999999999"/>'), "outside the sheet"),
    "a cell in no row": (lambda: data('<row r="1"><c r="A9"/><c r="A9"><v>1</v></c></row>'),
                         "in another row"),
    "too much text": (
        lambda: shared((b"<si><t>" + b"x" * 30_000 + b"</t></si>") * 2_500), "more text than"
    ),
    "too much text in cells": (
        lambda: data(
            "".join(
                f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{r:030000d}</t></is></c></row>'
                for r in range(1, 3_000)
            )
        ),
        "more text than",
    ),
    "a text that is not there": (
        lambda: data('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "a text that is not there"
    ),
    "ods of repeated columns": (
        lambda: ods('<table:table><table:table-row><table:table-cell office:value-type="float"'
                    ' office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
                    "</table:table>"),
        "beyond column 1,000",
    ),
    "ods of repeated rows": (
        lambda: ods('<table:table><table:table-row table:number-rows-repeated="1048576">'
                    '<table:table-cell office:value-type="float" office:value="1"/>'
                    "</table:table-row></table:table>"),
        "more than 500,000 filled cells",
    ),
    "ods with entities": (lambda: ods("").replace(b"x", b"x"), "no sheet that can be seen"),
    "ods cells outside a table": (lambda: ods("<table:table-cell/>"), "damaged"),
    "ods numbers that are none": (
        lambda: ods('<table:table><table:table-row><table:table-cell office:value-type="float"'
                    ' office:value="nan"/></table:table-row></table:table>'),
        "not a number",
    ),
    "csv of 16,384 columns": (lambda: b",".join([b"1"] * 16_384), "beyond column 1,000"),
    "csv of one endless line": (lambda: b"ab," * (6 << 20), "far more than 1,000 columns"),
    "csv of empty lines": (lambda: b"a,b\n" + b"\n" * 2_000_000, "more than 1,048,576 lines"),
    "csv of one value": (lambda: b'a,b\n"' + b"x" * (19 << 20), "never closed"),
    "csv of 21 MB": (lambda: b"a,b\n" * (21 << 18), "at most 20 MB"),
    "a page of comments": (lambda: b"<table>" + b"<!--" * (1 << 20), "no table in the page"),
    "a page of open tags": (lambda: b"<table>" + b"<td " * (1 << 20), "no table in the page"),
    "a page of great spans": (
        lambda: b"<table>" + b"<tr><td rowspan=9999 colspan=9999>x" * 20_000, "beyond column 1,000"
    ),
}  # fmt: skip

OPENED: dict[str, Callable[[], bytes]] = {
    "a million rows with a look": a_million_rows,
    "ods of a million repeated rows": lambda: ods(
        '<table:table table:name="Data"><table:table-row><table:table-cell'
        ' office:value-type="float" office:value="7"/></table:table-row><table:table-row'
        ' table:number-rows-repeated="1048575"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
    ),
    "as much as is allowed": lambda: data(
        "".join(
            f'<row r="{r}"><c r="A{r}"><v>{r}.5</v></c><c r="B{r}" t="inlineStr"><is><t>'
            f"text {r}</t></is></c></row>"
            for r in range(1, CELLS // 2 + 1)
        )
    ),
    "bombs inside": lambda: with_parts({
        "xl/embeddings/inner.xlsx": with_parts({"xl/media/x": bytes(150 << 20)}),
    }),
}  # fmt: skip


def letters(count: int) -> Iterator[str]:
    from answerable.chain.sheets.excel import column_name

    return map(column_name, range(1, count + 1))


CHILD = """
import json, os, resource, sys
from pathlib import Path
from answerable.chain.body import InputMistake
from answerable.chain.sheets import open_pack

room = int(sys.argv[1])
open_pack(Path(sys.argv[2]) / "warm.xlsx")
size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
for path in sorted(Path(sys.argv[2]).iterdir()):
    out, into = os.pipe()
    if not os.fork():
        resource.setrlimit(resource.RLIMIT_AS, (size + room, size + room))
        try:
            pack = open_pack(path)
            said = ["opened", sum(len(grid.cells) for grid in pack.grids)]
        except InputMistake as mistake:
            said = ["refused", len(mistake.problems), str(mistake)]
        except BaseException as error:
            said = ["broke", type(error).__name__, ""]
        os.write(into, json.dumps([path.stem, *said]).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as stream:
        print(stream.read() or json.dumps([path.stem, "died", "", ""]), flush=True)
    os.wait()
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """What became of each file, in a process that may not take up more than `ROOM`."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "warm.xlsx").write_bytes(book())
    for name, make in {**{k: v[0] for k, v in REFUSED.items()}, **OPENED}.items():
        (folder / f"{name}.xlsx").write_bytes(make())
    with (folder / "huge.xlsx").open("wb") as huge:
        huge.write(b"PK\x03\x04")
        huge.truncate(200 << 20)
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROOM), str(folder)],
        capture_output=True, text=True, check=True, env=os.environ,
    )  # fmt: skip
    return {name: said for name, *said in map(json.loads, child.stdout.splitlines())}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence_and_little_memory(name: str, told: dict[str, list]) -> None:
    outcome, problems, words = told[name]
    assert (outcome, problems) == ("refused", 1), told[name]
    assert REFUSED[name][1] in words
    assert words.startswith(f"{name}.xlsx: ")
    assert re.search(r"\. (Ask|Open|Use|Save|Delete|Unhide|Unpack|Correct|Copy) .*\.$", words)


def test_a_file_of_200_mb_is_refused_by_its_size(told: dict[str, list]) -> None:
    outcome, problems, words = told["huge"]
    assert (outcome, problems) == ("refused", 1)
    assert "it is 200 MB, and at most 50 MB are opened" in words


def test_one_cell_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as are allowed are opened, in little memory, below; here the limit is set lower."""
    monkeypatch.setattr(limits, "CELLS", 1_000)
    full = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 1_001))
    assert len(open_bytes(data(full), "pack.xlsx").grids[0].cells) == 1_000
    with pytest.raises(InputMistake, match="more than 1,000 filled cells"):
        open_bytes(data(full + '<row r="1001"><c r="A1001"><v>1</v></c></row>'), "pack.xlsx")


def test_it_is_not_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as huge:
        huge.truncate(FILE + 1)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(InputMistake, match="at most 50 MB"):
        open_pack(path)


@pytest.mark.parametrize("name", OPENED)
def test_opened_in_little_memory(name: str, told: dict[str, list]) -> None:
    cells = {"as much as is allowed": CELLS, "bombs inside": 6}.get(name, 1)
    assert told[name] == ["opened", cells]


def test_texts_that_cells_share() -> None:
    texts = (
        b"<si><t>plain</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t>parts</t></r>"
        b"<rPh><t>SPOKEN</t></rPh></si><si><t>a_x000A_b_x0000_</t></si>"
    )
    cells = "".join(f'<c r="{"ABC"[at]}1" t="s"><v>{at}</v></c>' for at in range(3))
    (grid,) = open_bytes(shared(texts, cells=cells), "pack.xlsx").grids
    assert [cell.value for cell in grid.cells.values()] == ["plain", "in parts", "a\nb"]


@pytest.mark.parametrize("cell", ['<c t="s"><v>0</v></c>', '<c r="A1" t="s"><v>-1</v></c>'])
def test_a_text_is_never_another_cells(cell: str) -> None:
    made = shared(b"<si><t>Area</t></si>", cells='<c r="A1" s="1"/>' + cell)
    with pytest.raises(InputMistake, match="cannot be read"):
        open_bytes(made, "pack.xlsx")


def test_cells_that_do_not_say_where_they_stand() -> None:
    cells = "<c><v>1</v></c><c/><c><v>3</v></c>"
    (grid,) = open_bytes(data(f"<row>{cells}</row><row>{cells}</row>"), "pack.xlsx").grids
    assert {at: cell.value for at, cell in grid.cells.items()} == {
        (1, 1): 1, (1, 3): 3, (2, 1): 1, (2, 3): 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\0\0",
        "x" * (6 << 20),
        "a\tb\n" * 600_000,
        "a\t" * 2_000,
        ("  a" * 300_000 + "\n") * 2,
    ],
    ids=["nothing", "blank", "zeros", "long", "cells", "columns", "spaced"],
)
def test_pastes_that_are_refused(text: str) -> None:
    with pytest.raises(InputMistake) as raised:
        paste(text)
    assert len(raised.value.problems) == 1


LINKED = {
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="r"'
    b' Type="x/externalLinkPath" Target="http://example.org/a.xlsx" TargetMode="External"/>'
    b"</Relationships>",
    "xl/connections.xml": b'<connections><connection id="1" name="http://example.org"/></connections>',
    "xl/vbaProject.bin": b"x",
    "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships><Relationship Id="r1"'
    b' Type="x/hyperlink" Target="http://example.org/" TargetMode="External"/></Relationships>',
}


def test_no_connection_is_made_whatever_a_file_points_to(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        with_parts(LINKED),
        entities(SHEET, FETCHES),
        entities("xl/workbook.xml", FETCHES),
        ods('<table:table table:name="a"><table:table-source xmlns:x="http://www.w3.org/1999/xlink"'
            ' x:href="http://example.org/a.ods"/><table:table-row><table:table-cell'
            " table:formula=\"of:=['http://example.org/b.ods'#$A.A1]\" office:value-type=\"float\""
            ' office:value="1"/></table:table-row></table:table>'),
        b'<html><img src="http://example.org/"><table><tr><td><iframe src="//a.b">x</table>',
        b'<?xml version="1.0"?>' + FETCHES.encode() + b"<x>&a;</x>",
    ]  # fmt: skip
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was made"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    found = []
    for content in files:
        try:
            found.append([notice.code for notice in open_bytes(content, "pack").notices])
        except InputMistake:
            found.append(["refused"])
    linked = ["macro", "external_link", "data_connection", "outside_reference"]
    ods_found = ["external_link", "outside_reference"]
    assert found == [linked, ["refused"], ["refused"], ods_found, ["html"], ["refused"]]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_file_opens_or_is_refused(draw: st.DataObject) -> None:
    part = draw.draw(st.sampled_from(list(PARTS)))
    content = bytearray(PARTS[part])
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(content) - 1))
        content[at] = draw.draw(st.integers(0, 255))
    try:
        pack = open_bytes(REBUILT[part](bytes(content)), "pack")
    except InputMistake as mistake:
        assert len(mistake.problems) == 1
    else:
        assert pack.grids


TABLES = st.text(alphabet="<>/tablerdhp=1 '\"|-;,\t\n\r\\a&%#x")


@settings(max_examples=300, deadline=None)
@given(TABLES | st.text() | TABLES.map(lambda text: f"<table>{text}"))
def test_any_paste_is_a_pack_or_is_refused(text: str) -> None:
    try:
        pack = paste(text)
    except InputMistake as mistake:
        assert len(mistake.problems) == 1
    else:
        assert pack.grids and all(grid.cells for grid in pack.grids)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | TABLES.map(str.encode))
def test_any_bytes_are_a_pack_or_are_refused(content: bytes) -> None:
    try:
        pack = open_bytes(content, "pack")
    except InputMistake as mistake:
        assert len(mistake.problems) == 1
    else:
        assert any(grid.cells for grid in pack.grids)


def _parts() -> tuple[dict[str, bytes], dict[str, Callable[[bytes], bytes]]]:
    whole = book()
    parts: dict[str, bytes] = {"": whole}
    rebuilt: dict[str, Callable[[bytes], bytes]] = {"": bytes}
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
            rebuilt[name] = lambda content, name=name: with_parts({name: content})  # type: ignore[misc]
    inner = (
        b'<table:table><table:table-row><table:table-cell office:value-type="date"'
        b' office:date-value="2023-04-01"><text:p>Apr</text:p></table:table-cell><table:table-cell'
        b' office:value-type="time" office:time-value="PT1H"/></table:table-row></table:table>'
    )
    parts["ods"], rebuilt["ods"] = inner, ods
    return parts, rebuilt


PARTS, REBUILT = _parts()


def test_a_folder_is_told_from_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputMistake, match="it is a folder"):
        open_pack(tmp_path)
    with pytest.raises(InputMistake, match="there is no such file"):
        open_pack(tmp_path / "none.xlsx")


def test_a_file_of_one_column_is_said_to_be_one() -> None:
    told = [notice.text for notice in open_bytes(b"Crimes\n1\n2\n", "a.csv").notices]
    assert told == ["The file has one column."]


def test_a_text_may_begin_as_a_picture_does() -> None:
    assert open_bytes(b"BMI,Apr-23\nArrests,12\n", "a.csv").grids[0].columns == 2


@pytest.mark.parametrize("number", ["1e308", "9" * 30, "-1e16", "1e999"])
def test_a_number_too_great_to_be_a_total_is_named(number: str) -> None:
    for data, cell in ((f"M,Apr-23,May-23\nArrests,{number},2".encode(), "a.csv!B2"),):
        found = understand(open_bytes(data, "a.csv"))
        assert found.lines == () and found.problems[0].where == cell
    made = Workbook()
    for row in (["M", "Apr-23", "May-23"], ["Arrests", 1e308, 2]):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    (problem,) = understand(open_bytes(stream.getvalue(), "a.xlsx")).problems
    assert problem.where == "Sheet!B2" and "too great to be a total" in problem.found


def test_dates_that_lost_their_look_are_told_from_figures() -> None:
    made = Workbook()
    for row in (["Month", "Arrests"], [45017, 5], [45047, 6], [45078, 7]):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    (problem,) = understand(open_bytes(stream.getvalue(), "a.xlsx")).problems
    assert "Numbers such as 45017 may be dates" in problem.next_step
