import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import make_record
from export_support import hostile
from hypothesis import given
from hypothesis import strategies as st

from schemas import Record
from store.export import Format, LayerName, export
from store.export.cells import guarded, plain
from store.export.layers import Value

SIGNS = "=+-@＝＋－＠"

# What stands in a cell, and what is written.
CELLS: dict[str, tuple[Value, str]] = {
    "nothing": (None, ""),
    "words": ("办理法律援助案件", "办理法律援助案件"),
    "formula": ("=1+1", "'=1+1"),
    "call of a program": ("@SUM(A1)", "'@SUM(A1)"),
    "minus before words": ("-件", "'-件"),
    "plus before a formula": ("+86-10", "'+86-10"),
    "tab": ("\t=1", "'\t=1"),
    "carriage return": ("\r=1", "'\r=1"),
    "white space before a formula": ("　 =1", "'　 =1"),
    "full-width sign": ("＝1+1", "'＝1+1"),
    "control character before a formula": ("\x00=1", "'=1"),
    "negative number as text": ("-12.5", "-12.5"),
    "signed number as text": ("+3", "+3"),
    "number with a tail": ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
    "number and line": ("-1\n", "'-1\n"),
    "negative number": (Decimal("-12.50"), "-12.50"),
    "large number": (Decimal("6E+7"), "60000000"),
    "whole number": (12, "12"),
    "list": (("县司法局", "县总工会"), "县司法局；县总工会"),
    "list that begins like a formula": (("=a", "b"), "'=a；b"),
    "empty list": ((), ""),
    "what XML forbids": ("a\x0bb\ud800\uffffc", "abc"),
    "emoji and line break": ("💰一\n二", "💰一\n二"),
}


@pytest.mark.parametrize(("value", "expected"), CELLS.values(), ids=list(CELLS))
def test_what_a_cell_reads(value: Value, expected: str) -> None:
    assert guarded(value) == expected


@given(st.text(), st.sampled_from(["", " ", "\t", "\x00", "　"]), st.sampled_from(SIGNS))
def test_no_text_reaches_a_spreadsheet_as_a_formula(text: str, before: str, sign: str) -> None:
    for value in (text, before + sign + text):
        cell = guarded(value)
        assert cell.removeprefix("'") == plain(value) or cell == plain(value)
        if not re.fullmatch(r"[+-]\d+(\.\d+)?", cell, re.ASCII):
            assert cell.lstrip()[:1] not in tuple(SIGNS)


def rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_hostile_cells_come_back_whole_and_harmless(tmp_path: Path) -> None:
    export([hostile()], tmp_path / "out.csv", Format.CSV, [LayerName.METRICS])
    (row,) = rows(tmp_path / "out.csv")
    assert row["indicator"] == '\'=HYPERLINK("http://x.example","看")'
    assert row["office"] == "'@县局"
    assert row["value"] == "-3"
    assert row["figure"] == "'-3件"
    assert row["bulletin"] == "'-1;x"
    assert row["bulletin_title"] == "一,二\n“三”"


@pytest.mark.parametrize(("bom", "start"), [(True, b"\xef\xbb\xbf"), (False, b"")], ids=["bom", "plain"])
def test_the_byte_order_mark_is_an_option(tmp_path: Path, record: Record, bom: bool, start: bytes) -> None:
    path = tmp_path / "out.csv"
    export([record], path, Format.CSV, [LayerName.METRICS], bom=bom)
    assert path.read_bytes().startswith(start + b"office,office_key,")
    assert path.read_bytes().count(b"\r\n") == 4
    assert [row["value"] for row in rows(path, "utf-8-sig")] == ["1200", "310", "365000"]


def test_each_layer_is_a_file_with_its_rows(tmp_path: Path, record: Record) -> None:
    done = export([record, make_record(id="other")], tmp_path / "out", Format.CSV)
    counts = {path.stem: len(rows(path)) for path in (tmp_path / "out").iterdir()}
    assert counts == {"bulletins": 2, "metrics": 6, "activities": 4, "documents": 2, "entities": 6} == done.rows
