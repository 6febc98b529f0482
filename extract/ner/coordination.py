"""Short names in a list that the noun at its end explains: 明衡、东序、德正等5家律师事务所; 阳邑、贺进两个镇."""

import re
from functools import cache

from extract.data import load_rows, load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import divisions
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
_WHOLE = ("医院", "保健院", "卫生院")


# What ends a list of places: 等地, 三县, 等3个乡镇.
_PLACES_END = re.compile(
    # A search is quick where a pattern begins with one character of a set.
    r"[等\d两二三四五六七八九十](?:(?<=等)(?:地(?![区方位])|景区|乡镇|镇街|街镇|镇村|村镇)"
    r"|(?:(?<=\d)\d{0,2}|(?<=[两二三四五六七八九十])[两二三四五六七八九十]?)个?(?:(?:[45]A级)?(?:旅游)?(?:景区|景点)"
    r"|乡镇街道|镇街|乡镇|街道|镇|乡|行政村|自然村|建制村|村|县市区|县区|市区|县市|县|区|市|旗|社区|地|州)"
    r"(?![级域内外长民委里场图直点块政人]))"
)
# Every character but 和, so that a list can be divided in one way only.
_IN_ITEM = "[一-咋咍-龥]{2,7}"
_PLACE_LIST = re.compile(f"(?:{_IN_ITEM}[、和]){{1,12}}{_IN_ITEM}$")
_PLACE_NAME_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "nt"})
_LONGEST_PLACE = 6
_SO_MANY = re.compile("[两三四五六七八九十](?:地|[省市县区州旗镇乡村])$")
_SIDE = re.compile("(?:[东西南北中]{1,3}部(?:山区)?|沿[河江湖海线]|境内|城区|周边)$")


def find_listed_places(words: Words) -> list[Candidate]:
    """Candidate PLACEs: the items of a list that 等地 or a number of towns closes."""
    found: list[Candidate] = []
    text = words.text
    for match in _PLACES_END.finditer(text):
        end = match.start() - (text[match.start() - 1] in "等的与及和")
        listed = _PLACE_LIST.search(text, max(0, end - _LONGEST_LIST), end) if end > 1 else None
        if not listed:
            continue
        spans = [(m.start() + listed.start(), m.end() + listed.start()) for m in re.finditer("[^、和]+", listed[0])]
        first, end = spans[0]
        last = words.index[end - 1]
        known = words.tags[last] == "ns" and words.starts[last] > first and len(words.words[last]) > 1
        division = next((s for s in range(first, end - 1) if text[s:end] in divisions()[0]), None)
        begin = max(first, words.stop_before(end)) if division is None else division
        spans[0] = (words.starts[last] if known and division is None else begin, end)
        spans = [_without_side(words.text, *span) for span in spans]
        if all(_place(words, *span) for span in spans):
            short = divisions()[1]
            found += [
                Candidate(*span, "PLACE", "rule:division" if text[slice(*span)] in short else "rule:listed-place")
                for span in spans
            ]
    return found


# Where a list of towns by their bare names begins: 分赴蔺市、龙桥、珍溪.
_LED = re.compile("赴|到|在|往|来自|涉及|深入|包括|途经")
_TOWN_ITEM = re.compile("[一-龥]{2,4}")


@cache
def bare_names() -> frozenset[str]:
    """Towns and counties without 镇, 乡 or 县."""
    towns = {name for row in load_rows("ner/data/towns.tsv") for name in row[1].split(" ")}
    return frozenset(towns | divisions()[1].keys())


def find_listed_towns(words: Words) -> list[Candidate]:
    """Candidate PLACEs: two or more bare names of towns in a list after a word that leads to a place."""
    found: list[Candidate] = []
    text, names = words.text, bare_names()
    for match in _LED.finditer(text):
        spans: list[tuple[int, int]] = []
        start = match.end()
        while (end := _bare_name(words, start, names)) is not None:
            spans.append((start, end))
            if text[end : end + 1] not in {"、", "和"}:
                break
            start = end + 1
        listed = len(spans) >= 2 and sum(_likely(words, *span) for span in spans) * 2 >= len(spans)
        if listed:
            found += [Candidate(*span, "PLACE", "rule:listed-place") for span in spans]
    return found


def _bare_name(words: Words, start: int, names: frozenset[str]) -> int | None:
    item = _TOWN_ITEM.match(words.text, start)
    ends = range(item.end(), start + 1, -1) if item else ()
    return next((e for e in ends if words.text[start:e] in names and words.begins(e)), None)


def _likely(words: Words, start: int, end: int) -> bool:
    """Whether jieba takes the words there for a place, or knows them not."""
    return words.tag_at(start) in {"ns", "nz", "x"} or words.ends[words.index[start]] < end


def _without_side(text: str, start: int, end: int) -> tuple[int, int]:
    """浙江 | 南部, 徐汇 | 两区: the place without its side and without how many they are."""
    if counted := _SO_MANY.search(text, start, end):
        return start, counted.start()
    side = _SIDE.search(text, start, end)
    known = side and any(text[start : side.start()] in names for names in divisions())
    return (start, side.start()) if side and known else (start, end)


def _place(words: Words, start: int, end: int) -> bool:
    """Whether an item of a list of places can be a name: no ordinary word, and no word that no name crosses."""
    if not 2 <= end - start <= _LONGEST_PLACE or not words.begins(start):
        return False
    if words.text[start:end] in divisions()[1]:
        return True
    stop = words.next_stop(start)
    if stop < end and (stop == start or len(words.word_at(stop)) > 1):
        return False
    word, tag = words.word_at(start), words.tag_at(start)
    return tag in _PLACE_NAME_TAGS or len(word) < end - start


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
            if (position == listed.start() or "和" in item) and words.stop_before(end) <= end:
                # What comes before the first name of the list: 推动 | 明衡、东序; 市医院和 | 石桥、江村.
                start = max(start, words.stop_before(end))
            found += _item(words, start, end, match["noun"] in sure)
            position += len(item) + 1
    return found


def _item(words: Words, start: int, end: int, sure: bool) -> list[Candidate]:
    text = words.text
    if start < end and text[start] == "“" and text[end - 1] == "”":
        return [Candidate(start + 1, end - 1, "ORG", "rule:listed-name")]
    if not 2 <= end - start <= 8 or text.endswith(_WHOLE, start, end):
        return []  # 市中医院 is no short name
    word, tag = words.word_at(start), words.tag_at(start)
    unknown = tag in {"x", "nr", "nz", "nrt", "nt"} or len(word) < end - start
    return [Candidate(start, end, "ORG", "rule:listed-name")] if sure or unknown else []
