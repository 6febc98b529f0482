"""What the clauses before a figure supply to its name: the object of a bare verb, a topic, a measure, an event.

Notes for a newcomer. Bulletins say a thing once and go on with the bare verb: 撤销应急预案9个，新编4个; 像这样的家园，
已建成80个; 使用率再创新高，达73.5%; 举办培训班…，86人参加. Words are those of the sentence; `clause` is the index at
which the figure's clause begins, so that the clause before ends at `clause - 1`.
"""

import re
from functools import cache

from extract.facts.metric_drafts import Memory
from extract.facts.metric_front import without_openers
from extract.facts.metric_lexicon import Lexicon, lexicon
from extract.facts.metric_words import Word, joined
from schemas import Quantity

_ANY_EVENT = frozenset({"会议", "活动", "仪式", "培训", "宣讲"})
_EVENT_REACH = 200
_MEASURE_REACH = 60
_MEASURED = re.compile(
    "(?:^|[，。；\\s])(?:今年|去年|全年|上半年|前三季度|[一二三四]季度)?(?:全[市县省区国州]|[我本][市县省区州])?([^，。；、\\s\\d]{2,12}(?:率|指数|均价|价格|均值))"
)
# A topic longer than this many words is none.
_LONGEST = 12
# 最大, 收案, 三四级
_ATTRIBUTES = frozenset({"vn", "a", "m", "v", "x"})
_DONE = ("完", "成", "毕", "好", "正")
# 加大监督力度，办结90件: not what is done.
_ABSTRACT = frozenset({"力度", "作用", "水平", "质量", "意识", "职责", "能力", "机制", "优势", "工作", "活动"})
_ANY_KIND = re.compile("^(?:各类|各种|各级|全部)")
_OF_CASES = frozenset({"审结", "执结", "审执结", "起诉", "判决", "宣判"})
_CASES = ("案件", "案", "诉讼", "申请", "纠纷", "复议")
_SIMPLE = 3
# 罚款, 出资: the money is in the verb.
_MONEY = ("款", "资", "没", "薪", "税", "支出")
_COPIES = frozenset({"册", "本", "份"})
_PRINTING = ("印", "印发", "印制", "发放", "发行")
_POINTING = frozenset({"这样", "此类", "这类"})
_POINTING_REACH = 8


def shared_object(words: list[Word], clause: int, figure: Quantity, verb: str, memory: Memory, lex: Lexicon) -> str:
    """The object of the bare `verb`: that of the figure before in the same unit, or what the clause before ends in."""
    completes = _completes(verb, lex) or verb.startswith("完成")
    alike = [d for d in memory.plain(here=True) if d.figure.unit == figure.unit]
    # 检查机构86家，责令整改22家，关停5家: what names no object of its own has none to share.
    same = next((d for d in alike if d.noun), alike[0] if alike else None)
    if same is not None and completes and same.part_of is not None:
        # 发现问题50处，其中重大5处，已整改47处: of the total, not of its last part.
        same = next((d for d in memory.plain(here=True) if d.figure is same.part_of), same)
    shared = same is not None and not (same.verb or same.noun.endswith("面积") or verb.endswith(_MONEY))
    if same is not None and verb in _OF_CASES and not same.noun.endswith(_CASES):
        # 发出检察建议90件，起诉30件，法院审结20件
        return ""
    if same is not None and verb.endswith("案"):
        # 受理各类案件90件，结案80件
        noun = _ANY_KIND.sub("", same.noun)
        return noun if len(noun) > 2 and noun.endswith("案件") else ""
    if same is not None and (completes or shared):
        # 计划改造小区36个，已开工28个
        return same.noun.removeprefix("计划")
    if same is not None:
        # 撤销应急预案9个，新编4个: at least the head of the object.
        follows = (
            same is memory.last
            and figure.dimension in ("count", "money")
            and len(verb) <= _SIMPLE
            and not verb.endswith(_MONEY)
        )
        return same.noun[-2:] if follows and verb in lex.verbs and verb not in lex.event_nouns else ""
    if figure.unit in _COPIES and verb.endswith(_PRINTING) and (title := _title_before(words, clause)):
        # 编成《口袋书》，印发5000册
        return title
    points_back = any(w.text in _POINTING for w in words[max(clause - _POINTING_REACH, 0) : clause])
    return topic(words, clause, lex) if completes or len(verb) == 1 or points_back else ""


