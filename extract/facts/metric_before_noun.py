"""Names of figures that stand before their noun: 设立5家公益服务中心, 9家法院设立了服务点, 对30家企业进行检查."""

from extract.facts.metric_drafts import Draft
from extract.facts.metric_earlier import event_before
from extract.facts.metric_following import EACH
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_part_names import part_name
from extract.facts.metric_place import AMONG, PEOPLE_UNITS, Place, Told, is_small_talk
from extract.facts.metric_right import GOVERNING, NEGATIONS, governing_preposition, predicate, split
from extract.facts.metric_words import Word, is_separator, joined

_JOINING = frozenset({"组成", "赴", "前往"})
# 火灾造成2人死亡
_CAUSING = frozenset({"造成", "导致", "致", "致使"})
_TRENDS = frozenset({"持平"})
_AS = frozenset({"为", "担任", "任", "作为", "成为"})
_PENALTIES = frozenset({"处罚", "行政处罚", "处理", "决定", "罚单"})
# 招募101名造血干细胞捐献志愿者
_VOLUNTEERS = ("志愿者", "工作者", "爱好者", "人员", "申请人", "对象")
_WORTH = frozenset({"价值", "总价值", "总值", "折价", "市值"})
_TURNING_UP = frozenset({"到场"})
_GOING = frozenset({"到", "赴"})
_HOLDING = frozenset({"完成", "实施", "启动", "开展", "举办", "组织", "举行", "进行", "召开"})
_LONGEST_DEED = 6
_LONGEST_RELATIVE = 8


def noun_follows(place: Place, lex: Lexicon) -> bool:
    """Whether the words after the figure are its own, not those of the next figure or of another clause."""
    figure, left, first = place.figure, place.left, place.after[0]
    if first.text == "用于" and left.verb:
        # 捐赠130万元用于图书馆建设
        return False
    if left.verb and joined(left.noun) in _WORTH:
        return not lex.is_deed(first)
    if not left.words or left.preposition or left.words[-1].text in _CAUSING:
        return True
    if first.text == "的":
        # 作出罚款5万元的处罚
        return len(place.after) > 1 and place.after[1].text not in _PENALTIES
    if "有" in left.copula and not lex.is_verb(first):
        return True
    doers = figure.dimension == "count" and not left.verb and lex.is_agent(left.words[-1])
    things = figure.unit not in PEOPLE_UNITS and first.tag[:1] == "n" and len(place.after) > 1
    if doers and things and not any(map(lex.is_deed, left.words)):
        # 全市法院125个集体获表彰
        return True
    last = place.before[-1]
    if last.text in ("等", "的", "分") or (last.text == "共" and not left.verb) or last.kind == "name":
        return True
    people = figure.unit in PEOPLE_UNITS
    tells = lex.is_verb(first) if people or left.noun else lex.is_deed(first)
    if tells and len(place.after) > 1 and first.text in lex.modifier_verbs and not people:
        # 组织5家受灾企业复工
        return not left.noun
    counts = figure.dimension == "count" and not people
    bare = counts and bool(left.verb) and not left.noun and len(place.after) > 1
    if bare and (tells or any(w.text == "的" for w in place.after[1:-1])):
        # 捣毁9家加工窝点, 打掉3个长期在外地流窜的团伙
        return True
    if tells or first.tag == "d" or lex.is_preposition(first):
        if people:
            if left.verb:
                return not left.noun
            # 公安、烟草百余人参战: all that is said of the people counted stands after them.
            alone = len(place.after) == 1 and place.after_end == place.clause_end
            return lex.is_agent(left.words[-1]) or alone
        return figure.dimension == "money" and not left.noun
    if people and lex.is_agent(first) and lex.is_agent(left.words[-1]) and not any(map(lex.is_deed, left.words)):
        # 城管部门200名执法人员上岗
        return True
    return not left.noun or governing_preposition(place.before, lex) is not None


