"""The batch itself: what is known is skipped, the rest extracted here or by workers, and stored group by group.

Notes for a newcomer. Three generators hang together: the items as they are read, the plan (which looks up in the
database, block by block, what need not be extracted), and the results in the order of the items. Their end is a
group of results that is written in one transaction. A process killed at any moment has therefore stored whole
groups and nothing of the next; run again, it skips them by their texts and goes on.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jianbao.batch.executors import BatchSettings, Inline, Summary
from jianbao.batch.pool import Pool
from jianbao.batch.stop import Stop
from jianbao.batch.stories import likeness
from jianbao.batch.work import Extracted, Failed
from jianbao.logs import log
from schemas import Bulletin, JianbaoError, Record
from store.groups import Failure, Group, Item, Neighbour, Sighting, Versions
from store.rows import text_digest

if TYPE_CHECKING:
    from store import SqlStore

BLOCK = 64
"""Items whose texts are looked up at once."""
BLOCK_CHARACTERS = 1_000_000
GROUP = 48
"""Results written in one transaction."""
GROUP_CHARACTERS = 200_000
GROUP_SECONDS = 5.0


@dataclass(slots=True)
class OpenRun:
    """A run in progress: its number in the database, and how it ends."""

    number: int
    status: str = "failed"
    summary: Summary = field(default_factory=Summary)


@contextmanager
def opened_run(store: "SqlStore", versions: Versions, settings: BatchSettings, **told: Any) -> Iterator[OpenRun]:
    """A row in `runs` that is closed as the body says, or as failed if it raises.

    Args:
        store: where the row is.
        versions: what extracts.
        settings: of the batch.
        told: what the row says of the settings besides.
    """
    told |= {"workers": settings.workers, "refresh": settings.refresh}
    run = OpenRun(store.begin_run(versions, settings.extractor.as_json() | told))
    log("run started", f"run {run.number} has started", run=run.number, **versions._asdict(), **told)
    try:
        yield run
    finally:
        try:
            store.finish_run(run.number, run.status)
        except JianbaoError:
            # If the database is gone, the error that ended the run is the one to tell.
            if run.status != "failed":
                raise
        counts = {name: getattr(run.summary, name) for name in ("read", "extracted", "known", "failed")}
        log("run ended", f"run {run.number} is {run.status}", run=run.number, status=run.status, **counts)


class Batch:
    """A batch into one database.

    Args:
        store: where records go.
        executor: what extracts, opened.
        settings: how it works.
        stop: when to end early.
        on_stored: called with each new record once it is stored.
        on_progress: called with the counts so far.
    """

    def __init__(
        self,
        store: "SqlStore",
        executor: "Inline | Pool",
        settings: BatchSettings,
        *,
        stop: Stop | None = None,
        on_stored: Callable[[Record], None] = lambda record: None,
        on_progress: Callable[[Summary], None] = lambda summary: None,
    ) -> None:
        self._store = store
        self._executor = executor
        self._settings = settings
        self._stop = stop or Stop()
        self._on_stored = on_stored
        self._on_progress = on_progress

    def run(self, items: Iterable[Bulletin | JianbaoError], **told: Any) -> Summary:
        """Extract and store what is not stored yet, as a run of its own.

        Args:
            items: bulletins, and errors in place of those that cannot be read.
            told: what the run's row says of its settings besides.

        Raises:
            StoreError: the database fails; what was stored before stays.
        """
        with opened_run(self._store, self._executor.versions, self._settings, **told) as run:
            summary = run.summary = self.work(items, run.number)
            run.status = "interrupted" if self._stop.requested else "done"
        return summary

    def work(self, items: Iterable[Bulletin | JianbaoError], run: int) -> Summary:
        """The same as part of a run that is open."""
        summary = Summary()
        versions = self._executor.versions
        group = _Group(run)
        for result in self._executor.extract(self._plan(items, versions, summary)):
            group.add(result)
            if group.is_full:
                self._write(group, summary)
                group = _Group(run)
        self._write(group, summary)
        return summary

    def _plan(
        self, items: Iterable[Bulletin | JianbaoError], versions: Versions, summary: Summary
    ) -> Iterator["Bulletin | Failed | _Known"]:
        """What is to be done with each item."""
        for block in _blocks(items):
            bulletins = [item for item in block if isinstance(item, Bulletin)]
            digests = {bulletin.text: text_digest(bulletin.text) for bulletin in bulletins}
            stored = self._store.known(set(digests.values()))
            sources = self._store.sources({b.source for b in bulletins if b.source is not None})
            for item in block:
                if self._stop.requested:
                    self._stop.announce()
                    return
                if not isinstance(item, Bulletin):
                    yield Failed.reading(item)
                    continue
                summary.read += 1
                digest = digests[item.text]
                if digest not in stored or (self._settings.refresh and stored[digest] != versions):
                    yield item
                    continue
                seen = Sighting(item.source, item.sha256, digest) if item.source is not None else None
                yield _Known(None if seen is None or sources.get(seen.source) == seen else seen)

    def _write(self, group: "_Group", summary: Summary) -> None:
        if not group.results:
            return
        extracted: dict[str, Extracted] = {}
        sightings, failures = [], []
        known = failed = 0
        for result in group.results:
            if isinstance(result, Extracted):
                digest = text_digest(result.record.text)
                if digest in extracted:
                    known += 1
                    sightings += _sighting(result.record, digest)
                else:
                    extracted[digest] = result
            elif isinstance(result, _Known):
                known += 1
                sightings += [result.sighting] if result.sighting else []
            else:
                failed += 1
                _tell(result)
                failures += [_failure(result)] if result.source is not None else []
        items = self._items(extracted)
        read = len(extracted) + known
        outcome = self._store.write(
            Group(items, sightings, failures, read=read, known=known), run=group.run, refresh=self._settings.refresh
        )
        for digest in (*outcome.stored, *outcome.refreshed):
            self._on_stored(extracted[digest].record)
        refused = outcome.failures[len(failures) :] if len(outcome.failures) > len(failures) else ()
        for failure in refused:
            log("failed", f"{failure.source}: {failure.cause}", level="error", source=failure.source, kind=failure.kind)
        summary.extracted += len(outcome.stored) + len(outcome.refreshed)
        summary.known += known + len(outcome.known)
        summary.failed += failed + len(refused)
        self._on_progress(summary)

    def _items(self, extracted: dict[str, Extracted]) -> list[Item]:
        """Records with the bulletin, stored or earlier in the group, that tells the same story best."""
        # What is stored already has its story.
        refreshed = self._store.known(extracted) if self._settings.refresh else {}
        new = {digest: result for digest, result in extracted.items() if digest not in refreshed}
        sharing: dict[int, dict[str, bytes | None]] = {}
        for near in self._near([band for result in new.values() for band in result.sketch.bands]):
            sharing.setdefault(near.band, {})[near.text_sha256] = near.signature
        items = []
        for digest, result in extracted.items():
            bands, signature = result.sketch.bands, result.sketch.signature
            twin = None
            if digest in new:
                candidates = {d: s for band in bands for d, s in sharing.get(band, {}).items() if d != digest}
                twin = _nearest(signature, candidates)
                for band in bands:
                    sharing.setdefault(band, {})[digest] = signature
            items.append(Item(result.record, bands=bands, signature=signature, twin=twin))
        return items

    def _near(self, bands: Sequence[int]) -> list[Neighbour]:
        return self._store.near(bands) if bands else []


@dataclass(frozen=True, slots=True)
class _Known:
    """A bulletin whose text is stored; with its source, if the store does not know yet that it holds this text."""

    sighting: Sighting | None


class _Group:
    """The results that are written together."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.results: list[Extracted | Failed | _Known] = []
        self._characters = 0
        self._since = time.monotonic()

    def add(self, result: "Extracted | Failed | _Known") -> None:
        self.results.append(result)
        if isinstance(result, Extracted):
            self._characters += len(result.record.text)

    @property
    def is_full(self) -> bool:
        return (
            len(self.results) >= GROUP
            or self._characters >= GROUP_CHARACTERS
            or time.monotonic() - self._since >= GROUP_SECONDS
        )


