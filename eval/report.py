"""The outcome of a comparison: counts per layer, accuracies of attributes, and the items behind every error."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from eval.alignment import Placed
from schemas import Record

if TYPE_CHECKING:
    from rich.console import Group


@dataclass(slots=True)
class Counts:
    """What a layer got right, put in without need, and missed."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

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


@dataclass(slots=True)
class Accuracy:
    """How often an attribute of a found item was right."""

    right: int = 0
    total: int = 0

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


@dataclass(slots=True)
class Report:
    """Scores of all layers over a set of bulletins.

    Attributes:
        layers: counts by layer, in the order of the layers.
        accuracies: attribute accuracies over the pairs found, by name.
        missing: ids of gold bulletins for which there was no record; all their items count as missed.
        errors: every missed and spurious item.
    """

    layers: dict[str, Counts] = field(default_factory=dict)
    accuracies: dict[str, Accuracy] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    errors: list[LayerError] = field(default_factory=list)

    def count(
        self, layer: str, gold: Record, right: int, missed: Sequence[Placed[Any]], spurious: Sequence[Placed[Any]]
    ) -> None:
        """Adds one bulletin's outcome in one layer."""
        counts = self.layers.setdefault(layer, Counts())
        counts.true_positives += right
        counts.false_negatives += len(missed)
        counts.false_positives += len(spurious)
        self.errors += [LayerError(layer, gold.id, "missed", _context(gold.text, m), m.item) for m in missed]
        self.errors += [LayerError(layer, gold.id, "spurious", _context(gold.text, s), s.item) for s in spurious]

    def judge(self, attribute: str, right: bool) -> None:
        """Adds one judgement of an attribute."""
        accuracy = self.accuracies.setdefault(attribute, Accuracy())
        accuracy.right += right
        accuracy.total += 1

    def to_json(self) -> dict[str, Any]:
        """Scores in per cent, rounded to one decimal: `f1` (p, r, f, n per layer), `acc` (acc, n) and `missing`."""
        return {
            "f1": {
                name: {"p": _percent(c.precision), "r": _percent(c.recall), "f": _percent(c.f1), "n": c.gold}
                for name, c in self.layers.items()
            },
            "acc": {name: {"acc": a.percent, "n": a.total} for name, a in self.accuracies.items()},
            "missing": list(self.missing),
        }

    def table(self) -> "Group":
        """The scores as tables for a terminal (a rich renderable)."""
        from rich import box
        from rich.console import Group
        from rich.table import Table

        scores = Table("layer", box=box.SIMPLE_HEAD)
        for heading in ("P", "R", "F1", "gold", "right", "spurious", "missed"):
            scores.add_column(heading, justify="right")
        for name, c in self.layers.items():
            shares = (f"{_percent(share):.1f}" for share in (c.precision, c.recall, c.f1))
            numbers = map(str, (c.gold, c.true_positives, c.false_positives, c.false_negatives))
            scores.add_row(name, *shares, *numbers)
        attributes = Table("attribute", box=box.SIMPLE_HEAD)
        for heading in ("accuracy", "of"):
            attributes.add_column(heading, justify="right")
        for name, a in self.accuracies.items():
            attributes.add_row(name, f"{a.percent:.1f}", str(a.total))
        parts: list[Table | str] = [scores, attributes]
        if self.missing:
            parts.append(f"no record for: {', '.join(self.missing)}")
        return Group(*parts)

    def error_lines(self, layer: str) -> Iterator[str]:
        """One line per error of the layers whose names contain `layer`."""
        return (str(error) for error in self.errors if layer in error.layer)


def _context(text: str, placed: Placed[Any], width: int = 12) -> str:
    """The words around an item, the item itself in ⟦ ⟧; nothing for items without a place."""
    start, end = placed.span
    if start == end:
        return ""
    marked = f"{text[max(0, start - width) : start]}⟦{text[start:end]}⟧{text[end : end + width]}"
    return "".join(marked.split())


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _percent(share: float) -> float:
    return round(100 * share, 1)
