"""Calendar expressions."""

import datetime as dt

from schemas import TimeExpression


def find_times(text: str, published: dt.date | None = None) -> list[TimeExpression]:
    """The calendar expressions of `text`."""
    return []
