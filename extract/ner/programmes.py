"""Programmes: quoted names with a head noun or after a verb of carrying out, unquoted names by their ending.

Notes for a newcomer. Quotes also mark slogans, figures of speech and service brands, so a quoted stretch counts only
by its company: a head noun after it (“百名医生进山村”活动), a verb of carrying out before it (推进“一件事一次办”), a
list that a head noun closes (“净网”“断卡”等专项行动), or the same name elsewhere in the text with a head noun.
"""

import re

from extract.ner.candidates import Candidate
from extract.ner.offices import Office
from extract.ner.programme_heads import head_after, with_more
from extract.ner.programme_names import name_before, what_before
from extract.ner.programme_words import ProgrammeWords, programme_words
from extract.ner.words import Words

_QUOTED = re.compile(r"“([^“”‘’\n]{1,60})”|‘([^“”‘’\n]{1,60})’")
_ENDS = re.compile(
    r"[，。、；：！？）（\n ]|$|等|和|与|及|落地|建设|宣讲|巡讲|巡展|直播|研学|技能|见效|走深|走实"
    r"|在行动|飓风|风暴|热潮|成果|成效|战果"
)
# Days and months of the calendar (“世界环境日”) are no programmes.
_COUNTED = re.compile(r"(?:\d+|[两三四五六七八九十])[个项类]")
_LIST_END = re.compile(r"”(?=等|(?:\d+|[两三四五六七八九十])[个项类大])")
_CALENDAR = re.compile("[0-9.·]*(?:世界|国际|全国|国家|中国|全民)")
# “营商环境优化年”, but no number of years and no year that is past or to come
_YEAR_OF = re.compile(
    "[一-龥](?<![〇零一二三四五六七八九十百千万亿两几数多半整周])(?<![新旧今明去前后当来近往拜过成童少青壮中老晚丰灾元些这那本])年$"
)
# “送法进村”“送法进校”活动: the noun after the last belongs to those before, too.
_ROW = re.compile(
    r"“[^“”\n]{2,20}”、?(?:“[^“”\n]{2,20}”、?){0,7}(?=“[^“”\n]{2,20}”(?:系列|主题|专项|宣传|宣讲)?(?:活动|行动)"
    r"|“[^“”\n]{2,20}”[一-龥]{0,4}(?:机制|模式|工作法))"
)
_QUOTES_BEFORE = re.compile(r"(?:“[^“”\n]{1,40}”[、和与及]?){1,12}$")
_LONGEST_LIST = 200
# “十大民生工程”的项目: with one of these a name is complete before 的, too.
_NOUNS = ("工程", "行动", "计划", "活动", "斗争")
# “春风送岗”暨困难家庭“圆梦”助学金发放活动: one name of two halves.
_JOINED = re.compile("“[^“”\n]{2,24}”[一-龥]{0,6}暨[一-龥]{0,8}$")
# 蓝天、碧水、净土保卫战
_DEFENCES = re.compile("(?:(?:蓝天|碧水|净土|青山|绿地)、){1,3}(?=(?:蓝天|碧水|净土|青山|绿地)(?:三大)?保卫战)")
# 环保督察“回头看”, 超限超载“百日行动”: said of many things, so what stands before is part of the name.
_NAMED_BY_WHAT = frozenset({"回头看", "百日行动", "百日攻坚", "百日会战", "百日整治", "百日攻坚战"})
_POLLUTED = ("臭氧", "土壤", "扬尘", "噪声", "面源", "移动源", "水体", "塑料")
_THEMES = ("主题为", "主题是", "题为", "口号为", "口号是")
_YEAR_AND_DEED = re.compile(r"\d{4}年?行动")


def find_programmes(words: Words, offices: list[Office]) -> list[Candidate]:
    """Candidate PROGRAMs of the text; those of one kind do not overlap. No name begins within one of `offices`."""
    lists, text = programme_words(), words.text
    known = [Candidate(*m.span(), "PROGRAM", "rule:known-programme") for m in lists.known_pattern.finditer(text)]
    known += [Candidate(*m.span(), "PROGRAM", "rule:known-programme") for m in lists.carried_pattern.finditer(text)]
    for match in _DEFENCES.finditer(text) if "保卫战" in text else ():
        end = text.index("保卫战", match.end()) + len("保卫战")
        known.append(Candidate(match.start(), end, "PROGRAM", "rule:known-programme"))
    office_starts = {o.start: o.end for o in offices}
    # Where jieba joins 大气污染, the known name is only a part of the name, and in 臭氧 | 污染防治攻坚战.
    ends = {c.end for c in known if words.begins(c.start) and not text.endswith(_POLLUTED, 0, c.start)}
    found = [*known, *_quoted(words, lists), *_listed(words, lists)]
    for match in lists.unquoted.finditer(text):
        # A known campaign is exactly its name: 普及 | 扫黑除恶专项斗争.
        cut = match[0][0] == "大" and not words.begins(match.start())  # 加大 | 走访
        if match.end() not in ends and words.begins(match.end()) and not cut:
            start = name_before(words, match.start(), lists)
            if start in office_starts and office_starts[start] < match.start():
                start = office_starts[start]  # 营口市民政局 | 殡葬服务专项整治
            if start is not None and words.tag_at(start) == "ns":
                deed = words.ends[words.index[start]]
                start = deed if words.tag_at(deed) == "v" and deed < match.start() else start  # 大理州 | 打击…专项行动
            end = with_more(words, match.end(), lists)  # 大排查大整治 | 行动
            year = _YEAR_AND_DEED.match(text, end)
            if (
                start is not None
                and end == match.end()
                and lists.drawn_up.search(text, max(0, start - 12), match.start())
            ):
                start = None if match[0].endswith("计划") else start
            if start is not None and match[0] == "行动":
                before = _before_leads(words, start, lists)
                launched = before[-2:] in lists.launched or text[start - 3 : start] == "启动的"
                start = start if launched and match.end() - start >= 6 else None
            if start is not None:
                found.append(Candidate(start, year.end() if year else end, "PROGRAM", "rule:named-programme"))
    return found


