"""How many bulletins are worked on together, and Python's collector meanwhile."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_T = TypeVar("_T")

READ_AHEAD = 20_000
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


@contextmanager
def collector_off() -> Iterator[None]:
    """Put off Python's search for cycles: the components make none, and what they make is in use until the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
