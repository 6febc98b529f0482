"""Exports: records as JSON Lines, CSV, Parquet or Excel, whole or as flat layers.

Everything streams: a record is read, written to every file and forgotten, so memory does not grow with their number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from schemas import Record
from store.errors import StoreError
from store.export.layers import FLAT, Context, LayerName, Writes

__all__ = ["Exported", "Format", "LayerName", "export", "format_of"]


class Format(StrEnum):
    """A format, by the suffix of its files."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


def format_of(path: Path) -> Format | None:
    """The format that the name of a file tells."""
    suffix = path.suffix.lower().removeprefix(".")
    return Format(suffix) if suffix in list(Format) else None


_FLAT_ONLY = (Format.CSV, Format.XLSX)

_Opener = Callable[[Path, Sequence[LayerName]], AbstractContextManager[Writes]]


@dataclass
class Exported:
    """What an export wrote: how many records it read, the rows of each layer, and the files."""

    records: int = 0
    rows: dict[LayerName, int] = field(default_factory=dict)
    files: tuple[Path, ...] = ()


def export(
    records: Iterable[Record],
    target: Path,
    format: Format,
    layers: Sequence[LayerName] = (),
    *,
    bom: bool = False,
    on_record: Callable[[], object] = lambda: None,
) -> Exported:
    """Write `records` to `target`; every file appears whole, or not at all if something is raised.

    Args:
        records: read once, in their order.
        target: a file, if its name has a suffix, else a folder (made if need be) that gets a file per layer. A workbook
            is one file.
        format: the format of all files.
        layers: `records` are whole records, which CSV and Excel cannot hold. By default a file holds whole records (a
            workbook all flat layers), and a folder all layers.
        bom: begin CSV files with a byte order mark, as Excel wants it.
        on_record: called after each record.

    Raises:
        StoreError: target, format and layers do not go together, a package of the extra `export` is not there, or a
            file cannot be written.
    """
    plan = _plan(target, format, tuple(dict.fromkeys(layers)))
    opener = _opener(format, bom=bom)
    done = Exported(files=tuple(plan))
    with ExitStack() as stack:
        if target not in plan:
            stack.enter_context(_folder(target))
        writes: Writes = {}
        for path, names in plan.items():
            writes |= stack.enter_context(opener(path, names))
        done.rows = dict.fromkeys(writes, 0)
        for record in records:
            context = Context(record)
            for name, write in writes.items():
                done.rows[name] += write(context)
            done.records += 1
            on_record()
    return done


def _plan(target: Path, format: Format, layers: tuple[LayerName, ...]) -> dict[Path, tuple[LayerName, ...]]:
    """The files to write and the layers of each."""
    told = format_of(target)
    if told not in (None, format) and not target.is_dir():
        raise StoreError(
            f"the name says {told}, the format is {format}", where=str(target), remedy="change one of them"
        )
    held = tuple(FLAT) if format in _FLAT_ONLY else tuple(LayerName)
    if unknown := [layer for layer in layers if layer not in held]:
        raise StoreError(f"{format} holds no {unknown[0]}", remedy=f"choose of {', '.join(held)}")
    is_file = target.suffix and not target.is_dir()
    if format is Format.XLSX:
        if not is_file:
            raise StoreError("a workbook is one file", where=str(target), remedy="let its name end in .xlsx")
        return {target: layers or held}
    if not is_file:
        return {target / f"{layer}.{format}": (layer,) for layer in layers or held}
    chosen = layers or tuple(layer for layer in held if layer is LayerName.RECORDS)
    if len(chosen) != 1:
        raise StoreError(
            f"a {format} file holds one layer", where=str(target), remedy=f"name one of {', '.join(held)}, or a folder"
        )
    return {target: chosen}


def _opener(format: Format, *, bom: bool) -> _Opener:
    # pyarrow and openpyxl are loaded only where they are needed.
    try:
        if format is Format.PARQUET:
            from store.export.parquet import open_parquet

            return open_parquet
        if format is Format.XLSX:
            from store.export.xlsx import open_xlsx

            return open_xlsx
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{format} needs the package {error.name}, which is not installed",
            remedy="pip install 'jianbao[export]'",
        ) from error
    from store.export.text import open_csv, open_jsonl

    return partial(open_csv, bom=bom) if format is Format.CSV else open_jsonl


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """A folder that is there in the body; if it was made for it and the body raises, it goes again."""
    new = not path.exists()
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot be made a folder ({error.strerror})", where=str(path), remedy="choose another place"
        ) from error
    try:
        yield
    except BaseException:
        if new:
            path.rmdir()
        raise
