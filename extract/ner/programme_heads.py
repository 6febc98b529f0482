"""The head noun after a quoted name: “百名医生进山村” | 活动."""

from typing import NamedTuple

from extract.ner.programme_words import ProgrammeWords
from extract.ner.words import Words


class Head(NamedTuple):
    """Where the head noun begins, where it ends with those that follow it in one breath, and the noun."""

    start: int
    end: int
    noun: str


def head_after(words: Words, quote: int, lists: ProgrammeWords) -> Head | None:
    """The head noun of the name whose quotes end at `quote`, None if the words up to it are not of one breath."""
    match = lists.head.match(words.text, quote)
    if not match:
        return None
    light = match[1] in lists.light
    farther = lists.farther.match(words.text, match.end()) if light else None
    if farther and _one_breath(words, quote, farther.end(), farther.start(1), lists):
        # “三三制”家庭教育 | 指导工作法, “利剑”变异培训 | 查处行动: the light noun only leads to the head.
        return Head(farther.start(1), with_more(words, farther.end(), lists), farther[1])
    end = with_more(words, match.end(), lists)
    # 以“身边事”教育“身边人”: a verb between two quoted words.
    if light and words.text.startswith("“", end):
        return None
    return Head(match.start(1), end, match[1]) if _one_breath(words, quote, end, match.start(1), lists) else None


def with_more(words: Words, end: int, lists: ProgrammeWords) -> int:
    """Where the head nouns end that follow one another from `end` on: 创建 | 行动, 主题教育 | 实践活动."""
    while (more := lists.more.match(words.text, end)) and words.begins(more.end()):
        end = more.end()
    return end


def _one_breath(words: Words, start: int, end: int, head: int, lists: ProgrammeWords) -> bool:
    """Whether no particle but 的 stands between the quotes and the head noun, and the head noun ends a word."""
    stop = words.next_stop(start)
    while stop < end:
        word, tag = words.word_at(stop), words.tag_at(stop)
        if word.isspace():
            stop = words.next_stop(stop + 1)
            continue
        inside = tag.startswith(("m", "v", "n")) or word in lists.seasons or word == "系列" or word[-1] == "节"
        inside = inside or words.word_at(stop - 1) in lists.compounds.get(word, ())
        breaks = word in lists.breaks and stop < head  # but “三区人才”支持计划
        if breaks and stop > start and lists.is_noun_here(words, words.index[stop], head):
            breaks = False
        if word != "的" and (not inside or breaks):
            return False
        stop = words.next_stop(stop + 1)
    return words.begins(end)
