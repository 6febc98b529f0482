"""A batch in a process of its own that is killed, and what databases hold apart from ids and times."""

import contextlib
import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import create_engine, select

from store import tables
from store.engine import full_url

Row = tuple[Any, ...]

# Ids and moments differ from run to run; so do the runs themselves, and how often a bad file was tried.
_LEFT_OUT = {"id", "run_id", "stored", "first_seen", "last_seen", "seen", "resolved", "attempts"}


def killed_again_and_again(folder: Path, url: str, *, workers: int, kills: int, span: float, seed: int) -> int:
    """Run the batch to its end, killing it on the way; how many processes were killed.

    Args:
        span: at most so many seconds of work lie between two kills.
    """
    dice = random.Random(seed)  # noqa: S311
    done, is_complete = 0, False
    while done < kills and not is_complete:
        batch = Batch(folder, url, workers)
        batch.wait_for_start()
        while done < kills and batch.is_alive:
            time.sleep(dice.uniform(0, span))
            # With workers it is now the batch that dies, now one of its workers, and the batch goes on.
            done += batch.kill() if workers == 1 or dice.random() < 0.6 else batch.kill_worker(dice)
        batch.kill()
        batch.wait()
        is_complete = batch.is_complete
    Batch(folder, url, workers).wait()
    return done


class Batch:
    """`jianbao run` in a process of its own."""

    def __init__(self, folder: Path, url: str, workers: int) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "jianbao", "run", str(folder), "--db", url, "--log-json"]
        command += ["--workers", str(workers)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)  # noqa: S603
        self._events: list[dict[str, Any]] = []
        self._started = threading.Event()
        assert self._process.stderr is not None
        self._reader = threading.Thread(target=self._read, args=(self._process.stderr,), daemon=True)
        self._reader.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                # The last line of a killed process may be half a line.
                with contextlib.suppress(ValueError):
                    event = json.loads(line)
                    self._events.append(event)
                    if event["event"] == "run started":
                        self._started.set()
        self._started.set()

    @property
    def is_complete(self) -> bool:
        return any(event["event"] == "run ended" and event["status"] == "done" for event in self._events)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_for_start(self) -> None:
        assert self._started.wait(120)

    def kill(self) -> int:
        """SIGKILL; 1 unless it had ended before."""
        alive = self._process.poll() is None
        self._process.kill()
        return int(alive)

    def kill_worker(self, dice: random.Random) -> int:
        """SIGKILL one of its workers; 1 if there was one."""
        workers = list(_workers(self._process.pid))
        if workers:
            subprocess.run(["kill", "-KILL", str(dice.choice(workers))], check=False)  # noqa: S603, S607
        return int(bool(workers))

    def wait(self) -> int:
        code = self._process.wait(3600)
        self._reader.join(10)
        assert code in (0, 1, -signal.SIGKILL), self._events[-3:]
        return code


def _workers(parent: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            is_worker = b"spawn_main" in (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and is_worker:
            yield int(stat.parent.name)


def contents(url: str) -> dict[str, list[Row]]:
    """All rows of all tables but `runs`, sorted, with bulletins named by their text digests instead of their ids."""
    engine = create_engine(full_url(url))
    try:
        with engine.connect() as connection:
            bulletin = tables.bulletins.c
            digests = {row.id: row.text_sha256 for row in connection.execute(select(bulletin.id, bulletin.text_sha256))}
            sources = {
                row.id: row.name for row in connection.execute(select(tables.sources.c.id, tables.sources.c.name))
            }
            found = {}
            for table in tables.metadata.sorted_tables:
                if table.name == "runs":
                    continue
                names = {"bulletin_id": digests, "story_id": digests, "source_id": sources}
                rows = [
                    tuple(
                        (name, names[name].get(value) if name in names else value)
                        for name, value in row.items()
                        if name not in _LEFT_OUT
                    )
                    for row in connection.execute(select(table)).mappings()
                ]
                found[table.name] = sorted(rows, key=repr)
            return found
    finally:
        engine.dispose()
