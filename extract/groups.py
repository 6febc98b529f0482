"""How many bulletins are worked on together."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

READ_AHEAD = 10_000
"""Characters of text that are worked on together: more is no quicker."""


def in_groups(items: Iterable[_T], characters: int = READ_AHEAD) -> Iterator[list[_T]]:
    """`items` in groups that each end with the one whose text brings them to so many characters."""
    group: list[_T] = []
    left = characters
    for item in items:
        group.append(item)
        left -= len(getattr(item, "text", ""))
        if left <= 0:
            yield group
            group, left = [], characters
    if group:
        yield group