def before_noun(place: Place, told: Told) -> Draft | None:
    """The draft of a figure before its noun, None if it is no metric; notes the words used up in `place`."""
    figure, left, lex = place.figure, place.left, told.lex
    attribute = place.after[0].text == "的"
    among = place.after[-1].text in AMONG
    noun, said = split(place.after[attribute : len(place.after) - among], lex, figure.unit in ("人", "人次"))
    if said and _is_object(place, said, lex):
        noun, said = [*noun, *said], []
    place.used = place.after_end - among - len(said)
    own = len(said) > 1 and lex.is_deed(said[0])
    if own and [w.kind for w in told.words[place.after_end : place.after_end + 2]] == ["list", "figure"]:
        place.used = place.after_end
    own = own and place.chained and _follows_deed(place, told)
    counted = joined(noun)
    if left.verb and counted and joined(left.noun) in _WORTH:
        # 捐赠价值9万元的物资
        return Draft(figure, joined(left.verb), counted)
    if attribute and left.words and left.words[-1].text in lex.bare_measures:
        return Draft(figure, "", counted + left.words[-1].text)
    governed = left.preposition or governing_preposition(place.before, lex)
    if governed in _GOING and not said:
        # 推广到13个乡镇, but 到9所学校上课
        governed = None
    deed = joined(left.verb)
    of = next((i for i, w in enumerate(place.after) if w.text == "的"), -1)
    if of >= 0 and deed and joined(left.noun) == "对" and not lex.is_preposition(left.verb[0]):
        # 完成对44名干部的经济责任审计
        place.used = place.after_end
        return Draft(figure, deed, joined(place.after[of + 1 :]).removesuffix("工作") + joined(place.after[:of]))
    # 资助7名学生每人800元助学金
    each = bool(place.before) and place.before[0].text in EACH
    attribute_before = bool(place.before) and place.before[-1].text == "的"
    if governed or (place.before and place.before[-1].text in ("的", "分")):
        deed = ""
    elif (place.chained or each) and not left.words and not own and (last := told.memory.last) is not None:
        if not noun and len(said) == 1 and said[0].text in _TRENDS | lex.changes and last.name[-2:] in lex.changes:
            # 17种上涨、9种下降
            return Draft(figure, "", last.name[:-2] + said[0].text, part_of=last.part_of)
        deed = last.verb
    happened = "" if among else _happened(place, said, told)
    if not (deed or governed or among) and told.memory.told_already(figure, counted):
        # 打掉2个团伙，2个团伙共偷税90万元
        return None
    if not deed and not governed and _counts_doers(place, noun, said, told):
        # 4家律所代理案件90件: the figure after it tells how much of it they do.
        does = lex.is_deed(said[0]) and len(happened) <= _LONGEST_DEED
        return Draft(figure, happened if does else "", counted) if counted else None
    if not happened and not among and is_small_talk(place, lex):
        return None
    if governed == "在" and not happened and not among and place.before[-1].text == "等":
        # 分布在甲、乙等6个乡镇
        return None
    total = told.breakdown.total_for(figure, deed, told.memory)
    part_of = total.figure if total else None
    if deed and said and said[0].text in _AS:
        # 聘请张某等15人为监督员, 命名18个集体为“青年文明号”
        office, _ = split(said[1:], lex)
        if office:
            return Draft(figure, deed, joined(office) + (counted if office[-1].kind == "closed" else ""))
    if figure.dimension == "ratio" and not deed and (happened or counted):
        base = told.memory.base(figure)
        whose = counted or (base.name if base is not None else "")
        return Draft(figure, "", whose + happened + "占比", kind="share")
    told_of_it = bool(happened and said) and said[0].tag != "d" and not lex.is_adverb(said[0])
    if attribute_before and counted and not told_of_it and (relative := _relative(place, lex)):
        return Draft(figure, relative, counted, part_of=part_of)
    if deed:
        return Draft(figure, deed, _object(left, noun, said, happened, lex), part_of=part_of)
    if total is not None and not happened:
        verb, rest = part_name([], noun, total, figure.unit)
        return Draft(figure, verb, rest, part_of=part_of)
    if happened in lex.attend_verbs:
        happened += event_before(told.text, figure)
    elif happened in _TURNING_UP and not counted:
        # 举办主题活动，86人到场
        happened = event_before(told.text, figure) + happened
    if (counted in lex.bare_nouns and happened) or (counted and happened.endswith(counted)):
        counted = ""
    if total is not None and not counted and not happened.endswith(total.noun[-2:]):
        counted = total.noun
    listed = any(w.text == "等" for w in place.before[-3:]) and any(w.kind == "name" for w in place.before)
    if counted and happened in lex.changes:
        place.used = place.after_end - among
        return Draft(figure, "", counted + happened, part_of=part_of)
    if not counted:
        # 火灾造成2人死亡、3人受伤: what happened to some is no deed that others share.
        happened, counted = "", happened
    return Draft(figure, happened, counted, part_of=part_of, listed=place.before[0].start if listed else None)


