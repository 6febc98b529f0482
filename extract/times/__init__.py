"""Calendar expressions: every date, period and relative time word of a bulletin, with the days it means.

The way through: `lexer` cuts out the calendar words with one regular expression, `grammar` joins those that touch
into phrases, `resolve` finds the days with the help of `memory`, which keeps what was said before. Nothing here needs
spaCy or a segmenter. Who wins where a time and a quantity meet is written down in `grammar`.
"""

import datetime as dt
from collections.abc import Iterator

from extract.segment.view import fold, make_view
from extract.times.calendar import Days
from extract.times.grammar import Grammar
from extract.times.lexer import read_tokens
from extract.times.resolve import Resolver
from schemas import TimeExpression

__all__ = ["find_times", "parse_date", "scan_times"]


def find_times(text: str, published: dt.date | None = None) -> list[TimeExpression]:
    """The calendar expressions of `text`, in their order and never overlapping.

    Args:
        text: any text.
        published: the day of publication, from which 今年, 上月 and dates without a year are counted.

    Returns:
        Spans into `text` (code points, end exclusive) with inclusive days, None where open or not resolvable.
    """
    view = make_view(text)
    times = []
    for (start, end), (first, last) in _resolved(view.text, published):
        start, end = view.source(start, end)
        times.append(TimeExpression(start=start, end=end, text=text[start:end], from_date=first, to_date=last))
    return times


def scan_times(text: str, published: dt.date | None = None) -> list[TimeExpression]:
    """`find_times` for a text that is already a view's."""
    return [
        TimeExpression(start=start, end=end, text=text[start:end], from_date=first, to_date=last)
        for (start, end), (first, last) in _resolved(text, published)
    ]


def _resolved(text: str, published: dt.date | None) -> Iterator[tuple[tuple[int, int], Days]]:
    """The span and the days of each calendar expression in a view's text."""
    phrases = list(Grammar(text, read_tokens(text)).phrases())
    resolver = Resolver(text, published, phrases)
    for phrase in phrases:
        if (days := resolver.resolve(phrase)) is not None:
            yield (phrase.start, phrase.end), days


def parse_date(text: str) -> dt.date | None:
    """The first full date (year, month and day) that `text` holds, in any notation, or None."""
    folded = fold(text)
    for phrase in Grammar(folded, read_tokens(folded)).phrases():
        point = phrase.first
        if point.anchor == "year" and point.grain == "day":
            first, last = point.stretch.first, point.stretch.last
            if first == last:
                try:
                    return dt.date(point.number, *first)
                except ValueError:
                    continue
    return None
