"""Numerals, quantities and units: a library of its own, light to import.

`parse_numeral` reads one numeral, `find_quantities` finds every quantity of a text, `scan` does so for a text that is
already a view's.
"""

from extract.numbers.numerals import NumeralError, parse_numeral
from extract.numbers.scanner import scan, scan_view
from extract.segment.view import make_view
from schemas import Quantity

__all__ = ["NumeralError", "find_quantities", "parse_numeral", "scan"]


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of any text: full-width digits and line breaks inside a number are no obstacle.

    Offsets are code points into `text`, and `text[q.start:q.end] == q.text` for each quantity; they come in the order
    of the text and do not overlap.
    """
    return scan_view(make_view(text), text)
