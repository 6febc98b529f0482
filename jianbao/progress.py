"""How far a batch has come: a bar with rate and time left on a terminal, a line now and then elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from jianbao.console import say, stderr
from jianbao.logs import log

if TYPE_CHECKING:
    from jianbao.batch.executors import Summary

SECONDS_BETWEEN_LINES = 10.0


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Bulletins a second."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.1f}/s", style="progress.data.speed")


@contextmanager
def shown(count: Callable[[], int | None], *, as_json: bool) -> Iterator[Callable[["Summary"], None]]:
    """A function that is told the counts as they grow and shows them.

    Args:
        count: how many bulletins there will be, None if that cannot be told; asked in a thread, since it takes a while.
        as_json: whether standard error is for JSON only.
    """
    if as_json or not stderr.is_terminal:
        yield _Lines(as_json=as_json)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr) as progress:
        task = progress.add_task("bulletins", total=None)
        counting = threading.Thread(target=lambda: progress.update(task, total=count()), daemon=True)
        counting.start()
        yield lambda summary: progress.update(task, completed=summary.items)


class _Lines:
    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._start = self._last = time.monotonic()

    def __call__(self, summary: "Summary") -> None:
        now = time.monotonic()
        if now - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last = now
        rate = summary.items / (now - self._start)
        message = f"{told(summary)}; {rate:,.1f} a second"
        if self._as_json:
            log("progress", message, read=summary.read, extracted=summary.extracted, known=summary.known,
                failed=summary.failed, per_second=round(rate, 1))  # fmt: skip
        else:
            say(message, style="dim")


def told(summary: "Summary") -> str:
    """The counts in words."""
    return f"{summary.read} read, {summary.extracted} extracted, {summary.known} already there, {summary.failed} failed"
