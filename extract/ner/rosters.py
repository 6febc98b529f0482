"""Names by the form in which they stand: in rows, set apart by spaces, before 男 and 女, alone after a credit.

Notes for a newcomer. In 副市长安静、江涛、石岩 no word looks like a name to jieba; that a row of short items after a
title each begins with a surname is what tells. So here an item counts by its borders (marks or spaces on both sides),
its surname and its company, and hardly by its words.
"""

import re
from collections.abc import Iterator

from extract.ner.lexicon import divisions
from extract.ner.names import NAME_TAGS, NameReader

_ITEM = re.compile(r"[一-龥]{2,4}")
_BRACKET = re.compile(r"（[^（）\n]{1,8}）")
_AFTER_ROW = re.compile(
    r"[，。；！？）】\] \n/|｜]|$|等|出席|参加|任|分别|带队|陪同|一同|共同|同志|[两二三四五六七八九十]人|[两三]位"
)
# 王伟，男，1985年3月生
_SEX = re.compile("[，（](?:男|女)[，）、]")
_LETTERS = frozenset({"感谢信", "表扬信", "慰问信", "公开信", "邀请函", "倡议书"})
_APART = re.compile(r"([一-龥]) {1,2}([一-龥])(?=[ ，。、；：）】\n（]|$|为|的|等|同志|男|女|作|在)")
# 一等奖：孙悦、高飞
_ROW_CUES = ("奖", "名单", "名单如下", "个人", "人员", "同志", "成员")
# “最美教师”龙海燕
_HONOURED = re.compile("”(?<=[一-龥]”)(?=[一-龥])")
_VERBAL = ("v", "m", "p", "c", "u", "r", "q", "t")


