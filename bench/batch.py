"""Throughput and memory of batches: what the sinks cost beside extraction, what workers gain, whether memory grows.

usage: python bench/batch.py [sinks] [workers] [memory] [ray] [--count N] [--rounds N] [--segmenter NAME]

sinks    bulletins a second of extraction alone, and with JSON Lines, SQLite and PostgreSQL behind it, in turn on the
         same invented bulletins. Processor time is told beside the clock: it is what counts on a busy machine.
workers  the command `jianbao run` into SQLite with one worker and two, start included and left out.
memory   peak memory of `jianbao run` on 1,000, 5,000 and 20,000 bulletins, with an extractor that finds next to
         nothing (a text of one line), so that what would grow is the batch itself; `--full` extracts whole ones.
ray      a local cluster of two workers that write JSON Lines.

PostgreSQL is the server of PG_TEST_URL, or one that is started for the while, as in the tests.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from corpus.tools.invented import bulletin
from schemas import Bulletin

JIANBAO = [sys.executable, "-W", "ignore", "-m", "jianbao"]

# Exit code, peak resident set in KiB on Linux, and processor time of a command and its children.
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def made(count: int, start: int = 0) -> list[Bulletin]:
    numbers = range(start, start + count)
    return [Bulletin(id=str(n), text=bulletin(n), source=f"/in/{n}.txt", sha256=f"{n:064}") for n in numbers]


def sinks(count: int, rounds: int, segmenter: str | None) -> None:
    from postgres_support import new_database, running_server

    from jianbao.batch import ExtractorSettings
    from jianbao.batch.executors import BatchSettings, Inline
    from jianbao.batch.run import Batch
    from store import SqlStore, replacing, write_record

    settings = BatchSettings(ExtractorSettings(segmenter=segmenter))
    bulletins = made(count)
    executor = Inline(settings.extractor).__enter__()
    extractor = executor._extractor

    def alone() -> None:
        for _ in extractor.pipe(bulletins):
            pass

    def jsonl(path: Path) -> None:
        with replacing(path) as file:
            for record in extractor.pipe(bulletins):
                write_record(file, record)

    def database(url: str) -> None:
        with SqlStore(url) as store:
            Batch(store, executor, settings).run(bulletins)

    list(extractor.pipe(bulletins[:50]))
    clocks: dict[str, list[tuple[float, float]]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_server())
        for number in range(rounds):
            url = stack.enter_context(new_database(server))
            works: dict[str, Callable[[], None]] = {
                "extraction alone": alone,
                "JSON Lines": lambda number=number: jsonl(folder / f"{number}.jsonl"),
                "SQLite": lambda number=number: database(str(folder / f"{number}.db")),
                "PostgreSQL": lambda url=url: database(url),
            }
            for name, work in works.items():
                clocks.setdefault(name, []).append(timed(work))
    print(f"sinks, {count} bulletins of {sum(len(b.text) for b in bulletins) / count:.0f} characters, {rounds} rounds")
    base = [processor for _, processor in clocks["extraction alone"]]
    for name, measured in clocks.items():
        wall = statistics.median(wall for wall, _ in measured)
        processor = statistics.median(processor for _, processor in measured)
        share = statistics.median(p / b for (_, p), b in zip(measured, base, strict=True)) - 1
        print(f"  {name:18} {count / wall:8.1f}/s by the clock {count / processor:8.1f}/s of processor  {share:+7.1%}")


def timed(work: Callable[[], None]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def workers(count: int, rounds: int, segmenter: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = folder / "few", folder / "many"
        write(few, 4)
        write(many, count)
        print(f"workers, {count} bulletins, {rounds} rounds, medians")
        rates = {}
        for number in (1, 2):
            clocks = []
            for round_ in range(rounds):
                options = ["--workers", str(number), *(["--segmenter", segmenter] if segmenter else [])]
                start = clock([*JIANBAO, "run", str(few), "--db", str(folder / f"{number}-{round_}-few.db"), *options])
                whole = clock([*JIANBAO, "run", str(many), "--db", str(folder / f"{number}-{round_}.db"), *options])
                clocks.append((whole, whole - start))
            whole, work = (statistics.median(column) for column in zip(*clocks, strict=True))
            rates[number] = count / work
            print(f"  {number} {count / whole:8.1f}/s with the start, {count / work:8.1f}/s without")
        print(f"  two give {rates[2] / rates[1]:.2f} times one")


def clock(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - start


def write(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(bulletin(number), encoding="utf-8")


def memory(full: bool) -> None:
    print("memory of `jianbao run` into SQLite")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (1000, 5000, 20_000):
            source = folder / f"{count}.jsonl"
            with source.open("w", encoding="utf-8") as file:
                file.writelines(lines(count, full))
            batch = [*JIANBAO, "run", str(source), "--db", str(folder / f"{count}.db")]
            done = subprocess.run([sys.executable, "-c", MEASURED, *batch], capture_output=True, text=True, check=True)  # noqa: S603
            peak, processor = done.stdout.split()
            print(f"  {count:6} bulletins  {int(peak) / 1024:6.0f} MiB at most  {float(processor):6.1f} s of processor")


def lines(count: int, full: bool) -> Iterator[str]:
    import json

    for number in range(count):
        text = bulletin(number) if full else f"第{number}号。{bulletin(number)[:60]}"
        yield json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"


def ray(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "in", count)
        command = [*JIANBAO, "run", str(folder / "in"), "--engine", "ray", "--workers", "2", "--output"]
        seconds = clock([*command, str(folder / "out")])
        records = sum(path.read_text(encoding="utf-8").count("\n") for path in (folder / "out").glob("*.jsonl"))
        print(f"Ray, two workers: {records} of {count} bulletins, {count / seconds:.1f}/s with the start of a cluster")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["sinks", "workers", "memory", "ray"], default=["sinks", "workers"])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--segmenter")
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if "sinks" in options.what:
        sinks(options.count, options.rounds, options.segmenter)
    if "workers" in options.what:
        workers(options.count, options.rounds, options.segmenter)
    if "memory" in options.what:
        memory(options.full)
    if "ray" in options.what:
        ray(options.count)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
