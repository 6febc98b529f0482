"""Short names in a list that the noun at its end explains: 若辉、东日、诚管等5家律师事务所."""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.words import Words

_ITEM = r"(?:“[^“”\n]{2,12}”|[一-龥A-Za-z0-9（）]{2,14})"


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(load_toml("ner/data/coordination.toml")["nouns"])
    return re.compile(
        rf"等(?P<number>\d{{1,4}}|[一二三四五六七八九十两]{{1,3}}|多|数|几)?余?(?:家|所|个|支|名)?[一-龥]{{0,4}}?(?P<noun>{nouns})"
    )


_LIST = re.compile(rf"(?:{_ITEM}、)*{_ITEM}$")
_LONGEST_LIST = 120


def find_listed(words: Words) -> list[Candidate]:
    """Candidate ORGs: the items of such lists; whoever finds a longer name at the same place wins in the merge."""
    found: list[Candidate] = []
    text = words.text
    data = load_toml("ner/data/coordination.toml")
    sure = frozenset(data["sure"])
    for match in _pattern().finditer(text):
        listed = _LIST.search(text, max(0, match.start() - _LONGEST_LIST), match.start())
        if not listed or "、" not in listed[0]:
            continue
        if match["noun"] not in sure and not match["number"]:
            continue
        position = listed.start()
        for item in listed[0].split("、"):
            start, end = position, position + len(item)
            if position == listed.start() and words.stop_before(end) <= end:
                # What comes before the first name of the list: 推动 | 若辉、东日.
                start = max(start, words.stop_before(end))
            found += _item(words, start, end, match["noun"] in sure)
            position += len(item) + 1
    return found


def _item(words: Words, start: int, end: int, sure: bool) -> list[Candidate]:
    text = words.text
    if start < end and text[start] == "“" and text[end - 1] == "”":
        return [Candidate(start + 1, end - 1, "ORG", "rule:listed-name")]
    if not 2 <= end - start <= 8:
        return []
    word, tag = words.word_at(start), words.tag_at(start)
    unknown = tag in {"x", "nr", "nz", "nrt", "nt"} or len(word) < end - start
    return [Candidate(start, end, "ORG", "rule:listed-name")] if sure or unknown else []
