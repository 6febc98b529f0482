"""The same batch on a Ray cluster: shards of files go to actors, which read, extract, and store or write files.

Notes for a newcomer. The files are cut into shards; a shard is the unit that Ray hands out, and hands out again when
the machine that had it is lost. Doing a shard twice is harmless: a database takes every text once, and a file of
records has its shard's name and appears whole. Each actor has its extractor in a process of its own (`Pool`), so that
a bulletin that kills it becomes a failure here as elsewhere, instead of a shard that Ray tries for ever. Bulletins
never pass through the driver: all machines must see the files (and the database) under the same names.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import MissingExtraError
from corpus.files import SourceFile, find_files
from corpus.read import read_file
from jianbao.batch.executors import BatchSettings, Inline, Summary
from jianbao.batch.pool import Pool
from jianbao.batch.run import Batch, opened_run
from jianbao.batch.stop import Stop
from jianbao.batch.work import Extracted, Failed
from schemas import Bulletin, JianbaoError, Record
from store.export import Format, export

if TYPE_CHECKING:
    pass

SHARD = 32
"""Files in a shard."""

Files = list[tuple[str, str, str | None]]


@dataclass(frozen=True, slots=True)
class ToDatabase:
    """Records go to this database, as part of this run."""

    url: str
    run: int


@dataclass(frozen=True, slots=True)
class ToFiles:
    """Records go to one file per shard in this folder, `part-000000.jsonl` and so on; failures to files beside them."""

    folder: Path
    format: Format


def run_on_ray(
    paths: Iterable[str],
    settings: BatchSettings,
    target: str | ToFiles,
    *,
    address: str | None = None,
    stop: Stop | None = None,
    on_progress: Callable[[Summary], None] = lambda summary: None,
    **told: Any,
) -> Summary:
    """Run a batch on a cluster.

    Args:
        paths: files, folders and globs, as all machines see them.
        settings: of the batch; `workers` actors are started.
        target: the URL of a database, or where files go.
        address: of the cluster; without it, one on this machine is started and ended.
        stop: when to end early; shards in hand are left.
        on_progress: called with the counts after each shard.
        told: what the run's row says of its settings besides.

    Raises:
        MissingExtraError: Ray is not installed.
        StoreError: the database or a file cannot be written.
    """
    ray, is_ours = _started(settings.workers, address)
    stop = stop or Stop()
    try:
        if isinstance(target, ToFiles):
            target.folder.mkdir(parents=True, exist_ok=True)
            return _spread(ray, paths, settings, target, stop, on_progress)
        from store import SqlStore

        with SqlStore(target) as store, Inline(settings.extractor) as executor:
            versions = executor.versions
            with opened_run(store, versions, settings, engine="ray", **told) as run:
                place = ToDatabase(store.url, run.number)
                summary = run.summary = _spread(ray, paths, settings, place, stop, on_progress)
                run.status = "interrupted" if stop.requested else "done"
            return summary
    finally:
        if is_ours:
            ray.shutdown()


def _started(workers: int, address: str | None) -> tuple[Any, bool]:
    """Ray, connected; and whether the connection was made here. One that is there already is used."""
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("needs the package ray", remedy="pip install 'jianbao[ray]'") from error
    is_ours = not ray.is_initialized()
    if is_ours and address is None:
        # A slot more than actors: reading the list of shards takes one.
        ray.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False)
    elif is_ours:
        ray.init(address=address, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray, is_ours


def _spread(
    ray: Any,
    paths: Iterable[str],
    settings: BatchSettings,
    target: ToDatabase | ToFiles,
    stop: Stop,
    on_progress: Callable[[Summary], None],
) -> Summary:
    summary = Summary()
    rows = [{"number": number, "files": files} for number, files in enumerate(_shards(paths, summary))]
    if not rows:
        return summary
    # One block per shard: what is lost with a machine is a shard, not a share of all.
    shards: ray.data.Dataset = ray.data.from_items(rows, override_num_blocks=len(rows))
    done = shards.map(
        Shard,
        fn_constructor_args=(settings, target),
        compute=ray.data.ActorPoolStrategy(size=settings.workers),
        num_cpus=1,
    )
    for counts in done.iter_rows():
        for field in fields(Summary):
            setattr(summary, field.name, getattr(summary, field.name) + int(counts[field.name]))
        on_progress(summary)
        if stop.requested:
            stop.announce()
            break
    return summary


def _shards(paths: Iterable[str], summary: Summary) -> Iterator[Files]:
    found = find_files(paths)
    while some := list(islice(found, SHARD)):
        files = [one for one in some if isinstance(one, SourceFile)]
        summary.failed += len(some) - len(files)
        if files:
            yield [(str(file.path), file.id, file.source) for file in files]


class Shard:
    """An actor: what is done to one shard after another, with one extractor."""

    def __init__(self, settings: BatchSettings, target: ToDatabase | ToFiles) -> None:
        self._settings = settings
        self._target = target
        # Left to the end of the actor's process, which ends them too.
        self._pool = Pool(settings.extractor, 1, timeout=settings.timeout).__enter__()
        if isinstance(target, ToDatabase):
            from store import SqlStore

            self._store = SqlStore(target.url)

    def __call__(self, row: dict[str, Any]) -> dict[str, int]:
        """Do the shard; its counts."""
        items = (item for path, id, source in row["files"] for item in read_file(SourceFile(Path(path), id, source)))
        if isinstance(self._target, ToDatabase):
            summary = Batch(self._store, self._pool, self._settings).work(items, self._target.run)
        else:
            summary = self._to_files(items, self._target, row["number"])
        return asdict(summary)

    def _to_files(self, items: Iterable[Bulletin | JianbaoError], target: ToFiles, number: int) -> Summary:
        summary = Summary()
        failures: list[Failed] = []

        def records() -> Iterator[Record]:
            readable = (item if isinstance(item, Bulletin) else Failed.reading(item) for item in items)
            for result in self._pool.extract(readable):
                summary.read += isinstance(result, Extracted) or not hasattr(result.error, "source")
                if isinstance(result, Extracted):
                    summary.extracted += 1
                    yield result.record
                else:
                    summary.failed += 1
                    failures.append(result)

        export(records(), target.folder / f"part-{number:06}.{target.format}", target.format)
        self._write_failures(target.folder / f"part-{number:06}.failures.jsonl", failures)
        return summary

    @staticmethod
    def _write_failures(path: Path, failures: list[Failed]) -> None:
        import json

        from store import replacing

        if not failures:
            # Those of an earlier try at this shard.
            path.unlink(missing_ok=True)
            return
        with replacing(path) as file:
            for failed in failures:
                error = failed.error
                row = {"source": failed.source, "id": failed.id, "kind": type(error).__name__, "cause": str(error)}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
