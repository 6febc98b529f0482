"""Checks that eval/ gives the same figures as an independent scorer on the same records.

usage: compare_scores.py SCORER GOLD_DIR [RECORDS.jsonl ...]

SCORER is a script called as `SCORER GOLD_DIR RECORDS --json`. Besides the records given, both score the gold itself
and many mutations of it: items dropped, doubled, shifted and altered, lines wrapped anew, whole records missing.
Prints every figure that differs; exit code 1 if one does.
"""

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.gold import load_gold
from eval import load_records, score
from schemas import Record

ROUNDS = 25


def mutated(record: Record, rng: random.Random, rate: float) -> Record:
    """`record` with about a share `rate` of its items dropped, doubled, shifted or altered."""
    data = record.model_dump(exclude={"provenance"})
    for layer in ("mentions", "times", "quantities", "documents", "metrics", "activities"):
        data[layer] = [item for one in data[layer] for item in _items(one, record.text, rng, rate)]
    for field in ("title", "publisher", "published"):
        if rng.random() < rate:
            data[field] = None
    if rng.random() < rate:
        data["authors"] = data["authors"][1:]
    altered = Record.model_validate(data)
    return rewrapped(altered, rng) if rng.random() < 0.5 else altered


def _items(item: dict[str, Any], text: str, rng: random.Random, rate: float) -> Iterator[dict[str, Any]]:
    if rng.random() > rate:
        yield item
        return
    deed = rng.choice(("drop", "double", "shift", "alter", "alter"))
    if deed == "double":
        yield item
        yield item
    elif deed == "shift":
        yield _shifted(item, text, rng)
    elif deed == "alter":
        yield _altered(item, rng)


def _shifted(item: dict[str, Any], text: str, rng: random.Random) -> dict[str, Any]:
    def move(start: int, end: int) -> tuple[int, int]:
        start = min(max(0, start + rng.randint(-4, 4)), len(text) - 1)
        return start, min(max(start + 1, end + rng.randint(-4, 4)), len(text))

    item = dict(item)
    if "start" in item:
        item["start"], item["end"] = move(item["start"], item["end"])
        item["text"] = text[item["start"] : item["end"]]
    for field in ("quantity", "trigger", "part_of"):
        if item.get(field):
            item[field] = move(*item[field])
    return item


def _altered(item: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    item = dict(item)
    fields = [
        f for f in item if f not in ("start", "end", "text", "mentions", "quantity", "trigger", "part_of", "sources")
    ]
    field = rng.choice(fields)
    item[field] = _other(field, item[field], rng)
    return item


def _other(field: str, value: Any, rng: random.Random) -> Any:
    choices = {
        "type": ("ORG", "PLACE") if value in ("ORG", "PLACE", "PROGRAM", "PERSON") else ("meeting", "other"),
        "kind": ("law", "policy", "other"),
        "action": ("issued", "cited", "studied"),
        "modifier": ("exact", "about", "range"),
        "dimension": ("count", "money", "other"),
        "unit": ("个", "件", "平米", "个百分点", "%"),
        "optional": (True, False),
    }
    if field in choices:
        return rng.choice(choices[field])
    if field in ("value", "low", "high"):
        return rng.choice((None, Decimal(5), Decimal("1E+3")))
    if field in ("from_date", "to_date"):
        return rng.choice((None, dt.date(2021, 1, 1), dt.date(2022, 12, 31)))
    if isinstance(value, tuple):
        return value[1:]
    if isinstance(value, str) and len(value) > 1:
        return rng.choice((value[1:], value[: len(value) // 2], f"{value}等", f"全{value} "))
    return value


def rewrapped(record: Record, rng: random.Random) -> Record:
    """`record` over the same text with line breaks put in at random places."""
    breaks = sorted(rng.sample(range(1, len(record.text)), min(30, len(record.text) // 10)))
    pieces, moved, last = [], [], 0
    for number, at in enumerate([*breaks, len(record.text)]):
        pieces.append(record.text[last:at])
        moved += [i + number for i in range(last, at)]
        last = at
    text = "\n".join(pieces)

    def place(start: int, end: int) -> tuple[int, int]:
        return moved[start], moved[end - 1] + 1

    data = record.model_dump()
    data["text"] = text
    for layer in ("mentions", "times", "quantities"):
        for item in data[layer]:
            item["start"], item["end"] = place(item["start"], item["end"])
            item["text"] = text[item["start"] : item["end"]]
    for document in data["documents"]:
        document["mentions"] = [place(*span) for span in document["mentions"]]
    for metric in data["metrics"]:
        metric["quantity"] = place(*metric["quantity"])
        metric["part_of"] = place(*metric["part_of"]) if metric["part_of"] else None
    for activity in data["activities"]:
        activity["trigger"] = place(*activity["trigger"])
    return Record.model_validate(data)


def differences(scorer: Path, gold_dir: Path, gold: list[Record], records: Path) -> list[str]:
    """The figures that differ between the scorer and eval/, as lines to print."""
    run = subprocess.run(  # noqa: S603  (the scorer is named by the caller)
        [sys.executable, str(scorer), str(gold_dir), str(records), "--json"], capture_output=True, text=True, check=True
    )
    theirs = json.loads(run.stdout)
    ours = score(gold, load_records(records)).to_json()
    found = [
        f"{part} {name}: {theirs[part].get(name)} there, {ours[part].get(name)} here"
        for part in ("f1", "acc")
        for name in theirs[part].keys() | ours[part].keys()
        if theirs[part].get(name) != ours[part].get(name)
    ]
    if len(theirs["missing"]) != len(ours["missing"]):
        found.append(f"missing: {theirs['missing']} there, {ours['missing']} here")
    return found


def main(scorer: Path, gold_dir: Path, given: list[Path]) -> int:
    """Compares all records; the exit code."""
    gold = load_gold(gold_dir)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        cases = list(given)
        for seed in range(ROUNDS):
            rng = random.Random(seed)  # noqa: S311
            rate = seed / ROUNDS
            rows = [mutated(r, rng, rate).to_json() for r in gold if rng.random() > rate / 5]
            path = Path(folder, f"mutation-{seed}.jsonl")
            path.write_text("\n".join(rows) + "\n", encoding="utf-8")
            cases.append(path)
        for path in cases:
            for line in differences(scorer, gold_dir, gold, path):
                print(f"{path.name}: {line}")
                failures += 1
    print(f"{len(cases)} sets of records, {failures} figures differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]))
