"""Speed, cold start and memory of the whole pipeline, as ratios to jieba alone in the same run.

usage: python bench/pipeline.py [--rounds N] [PATH...]   (default: the shipped samples)

Prints characters per second of jieba.lcut and of Extractor.pipe on the same texts, taken in turn, with the ratio of
each round; then the wall time of `jianbao extract` on one file in a fresh process beside that of a process which only
loads jieba's dictionary, and the peak memory of both.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from corpus import read_all
from jianbao import Bulletin, Extractor

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
# Peak resident set of a finished child process, in KiB on Linux.
CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def throughput(bulletins: list[Bulletin], rounds: int) -> None:
    characters = sum(len(b.text) for b in bulletins)
    rates: dict[str, list[float]] = {"jieba.lcut": [], "jieba pipeline": [], "rjieba pipeline": []}
    extractors = {"jieba pipeline": Extractor(), "rjieba pipeline": Extractor(segmenter="rjieba")}
    jieba.initialize()
    for extractor in extractors.values():
        list(extractor.pipe(bulletins[:1]))
    for _ in range(rounds):
        rates["jieba.lcut"].append(characters / _seconds(lambda: [jieba.lcut(b.text) for b in bulletins]))
        for name, extractor in extractors.items():
            rates[name].append(characters / _seconds(lambda extractor=extractor: list(extractor.pipe(bulletins))))
    print(f"{len(bulletins)} bulletins, {characters} characters, {rounds} rounds, medians")
    for name, measured in rates.items():
        ratio = statistics.median(a / b for a, b in zip(measured, rates["jieba.lcut"], strict=True))
        print(f"  {name:16} {statistics.median(measured):12,.0f} characters/s   {ratio:5.2f} of jieba alone")


def cold_start(path: Path, rounds: int) -> None:
    commands = {
        "jieba dictionary": [sys.executable, "-W", "ignore", "-c", "import jieba; jieba.initialize()"],
        "jianbao extract": [sys.executable, "-m", "jianbao", "extract", str(path)],
    }
    print(f"cold start on {path.name}, {rounds} rounds, medians")
    for name, command in commands.items():
        seconds, memory = [], 0
        for _ in range(rounds):
            start = time.perf_counter()
            child = subprocess.run(  # noqa: S603
                [sys.executable, "-c", CHILD, *command], check=True, capture_output=True, text=True
            )
            seconds.append(time.perf_counter() - start)
            memory = max(memory, int(child.stdout))
        print(f"  {name:16} {statistics.median(seconds):6.2f} s   {memory / 1024:6.0f} MiB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(SAMPLES)])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    bulletins = [item for item in read_all(options.paths) if isinstance(item, Bulletin)]
    throughput(bulletins, options.rounds)
    cold_start(Path(bulletins[0].source or ""), options.rounds)


if __name__ == "__main__":
    main()
