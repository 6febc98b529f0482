"""Head fields."""

import datetime as dt

from extract.layers import Head
from extract.segment.view import View
from schemas import HeadHints


def find_head(view: View, hints: HeadHints, published: dt.date | None) -> Head:
    """The head of the bulletin."""
    return Head(published=published)
