"""Exports of databases: what was stored comes out, from SQLite and from PostgreSQL alike."""

from pathlib import Path

import pyarrow.parquet as pq
from export_support import full_record

from store import SqlStore
from store.export import Format, LayerName, export


def test_a_database_exports_as_its_records_do(tmp_path: Path, url: str) -> None:
    record = full_record()
    with SqlStore(url) as store:
        store.add(record)
        for format in (Format.JSONL, Format.CSV, Format.PARQUET):
            export(store.records(), tmp_path / f"stored-{format}", format)
            export([record], tmp_path / f"made-{format}", format)
    for made in tmp_path.glob("made-*/*"):
        stored = tmp_path / made.parent.name.replace("made", "stored") / made.name
        if made.suffix == ".parquet":
            assert pq.read_table(stored).equals(pq.read_table(made)), made.name
        else:
            assert stored.read_bytes() == made.read_bytes(), made.name


def test_rows_say_what_the_views_say(tmp_path: Path, url: str) -> None:
    with SqlStore(url) as store:
        store.add(full_record())
        for name in (LayerName.METRICS, LayerName.ACTIVITIES, LayerName.DOCUMENTS, LayerName.BULLETINS):
            export(store.records(), tmp_path / "out.parquet", Format.PARQUET, [name])
            rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
            views = sorted(store.stream(f"v_{name}"), key=lambda view: int(view.get("position", 0)))
            assert len(rows) == len(views)
            for row, view in zip(rows, views, strict=True):
                shared = row.keys() & view.keys()
                assert len(shared) >= 8
                for column in shared:
                    cell = "、".join(row[column]) or None if isinstance(row[column], list) else row[column]
                    assert cell == view[column], (name, column)
