"""Organisations with an anchor: the grammar of office names, read forward from a place, a level or a central body.

Notes for a newcomer. The left edge of a Chinese organisation's name is the hard one. Where the name begins with a
place (兰溪市司法局) or a level (市司法局, 自治区司法厅), that *anchor* is the edge, and the name runs on to the last
ending that stands before a word which no name crosses (`Words.stops`): [place chain | level | central body] + office
+ [inner unit]. What has no anchor (西溪派出所, 蓝天救援队) is read by `extract.ner.organisations`.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import Literal, NamedTuple

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan
from extract.ner.places import BEFORE_AND, Chain, ordinary_words
from extract.ner.reach import HOTLINE, ITS_HEAD, SINGLE_UNITS, Reach
from extract.ner.subunits import unit_after
from extract.ner.words import Words

# A name longer than this has no second place in it.
_LONGEST_PLAIN = 10
# Fields of business that end a firm's name and begin others (医保基金监管中心).
_FIELDS = frozenset({"基金", "证券", "钢铁", "矿业", "油田"})
_LEVEL = re.compile(r"自治区|自治州|自治县|自治旗|兵团|街道|地区|地(?=委)|省|市|县|区|州|旗|盟|镇|乡")
# 我市, 全省, 各县, 城市: a level with one of these before it is no name.
# 地区司法局, 地委政法委: the level of a prefecture.
_IN_PREFECTURE = re.compile(r"委|行署|[一-龥]{2,8}局|检察分院|中级")
_EACH = re.compile("各[省市区县州旗盟乡镇][（、）省市区县州旗盟乡镇]*$")
# 各镇人民政府、 | 街道办事处
_EACH_OFFICE = re.compile("各[乡镇街县市区旗][一-龥、]{0,8}[、（(]$")
_TOWN_LEVELS = frozenset({"街道", "镇", "乡"})
_NO_LEVEL_AFTER = frozenset("全我咱本该各两三四五六跨外多某每这那几众内大小城都旗县市省区州盟镇乡")
_LETTERS = re.compile(
    r"[中俄蒙日韩美英法德](?:(?<=中)[俄蒙日韩美英法德巴越老缅泰哈印朝]{1,3}|(?<!中)[俄蒙日韩美英法德]{2,3})"
)
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
# Cut off by jieba together with the end of a name: 事务/所以, 服务中心/在.
_STATIONED = frozenset({"消防", "水务", "环卫", "供水", "交通"})  # 镇消防工作站
_PARTICLES = frozenset("以在对与和的将为向从到把被于是及也都就")
# 门前 and 门口 after an office are no part of a word such as 部门.
_FREE_WORDS = frozenset({"长期", "长年", "长效", "门户", "员工", "门前", "门口", "门外", "门诊", "门内"})

# What an office's inner units end with, whose names may begin with a deed (服务中心, 督查室).
_UNITS = ("科", "处", "室", "股", "中心", "站", "队", "组", "部", "办", "办公室", "支部", "总支", "厅", "大厅", "局")

_OF_SOME = re.compile("[0-9两三四五六七八九十几多][个家所]$")
_KINDS_OF_PLACE = frozenset({"城区", "郊区", "矿区", "城中区"})
_NO_UNITS = ("场所", "厕所", "住所", "处所")
_HONOUR = re.compile("[等的]?(?:荣誉)?称号|荣誉")
# 淮北、宿州两市生态环境局, 三县司法局
SO_MANY = re.compile("[两三四五六七八九十](?:地|[省市县区州旗])(?!中)")
_PAIRS = (("“", "”"), ("（", "）"))

AnchorKind = Literal["place", "level", "central"]


class Anchor(NamedTuple):
    """Where an office name can begin: a chain, a level or a central body at `[start, end)`."""

    start: int
    end: int
    kind: AnchorKind


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
def _seats() -> tuple[str, ...]:
    """The endings of places that offices are called after (石桥镇, 大通河流域)."""
    return tuple(load_toml("ner/data/places.toml")["seats"])


@cache
def _province_letters() -> re.Pattern[str]:
    """冀蒙边界联合调解委员会: the letters of provinces that share an office."""
    letters = f"[{load_toml('ner/data/places.toml')['province_letters']}]"
    return re.compile(f"{letters}{letters}{{1,4}}(?=边界|交界|毗邻|边区)")


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
        anchors = self._anchors()
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
        return anchor.kind == "level" or bool(_HONOUR.match(self.text, end + 1))

    def _with_prefix(self, start: int, end: int) -> int:
        at = bisect_left(self.chain_starts, start) - 1
        if at >= 0 and self.chains[at].end == start and self.text.startswith(_BANKS, start):
            return self.chains[at].start  # 四川省 | 建设银行成都分行
        prefix = _PREFIX.search(self.text, max(0, start - 3), start)
        if prefix and (prefix[0] != "团" or self.text[end - 1] == "委"):
            return prefix.start()
        return start

    def _anchors(self) -> list[Anchor]:
        words, text = self.words, self.text
        anchors = [Anchor(c.start, c.end, "place") for c in self.chains if not c.doubtful or self._anchors_doubtful(c)]
        seats = _seats()
        before = {a.end: a.start for a in anchors}  # 梨树县 | 凤凰山
        anchors += [
            Anchor(before.get(t.start, t.start), t.end, "place")
            for t in self.towns
            if text.endswith(seats, t.start, t.end)
        ]
        covered = {i for a in anchors for i in range(a.start, a.end)}
        last = 0
        for hit in self.scan.central:
            if hit.start >= last and self._is_central(hit):
                anchors.append(Anchor(hit.start, hit.end, "central"))
                last = hit.end
        for match in _LEVEL.finditer(text):
            start, end = match.span()
            if match[0][0] == "地" and not (_IN_PREFECTURE.match(text, end) and words.stop_before(start) == start):
                continue
            if start in covered or self._of_each(start, end):
                continue
            if start and text[start - 1] in _NO_LEVEL_AFTER:
                if text[start - 1] == "该" and self.touching.get(end):
                    anchors.append(Anchor(start, end, "level"))  # 该 | 县人社局
                continue
            begins = words.begins(start) and (end in self.touching or words.begins(end))
            # 县妇联和县 | 教育局: 和县 is a county's name too.
            joined = match[0] == "县" and text[start - 1 : start] == "和" and text[start - 2 : start - 1] in BEFORE_AND
            if begins or (self.touching.get(end) and (joined or words.tag_at(start) == "x")):
                anchors.append(Anchor(start, end, "level"))
        for letters in (_LETTERS, _province_letters()):
            anchors += [Anchor(*m.span(), "place") for m in letters.finditer(text) if words.begins(m.start())]
        # A central body that begins with a country's name goes before the bare place.
        anchors.sort(key=lambda a: (a.start, -a.end))
        return anchors

    def _of_each(self, start: int, end: int) -> bool:
        """各县（市）| 区民政局, 市各直属工会: said of all of a kind."""
        if self.text[start:end] in _TOWN_LEVELS and _EACH_OFFICE.search(self.text, max(0, start - 12), start):
            return True
        return self.text[end : end + 1] in {"各", "属"} or bool(_EACH.search(self.text, max(0, start - 8), start))

    def _anchors_doubtful(self, chain: Chain) -> bool:
        """Whether a doubtful name may begin an office: a district's or a county's, but no ordinary word (郊区)."""
        name = chain.names[0]
        ordinary = name in ordinary_words() or (len(name) > 2 and not chain.flags & Flag.SHORT)
        named = self.words.tag_at(chain.start) in {"ns", "x", "nr", "nz"} or len(name) > 2
        return not ordinary and named

    def _is_central(self, hit: Hit) -> bool:
        words, following = self.words, self.text[hit.end : hit.end + 1]
        if self.text.startswith("代表", hit.end) and self.text[hit.start : hit.end].endswith(("大会", "人大")):
            return False
        if following in {"门", "长"} or (following in {"队", "发", "网", "行"} and not words.begins(hit.end)):
            return False
        if hit.end - hit.start >= 4:
            return True
        if not (words.begins(hit.start) and words.begins(hit.end)):
            return False
        # 在格中 | 办: two characters alone are a name only where a phrase begins.
        free = (
            hit.start == 0 or not "一" <= self.text[hit.start - 1] <= "龥" or words.stop_before(hit.start) == hit.start
        )
        return hit.end - hit.start > 2 or free

    def _read(self, anchor: Anchor, next_level: int) -> int | None:
        """The end of the office name that begins with `anchor`, None if there is none.

        A complete name does not run across `next_level` (市委 | 市政府); an incomplete one may (某国东部省青年协会).
        """
        text = self.text
        best = anchor.end if anchor.kind == "central" else None
        limit = self.reach.limit(anchor.end)
        low, high = bisect_right(self.head_ends, anchor.end), bisect_right(self.head_ends, limit)
        for hit in self.heads[low:high]:
            if best is not None and hit.start > best and not self.words.begins(best) and text[best] in _PARTICLES:
                break
            if best is not None and hit.end > next_level >= best:
                break
            if hit.start >= anchor.end and self._ends(hit, anchor, best) and not self._open(anchor.end, hit.end):
                best = hit.end
        return best if best is None else unit_after(self.words, best) or best

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
            if best is not None and form[-1] == "队":
                return True  # 公路总段 | 应急队
            if form == "工作站" and inner in _STATIONED:
                return True
            return form not in self.needs_name or bool(inner and inner not in self.generic)
        return bool(flags & Flag.UNIT) and best is not None and hit.start > best

    def _lettered(self, start: int, hit: Hit) -> bool:
        return any(c.isascii() and c.isalnum() for c in self.text[start : hit.start]) and not HOTLINE.match(
            self.text, start
        )

    def _crosses_place(self, start: int, end: int) -> bool:
        """Whether another place is named in `[start, end)`."""
        at = bisect_left(self.chain_starts, start)
        return at < len(self.chain_starts) and self.chain_starts[at] < end and not self.chains[at].doubtful

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
