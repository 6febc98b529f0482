"""One bulletin's record against its gold: counts per layer, attributes, and the items behind every error."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eval.alignment import aligned
from eval.counts import Accuracy, Counts, LayerError
from eval.items import Item, span_of
from eval.layers import FAMILIES, HEAD_ATTRIBUTES, Attribute, Family, Layer
from eval.matching import pair_up
from schemas import Record
from schemas.record import Offsets


@dataclass(slots=True)
class DocumentScores:
    """The scores of one bulletin.

    Attributes:
        gold: what a careful reader finds in it.
        predicted: its record, with offsets in the gold's text; without items if there was none.
        missing: whether there was none.
        layers: counts by layer.
        accuracies: judgements by attribute.
        errors: every missed and spurious item.
    """

    gold: Record
    predicted: Record
    missing: bool
    layers: dict[str, Counts] = field(default_factory=dict)
    accuracies: dict[str, Accuracy] = field(default_factory=dict)
    errors: list[LayerError] = field(default_factory=list)


def score_document(gold: Record, predicted: Record | None) -> DocumentScores:
    """The comparison of one bulletin; without a record everything in gold is missed."""
    found = Record(id=gold.id, text=gold.text) if predicted is None else aligned(predicted, gold.text)
    scores = DocumentScores(gold, found, missing=predicted is None)
    for family in FAMILIES:
        _score_family(scores, family)
    _judge(scores, HEAD_ATTRIBUTES, gold, found)
    return scores


def _score_family(scores: DocumentScores, family: Family) -> None:
    gold, predicted = family.items(scores.gold), family.items(scores.predicted)
    excused = family.excused(scores.gold)
    needless = [not excused(item) for item in predicted]
    for layer in family.layers:
        pairs = _score_layer(scores, layer, gold, predicted, needless)
        if layer.name == family.judged_on:
            for g, p in pairs:
                _judge(scores, family.attributes, g, p)


def _score_layer(
    scores: DocumentScores, layer: Layer, gold: Sequence[Item], predicted: Sequence[Item], needless: Sequence[bool]
) -> list[tuple[Item, Item]]:
    """Counts one layer; gives the pairs whose gold item is required."""
    pairs = pair_up(gold, predicted, layer.matches, layer.weight)
    required = [(gold[i], predicted[j]) for i, j in pairs if not gold[i].optional]
    found_gold, found_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [g for i, g in enumerate(gold) if i not in found_gold and not g.optional]
    spurious = [p for j, p in enumerate(predicted) if j not in found_predicted and needless[j]]
    scores.layers[layer.name] = Counts(len(required), len(spurious), len(missed))
    text, name = scores.gold.text, scores.gold.id
    scores.errors += [LayerError(layer.name, name, "missed", context(text, span_of(m)), m) for m in missed]
    scores.errors += [LayerError(layer.name, name, "spurious", context(text, span_of(s)), s) for s in spurious]
    return required


def _judge(scores: DocumentScores, attributes: Sequence[Attribute], gold: Item, predicted: Item) -> None:
    for attribute in attributes:
        if attribute.judged(gold):
            right = attribute.same(gold, predicted)
            scores.accuracies.setdefault(attribute.name, Accuracy()).add(Accuracy(int(right), 1))


def context(text: str, span: Offsets, width: int = 12) -> str:
    """The words around a place of `text`, the place itself in ⟦ ⟧; nothing for an item without a place."""
    start, end = span
    if start == end:
        return ""
    marked = f"{text[max(0, start - width) : start]}⟦{text[start:end]}⟧{text[end : end + width]}"
    return "".join(marked.split())
