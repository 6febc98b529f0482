import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import make_record
from export_support import hostile

from schemas import Mention, Record
from store.export import Format, LayerName, export
from store.export.layers import Context
from store.export.xlsx import LONGEST_CELL, open_xlsx


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    workbook = openpyxl.load_workbook(path)
    read: dict[str, list[dict[str, Any]]] = {}
    for sheet in workbook.worksheets:
        header, *rows = sheet.iter_rows()
        names = [cell.value for cell in header]
        assert all(cell.font.bold for cell in header)
        assert sheet.freeze_panes == "A2"
        read[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows]
    return read


def test_a_sheet_per_layer(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "out.xlsx"
    done = export([record, make_record(id="other")], path, Format.XLSX)
    read = sheets(path)
    assert {name: len(rows) for name, rows in read.items()} == done.rows
    cells = read["metrics"][2]
    assert (cells["value"].value, cells["value"].data_type) == (365000, "n")
    assert cells["published"].value == dt.datetime(2024, 1, 9)
    assert cells["published"].number_format == "yyyy-mm-dd"
    assert cells["low"].value is None
    assert read["entities"][1]["sources"].value == "office；lexicon"


def test_no_cell_is_a_formula_or_an_error(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    named = [make_record(id=name, metrics=hostile().metrics[:0]) for name in ("#N/A", "#REF!", "=1+1", "+1", "-1")]
    export([hostile(), *named], path, Format.XLSX, [LayerName.BULLETINS, LayerName.METRICS])
    read = sheets(path)
    assert [row["bulletin"].value for row in read["bulletins"]] == ["-1;x", "#N/A", "#REF!", "=1+1", "+1", "-1"]
    assert {row["bulletin"].data_type for row in read["bulletins"]} == {"s"}
    (row,) = read["metrics"]
    assert row["indicator"].value.startswith("=HYPERLINK")
    assert (row["indicator"].data_type, row["indicator"].quotePrefix) == ("s", True)
    assert (row["value"].value, row["value"].data_type) == (-3, "n")


def test_what_excel_cannot_hold_is_cleaned_cut_or_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    text = "县" * 40_000
    mention = Mention(start=0, end=len(text), text=text, type="ORG", canonical="县\x0b局\ud800\uffff💰")
    metric = make_record().metrics[0].model_copy(update={"from_date": dt.date(1899, 5, 1), "to_date": None})
    quantity = make_record().quantities[0].model_copy(update={"value": Decimal("-1e400")})
    export(
        [
            make_record(
                text=text, mentions=(mention,), times=(), quantities=(), documents=(), metrics=(), activities=()
            ),
            make_record(metrics=(metric,), quantities=(quantity,)),
        ],
        path,
        Format.XLSX,
    )
    read = sheets(path)
    entity = read["entities"][0]
    assert entity["name"].value == "县局💰"
    assert entity["text"].value == "县" * (LONGEST_CELL - 1) + "…"
    cells = read["metrics"][0]
    assert cells["from_date"].value == "1899-05-01"
    assert cells["value"].value == "-1" + "0" * 400


@pytest.mark.parametrize(("rows", "expected"), [(3, [3]), (4, [3, 1]), (7, [3, 3, 1])], ids=str)
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, rows: int, expected: list[int]) -> None:
    path = tmp_path / "out.xlsx"
    with open_xlsx(path, [LayerName.BULLETINS], most_rows=4) as writes:
        for i in range(rows):
            writes[LayerName.BULLETINS](Context(make_record(id=str(i))))
    read = sheets(path)
    assert list(read) == ["bulletins", "bulletins 2", "bulletins 3"][: len(expected)]
    assert [len(sheet) for sheet in read.values()] == expected
    ids = [row["bulletin"].value for sheet in read.values() for row in sheet]
    assert ids == [str(i) for i in range(rows)]
