"""Exports: records per second, and the most memory taken in each half of the records.

Run as `python bench/exports.py [--records N]`. The records are made up, one bulletin with a few items under many ids.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from schemas import Activity, Mention, Metric, Quantity, Record
from store.export import Format, LayerName, export

TEXT = "云岭县司法局推进人民调解\n2023年，云岭县司法局召开推进会，全县调解矛盾纠纷1200余件，涉及金额约36.5万元。"


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def at(words: str) -> dict[str, object]:
    start, end = span(words)
    return {"start": start, "end": end, "text": words}


RECORD = Record.model_validate({
    "id": "0", "title": "云岭县司法局推进人民调解", "publisher": "云岭县司法局", "published": "2024-01-09",
    "text": TEXT,
    "mentions": [Mention.model_validate(at("云岭县司法局") | {"type": "ORG", "canonical": "云岭县司法局"})],
    "quantities": [
        Quantity.model_validate(at("1200余件") | {"value": "1200", "low": "1200", "high": "1300", "unit": "件"}),
        Quantity.model_validate(at("约36.5万元") | {"value": "365000", "unit": "元", "dimension": "money"}),
    ],
    "metrics": [
        Metric(quantity=span("1200余件"), name="调解矛盾纠纷", subject="云岭县"),
        Metric(quantity=span("约36.5万元"), name="涉及金额", subject="云岭县"),
    ],
    "activities": [Activity(type="meeting", trigger=span("召开"), name="推进会", actors=("云岭县司法局",))],
})  # fmt: skip


def resident() -> float:
    """Megabytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--format", choices=list(Format), action="append")
    arguments = parser.parse_args()
    count = arguments.records
    print(f"{'format':10}{'records/s':>12}{'MB 1st half':>13}{'2nd half':>10}{'files MB':>10}")
    for format in map(Format, arguments.format or Format):
        memory = [0.0, 0.0]

        def records(memory: list[float] = memory) -> Iterator[Record]:
            for i in range(count):
                if i % 500 == 0:
                    half = 2 * i // count
                    memory[half] = max(memory[half], resident())
                yield RECORD.model_copy(update={"id": str(i)})

        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            layers = [] if format is Format.XLSX else list(LayerName)[format is Format.CSV :]
            target = Path(folder) / ("out.xlsx" if format is Format.XLSX else "out")
            done = export(records(), target, format, layers)
            seconds = time.perf_counter() - begin
            size = sum(file.stat().st_size for file in done.files) / 1e6
        print(f"{format:10}{count / seconds:12,.0f}{memory[0]:13.0f}{memory[1]:10.0f}{size:10.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
