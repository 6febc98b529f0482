"""How far an office name can run: over which words that no name crosses it runs all the same.

Notes for a newcomer. Verbs, numerals and conjunctions end a name (`Words.stops`), but not within a known entry
(发展和改革委员会), in the number of a brigade (支队二大队), between the halves of a unit's name (行政复议与应诉科), and
where jieba takes a piece of a unit for a verb (综合协调科).
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache

from extract.data import load_toml
from extract.ner.lexicon import Hit
from extract.ner.words import Words
from extract.patterns import any_of

_LONGEST_RUN = 34
_LONGEST_STEM = 12
# Inside a name: 中伦（青岛）律师事务所, 象山区“红马甲”志愿服务队.
_BRACKETED = re.compile(r"（[一-龥A-Za-z·]{1,10}）|“[^“”，。；\n]{1,10}”")
# 土肥站站长, 评估科科长: the head of the unit shows where the unit ends.
ITS_HEAD = re.compile(r"(?<=(.))副?\1长")
# The numbers of brigades, works and schools (支队二大队, 采油三厂), which jieba takes for plain numerals.
_NUMBERED_UNIT = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:大队|中队|支队|分队|分公司|公司|分局|监区|分院|厂|处|科|庭|院)"
)
# 义容镇党委 | 书记, which jieba takes for one word.
_PARTY = re.compile("(?:党委|党工委|党总支|党支部)(?=副?书记)")
# 12315投诉举报指挥中心, 12345政务服务便民热线
HOTLINE = re.compile("1[12]\\d{1,3}[一-龥]{0,10}?(?:中心|办公室|工作站|服务站)(?![一-龥]?[长区])")
_CONJUNCTIONS = frozenset("与和及")
# 行政复议与应诉科, 质量强市与知识产权战略推进委员会: what follows a conjunction inside a name, and ends it.
_SECOND_HALF = re.compile(
    r"[一-龥]{2,9}?(?:科|(?<!办事)处|室|庭|部|中心|研究所|研究院|研究中心|研究室|学院|委员会|领导小组|指挥部)(?!长|员|门|理|署|所|学|分)"
)
_CLASSIFIERS = frozenset("亩吨里个名位家所座处间条项次件起只类种级大年月日季人万千百余多点届")
# 运行监测科, 人民参与和促进法治处: a unit whose name begins with a deed, right after its office.
_ACTING_UNIT = re.compile(
    "(?!成立|设立|组建|增设|新设|撤销|走进|走访|来到|前往|深入|查处|查封|捣毁|整治|排查|修缮|修复)(?:(?!各|办事)[一-龥]){2,12}?"
    "(?:科|股|司(?![法机令])|(?<![多几各数两该此何之到深远近用好坏查])处)"
    "(?=[，。、；：（）()！ \n]|$|副?[科处股]长|负责|工作人员|干部|供稿)"
)
_JOINTLY = re.compile("联合(?=调解|执法|党|团支|指挥|巡逻|督查|救援队|工作站|检查站|监管)")
# 农机购置补贴领导小组: a body that is called after what it is there for.
_BODY = re.compile("[一-龥]{2,14}?(?:领导小组|指挥部|工作专班)(?![一-龥]?长)")
# 诉前调解中心, 矛盾纠纷化解中心: a facility that is called after the deed right before its ending.
_FACILITY = re.compile(
    "[一-龥]{2,12}?(?=(?P<ending>(?:服务|管理|指挥)?(?:中心|工作室|调解室))(?![一-龥]?长|[城镇乡村校]|小学|工作|任务|卫生))"
)
_PARTICLES = frozenset("的了着过把被在对")
# A single word of one character can end an inner unit (监督/处) where a word of two or more names it.
SINGLE_UNITS = frozenset("处科室股庭部局厅")


@cache
def _stems() -> tuple[str, ...]:
    """What departments are for: 教育, 住房城乡建设."""
    offices = load_toml("ner/data/offices.toml")
    return tuple({*offices["departments"][0]["stems"], *offices["pairs"]["stems"]})


@cache
def _joint_half() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(_stems())})(?:局|委员会|委|厅|办公室)(?![一-龥]?长|员)")


class Reach:
    """The limits of the office names of one text.

    Args:
        words: its words.
        heads: the endings of offices in it, by end.
        touching: where offices begin that touch a place or level.
        anchor_starts: where office names can begin.
    """

    def __init__(self, words: Words, heads: list[Hit], touching: dict[int, bool], anchor_starts: set[int]) -> None:
        self.words = words
        self.text = words.text
        self.heads = heads
        self.head_ends = [h.end for h in heads]
        self.touching = touching
        self.anchor_starts = anchor_starts
        # Long entries vouch for the words inside them: 发展和改革委员会 is not cut at 和.
        self.covers = sorted(
            (h.start, h.end) for h in self.heads if h.end - h.start >= 3 or self.text[h.start : h.end] == "委办"
        )
        self.cover_starts = [c[0] for c in self.covers]

    def limit(self, start: int) -> int:
        """How far a name that begins at `start` can run: to the next word that no name crosses."""
        limit = self._to_stop(start)
        joint = self.text.find("和", start + 1, limit)
        while joint >= 0:
            if joint + 1 in self.anchor_starts and self._ends_at(joint):
                return joint  # 市公安局和 | 平坝区, which jieba takes for 和平
            joint = self.text.find("和", joint + 1, limit)
        return limit

    def _to_stop(self, start: int) -> int:
        """The next word behind `start` that no name crosses."""
        words, text = self.words, self.text
        position = start
        furthest = min(len(text), start + _LONGEST_RUN)
        while position < furthest:
            stop = words.next_stop(position)
            if stop >= furthest:
                return furthest
            at = bisect_right(self.cover_starts, stop)
            over = max((e for s, e in self.covers[max(0, at - 4) : at] if s >= start and e > stop), default=0)
            if over:
                position = over
                continue
            bracket = _BRACKETED.match(text, stop)
            if not bracket or (stop == start and text[stop] == "（"):
                past = self._past_stop(start, stop, furthest)
                if past is None:
                    return stop
                position = past
                continue
            position = bracket.end()
        return min(position, furthest)

    def _past_stop(self, start: int, stop: int, furthest: int) -> int | None:
        """The end of a stop word that stands inside a name that begins at `start`, None if the name ends before it."""
        words, text = self.words, self.text
        if numbered := _NUMBERED_UNIT.match(text, stop, furthest):
            return numbered.end() if words.begins(numbered.end()) else None
        end = words.ends[words.index[stop]]
        tag = words.tag_at(stop)
        if stop == start and (hotline := HOTLINE.match(text, stop, furthest)):
            return hotline.end()
        if stop == start and tag.startswith("m"):
            # 城固县五门堰小学: a numeral begins the name, unless it counts something.
            if text[stop] in "一某" and text[end : end + 1] not in "中小":
                return None  # 莲池区 | 一宾馆
            counts = end < len(text) and (text[end - 1] in _CLASSIFIERS or text[end] in _CLASSIFIERS)
            return None if counts or text[stop].isdigit() else end
        if tag.startswith("v") and (unit := self._acting_unit(stop, furthest)):
            return unit
        if tag.startswith("v") and (
            body := (stop > start and self._body(stop, furthest)) or self._facility(stop, furthest)
        ):
            return body
        if stop > start and _JOINTLY.match(text, stop) and not self._ends_at(stop):
            return end  # 冀蒙边界 | 联合 | 调解委员会
        if text[stop] in _CONJUNCTIONS and end == stop + 1 and stop - start >= 2:
            return self._second_half(stop, furthest)
        if stop == start and (party := _PARTY.match(text, stop)):
            return party.end()
        if ITS_HEAD.match(text, end):
            return end  # 土肥站 | 站长
        if stop == start and stop in self.touching and tag.startswith("v"):
            return end  # 消协, which jieba takes for a verb
        if tag.startswith("v") and text[end : end + 1] in SINGLE_UNITS and words.begins(end + 1):
            return end  # 综合 | 协调 | 科
        return None

    def _ends_at(self, offset: int) -> bool:
        """Whether an office may be complete at `offset`."""
        at = bisect_left(self.head_ends, offset)
        return at < len(self.head_ends) and self.head_ends[at] == offset

    def _acting_unit(self, stop: int, furthest: int) -> int | None:
        """Where the unit ends that begins with a deed at `stop` or with a word before it, right after an office."""
        at = bisect_right(self.head_ends, stop) - 1
        if at < 0 or stop - self.head_ends[at] > 2:
            return None
        unit = _ACTING_UNIT.match(self.text, self.head_ends[at], furthest + 1)
        return unit.end() if unit and _PARTICLES.isdisjoint(unit[0]) else None

    def _body(self, stop: int, furthest: int) -> int | None:
        """Where the body ends whose name goes on with a deed at `stop`, None if the name ends before it."""
        body = _BODY.match(self.text, stop, furthest + 1)
        if not body or not _PARTICLES.isdisjoint(body[0]) or self._ends_at(stop):
            return None
        words, outside = self.words, load_toml("ner/data/offices.toml")["bodies"]["done_with"]
        inner = words.stops_between(stop, body.end())
        inside = all(words.tag_at(s).startswith("v") and words.word_at(s) not in outside for s in inner)
        return body.end() if inside else None

    def _facility(self, stop: int, furthest: int) -> int | None:
        """Where the facility ends whose name goes on with a deed at `stop`, None if the deed is done with it."""
        deeds = _FACILITY.match(self.text, stop, furthest + 1)
        if not deeds or self._ends_at(stop):
            return None
        words, outside = self.words, load_toml("ner/data/offices.toml")["bodies"]
        inner = words.stops_between(stop, deeds.end())
        for at in inner:
            word = words.word_at(at)
            if not words.tag_at(at).startswith("v") or word in outside["done_with"] or word in outside["gone_to"]:
                return None
        return deeds.end("ending") if words.tag_at(deeds.end() - 1).startswith("v") else None

    def _second_half(self, conjunction: int, furthest: int) -> int | None:
        """Where the second half of a name with a conjunction ends, None if another name or none begins there."""
        joint = _joint_half().match(self.text, conjunction + 1, furthest)
        if joint and self.text.endswith(_stems(), max(0, conjunction - _LONGEST_STEM), conjunction):
            return joint.end()  # 教育和体育局
        if self._ends_at(conjunction):
            return None  # 市民政局和 …
        half = _SECOND_HALF.match(self.text, conjunction + 1, furthest)
        if not half or conjunction + 1 in self.anchor_starts or conjunction + 1 in self.touching:
            return None
        stop = self.words.next_stop(conjunction + 1)
        return half.end() if stop >= half.end() or self.words.tag_at(stop).startswith("v") else None
