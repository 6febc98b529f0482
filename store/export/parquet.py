"""Exports as Parquet: flat layers, or whole records with nested types.

Notes for a newcomer. The nested types follow the pydantic models of the record, field by field, so that a new field
of a record is a new column here without a line changed. Rows are gathered into groups, which are what Parquet reads
and writes at a time; their size is what bounds memory.
"""

import datetime as dt
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Context as DecimalContext
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from schemas import Record
from schemas.record import Offsets
from store.export.layers import FLAT, Context, Kind, LayerName, Writes
from store.files import replaced

ROWS_OF_A_GROUP = 20_000
CHARACTERS_OF_A_GROUP = 1_000_000  # of whole records, whose items take some hundred times as many bytes

_DIGITS, _PLACES = 38, 10
_DECIMAL = pa.decimal128(_DIGITS, _PLACES)
_LARGEST = Decimal("9" * (_DIGITS - _PLACES) + "." + "9" * _PLACES)
_STEP = Decimal(1).scaleb(-_PLACES)
_CONTEXT = DecimalContext(prec=_DIGITS)

_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
}
_SCALARS = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    Decimal: _DECIMAL,
}


@contextmanager
def open_parquet(path: Path, layers: Sequence[LayerName]) -> Iterator[Writes]:
    """Parquet of one layer, zstd-compressed: whole records in nested types, or a flat layer.

    Numbers of flat layers are doubles, which every tool sums and plots; those of whole records are decimal(38, 10):
    exact to ten decimals, and null from 1e28 on, which no bulletin counts to.
    """
    (name,) = layers
    with replaced(path) as temporary:
        group = _Records(temporary) if name is LayerName.RECORDS else _Rows(temporary, name)
        try:
            yield {name: group.write}
            group.flush()
        finally:
            group.close()


class _Group:
    """Rows on their way into one file."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def _put(self, columns: list[pa.Array]) -> None:
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


class _Rows(_Group):
    """The rows of a flat layer."""

    def __init__(self, path: Path, name: LayerName) -> None:
        self._layer = FLAT[name]
        self._rows: list[tuple[Any, ...]] = []
        super().__init__(path, pa.schema([(column.name, _TYPES[column.kind]) for column in self._layer.columns]))

    def write(self, context: Context) -> int:
        before = len(self._rows)
        self._rows.extend(self._layer.rows(context))
        written = len(self._rows) - before
        if len(self._rows) >= ROWS_OF_A_GROUP:
            self.flush()
        return written

    def flush(self) -> None:
        if self._rows:
            columns = [
                [None if value is None else float(value) for value in cells] if column.kind == "number" else cells
                for column, cells in zip(self._layer.columns, zip(*self._rows, strict=True), strict=True)
            ]
            self._put([pa.array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)])
            self._rows.clear()


class _Records(_Group):
    """Whole records."""

    def __init__(self, path: Path) -> None:
        self._type, self._converted = _nested(Record)
        self._rows: list[dict[str, Any]] = []
        self._characters = 0
        super().__init__(path, pa.schema(list(self._type)))

    def write(self, context: Context) -> int:
        self._rows.append(self._converted(context.record))
        self._characters += len(context.record.text)
        if self._characters >= CHARACTERS_OF_A_GROUP or len(self._rows) >= ROWS_OF_A_GROUP:
            self.flush()
        return 1

    def flush(self) -> None:
        if self._rows:
            self._put(pa.array(self._rows, self._type).flatten())
            self._rows.clear()
            self._characters = 0


def _nested(annotation: Any) -> tuple[pa.DataType, Callable[[Any], Any]]:
    """The Arrow type of a field with this annotation, and what makes a field's value into one of that type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _nested(arguments[0])
    if origin in (Union, types.UnionType):
        (member,) = (argument for argument in arguments if argument is not type(None))
        kind, convert = _nested(member)
        return kind, lambda value: None if value is None else convert(value)
    if annotation == Offsets:
        kind = pa.struct([("start", pa.int64()), ("end", pa.int64())])
        return kind, lambda value: {"start": value[0], "end": value[1]}
    if origin is tuple:
        kind, convert = _nested(arguments[0])
        return pa.list_(kind), lambda values: [convert(value) for value in values]
    if origin is Literal:
        return pa.string(), _same
    if issubclass(annotation, BaseModel):
        return _struct(annotation)
    return _SCALARS[annotation], _decimal if annotation is Decimal else _same


def _struct(model: type[BaseModel]) -> tuple[pa.DataType, Callable[[Any], Any]]:
    # `optional` is a mark of gold; records have none.
    fields = {name: _nested(field.annotation) for name, field in model.model_fields.items() if name != "optional"}
    converters = [(name, convert) for name, (_, convert) in fields.items()]
    kind = pa.struct([(name, kind) for name, (kind, _) in fields.items()])
    return kind, lambda item: {name: convert(getattr(item, name)) for name, convert in converters}


def _same(value: Any) -> Any:
    return value


def _decimal(value: Decimal | None) -> Decimal | None:
    if value is None or not -_LARGEST <= value <= _LARGEST:
        return None
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= -_PLACES else value.quantize(_STEP, context=_CONTEXT)
