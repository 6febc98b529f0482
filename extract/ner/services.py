"""Organisations that go by a place's short name, by the place alone, or by a name in quotes."""

import re

from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, divisions
from extract.ner.places import Chain, ordinary_words
from extract.ner.words import Words

# 郸城公安, 衡阳税务: the service of a place, where a deed or a mark follows.
_SERVICE = re.compile(
    "公安|税务|消防|交警|检察|司法|海关|海事|边检|铁警|网警|特警|刑警|水务|燃气|热力|公交|地铁|港务|卫健|城管|市监|人社|住建"
    "|农商|农信|移动|电信|联通|邮政|烟草|农行|工行|建行|中行|邮储|人保|发布|融媒|广电|师大|农大|医大|工大|供电|检方|法院"
)
# “杨靖宇”老兵宣讲团
_QUOTED_NAME = re.compile(
    "“(?<![个家座批]“)[^“”，。；\n]{2,10}”[一-龥]{0,6}?"
    "(?:宣讲团|讲师团|工作室|调解室|志愿服务队|志愿者服务队|服务队|突击队|先锋队|救援队|工作站|服务站|巡逻队|艺术团|合作社|基地|驿站|工坊|联盟)(?![一-龥]?[长员]|称号|荣誉)"
)
# “3·15”制售假烟专案组
_TASK_FORCE = re.compile("“[0-9.·]{3,7}”[一-龥]{0,16}?专案组")
# 黄埔海关, which jieba knows as a whole
_CUSTOMS = re.compile("海关")
# 成立“里下河观鸟队”, “青春驿站”挂牌: what was founded, in quotes as a whole.
_FOUNDED = re.compile(
    "“([^“”，。；\n]{2,12}(?:基地|驿站|工作站|服务站|[eE]站|工作室|调解室|服务队|突击队|先锋队|[一-龥]队|宣讲团|联盟|协会|学院|会客厅))”"
)
_FOUNDING = re.compile("(?:成立|设立|组建|建立|挂牌|揭牌|加入|建成|组成)(?:了|成立|设立)?$")
_OPENED = re.compile("(?:正式|同步|同时)?(?:挂牌|揭牌|成立|启用|授牌|投用)")
# 泰州公安 | 机关
_GOES_ON = frozenset({"n", "ng", "nz", "j", "l", "b", "vn", "s", "f", "i", "an"})
# 天水融媒 | 记者, 自贡消防 | 供稿
_WRITES = ("记者", "通讯员", "供稿", "供图", "讯")
_CREDIT = re.compile(" *(?:供稿|供图|撰稿|投稿|报送|文[：/])")


def find_services(words: Words, chains: list[Chain], towns: list[Candidate]) -> list[Candidate]:
    """Candidate ORGs: services of a place, places that sign, and groups with a name in quotes."""
    quoted = [Candidate(*m.span(), "ORG", "rule:quoted-name") for m in _QUOTED_NAME.finditer(words.text)]
    text = words.text
    quoted += [Candidate(*m.span(), "ORG", "rule:quoted-name") for m in _TASK_FORCE.finditer(text)]
    quoted += [
        Candidate(*m.span(1), "ORG", "rule:quoted-name")
        for m in _FOUNDED.finditer(text)
        if _FOUNDING.search(text, max(0, m.start() - 6), m.start()) or _OPENED.match(text, m.end())
    ]
    for match in _CUSTOMS.finditer(text):
        start, end = words.starts[words.index[match.start()]], match.end()
        town = max(0, match.start() - 2)
        if start == town + 1 and words.begins(town) and text[town : match.start()] in divisions()[1]:
            start = town  # 岚 | 山海关
        if start < match.start() - 1 and words.begins(end) and words.tag_at(end - 1) == "ns":
            quoted.append(Candidate(start, end, "ORG", "rule:service"))
    return quoted + _services(words, chains) + _credited(words, towns, chains)


def _services(words: Words, chains: list[Chain]) -> list[Candidate]:
    """郸城公安 | 破获: services that go by the short name of their place."""
    found: list[Candidate] = []
    for chain in chains:
        if not chain.flags & Flag.SHORT or chain.open_end or chain.names[0] in ordinary_words():
            continue
        service = _SERVICE.match(words.text, chain.end)
        if not service or not words.begins(service.end()):
            continue
        if words.tag_at(service.end()) not in _GOES_ON or words.text.startswith(_WRITES, service.end()):
            found.append(Candidate(chain.start, service.end(), "ORG", "rule:service"))
    return found


def _credited(words: Words, towns: list[Candidate], chains: list[Chain]) -> list[Candidate]:
    """（崇文街道 供稿）: a place that writes is an office."""
    found: list[Candidate] = []
    spans = [(t.start, t.end) for t in towns] + [(c.start, c.end) for c in chains]
    for start, end in spans:
        if _CREDIT.match(words.text, end) and words.text[start - 1 : start] in {"（", "：", "\n", "【"}:
            found.append(Candidate(start, end, "ORG", "rule:credited"))
    return found
