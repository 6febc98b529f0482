"""Names of figures that stand after their indicator: 办理法律援助案件150件, 耕地38亩，改良12亩, 网办率达98%."""

from extract.facts.metric_drafts import Draft
from extract.facts.metric_earlier import (
    event_before,
    measure_before,
    measure_told,
    relative_before,
    shared_object,
    topic,
)
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_part_names import part_name
from extract.facts.metric_peel import peel
from extract.facts.metric_place import AMONG, PEOPLE_UNITS, Place, Told, is_small_talk
from extract.facts.metric_words import PER_HEAD, Word, joined

_REACHED = frozenset({"达", "达到", "为", "仅为", "已达", "约为"})
_HANDING_OVER = ("移交", "移送", "转交", "转送", "提交")
_MATTERS = frozenset("条件起宗份个")
_LONGEST_TARGETED = 10
_ACHIEVING = frozenset({"完成", "实现"})
SUMMING = frozenset({"共计", "合计", "总计", "共", "计"})
_LONGEST_CLAUSE = 16
_AMOUNTS = frozenset(
    {"总价值", "价值", "总面积", "面积", "金额", "总金额", "总额", "长度", "总长度", "总长", "重量", "总重", "总投资"}
)
_PAIRED = 2
_RATES = ("率", "比例", "比重", "占比")


def after_noun(place: Place, told: Told) -> Draft:
    """办理法律援助案件150件: the indicator stands before its figure."""
    figure, left, memory = place.figure, place.left, told.memory
    verb, noun = joined(left.verb), joined(left.noun)
    if is_small_talk(place, told.lex) and any(map(told.lex.is_verb, left.words)):
        return Draft(figure, "", "")
    last = memory.last
    # 脱贫 in 脱贫户 is no deed that would end the parts of a total.
    lex = told.lex
    leads = bool(left.verb and left.noun) and (left.verb[0].text in lex.verbs or left.verb[0].text in lex.causing_verbs)
    acts = leads or any(map(lex.is_deed, left.verb))
    total = told.breakdown.total_for(figure, verb if acts else "", memory, place.chained, joined(left.words))
    if total is not None and not left.words and last is not None and figure.start - last.figure.end <= place.chained:
        # 救助儿童70户90人; 妇女贷款300笔、6000万元
        verb, noun = last.verb, last.noun
    elif total is not None and not left.words and (which := relative_before(told.words, place.clause)):
        verb, noun = "", which + total.name
    elif total is not None and told.breakdown.is_of_deed and verb and not noun:
        noun = shared_object(told.words, place.clause, figure, verb, memory, lex)
    elif total is not None:
        verb, noun = part_name(left.verb, left.noun, total, figure.unit)
    elif not left.words:
        verb, noun = _unnamed(place, told)
    elif "有" in left.copula and all(w.kind == "name" for w in left.words):
        # 像这样的搬迁户，在东区有900户
        noun = topic(told.words, place.clause, lex) or noun
    elif (
        left.owners
        and (not place.chained or told.words[place.clause].kind == "name")
        and (same := told.memory.of_unit(figure.unit)) is not None
    ):
        # 东区受理90件，西区80件
        verb, noun = same.verb, same.noun
    elif not acts and noun and (of := _headed(place, told)):
        # 补助水平：一类162元、二类142元
        noun += of
    elif (
        not acts
        and (left.noun or _is_thing(left.verb, lex))
        and place.chained
        and last is not None
        and noun not in lex.bare_measures
    ):
        # 出动巡查组20个、民警85人次: the deed is shared.
        noun = joined(left.words)
        if noun in lex.dependent_nouns:
            # 组建服务队17支、队员204人
            return Draft(figure, "", memory.with_measured(noun))
        if _is_parallel(noun, last.verb):
            # 上转病人90人、下转60人
            return Draft(figure, noun, last.noun)
        if left.verb and joined(left.noun) == last.noun and last.verb:
            # 调出对象8人、调入对象4人
            return Draft(figure, verb, last.noun)
        per_head = PER_HEAD.match(last.name)
        verb = "" if noun.startswith(last.verb) else last.verb or (per_head[0] if per_head else "")
        if noun[-1] == "级" and "级" in last.noun:
            # 国家级工作室1个、省级2个
            noun += last.noun[last.noun.index("级") + 1 :]
    elif verb and (noun or verb[-1]) in _RATES:
        verb, noun = "", memory.with_measured(verb + noun)
    elif verb and not noun and (same := _of_another(place, told)) is not None:
        # 东区完成20亿元，西区一家就查处33起
        verb, noun = ("", same.name) if verb in _ACHIEVING else (verb, same.noun)
    elif verb and not noun and figure.unit not in PEOPLE_UNITS and figure.dimension != "ratio":
        # 查出隐患120处，督促整改118处; 耕地38亩，改良12亩: the object is shared.
        noun = shared_object(told.words, place.clause, figure, verb, memory, lex)
    elif verb.endswith(_HANDING_OVER) and figure.unit in _MATTERS and _is_recipient(left.noun, lex):
        # 发现线索41条，移交公安机关9条: to whom is not what.
        shared = shared_object(told.words, place.clause, figure, verb, memory, lex)
        noun = shared or noun
    elif not verb and noun in lex.outcomes and (whole := memory.checked(figure.unit)) is not None and whole.noun:
        # 抽检成品油126批次，不合格5批次
        return Draft(figure, "", noun + whole.noun, part_of=whole.figure)
    elif not verb and noun in _AMOUNTS and (thing := _thing_before(place, told)):
        # 截获走私烟草，总价值90万元
        noun = thing + noun
    elif not verb and (place.before[0] is left.words[0] or noun in lex.bare_measures):
        noun = memory.with_measured(noun, figure.unit)
    elif verb == "完成" and figure.dimension == "ratio":
        # 完成年度目标的84%, 完成三年任务的一半: the time belongs to the plan.
        noun = "".join(w.text for w in left.noun if w.text != "了")
        if place.clause and last is not None and last.kind == "plain" and last.figure.dimension == "count":
            # 普及救护知识11万人次，完成省定任务的118%: of what has just been counted.
            verb = last.name + verb if len(last.name) <= _LONGEST_TARGETED else verb
    if left.copula[:1] == "的" and place.clause > 1 and told.words[place.clause - 2].text in AMONG and total is None:
        # 遗产项目中，列入名录的有120项
        noun += topic(told.words, place.clause - 1, lex)
    if verb in lex.attend_verbs and not noun:
        noun = event_before(told.text, figure)
    return Draft(figure, verb, noun, part_of=total.figure if total else None)


