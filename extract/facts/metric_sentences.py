"""The drafts of one sentence's metrics: what each of its figures is the figure of.

Notes for a newcomer. `SentenceReader` walks over the words once. At a figure that passes the gate it decides between
the constructions: a row of figures for a list of indicators and a comparison or share, which refer to indicators
elsewhere (`metric_references`); a figure after its indicator (办理案件150件); a figure before its noun
(设立5家公益服务中心). `taken` keeps which words earlier figures have used up.
"""

import re
from dataclasses import dataclass
from functools import cache

from extract.data import load_toml
from extract.facts.metric_drafts import Draft, Memory
from extract.facts.metric_earlier import event_before, measure_before, shared_object, topic
from extract.facts.metric_gate import gate
from extract.facts.metric_left import Left, peel
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_parts import Breakdown, part_name
from extract.facts.metric_references import comparison, distribution
from extract.facts.metric_right import NEGATIONS, governing_preposition, predicate, split
from extract.facts.metric_words import Word, is_separator, joined
from extract.layers import Offsets
from schemas import Quantity

_PEOPLE_UNITS = frozenset({"人", "人次", "名", "位"})
_AMONG = frozenset({"中", "当中", "里", "中有", "中已"})
_REACHED = frozenset({"达", "达到", "为", "仅为", "已达", "约为"})
_JOINING = frozenset({"组成", "赴", "前往"})
_AS = frozenset({"为", "担任", "任", "作为", "成为"})
_POSSESSIONS = frozenset({"共有", "现有", "拥有", "设有"})
_AROUND = frozenset({"不等", "左右", "之间", "不", "等"})
_RATES = ("率", "比例", "比重", "占比")
# A clause longer than this many words says nothing that belongs to one figure.
_REACH = 60
_TOLD = 6
_SMALL = 20


@dataclass(slots=True)
class _Place:
    """A figure and what stands around it: its index, the words before and after it, and where its clause ends."""

    index: int
    figure: Quantity
    before: list[Word]
    left: Left
    after: list[Word]
    after_end: int
    clause_end: int
    chained: bool


