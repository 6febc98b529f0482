"""The drafts of one sentence's metrics: what each of its figures is the figure of.

Notes for a newcomer. `SentenceReader` walks over the words once. At a figure that passes the gate it decides between
the constructions: a row of figures for a list of indicators (`metric_rows`); a comparison or share, which refers to an
indicator elsewhere (`metric_references`); a figure after its indicator (办理案件150件,
`metric_after_noun`); one before its noun (设立5家公益服务中心, `metric_before_noun`). `taken` keeps which words earlier
figures have used up.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.facts.metric_after_noun import SUMMING, after_noun
from extract.facts.metric_before_noun import before_noun, noun_follows
from extract.facts.metric_change import basis_clause
from extract.facts.metric_drafts import Draft, Memory
from extract.facts.metric_following import words_after
from extract.facts.metric_gate import gate
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_parts import Breakdown
from extract.facts.metric_peel import peel
from extract.facts.metric_place import AMONG, PEOPLE_UNITS, Place, Told
from extract.facts.metric_references import comparison
from extract.facts.metric_rows import distribution
from extract.facts.metric_words import Word, is_separator
from extract.layers import Offsets
from schemas import Quantity

_DAILY = frozenset({"日均", "月均", "周均"})
_NOMINAL = frozenset("nbjxz")
_PACE = frozenset({"实际", "承诺", "办理", "办结", "审批", "时限", "平均"})
_COPULAS = frozenset({"是", "有", "为"})
_KINDS = frozenset({"类", "项", "大类", "大项"})
_EQUATING = frozenset({"为", "分别为", "依次为", "分别是", "达"})
_DIGIT = re.compile("[0-9]")
_REST = frozenset({"其余", "剩余", "余下", "剩下", "还有", "还剩", "尚有", "另有"})
# A clause longer than this many words says nothing that belongs to one figure.
_REACH = 60
_BASIS_REACH = 8
_BAND_REACH = 12
# A rate follows what it is of within so many characters.
_RATE_REACH = 10
# A bracket and a figure with at most this many words between them belong together.
_LINK = 2


class SentenceReader:
    """Reads the metrics of one sentence.

    Args:
        text: the view's text.
        sentence: the sentence's offsets.
        words: the sentence's words.
        memory: the drafts told before, to which 其中 or a comparison may refer; takes up the new ones.
        breakdown: the totals in force where the sentence begins.
    """

    def __init__(self, text: str, sentence: Offsets, words: list[Word], memory: Memory, breakdown: Breakdown) -> None:
        self._text, self._sentence, self._words, self._memory = text, sentence, words, memory
        self._lex = lexicon()
        self._breakdown = breakdown
        self._told = Told(text, words, memory, self._breakdown, self._lex)
        self._found: list[Draft] = []
        self._clause_ends = _clause_ends(words)
        self._clause = 0  # index of the first word after the last mark
        self._taken = 0  # index of the first word that no figure has used yet
        self._aside: list[Word] = []  # the words before the last bracket that no figure has used
        self._resumed = -1  # index of the first word after it
        self._planned: list[Draft] = []  # the drafts of the figures to come in a row, the next one last

    def drafts(self) -> list[Draft]:
        """The sentence's drafts, in order."""
        self._memory.begin_sentence()
        part_openers = self._lex.part_openers
        for word in self._words:
            # 60岁以上老人90人: an age only tells which; 平均年龄66岁 is a figure of its own.
            if word.figure is not None and word.figure.dimension == "age" and not self._is_average(word):
                word.kind, word.tag = ("time" if word.figure.modifier == "exact" else "word"), "b"
        for index, word in enumerate(self._words):
            kind = word.kind
            if kind == "stop" and word.text in "：:" and index and self._words[index - 1].text in _EQUATING:
                # 收案分别为：90件、80件
                word.kind = kind = "time"
            if kind == "stop":
                self._stop(index)
            elif kind == "open":
                last = self._memory.last
                self._breakdown.open_bracket(self._counted(last) if last and last.figure.end == word.start else None)
                holds = index + 1 < len(self._words) and self._words[index + 1].text in part_openers
                self._aside = self._words[self._taken : index][-_REACH:] if holds else []
                self._clause = self._taken = index + 1
                self._resumed = -1
            elif kind == "shut":
                self._breakdown.close_bracket()
                self._clause = self._taken = index + 1
                self._resumed = index + 1 if self._aside else -1
            elif kind == "figure" and word.figure is not None:
                self._figure(index, word.figure)
            elif word.text in part_openers and (word.text.startswith("其中") or self._heads_clause(index)):
                # 其中 opens parts wherever it stands, 含 and 包括 only at the head of a clause.
                self._breakdown.want(word.start, loose=word.text.startswith("其中"))
            elif word.text in _COPULAS and index > self._clause and self._heads_clause(index):
                # 查处违法行为90起，主要是…
                last = self._memory.last
                if last is not None and last.figure.end == self._words[self._clause - 1].start:
                    self._breakdown.want(word.start)
        return self._found

    def _heads_clause(self, index: int) -> bool:
        """Whether the word at `index` opens its clause, but for 主要."""
        return index == self._clause or (index == self._clause + 1 and self._words[index - 1].text == "主要")

    def _counted(self, draft: Draft) -> Draft:
        """The figure told before a rate that a bracket follows (审结90件，结案率90%（调解30件）), else `draft`."""
        if draft.figure.dimension != "ratio" or draft.kind != "plain":
            return draft
        before = next((d for d in self._memory.plain(here=True) if d.figure.dimension != "ratio"), draft)
        return before if draft.figure.start - before.figure.end <= _RATE_REACH else draft

    def _is_average(self, word: Word) -> bool:
        return "平均" in self._text[max(self._sentence[0], word.start - 6) : word.start]

    def _stop(self, index: int) -> None:
        if self._words[index].text == "；":
            self._breakdown.semicolon()
        clause = self._words[self._clause : index]
        self._told.basis = basis_clause(clause) if len(clause) <= _BASIS_REACH else None
        last = self._memory.last
        if clause and clause[-1].text in AMONG and last is not None and last.figure.start >= clause[0].start:
            # 受助的230人中，…
            self._breakdown.among(last)
        elif last is not None and self._words[index].text in "：:" and last.figure.end == self._words[index].start:
            self._breakdown.listed(last)
        elif clause and clause[-1].figure is None and len(clause) <= _REACH:
            self._announce(clause[0].start, self._text[clause[0].start : clause[-1].end])
        self._clause = self._taken = index + 1
        self._planned = []

    def _announce(self, at: int, clause: str) -> None:
        """分产业看, 在各类警情中: the clause announces parts of a total."""
        parts, among = _announcements()
        if parts.match(clause):
            self._breakdown.want(at, outer=True)
        elif clause.endswith("中") and (found := among.match(clause)):
            plain = self._memory.plain()
            named = (d for d in plain if d.name.endswith(found[1][-2:]))
            begun = (d for d in plain if found[1] in d.words or d.name.startswith(found[1]))
            total = next(named, None) or next(begun, None)
            if total is not None:
                self._breakdown.among(total, at=at)

    # -- a figure and its surroundings ----------------------------------------------------------------------------

    def _figure(self, index: int, figure: Quantity) -> None:
        words = self._words
        end = min(self._clause_ends[index], index + _REACH)
        if not gate().reports(self._text, figure, words[self._clause].start, self._sentence[0], words[end - 1].end):
            # It stays among the words of the next figure: 每千人口, 三级 as part of the name, 两天里 as a time.
            named = figure.unit in ("级", "人口", "") or (index > 0 and words[index - 1].text == "每")
            named = named or self._is_band(index)
            words[index] = Word(figure.start, figure.end, figure.text, "word" if named else "time", "m")
            return
        if self._merely_names(index, figure, end):
            words[index] = Word(figure.start, figure.end, figure.text, "time", "m")
            return
        if figure.text.endswith(("以上", "以下", "以内")) and self._tells_which(index, end):
            words[index] = Word(figure.start, figure.end, figure.text, "word", "m")
            return
        before = words[max(self._taken, index - _REACH) : index]
        if self._resumed == self._taken and index - self._taken <= _LINK:
            # 社会福利（含津贴、补贴两项）90万元
            before = [*self._aside, *before]
        chained = self._taken > self._clause and (not before or is_separator(before[0]))
        after, after_end = words_after(words, index, end, self._lex)
        left = peel(before, self._lex, ratio=figure.dimension == "ratio")
        place = Place(index, figure, self._clause, index + 1, before, left, after, after_end, end, chained)
        self._breakdown.heads = after_end + 1 < len(words) and words[after_end + 1].text in self._lex.part_openers
        draft = self._draft(place) or Draft(figure, "", "")
        self._taken = place.used
        among = index + 1 < end and words[index + 1].text in AMONG
        if not draft.name:
            if among:
                # 34人中已有29人…: the total needs no name.
                self._breakdown.among(draft)
            return
        draft.keep_items(left)
        draft.share_items(self._memory.last)
        draft.words = tuple([w.text for w in (*left.words, *after)])
        draft.sums = left.copula in SUMMING and not left.words
        draft.rest = not _REST.isdisjoint([w.text for w in before[:2]])
        self._found.append(draft)
        self._memory.add(draft)
        if after[-1:] and after[-1].text in AMONG:
            # 20个行业中15个实现增长
            following = words[after_end].text if after_end < len(words) else ""
            self._breakdown.among(draft, loose=following in self._lex.part_openers)
        elif not after and among:
            self._breakdown.among(draft)
            self._taken = index + 2

    def _is_band(self, index: int) -> bool:
        """50万元以上的24件, 10万元以下的，共90件: which of them a later figure counts."""
        following = self._words[index + 1 : index + 3]
        return len(following) == 2 and following[0].text == "的" and following[1].kind in ("figure", "stop")

    def _tells_which(self, index: int, end: int) -> bool:
        """亿元以上项目17个, 30户以上自然村: the figure only tells which."""
        if index + 1 >= end:
            return False
        if index > self._taken and self._lex.is_deed(self._words[index - 1]):
            # 查获百吨以上走私案件9起, but 查获冻品百吨以上
            later = next((w for w in self._words[index + 1 : end] if w.figure is not None), None)
            return later is not None and later.start - self._words[index].end <= _BAND_REACH
        after = self._words[index + 1]
        if after.figure is not None:
            # 其中亿元以上86个
            return True
        return after.kind == "word" and after.tag[0] in "nbvxaz" and not self._lex.is_deed(after)

    # -- constructions --------------------------------------------------------------------------------------------

    def _draft(self, place: Place) -> Draft | None:
        if self._planned and self._planned[-1].figure is place.figure:
            return self._as_part(self._planned.pop())
        row = distribution(place, self._told)
        if row:
            self._planned = row[:0:-1]
            return self._as_part(row[0])
        if place.left.change is not None and (self._changes_things(place) or self._is_compound(place)):
            place.left.words = place.left.verb = [*place.left.words, place.left.change]
            place.left.change = None
        if place.left.change is not None and self._is_pace(place):
            place.left.words = [*place.left.basis, place.left.change]
            place.left.basis, place.left.change = [], None
        compared = comparison(place, self._told)
        if compared is not None:
            return compared
        if place.after and place.left.noun and self._only_does(place):
            place.left.words = place.left.verb = [w for w in place.left.words if w.text not in _DAILY]
        if place.after and noun_follows(place, self._lex):
            return before_noun(place, self._told)
        return after_noun(place, self._told)

    def _is_pace(self, place: Place) -> bool:
        """实际提速92%, 承诺办理提速80%: how much faster than the law asks, no change in time."""
        change, basis = place.left.change, place.left.basis
        fast = change is not None and change.text == "提速" and bool(basis) and place.figure.unit == "%"
        return fast and all(w.text in _PACE for w in (*place.left.words, *basis))

    def _changes_things(self, place: Place) -> bool:
        """增加3个班次, 改善20所学校: the verb of change is a deed, the figure counts what it is done to."""
        left, first = place.left, place.after[0] if place.after else None
        if first is None or left.basis or left.to or left.noun or place.figure.dimension != "count":
            return False
        return place.figure.unit not in PEOPLE_UNITS and first.kind == "word" and not self._lex.is_deed(first)

    def _is_compound(self, place: Place) -> bool:
        """改造提升15万亩: the verb of change belongs to the deed before it."""
        left = place.left
        bare = not left.basis and not left.to and bool(left.words)
        return bare and place.figure.dimension != "ratio" and all(map(self._lex.is_deed, left.words))

    def _merely_names(self, index: int, figure: Quantity, end: int) -> bool:
        """八类犯罪下降5%, 四项指数分别下降: a small number before a noun that a later figure of the clause tells of."""
        if figure.unit not in _KINDS or _DIGIT.search(figure.text) or index > self._taken:
            return False
        later = next((i for i in range(index + 1, end) if self._words[i].figure is not None), index)
        return any(w.text in self._lex.changes for w in self._words[index + 1 : later])

    def _only_does(self, place: Place) -> bool:
        """挂牌整治506个乱点, 日均投入50万警力: only verbs stand before the figure, and its noun after it."""
        verbs = (w.text in _DAILY or self._lex.is_verb(w) for w in place.left.words)
        return all(verbs) and place.after[0].tag[:1] in _NOMINAL

    def _as_part(self, draft: Draft) -> Draft:
        """东区、西区分别拆除6处、8处: the draft of a row as part of the total in force."""
        if draft.kind == "plain":
            total = self._breakdown.total_for(draft.figure, "", self._memory, chained=True)
            draft.part_of, draft.in_row = total.figure if total else None, True
        return draft


def _clause_ends(words: list[Word]) -> list[int]:
    """For each word the index of the mark that ends its clause."""
    end = len(words)
    ends = [end] * end
    for index in range(end - 1, -1, -1):
        if words[index].kind in ("stop", "shut", "open"):
            end = index
        ends[index] = end
    return ends


@cache
def _announcements() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("facts/data/metrics.toml")
    return re.compile(data["part_clauses"]), re.compile(data["among_clauses"])
