"""Speed, cold start and memory of the whole pipeline, as ratios to jieba alone in the same run.

usage: python bench/pipeline.py [--rounds N] [PATH...]   (default: the shipped samples)

Prints characters per second of jieba.lcut and of Extractor.pipe (names by rules and tagger joined, or by rules alone)
on the same texts, taken in turn, with the ratio of each round; then the wall time of `jianbao extract` on one file in a
fresh process beside that of a process which only loads jieba's dictionary, and the peak memory of both.

Each contender works in a process of its own: two dictionaries in one process would push each other out of the
processor's caches.
"""

import argparse
import statistics
import subprocess
import sys
import time
import warnings
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
CONTENDERS = ("jieba", "joined", "rules", "rules-rjieba")

# Peak resident set of a finished child process, in KiB on Linux.
CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def work(contender: str, paths: list[str]) -> float:
    """Characters per second of one contender, after a pass that is not counted."""
    from corpus import read_all
    from schemas import Bulletin

    bulletins = [item for item in read_all(paths) if isinstance(item, Bulletin)]

    if contender == "jieba":
        import jieba

        def one_pass() -> None:
            for bulletin in bulletins:
                jieba.lcut(bulletin.text)
    else:
        from jianbao import Extractor

        ner, _, segmenter = contender.partition("-")
        extractor = Extractor(segmenter=segmenter or "jieba", ner=ner)

        def one_pass() -> None:
            for _ in extractor.pipe(bulletins):
                pass

    one_pass()
    passes, start = 0, time.perf_counter()
    while (seconds := time.perf_counter() - start) < 1.5:
        one_pass()
        passes += 1
    return passes * sum(len(b.text) for b in bulletins) / seconds


def throughput(paths: list[str], rounds: int) -> None:
    rates: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, measured in rates.items():
            command = [sys.executable, __file__, "--work", name, *paths]
            measured.append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))  # noqa: S603
    print(f"throughput, {rounds} rounds, medians")
    for name, measured in rates.items():
        ratio = statistics.median(a / b for a, b in zip(measured, rates["jieba"], strict=True))
        print(f"  {name:16} {statistics.median(measured):12,.0f} characters/s   {ratio:5.2f} of jieba alone")


def cold_start(path: Path, rounds: int) -> None:
    commands = {
        "jieba dictionary": [sys.executable, "-W", "ignore", "-c", "import jieba; jieba.initialize()"],
        "jianbao extract": [sys.executable, "-m", "jianbao", "extract", str(path)],
        "… --ner rules": [sys.executable, "-m", "jianbao", "extract", str(path), "--ner", "rules"],
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
    parser.add_argument("--work", choices=CONTENDERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        warnings.simplefilter("ignore")
        print(work(options.work, options.paths))
        return
    throughput(options.paths, options.rounds)
    files = (path for root in options.paths for path in sorted(Path(root).rglob("*")) if path.is_file())
    cold_start(next(files, Path(options.paths[0])), options.rounds)


if __name__ == "__main__":
    main()