def _title_before(words: list[Word], clause: int) -> str:
    """The title of a writing that the clause before names, or ""."""
    start = max(clause - _LONGEST, 0)
    titles = (w.text for w in reversed(words[start:clause]) if w.kind == "closed" and w.text[0] == "《")
    return next(titles, "")


def _completes(verb: str, lex: Lexicon) -> bool:
    """整改, 责令整改, 核实处置, 建成: done to what the sentence has counted."""
    return verb.endswith(_completion_verbs()) or (len(verb) > 1 and verb.endswith(_DONE))


def topic(words: list[Word], clause: int, lex: Lexicon) -> str:
    """The noun that the clause before ends in."""
    end = start = max(clause - 1, 0)
    while start > max(end - _LONGEST, 0) and _is_noun(words[start - 1], lex):
        start -= 1
    unknown = start < end and words[end - 1].kind == "word" and words[end - 1].tag == "x"
    return "" if unknown or (start < end and words[end - 1].text in _ABSTRACT) else joined(words[start:end])


def measure_before(words: list[Word], clause: int, lex: Lexicon, *, alone: bool = False) -> str:
    """The measure that the clause before is about (签发率首次过半，达52.6%), or ""; with `alone` it is all of it."""
    end = start = max(clause - 1, 0)
    while start > max(end - _LONGEST, 0) and words[start - 1].kind != "stop":
        start -= 1
    before = without_openers(words[start:end], lex)
    if alone:
        plain = all(w.kind == "word" for w in before) and before and not lex.is_deed(before[0])
        return joined(before) if plain and lex.is_measure(before[-1]) else ""
    run = 0
    while run < len(before) and (_is_noun(before[run], lex) or before[run].tag in _ATTRIBUTES):
        run += 1
    measures = (i for i, w in enumerate(before[:run]) if lex.is_measure(w) or w.text.endswith(("指数", "系数")))
    size = max(measures, default=-1) + 1
    return joined(before[:size]) if 0 < size < len(before) and before[size].kind != "figure" else ""


def relative_before(words: list[Word], clause: int) -> str:
    """The clause before, if it only tells which (涉案金额在10万元以下的，共90件), without its 的; else ""."""
    end = start = clause - 2
    if end < 1 or words[end].text != "的" or words[end + 1].text != "，":
        return ""
    while start > max(end - _LONGEST, 0) and words[start - 1].kind == "word":
        start -= 1
    return joined(words[start:end])


def event_before(text: str, figure: Quantity) -> str:
    """The event told of last before the figure (举办培训班…，86人参加), rather one of a kind than 活动 or 会议."""
    events: list[str] = _events().findall(text, max(0, figure.start - _EVENT_REACH), figure.start)
    return ([e for e in events if e not in _ANY_EVENT] or events or [""])[-1]


def measure_told(text: str, start: int) -> str:
    """The rate or price told of last before the figure at `start` (失业率有所回落。6月份回落至5.2%), or ""."""
    found: list[str] = _MEASURED.findall(text, max(0, start - _MEASURE_REACH), start)
    return found[-1] if found else ""


def _is_noun(word: Word, lex: Lexicon) -> bool:
    return word.kind == "closed" or (
        word.kind == "word"
        and word.tag[:1] in ("n", "b", "j", "x", "h")
        and len(word.text) + (word.tag != "x") > 1
        and not lex.is_deed(word)
    )


@cache
def _completion_verbs() -> tuple[str, ...]:
    return tuple(lexicon().completion_verbs)


@cache
def _events() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon().attended_events, key=len, reverse=True)))
