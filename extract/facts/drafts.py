"""The drafts of one sentence's metrics: what each of its figures is the figure of.

Notes for a newcomer. `SentenceReader` walks over the words once. At a figure it decides between three
constructions: several figures for several indicators (死亡、受伤人数分别减少11人、96人), a comparison or share that
refers to an indicator (同比增长7.9%, 占51.1%), and a figure with words of its own, before it (办理案件198件) or after
it (设立6家中心). What the clause leaves out comes from the drafts found so far.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.facts.breakdown import Breakdown, Draft, part_name
from extract.facts.gate import gate
from extract.facts.indicators import Left, Peeler, is_separator, joined
from extract.facts.phrases import Word, lexicon
from extract.layers import Offsets
from schemas import Quantity

_PERSON_UNITS = frozenset({"人", "人次", "名", "位"})
_EVENT_REACH = 200
_TOLD = 6  # a longer predicate is a clause of its own
_MEASURES = "数率额量值费比"


class SentenceReader:
    """Reads the metrics of one sentence.

    Args:
        text: the view's text.
        sentence: the sentence's offsets.
        words: the sentence's words.
        before: the drafts of the sentences before, to which 其中 or a comparison may refer.
    """

    def __init__(self, text: str, sentence: Offsets, words: list[Word], before: list[Draft]) -> None:
        self.text, self.sentence, self.words, self.before = text, sentence, words, before
        for word in words:
            if (
                word.figure is not None
                and word.figure.dimension == "age"
                and text[word.start - 2 : word.start] != "平均"
            ):
                # 为3.6万名80周岁以上老人…: an age only tells which.
                word.kind = "time"
        self.lex = lexicon()
        self.peeler = Peeler(self.lex)
        self.found: list[Draft] = []
        self.breakdown = Breakdown()
        self.clause = 0  # index of the first word after the last mark
        self.taken = 0  # index of the first word that no figure has used yet
        self.planned: list[Draft] = []  # the drafts of the figures to come in a distribution, the next one last

    def drafts(self) -> list[Draft]:
        """The sentence's drafts, in order."""
        for index, word in enumerate(self.words):
            if word.kind == "stop":
                self._stop(index)
            elif word.kind == "open":
                last = self.found[-1] if self.found else None
                self.breakdown.open_bracket(last if last and last.figure.end == word.start else None)
                self.clause = self.taken = index + 1
            elif word.kind == "shut":
                self.breakdown.close_bracket()
                self.clause = self.taken = index + 1
            elif word.kind == "word" and word.text in self.lex.part_openers:
                # 其中 opens parts wherever it stands, 含 and 包括 only at the head of a clause.
                if word.text.startswith("其中") or index == self.clause:
                    self.breakdown.want()
            elif word.figure is not None and word.kind == "figure":
                self._figure(index, word.figure)
        return self.found

    def _stop(self, index: int) -> None:
        if self.words[index].text == "；":
            self.breakdown.semicolon()
        previous = self.words[index - 1] if index else None
        if previous is not None and self.found and previous.text in ("中", "当中", "里"):
            last = self.found[-1]
            if previous.start - last.figure.end <= 6 and last.figure.start >= self.words[self.clause].start:
                self.breakdown.among(last)
        clause = self.words[self.clause : index]
        if clause and clause[-1].figure is None:
            self._announce(self.text[clause[0].start : clause[-1].end])
        self.clause = self.taken = index + 1
        self.planned = []

    def _announce(self, clause: str) -> None:
        """分产业看, 在各类警情中: the clause announces parts of a total."""
        parts, among = _announcements()
        if parts.search(clause):
            self.breakdown.want()
        elif found := among.search(clause):
            whole = found[1]
            total = next((d for d in reversed([*self.before, *self.found]) if d.name.endswith(whole[-2:])), None)
            if total is not None and total.kind == "plain":
                self.breakdown.among(total)

    # -- figures --------------------------------------------------------------------------------------------------

    def _figure(self, index: int, figure: Quantity) -> None:
        words = self.words
        end = index
        while end < len(words) and words[end].kind not in ("stop", "shut", "open"):
            end += 1
        if not gate().reports(self.text, figure, words[self.clause].start, self.sentence[0], words[end - 1].end):
            # It stays among the words of the next figure: 每千人口, 三级 as part of the name, 两天里 as a time.
            named = figure.unit in ("级", "人口", "") or (index > 0 and words[index - 1].text == "每")
            words[index] = Word(figure.start, figure.end, figure.text, "word" if named else "time", "m")
            return
        before = words[self.taken : index]
        if figure.text.endswith(("以上", "以下", "以内")) and self._bounds_noun(index, end):
            words[index] = Word(figure.start, figure.end, figure.text, "word", "m")
            return
        chained = self.taken > self.clause and (not before or is_separator(before[0]))
        left = self.peeler.left(before)
        after, consumed = self._after(index, end)
        self.taken = index + 1
        if self.planned and not left.words:
            draft: Draft | None = self.planned.pop()
        else:
            draft = (
                self._distributed(index, figure, left, before)
                or self._comparison(index, figure, left)
                or self._counted(index, figure, left, before, after, consumed, end, chained)
            )
        if draft is not None and draft.name:
            self.found.append(draft)
            if after and after[-1].text in ("中", "当中") and consumed < end and words[consumed].kind == "figure":
                # 30个行业中19个实现增长
                self.breakdown.among(draft)

    def _bounds_noun(self, index: int, end: int) -> bool:
        """亿元以上项目17个, 50户以上自然村: the figure only tells which."""
        if index + 1 >= end or (index > self.taken and self.peeler.is_deed(self.words[index - 1])):
            return False
        after = self.words[index + 1]
        return after.kind == "word" and after.tag[0] in "nbvx" and not self.peeler.is_deed(after)

    def _after(self, index: int, end: int) -> tuple[list[Word], int]:
        """The words after the figure that may be its own, and the index of the first word that is not."""
        stop = index + 1
        while stop < end and self.words[stop].kind != "figure":
            stop += 1
        after = self.words[index + 1 : stop]
        while after and (after[0].text in ("不等", "左右", "之间") or after[0].text[0] in "（("):
            after = after[1:]
            index += 1
        if stop < end and len(after) > 1 and self._leads_on(after, self.words[stop].figure):
            # 12个断面优良比例91.7%: the rate belongs to the figure after it.
            return after[:1], index + 1
        if after and (is_separator(after[0]) or after[0].text in ("中", "当中", "里")):
            return [], index + 1
        if stop < end and after:
            marks = [i for i, w in enumerate(after) if w.kind == "list"]
            if is_separator(after[-1]):
                marks.append(len(after) - 1)
            if marks:
                relative = self.peeler.is_verb(after[0]) and any(w.text == "的" for w in after)
                after = after[: marks[-1] if relative else marks[0]]
        return after, index + 1 + len(after)

    def _leads_on(self, after: list[Word], following: Quantity | None) -> bool:
        """Whether the words between two figures make an indicator of the second, a rate."""
        if following is None or following.dimension != "ratio":
            return False
        rest = [w for w in after if w.text not in self.lex.copulas]
        return (
            bool(rest) and rest[-1].text.endswith(("率", "比例", "比重", "占比")) and not any(map(is_separator, rest))
        )

    def _base(self, figure: Quantity) -> Draft | None:
        """The figure before to which a comparison or share refers; of the same unit if it is an absolute change."""
        plain = [d for d in (*self.before, *self.found) if d.kind == "plain"]
        if figure.dimension != "ratio":
            same = [d for d in plain if d.figure.unit == figure.unit]
            plain = same or plain
        return plain[-1] if plain else None

    # -- several figures for several indicators -------------------------------------------------------------------

    def _distributed(self, index: int, figure: Quantity, left: Left, before: list[Word]) -> Draft | None:
        figures = [figure]
        at = index
        while at + 2 < len(self.words) and is_separator(self.words[at + 1]):
            following = self.words[at + 2].figure
            if following is None or following.dimension != figure.dimension:
                break
            figures.append(following)
            at += 2
        if len(figures) == 1:
            return None
        items = _items(left.words)
        told = any(w.text.startswith("分别") for w in before)
        if len(items) != len(figures) or not all(items) or not (told or left.change or figure.dimension == "ratio"):
            if told and not left.words:
                return self._distributed_back(figures, left) or self._distributed_over_clause(figures)
            if not told:
                return None
            items = [left.words] * len(figures)
        names = _shared(items, len(left.verb) if len(left.verb) < len(items[0]) else 0)
        suffix = "".join(w.text for w in left.basis if w.text in ("同比", "环比"))
        if left.change is not None and not left.to:
            suffix += left.change.text
        if left.share:
            suffix = "占比"
        kind = "change" if left.change is not None and not left.to else "plain"
        drafts = [Draft(f, "", n + suffix, kind) for f, n in zip(figures, names, strict=True)]
        self.planned = drafts[:0:-1]
        return drafts[0]

    def _distributed_back(self, figures: list[Quantity], left: Left) -> Draft | None:
        """事故18起、死亡11人，同比分别下降25%和31.2%: the indicators are those of as many figures before."""
        bases = [d for d in self.found if d.kind == "plain"][-len(figures) :]
        if len(bases) < len(figures) or left.change is None:
            return None
        suffix = "".join(w.text for w in left.basis if w.text in ("同比", "环比")) + left.change.text
        drafts = [Draft(f, "", b.name + suffix, "change") for f, b in zip(figures, bases, strict=True)]
        self.planned = drafts[:0:-1]
        return drafts[0]

    def _distributed_over_clause(self, figures: list[Quantity]) -> Draft | None:
        """甲、乙、丙投诉量居前三位，分别为…: the indicators are listed in the clause before."""
        end = self.clause - 1
        start = end
        while start > 0 and self.words[start - 1].kind not in ("stop", "figure", "open", "shut"):
            start -= 1
        clause = self.words[start:end]
        said = next(
            (i for i, w in enumerate(clause) if w.text[0] in "居位列排" or w.text.startswith("分")), len(clause)
        )
        items = _items(self.peeler.left(clause[:said]).words)
        if len(items) != len(figures) or not all(items):
            return None
        drafts = [Draft(f, "", n) for f, n in zip(figures, _shared(items, 0), strict=True)]
        self.planned = drafts[:0:-1]
        return drafts[0]

    # -- comparisons and shares -----------------------------------------------------------------------------------

    def _comparison(self, index: int, figure: Quantity, left: Left) -> Draft | None:
        exceeds = next((i for i, w in enumerate(left.words) if w.text in self.lex.exceeds), None)
        if left.change is None and not left.share and not left.start and exceeds is None:
            return None
        base = self._base(figure)
        of_base = base.name if base is not None else ""
        own = self._measured(joined(left.words))
        if left.share:
            # 占51.1%: the share of the figure before; 民营企业占90%: of the subject of the clause.
            return Draft(figure, "", (own or of_base) + "占比", "share") if own or of_base else None
        if left.start:
            following = self.words[index + 1].text if index + 1 < len(self.words) else ""
            if following[:1] not in "升降增减提下上压缩调扩拓涨扭回恢翻":
                return None
            return Draft(figure, "", own or of_base, "start")
        if left.change is None:
            own = joined(left.words[:exceeds])
            return Draft(figure, "", (own or of_base) + joined(left.words[exceeds:]), "change")
        change = "翻番" if figure.unit == "番" else left.change.text
        if left.to:
            last = self.found[-1] if self.found else None
            started = last.name if last is not None and last.kind == "start" else ""
            return Draft(figure, "", own or started or of_base, "plain")
        prefix = "".join(w.text for w in left.basis if w.text in ("同比", "环比", "年均"))
        if own and left.verb and not left.noun and not left.basis:
            return Draft(figure, own, change, "plain")
        if not own and not of_base:
            return None
        return Draft(figure, "", (own or of_base) + prefix + change, "change")

    # -- figures with words of their own --------------------------------------------------------------------------

    def _counted(
        self,
        index: int,
        figure: Quantity,
        left: Left,
        before: list[Word],
        after: list[Word],
        consumed: int,
        end: int,
        chained: bool,
    ) -> Draft | None:
        if after and self._noun_follows(figure, left, before, after):
            return self._before_noun(index, figure, left, before, after, consumed, end, chained)
        return self._after_noun(figure, left, before, chained)

    def _after_noun(self, figure: Quantity, left: Left, before: list[Word], chained: bool) -> Draft | None:
        """办理法律援助案件198件: the indicator stands before its figure."""
        verb, noun = joined(left.verb), joined(left.noun)
        last = self.found[-1] if self.found else None
        total = self.breakdown.total_for(figure, self._deed(left), [*self.before, *self.found], chained)
        if total is not None:
            verb, noun = part_name(left.verb, left.noun, total, figure.unit)
        elif not left.words:
            if last is not None and (chained or last.figure.start >= self.words[self.clause].start):
                verb, noun = last.verb, last.noun
            elif left.copula or before:
                same = [d for d in (*self.before, *self.found) if d.kind == "plain" and d.figure.unit == figure.unit]
                if same and self.found:
                    verb, noun = same[-1].verb, same[-1].noun
            elif figure.unit in ("倍", "番"):
                base = self._base(figure)
                noun = base.name + "倍数" if base is not None else ""
        elif not verb and chained and last is not None:
            # 出动检查组68个、民警412人次: the deed is shared.
            verb = last.verb
        elif verb in self.lex.completion_verbs and not noun and figure.unit not in _PERSON_UNITS:
            # 揪出隐患1204处，督促整改1189处: the object is shared.
            same = [d for d in self.found if d.kind == "plain" and d.figure.unit == figure.unit]
            noun = same[-1].noun if same else ""
        elif not verb:
            noun = self._measured(noun)
        if verb in self.lex.attend_verbs and not noun:
            noun = self._event(figure)
        return Draft(figure, verb, noun, part_of=total.figure if total else None)

    def _deed(self, left: Left) -> str:
        """The leading verb if it surely tells a deed: 脱贫 in 脱贫户 does not."""
        plain = left.verb and (left.noun or any(map(self.peeler.is_deed, left.verb)))
        return joined(left.verb) if plain else ""

    def _measured(self, name: str) -> str:
        """A bare measure (总数, 日均) together with what it measures, told before."""
        if name not in self.lex.bare_measures:
            return name
        return next((d.name for d in reversed(self.found) if d.kind == "plain"), "") + name

    def _noun_follows(self, figure: Quantity, left: Left, before: list[Word], after: list[Word]) -> bool:
        """Whether the words after the figure are its own, not those of the next figure or of another clause."""
        first = after[0]
        if not left.words or left.preposition:
            return True
        if first.text == "的":
            return len(after) > 1
        last = before[-1]
        if last.text in ("等", "的", "分") or (last.text == "共" and not left.verb) or last.kind == "name":
            return True
        says = self.peeler.is_verb(first) or first.tag == "d" or first.text in self.lex.prepositions
        if says and figure.unit in _PERSON_UNITS:
            return bool(left.verb and not left.noun) or (not left.verb and self.peeler.is_agent(left.words[-1]))
        if says:
            return figure.dimension == "money" and not left.noun
        return not left.noun or self.peeler.governed(before) is not None

    def _before_noun(
        self,
        index: int,
        figure: Quantity,
        left: Left,
        before: list[Word],
        after: list[Word],
        consumed: int,
        end: int,
        chained: bool,
    ) -> Draft | None:
        """设立6家中心, 12家法院设立了工作站: the noun stands after its figure, with or without a deed before it."""
        attribute = after[0].text == "的"
        after = after[attribute:]
        among = after[-1].text in ("中", "当中", "里")
        after = after[: len(after) - among]
        noun, said = self.peeler.split(after, people=figure.unit in ("人", "人次"))
        self.taken = consumed - len(said)
        counted = joined(noun)
        if attribute and left.words and left.words[-1].text in self.lex.bare_measures:
            return Draft(figure, "", counted + left.words[-1].text)
        governed = left.preposition or self.peeler.governed(before)
        deed = joined(left.verb)
        if governed or (before and before[-1].text in ("的", "分")):
            deed = ""
        if chained and not left.words and self.found:
            deed = self.found[-1].verb
        told = "" if among else self._told(index, end, said)
        if not deed and not governed and self._is_doer(index, figure, left, noun, said, end):
            return None
        total = self.breakdown.total_for(figure, deed, [*self.before, *self.found])
        part_of = total.figure if total else None
        if deed:
            if said and (not counted or (left.verb[-1:] and left.verb[-1].text in self.lex.causing_verbs)):
                counted += told
            elif len(said) == 1 and said[0].text in self.lex.event_nouns:
                counted += said[0].text
            elif any(w.text == "的" for w in noun[1:-1]):
                # 完成37所学校的旱厕改造: what is done to the noun counted belongs to the deed.
                of = max(i for i, w in enumerate(noun) if w.text == "的")
                counted = joined(noun[of + 1 :]) + joined(noun[:of])
            return Draft(figure, deed, counted, part_of=part_of)
        if total is not None and not told:
            verb, rest = part_name([], noun, total, figure.unit)
            return Draft(figure, verb, rest, part_of=part_of)
        if told in self.lex.attend_verbs:
            told += self._event(figure)
        if counted in self.lex.bare_nouns and told:
            counted = ""
        if total is not None and not counted:
            counted = total.noun
        if governed in ("为", "给", "向") and len(counted) > len(told) > 0:
            return Draft(figure, "", governed + counted + told)
        listed = any(w.text == "等" for w in before[-3:]) and any(w.kind == "name" for w in before)
        return Draft(figure, told, counted, part_of=part_of, listed=before[0].start if listed else None)

    def _is_doer(self, index: int, figure: Quantity, left: Left, noun: list[Word], said: list[Word], end: int) -> bool:
        """Whether the figure only counts the doers of what the clause reports (5家律所代理案件600余件, 三家发函)."""
        if not said or "有" in left.copula or figure.unit in ("人", "人次"):
            return False
        if not noun:
            return len(figure.text) == 2 and figure.text[0] in "两二三四五六七八九十"
        following = any(w.kind == "figure" for w in self.words[index + 1 : end])
        return following and self.peeler.is_agent(noun[-1])

    def _told(self, index: int, end: int, said: list[Word]) -> str:
        """What the clause says of the noun counted; in a list (12家法院、7家看守所设立了…) it stands after the last."""
        if said:
            words = self.words[next(i for i in range(index, end) if self.words[i] is said[0]) : end]
        else:
            rest = self.words[index + 1 : end]
            figures = [i for i, w in enumerate(rest) if w.kind == "figure"]
            words = self.peeler.split(rest[figures[-1] + 1 :])[1] if figures else []
        told = self.peeler.said(words)
        # Only a deed makes an indicator: 11支志愿队伍活跃在社区 counts the 志愿队伍.
        if any(self.peeler.is_verb(w) or w.tag in ("l", "i", "vn") for w in told[:2]):
            return joined(told)
        return ""

    def _event(self, figure: Quantity) -> str:
        """The event told of last before the figure, for 300余人到场."""
        events = _events().findall(self.text, max(0, figure.start - _EVENT_REACH), figure.start)
        return events[-1] if events else ""


