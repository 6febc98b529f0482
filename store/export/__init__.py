"""Exports: records as JSON Lines, CSV, Parquet or Excel, whole or as flat layers.

Everything streams: a record is read, written to every file and forgotten, so memory does not grow with their number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from schemas import Record
from store.errors import StoreError
from store.export.layers import FLAT, RECORDS, Context, Write

__all__ = ["FORMATS", "LAYERS", "Exported", "Format", "export"]

Format = Literal["jsonl", "csv", "parquet", "xlsx"]

FORMATS: tuple[Format, ...] = get_args(Format)
LAYERS = (RECORDS, *FLAT)

_FLAT_ONLY = ("csv", "xlsx")

_Opener = Callable[[Path, Sequence[str]], AbstractContextManager[dict[str, Write]]]


@dataclass
class Exported:
    """What an export wrote: how many records it read, the rows of each layer, and the files."""

    records: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    files: tuple[Path, ...] = ()


def export(
    records: Iterable[Record],
    target: Path,
    format: Format,
    layers: Sequence[str] = (),
    *,
    bom: bool = False,
    on_record: Callable[[], object] = lambda: None,
) -> Exported:
    """Write `records` to `target`; every file appears whole, or not at all if something is raised.

    Args:
        records: read once, in their order.
        target: a file, if it ends in the format's suffix (.jsonl, .csv, .parquet, .xlsx), else a folder that gets a
            file per layer. A workbook is always one file.
        format: one of FORMATS.
        layers: some of LAYERS; `records` are whole records, which CSV and Excel cannot hold. By default a file holds
            whole records (a workbook all flat layers), and a folder all layers.
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
        writes: dict[str, Write] = {}
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


def _plan(target: Path, format: Format, layers: tuple[str, ...]) -> dict[Path, tuple[str, ...]]:
    """The files to write and the layers of each."""
    held = tuple(FLAT) if format in _FLAT_ONLY else LAYERS
    if unknown := [layer for layer in layers if layer not in held]:
        raise StoreError(f"{format} holds no layer {unknown[0]!r}", remedy=f"choose of {', '.join(held)}")
    suffix = f".{format}"
    if target.suffix.lower() != suffix:
        if format == "xlsx":
            raise StoreError("a workbook is one file", where=str(target), remedy="let its name end in .xlsx")
        return {target / f"{layer}{suffix}": (layer,) for layer in layers or held}
    if format == "xlsx":
        return {target: layers or held}
    chosen = layers or held[:1] * (RECORDS in held)
    if len(chosen) != 1:
        raise StoreError(f"a {suffix} file holds one layer", where=str(target), remedy="name one layer, or a folder")
    return {target: chosen}


def _opener(format: Format, *, bom: bool) -> _Opener:
    # pyarrow and openpyxl are loaded only where they are needed.
    try:
        if format == "parquet":
            from store.export.parquet import open_parquet

            return open_parquet
        if format == "xlsx":
            from store.export.xlsx import open_xlsx

            return open_xlsx
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{format} needs the package {error.name}, which is not installed",
            remedy="pip install 'jianbao[export]'",
        ) from error
    from store.export.text import open_csv, open_jsonl

    return partial(open_csv, bom=bom) if format == "csv" else open_jsonl


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
