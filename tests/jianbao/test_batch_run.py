"""What a batch stores, skips, links and tells, with an extractor that finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_support import KILLS, RAISES, StubSettings, bulletin, bulletins
from store_support import rows

from corpus.errors import NoTextError, ReadError, at
from corpus.tools import invented
from jianbao.batch.executors import BatchSettings, Summary, executor_for
from jianbao.batch.run import Batch
from jianbao.batch.stop import Stop
from schemas import Bulletin, JianbaoError, Record
from store import SqlStore, StoreError

Items = Iterator[Bulletin | ReadError] | list[Bulletin | ReadError]


class Runner:
    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.stored: list[str] = []
        self.progress: list[int] = []

    def __call__(
        self, items: object, *, pipeline: str = "1", workers: int = 1, refresh: bool = False, stop: Stop | None = None
    ) -> tuple[int, int, int, int]:
        settings = BatchSettings(StubSettings(folder=self.folder, pipeline=pipeline), workers=workers, refresh=refresh)
        with SqlStore(self.url) as store, executor_for(settings) as executor:

            def on_stored(record: Record) -> None:
                self.stored.append(record.id)

            def on_progress(summary: Summary) -> None:
                self.progress.append(summary.items)

            batch = Batch(store, executor, settings, stop=stop, on_stored=on_stored, on_progress=on_progress)
            summary = batch.run(items)  # type: ignore[arg-type]
        return summary.read, summary.extracted, summary.known, summary.failed

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return rows(self.url, query)


@pytest.fixture
def run(url: str, tmp_path: Path) -> Runner:
    return Runner(url, tmp_path)


def test_only_what_is_new_is_extracted(run: Runner) -> None:
    assert run(bulletins(200)) == (200, 200, 0, 0)
    assert run.stored == [f"{n:04}" for n in range(200)]
    run.stored.clear()
    assert run(bulletins(205)) == (205, 5, 200, 0)
    assert run.stored == [f"{n:04}" for n in range(200, 205)]
    assert run.progress[-1] == 205
    assert run.rows("SELECT read, stored, status FROM runs ORDER BY id") == [(200, 200, "done"), (205, 5, "done")]


def test_a_changed_file_is_a_new_version(run: Runner) -> None:
    run([bulletin(1, "旧稿。")])
    assert run([bulletin(1, "新稿。")]) == (1, 1, 0, 0)
    assert run.rows("SELECT text, is_current FROM bulletins ORDER BY id") in (
        [("旧稿。", 0), ("新稿。", 1)],
        [("旧稿。", False), ("新稿。", True)],
    )
    # The old text again: it is known, and current again.
    assert run([bulletin(1, "旧稿。")]) == (1, 0, 1, 0)
    assert [current for (current,) in run.rows("SELECT is_current FROM bulletins ORDER BY id")] == [1, 0]


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in two runs"])
def test_a_copy_is_another_source_of_one_bulletin(run: Runner, together: bool) -> None:
    one, other = bulletin(1, "同一份。"), bulletin(2, "同一份。")
    if together:
        assert run([one, other]) == (2, 1, 1, 0)
    else:
        run([one])
        assert run([other]) == (1, 0, 1, 0)
    assert run.rows("SELECT count(*) FROM bulletins") == [(1,)]
    assert run.rows("SELECT count(*) FROM sources") == [(2,)]


def test_refresh_extracts_what_another_version_has_extracted(run: Runner) -> None:
    run(bulletins(3))
    assert run(bulletins(3), pipeline="2") == (3, 0, 3, 0)
    assert run(bulletins(4), pipeline="2", refresh=True) == (4, 4, 0, 0)
    assert run(bulletins(4), pipeline="2", refresh=True) == (4, 0, 4, 0)
    assert run.rows("SELECT DISTINCT pipeline FROM bulletins") == [("2",)]
    assert run.rows("SELECT count(*) FROM bulletins") == [(4,)]


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in two runs"])
def test_a_reprint_joins_the_story(run: Runner, together: bool) -> None:
    items = [bulletin(n, invented.bulletin(n)) for n in range(60)]
    reprints = [bulletin(n, invented.reprint(n - 100)) for n in range(130, 135)]
    for part in [items + reprints] if together else [items, reprints]:
        run(part)
    stories = run.rows(
        "SELECT a.name, b.name FROM bulletins a JOIN bulletins b ON b.id = a.story_id WHERE a.id <> b.id ORDER BY a.id"
    )
    assert stories == [(f"{n:04}", f"{n - 100:04}") for n in range(130, 135)]
    # Reading the reprints again, or extracting them anew, changes nothing of that.
    run(items + reprints, pipeline="2", refresh=True)
    assert len(run.rows("SELECT id FROM bulletins WHERE story_id <> id")) == 5


@pytest.mark.parametrize("workers", [1, 2])
def test_failures_are_stored_and_resolved(run: Runner, workers: int) -> None:
    words = [RAISES, KILLS] if workers == 2 else [RAISES]
    bad: list[Bulletin | ReadError] = [bulletin(n, f"{n}{word}") for n, word in enumerate(words, 50)]
    bad.append(
        at(NoTextError("is empty", remedy="fetch it again"), "/in/empty.txt", source="/in/empty.txt", id="empty")
    )
    items = [*bulletins(20), *bad]
    assert run(items, workers=workers) == (20 + len(words), 20, 0, 1 + len(words))
    failures = run.rows("SELECT source, kind, attempts FROM failures WHERE resolved IS NULL ORDER BY source")
    assert failures == [
        *[(f"/in/{n:04}.txt", kind, 1) for n, kind in zip((50, 51), ("ExtractionError", "WorkerError"), strict=False)][
            : len(words)
        ],
        ("/in/empty.txt", "NoTextError", 1),
    ]
    run(items[:21])
    assert run.rows("SELECT attempts FROM failures WHERE source = '/in/0050.txt'") == [(2,)]
    run([bulletin(n, f"{n}好了") for n in range(50, 52)] + [bulletin(52, "补齐。", "/in/empty.txt")])
    assert run.rows("SELECT source FROM failures WHERE resolved IS NULL") == []


def test_a_stopped_batch_keeps_what_it_has_begun_and_goes_on_later(run: Runner) -> None:
    stop = Stop()

    def items() -> Iterator[Bulletin]:
        for number, item in enumerate(bulletins(500)):
            if number == 130:
                stop.request()
            yield item

    read, extracted, known, failed = run(items(), stop=stop)
    assert read == extracted < 140
    assert (known, failed) == (0, 0)
    assert run.rows("SELECT status, read FROM runs") == [("interrupted", read)]
    assert run(bulletins(500)) == (500, 500 - extracted, extracted, 0)


def test_a_database_that_fails_ends_the_batch_and_keeps_what_is_stored(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = SqlStore.write, 0

    def failing(self: SqlStore, *arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise StoreError("the disk is full", remedy="make room")
        return write(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlStore, "write", failing)
    with pytest.raises(JianbaoError, match="the disk is full; make room"):
        run(bulletins(300))
    assert run.rows("SELECT status FROM runs") == [("failed",)]
    [(stored,)] = run.rows("SELECT count(*) FROM bulletins")
    assert stored == len(run.stored) > 0
    monkeypatch.undo()
    assert run(bulletins(300)) == (300, 300 - int(str(stored)), stored, 0)
