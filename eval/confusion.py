"""Which types are taken for which, and the scores of each type."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from eval.counts import Counts
from eval.findings import GROUPS, NOTHING, Finding


@dataclass(slots=True)
class Confusion:
    """Pairs of types of one group: (gold's, the record's), `NOTHING` for an item that stands alone.

    Optional items are left out.
    """

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    def types(self) -> list[str]:
        """The types that occur, the most frequent in gold first."""
        frequency: Counter[str] = Counter()
        for (gold, predicted), number in self.cells.items():
            frequency[gold] += number
            frequency[predicted] += 0
        del frequency[NOTHING]
        return [name for name, _ in sorted(frequency.items(), key=lambda pair: (-pair[1], pair[0]))]

    def counts(self) -> dict[str, Counts]:
        """The scores of each type: an item found under another type is missed in one and spurious in the other."""
        scores = {name: Counts() for name in self.types()}
        for (gold, predicted), number in self.cells.items():
            if gold == predicted:
                scores[gold].true_positives += number
                continue
            if gold != NOTHING:
                scores[gold].false_negatives += number
            if predicted != NOTHING:
                scores[predicted].false_positives += number
        return scores

    def macro(self) -> float:
        """The mean F1 of the types that occur in gold; 0 if there are none."""
        scored = [counts.f1 for counts in self.counts().values() if counts.gold]
        return sum(scored) / len(scored) if scored else 0.0


def confusions(findings: Iterable[Finding], *, strict: bool = False) -> dict[str, Confusion]:
    """The confusion of types of every group that has types, by the group's name.

    With `strict`, items paired that do not cover the same characters stand alone, each for itself.
    """
    types = {group.name: group.type.value for group in GROUPS if group.type}
    tables = {name: Confusion() for name in types}
    for finding in findings:
        if finding.group not in types or finding.optional:
            continue
        cells, of = tables[finding.group].cells, types[finding.group]
        gold, predicted = (NOTHING if i is None else str(of(i)) for i in (finding.gold, finding.predicted))
        if strict and any(fault.kind == "boundary" for fault in finding.faults):
            cells[gold, NOTHING] += 1
            cells[NOTHING, predicted] += 1
        else:
            cells[gold, predicted] += 1
    return tables
