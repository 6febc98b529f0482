"""What only says what kind of organisation something is and so is no name: 律师事务所, 各旗县区司法局."""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.lexicon import scan

# Besides the words of offices.toml that make a kind.
_DETERMINERS = ("各", "该", "本", "全", "我", "级")
# What points at somebody: 贵局, 这支大队.
_POINTS = re.compile(r"[贵你](?:[局院校会区市县司所厂行]|公司|单位)|[这那每][一-鿿]")
# These make a kind after others (各旗县区司法局); alone before an office they make a name (市司法局).
_LEVELS = frozenset("省市县区旗州盟")


@cache
def _modifiers() -> tuple[frozenset[str], int]:
    words = frozenset((*load_toml("ner/data/offices.toml")["generic"]["words"], *_DETERMINERS))
    return words, max(map(len, words))


def is_kind(name: str) -> bool:
    """Whether `name` is nothing but levels, words that make a kind, and endings of offices, or leaves unsaid which."""
    if "某" in name or _POINTS.match(name):
        return True  # 石狮市某服装公司, 贵局社会救助科
    words, longest = _modifiers()
    heads: dict[int, list[int]] = {}
    for hit in scan(name).heads:
        heads.setdefault(hit.start, []).append(hit.end)
    reached = [True] + [False] * len(name)
    for start in range(len(name)):
        if reached[start]:
            for end in heads.get(start, ()):
                reached[end] = True
            for end in range(start + 1, min(start + longest, len(name)) + 1):
                piece = name[start:end]
                reached[end] = reached[end] or piece in words or (start > 0 and piece in _LEVELS)
    return reached[-1]
