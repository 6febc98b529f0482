"""Exports as text: JSON Lines and CSV."""

import csv
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from store.export.cells import guarded
from store.export.layers import FLAT, Context, LayerName, Value, Writes
from store.files import replaced


@contextmanager
def open_jsonl(path: Path, layers: Sequence[LayerName]) -> Iterator[Writes]:
    """JSON Lines of one layer: whole records as `Record.to_json` writes them, or a row an object.

    As in records, decimals are strings, dates in ISO form, and missing values null.
    """
    (name,) = layers
    columns = [] if name is LayerName.RECORDS else [column.name for column in FLAT[name].columns]
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:

        def write_record(context: Context) -> int:
            file.write(context.record.to_json() + "\n")
            return 1

        def write_rows(context: Context) -> int:
            lines = [_json(dict(zip(columns, row, strict=True))) for row in FLAT[name].rows(context)]
            file.writelines(lines)
            return len(lines)

        yield {name: write_record if name is LayerName.RECORDS else write_rows}


@contextmanager
def open_csv(path: Path, layers: Sequence[LayerName], *, bom: bool = False) -> Iterator[Writes]:
    """CSV of one layer by RFC 4180: UTF-8, a header, lines that end in CR LF, quotes where needed.

    Cells that a spreadsheet could take for a formula get an apostrophe in front.

    Args:
        path: the file.
        layers: the name of the layer, one.
        bom: whether to begin with a byte order mark, without which Excel does not take the file for UTF-8.
    """
    (name,) = layers
    layer = FLAT[name]
    encoding = "utf-8-sig" if bom else "utf-8"
    with replaced(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in layer.columns)

        def write(context: Context) -> int:
            rows = [[guarded(value) for value in row] for row in layer.rows(context)]
            writer.writerows(rows)
            return len(rows)

        yield {name: write}


def _json(row: dict[str, Value]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a cell cannot be a {type(value).__name__}")
