"""Exports as an Excel workbook with a sheet per layer.

Notes for a newcomer. openpyxl's write-only mode sends each row to a temporary file as it comes, so memory stays flat;
cells cannot be touched again, and a sheet's frozen header and column widths must be set before its first row. Strings
stand in the cells themselves (inline), never as formulas.
"""

import datetime as dt
import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from store.export.cells import is_formula, plain
from store.export.layers import FLAT, Column, Context, Layer, LayerName, Value, Writes
from store.files import replaced

MOST_ROWS = 1_048_576  # of a sheet, header included: Excel's limit
LONGEST_CELL = 32_767  # characters: Excel's limit

_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel's calendar is a day off or has no days
_LARGEST = Decimal("1e308")  # larger numbers are no doubles
_WIDTHS = {"text": 22, "list": 22, "integer": 9, "number": 14, "date": 12}
_WIDE = {"title": 40, "bulletin_title": 40, "indicator": 30, "activity": 30, "sentence": 80}


@contextmanager
def open_xlsx(path: Path, layers: Sequence[LayerName], *, most_rows: int = MOST_ROWS) -> Iterator[Writes]:
    """A workbook with a sheet per layer; a layer of more than `most_rows` goes on in a further sheet (metrics 2, …)."""
    with replaced(path) as temporary:
        workbook = Workbook(write_only=True)
        try:
            yield {name: _Sheets(workbook, FLAT[name], most_rows).write for name in layers}
            workbook.save(temporary)
        except LxmlError as error:
            # What lxml makes of a full disk.
            raise OSError(errno.EIO, str(error)) from error
        finally:
            _close(workbook)


def _close(workbook: Workbook) -> None:
    """After an error, openpyxl's writers would complain of being left open."""
    for sheet in workbook.worksheets:
        with suppress(OSError, LxmlError):
            if not sheet.closed:
                sheet.close()


class _Sheets:
    """The sheets of one layer."""

    def __init__(self, workbook: Workbook, layer: Layer, most_rows: int) -> None:
        self._workbook = workbook
        self._layer = layer
        self._most_rows = most_rows
        self._sheets = 0
        self._begin()

    def write(self, context: Context) -> int:
        count = 0
        for count, row in enumerate(self._layer.rows(context), 1):  # noqa: B007
            if self._rows == self._most_rows:
                self._sheet.close()
                self._begin()
            self._sheet.append([self._cell(value) for value in row])
            self._rows += 1
        return count

    def _begin(self) -> None:
        self._sheets += 1
        name = self._layer.name.value if self._sheets == 1 else f"{self._layer.name} {self._sheets}"
        self._sheet = self._workbook.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        for index, column in enumerate(self._layer.columns, 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = _width(column)
        self._sheet.append([self._header(column.name) for column in self._layer.columns])
        self._rows = 1

    def _header(self, name: str) -> Any:
        cell = WriteOnlyCell(self._sheet, name)
        cell.font = Font(bold=True)
        return cell

    def _cell(self, value: Value) -> Any:
        """What openpyxl writes as it should be; only text needs care."""
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, dt.date) and value >= _FIRST_DAY:
            return value
        if isinstance(value, Decimal) and abs(value) < _LARGEST:
            return value
        text = plain(value)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - 1] + "…"
        if not is_formula(text) and text[:1] != "#":
            return text
        cell = WriteOnlyCell(self._sheet, text)
        # openpyxl takes "=…" for a formula and "#N/A" for an error; the prefix keeps them text when a user edits them.
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell


def _width(column: Column) -> int:
    return _WIDE.get(column.name, _WIDTHS[column.kind])
