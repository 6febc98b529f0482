"""The metrics of a bulletin."""

from spacy.tokens import Doc

from extract.layers import Layers
from schemas import Metric


def find_metrics(doc: Doc, layers: Layers) -> list[Metric]:
    """The metrics."""
    return []
