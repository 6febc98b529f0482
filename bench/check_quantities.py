"""Check `find_quantities` against a file of cases in the peers' shape, and list the cases it gets wrong.

usage: python bench/check_quantities.py CASES.jsonl [--least PERCENT]

Each line is an object with `text` and `expected`, a list of {surface, value, low, high, unit}. A case is right when
every expected quantity is found at its surface with its value and bounds and, unless the case is `partial` (it lists
one kind of entity only), nothing else is found. The peers differ from us in three ways that are no errors:

- units are not compared, but a value may be stated in another one (4周 as 28 天): it is then compared in the canonical
  unit of its dimension;
- a value or bound that the peer leaves null is one it does not know, and is not compared;
- the surface may leave out the unit (`surface_excludes_unit`) or the modifier: any overlap will do.

The exit status is 1 when fewer than PERCENT of the cases are right.
"""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.numbers import find_quantities
from schemas import Quantity

# The peers' units that are not ours: what one of them is in the canonical unit of its dimension.
_PEER_UNITS = {
    "秒": "1", "分钟": "60", "小时": "3600", "天": "86400", "月": "1", "年": "12",
    "Gram": "0.001", "Cent": "0.01", "%": "1",
}  # fmt: skip
_TOLERANCE = Decimal("1e-9")

Case = dict[str, Any]


def same(ours: Decimal, theirs: str) -> bool:
    expected = Decimal(theirs)
    return abs(ours - expected) <= _TOLERANCE * max(abs(expected), Decimal(1))


def agrees(found: Quantity, expected: Case) -> bool:
    """Whether value and bounds agree, as stated or in the canonical unit."""
    stated = [(found.value, expected["value"]), (found.low, expected["low"]), (found.high, expected["high"])]
    if all(theirs is None or (ours is not None and same(ours, theirs)) for ours, theirs in stated):
        return True
    factor = _PEER_UNITS.get(expected["unit"] or "")
    if factor is None or found.canonical_value is None or expected["value"] is None:
        return False
    return same(found.canonical_value, str(Decimal(expected["value"]) * Decimal(factor)))


def wrong(case: Case) -> str | None:
    """What is wrong with the case, or None."""
    text = case["text"]
    found = find_quantities(text)
    free = list(found)
    position = 0
    for expected in case["expected"]:
        start = text.find(expected["surface"], position)
        if start < 0:
            return f"the surface {expected['surface']} is not in the text"
        end = position = start + len(expected["surface"])
        hit = next((q for q in free if q.start < end and start < q.end and agrees(q, expected)), None)
        if hit is None:
            return f"missed {expected['surface']}"
        free.remove(hit)
    return f"found {free[0].text}" if free and not case.get("partial") else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--least", type=float, default=0.0, metavar="PERCENT")
    options = parser.parse_args()
    cases = [json.loads(line) for line in options.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    right = len(cases)
    for case in cases:
        if (cause := wrong(case)) is not None:
            right -= 1
            got = "; ".join(f"{q.text}={q.value},{q.low},{q.high},{q.unit}" for q in find_quantities(case["text"]))
            print(f"wrong  {case['text']}  [{cause}]  got: {got or 'nothing'}  ({case.get('note', '')})")
    percent = 100 * right / len(cases) if cases else 100.0
    print(f"{right} of {len(cases)} cases right: {percent:.1f} %")
    return 0 if percent >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
