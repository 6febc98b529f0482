"""What is counted: right, spurious and missed items of a layer, right and wrong attributes."""

import json
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(slots=True)
class Counts:
    """What a layer got right, put in without need, and missed."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    def add(self, other: "Counts") -> None:
        """Adds the counts of another set of bulletins."""
        self.true_positives += other.true_positives
        self.false_positives += other.false_positives
        self.false_negatives += other.false_negatives

    @property
    def precision(self) -> float:
        """The share of extracted items that are right; 0 if there are none."""
        return _ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """The share of gold items that were found; 0 if there are none."""
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 if both are."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def gold(self) -> int:
        """The number of required gold items."""
        return self.true_positives + self.false_negatives

    def to_json(self) -> dict[str, Any]:
        """Precision, recall and F1 in per cent with one decimal, and the number of gold items."""
        return {"p": percent(self.precision), "r": percent(self.recall), "f": percent(self.f1), "n": self.gold}


@dataclass(slots=True)
class Accuracy:
    """How often an attribute of a found item was right."""

    right: int = 0
    total: int = 0

    def add(self, other: "Accuracy") -> None:
        """Adds the judgements of another set of bulletins."""
        self.right += other.right
        self.total += other.total

    @property
    def percent(self) -> float:
        """Right over total in per cent; 0 if there are none."""
        return round(_ratio(100 * self.right, self.total), 1)


@dataclass(frozen=True, slots=True)
class LayerError:
    """One gold item missed or one extracted item without need, with where it stands in the gold text."""

    layer: str
    document: str
    kind: Literal["missed", "spurious"]
    context: str
    item: Any

    def __str__(self) -> str:
        fields = self.item.model_dump(mode="json", exclude_defaults=True)
        return f"{self.layer} {self.kind} [{self.document}] {self.context} {json.dumps(fields, ensure_ascii=False)}"


def percent(share: float) -> float:
    """A share in per cent with one decimal."""
    return round(100 * share, 1)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
