"""Errors of one make counted together, so that the commonest show.

Notes for a newcomer. A pattern is what errors have in common once the accidents of one bulletin are taken out: digits
become 0 (a missed 3月5日 and a missed 7月9日 are one pattern), a name is reduced to its last characters (names of
offices and firms are told by their ends), a wrong boundary to the characters too many or too few at each end, a wrong
value to how it is wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from eval.document import DocumentScores, context
from eval.findings import HEAD, NOTHING, Fault, FaultKind, Finding, findings, spans_of
from eval.items import Item, span_of

EXAMPLES = 3

_NUMERAL = re.compile(r"[0-9０-９]+")
_CHINESE_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class Pattern:
    """Errors of one make.

    Attributes:
        group, kind: as in the findings.
        text: what they have in common.
        count: how many there are.
        documents: the bulletins they are in.
        examples: the first few, as (bulletin, words of the text, what gold says, what the record says).
    """

    group: str
    kind: FaultKind
    text: str
    count: int = 0
    documents: set[str] = field(default_factory=set)
    examples: list[tuple[str, str, str, str]] = field(default_factory=list)


def patterns(documents: Iterable[DocumentScores]) -> list[Pattern]:
    """The patterns of all errors, the commonest first."""
    found: dict[tuple[str, FaultKind, str], Pattern] = {}
    for document in documents:
        for finding in findings(document):
            for fault in finding.faults:
                key = (finding.group, fault.kind, _pattern(finding, fault, document.gold.text))
                pattern = found.setdefault(key, Pattern(*key))
                pattern.count += 1
                pattern.documents.add(document.gold.id)
                if len(pattern.examples) < EXAMPLES:
                    place = next((span for span in spans_of(finding) if span), (0, 0))
                    words = context(document.gold.text, place)
                    pattern.examples.append((document.gold.id, words, fault.expected, fault.found))
    return sorted(found.values(), key=lambda p: (-p.count, p.group, p.kind, p.text))


def _pattern(finding: Finding, fault: Fault, text: str) -> str:
    if finding.group == HEAD:
        return f"{fault.what}: {_how(fault)}"
    if fault.kind in ("missed", "spurious"):
        return _shape(finding.group, finding.predicted if finding.gold is None else finding.gold, text)
    if fault.kind == "type":
        return f"{fault.expected} taken for {fault.found}"
    if fault.kind == "boundary":
        return _boundary(finding, text)
    return f"{fault.what}: {_how(fault)}"


def _shape(group: str, item: Item, text: str) -> str:
    """What an item that stands alone looks like."""
    words = "".join(text[slice(*span_of(item))].split())
    if group == "mention":
        return f"{item.type} …{words[-2:]}"
    if group == "activity":
        return f"{item.type} {words}"
    if group == "document":
        return f"{item.kind} …{item.title[-2:]}"
    return _CHINESE_NUMERAL.sub("一", _NUMERAL.sub("0", words))


def _boundary(finding: Finding, text: str) -> str:
    """How the extracted span differs from gold's at each end, e.g. `end +活动`."""
    gold, predicted = spans_of(finding)
    if gold is None or predicted is None or finding.group in ("document", "activity"):
        return "named otherwise" if finding.group == "document" else "trigger elsewhere"
    return ", ".join(
        f"{end} {'+' if more else '−'}{_CHINESE_NUMERAL.sub('一', _NUMERAL.sub('0', _brief(part)))}"
        for end, more, part in (
            ("start", True, text[predicted[0] : min(gold[0], predicted[1])]),
            ("start", False, text[gold[0] : min(predicted[0], gold[1])]),
            ("end", False, text[max(predicted[1], gold[0]) : gold[1]]),
            ("end", True, text[max(gold[1], predicted[0]) : predicted[1]]),
        )
        if part
    )


def _brief(words: str) -> str:
    words = "".join(words.split())
    return words if len(words) <= 4 else f"{words[:2]}…{words[-2:]}"


def _how(fault: Fault) -> str:
    """How a value is wrong: of a closed set which for which, else whether one is missing or contains the other."""
    expected, found = fault.expected, fault.found
    if found == NOTHING:
        return "left empty"
    if expected == NOTHING:
        return "filled where gold is empty"
    if _DATE.match(expected.strip(".")) and ".." in expected:
        return _other_period(expected.partition(".."), found.partition(".."))
    if fault.what == "quantity value":
        return "other bounds" if expected.split()[0] == found.split()[0] else "other value"
    if fault.what in _CLOSED:
        return f"{expected} → {found}"
    if found in expected:
        return "too short"
    if expected in found:
        return "too long"
    return "another"


def _other_period(expected: tuple[str, str, str], found: tuple[str, str, str]) -> str:
    if expected[0] == found[0]:
        return "ends on another day"
    return "starts on another day" if expected[2] == found[2] else "other days"


_CLOSED = frozenset({"quantity modifier", "quantity unit", "document action"})
