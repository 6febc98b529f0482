"""Modifiers: the words before and after a number that bound it."""

import re

from extract.data import load_toml
from schemas import Modifier

_DATA = "numbers/data/modifiers.toml"
_INCLUSIVE = re.compile(r" ?（不?含[^）]{0,6}） ?| ")


def _before() -> tuple[dict[str, list[tuple[str, Modifier, bool]]], dict[str, str]]:
    """The words by their last character, longest first, and the characters that may not stand before a word."""
    data = load_toml(_DATA)
    table: dict[str, list[tuple[str, Modifier, bool]]] = {}
    for section, before_multiplier in (("before", False), ("before_multiplier", True)):
        for modifier, words in data[section].items():
            for word in words:
                table.setdefault(word[-1], []).append((word, modifier, before_multiplier))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table, data["not_after"]


def _after() -> tuple[list[tuple[str, Modifier]], frozenset[str], dict[str, str]]:
    """The words longest first, their first characters, and the characters that may not follow a word."""
    data = load_toml(_DATA)
    words = [(word, modifier) for modifier, group in data["after"].items() for word in group]
    words.sort(key=lambda entry: -len(entry[0]))
    return words, frozenset({word[0] for word, _ in words} | {"（", " "}), data["not_before"]


_BEFORE, _NOT_AFTER = _before()
ENDS_OF_MODIFIERS = frozenset(_BEFORE)
_AFTER, STARTS_OF_MODIFIERS, _NOT_BEFORE = _after()


def modifier_before(text: str, end: int, multiplier: bool) -> tuple[Modifier, int] | None:
    """The modifier that ends at `end` and where it begins.

    `multiplier` says that the number after it begins with 百, 千, 万 or 亿, which allows 上 and 过 (上百, 过万).
    """
    if end > 1 and text[end - 1] == " ":
        end -= 1
    for word, modifier, before_multiplier in _BEFORE.get(text[end - 1 : end], ()):
        start = end - len(word)
        if (multiplier or not before_multiplier) and start >= 0 and text.startswith(word, start):
            return None if start and text[start - 1] in _NOT_AFTER.get(word, "") else (modifier, start)
    return None


def modifier_after(text: str, start: int) -> tuple[Modifier, int] | None:
    """The modifier that begins at `start`, perhaps after （含）, and where it ends."""
    if text[start : start + 1] not in STARTS_OF_MODIFIERS:
        return None
    if gap := _INCLUSIVE.match(text, start):
        start = gap.end()
    for word, modifier in _AFTER:
        if text.startswith(word, start):
            end = start + len(word)
            following = text[end : end + 1]
            return None if following and following in _NOT_BEFORE.get(word, "") else (modifier, end)
    return None