def _items(words: list[Word]) -> list[list[Word]]:
    """The items of a list."""
    items: list[list[Word]] = [[]]
    for word in words:
        if is_separator(word):
            items.append([])
        else:
            items[-1].append(word)
    return items


def _shared(items: list[list[Word]], deed: int) -> list[str]:
    """The items of a list with what they share: a deed in front, a head at the end, a modifier of the first."""
    verb, first, last = items[0][:deed], items[0][deed:], items[-1]
    names: list[str] = []
    for place, item in enumerate(items):
        words = first if place == 0 else item
        lacks_head = len(last) > 1 and words[-1].text[-1] != last[-1].text[-1]
        if place < len(items) - 1 and lacks_head and (len(words) == 1 or last[-1].text[-1] in _MEASURES):
            if words[-1].text[-1] not in _MEASURES:
                words = [*words, *last[1:]]
        elif place and len(first) > len(words) and first[-1].text[-1] == words[-1].text[-1]:
            words = [*first[: len(first) - len(words)], *words]
        names.append(joined(verb) + joined(words))
    return names


@cache
def _events() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon().event_nouns_attended, key=len, reverse=True)))


@cache
def _announcements() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("facts/data/metrics.toml")
    return re.compile(data["part_clauses"]), re.compile(data["among_clauses"])
