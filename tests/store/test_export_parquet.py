import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import make_record
from export_support import full_record

from schemas import Quantity, Record
from store.export import Format, LayerName, export

NUMBER = pa.decimal128(38, 10)


def written(path: Path, records: list[Record], *layers: LayerName) -> pa.Table:
    export(records, path / "out.parquet", Format.PARQUET, layers)
    return pq.read_table(path / "out.parquet")


def as_record(row: dict[str, Any]) -> Record:
    """A row of whole records as the record that it was."""

    def restored(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"start", "end"}:
                return value["start"], value["end"]
            return {name: restored(item) for name, item in value.items()}
        return tuple(map(restored, value)) if isinstance(value, list) else value

    return Record.model_validate(restored(row))


def test_whole_records_come_back(tmp_path: Path) -> None:
    records = [full_record(), make_record(id="other"), Record(id="bare", text="无"), make_record(provenance=None)]
    assert [as_record(row) for row in written(tmp_path, records).to_pylist()] == records


def test_whole_records_have_nested_types(tmp_path: Path) -> None:
    schema = written(tmp_path, [full_record()]).schema
    assert schema.names == list(Record.model_fields)
    assert schema.field("published").type == pa.date32()
    assert schema.field("authors").type == pa.list_(pa.string())
    quantity = schema.field("quantities").type.value_type
    assert quantity.field("value").type == NUMBER
    metric = schema.field("metrics").type.value_type
    assert metric.field("quantity").type == pa.struct([("start", pa.int64()), ("end", pa.int64())])
    assert metric.field("comparison").type.field("change").type == NUMBER
    assert metric.field("from_date").type == pa.date32()


def test_rows_have_the_types_of_their_columns(tmp_path: Path, record: Record) -> None:
    table = written(tmp_path, [record], LayerName.METRICS)
    types = {name: table.schema.field(name).type for name in ("value", "published", "year", "figure")}
    assert types == {"value": pa.float64(), "published": pa.date32(), "year": pa.int64(), "figure": pa.string()}
    assert table["value"].to_pylist() == [1200, 310, 365000]
    assert table["sentence"].to_pylist()[0].startswith("2023年，云岭县司法局印发")
    zero = make_record().quantities[0].model_copy(update={"value": Decimal(0)})
    table = written(tmp_path, [make_record(quantities=(zero,), metrics=record.metrics[:1])], LayerName.METRICS)
    assert table["value"].to_pylist() == [0]
    table = written(tmp_path, [record], LayerName.ACTIVITIES)
    assert table["actors"].to_pylist() == [["云岭县司法局"], ["云岭县司法局"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.1", "0.1"), ("-3.50", "-3.5"), ("12345678901234567890.12345678915", "12345678901234567890.1234567892"),
     ("0.00000000001", "0"), ("9999999999999999999999999999", "9999999999999999999999999999"), ("1e28", None),
     ("9999999999999999999999999999.99999999999", None), ("-1e40", None), ("1e-300", "0"), ("6E+7", "60000000")],
)  # fmt: skip
def test_numbers_are_exact_to_ten_decimals_and_null_beyond_28_digits(
    tmp_path: Path, value: str, expected: str | None
) -> None:
    quantity = Quantity(start=0, end=1, text="无", value=Decimal(value))
    (row,) = written(tmp_path, [Record(id="a", text="无", quantities=(quantity,))]).to_pylist()
    assert row["quantities"][0]["value"] == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("layer", [LayerName.RECORDS, LayerName.ENTITIES], ids=str)
def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layer: LayerName) -> None:
    monkeypatch.setattr("store.export.parquet.ROWS_OF_A_GROUP", 4)
    records = [make_record(id=str(i)) for i in range(9)]
    table = written(tmp_path, records, layer)
    ids = list(dict.fromkeys(table["id" if layer is LayerName.RECORDS else "bulletin"].to_pylist()))
    assert ids == [str(i) for i in range(9)]
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups > 2


def test_long_texts_make_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.export.parquet.CHARACTERS_OF_A_GROUP", 200)
    written(tmp_path, [make_record(id=str(i)) for i in range(4)])
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 2


def test_records_in_parquet_say_what_json_says(tmp_path: Path) -> None:
    (row,) = written(tmp_path, [full_record()]).to_pylist()
    told = json.loads(full_record().to_json())
    assert row["metrics"][0]["comparison"]["basis"] == told["metrics"][0]["comparison"]["basis"]
    assert str(row["published"]) == told["published"]
