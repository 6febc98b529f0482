"""Canonical names."""

from extract.layers import Layers
from schemas import Mention


def with_canonical(layers: Layers) -> list[Mention]:
    """The mentions of `layers` with their canonical names."""
    return layers.mentions
