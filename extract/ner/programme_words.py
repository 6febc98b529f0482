"""The words by which programmes are told, from `data/programmes.toml`, compiled once."""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.words import Words


class ProgrammeWords:
    """The lists of `programmes.toml` as sets and patterns; what each is for is said there."""

    def __init__(self) -> None:
        data = load_toml("ner/data/programmes.toml")

        def alternatives(key: str) -> str:
            return "|".join(map(re.escape, sorted(set(data[key]), key=len, reverse=True)))

        not_followed = f"(?:(?={alternatives('after_all')})|(?!{alternatives('not_followed')}))"
        self.head = re.compile(
            f" ?的?[一-龥]{{0,12}}?((?:{alternatives('heads')})(?:(?<=[月周日季年])活动)?){not_followed}"
        )
        # 主题教育 | 实践活动: what goes on in one breath.
        self.more = re.compile(f"(?:{alternatives('heads')}){not_followed}")
        self.light = frozenset(data["light"])
        heavy = "|".join(map(re.escape, sorted(set(data["heads"]) - self.light | {"机制"}, key=len, reverse=True)))
        self.farther = re.compile(f"[一-龥]{{0,6}}?((?:{heavy})){not_followed}")
        self.not_programme = re.compile(alternatives("not_programmes"))
        self.verb = re.compile(f"(?:{alternatives('verbs')})[了好]?$")
        self.inner_heads = tuple(data["inner_heads"])
        self.not_quoted = frozenset(data["not_quoted"])
        self.launched = frozenset(data["launched"])
        self.listed = re.compile(
            r"等?(?:\d+|[一二两三四五六七八九十])?[项个类大]?(?:主题宣传|主题实践|系列宣传|主题|系列|专项|品牌)?"
            f"(?:{alternatives('listed')})"
        )
        self.unquoted = re.compile(f"(?:{alternatives('unquoted')}){not_followed}")
        only_quoted = set(data["only_quoted"])
        self.known = frozenset(data["known"])
        self.known_pattern = re.compile(
            "|".join(map(re.escape, sorted(self.known - only_quoted, key=len, reverse=True)))
        )
        carried = [name for name in data["only_quoted"] if name.endswith(("工程", "行动", "计划"))]
        verbs = "|".join(verb for verb in data["launched"] if len(verb) == 2)
        # 实施 | 千万工程。
        self.carried_pattern = re.compile(f"(?<={verbs})(?:{'|'.join(carried)})(?=[，。、；）]|$|以来)")
        self.breaks = frozenset(data["breaks"])
        self.nominal = frozenset(data["nominal"])
        self.compounds = {word: frozenset(before) for word, before in data["compounds"].items()}
        self.events = frozenset(data["events"])
        self.drawn_up = re.compile(f"(?:{alternatives('drawn_up')})[一-龥]{{0,30}}$")
        self.lead = frozenset(data["lead"])
        self.empty = self.lead | frozenset(data["empty"])
        self.seasons = frozenset(data["seasons"])

    def is_noun_here(self, words: Words, number: int, end: int) -> bool:
        """Whether the verb that word `number` is elsewhere is part of a name before `end`: 社会 | 组织, 就业 | 促进."""
        if not number:
            return False
        word, before = words.words[number], words.words[number - 1]
        if before in self.compounds.get(word, ()):
            return True
        if word not in self.nominal or before in self.breaks or not words.tags[number - 1].startswith(("n", "an", "v")):
            return False
        after = number + 1
        return words.ends[number] >= end or words.tags[after].startswith("v") or words.words[after] in self.empty


@cache
def programme_words() -> ProgrammeWords:
    """The words, read once."""
    return ProgrammeWords()
