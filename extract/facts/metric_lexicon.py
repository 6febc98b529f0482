"""The word classes of the metrics layer, and the questions asked of a word: is it a deed, a verb, one who acts?"""

from dataclasses import dataclass, fields
from functools import cache

from extract.data import load_toml
from extract.facts.metric_words import Word

_AGENT_ENDINGS = frozenset("某局院所厅委办队站会者员警")
_VERB_TAGS = frozenset({"v", "vd", "vi", "vg"})
_RATES = ("率", "数", "量", "费", "额")


@dataclass(frozen=True)
class Lexicon:
    """The word classes of data/metrics.toml, under the names that they have there."""

    adverbs: frozenset[str]
    agent_nouns: frozenset[str]
    attend_verbs: frozenset[str]
    attended_events: frozenset[str]
    bare_measures: frozenset[str]
    bare_nouns: frozenset[str]
    bases: frozenset[str]
    causing_verbs: frozenset[str]
    changes: frozenset[str]
    completion_verbs: frozenset[str]
    copulas: frozenset[str]
    dependent_nouns: frozenset[str]
    event_nouns: frozenset[str]
    exceeds: frozenset[str]
    falls: frozenset[str]
    head_nouns: frozenset[str]
    lead_in_verbs: frozenset[str]
    measure_endings: frozenset[str]
    modifier_verbs: frozenset[str]
    not_agents: frozenset[str]
    openers: frozenset[str]
    outcomes: frozenset[str]
    part_openers: frozenset[str]
    prepositions: frozenset[str]
    reaching_verbs: frozenset[str]
    scopes: frozenset[str]
    states: frozenset[str]
    verbal_nouns: frozenset[str]
    verbs: frozenset[str]

    def is_deed(self, word: Word) -> bool:
        """Whether `word` is a verb that names a deed, not a noun made of one."""
        if word.kind != "word":
            return False
        return word.text in self.verbs and word.text not in self.event_nouns

    def is_verb(self, word: Word) -> bool:
        """Whether `word` can be a verb at all."""
        if word.kind != "word":
            return False
        text = word.text
        return text in self.verbs or text in self.lead_in_verbs or self.is_tagged_verb(word)

    def is_tagged_verb(self, word: Word) -> bool:
        """Whether jieba's dictionary calls `word` a verb; it does so with many nouns too."""
        return word.tag in _VERB_TAGS and word.text not in self.copulas and word.text not in self.verbal_nouns

    def is_agent(self, word: Word) -> bool:
        """Whether `word` is a noun for those who act."""
        text = word.text
        if word.kind != "word":
            return word.kind == "name"
        if text in self.agent_nouns or (len(text) > 2 and text[-2:] in self.agent_nouns):
            return True
        if len(text) > 2 and text[-1] == "部" and word.tag == "n":
            return True  # 客服部
        return len(text) > 1 and text[-1] in _AGENT_ENDINGS and text not in self.not_agents and word.tag != "v"

    def is_adverb(self, word: Word) -> bool:
        """Whether `word` may stand between a doer and its verb."""
        tagged = word.tag in ("d", "ad") and word.text not in self.verbs
        return word.kind == "word" and (word.text in self.adverbs or tagged)

    def is_preposition(self, word: Word) -> bool:
        """Whether `word` is a preposition."""
        return word.kind == "word" and word.text in self.prepositions

    def modifies(self, verb: Word, follower: Word) -> bool:
        """Whether `verb` only modifies the noun after it (参训学员, 登记率)."""
        if follower.text == "的" or follower.text in _RATES:
            return True
        if verb.text in self.modifier_verbs:
            return True
        return verb.text not in self.verbs and follower.text in self.head_nouns

    def names_rate(self, words: list[Word], index: int) -> bool:
        """Whether the verb at `index` begins the name of a rate (登记率) or ends the phrase as a noun (诊疗服务)."""
        if index + 1 == len(words):
            return words[index].text in self.event_nouns
        return words[index + 1].text == "的" or words[index + 1].text in _RATES

    def is_measure(self, word: Word) -> bool:
        """Whether `word` ends as a measure does (拆除面积, 签约率)."""
        return word.text.endswith(_measure_endings()) and word.text != "消费"


@cache
def lexicon() -> Lexicon:
    """The word classes, read once."""
    data = load_toml("facts/data/metrics.toml")
    return Lexicon(**{f.name: frozenset(data[f.name].split()) for f in fields(Lexicon)})


@cache
def _measure_endings() -> tuple[str, ...]:
    return tuple(lexicon().measure_endings)
