"""Which quantities are no metrics: figures that place something in time, set a condition, announce a list or a plan."""

import re
from functools import cache

from extract.data import load_toml
from schemas import Quantity

_NEAR = 14
_FAR = 120
# 几家, 数次: too few and too vague to be a result.
_FEW = 10


class Gate:
    """Decides by the text around a quantity. All rules come from the `[gate]` table of data/metrics.toml."""

    def __init__(self) -> None:
        data: dict[str, str] = load_toml("facts/data/metrics.toml")["gate"]
        self._abstract = _opens(data["abstract_nouns"])
        self._after_duration = _opens(data["after_duration"])
        self._before_duration = _ends(data["before_duration"])
        self._duration_noun = _any(data["duration_nouns"])
        self._plan = _any(data["plans"])
        self._rule = _any(data["rules"])
        self._escort = _ends(data["escort_verbs"])
        self._summing = frozenset(data["summing_units"].split())

    def reports(self, text: str, quantity: Quantity, clause: int, sentence: int, end: int) -> bool:
        """Whether `quantity` may be a metric.

        Args:
            text: the view's text.
            quantity: the quantity, in view offsets.
            clause: where its clause begins.
            sentence: where its sentence begins.
            end: where its clause ends.
        """
        start, stop = quantity.start, quantity.end
        near = text[max(clause, start - _NEAR) : start]
        after = text[stop : min(end, stop + 8)]
        if self._tells_else(text, quantity, near, end):
            return False
        if near.endswith(("每", "每隔", "第", "前")) or (near.endswith("“") and text.find("”", stop, stop + 10) >= 0):
            return False
        if self._planned(text, max(sentence, start - _FAR), start) or self._rule.search(
            text, max(clause, start - _FAR), start
        ):
            return False
        if after.startswith("的") and quantity.dimension == "ratio" and quantity.modifier != "exact":
            # 进度低于60%的, 合格率90%以上的: conditions; but 超过90%的企业 reports.
            bounded = quantity.modifier in ("less_than", "at_least", "at_most")
            opens = text[start - 1] in "，；。" or near.endswith(("其中", "其中有"))
            return (
                (opens and quantity.modifier == "at_least")
                or near.endswith(_REPORTING)
                or (not bounded and not near.endswith(("率", "比例", "比重")))
            )
        if after.startswith("的") and quantity.modifier in ("less_than", "at_least", "at_most", "range"):
            # 厚度不足3厘米的, 2万元以上的
            return False
        if quantity.dimension == "age":
            return "平均" in near
        if quantity.dimension == "duration":
            return self._lasting(near, after, quantity.text)
        if quantity.unit == "" and quantity.dimension == "count":
            if near.endswith(("为", "达", "达到", "至", "到", *_INDICES)) or quantity.text.endswith(("万", "亿")):
                return True
            # 高于全国、全省0.9和0.8个百分点: the unit follows the last.
            return _DECIMAL.search(quantity.text) is not None and after[:1] in ("和", "、")
        if quantity.modifier == "vague" and quantity.high is not None and quantity.high <= _FEW:
            return False
        if quantity.unit in self._summing:
            return False
        bounded = quantity.modifier in ("range", "at_least", "at_most")
        if bounded and quantity.dimension != "ratio" and (_CONDITION.search(near) or after.startswith(("的", "标准"))):
            return False
        if quantity.modifier == "range" and (quantity.unit in ("名", "人") or near.endswith(("违法所得", "货值金额"))):
            # 每县2至3名: a quota.
            return False
        if quantity.dimension == "money" and after.startswith("的") and quantity.modifier in ("less_than", "at_most"):
            return False
        if quantity.dimension == "money":
            return not (bounded and _TARIFF.search(near)) and not after.startswith("标准")
        if quantity.dimension == "count":
            if near.endswith(("（含", "每加")) or self._abstract.match(after) or self._escort.search(near):
                return False
            if quantity.text in _SUMS and not (after[:1] and "\u4e00" <= after[0] <= "\u9fff" and near):
                return False
        return True

    @staticmethod
    def _tells_else(text: str, quantity: Quantity, near: str, end: int) -> bool:
        """Whether the words around show a figure that reports nothing: a rank, a rule, a mere sum."""
        stop, unit = quantity.end, quantity.unit
        after = text[stop : min(end + 1, stop + _NEAR)]
        figure = quantity.text
        if after.startswith(_NOT_COUNTED) or figure in _FEASTS or (near.endswith("以下") and unit in _PARTS):
            # 突破万亿大关, 财政部等11部门《…通知》, 12条记录
            return True
        if text[quantity.start - 1] in ":： " and _VISITS.search(text, max(0, quantity.start - _NEAR), quantity.start):
            return True
        if figure.endswith(_REDUCED) or near.endswith(_NO_RESULT) or near in _POINTING:
            return True
        if (figure.startswith(_PASSED) and near.endswith(("未", "没有"))) or near.endswith(_NEVER):
            return True
        if figure[0] in "百千万亿" and quantity.modifier == "exact" and _is_size(quantity, after):
            return True
        if figure.startswith(_BOUNDS) and not near.endswith(("到", "至")) and _DEMAND.search(near):
            return True
        if quantity.modifier in ("less_than", "at_least") and text.startswith(("，或", "或者"), stop):
            # 月收入低于1200元，或因病致贫的
            return True
        if quantity.modifier in ("at_least", "at_most") and _THOSE.search(text, stop, end):
            # 收缴火药1公斤以上、雷管10枚以上的，
            return True
        if unit == "倍" and after and after[0] not in "以左多于有余上" and "\u4e00" <= after[0] <= "\u9fff":
            # 三倍房费, 1.5倍罚款
            return True
        if quantity.dimension == "count":
            if "中" in after and _RANK.match(after):
                return True
            if quantity.value is not None and quantity.value <= _FEW and not _DIGIT.search(figure):
                joint = unit == "部门"
                family = unit == "口" and near.endswith("一家")
                if family or joint or after.startswith(("：", ":")) or _NAMED.search(near):
                    return True
        elif quantity.dimension not in ("ratio", "money") and (_EXTENT.match(after) or _AWAY.search(near)):
            return True
        return False

    def _planned(self, text: str, sentence: int, start: int) -> bool:
        """Whether a plan is told before the figure, and no result (已, 目前) after the plan."""
        plan = self._plan.search(text, sentence, start)
        return plan is not None and not _RESULT.search(text, plan.end(), start)

    def _lasting(self, near: str, after: str, figure: str) -> bool:
        if figure.startswith("不超过") or self._after_duration.match(after) or self._before_duration.search(near):
            return False
        return bool(self._duration_noun.search(near))


