"""A batch killed at any moment, and run again, ends with what an undisturbed one gives."""

import time
from collections import Counter
from pathlib import Path

import pytest
from fault_support import Batch, contents, killed_again_and_again
from store_support import rows

from corpus.tools.invented import write_folder

SHORT = 300, 3
LONG = 2000, 7
"""Bulletins, kills per database."""

SETTINGS = [
    pytest.param("sqlite", 1, id="sqlite"),
    pytest.param("sqlite", 2, id="sqlite, two workers"),
    pytest.param("postgres", 2, id="postgres, two workers", marks=pytest.mark.postgres),
    pytest.param("postgres", 1, id="postgres", marks=pytest.mark.postgres),
]


def check(request: pytest.FixtureRequest, tmp_path: Path, backend: str, workers: int, size: tuple[int, int]) -> None:
    count, kills = size
    folder, expected, seconds = request.getfixturevalue("long_run" if size == LONG else "short_run")
    url = f"sqlite:///{tmp_path / 'faulty.db'}" if backend == "sqlite" else request.getfixturevalue("pg_url")
    # All kills come before the end, however quick the machine is.
    span = 0.8 * seconds / kills / workers
    killed = killed_again_and_again(folder, url, workers=workers, kills=kills, span=span, seed=count + workers)
    assert killed == kills
    found = contents(url)
    assert found.keys() == expected.keys()
    for table, rows_expected in expected.items():
        surplus = Counter(found[table]) - Counter(rows_expected)
        missing = Counter(rows_expected) - Counter(found[table])
        assert (list(surplus)[:3], list(missing)[:3]) == ([], []), table
    # The counts of the runs are written with the bulletins: they add up to them, killed or not.
    assert rows(url, "SELECT sum(stored) FROM runs") == [(len(expected["bulletins"]),)]
    assert rows(url, "SELECT count(*) FROM runs WHERE status = 'running'")[0][0] >= (kills if workers == 1 else 0)


def undisturbed(folder: Path, count: int) -> tuple[Path, dict[str, list[tuple[object, ...]]], float]:
    for _ in write_folder(folder / "in", count):
        pass
    url = f"sqlite:///{folder / 'undisturbed.db'}"
    batch = Batch(folder / "in", url, 1)
    batch.wait_for_start()
    began = time.monotonic()
    assert batch.wait() == 1
    return folder / "in", contents(url), time.monotonic() - began


@pytest.fixture(scope="module")
def short_run(tmp_path_factory: pytest.TempPathFactory) -> object:
    return undisturbed(tmp_path_factory.mktemp("short"), SHORT[0])


@pytest.fixture(scope="module")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> object:
    return undisturbed(tmp_path_factory.mktemp("long"), LONG[0])


@pytest.mark.parametrize(("backend", "workers"), [SETTINGS[1], SETTINGS[3]])
def test_a_killed_batch_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, backend: str, workers: int
) -> None:
    check(request, tmp_path, backend, workers, SHORT)


@pytest.mark.faults
@pytest.mark.parametrize(("backend", "workers"), SETTINGS)
def test_a_long_batch_killed_often_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, backend: str, workers: int
) -> None:
    check(request, tmp_path, backend, workers, LONG)
