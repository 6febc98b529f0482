"""Entities by lexicons and morphology."""

from spacy.tokens import Doc

from extract.layers import Layers
from schemas import Mention


def find_mentions(doc: Doc, layers: Layers) -> list[Mention]:
    """The mentions of `doc`."""
    return []
