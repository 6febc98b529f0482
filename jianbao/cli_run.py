"""The commands that fill a database: run, retry, watch."""

import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianbao import logs
from jianbao.console import errors, stdout
from jianbao.options import DB_HELP, Config, Db, Device, LogJson, Ner, Paths, Segmenter, Timeout, Workers, read_paths
from schemas import Bulletin, JianbaoError, Record

if TYPE_CHECKING:
    from jianbao.batch.executors import BatchSettings, Summary
    from jianbao.batch.stop import Stop

CODES = (
    "Exit codes: 0 every bulletin was read and stored, 1 some failed, 2 the batch could not go on (run it again), "
    "130 or 143 ended by SIGINT or SIGTERM after the bulletins in hand."
)
RUN_EPILOG = (
    "Examples:\n\n`jianbao run bulletins/ --db jianbao.db`\n\n"
    "`jianbao run 'inbox/*.html' morning.zip --db postgresql://user@host/name --workers 8`\n\n" + CODES
)
RETRY_EPILOG = "Example:\n\n`jianbao retry --db jianbao.db`\n\n" + CODES
WATCH_EPILOG = (
    "Example:\n\n`jianbao watch inbox/ --db jianbao.db --log-json`\n\n"
    "Ends with exit code 0 on SIGINT or SIGTERM, after the bulletins in hand."
)


class Engine(StrEnum):
    """Where `run` extracts."""

    LOCAL = "local"
    RAY = "ray"


