"""BIOES tags, one per character: B-egin, I-nside, O-utside, E-nd, S-ingle, with the type after a hyphen."""

from collections.abc import Iterable, Sequence
from typing import get_args

from schemas import EntityType

TYPES: tuple[EntityType, ...] = get_args(EntityType)
TAGS: tuple[str, ...] = ("O", *(f"{prefix}-{type_}" for type_ in TYPES for prefix in "BIES"))


def bioes(size: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """The tags of a text of `size` characters in which `spans` (start, end, type) are named.

    Of spans that overlap, the one given first has the characters; the other is left out.
    """
    tags = ["O"] * size
    for start, end, type_ in spans:
        if any(tag != "O" for tag in tags[start:end]):
            continue
        if end - start == 1:
            tags[start] = f"S-{type_}"
        else:
            tags[start:end] = [f"B-{type_}", *[f"I-{type_}"] * (end - start - 2), f"E-{type_}"]
    return tags


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans (start, end, type) that well-formed `tags` mark.

    Raises:
        ValueError: a tag is unknown or does not follow from the one before; its argument is the tag's index.
    """
    spans = []
    start, open_type = 0, ""
    for index, tag in enumerate(tags):
        prefix, _, type_ = tag.partition("-")
        begins = prefix in ("O", "B", "S")
        if tag not in TAGS or begins == bool(open_type) or (not begins and type_ != open_type):
            raise ValueError(index)
        if prefix == "S":
            spans.append((index, index + 1, type_))
        elif prefix == "B":
            start, open_type = index, type_
        elif prefix == "E":
            spans.append((start, index + 1, type_))
            open_type = ""
    if open_type:
        raise ValueError(len(tags) - 1)
    return spans
