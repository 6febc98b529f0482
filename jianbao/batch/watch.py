"""New files in a folder as they arrive, each once it is wholly written.

Notes for a newcomer. A file appears before its last byte does, so a change only puts it on a waiting list; it is taken
up when its size and time of change have stood still for a while. The operating system tells of changes; where it
does not (network shares) the folder is polled. A system that is told of too many changes at once drops some, so now
and then the folder is looked through for files that changed since the last look. At the start, all that is in the
folder is taken up: what is stored already is skipped by its text.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from corpus.files import SourceFile, find_among, find_files
from corpus.read import read_file
from jianbao.batch.stop import Stop
from jianbao.logs import log
from schemas import Bulletin, JianbaoError
from store import StoreError

Items = Iterable[Bulletin | JianbaoError]

TICK = 0.25
LOOK_AGAIN = 600.0
AFTER_ERROR = 10.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a file looked, and since when it has looked like that."""

    size: int
    changed: int
    since: float


class Watcher:
    """Watches a folder.

    Args:
        folder: where files arrive, at any depth.
        settle: seconds that a file must stand still before it is read.
        poll: look at the files instead of being told of changes by the system, for network shares.
    """

    def __init__(self, folder: Path, *, settle: float = 2.0, poll: bool = False) -> None:
        self._folder = Path(os.path.abspath(folder))
        self._settle = settle
        self._poll = poll
        self._waiting: dict[Path, _Seen] = {}

    def run(self, take: Callable[[Items], object], stop: Stop) -> None:
        """Give all that is in the folder to `take`, then, until `stop`, what arrives.

        When the database fails `take`, the same files come again after a while.
        """
        changes = watch(
            self._folder,
            watch_filter=None,
            stop_event=stop,
            rust_timeout=int(TICK * 1000),
            debounce=500,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=self._poll or None,
        )
        # Changes are heard of before the folder is first looked at, so that none falls in between.
        looked = 0.0
        everything = True
        for changed in changes:
            self._note(changed)
            if everything:
                looked = time.time()
                everything = not self._taken(take, self._settled_files(), stop)
            elif time.time() - looked > LOOK_AGAIN:
                looked, since = time.time(), looked - self._settle
                self._look_for_changes(since)
            ready = self._ready()
            if ready and not self._taken(take, self._read(ready), stop):
                for path in ready:
                    self._wait_for(path)
            if stop.requested:
                break
        stop.announce()

    def _taken(self, take: Callable[[Items], object], items: Items, stop: Stop) -> bool:
        try:
            take(items)
        except StoreError as error:
            log("store failed", f"{error}; trying again in {AFTER_ERROR:g} seconds", level="error")
            stop.wait(AFTER_ERROR)
            return False
        return True

    def _settled_files(self) -> Items:
        """All that is in the folder; files that may still be written wait."""
        newest = time.time() - self._settle
        for found in find_files([self._folder]):
            if not isinstance(found, SourceFile):
                # An empty folder is nothing to complain of: files are to come.
                if found.source is not None:
                    yield found
            elif _changed(found.path) > newest:
                self._wait_for(found.path)
            else:
                yield from read_file(found)

    def _read(self, paths: list[Path]) -> Iterator[Bulletin | JianbaoError]:
        for found in find_among(self._folder, paths):
            if isinstance(found, SourceFile):
                yield from read_file(found)
            else:
                yield found

    def _note(self, changes: set[tuple[Change, str]]) -> None:
        for change, name in changes:
            path = Path(name)
            if change is Change.deleted:
                self._waiting.pop(path, None)
            elif path.is_dir():
                # A folder moved here brings its files without a word about them.
                for folder, _, files in os.walk(path):
                    for file in files:
                        self._wait_for(Path(folder, file))
            else:
                self._wait_for(path)

    def _look_for_changes(self, since: float) -> None:
        for found in find_files([self._folder]):
            if isinstance(found, SourceFile) and _changed(found.path) > since:
                self._wait_for(found.path)

    def _wait_for(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            status = path.stat()
            self._waiting[path] = _Seen(status.st_size, status.st_mtime_ns, time.monotonic())

    def _ready(self) -> list[Path]:
        """The waiting files that have stood still, in the order of their names; they wait no longer."""
        ready = []
        for path, seen in list(self._waiting.items()):
            try:
                status = path.stat()
            except OSError:
                del self._waiting[path]
                continue
            if (status.st_size, status.st_mtime_ns) != (seen.size, seen.changed):
                self._wait_for(path)
            elif time.monotonic() - seen.since >= self._settle:
                ready.append(path)
                del self._waiting[path]
        return sorted(ready)


def _changed(path: Path) -> float:
    """When a file last changed or was moved here; 0 if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return 0.0
    return max(status.st_mtime, status.st_ctime)
