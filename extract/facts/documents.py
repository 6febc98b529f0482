"""The documents of a bulletin."""

from extract.layers import Layers
from schemas import PolicyDocument


def find_documents(layers: Layers) -> list[PolicyDocument]:
    """The documents."""
    return []
