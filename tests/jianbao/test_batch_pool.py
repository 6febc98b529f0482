"""Workers die, hang and fail; the bulletins all come out, in order."""

import os
import random
import signal
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from batch_support import DAWDLES, KILLS, KILLS_ONCE, RAISES, NoExtractor, Stillborn, StubSettings, bulletin, bulletins

from jianbao.batch import WorkerError
from jianbao.batch.pool import WINDOW, Pool
from jianbao.batch.work import Extracted, Failed
from schemas import Bulletin, JianbaoError


def ids(results: list[Extracted | Failed | str]) -> list[str | None]:
    return [r if isinstance(r, str) else r.record.id if isinstance(r, Extracted) else r.id for r in results]


def test_results_come_in_order_and_other_items_pass_through(tmp_path: Path) -> None:
    items: list[Bulletin | str] = list(bulletins(150))
    for place in (0, 7, 8, 100, len(items) + 3):
        items.insert(place, f"item {place}")
    with Pool(StubSettings(folder=tmp_path), 2) as pool:
        results = list(pool.extract(items))
        assert pool.versions.pipeline == "1"
        assert ids(results) == [item if isinstance(item, str) else item.id for item in items]
        assert all(isinstance(r, (Extracted, str)) for r in results)
        # A pool can be used again, and for nothing.
        assert list(pool.extract([])) == []
        assert len(list(pool.extract(bulletins(5)))) == 5


FAULTS = {
    "kills, first": (0, KILLS, WorkerError, "died"),
    "kills, in the middle": (20, KILLS, WorkerError, "died"),
    "kills, last": (39, KILLS, WorkerError, "died"),
    "raises": (20, RAISES, JianbaoError, "ZeroDivisionError: a rule is broken"),
    "dawdles": (0, DAWDLES, WorkerError, "took more than"),
}


@pytest.mark.parametrize(("place", "word", "kind", "cause"), FAULTS.values(), ids=FAULTS)
def test_a_deadly_bulletin_fails_alone(tmp_path: Path, place: int, word: str, kind: type, cause: str) -> None:
    items = list(bulletins(40))
    items[place] = bulletin(place, word)
    with Pool(StubSettings(folder=tmp_path), 2, timeout=1.0) as pool:
        results = list(pool.extract(items))
    assert ids(results) == [item.id for item in items]
    [failed] = [r for r in results if isinstance(r, Failed)]
    assert failed.id == items[place].id
    assert failed.source == items[place].source
    assert isinstance(failed.error, kind)
    assert cause in failed.error.cause
    assert bool(failed.traceback_sha256) == (word == RAISES)


def test_a_bulletin_whose_worker_died_once_is_extracted(tmp_path: Path) -> None:
    items = [bulletin(n, f"{n}{KILLS_ONCE if n % 9 == 4 else ''}") for n in range(40)]
    with Pool(StubSettings(folder=tmp_path), 2) as pool:
        results = list(pool.extract(items))
    assert ids(results) == [item.id for item in items]
    assert all(isinstance(result, Extracted) for result in results)


def test_workers_killed_from_outside_lose_no_bulletin(tmp_path: Path) -> None:
    dice = random.Random(3)  # noqa: S311
    with Pool(StubSettings(folder=tmp_path), 2) as pool:

        def items() -> Iterator[Bulletin]:
            for number, item in enumerate(bulletins(300)):
                if number % 70 == 60:
                    os.kill(dice.choice(pool.processes), signal.SIGKILL)
                yield item

        results = list(pool.extract(items()))
    assert ids(results) == [item.id for item in bulletins(300)]
    assert all(isinstance(result, Extracted) for result in results)


def test_what_is_in_flight_is_bounded(tmp_path: Path) -> None:
    taken = 0

    def items() -> Iterator[Bulletin]:
        nonlocal taken
        yield bulletin(0, DAWDLES)
        for item in bulletins(5000, start=1):
            taken += 1
            yield item

    with Pool(StubSettings(folder=tmp_path), 2, timeout=1.5) as pool:
        results = pool.extract(items())
        assert isinstance(next(results), Failed)
        assert taken <= 2 * WINDOW
        assert len(list(islice(results, 200))) == 200
        assert taken <= 200 + 2 * WINDOW


def test_a_long_bulletin_is_taken_alone(tmp_path: Path) -> None:
    items = [bulletin(n, f"{n}" * 900_000) for n in range(1, 9)]
    with Pool(StubSettings(folder=tmp_path), 2) as pool:
        assert ids(list(pool.extract(items))) == [item.id for item in items]


def test_settings_that_make_no_extractor_are_told() -> None:
    with Pool(NoExtractor(), 2) as pool, pytest.raises(JianbaoError, match="no such thing; name another"):
        list(pool.extract(bulletins(3)))


def test_workers_that_never_start_end_the_batch() -> None:
    with Pool(Stillborn(), 2) as pool, pytest.raises(WorkerError, match="dies at its start"):
        list(pool.extract(bulletins(3)))


def test_a_pool_left_early_leaves_no_process(tmp_path: Path) -> None:
    with Pool(StubSettings(folder=tmp_path), 2) as pool:
        list(islice(pool.extract(bulletins(50)), 3))
        processes = pool.processes
    deadline = time.monotonic() + 5
    while any(_is_running(process) for process in processes):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