def _headed(place: Place, told: Told) -> str:
    """The measure that the clause before announces (补助标准：…), if the figure's own words are a kind of it."""
    if (
        not place.clause
        or told.words[place.clause - 1].text not in "：:"
        or place.left.words[-1].text[-1] not in "类级档型"
    ):
        return ""
    return measure_before(told.words, place.clause, told.lex, alone=True)


def _thing_before(place: Place, told: Told) -> str:
    """What the clause before ends in, if it has no figure of its own, or ""."""
    end = start = max(place.clause - 1, 0)
    while start > max(end - _LONGEST_CLAUSE, 0) and told.words[start - 1].kind not in ("stop", "figure"):
        start -= 1
    if start == end or told.words[end].text != "，" or (start and told.words[start - 1].kind == "figure"):
        return ""
    return topic(told.words, place.clause, told.lex)


def _is_recipient(noun: list[Word], lex: Lexicon) -> bool:
    """Whether `noun` names only those who act (公安机关)."""
    return bool(noun) and all(map(lex.is_agent, noun))


def _is_thing(verb: list[Word], lex: Lexicon) -> bool:
    """清理垃圾3吨、违建12处: what jieba calls a verb and no list of deeds has."""
    if len(verb) != 1 or len(verb[0].text) == 1:
        return False
    text = verb[0].text
    return text not in lex.verbs and text not in lex.states and text not in lex.completion_verbs


def _is_parallel(word: str, verb: str) -> bool:
    """上转 and 下转, 立案 and 撤案: verbs that go together differ in one of two characters."""
    return len(word) == len(verb) == _PAIRED and word != verb and any(a == b for a, b in zip(word, verb, strict=True))


def _goes_on(place: Place, last: Draft, told: Told) -> bool:
    """Whether the figure stands alone in its clause or list, and goes on with those of the clause before."""
    opens = place.index == place.clause and last.figure.end + 1 == place.figure.start
    follower = told.words[place.index + 1] if place.index + 1 < len(told.words) else None
    return opens and last.figure.unit == place.figure.unit and (follower is None or follower.kind in ("list", "stop"))


def _clause_before(place: Place, told: Told) -> str:
    """What the clause before says, if it has no figure of its own: 换上了新电表，共计90只."""
    start = end = place.clause - 1
    while start > 0 and told.words[start - 1].kind == "word" and end - start < _LONGEST_CLAUSE:
        start -= 1
    return joined(peel(told.words[start:end], told.lex).words) if start < end else ""


def _of_another(place: Place, told: Told) -> Draft | None:
    """The draft of the same unit before the figure, if the figure's clause opens with a name: another does the same."""
    counts = place.figure.dimension == "count" or joined(place.left.verb) in _ACHIEVING
    if not counts or place.figure.dimension == "ratio" or told.words[place.clause].kind != "name":
        return None
    return told.memory.of_unit(place.figure.unit)


def _unnamed(place: Place, told: Told) -> tuple[str, str]:
    """The name of a figure without words of its own: that of the figure before it that it goes with."""
    figure, last = place.figure, told.memory.last
    if place.before and place.before[0].text in _REACHED and place.before[0].start == told.words[place.clause].start:
        measure = measure_before(told.words, place.clause, told.lex)
        if measure:
            return "", measure
    if last is not None and not place.before and _goes_on(place, last, told):
        # 收案分别为90件、80件，70件、60件
        return last.verb, last.noun
    if last is not None and place.before and place.before[0].text[0] == "每":
        # 发放补助90万元，每人300元
        return last.verb, last.noun
    if place.left.copula in SUMMING and place.clause > 1 and not place.chained:
        before = _clause_before(place, told)
        if before:
            return "", before
        if last is not None and told.words[place.clause].start - last.figure.end == 1:
            # 收到捐款86笔，合计325万元
            return last.verb, last.noun
        if last is not None and told.text[last.figure.end : told.words[place.clause].start] == "），":
            # 拆除违建57户（其中阳光房41户），共计1680平方米
            whole = next((d for d in told.memory.plain(here=True) if d.part_of is None), last)
            return whole.verb, whole.noun
    if last is not None and (place.chained or last.figure.start >= told.words[place.clause].start):
        return last.verb, last.noun
    if figure.unit in ("倍", "番"):
        base = told.memory.base(figure)
        return "", base.name + "倍数" if base is not None else ""
    same = told.memory.of_unit(figure.unit) if place.before and last is not None else None
    if same is None and place.before and figure.dimension == "ratio":
        # 失业率均值为5.5%。4月份为6.1%
        return "", measure_told(told.text, figure.start)
    return (same.verb, same.noun) if same is not None else ("", "")
