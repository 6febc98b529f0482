"""Names of indicators in one form: 共办理法援案件, 法律援助案件办理数 and 办理了法律援助案件 are one indicator.

Notes for a newcomer. The name of a metric stays as the bulletin words it. Its normalised form is for grouping the
figures of many bulletins, so it drops what varies without changing what is counted (when, where, 共, 累计, 了, 数),
writes abbreviations in full and puts the verb first. The verb itself is kept: 受理 and 办结 count different things.
"""

import re
from functools import lru_cache
from typing import Any

from extract.data import load_toml
from extract.segment.view import fold

_DATA: dict[str, Any] = load_toml("facts/data/indicators.toml")
_DROPPED: dict[str, list[str]] = _DATA["dropped"]


def _either(patterns: list[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))


def _words(table: dict[str, list[str]]) -> tuple[dict[str, str], str]:
    """What each word is replaced by, and the pattern that finds them; the words that stay are found as well."""
    full = {word: name for name, words in table.items() for word in words}
    return full, _either([re.escape(word) for word in {*full, *table}])


_QUOTES = re.compile(r"[\s“”‘’《》〈〉]+")
_OPENING = re.compile(rf"(?:{_either([*_DROPPED['periods'], *_DROPPED['places'], *_DROPPED['adverbs']])})[，、]?")
_ANYWHERE = re.compile(_either(_DROPPED["anywhere"]))
_KEPT = "".join(f"(?<!{word})" for word in _DROPPED["kept_after"])
_COUNTER = re.compile(rf"(?<=[一-鿿]{{3}}){_KEPT}(?:{_either(_DROPPED['counters'])})$")
_COMPARED = re.compile(
    rf"(?:{_either(_DATA['compared']['same_period'])})(?={_either(_DATA['compared']['followed_by'])})"
)
_COUNTER_ENDS = ("数", "量", "次")
_SAME, _same = _words(_DATA["same"])
_SAME_WORD = re.compile(_same)
_VERBS, _verb = _words(_DATA["verbs"])
_FIRST_VERB = re.compile(_verb)
_CHANGES, _ = _words(_DATA["changes"])
_MOVED: tuple[str, ...] = tuple(_DATA["deverbal"]["verbs"])
_OBJECTS = _either(_DATA["deverbal"]["objects"])
_VERB_LAST = re.compile(rf"(?P<object>[一-鿿]{{0,10}}?(?:{_OBJECTS}))(?P<verb>{_either(list(_MOVED))})")
_VERB_FIRST = re.compile(_either([*_MOVED, *_DATA["deverbal"]["others"]]))
# 为农民工挽回经济损失: for whom is not what.
_FOR_WHOM = re.compile(rf"[为向给对][一-鿿]{{2,6}}?(?={_either([*_MOVED, *_DATA['deverbal']['others']])})")
# What is dropped may lay bare what is to be dropped next; each round takes something away or ends the work.
_ROUNDS = 16


@lru_cache(maxsize=1 << 14)
def indicator_of(name: str) -> str:
    """The normalised form of a metric's name; the name itself where nothing of it would be left.

    >>> indicator_of("共办理了法援案件")
    '办理法律援助案件'
    """
    text = _QUOTES.sub("", fold(name))
    for _ in range(_ROUNDS):
        shorter = _normalised(text)
        if shorter == text:
            break
        text = shorter
    return text or name


def _normalised(text: str) -> str:
    start = 0
    while (opening := _OPENING.match(text, start)) and len(text) - opening.end() >= 2:
        start = opening.end()
    text = _ANYWHERE.sub("", text[start:])
    text = _SAME_WORD.sub(lambda m: _SAME.get(m[0], m[0]), text)
    text = _COMPARED.sub("同比", text)
    if (whom := _FOR_WHOM.match(text)) and len(text) - whom.end() >= 4:
        text = text[whom.end() :]
    if verb := _FIRST_VERB.match(text):
        text = _VERBS.get(verb[0], verb[0]) + text[verb.end() :]
    if text.endswith(_COUNTER_ENDS):
        text = _COUNTER.sub("", text)
    if len(text) >= 4 and (change := _CHANGES.get(text[-2:])):
        text = text[:-2] + change
    if text.endswith(_MOVED) and (last := _VERB_LAST.fullmatch(text)) and not _VERB_FIRST.match(text):
        text = last["verb"] + last["object"]
    return text
