"""The command `export`: records to files that spreadsheets and databases read. Heavy imports wait until it runs."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from jianbao.console import errors, stderr, stdout
from schemas import Record
from store.export import Format, LayerName, format_of
from store.export import export as write

EPILOG = (
    "Examples:\n\n`jianbao export --db jianbao.db -o metrics.csv --layer metrics --bom`\n\n"
    "`jianbao export --db jianbao.db -o bulletins.xlsx`\n\n"
    "`jianbao export --records records.jsonl -o tables/ --format parquet`"
)


def export(
    *,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="Export what `jianbao run` has stored here, e.g. jianbao.db."),
    ] = None,
    records: Annotated[
        Path | None, typer.Option("--records", metavar="FILE.jsonl", help="Export these records (JSON Lines) instead.")
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PATH", help="A file or a folder. Existing files are replaced."),
    ],
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="By default what the name of the file says.")
    ] = None,
    layer: Annotated[
        list[LayerName] | None,
        typer.Option("--layer", metavar="LAYER", help=f"One of {', '.join(LayerName)}; may be repeated."),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV files so that Excel takes them for UTF-8.")] = False,
) -> None:
    """Write stored records as JSON Lines, CSV, Parquet or an Excel workbook.

    A layer is a table of one kind of facts; the layer `records` is whole records, in JSON Lines or Parquet. A PATH with
    a suffix is a file: by default of whole records, in Excel of all tables, in CSV of the one named by --layer. A PATH
    without suffix is a folder that gets a file per layer. From a database come the bulletins that its views count: of
    each the current version, copies left out.
    """
    if (db is None) == (records is None):
        raise typer.BadParameter("give one of the two", param_hint="--db, --records")
    chosen = format or format_of(output)
    if chosen is None:
        raise typer.BadParameter(f"the name {output} tells no format; give one", param_hint="--format")
    with errors(), _ending_cleanly(), _source(db, records) as source, _progress() as advance:
        done = write(source, output, chosen, layer or (), bom=bom, on_record=advance)
    counts = ", ".join(f"{count} {name}" for name, count in done.rows.items())
    stdout.print(f"{done.records} bulletins to {output}: {counts}", highlight=False, soft_wrap=True)


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """SIGTERM ends the body as an error does, so that no temporary file stays behind."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _source(db: str | None, records: Path | None) -> Iterator[Iterator[Record]]:
    if records is not None:
        from eval import load_records

        yield load_records(records)
    else:
        from store import SqlStore

        with SqlStore(db or "", create=False) as store:
            yield store.records()


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Shows on a terminal how many bulletins are done; call the result for each."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = SpinnerColumn(), *Progress.get_default_columns()[:1], MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("bulletins", total=None)
        yield lambda: progress.advance(task)
