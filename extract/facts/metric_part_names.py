"""How a part of a total is called: 其中民事60件 of 受理案件90件 is 受理民事案件.

Notes for a newcomer. A part says only what sets it apart. The deed comes from its total unless it has one of its own;
the noun comes from the total where the part's words are an attribute (民事, 县级) and stays away where they are things
themselves (小学, 春节补贴).
"""

import re

from extract.facts.metric_drafts import Draft
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_words import Word, joined

_SITES = frozenset("院校局所站区县市镇")
_BODIES = ("机构", "平台", "窗口", "热线", "中心", "企业", "部门", "单位", "公司")
# 市级, 建材类, 慢性: attributes without their noun.
_ATTRIBUTE_ENDINGS = ("级", "类", "型", "性", "以上", "以下")
_PEOPLE_ENDINGS = "人员生者童女户师工民众象子干警军兵友辈"
# What a total's name says of its being a total.
_WHOLE = re.compile("^(?:总|共|各级|各类|各种|现有|在册|全部|各)+")
_ACHIEVING = frozenset({"完成", "实现", "达成", "拥有"})
_LIGHT = frozenset({"提出", "作出", "开展", "进行", "实施", "组织", "发起", "提起"})
_PLACE_TAGS = ("n", "ns", "nr", "nz", "nt", "x")
_DIVISIONS = ("县", "旗", "新区", "经开区", "开发区", "示范区", "度假区")
_LONGEST_PLACE = 5
_REFORMING = ("整改", "销号", "整治", "办结", "化解", "关停", "取缔")
_MATTERS = ("案件", "投诉", "举报", "事故", "警情", "纠纷", "咨询", "工单", "诉求", "火灾")
_OUTSTANDING = frozenset({"需", "需要", "应", "待", "尚需", "完成"})
_SPENDING = ("用于", "投向")
_OTHERS = ("其他", "其它", "其余")
_SUMS_OF_MONEY = ("补贴", "补助", "津贴", "金", "款", "费", "奖励")
_INSURANCES = ("医保", "社保", "保险", "养老", "医疗", "失业", "工伤", "生育")
_CASE_UNITS = frozenset(["件", "起", "宗", "例", "场", "次", "期"])
_PLACE_UNITS = frozenset(["个", "家", "所", "座", "处", "名", "人", "位"])