def find_rosters(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    """The names of rows and of other fixed forms: start, end, source."""
    yield from _rows(reader)
    yield from _apart(reader)
    yield from _before_sex(reader)
    yield from _after_cues(reader)


def delimited(reader: NameReader, start: int, *, alone: bool = False) -> int | None:
    """The end of the item at `start` if it stands between marks and can be a name.

    `alone`: whether nothing but its borders speaks for it, so that jieba must not know it as another word.
    """
    text, words, lists = reader.text, reader.words, reader.lists
    surname = reader.surname(start)
    if not surname or not words.begins(start):
        return None
    item = _ITEM.match(text, start)
    if not item:
        return None
    name = item[0]
    for length in (surname + 2, surname + 1):
        if len(name) >= length and name[length - 1] not in lists.not_given and _AFTER_ROW.match(text, start + length):
            name = name[:length]
            break
    else:
        return None
    end = start + len(name)
    full, short = divisions()
    word, tag = words.word_at(start), words.tag_at(start)
    if name in lists.not_names or name[-1] in lists.not_last or lists.titles.fullmatch(name[1:]):
        return None
    if lists.titles.fullmatch(name) or ((name in full or name in short) and tag not in NAME_TAGS):
        return None
    if word == name and tag.startswith(_VERBAL):
        return None
    if alone and len(word) >= len(name) and tag not in NAME_TAGS:
        return None
    return end


# A longer one is read in pieces, so that looking from each of its names on costs the same however long it is.
_LONGEST_ROW = 60


def row_after(reader: NameReader, start: int, *, titled: bool = False) -> list[tuple[int, int]]:
    """The items of a row of two names or more that begins at `start`; [] if the first of them cannot be a name.

    `titled`: whether a title stands before it: then the first may be an ordinary word (安静) if two names follow.
    """
    if not reader.surname(start):
        return []
    text = reader.text
    if titled and text[start + 2 : start + 3] == "、" and len(row := row_after(reader, start + 3)) >= 2:
        return [(start, start + 2), *row]
    found: list[tuple[int, int]] = []
    while (end := delimited(reader, start)) is not None or (end := before_mark(reader, start)) is not None:
        found.append((start, end))
        bracket = _BRACKET.match(text, end)
        position = bracket.end() if bracket else end
        if text[position : position + 1] != "、" or len(found) == _LONGEST_ROW:
            break
        start = position + 1
    return found if len(found) >= 2 else []


def before_mark(reader: NameReader, start: int) -> int | None:
    """The end of the name at `start` that a mark follows: the items but the last of a row."""
    item = _ITEM.match(reader.text, start)
    if not item or not 2 <= len(item[0]) <= 3 or reader.text[item.end() : item.end() + 1] not in {"、", "（"}:
        return None
    name, lists = item[0], reader.lists
    if not reader.surname(start) or name in lists.not_names or name[-1] in lists.not_last:
        return None
    word, tag = reader.words.word_at(start), reader.words.tag_at(start)
    full, short = divisions()
    place = (name in full or name in short) and tag not in NAME_TAGS
    return None if place or (word == name and tag.startswith(_VERBAL)) else item.end()


def _rows(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    """Rows of three names or more, of which jieba takes at least half for names."""
    text = reader.text
    surnames, compound = reader.lists.surnames, reader.lists.compound
    position = text.find("、")
    while position >= 0:
        start = position + 1
        if text[start : start + 1] not in surnames and text[start : start + 2] not in compound:
            position = text.find("、", start)
            continue
        row = row_after(reader, start)
        named = sum(_nominal(reader, *item) for item in row) * 2 >= len(row)
        # 顺丰、美团、华为: firms are called like rare surnames.
        if len(row) >= 2 and named and sum(text[s] in reader.lists.common for s, _ in row) * 2 >= len(row):
            first = _ends_at(reader, position)
            if first is not None:
                yield first, position, "rule:row-name"
            if first is not None or len(row) >= 3:
                for item in row:
                    yield *item, "rule:row-name"
            start = row[-1][1]
        position = text.find("、", start)


def _ends_at(reader: NameReader, end: int) -> int | None:
    """Where the name that ends at `end` begins."""
    bracket = reader.text.rfind("（", max(0, end - 8), end) if reader.text[end - 1] == "）" else end
    for length in (3, 2, 4):
        start = bracket - length
        if start >= 0 and reader.words.begins(start) and _ITEM.fullmatch(reader.text, start, bracket):
            surname = reader.surname(start)
            if surname and length - surname <= 2 and _nominal(reader, start, bracket):
                return start if bracket == end else None
    return None


def _nominal(reader: NameReader, start: int, end: int) -> bool:
    """Whether jieba takes `[start, end)` for a name, or for a common surname and what it does not know."""
    words = reader.words
    if words.tag_at(start) in NAME_TAGS:
        return True
    cut = words.ends[words.index[start]] < end
    return cut and end - start == 3 and reader.text[start] in reader.lists.common


def _apart(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    """张 伟: names of two characters set apart to the width of three."""
    text = reader.text
    position = text.find(" ")
    while position > 0:
        match = _APART.match(text, position - 1)
        if match and match[1] in reader.lists.surnames and match[2] not in reader.lists.not_given:
            free = not "一" <= text[position - 2 : position - 1] <= "龥" or reader.words.begins(position - 1)
            known = match[1] + match[2] in reader.lists.not_names  # 贺  信
            known = known or text[max(0, match.start() - 2)] + match[1] + match[2] in _LETTERS  # 感 谢 信
            if free and not known and (match[1] in reader.lists.common or _in_company(reader, match)):
                yield match.start(), match.end(), "rule:row-name"
        position = text.find(" ", position + 1)


def _in_company(reader: NameReader, match: re.Match[str]) -> bool:
    """Whether the neighbours of a name set apart are set apart as well: 蔺 涛  沈 忠."""
    around = reader.text[max(0, match.start() - 6) : match.start()] + "|" + reader.text[match.end() : match.end() + 6]
    return bool(re.search(r"[一-龥] {1,4}\||\| {1,4}[一-龥]|[一-龥]、\||\|、[一-龥]", around))


def _before_sex(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    for match in _SEX.finditer(reader.text):
        for length in (3, 2, 4):
            start = match.start() - length
            if start < 0 or not reader.words.begins(start):
                continue
            name = reader.text[start : match.start()]
            surname = reader.surname(start)
            if _ITEM.fullmatch(name) and surname and length - surname in (1, 2) and name not in reader.lists.not_names:
                yield start, match.start(), "rule:row-name"
                break


def _after_cues(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    """Rows after a colon, single names after a quoted honour."""
    text = reader.text
    colon = text.find("：")
    while colon >= 0:
        row = row_after(reader, colon + 1)
        if row and (text.endswith(_ROW_CUES, 0, colon) or sum(_nominal(reader, *i) for i in row) * 2 >= len(row)):
            for item in row:
                yield *item, "rule:row-name"
        colon = text.find("：", colon + 1)
    for match in _HONOURED.finditer(reader.text):
        start = match.end()
        end = reader.read(start, True) if reader.surname(start) else None
        if end is not None and end - start == 3 and _nominal(reader, start, end):
            yield start, end, "rule:row-name"
