"""Contenders timed in turn on the same texts, in one process."""

import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import read_all
from schemas import Bulletin

Work = Callable[[str], object]


def read_texts(paths: Iterable[Path]) -> list[str]:
    return [item.text for item in read_all(paths) if isinstance(item, Bulletin)]


def seconds(work: Work, text: str) -> float:
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start


def throughput(works: dict[str, Work], ours: str, texts: list[str], rounds: int) -> None:
    """Print the characters per second of each contender, and how many times as fast `ours` is."""
    characters = sum(map(len, texts))
    rates: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work(texts[0])
    for _ in range(rounds):
        for name, work in works.items():
            rates[name].append(characters / sum(seconds(work, text) for text in texts))
    print(f"{len(texts)} texts, {characters} characters, {rounds} rounds, medians")
    for name, measured in rates.items():
        ratio = statistics.median(a / b for a, b in zip(rates[ours], measured, strict=True))
        print(f"  {name:22} {statistics.median(measured):12,.0f} characters/s   {ours} is {ratio:6.2f} times as fast")
