"""Speed of find_times on bulletin text, and on hostile text whose time must not grow faster than its length.

usage: python bench/times.py [--rounds N] [PATH...]   (default: the shipped samples)

Prints the characters per second of find_times and, where they are installed, of jieba.lcut and of JioNLP's
time extractor on the same texts, taken in turn; then the accuracy of each extractor's spans on our own table of cases;
then seconds for hostile strings of two lengths.
"""

import argparse
import datetime as dt
import logging
import re
import time
import tomllib
from pathlib import Path

from turns import Work, read_texts, seconds, throughput

from extract.times import find_times

ROOT = Path(__file__).parent.parent
PUBLISHED = dt.date(2024, 7, 19)
HOSTILE = ("1至", "2023", "今年", "1月1日至", "“十", "截至", "（", "每年", "3月，去年同期", "字")
MARKED = re.compile(r"\[([^\]|]+)\|[^\]]*\]")


def peers() -> dict[str, Work]:
    """The extractors at hand: ours, and those of the peers that are installed."""
    found: dict[str, Work] = {"find_times": lambda text: find_times(text, PUBLISHED)}
    try:
        import jieba
    except ImportError:
        pass
    else:
        jieba.initialize()
        found["jieba.lcut"] = jieba.lcut
    try:
        import jionlp
    except ImportError:
        pass
    else:
        logging.disable()  # it logs a traceback for every expression that it cannot read
        stamp = time.mktime(PUBLISHED.timetuple())
        found["JioNLP extract_time"] = lambda text: jionlp.ner.extract_time(text, time_base=stamp)
    return found


def accuracy() -> None:
    table = tomllib.loads((ROOT / "tests" / "times" / "cases.toml").read_text(encoding="utf-8"))
    cases = [case for group in table.values() for case in group["cases"]]
    print(f"spans all right, of {len(cases)} cases of our own")
    for name, work in peers().items():
        if name != "jieba.lcut":
            right = sum(_spans(work, MARKED.sub(r"\1", case)) == MARKED.findall(case) for case in cases)
            print(f"  {name:20} {right:4}  {right / len(cases):6.1%}")


def _spans(work: Work, text: str) -> list[str]:
    found = work(text)
    assert isinstance(found, list)
    return [item["text"] if isinstance(item, dict) else item.text for item in found]


def hostile() -> None:
    print("hostile text: seconds for 20,000 and for 80,000 repetitions")
    for piece in HOSTILE:
        short, long = (seconds(find_times, piece * n) for n in (20_000, 80_000))
        print(f"  {piece:10} {short:8.3f} {long:8.3f}   {long / short:5.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "corpus" / "samples"])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    throughput(peers(), "find_times", read_texts(arguments.paths), arguments.rounds)
    accuracy()
    hostile()


if __name__ == "__main__":
    main()
