"""Organisations with an anchor: the grammar of office names, read forward from a place, a level or a central body.

Notes for a newcomer. The left edge of a Chinese organisation's name is the hard one. Where the name begins with a
place (兰溪市司法局) or a level (市司法局, 自治区司法厅), that *anchor* is the edge, and the name runs on to the last
ending that stands before a word which no name crosses (`Words.stops`): [place chain | level | central body] + office
+ [inner unit]. What has no anchor (西溪派出所, 蓝天救援队) is read by `extract.ner.organisations`.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from extract.data import load_toml
from extract.ner.anchors import Anchor, AnchorKind, find_anchors
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan
from extract.ner.places import Chain
from extract.ner.reach import HOTLINE, ITS_HEAD, SINGLE_UNITS, Reach
from extract.ner.subunits import unit_after
from extract.ner.words import Words

# A name longer than this has no second place in it.
_LONGEST_PLAIN = 10
# An office of a level no longer than this names a kind in quotes (“县医院”), a longer one its own branch.
_LONGEST_KIND = 4
# Fields of business that end a firm's name and begin others (医保基金监管中心).
_FIELDS = frozenset({"基金", "证券", "钢铁", "矿业", "油田"})
_PREFIX = re.compile(r"(?:中共|共青团|团|武警|国网|国能|国电|中铁|中建|中交|中石化|中石油|中粮|华能|大唐)$")
_COMMITTEE = "委员会"
_BANKS = ("建设银行", "农业银行", "工商银行", "邮储银行", "交通银行")
# 州文体广旅办通〔2021〕46号: the letters of a document's number.
# 气象局 | 联合 | 会商
# 市民 | 委托, 县政府办 | 理
_CUT_AMISS = re.compile("(?<=体育场)馆|(?<=联合会)[商同谈诊审签]|(?<=委)[托派任]|(?<=办)[事理结案]")
_NUMBERED = re.compile(r"[一-龥]{0,2}[〔［\[]\d{4}")
_PARTY = frozenset({"党委", "党组", "党工委", "党支部", "党总支", "工委"})
_PARTY_TITLES = re.compile(r"副?书记|成员|委员|班子|理论学习|会议|负责")
# 镇消防工作站
_STATIONED = frozenset({"消防", "水务", "环卫", "供水", "交通"})
# Cut off by jieba together with the end of a name: 事务/所以, 服务中心/在.
_PARTICLES = frozenset("以在对与和的将为向从到把被于是及也都就")
# 门前 and 门口 after an office are no part of a word such as 部门.
_FREE_WORDS = frozenset({"长期", "长年", "长效", "门户", "员工", "门前", "门口", "门外", "门诊", "门内"})

# What an office's inner units end with, whose names may begin with a deed (服务中心, 督查室).
_UNITS = ("科", "处", "室", "股", "中心", "站", "队", "组", "部", "办", "办公室", "支部", "总支", "厅", "大厅", "局")

# 4个 | 城区派出所, 3家 | 县医院
_OF_SOME = re.compile("[0-9两三四五六七八九十几多][个家所]$")
_KINDS_OF_PLACE = frozenset({"城区", "郊区", "矿区", "城中区"})
_NO_UNITS = ("场所", "厕所", "住所", "处所")
_HONOUR = re.compile("[等的]?(?:荣誉)?称号|荣誉")
# 淮北、宿州两市生态环境局, 三县司法局
SO_MANY = re.compile("[两三四五六七八九十](?:地|[省市县区州旗])(?!中)")
# 圆通 | 石桥镇网点
_OUTLET = re.compile("[一-龥]{2,9}?(?:网点|营业厅|营业部)(?!长)")
_PAIRS = (("“", "”"), ("（", "）"))


class Office(NamedTuple):
    """An office name at `[start, end)` whose anchor, of the given kind, ends at `anchor_end`."""

    start: int
    end: int
    kind: AnchorKind
    anchor_end: int


@cache
def office_words(key: str, list_name: str = "words") -> frozenset[str]:
    """The words of one list in offices.toml."""
    return frozenset(load_toml("ner/data/offices.toml")[key][list_name])


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile("|".join(load_toml("ner/data/offices.toml")["follow"]["never"]))


def find_offices(words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate]) -> list[Office]:
    """The office names of the text that begin with an anchor, in order, without overlap."""
    return _Grammar(words, scan, chains, towns).find()


class _Grammar:
    def __init__(self, words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate]) -> None:
        self.words = words
        self.text = words.text
        self.scan = scan
        self.chains = chains
        self.chain_starts = [c.start for c in chains]
        self.places = {*self.chain_starts, *(t.start for t in towns)}
        self.towns = towns
        self.heads = scan.heads
        self.head_ends = [h.end for h in self.heads]
        # Where offices begin that touch a level, and whether one of them is long enough to be trusted alone.
        self.touching: dict[int, bool] = {}
        for hit in self.heads:
            if hit.flags & (Flag.TOUCHING | Flag.DEPARTMENT):
                self.touching[hit.start] = self.touching.get(hit.start, False) or hit.end - hit.start >= 3
        self.not_offices = office_words("not_offices")
        self.generic = office_words("generic")
        self.needs_name = office_words("heads", "needs_name")
        self.kinds = office_words("generic", "kinds")
        self.deeds = tuple(office_words("firms", "deeds"))

    def find(self) -> list[Office]:
        found: list[Office] = []
        taken = 0
        anchors = find_anchors(self.words, self.scan, self.chains, self.towns, self.touching)
        self.reach = Reach(self.words, self.heads, self.touching, {a.start for a in anchors})
        # 市纪委监委驻市卫健委纪检监察组 is one name.
        levels = [a.start for a in anchors if a.kind == "level" and self.text[a.start - 1 : a.start] != "驻"]
        for anchor in anchors:
            if anchor.start < taken:
                continue
            at = bisect_left(levels, anchor.end)
            end = self._read(anchor, levels[at] if at < len(levels) else len(self.text))
            if end is None or self._quoted(anchor, end):
                continue
            if _OF_SOME.search(self.text, max(0, anchor.start - 4), anchor.start) and self._bare_kind(anchor):
                continue  # 4个 | 城区派出所
            if anchor.kind == "place" and SO_MANY.match(self.text, anchor.end, end):
                continue  # 双江、临翔两县检察院
            start = self._with_prefix(anchor.start, end)
            if self.text.startswith("中共", start) and self.text.startswith(_COMMITTEE, end):
                end += len(_COMMITTEE)  # 中共 … 公安局委员会
            found.append(Office(start, end, anchor.kind, anchor.end))
            taken = end
        return found

    def _bare_kind(self, anchor: Anchor) -> bool:
        return anchor.kind == "level" or self.text[anchor.start : anchor.end] in _KINDS_OF_PLACE

    def _quoted(self, anchor: Anchor, end: int) -> bool:
        """把“县医院”开到村口: a kind, and none of them. “全市示范工作室”称号: an honour."""
        if self.text[anchor.start - 1 : anchor.start] != "“" or self.text[end : end + 1] != "”":
            return False
        kind = anchor.kind == "level" and end - anchor.end <= _LONGEST_KIND
        return kind or bool(_HONOUR.match(self.text, end + 1))

    def _with_prefix(self, start: int, end: int) -> int:
        at = bisect_left(self.chain_starts, start) - 1
        if at >= 0 and self.chains[at].end == start and self.text.startswith(_BANKS, start):
            return self.chains[at].start  # 四川省 | 建设银行成都分行
        prefix = _PREFIX.search(self.text, max(0, start - 3), start)
        if prefix and (prefix[0] != "团" or self.text[end - 1] == "委"):
            return prefix.start()
        return start

    def _read(self, anchor: Anchor, next_level: int) -> int | None:
        """The end of the office name that begins with `anchor`, None if there is none.

        A complete name does not run across `next_level` (市委 | 市政府); an incomplete one may (某国东部省青年协会).
        """
        text = self.text
        best: int | None = anchor.end if anchor.kind == "central" else None
        limit = self.reach.limit(anchor.end)
        low, high = bisect_right(self.head_ends, anchor.end), bisect_right(self.head_ends, limit)
        for hit in self.heads[low:high]:
            if best is not None and hit.start > best and not self.words.begins(best) and text[best] in _PARTICLES:
                break
            if best is not None and hit.end > next_level >= best:
                break
            if hit.start >= anchor.end and self._ends(hit, anchor, best) and not self._open(anchor.end, hit.end):
                best = hit.end
        if best is None:
            return None
        outlet = _OUTLET.match(text, best) if anchor.kind == "central" and best in self.places else None
        return outlet.end() if outlet else unit_after(self.words, best) or best

    def _open(self, start: int, end: int) -> bool:
        """Whether a quote or a bracket opens in `[start, end)` and does not close there."""
        return any(self.text.rfind(a, start, end) > self.text.rfind(b, start, end) for a, b in _PAIRS)

    def _ends(self, hit: Hit, anchor: Anchor, best: int | None) -> bool:
        """Whether the name that begins with `anchor`, complete so far at `best`, can end with `hit`."""
        text, flags = self.text, hit.flags
        form = text[hit.start : hit.end]
        touches = hit.start in (anchor.end, best)
        known = bool(flags & Flag.DEPARTMENT or (touches and flags & Flag.TOUCHING))
        if not self._closed(hit, known):
            return False
        if best is not None and form in _PARTY and _PARTY_TITLES.match(text, hit.end):
            return False
        if known:
            # 山东省乡镇人民政府 is no one office.
            return touches or best is not None or text[anchor.end : hit.start] not in self.generic
        if form == "站" and text[anchor.end : hit.start] in {"", "东", "西", "南", "北"}:
            return False  # 成都东站
        if (
            flags & (Flag.PROPER | Flag.ENDING | Flag.UNIT)
            and anchor.kind != "place"
            and self._lettered(anchor.end, hit)
        ):
            return False  # 中国移动 | 5G基站
        inner = text[max(anchor.end, best or 0) : hit.start]
        if best is not None and inner.startswith(self.deeds) and not form.endswith(_UNITS):
            return False  # 县公安局 | 检查商场
        if flags & (Flag.PROPER | Flag.ENDING):
            if hit.end - anchor.end > _LONGEST_PLAIN and best is None and self._crosses_place(anchor.end, hit.start):
                return False  # 吉林全面振兴松原新篇章贡献工会
            if inner in self.kinds:
                return False  # 武汉市公立医院
            if anchor.kind == "central" and form in {"大学", "学院"}:
                return True  # 中国石油 | 大学
            if best is not None and (form[-1] == "队" or (form.endswith("公司") and hit.start == best)):
                return True  # 公路总段 | 应急队, 昌盛纸业 | 有限公司
            if form == "工作站" and inner in _STATIONED:
                return True
            own = inner not in self.generic or (best is not None and form == "中心")  # 海关 | 技术中心
            return form not in self.needs_name or bool(inner and own)
        return bool(flags & Flag.UNIT) and best is not None and hit.start > best

    def _lettered(self, start: int, hit: Hit) -> bool:
        return any(c.isascii() and c.isalnum() for c in self.text[start : hit.start]) and not HOTLINE.match(
            self.text, start
        )

    def _crosses_place(self, start: int, end: int) -> bool:
        """Whether another place is named in `[start, end)`."""
        low, high = bisect_left(self.chain_starts, start), bisect_left(self.chain_starts, end)
        return any(not chain.doubtful for chain in self.chains[low:high])

    def _closed(self, hit: Hit, known: bool) -> bool:
        """Whether the name may end where `hit` ends: no word runs on, and it is no ordinary word."""
        words, text = self.words, self.text
        if text[hit.end : hit.end + 1] in {"长", "门", "员"} and words.word_at(hit.end) not in _FREE_WORDS:
            return False
        if _NUMBERED.match(text, hit.end) or _CUT_AMISS.match(text, hit.end):
            return False
        if text[hit.start : hit.end] in _FIELDS and words.next_stop(hit.end) != hit.end:
            return False
        if ITS_HEAD.match(text, hit.end):
            return True
        if not words.begins(hit.end):
            if hit.end - hit.start == 1 and hit.flags & Flag.TOUCHING and text[hit.start] != "委":
                return False  # 市 | 局部
            if not known and words.tag_at(hit.end) == "v" and words.starts[words.index[hit.end]] > hit.start:
                return False  # 市气象局 | 联合 | 会商
            if text[hit.end] in _PARTICLES or text.startswith(("会员", "成员"), hit.end):
                return True
            return (known or hit.end - hit.start >= 3) and not _goes_on().match(text, hit.end)
        if known:
            return True
        word = words.word_at(hit.end - 1)
        if text.endswith(_NO_UNITS, 0, hit.end):
            return False
        if words.tag_at(hit.end - 1) in {"l", "i"} and len(word) > hit.end - hit.start:
            return False  # 综合执法大队 | 依法查处
        if hit.end - hit.start >= 3 and not hit.flags & Flag.UNIT:
            return True
        if len(word) == 1:
            before = words.word_at(hit.start - 1)
            return word in SINGLE_UNITS and len(before) >= 2 and before not in self.not_offices
        return word not in self.not_offices or (hit.end - hit.start >= len(word) and not hit.flags & Flag.UNIT)