class SentenceReader:
    """Reads the metrics of one sentence.

    Args:
        text: the view's text.
        sentence: the sentence's offsets.
        words: the sentence's words.
        memory: the drafts told before, to which 其中 or a comparison may refer; takes up the new ones.
    """

    def __init__(self, text: str, sentence: Offsets, words: list[Word], memory: Memory) -> None:
        self._text, self._sentence, self._words, self._memory = text, sentence, words, memory
        self._lex = lexicon()
        self._breakdown = Breakdown()
        self._found: list[Draft] = []
        self._clause_ends = _clause_ends(words)
        self._clause = 0  # index of the first word after the last mark
        self._taken = 0  # index of the first word that no figure has used yet
        self._planned: list[Draft] = []  # the drafts of the figures to come in a row, the next one last

    def drafts(self) -> list[Draft]:
        """The sentence's drafts, in order."""
        self._memory.begin_sentence()
        for word in self._words:
            # 为2万名80周岁以上老人…: an age only tells which; 平均年龄66岁 is a figure of its own.
            if word.figure is not None and word.figure.dimension == "age" and not self._is_average(word):
                word.kind = "time"
        for index, word in enumerate(self._words):
            if word.kind == "stop":
                self._stop(index)
            elif word.kind == "open":
                last = self._memory.last
                self._breakdown.open_bracket(last if last and last.figure.end == word.start else None)
                self._clause = self._taken = index + 1
            elif word.kind == "shut":
                self._breakdown.close_bracket()
                self._clause = self._taken = index + 1
            elif word.kind == "figure" and word.figure is not None:
                self._figure(index, word.figure)
            elif word.text in self._lex.part_openers and (word.text.startswith("其中") or index == self._clause):
                # 其中 opens parts wherever it stands, 含 and 包括 only at the head of a clause.
                self._breakdown.want()
        return self._found

    def _is_average(self, word: Word) -> bool:
        return "平均" in self._text[max(self._sentence[0], word.start - 6) : word.start]

    def _stop(self, index: int) -> None:
        if self._words[index].text == "；":
            self._breakdown.semicolon()
        clause = self._words[self._clause : index]
        last = self._memory.last
        if clause and clause[-1].text in _AMONG and last is not None and last.figure.start >= clause[0].start:
            # 受助的230人中，…
            self._breakdown.among(last)
        elif last is not None and self._words[index].text in "：:" and last.figure.end == self._words[index].start:
            self._breakdown.listed(last)
        elif clause and clause[-1].figure is None and len(clause) <= _REACH:
            self._announce(self._text[clause[0].start : clause[-1].end])
        self._clause = self._taken = index + 1
        self._planned = []

    def _announce(self, clause: str) -> None:
        """分产业看, 在各类警情中: the clause announces parts of a total."""
        parts, among = _announcements()
        if parts.search(clause):
            self._breakdown.want()
        elif found := among.search(clause):
            total = next((d for d in self._memory.plain() if d.name.endswith(found[1][-2:])), None)
            if total is not None:
                self._breakdown.among(total)

    # -- a figure and its surroundings ----------------------------------------------------------------------------

    def _figure(self, index: int, figure: Quantity) -> None:
        words = self._words
        end = min(self._clause_ends[index], index + _REACH)
        if not gate().reports(self._text, figure, words[self._clause].start, self._sentence[0], words[end - 1].end):
            # It stays among the words of the next figure: 每千人口, 三级 as part of the name, 两天里 as a time.
            named = figure.unit in ("级", "人口", "") or (index > 0 and words[index - 1].text == "每")
            words[index] = Word(figure.start, figure.end, figure.text, "word" if named else "time", "m")
            return
        if figure.text.endswith(("以上", "以下", "以内")) and self._tells_which(index, end):
            words[index] = Word(figure.start, figure.end, figure.text, "word", "m")
            return
        before = words[max(self._taken, index - _REACH) : index]
        chained = self._taken > self._clause and (not before or is_separator(before[0]))
        after, after_end = self._after(index, end)
        place = _Place(index, figure, before, peel(before, self._lex), after, after_end, end, chained)
        self._taken = index + 1
        draft = self._draft(place) or Draft(figure, "", "")
        among = index + 1 < end and words[index + 1].text in _AMONG
        if not draft.name:
            if among:
                # 34人中已有29人…: the total needs no name.
                self._breakdown.among(draft)
            return
        self._found.append(draft)
        self._memory.add(draft)
        if after[-1:] and after[-1].text in _AMONG:
            # 20个行业中15个实现增长
            self._breakdown.among(draft)
        elif not after and among:
            self._breakdown.among(draft)
            self._taken = index + 2

    def _tells_which(self, index: int, end: int) -> bool:
        """亿元以上项目17个, 30户以上自然村: the figure only tells which."""
        if index + 1 >= end or (index > self._taken and self._lex.is_deed(self._words[index - 1])):
            return False
        after = self._words[index + 1]
        return after.kind == "word" and after.tag[0] in "nbvx" and not self._lex.is_deed(after)

    def _after(self, index: int, end: int) -> tuple[list[Word], int]:
        """The words after the figure that may be its own, and the index of the first word that is not."""
        start = index + 1
        while start < end and (self._words[start].text in _AROUND or self._words[start].text[0] in "（("):
            start += 1
        stop = start
        while stop < end and self._words[stop].kind != "figure":
            stop += 1
        after = self._words[start:stop]
        following = self._words[stop].figure if stop < end else None
        if not after or is_separator(after[0]) or after[0].text in _AMONG:
            return [], start
        among = next((i for i, w in enumerate(after) if w.text in _AMONG), None)
        if following is not None and among is not None:
            # 22个小区中有3个…: what goes before 中 is the total.
            return after[: among + 1], start + among + 1
        if following is not None:
            if following.dimension == "ratio" and self._names_rate(after):
                # 10个断面达标率90%: the rate belongs to the figure after it.
                return after[:1], start
            owned = next((i for i, w in enumerate(after) if w.text in _POSSESSIONS), 0)
            if owned:
                # 10家机构共有职工43名
                return after[:owned], start + owned
            marks = [i for i, w in enumerate(after) if w.kind == "list"]
            if is_separator(after[-1]):
                marks.append(len(after) - 1)
            if marks:
                relative = self._lex.is_verb(after[0]) and any(w.text == "的" for w in after)
                after = after[: marks[-1] if relative else marks[0]]
        return after, start + len(after)

    def _names_rate(self, words: list[Word]) -> bool:
        rest = [w for w in words if w.text not in self._lex.copulas]
        return len(words) > 1 and bool(rest) and rest[-1].text.endswith(_RATES) and not any(map(is_separator, rest))

    # -- constructions --------------------------------------------------------------------------------------------

    def _draft(self, place: _Place) -> Draft | None:
        if self._planned and self._planned[-1].figure is place.figure:
            return self._as_part(self._planned.pop())
        row = distribution(self._words, place.index, self._clause, place.left, place.before, self._memory, self._lex)
        if row:
            self._planned = row[:0:-1]
            return self._as_part(row[0])
        if place.left.change is not None and self._changes_things(place):
            place.left.words = place.left.verb = [*place.left.words, place.left.change]
            place.left.change = None
        following = self._words[place.index + 1] if place.index + 1 < len(self._words) else None
        compared = comparison(place.figure, place.left, following, self._memory, self._lex)
        if compared is not None:
            return compared
        if place.after and self._noun_follows(place):
            return self._before_noun(place)
        return self._after_noun(place)

    def _changes_things(self, place: _Place) -> bool:
        """增加3个班次, 改善20所学校: the verb of change is a deed, the figure counts what it is done to."""
        left, first = place.left, place.after[0] if place.after else None
        if first is None or left.basis or left.to or left.noun or place.figure.dimension != "count":
            return False
        return place.figure.unit not in _PEOPLE_UNITS and first.kind == "word" and not self._lex.is_deed(first)

    def _as_part(self, draft: Draft) -> Draft:
        """东区、西区分别拆除6处、8处: the draft of a row as part of the total in force."""
        if draft.kind == "plain":
            total = self._breakdown.total_for(draft.figure, "", self._memory, chained=True)
            draft.part_of = total.figure if total else None
        return draft

    def _after_noun(self, place: _Place) -> Draft:
        """办理法律援助案件150件: the indicator stands before its figure."""
        figure, left, memory = place.figure, place.left, self._memory
        verb, noun = joined(left.verb), joined(left.noun)
        if self._is_small_talk(place) and any(map(self._lex.is_verb, left.words)):
            return Draft(figure, "", "")
        last = memory.last
        # 脱贫 in 脱贫户 is no deed that would end the parts of a total.
        told = left.verb and (
            any(map(self._lex.is_deed, left.verb)) or (left.noun and left.verb[0].text in self._lex.verbs)
        )
        total = self._breakdown.total_for(figure, verb if told else "", memory, place.chained)
        if total is not None:
            verb, noun = part_name(left.verb, left.noun, total, figure.unit)
        elif not left.words:
            verb, noun = self._unnamed(place)
        elif "有" in left.copula and all(w.kind == "name" for w in left.words):
            # 像这样的搬迁户，在东区有900户
            noun = topic(self._words, self._clause, self._lex) or noun
        elif not told and left.noun and place.chained and last is not None and noun not in self._lex.bare_measures:
            # 出动巡查组20个、民警85人次: the deed is shared.
            verb, noun = last.verb, joined(left.words)
            if noun[-1] == "级" and "级" in last.noun:
                # 国家级工作室1个、省级2个
                noun += last.noun[last.noun.index("级") + 1 :]
        elif verb and noun in _RATES:
            verb, noun = "", memory.with_measured(verb + noun)
        elif verb and not noun and figure.unit not in _PEOPLE_UNITS and figure.dimension != "ratio":
            # 查出隐患120处，督促整改118处; 耕地38亩，改良12亩: the object is shared.
            noun = shared_object(self._words, self._clause, figure, verb, memory, self._lex)
        elif not verb and (place.before[0] is left.words[0] or noun in self._lex.bare_measures):
            noun = memory.with_measured(noun)
        elif verb == "完成" and figure.dimension == "ratio":
            # 完成年度目标的84%, 完成三年任务的一半: the time belongs to the plan.
            noun = "".join(w.text for w in left.noun if w.text != "了")
        if verb in self._lex.attend_verbs and not noun:
            noun = event_before(self._text, figure)
        return Draft(figure, verb, noun, part_of=total.figure if total else None)

    def _unnamed(self, place: _Place) -> tuple[str, str]:
        """The name of a figure without words of its own: that of the figure before it that it goes with."""
        figure, last = place.figure, self._memory.last
        if (
            place.before
            and place.before[0].text in _REACHED
            and place.before[0].start == self._words[self._clause].start
        ):
            measure = measure_before(self._words, self._clause, self._lex)
            if measure:
                return "", measure
        if last is not None and (place.chained or last.figure.start >= self._words[self._clause].start):
            return last.verb, last.noun
        if figure.unit in ("倍", "番"):
            base = self._memory.base(figure)
            return "", base.name + "倍数" if base is not None else ""
        same = self._memory.of_unit(figure.unit) if place.before and last is not None else None
        return (same.verb, same.noun) if same is not None else ("", "")

    def _noun_follows(self, place: _Place) -> bool:
        """Whether the words after the figure are its own, not those of the next figure or of another clause."""
        figure, left, first = place.figure, place.left, place.after[0]
        if not left.words or left.preposition:
            return True
        if first.text == "的":
            return len(place.after) > 1
        if "有" in left.copula and not self._lex.is_verb(first):
            return True
        last = place.before[-1]
        if last.text in ("等", "的", "分") or (last.text == "共" and not left.verb) or last.kind == "name":
            return True
        people = figure.unit in _PEOPLE_UNITS
        tells = self._lex.is_verb(first) if people or left.noun else self._lex.is_deed(first)
        if tells or first.tag == "d" or self._lex.is_preposition(first):
            if people:
                return not left.noun if left.verb else self._lex.is_agent(left.words[-1])
            return figure.dimension == "money" and not left.noun
        return not left.noun or governing_preposition(place.before, self._lex) is not None

    def _before_noun(self, place: _Place) -> Draft | None:
        """设立5家中心, 9家法院设立了服务点: the noun stands after its figure, with or without a deed before it."""
        figure, left, lex = place.figure, place.left, self._lex
        attribute = place.after[0].text == "的"
        among = place.after[-1].text in _AMONG
        noun, said = split(place.after[attribute : len(place.after) - among], lex, figure.unit in ("人", "人次"))
        self._taken = place.after_end - among - len(said)
        counted = joined(noun)
        if attribute and left.words and left.words[-1].text in lex.bare_measures:
            return Draft(figure, "", counted + left.words[-1].text)
        governed = left.preposition or governing_preposition(place.before, lex)
        deed = joined(left.verb)
        if governed or (place.before and place.before[-1].text in ("的", "分")):
            deed = ""
        elif place.chained and not left.words and self._memory.last is not None:
            deed = self._memory.last.verb
        told = "" if among else self._told(place, said)
        if not deed and not governed and self._counts_doers(place, noun, said):
            return None
        if not told and not among and self._is_small_talk(place):
            return None
        total = self._breakdown.total_for(figure, deed, self._memory)
        part_of = total.figure if total else None
        if deed and said and said[0].text in _AS:
            # 聘请张某等15人为监督员, 命名18个集体为“青年文明号”
            office, _ = split(said[1:], lex)
            if office:
                return Draft(figure, deed, joined(office) + (counted if office[-1].kind == "closed" else ""))
        if figure.dimension == "ratio" and not deed and (told or counted):
            base = self._memory.base(figure)
            whose = counted or (base.name if base is not None else "")
            return Draft(figure, "", whose + told + "占比", kind="share")
        if deed:
            return Draft(figure, deed, self._object(left, noun, said, told), part_of=part_of)
        if total is not None and not told:
            verb, rest = part_name([], noun, total, figure.unit)
            return Draft(figure, verb, rest, part_of=part_of)
        if told in lex.attend_verbs:
            told += event_before(self._text, figure)
        if counted in lex.bare_nouns and told:
            counted = ""
        if total is not None and not counted:
            counted = total.noun
        if governed in ("为", "给", "向") and len(counted) > len(told) > 0:
            return Draft(figure, "", governed + counted + told)
        listed = any(w.text == "等" for w in place.before[-3:]) and any(w.kind == "name" for w in place.before)
        return Draft(figure, told, counted, part_of=part_of, listed=place.before[0].start if listed else None)

    def _object(self, left: Left, noun: list[Word], said: list[Word], told: str) -> str:
        """The object of a deed before the figure, from the noun after it and what that does."""
        counted = joined(noun)
        causes = bool(left.verb) and left.verb[-1].text in self._lex.causing_verbs and len(told) <= _TOLD
        if said and said[0].text in _JOINING and not counted:
            return "人员"
        if said and (causes or not counted):
            return counted + told
        if len(said) == 1 and said[0].text in self._lex.event_nouns:
            return counted + said[0].text
        of = max((i for i, w in enumerate(noun[:-1]) if w.text == "的"), default=0)
        if of:
            # 完成20所学校的厨房改造: what is done to the noun counted belongs to the deed.
            return joined(noun[of + 1 :]) + joined(noun[:of])
        return counted

    def _counts_doers(self, place: _Place, noun: list[Word], said: list[Word]) -> bool:
        """Whether the figure only counts the doers of what the clause reports (4家律所代理案件90件, 三家发函)."""
        figure = place.figure
        if not said or "有" in place.left.copula or figure.unit in ("人", "人次"):
            return False
        if not noun:
            return len(figure.text) == 2 and figure.text[0] in "两二三四五六七八九十"
        following = any(w.kind == "figure" for w in self._words[place.index + 1 : place.clause_end])
        return following and self._lex.is_agent(noun[-1])

    def _told(self, place: _Place, said: list[Word]) -> str:
        """What the clause says of the noun counted; in a list (9家法院、6家看守所设立了…) it stands after the last."""
        rest = self._words[place.index + 1 : place.clause_end]
        if said:
            rest = rest[next(i for i, w in enumerate(rest) if w is said[0]) :]
        else:
            last = max((i for i, w in enumerate(rest) if w.kind == "figure"), default=None)
            rest = split(rest[last + 1 :], self._lex)[1] if last is not None else []
        words = predicate(rest, self._lex)
        # Only a deed makes an indicator: 8支志愿队伍常年活跃 counts the 志愿队伍.
        if words and (words[0].text in NEGATIONS or any(map(self._acts, words[:2]))):
            return joined(words)
        return ""

    def _acts(self, word: Word) -> bool:
        return self._lex.is_verb(word) or word.tag in ("l", "i", "vn")

    def _is_small_talk(self, place: _Place) -> bool:
        """两名同事, 爬两层, 跑七八趟: a small number in characters with no deed reported of it is talk."""
        figure = place.figure
        value = figure.value if figure.value is not None else figure.high
        if value is None or value > _SMALL or any(c in "0123456789" for c in figure.text):
            return False
        if figure.dimension in ("ratio", "duration"):
            return False
        lex = self._lex
        return not any(w.text in lex.verbs or (len(w.text) > 1 and lex.is_verb(w)) for w in place.left.words)


def _clause_ends(words: list[Word]) -> list[int]:
    """For each word the index of the mark that ends its clause."""
    ends = [len(words)] * len(words)
    for index in range(len(words) - 1, -1, -1):
        if words[index].kind in ("stop", "shut", "open"):
            ends[index] = index
        elif index + 1 < len(words):
            ends[index] = ends[index + 1]
    return ends


@cache
def _announcements() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("facts/data/metrics.toml")
    return re.compile(data["part_clauses"]), re.compile(data["among_clauses"])
