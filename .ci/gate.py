"""Holds the records of the development bulletins against floors, and the project's scorer against the reference one.

usage: gate.py SHARED RECORDS.jsonl
"""

import json
import subprocess
import sys
from pathlib import Path

# A little under what is reached, so that a change that loses accuracy does not land unseen.
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


def _scores(*command: str) -> dict[str, dict[str, dict[str, float]]]:
    output = subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout  # noqa: S603
    scores: dict[str, dict[str, dict[str, float]]] = json.loads(output)
    return scores


def main(shared: Path, records: Path) -> int:
    """Print the scores and what is wrong; 1 if anything is."""
    gold = str(shared / "gold")
    reference = _scores(str(shared / "score.py"), gold, str(records), "--json")
    own = _scores("-m", "jianbao", "eval", gold, "--records", str(records), "--json")
    faults = [
        f"{kind} {layer}: score.py {figures}, jianbao eval {own[kind].get(layer)}"
        for kind in ("f1", "acc")
        for layer, figures in reference[kind].items()
        if own[kind].get(layer) != figures
    ]
    for layer, figures in reference["f1"].items():
        floor = FLOORS.get(layer, 0)
        print(f"{layer:28} F1 {figures['f']:5.1f}  floor {floor}")
        if figures["f"] < floor:
            faults.append(f"{layer}: F1 {figures['f']} is under its floor {floor}")
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
