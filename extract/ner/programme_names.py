"""Where the name of a programme begins that no quotes mark: 打击欺诈骗保 | 专项行动."""

from extract.ner.programme_words import ProgrammeWords
from extract.ner.words import Words

_LONGEST = 26
_LONGEST_PAIR = 40
_AND = frozenset({"和", "与", "及", "以及", "、"})


def name_before(words: Words, end: int, lists: ProgrammeWords) -> int | None:
    """Where the name before an ending at `end` begins, None if only general words stand there."""
    number = words.index[end - 1] if end else -1
    first = number + 1
    while number >= 0 and end - words.starts[number] <= _LONGEST and _in_name(words, number, end, lists):
        first = number
        number -= 1
    if number >= 0 and words.words[number] == "”" and first < len(words.starts) and words.words[first] in lists.lead:
        return None  # “…行动”大型义诊活动周
    while first < len(words.starts) and words.starts[first] < end and words.words[first] in lists.lead:
        first += 1
    if first >= len(words.starts) or words.starts[first] >= end:
        return None
    parts = [words.text[words.starts[n] : min(words.ends[n], end)] for n in range(first, words.index[end - 1] + 1)]
    named = any(part not in lists.empty for part in parts)
    if not named or end - words.starts[first] < 2:
        return None
    return words.starts[_with_first_of_pair(words, number + 1, first, end, lists)]


def _in_name(words: Words, number: int, end: int, lists: ProgrammeWords) -> bool:
    """Whether word `number` may be part of the name before the ending at `end`."""
    word, tag = words.words[number], words.tags[number]
    if not "一" <= word[0] <= "龥" or (tag.startswith("m") and word[-1] in "个项类"):
        return False
    if tag.startswith(("u", "p", "c", "r", "q", "y", "t", "d")) and word not in lists.seasons:
        return False
    return (word not in lists.breaks and word[-2:] not in lists.breaks) or lists.is_noun_here(words, number, end)


def _with_first_of_pair(words: Words, second: int, first: int, end: int, lists: ProgrammeWords) -> int:
    """The number of the word that the name begins with where 和 joins word `second`, which it would begin with, to
    what a verb of carrying out has before it (开展 | 窗口腐败和作风问题专项整治), else `first`."""
    if second < 3 or words.words[second - 1] not in _AND:
        return first
    last = number = second - 2
    alone = words.words[last] in lists.events or words.words[last][-2:] in lists.events
    alike = words.words[last] == words.word_at(end - 1)  # 捕捞犯罪和交易犯罪 | 专项行动
    if alone or not (alike or words.tags[last].startswith(("n", "an", "l"))):
        return first  # 开展专题讲座和 | 燃气安全专项行动
    while number >= 0 and end - words.starts[number] <= _LONGEST_PAIR and _in_name(words, number, end, lists):
        number -= 1
    if number < 0 or words.words[number][-2:] not in lists.launched:
        return first
    number += 1
    while number < last and words.words[number] in lists.lead:
        number += 1
    return number


def what_before(words: Words, quote: int, lists: ProgrammeWords) -> int | None:
    """Where what a “回头看” or “百日行动” is about begins, None if that is not said in one breath."""
    begin = name_before(words, quote, lists)
    if begin is None or not 4 <= quote - begin <= 16:
        return None
    led = lists.verb.search(words.text, max(0, begin - 8), begin)
    return begin if led or (words.stop_before(begin) == begin and words.tag_at(begin - 1)[:1] != "n") else None