def _blocks(items: Iterable[Bulletin | JianbaoError]) -> Iterator[list[Bulletin | JianbaoError]]:
    block: list[Bulletin | JianbaoError] = []
    characters = 0
    for item in items:
        block.append(item)
        characters += len(item.text) if isinstance(item, Bulletin) else 0
        if len(block) >= BLOCK or characters >= BLOCK_CHARACTERS:
            yield block
            block, characters = [], 0
    if block:
        yield block


def _nearest(signature: bytes, candidates: dict[str, bytes | None]) -> str | None:
    scored = [(likeness(signature, other), digest) for digest, other in candidates.items() if other]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] > 0 else None


def _sighting(record: Record, digest: str) -> list[Sighting]:
    provenance = record.provenance
    if provenance is None or provenance.source is None:
        return []
    return [Sighting(provenance.source, provenance.sha256, digest)]


def _failure(failed: Failed) -> Failure:
    error = failed.error
    return Failure(
        source=failed.source or "",
        kind=type(error).__name__,
        cause=error.cause,
        remedy=error.remedy,
        sha256=failed.sha256,
        traceback_sha256=failed.traceback_sha256,
    )


def _tell(failed: Failed) -> None:
    error = failed.error
    kind = type(error).__name__
    log("failed", str(error), level="error", source=failed.source, kind=kind, traceback=failed.traceback)
