"""Programmes: quoted names with a head noun or after a verb of carrying out, unquoted names by their ending.

Notes for a newcomer. Quotes also mark slogans, figures of speech and service brands, so a quoted stretch counts only
by its company: a head noun after it (“百名医生进山村”活动), a verb of carrying out before it (推进“一件事一次办”), a
list that a head noun closes (“净网”“断卡”等专项行动), or the same name elsewhere in the text with a head noun.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.offices import Office
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
# “送法进村”“送法进校”活动: the noun after the last belongs to those before, too.
_ROW = re.compile(
    r"“[^“”\n]{2,20}”、?(?:“[^“”\n]{2,20}”、?){0,7}(?=“[^“”\n]{2,20}”(?:系列|主题|专项|宣传|宣讲)?(?:活动|行动))"
)
_QUOTES_BEFORE = re.compile(r"(?:“[^“”\n]{1,40}”[、和与及]?){1,12}$")
_LONGEST_LIST = 200
# “十大民生工程”的项目: with one of these a name is complete before 的, too.
_NOUNS = ("工程", "行动", "计划", "活动", "斗争")
# “春风送岗”暨困难家庭“圆梦”助学金发放活动: one name of two halves.
_JOINED = re.compile("“[^“”\n]{2,24}”[一-龥]{0,6}暨[一-龥]{0,8}$")
_LONGEST = 26
# 蓝天、碧水、净土保卫战
_DEFENCES = re.compile("(?:(?:蓝天|碧水|净土|青山|绿地)、){1,3}(?=(?:蓝天|碧水|净土|青山|绿地)(?:三大)?保卫战)")
# 环保督察“回头看”, 超限超载“百日行动”: said of many things, so what stands before is part of the name.
_NAMED_BY_WHAT = frozenset({"回头看", "百日行动", "百日攻坚", "百日会战", "百日整治", "百日攻坚战"})
_YEAR_AND_DEED = re.compile(r"\d{4}年?行动")


class _Lists:
    def __init__(self) -> None:
        data = load_toml("ner/data/programmes.toml")

        def alternatives(key: str) -> str:
            return "|".join(map(re.escape, sorted(set(data[key]), key=len, reverse=True)))

        not_followed = f"(?:(?={alternatives('after_all')})|(?!{alternatives('not_followed')}))"
        self.head = re.compile(
            f" ?的?[一-龥]{{0,12}}?((?:{alternatives('heads')})(?:(?<=[月周日季年])活动)?){not_followed}"
        )
        # 主题教育 | 实践活动: what goes on in one breath.
        self.more = re.compile(f"(?:{alternatives('heads')}){not_followed}")
        self.light = frozenset(data["light"])
        self.not_programme = re.compile(alternatives("not_programmes"))
        self.verb = re.compile(f"(?:{alternatives('verbs')})[了好]?$")
        self.inner_heads = tuple(data["inner_heads"])
        self.not_quoted = frozenset(data["not_quoted"])
        self.launched = frozenset(data["launched"])
        self.listed = re.compile(f"等?(?:\\d+|[一二两三四五六七八九十])?[项个类大]?(?:{alternatives('listed')})")
        self.unquoted = re.compile(f"(?:{alternatives('unquoted')}){not_followed}")
        only_quoted = set(data["only_quoted"])
        self.known = frozenset(data["known"])
        self.known_pattern = re.compile(
            "|".join(map(re.escape, sorted(self.known - only_quoted, key=len, reverse=True)))
        )
        self.breaks = frozenset(data["breaks"])
        self.lead = frozenset(data["lead"])
        self.empty = self.lead | frozenset(data["empty"])
        self.seasons = frozenset(data["seasons"])


@cache
def _data() -> _Lists:
    return _Lists()


def find_programmes(words: Words, offices: list[Office]) -> list[Candidate]:
    """Candidate PROGRAMs of the text; those of one kind do not overlap. No name begins within one of `offices`."""
    lists, text = _data(), words.text
    known = [Candidate(*m.span(), "PROGRAM", "rule:known-programme") for m in lists.known_pattern.finditer(text)]
    for match in _DEFENCES.finditer(text) if "保卫战" in text else ():
        end = text.index("保卫战", match.end()) + len("保卫战")
        known.append(Candidate(match.start(), end, "PROGRAM", "rule:known-programme"))
    office_starts = {o.start: o.end for o in offices}
    # Where jieba joins 大气污染, the known name is only a part of the name.
    ends = {c.end for c in known if words.begins(c.start)}
    found = [*known, *_quoted(words, lists), *_listed(words, lists)]
    for match in lists.unquoted.finditer(text):
        # A known campaign is exactly its name: 普及 | 扫黑除恶专项斗争.
        cut = match[0][0] == "大" and not words.begins(match.start())  # 加大 | 走访
        if match.end() not in ends and words.begins(match.end()) and not cut:
            start = _name_before(words, match.start(), lists)
            if start in office_starts and office_starts[start] < match.start():
                start = office_starts[start]  # 营口市民政局 | 殡葬服务专项整治
            if start is not None and words.tag_at(start) == "ns":
                deed = words.ends[words.index[start]]
                start = deed if words.tag_at(deed) == "v" and deed < match.start() else start  # 大理州 | 打击…专项行动
            year = _YEAR_AND_DEED.match(text, match.end())
            if start is not None and match[0] == "行动":
                before = words.word_at(start - 1)
                launched = before[-2:] in lists.launched or text[start - 3 : start] == "启动的"
                start = start if launched and match.end() - start >= 6 else None
            if start is not None:
                found.append(Candidate(start, (year or match).end(), "PROGRAM", "rule:named-programme"))
    return found


def _quoted(words: Words, lists: _Lists) -> list[Candidate]:
    text = words.text
    found: list[Candidate] = []
    bare: list[tuple[int, int]] = []
    headed: set[str] = set()
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inner = match[match.lastindex or 1].strip()
        head = lists.head.match(text, end)
        head_end = _whole_head(words, head, lists) if head else end
        if head and not _one_breath(words, end, head_end, head.start(1), lists):
            head = None
        if not inner or inner in lists.not_quoted or inner[-1] in "。！？，；：":
            continue
        if head and inner[-1] in "式型" and head[1] in lists.light:
            head = None  # “地毯式”排查工作
        if head and _COUNTED.match(text, end):
            head = None  # “守护舌尖”“剑指缺斤短两”两个专项行动
        if head and head[1] in lists.light and (head.start(1) - end > 4 or len(inner) < 3):
            head = None
        if head and inner in lists.known and head[1] in lists.light:
            head = None
        before = text[head.start(1) - 1] if head else ""
        fair = (
            head and head[1] == "活动" and 0 < head.start(1) - end <= 2 and "进" in inner[-4:-1]
        )  # “年货进万家”展销活动
        if before not in "”’" and not fair and inner.endswith(_NOUNS if before == "的" else lists.inner_heads):
            head = None  # “春风行动”民营企业专场招聘会: the quoted name is complete
        if head:
            headed.add(inner)
            if joined := _JOINED.search(text, max(0, start - _LONGEST_LIST), start):
                start = joined.start()
            touches = head.start(1) - end <= 1  # “清风”专项行动, “清风”的专项行动
            source = "rule:quoted-programme" if touches else "rule:distant-head"
            found.append(Candidate(start, head_end, "PROGRAM", source))
        elif inner in _NAMED_BY_WHAT and (begin := _what_before(words, start, lists)) is not None:
            found.append(Candidate(begin, end, "PROGRAM", "rule:quoted-programme"))  # 环保督察“回头看”
        elif len(inner) >= 4 and inner.rstrip("0123456789").endswith(lists.inner_heads):  # 龙腾行动2023
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:quoted-programme"))
        elif inner in lists.known:
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:known-programme"))
        elif len(inner) >= 5 and inner[-1] in "日周月季" and not _CALENDAR.match(inner):
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


def _what_before(words: Words, quote: int, lists: _Lists) -> int | None:
    """Where what a “回头看” or “百日行动” is about begins, None if that is not said in one breath."""
    begin = _name_before(words, quote, lists)
    if begin is None or not 4 <= quote - begin <= 10:
        return None
    led = lists.verb.search(words.text, max(0, begin - 8), begin)
    return begin if led or (words.stop_before(begin) == begin and words.tag_at(begin - 1)[:1] != "n") else None


def _whole_head(words: Words, head: re.Match[str], lists: _Lists) -> int:
    """The end of the head nouns that follow one another: 创建 | 行动, 主题教育 | 实践活动."""
    end = head.end()
    while (more := lists.more.match(words.text, end)) and words.begins(more.end()):
        end = more.end()
    return end


def _listed(words: Words, lists: _Lists) -> list[Candidate]:
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


def _one_breath(words: Words, start: int, end: int, head: int, lists: _Lists) -> bool:
    """Whether no particle but 的 stands between the quotes and the head noun, and the head noun ends a word."""
    stop = words.next_stop(start)
    while stop < end:
        word, tag = words.word_at(stop), words.tag_at(stop)
        if word.isspace():
            stop = words.next_stop(stop + 1)
            continue
        inside = tag.startswith(("m", "v", "n")) or word in lists.seasons or word == "系列" or word[-1] == "节"
        breaks = word in lists.breaks and stop < head  # but “三区人才”支持计划
        if word != "的" and (not inside or breaks):
            return False
        stop = words.next_stop(stop + 1)
    return words.begins(end)


def _name_before(words: Words, end: int, lists: _Lists) -> int | None:
    """Where the name before an ending at `end` begins, None if only general words stand there."""
    number = words.index[end - 1] if end else -1
    first = number + 1
    while number >= 0 and end - words.starts[number] <= _LONGEST:
        word, tag = words.words[number], words.tags[number]
        stops = tag.startswith(("u", "p", "c", "r", "q", "y", "t", "d")) and word not in lists.seasons
        stops = stops or (tag.startswith("m") and word[-1] in "个项类")
        if word in lists.breaks or word[-2:] in lists.breaks or stops or not "一" <= word[0] <= "龥":
            break
        first = number
        number -= 1
    while first < len(words.starts) and words.starts[first] < end and words.words[first] in lists.lead:
        first += 1
    if first >= len(words.starts) or words.starts[first] >= end:
        return None
    parts = [words.text[words.starts[n] : min(words.ends[n], end)] for n in range(first, words.index[end - 1] + 1)]
    named = any(part not in lists.empty for part in parts)
    return words.starts[first] if named and end - words.starts[first] >= 2 else None
