"""Batches on a Ray cluster of two workers on this machine."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_support import KILLS, KILLS_ONCE, StubSettings
from store_support import rows

from corpus.tools.invented import bulletin
from jianbao.batch.cluster import SHARD, ToFiles, run_on_ray
from jianbao.batch.executors import BatchSettings, Summary
from schemas import Record
from store.export import Format

# Ray warns of what it will change and leaves sockets to the garbage collector.
pytestmark = [
    pytest.mark.ray,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

COUNT = 3 * SHARD + 10


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """One cluster for all tests, whose workers find the stub extractor."""
    import ray

    here = os.pathsep.join((str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", here)
        ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False)
        yield
        ray.shutdown()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(COUNT):
        word = {5: KILLS, 40: KILLS_ONCE}.get(number, "")
        (folder / f"{number:04}.txt").write_text(word + bulletin(number), encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> BatchSettings:
    return BatchSettings(StubSettings(folder=tmp_path), workers=2)


def numbers(summary: Summary) -> tuple[int, int, int, int]:
    return summary.read, summary.extracted, summary.known, summary.failed


@pytest.mark.parametrize("format", [Format.JSONL, Format.PARQUET])
def test_shards_of_files_hold_all_records(inbox: Path, tmp_path: Path, settings: BatchSettings, format: Format) -> None:
    summary = run_on_ray([str(inbox)], settings, ToFiles(tmp_path / "out", format))
    assert numbers(summary) == (COUNT, COUNT - 1, 0, 2)
    files = sorted((tmp_path / "out").glob(f"part-??????.{format}"))
    assert len(files) == 4
    assert sorted(_ids(files, format)) == [f"{n:04}" for n in range(COUNT) if n != 5]
    failures = [json.loads(line) for path in (tmp_path / "out").glob("*.failures.jsonl") for line in path.open()]
    assert sorted((Path(f["source"]).name, f["kind"]) for f in failures) == [
        ("0005.txt", "WorkerError"),
        ("empty.txt", "NoTextError"),
    ]


def _ids(files: list[Path], format: Format) -> Iterator[str]:
    for path in files:
        if format is Format.JSONL:
            for line in path.read_text(encoding="utf-8").splitlines():
                yield Record.model_validate_json(line).id
        else:
            import pyarrow.parquet

            yield from pyarrow.parquet.read_table(path, columns=["id"])["id"].to_pylist()


def test_a_database_is_filled_by_the_workers_and_a_lost_one_loses_nothing(
    inbox: Path, url: str, settings: BatchSettings
) -> None:
    killer = threading.Thread(target=_kill_an_actor, daemon=True)
    killer.start()
    summary = run_on_ray([str(inbox)], settings, url)
    killer.join()
    assert rows(url, "SELECT count(*) FROM bulletins") == [(COUNT - 1,)]
    assert rows(url, "SELECT source FROM failures ORDER BY source") == [
        (str(inbox / "0005.txt"),),
        (str(inbox / "empty.txt"),),
    ]
    assert rows(url, "SELECT status, stored FROM runs") == [("done", COUNT - 1)]
    assert summary.failed >= 2
    # What the lost worker had stored was found there by its successor.
    assert summary.extracted + summary.known == COUNT - 1
    again = run_on_ray([str(inbox)], settings, url)
    assert numbers(again) == (COUNT, 0, COUNT - 1, 2)


def _kill_an_actor() -> None:
    """SIGKILL the first actor that works on shards."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                command = path.read_bytes()
            except OSError:
                continue
            if command.startswith(b"ray::") and b"Map(Shard)" in command and b"__init__" not in command:
                os.kill(int(path.parent.name), signal.SIGKILL)
                return
        time.sleep(0.02)