class Shards(StrEnum):
    """The files that `run --engine ray --output` writes."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def run(
    paths: Paths,
    db: Annotated[str | None, typer.Option("--db", metavar="URL", help=DB_HELP)] = None,
    jsonl: Annotated[Path | None, typer.Option("--jsonl", help="Also write the new records to this file.")] = None,
    workers: Workers = 1,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Extract anew what another version of jianbao has extracted.")
    ] = False,
    timeout: Timeout = 300.0,
    engine: Annotated[
        Engine, typer.Option("--engine", help="local: processes of this machine; ray: actors of a Ray cluster.")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option("--address", help="Of the Ray cluster; without it, one is started here.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="With ray: files here, in place of --db.")
    ] = None,
    shards: Annotated[Shards, typer.Option("--shards", help="The format of the files in --output.")] = Shards.JSONL,
    log_json: LogJson = False,
    config: Config = None,
    segmenter: Segmenter = None,
    ner: Ner = None,
    device: Device = None,
) -> None:
    """Extract bulletins into a database; what is stored already is skipped."""
    if (db is None) == (output is None) or (output is not None and engine is Engine.LOCAL):
        raise typer.BadParameter("give --db, or with --engine ray either --db or --output")
    with errors():
        from corpus.files import count_bulletins

        settings = _settings(config, segmenter, ner, device, workers=workers, refresh=refresh, timeout=timeout)
        # A source is the same file tomorrow, wherever it is named from.
        paths = [os.path.abspath(path) if path not in ("", "-") else path for path in paths]
        if engine is Engine.RAY:
            summary, stop = _on_ray(db, output, shards, settings, paths, address, log_json=log_json)
            _end(summary, stop)
            return
        summary, stop = _batch(
            db or "",
            settings,
            read_paths(paths),
            lambda: count_bulletins(paths),
            jsonl=jsonl,
            log_json=log_json,
            paths=paths[:20],
        )
    _end(summary, stop)


def retry(
    db: Db,
    workers: Workers = 1,
    timeout: Timeout = 300.0,
    log_json: LogJson = False,
    config: Config = None,
    segmenter: Segmenter = None,
    ner: Ner = None,
    device: Device = None,
) -> None:
    """Take up again what has failed: each source is read and extracted once more."""
    with errors():
        from jianbao.batch.retry import failed_items
        from store import SqlStore

        settings = _settings(config, segmenter, ner, device, workers=workers, timeout=timeout)
        with SqlStore(db, create=False) as store:
            count, items = failed_items(store)
            summary, stop = _batch(db, settings, items, lambda: count, log_json=log_json, retry=True)
    _end(summary, stop)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where files arrive.", exists=True, file_okay=False)],
    db: Db,
    settle: Annotated[
        float, typer.Option("--settle", min=0, help="Seconds that a file must stand still before it is read.")
    ] = 2.0,
    poll: Annotated[bool, typer.Option("--poll", help="Look at the files again and again (network shares).")] = False,
    workers: Workers = 1,
    timeout: Timeout = 300.0,
    log_json: LogJson = False,
    config: Config = None,
    segmenter: Segmenter = None,
    ner: Ner = None,
    device: Device = None,
) -> None:
    """Take up bulletins as they arrive in a folder, and what has arrived since the last time."""
    with errors():
        from jianbao.batch.executors import executor_for
        from jianbao.batch.run import Batch
        from jianbao.batch.stop import Stop
        from jianbao.batch.watch import Items, Watcher
        from jianbao.progress import told
        from store import SqlStore

        logs.setup(as_json=log_json)
        settings = _settings(config, segmenter, ner, device, workers=workers, timeout=timeout)
        with Stop() as stop, SqlStore(db) as store, executor_for(settings) as executor:
            batch = Batch(store, executor, settings, stop=stop)

            def take(items: Items) -> None:
                summary = batch.run(items, watch=os.path.abspath(folder))
                if not log_json:
                    stdout.print(told(summary), highlight=False)

            Watcher(folder, settle=settle, poll=poll).run(take, stop)


def _settings(
    config: Path | None,
    segmenter: str | None,
    ner: str | None,
    device: str | None,
    *,
    workers: int,
    timeout: float,
    refresh: bool = False,
) -> "BatchSettings":
    from jianbao.batch import ExtractorSettings
    from jianbao.batch.executors import BatchSettings

    extractor = ExtractorSettings(config, segmenter, ner, device)
    return BatchSettings(extractor, workers=workers, refresh=refresh, timeout=timeout)


def _batch(
    db: str,
    settings: "BatchSettings",
    items: Iterable[Bulletin | JianbaoError],
    count: Callable[[], int | None],
    *,
    jsonl: Path | None = None,
    log_json: bool,
    **told: object,
) -> "tuple[Summary, Stop]":
    from jianbao.batch.executors import executor_for
    from jianbao.batch.run import Batch
    from jianbao.batch.stop import Stop
    from jianbao.progress import shown
    from store import SqlStore, replacing, write_record

    logs.setup(as_json=log_json)
    with (
        Stop() as stop,
        SqlStore(db) as store,
        replacing(jsonl, keep_partial=True) if jsonl else nullcontext() as file,
        executor_for(settings) as executor,
        shown(count, as_json=log_json) as on_progress,
    ):

        def on_stored(record: Record) -> None:
            if file is not None:
                write_record(file, record)

        batch = Batch(store, executor, settings, stop=stop, on_stored=on_stored, on_progress=on_progress)
        return batch.run(items, **told), stop


def _on_ray(
    db: str | None,
    output: Path | None,
    shards: Shards,
    settings: "BatchSettings",
    paths: list[str],
    address: str | None,
    *,
    log_json: bool,
) -> "tuple[Summary, Stop]":
    from corpus.files import count_bulletins
    from jianbao.batch.cluster import ToFiles, run_on_ray
    from jianbao.batch.stop import Stop
    from jianbao.progress import shown
    from store.export import Format

    logs.setup(as_json=log_json)
    # Workers have other working directories.
    url = os.path.abspath(db) if db and "://" not in db else db
    target = ToFiles(Path(os.path.abspath(output)), Format(shards.value)) if output else url or ""
    with Stop() as stop, shown(lambda: count_bulletins(paths), as_json=log_json) as on_progress:
        summary = run_on_ray(
            paths, settings, target, address=address, stop=stop, on_progress=on_progress, paths_given=paths[:20]
        )
    return summary, stop


def _end(summary: "Summary", stop: "Stop") -> None:
    from jianbao.progress import told

    stdout.print(told(summary), highlight=False)
    if stop.signal is not None:
        raise typer.Exit(128 + stop.signal)
    if summary.failed:
        raise typer.Exit(1)
