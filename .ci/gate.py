"""Holds records against floors of accuracy.

usage: gate.py GOLD_DIR RECORDS.jsonl
"""

import sys
from pathlib import Path

from corpus.gold import load_gold
from eval import load_records, score

# F1 per layer, a little under what is reached, so that a change that loses accuracy does not land unseen.
FLOORS = {
    "quantity normalised": 80,
    "time normalised": 70,
    "mention ORG overlap": 75,
    "mention PLACE overlap": 75,
    "document": 85,
    "metric found": 75,
    "metric named": 50,
    "activity found": 45,
}


def main(gold: Path, records: Path) -> int:
    """Print the scores beside their floors; 1 if one is under it."""
    reached = score(load_gold(gold), load_records(records)).to_json()["f1"]
    fallen = False
    for layer, floor in FLOORS.items():
        fallen |= reached[layer]["f"] < floor
        print(f"{layer:24} F1 {reached[layer]['f']:5.1f}   floor {floor}")
    return int(fallen)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
