"""Speed and accuracy of find_quantities beside the peers that read Chinese numbers.

usage: python bench/quantities.py [--rounds N] [PATH...]   (default: the shipped samples)

Prints the characters per second of find_quantities and, where they are installed (bench/requirements.txt), of JioNLP's
money extractor, Recognizers' number model, cn2an and jieba.lcut on the same texts, taken in turn; then how many
sentences of our own table each gets right, counting values and bounds and no false ones; then the seconds for hostile
strings of two lengths.
"""

import argparse
import contextlib
import re
import warnings
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from turns import Work, read_texts, seconds, throughput

from extract.numbers import find_quantities

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "numbers" / "quantities.tsv"
HOSTILE = ("9", "一", "万", "1,", "3至", "百分之", "三年", "3元", "“", "（", "近")
DIGITS = re.compile(r"-?\d+(?:\.\d+)?")

Amounts = Callable[[str], list[tuple[Decimal | None, ...]]]  # value, low and high of what is found


def ours(text: str) -> list[tuple[Decimal | None, ...]]:
    return [(q.value, q.low, q.high) for q in find_quantities(text)]


def peers() -> dict[str, tuple[Work, Amounts | None]]:
    """The readers at hand: what to time, and what gives their amounts."""
    found: dict[str, tuple[Work, Amounts | None]] = {"find_quantities": (find_quantities, ours)}
    with contextlib.suppress(ImportError):
        import jionlp

        def money(text: str) -> list[tuple[Decimal | None, ...]]:
            amounts = []
            for item in jionlp.ner.extract_money(text, with_parsing=True):
                number, definition = item["detail"]["num"], item["detail"]["definition"]
                if isinstance(number, list):
                    amounts.append((None, Decimal(number[0]), Decimal(number[1])))
                else:
                    value = Decimal(number)
                    low, high = value if definition == "blur+" else None, value if definition == "blur-" else None
                    amounts.append((value, low, high))
            return amounts

        found["JioNLP extract_money"] = (lambda text: jionlp.ner.extract_money(text, with_parsing=True), money)
    with contextlib.suppress(ImportError):
        from recognizers_number import recognize_number
        from recognizers_text import Culture

        def numbers(text: str) -> list[tuple[Decimal | None, ...]]:
            values = [r.resolution["value"] for r in recognize_number(text, Culture.Chinese) if r.resolution]
            return [(_decimal(v), None, None) for v in values]

        found["Recognizers number"] = (lambda text: recognize_number(text, Culture.Chinese), numbers)
    with contextlib.suppress(ImportError):
        import cn2an

        def transform(text: str) -> list[tuple[Decimal | None, ...]]:
            return [(Decimal(number), None, None) for number in DIGITS.findall(cn2an.transform(text, "cn2an"))]

        found["cn2an transform"] = (lambda text: cn2an.transform(text, "cn2an"), transform)
    with contextlib.suppress(ImportError):
        import jieba

        jieba.initialize()
        found["jieba.lcut"] = (jieba.lcut, None)
    return found


def accuracy() -> None:
    """A sentence is right when the amounts found are the amounts expected; money alone is asked of JioNLP."""
    cases = [line.replace("\\n", "\n").split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if not case[0].startswith("#")]
    print("sentences of our own table with all amounts and bounds right, and false alarms where there is none")
    for name, (_, amounts) in peers().items():
        if amounts is None:
            continue
        right = asked = alarms = empty = 0
        for _phenomenon, text, *cells in cases:
            expected = Counter(_amount(cell) for cell in cells)
            if not cells:
                empty += 1
                alarms += bool(_found(amounts, text))
            if name == "JioNLP extract_money" and not all(cell.endswith("money") for cell in cells):
                continue
            asked += 1
            right += Counter(_found(amounts, text)) == expected
        print(f"  {name:22} {right:4} of {asked:4}  {right / asked:6.1%}   false alarms {alarms:3} of {empty}")


def hostile() -> None:
    print("hostile text: seconds for 20,000 and for 80,000 repetitions")
    for piece in HOSTILE:
        short, long = (seconds(find_quantities, piece * n) for n in (20_000, 80_000))
        print(f"  {piece:10} {short:8.3f} {long:8.3f}   {long / short:5.1f}")


def _found(amounts: Amounts, text: str) -> list[tuple[Decimal | None, ...]]:
    try:
        return amounts(text)
    except Exception:  # noqa: BLE001 (a peer that fails on a sentence has found nothing in it)
        return []


def _amount(cell: str) -> tuple[Decimal | None, ...]:
    fields = cell.partition("=")[2].split(",")
    return tuple(Decimal(field) if field else None for field in fields[:3])


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def main() -> None:
    warnings.simplefilter("ignore")  # cn2an warns of every numeral that it cannot read
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "corpus" / "samples"])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    works = {name: work for name, (work, _) in peers().items()}
    throughput(works, "find_quantities", read_texts(arguments.paths), arguments.rounds)
    accuracy()
    hostile()


if __name__ == "__main__":
    main()
