"""Two systems on the same gold: what changed, whether it may be chance, and which items were won and lost."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from eval.counts import LayerError
from eval.report import Report
from eval.resampling import Difference, differences
from schemas import JianbaoError


class ComparisonError(JianbaoError):
    """Two reports cannot be compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """An error that one system makes and the other does not; `won` if it is the first that makes it."""

    won: bool
    error: LayerError

    def __str__(self) -> str:
        return f"{'won ' if self.won else 'lost'} {self.error}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a second system does otherwise than a first.

    Attributes:
        differences: of every figure, with intervals and p-values.
        changes: the errors that came and went, layer by layer.
    """

    differences: list[Difference]
    changes: list[Change]

    def balance(self, layer: str) -> tuple[int, int]:
        """How many items of a layer were won and lost: errors gone, and errors new."""
        won = Counter(change.won for change in self.changes if change.error.layer == layer)
        return won[True], won[False]

    def to_json(self) -> dict[str, Any]:
        """Differences by figure (a, b, change, low, high, p, won, lost) and the changes as lines."""
        won = Counter((change.error.layer, change.won) for change in self.changes)
        return {
            "differences": {
                d.name: {
                    "a": d.before,
                    "b": d.after,
                    "change": d.change,
                    "low": d.interval[0],
                    "high": d.interval[1],
                    "p": d.p,
                    "won": won[d.name, True],
                    "lost": won[d.name, False],
                }
                for d in self.differences
            },
            "changes": [str(change) for change in self.changes],
        }


def compare(before: Report, after: Report) -> Comparison:
    """The comparison of two reports on the same gold.

    Raises:
        ComparisonError: they are on different gold.
    """
    if [d.gold for d in before.documents] != [d.gold for d in after.documents]:
        raise ComparisonError("the two reports are on different gold", remedy="score both on one set")
    return Comparison(differences(before, after), _changes(before, after))


def _changes(before: Report, after: Report) -> list[Change]:
    layers = {name: at for at, name in enumerate(before.layers)}
    changes = [Change(True, error) for error in _only_in(before, after)]
    changes += [Change(False, error) for error in _only_in(after, before)]
    return sorted(changes, key=lambda change: (layers[change.error.layer], change.error.document, not change.won))


def _only_in(report: Report, other: Report) -> list[LayerError]:
    """The errors of `report` that `other` does not make, counting those that are made several times."""
    left = Counter(map(_identity, other.errors))
    only = []
    for error in report.errors:
        identity = _identity(error)
        if left[identity]:
            left[identity] -= 1
        else:
            only.append(error)
    return only


def _identity(error: LayerError) -> tuple[str, ...]:
    return error.layer, error.document, error.kind, error.item.model_dump_json()
