"""Worker processes: each holds one extractor, takes whole bulletins and gives back finished records.

Notes for a newcomer. Python's own pools give up as a whole when a process dies (`concurrent.futures`) or wait for its
answer for ever (`multiprocessing.Pool`). Here each worker has a pipe of its own, answers its bulletins in the order in
which it got them, and closes the pipe by dying. So the parent always knows which bulletin killed it: the first that is
not answered. That one is given to another worker, alone; if that dies too, it has failed. The others are given out
anew. A worker whose parent dies reads the end of its pipe and goes.

Results come out in the order of the input, so a slow bulletin holds back those after it: they wait in a window that
is bounded in number and in characters, which bounds the memory.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any

from jianbao.batch.work import Extracted, ExtractorSettings, Failed, Forgetting, WorkerError, extract_one, versions_of
from jianbao.logs import log
from schemas import Bulletin, JianbaoError

if TYPE_CHECKING:
    from store.groups import Versions

QUEUED = 6
"""Bulletins given to a worker ahead of its answers, so that it never waits for the parent."""
WINDOW = 64
"""Bulletins in the window, per worker."""
WINDOW_CHARACTERS = 300_000
"""Characters in the window; a bulletin longer than that goes alone."""
START_ATTEMPTS = 3

# Fork would copy the locks of the parent's threads (the progress bar has one).
_context = multiprocessing.get_context("spawn")


class _Slot:
    """A place in the order of results: a bulletin and its result, or something that passes through."""

    __slots__ = ("attempts", "bulletin", "done", "result")

    def __init__(self, item: object) -> None:
        self.bulletin = item if isinstance(item, Bulletin) else None
        self.done = self.bulletin is None
        self.result: Any = None if isinstance(item, Bulletin) else item
        self.attempts = 0

    @property
    def size(self) -> int:
        return len(self.bulletin.text) if self.bulletin else 0


class _Worker:
    """A process, its pipe, and the bulletins it has not answered yet."""

    def __init__(self, settings: ExtractorSettings) -> None:
        self.connection, theirs = _context.Pipe()
        self.process: SpawnProcess = _context.Process(target=_work, args=(theirs, settings), daemon=True)
        self.process.start()
        # Ours has to be the only other end, or the worker's death would not be seen.
        theirs.close()
        self.ready = False
        self.tasks: deque[_Slot] = deque()
        self.since = time.monotonic()

    @property
    def alone(self) -> bool:
        """Whether it works on a bulletin that has killed a worker before."""
        return bool(self.tasks) and self.tasks[0].attempts > 0

    def give(self, slot: _Slot) -> None:
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(slot)
        # One that has died meanwhile is found out when its pipe is read.
        with contextlib.suppress(OSError):
            self.connection.send(slot.bulletin)

    def answered(self, result: Extracted | Failed) -> None:
        slot = self.tasks.popleft()
        slot.result, slot.done = result, True
        self.since = time.monotonic()


class Pool:
    """`workers` processes that extract; to be used in a `with` statement.

    Args:
        settings: of the extractors.
        workers: how many processes.
        timeout: seconds that one bulletin may take; a worker that takes longer is killed.
    """

    def __init__(self, settings: ExtractorSettings, workers: int, *, timeout: float = 300.0) -> None:
        self._settings = settings
        self._count = workers
        self._timeout = timeout
        self._workers: list[_Worker] = []
        self._versions: Versions | None = None
        self._failed_starts = 0

    def __enter__(self) -> "Pool":
        self._workers = [_Worker(self._settings) for _ in range(self._count)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
        for worker in self._workers:
            worker.process.join(timeout=2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers = []

    @property
    def versions(self) -> "Versions":
        """What the workers' extractors state in their records; waits for the first to be ready.

        Raises:
            JianbaoError: no extractor can be made.
        """
        while self._versions is None:
            self._listen(deque())
        return self._versions

    @property
    def processes(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def extract(self, items: Iterable[Any]) -> Iterator[Any]:
        """A result for each bulletin, in their order; whatever else is among `items` passes through in its place.

        Raises:
            JianbaoError: no extractor can be made.
        """
        source = iter(items)
        window: deque[_Slot] = deque()
        again: deque[_Slot] = deque()
        characters, more = 0, True
        while more or window:
            while again and (worker := self._free(alone=True)):
                worker.give(again.popleft())
            while more and not again and self._has_room(window, characters) and (worker := self._free()):
                try:
                    slot = _Slot(next(source))
                except StopIteration:
                    more = False
                    break
                window.append(slot)
                characters += slot.size
                if slot.bulletin is not None:
                    worker.give(slot)
            if window and not window[0].done:
                self._listen(again)
            while window and window[0].done:
                slot = window.popleft()
                characters -= slot.size
                yield slot.result

    def _has_room(self, window: deque[_Slot], characters: int) -> bool:
        return not window or (len(window) < WINDOW * self._count and characters < WINDOW_CHARACTERS)

    def _free(self, *, alone: bool = False) -> _Worker | None:
        """The worker with the least to do that can take more, or with nothing to do at all."""
        best = min(self._workers, key=lambda worker: (worker.alone, len(worker.tasks)))
        limit = 1 if alone else QUEUED
        return best if len(best.tasks) < limit and not best.alone else None

    def _listen(self, again: deque[_Slot]) -> None:
        """Wait for answers; what a dead worker leaves behind goes to `again`."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection), timeout=1.0):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                while True:
                    self._take(worker, worker.connection.recv())
                    if not worker.connection.poll():
                        break
            # EOFError and OSError are what a closed pipe gives, others what half a message gives.
            except JianbaoError:
                raise
            except Exception:  # noqa: BLE001
                self._replace(worker, again, "died")
        for worker in self._workers:
            if worker.ready and worker.tasks and time.monotonic() - worker.since > self._timeout:
                worker.process.kill()
                self._replace(worker, again, f"took more than {self._timeout:g} seconds")

    def _take(self, worker: _Worker, message: "Extracted | Failed | Versions | JianbaoError") -> None:
        if isinstance(message, JianbaoError):
            raise message
        if isinstance(message, (Extracted, Failed)):
            worker.answered(message)
        else:
            worker.ready, worker.since = True, time.monotonic()
            self._versions, self._failed_starts = message, 0

    def _replace(self, worker: _Worker, again: deque[_Slot], what: str) -> None:
        """A new worker in place of one that is gone."""
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= START_ATTEMPTS:
                raise WorkerError(
                    f"a worker process dies at its start (exit code {code})", remedy="give fewer --workers"
                )
        elif worker.tasks:
            self._blame(worker.tasks.popleft(), again, f"{what} (exit code {code})")
        again.extend(worker.tasks)
        self._workers[self._workers.index(worker)] = _Worker(self._settings)

    def _blame(self, slot: _Slot, again: deque[_Slot], what: str) -> None:
        bulletin = slot.bulletin
        if bulletin is None:
            return
        slot.attempts += 1
        place = bulletin.source or bulletin.id
        if slot.attempts == 1:
            log("worker lost", f"{place}: its worker {what}; trying once more", level="warning", source=bulletin.source)
            again.appendleft(slot)
            return
        remedy = "run it alone; if it is well-formed, report it"
        slot.result = Failed.of(bulletin, WorkerError(f"its worker {what}, twice", where=place, remedy=remedy))
        slot.done = True


def _work(connection: Connection, settings: ExtractorSettings) -> None:
    """The life of a worker process."""
    # Ctrl-C reaches the whole group; it is for the parent to say when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # One thread each: the workers are the parallelism.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    tasks: SimpleQueue[Bulletin] = SimpleQueue()
    # Always reading, a worker can never block the parent's sending while the parent blocks its own.
    threading.Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    try:
        try:
            extractor = settings.build()
        except JianbaoError as error:
            connection.send(error)
            return
        connection.send(versions_of(extractor))
        with Forgetting(extractor) as memory:
            while True:
                bulletin = tasks.get()
                memory.one_more()
                connection.send(extract_one(extractor, bulletin))
    except BrokenPipeError:
        return


def _receive(connection: Connection, tasks: "SimpleQueue[Bulletin]") -> None:
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        # The parent has ended or closed the pool: there is nobody left to answer.
        os._exit(0)
