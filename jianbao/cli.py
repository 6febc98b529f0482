"""The command line. Heavy imports wait until a command needs them, so that --help is quick."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from jianbao import logs
from jianbao.cli_db import db
from jianbao.cli_eval import EPILOG, evaluate
from jianbao.cli_export import EPILOG as EXPORT_EPILOG
from jianbao.cli_export import export
from jianbao.cli_gold import gold
from jianbao.cli_run import RETRY_EPILOG, RUN_EPILOG, WATCH_EPILOG, retry, run, watch
from jianbao.cli_train import train
from jianbao.console import State, errors, report, stdout
from jianbao.options import Config, Db, Device, Ner, Paths, Segmenter, read_paths
from schemas import JianbaoError, Record

if TYPE_CHECKING:
    pass

app = typer.Typer(
    name="jianbao",
    help="Turn Chinese government press releases into typed, grounded records.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How `extract` writes records."""

    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jianbao {version('jianbao')}")
        raise typer.Exit


@app.callback()
def main(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn Chinese government press releases into typed, grounded records."""
    State.debug = debug
    logs.setup(as_json=False)


@app.command(
    epilog="Examples:\n\n`jianbao extract bulletin.txt`\n\n`jianbao extract bulletins/ -o records.jsonl`\n\n"
    "`cat bulletin.txt | jianbao extract - --format table`"
)
def extract(
    paths: Paths,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, not to stdout.")] = None,
    format: Annotated[Format, typer.Option("--format", help="One record a line, one array, or tables.")] = Format.JSONL,
    config: Config = None,
    segmenter: Segmenter = None,
    ner: Ner = None,
    device: Device = None,
) -> None:
    """Extract records from bulletins and write them in the order of the input.

    The exit code is 1 if any bulletin could not be read; the others are written all the same.
    """
    failures: list[JianbaoError] = []

    def on_failure(error: JianbaoError) -> None:
        failures.append(error)
        report(error)

    with errors():
        from jianbao.batch import ExtractorSettings, extract_all

        records = extract_all(ExtractorSettings(config, segmenter, ner, device).build(), read_paths(paths), on_failure)
        if format is Format.JSONL:
            _write_jsonl(records, output)
        elif format is Format.JSON:
            _write_json(records, output)
        else:
            _write_tables(records, output)
    if failures:
        raise typer.Exit(1)


app.command(epilog=RUN_EPILOG)(run)
app.command(epilog=RETRY_EPILOG)(retry)
app.command(epilog=WATCH_EPILOG)(watch)
app.command(name="eval", epilog=EPILOG)(evaluate)
app.command(name="export", epilog=EXPORT_EPILOG)(export)
app.add_typer(gold)
app.add_typer(train)
app.add_typer(db)


@app.command(epilog="Examples:\n\n`jianbao show --db jianbao.db`\n\n`jianbao show bulletin-7 --db jianbao.db`")
def show(
    db: Db,
    id: Annotated[str | None, typer.Argument(help="The bulletin; without it, list the last ones stored.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many bulletins to list.")] = 100,
) -> None:
    """Show one stored record: its text with coloured spans and its facts as tables."""
    with errors():
        from jianbao.display import listing_view, record_view
        from store import SqlStore

        with SqlStore(db, create=False) as store, _pager():
            stdout.print(listing_view(store.listing(limit)) if id is None else record_view(store.load(id)))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    typer.echo(json.dumps(Record.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@contextmanager
def _pager() -> Iterator[None]:
    if stdout.is_terminal:
        with stdout.pager(styles=True):
            yield
    else:
        yield


@contextmanager
def _target(output: Path | None) -> Iterator[IO[str]]:
    """The file to write, or standard output."""
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    from store import replacing

    with replacing(output) as file:
        yield file


def _write_jsonl(records: Iterable[Record], output: Path | None) -> None:
    from store import write_record

    with _target(output) as file:
        for record in records:
            write_record(file, record)


def _write_json(records: Iterable[Record], output: Path | None) -> None:
    with _target(output) as file:
        separator = "[\n"
        for record in records:
            file.write(separator + record.model_dump_json(indent=2))
            separator = ",\n"
        file.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_tables(records: Iterable[Record], output: Path | None) -> None:
    from jianbao.display import record_view

    with _target(output) as file:
        console = Console(file=file, width=160) if output else stdout
        for record in records:
            console.print(record_view(record, with_text=False))