def _is_size(quantity: Quantity, after: str) -> bool:
    """万亩油菜基地, 万亩和千亩果园, 亿元项目: a round measure before a noun only tells its size."""
    if quantity.dimension == "money":
        return after.startswith(_SIZED)
    if quantity.dimension not in ("area", "length", "mass", "volume", "energy") or len(quantity.text) > _SHORT:
        return False
    return after[:1] not in ("", "的", "以", "左", "多", "余") and "一" <= after[0] <= "鿿"


_NOT_COUNTED = ("大关", "《", "评论", "记录", "人发表", "页")
_FEASTS = frozenset({"两节", "三节", "双节", "三堆"})
_PARTS = frozenset({"部分", "方面", "点", "个", "项", "类", "种", "步"})
_SHORT = 3
_REPORTING = ("覆盖", "了")
_NEVER = ("未突破过", "未超过", "未达到过", "没有突破过")
_PASSED = ("突破", "超", "达")
# 亿元村, 百万元工程
_SIZED = ("村", "镇", "乡", "县", "园区", "项目", "企业", "产业", "工程", "大奖", "大单", "富翁", "街", "楼")
_THOSE = re.compile("以[上下内]的(?=[，。；、]|$)")
_DIGIT = re.compile("[0-9]")
_DECIMAL = re.compile(r"[0-9]\.[0-9]")
_INDICES = ("指数", "系数", "得分", "评分", "比值", "收入比", "倍率", "生师比", "师生比", "容积率")
_REDUCED = ("折", "千伏")
# 以上两个窝点: told before.
_POINTING = frozenset({"以上", "上述", "他的", "这", "该", "这些"})
_NO_RESULT = ("海拔", "她的", "我的", "定为", "约定", "共印", "分列", "每件补", "每单补", "每人补", "每户补")
_BOUNDS = ("不少于", "不低于", "不得", "至少")
_DEMAND = re.compile("每|应|要|须|(?:率|占比|比例)$")
# 在全省21个市中排第4名
_RANK = re.compile("[^，。；]{0,8}中(?:名列|位列|位居|排名|排|居|列|升至|升到)")
# A、B两个县, “甲”“乙”两个行动: a sum of those just named.
_NAMED = re.compile("(?:、|”“|》《|和|及)[^，。；、的等了]{1,10}$")
_EXTENT = re.compile("[宽长高深厚](?:的|、)|范围|半径")
# 距县城30公里
# 阅读次数：3457, 浏览量 2563次: the counters of a page.
_VISITS = re.compile("(?:浏览|点击|阅读|访问|查看|回复|评论|人气|热度)[量次数度]*[:： ]+$")
_AWAY = re.compile("距离?(?![^，。；]*(?:水位|线|目标))[^，。；]{0,8}$")
_CONDITION = re.compile(r"(?:有|满|具有|具备|凡|处|未)[^，。；]{0,3}$")
_RESULT = re.compile(r"；|已|目前|截至|累计")
_TARIFF = re.compile(r"处|罚|补贴|补助|奖励|给予|收费|按")
# 公检法三家: a bare sum of those just named.
_SUMS = frozenset({"两家", "三家", "四家", "五家", "六家", "七家", "八家", "二者", "两方", "三方", "四方"})


@cache
def gate() -> Gate:
    """The gate, its patterns compiled once."""
    return Gate()


def _alternatives(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


def _opens(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives(words)})")


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives(words)})$")


def _any(words: str) -> re.Pattern[str]:
    return re.compile(_alternatives(words))
