"""The activities of a bulletin."""

from spacy.tokens import Doc

from extract.layers import Layers
from schemas import Activity


def find_activities(doc: Doc, layers: Layers) -> list[Activity]:
    """The activities."""
    return []