def _follows_deed(place: Place, told: Told) -> bool:
    """为12名老人发放轮椅、16名儿童发放绘本: whether the figure before has said its own deed after its noun."""
    index = place.index - 2
    while index > place.clause and told.words[index].kind == "word" and not told.lex.is_deed(told.words[index]):
        index -= 1
    return index > place.clause and told.lex.is_deed(told.words[index])


def _relative(place: Place, lex: Lexicon) -> str:
    """未完成整改的27个问题, 移送检察机关的2条线索: the deed that tells which are counted."""
    left = place.left
    if not left.words or any(lex.is_preposition(w) and w.text in GOVERNING for w in place.before):
        return ""
    first = left.words[0]
    if first.text in NEGATIONS or first.text in ("未", "没"):
        return joined(left.words)
    if not left.verb or not lex.is_verb(first):
        return ""
    whole = joined(left.words)
    return whole if len(whole) <= _LONGEST_RELATIVE else joined(left.verb)


def _is_object(place: Place, said: list[Word], lex: Lexicon) -> bool:
    """确定160个乡村振兴重点帮扶县: after a deed that moves nobody a verb between nouns is part of the object."""
    left, last = place.left, said[-1]
    if not left.verb or left.noun or left.preposition:
        return False
    if place.figure.unit in PEOPLE_UNITS and not last.text.endswith(_VOLUNTEERS):
        return False
    if place.figure.dimension != "count" or left.verb[-1].text in lex.causing_verbs or not lex.is_verb(said[0]):
        return False
    plain = all(w.kind == "word" and w.tag[:1] in "nvbajxz" and w.text not in lex.adverbs for w in said)
    return plain and 1 < len(said) <= _LONGEST_DEED and last.tag[:1] in ("n", "x", "z") and not lex.is_verb(last)


def _object(left: Left, noun: list[Word], said: list[Word], happened: str, lex: Lexicon) -> str:
    """The object of a deed before the figure, from the noun after it and what that does."""
    counted = joined(noun)
    sure = len(happened) <= _LONGEST_DEED or (bool(said) and lex.is_deed(said[0]))
    causes = bool(left.verb) and left.verb[-1].text in lex.causing_verbs and sure
    if said and said[0].text in _JOINING and not counted:
        return "人员"
    if said and (causes or not counted):
        return counted + happened
    if len(said) == 1 and (said[0].text in lex.event_nouns or joined(left.verb) in _HOLDING):
        return counted + said[0].text
    of = max((i for i, w in enumerate(noun[:-1]) if w.text == "的"), default=0)
    if of:
        # 完成20所学校的厨房改造: what is done to the noun counted belongs to the deed.
        return joined(noun[of + 1 :]) + joined(noun[:of])
    return counted


def _counts_doers(place: Place, noun: list[Word], said: list[Word], told: Told) -> bool:
    """Whether the figure only counts the doers of what the clause reports (4家律所代理案件90件, 三家发函)."""
    figure = place.figure
    if not said or "有" in place.left.copula or figure.unit in ("人", "人次"):
        return False
    if not noun:
        return len(figure.text) == 2 and figure.text[0] in "两二三四五六七八九十"
    following = any(w.kind == "figure" for w in told.words[place.index + 1 : place.clause_end])
    return following


def _happened(place: Place, said: list[Word], told: Told) -> str:
    """What the clause says of the noun counted; in a list (9家法院、6家看守所设立了…) it stands after the last."""
    rest = told.words[place.index + 1 : place.clause_end]
    if said:
        rest = rest[next(i for i, w in enumerate(rest) if w is said[0]) :]
        if len(said) == 1 or told.lex.is_deed(said[0]):
            # 17种上涨、9种下降: each has its own.
            marks = (i for i in range(1, len(rest) - 1) if is_separator(rest[i]) and rest[i + 1].figure is not None)
            rest = rest[: next(marks, len(rest))]
    else:
        last = max((i for i, w in enumerate(rest) if w.kind == "figure"), default=None)
        rest = split(rest[last + 1 :], told.lex)[1] if last is not None else []
    words = predicate(rest, told.lex)
    # Only a deed makes an indicator: 8支志愿队伍常年活跃 counts the 志愿队伍.
    if words and (words[0].text in NEGATIONS or any(_acts(w, told.lex) for w in words[:2])):
        return joined(words)
    return ""


def _acts(word: Word, lex: Lexicon) -> bool:
    return lex.is_verb(word) or word.tag in ("l", "i", "vn")
