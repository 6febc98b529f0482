"""Numerals, quantities and units."""

from schemas import Quantity


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`."""
    return []