def part_name(verb: list[Word], noun: list[Word], total: Draft, unit: str) -> tuple[str, str]:
    """The deed and the rest of a part's name: a part without a deed of its own takes over that of its total."""
    if not verb and len(noun) > 1 and (noun[-1].text in _ACHIEVING or noun[-1].text == total.verb):
        # 铁路完成26万人次, 检察长办理90件: the deed of the total again, without its object.
        own = joined(noun if noun[-1].text == total.verb and noun[-1].text not in _ACHIEVING else noun[:-1])
        return "", own if own.endswith(total.noun[-2:]) else own + total.noun
    own = joined(noun)
    if verb and not noun:
        # 缓刑, 废止 say what became of the things counted; 咨询 and 补助 are things themselves.
        own, noun = joined(verb), verb
        if len(verb) > 1 and verb[0].text in _LIGHT:
            # 提出抗诉
            return "", own
        if len(own) > 2 and total.noun.endswith(own[-2:]):
            # 争议结案90件, of which 调解结案
            return "", own
        if own.endswith("案") and not total.noun.endswith("案件"):
            # 立案, of 发出检察建议
            return "", own
        if verb[-1].text not in lexicon().event_nouns:
            return "", own + _WHOLE.sub("", total.noun)
    if verb and noun is not verb:
        deed = joined(verb)
        if deed in _OUTSTANDING and all(w.text in lexicon().verbs for w in noun):
            # 需整治规范, of 排查项目
            return "", deed + own + _WHOLE.sub("", total.noun)
        if deed.startswith(_SPENDING):
            # 用于产业, 用于购置设备: what part of the money is for.
            return "", (deed.removeprefix("用于") or deed) + own + total.noun
        return deed, own
    if not own or all(map(_names_place, noun)):
        # Whose the part is (其中东区12件) is said by its subject.
        return total.verb, total.noun
    whole = total.noun
    last = noun[-1]
    if own in lexicon().completion_verbs or (own.endswith(_REFORMING) and not lexicon().is_agent(noun[0])):
        # 限期整改, of 发现问题
        return "", own + whole
    if total.verb:
        # 新登记, of which 企业新登记
        own = own.removesuffix(total.verb) or own
        # 新增减税降费, of which 制造业减税降费: what the part repeats is not taken over.
        if own.endswith((*_ATTRIBUTE_ENDINGS, *_OTHERS)) and (unit not in ("%", "元") or own[-1] == "级"):
            own += whole
        if total.verb in _ACHIEVING and lexicon().is_measure(last):
            # 实现销售额, of which 假期销售额
            return "", own
        if total.verb in _ACHIEVING and total.figure.dimension != "count" and own[-2:] != whole[-2:]:
            # 实现增加值, of which 第一产业
            return "", own + _WHOLE.sub("", whole)
        if not whole and unit in _CASE_UNITS and last.text not in lexicon().event_nouns:
            # 立案90件（民事30件）
            return "", own + total.verb
        if unit[:1] in _CASE_UNITS and _is_body(own):
            # 平台办理事项20万件，其中热线平台6万件: the part is what that body did.
            return "", own + total.verb + whole
        if own.endswith(_SUMS_OF_MONEY) and total.verb[-2:] in lexicon().event_nouns:
            # 集中供养对象供养资金, of which 春节补贴
            return "", own
        repeats = not whole and own[-2:] in total.verb[2:]
        thing = last.text in lexicon().verbal_nouns or last.text in lexicon().event_nouns
        if unit in _CASE_UNITS and len(own) <= 2 and own not in whole and not thing:
            # 受理案件90件，其中民事60件: 受理民事案件.
            own += whole
        return total.verb[:2] if repeats else total.verb, own
    if whole.endswith(own):
        return "", whole
    if unit in _CASE_UNITS and whole.endswith(_MATTERS) and not own.endswith(_MATTERS):
        # 商品类投诉90件, of which 食品30件
        return "", own + whole[-2:]
    if len(whole) > 2 and own.endswith(whole[-2:]):
        # 第二产业增加值, of which 工业增加值
        return "", own
    if whole.endswith("参保") and own.endswith(_INSURANCES):
        # 基本医疗保险参保, of which 职工医保
        return "", own + "参保"
    if set(own) <= set(whole):
        # 进出口总额, of which 进口: 进口总额.
        return "", own + whole[whole.rindex(own[-1]) + 1 :]
    if last.text in whole and not whole.endswith(last.text):
        # 居民人均收入, of which 城镇居民: 城镇居民人均收入.
        return "", own + whole[whole.rindex(last.text) + len(last.text) :]
    measured = total.figure.dimension not in ("count", "ratio") and not lexicon().is_measure(last)
    tagged = last.tag in ("b", "v", "vn", "a", "d", "f") and last.kind == "word"
    attribute = (tagged and len(own) <= 6 and not _is_body(own)) or own.endswith(_ATTRIBUTE_ENDINGS)
    if total.figure.dimension == "count" and len(own) <= 4 and unit in ("人", "名", "位"):
        attribute = attribute or own[-1] not in _PEOPLE_ENDINGS
    elif unit in _PLACE_UNITS and len(own) <= 2:
        attribute = attribute or not _is_body(own)
    acts = unit not in _PLACE_UNITS and _is_body(own)
    if measured and own.endswith(_SUMS_OF_MONEY):
        # 低保金90万元，其中春节补贴20万元
        return "", own
    if own[-1] == "税" and whole[0] == "税":
        # 税收收入, of which 增值税
        return "", own
    if measured or attribute or acts:
        return "", own + _WHOLE.sub("", whole)
    return "", own


def _names_place(word: Word) -> bool:
    """Whether `word` says only whose the part is: a name, or a place that is not known as one (丰县, 高新区)."""
    if word.kind != "word":
        return word.kind == "name"
    return word.tag in _PLACE_TAGS and 1 < len(word.text) <= _LONGEST_PLACE and word.text.endswith(_DIVISIONS)


def _is_body(name: str) -> bool:
    """Whether `name` ends as institutions and places do."""
    return name[-1] in _SITES or name.endswith(_BODIES)
