"""Where an office name can begin: a place, a level (市, 自治区) or a central body (司法部)."""

import re
from functools import cache
from typing import Literal, NamedTuple

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan
from extract.ner.places import BEFORE_AND, Chain, ordinary_words
from extract.ner.words import Words

_LEVEL = re.compile(r"自治区|自治州|自治县|自治旗|兵团|街道|地区|地(?=委)|省|市|县|区|州|旗|盟|镇|乡")
# 地区司法局, 地委政法委: the level of a prefecture.
_IN_PREFECTURE = re.compile(r"委|行署|[一-龥]{2,8}局|检察分院|中级")
_EACH = re.compile("各[省市区县州旗盟乡镇][（、）省市区县州旗盟乡镇]*$")
# 各镇人民政府、 | 街道办事处
_EACH_OFFICE = re.compile("各[乡镇街县市区旗][一-龥、]{0,8}[、（(]$")
_TOWN_LEVELS = frozenset({"街道", "镇", "乡"})
# 我市, 全省, 各县, 城市: a level with one of these before it is no name.
_NO_LEVEL_AFTER = frozenset("全我咱本该各两三四五六跨外多某每这那几众内大小城都旗县市省区州盟镇乡")
_LETTERS = re.compile(
    r"[中俄蒙日韩美英法德](?:(?<=中)[俄蒙日韩美英法德巴越老缅泰哈印朝]{1,3}|(?<!中)[俄蒙日韩美英法德]{2,3})"
)

# 十八站林业局, 十八里海关: places that are called after a distance or a number.
_NUMBERED = re.compile("[站里](?<=[一二三四五六七八九十].)(?![一-龥]?[长外路])")
_NUMERAL = re.compile("(?<![一-龥])[一二三四五六七八九十]{1,3}$")

AnchorKind = Literal["place", "level", "central"]


class Anchor(NamedTuple):
    """Where an office name can begin: a chain, a level or a central body at `[start, end)`."""

    start: int
    end: int
    kind: AnchorKind


@cache
def _seats() -> tuple[str, ...]:
    """The endings of places that offices are called after (石桥镇, 大通河流域)."""
    return tuple(load_toml("ner/data/places.toml")["seats"])


@cache
def _of_state() -> tuple[str, ...]:
    """The offices that are called after their place alone."""
    return tuple(load_toml("ner/data/places.toml")["words"]["of_state"])


@cache
def _other_words() -> frozenset[str]:
    """Words that stand before those offices in other senses."""
    return frozenset(load_toml("ner/data/places.toml")["words"]["other_words"])


@cache
def _province_letters() -> re.Pattern[str]:
    """冀蒙边界联合调解委员会: the letters of provinces that share an office."""
    letters = f"[{load_toml('ner/data/places.toml')['province_letters']}]"
    return re.compile(f"{letters}{letters}{{1,4}}(?=边界|交界|毗邻|边区)")


def find_anchors(
    words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate], touching: dict[int, bool]
) -> list[Anchor]:
    """The anchors of the text; `touching` as in `extract.ner.reach.Reach`."""
    return _Anchors(words, scan, chains, towns, touching).find()


class _Anchors:
    def __init__(
        self, words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate], touching: dict[int, bool]
    ) -> None:
        self.words = words
        self.text = words.text
        self.scan = scan
        self.chains = chains
        self.towns = towns
        self.touching = touching

    def find(self) -> list[Anchor]:
        """The anchors by where they begin, of one start the longest first."""
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
        for match in _NUMBERED.finditer(text):
            if self.touching.get(match.end()) and (
                numeral := _NUMERAL.search(text, max(0, match.start() - 4), match.start())
            ):
                anchors.append(Anchor(numeral.start(), match.end(), "place"))
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
        tag = self.words.tag_at(chain.start)
        if ordinary and len(name) == 2:
            # 天台 | 法院: a court has no other word before it than its place.
            return (
                not tag.startswith("v") and name not in _other_words() and self.text.startswith(_of_state(), chain.end)
            )
        return not ordinary and (tag in {"ns", "x", "nr", "nz"} or len(name) > 2)

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