def _before_leads(words: Words, start: int, lists: ProgrammeWords) -> str:
    """The word before the words that lead to a name: 启动 | 新一轮 (找矿突破战略行动)."""
    number = words.index[start - 1] if start else 0
    while number and words.words[number] in lists.lead:
        number -= 1
    return words.words[number]


def _quoted(words: Words, lists: ProgrammeWords) -> list[Candidate]:
    text = words.text
    found: list[Candidate] = []
    bare: list[tuple[int, int]] = []
    headed: set[str] = set()
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inner = match[match.lastindex or 1].strip()
        if not inner or inner in lists.not_quoted or inner[-1] in "。！？，；：":
            continue
        if text.endswith(_THEMES, 0, start):
            continue  # 主题为“劳动最美”的演讲比赛
        head = head_after(words, end, lists)
        if head and inner[-1] in "式型" and head.noun in lists.light:
            head = None  # “地毯式”排查工作
        if head and _COUNTED.match(text, end):
            head = None  # “守护舌尖”“剑指缺斤短两”两个专项行动
        reach = 8 if head and head.noun in ("机制", "项目") and len(inner) > 3 else 4  # “警长+网格长”全周期服务机制
        if head and head.noun in lists.light and (head.start - end > reach or len(inner) < 3):
            head = None
        if head and inner in lists.known and head.noun in lists.light:
            head = None
        before = text[head.start - 1] if head else ""
        fair = (
            head and head.noun == "活动" and 0 < head.start - end <= 2 and "进" in inner[-4:-1]
        )  # “年货进万家”展销活动
        if before not in "”’" and not fair and inner.endswith(_NOUNS if before == "的" else lists.inner_heads):
            head = None  # “春风行动”民营企业专场招聘会: the quoted name is complete
        if head:
            headed.add(inner)
            if joined := _JOINED.search(text, max(0, start - _LONGEST_LIST), start):
                start = joined.start()
            touches = head.start - end <= 1  # “清风”专项行动, “清风”的专项行动
            source = "rule:quoted-programme" if touches else "rule:distant-head"
            found.append(Candidate(start, head.end, "PROGRAM", source))
        elif inner in _NAMED_BY_WHAT and (begin := what_before(words, start, lists)) is not None:
            found.append(Candidate(begin, end, "PROGRAM", "rule:quoted-programme"))  # 环保督察“回头看”
        elif len(inner) >= 4 and inner.rstrip("0123456789").endswith(lists.inner_heads):  # 龙腾行动2023
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:quoted-programme"))
        elif inner in lists.known:
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:known-programme"))
        elif len(inner) >= 5 and (inner[-1] in "日周月季" or _YEAR_OF.search(inner)) and not _CALENDAR.match(inner):
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:quoted-programme"))
        elif 2 <= len(inner) <= 24 and max(map(len, inner.split("、"))) > 1:
            bare.append((start, end))
    for start, end in bare:
        carried_out = lists.verb.search(text, max(0, start - 8), start) and _ENDS.match(text, end)
        if lists.not_programme.match(text, end):
            continue
        if carried_out and end - start >= 6:
            headed.add(text[start + 1 : end - 1])
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:carried-out"))
    carried = {c.start - 1 for c in found}
    for start, end in bare:
        ended = _ENDS.match(text, end) or text.startswith("的", end)
        if start not in carried and text[start + 1 : end - 1] in headed and ended:
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:name-again"))
    return found


def _listed(words: Words, lists: ProgrammeWords) -> list[Candidate]:
    """“净网”“断卡”等专项行动: all the quoted names of the list."""
    text = words.text
    found: list[Candidate] = []
    for match in _LIST_END.finditer(text):
        end = match.start() + 1
        if not lists.listed.match(text, end):
            continue
        quotes = _QUOTES_BEFORE.search(text, max(0, end - _LONGEST_LIST), end)
        if quotes:
            found += [
                Candidate(*quoted.span(1), "PROGRAM", "rule:listed-programme")
                for quoted in _QUOTED.finditer(text, quotes.start(), end)
                if quoted[1]
            ]
    for row in _ROW.finditer(text):
        found += [
            Candidate(*quoted.span(1), "PROGRAM", "rule:listed-programme")
            for quoted in _QUOTED.finditer(text, *row.span())
            if quoted[1]
        ]
    return found
