"""The outcome of a comparison over a set of bulletins: sums and averages of what their documents scored."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eval.counts import Accuracy, Counts, LayerError
from eval.document import DocumentScores
from eval.layers import FAMILIES, HEAD_ATTRIBUTES

CORE_LAYERS = tuple(layer.name for family in FAMILIES for layer in family.layers if layer.core)
ATTRIBUTES = tuple(a.name for group in (*(f.attributes for f in FAMILIES), HEAD_ATTRIBUTES) for a in group)

# Families by the averages they enter: all of them, and the four types of mention.
AVERAGED = {
    "all": FAMILIES,
    "mentions": tuple(family for family in FAMILIES if family.name.startswith("mention ")),
}


class Report:
    """Scores of all layers over a set of bulletins.

    Attributes:
        documents: the scores of each bulletin, in the order of the gold.
        layers: counts by layer, in the order of the layers.
        accuracies: attribute accuracies over the pairs found, by name.
        missing: ids of gold bulletins for which there was no record; all their items count as missed.
        errors: every missed and spurious item.
    """

    def __init__(self, documents: Iterable[DocumentScores] = ()) -> None:
        self.documents = list(documents)
        self.layers: dict[str, Counts] = {}
        self.accuracies: dict[str, Accuracy] = {}
        self.missing: list[str] = []
        self.errors: list[LayerError] = []
        for document in self.documents:
            for name, counts in document.layers.items():
                self.layers.setdefault(name, Counts()).add(counts)
            for name, accuracy in document.accuracies.items():
                self.accuracies.setdefault(name, Accuracy()).add(accuracy)
            if document.missing:
                self.missing.append(document.gold.id)
            self.errors += document.errors
        self.accuracies = {name: self.accuracies[name] for name in ATTRIBUTES if name in self.accuracies}

    def averages(self) -> dict[str, float]:
        """F1 in per cent over all families and over the types of mention, as `all strict micro` and so on.

        micro counts every item once: sums first, then F1. macro counts every family once: the mean of the F1 of the
        families that have gold items.
        """
        return {
            f"{group} {match} {mean}": round(100 * value, 1)
            for group, families in AVERAGED.items()
            for match in ("strict", "lenient")
            for mean, value in self._averages(getattr(f, match) for f in families).items()
        }

    def _averages(self, layers: Iterable[str]) -> dict[str, float]:
        counts = [self.layers[name] for name in layers if name in self.layers]
        total = Counts()
        for one in counts:
            total.add(one)
        scored = [one.f1 for one in counts if one.gold]
        return {"micro": total.f1, "macro": sum(scored) / len(scored) if scored else 0.0}

    def figures(self) -> dict[str, float]:
        """Every figure that has one number: F1 of all layers, averages, accuracies; per cent with one decimal."""
        figures = {name: counts.to_json()["f"] for name, counts in self.layers.items()}
        return figures | self.averages() | {name: a.percent for name, a in self.accuracies.items()}

    def grouped(self, names: Mapping[str, str]) -> dict[str, "Report"]:
        """A report per group of bulletins; `names` gives the group of an id, nothing or "" for none."""
        groups: dict[str, list[DocumentScores]] = {}
        for document in self.documents:
            if group := names.get(document.gold.id):
                groups.setdefault(group, []).append(document)
        return {name: Report(groups[name]) for name in sorted(groups)}

    def to_json(self) -> dict[str, Any]:
        """Scores in per cent, rounded to one decimal.

        `f1` (p, r, f, n per core layer), `acc` (acc, n per attribute), `missing` (ids without a record), `strict` and
        `lenient` (p, r, f, n per family), `averages`.
        """
        return {
            "f1": {name: self.layers[name].to_json() for name in CORE_LAYERS if name in self.layers},
            "acc": {name: {"acc": a.percent, "n": a.total} for name, a in self.accuracies.items()},
            "missing": list(self.missing),
            "strict": self._by_family("strict"),
            "lenient": self._by_family("lenient"),
            "averages": self.averages(),
        }

    def _by_family(self, match: str) -> dict[str, dict[str, Any]]:
        names = {family.name: getattr(family, match) for family in FAMILIES}
        return {name: self.layers[layer].to_json() for name, layer in names.items() if layer in self.layers}

    def error_lines(self, layer: str) -> Iterator[str]:
        """One line per error of the layers whose names contain `layer`."""
        return (str(error) for error in self.errors if layer in error.layer)
