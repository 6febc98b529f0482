"""Which times set no period: they compare, limit, or say which thing is meant (2022年补助资金)."""

import datetime as dt
import re

from extract.facts.scope_words import either
from schemas import TimeExpression

_COMPARISON = re.compile(either("comparisons"))
_BEFORE_COMPARISON = re.compile(rf"(?:{either('before_comparison')})$")
_DEADLINE = re.compile(rf"(?:{either('before_deadline')})$")
_TIMES_AS_MUCH = re.compile(r"的?[约近超]?[\d.]+倍|版")
# 完成全年目标的八成: the year is the target's.
_TARGET = re.compile(r"(?:的)?(?:目标|任务|计划|预算|工作要点)")
# 完成全年招商引资目标任务的八成
_OF_A_TARGET = re.compile(r"[^，。；：、\d]{2,16}(?:目标|任务|计划|预算)(?:任务|数)?[的，。；]")
# 对2013年以来形成的资产, 抽查2018年的案件: the time tells which ones.
_ATTRIBUTE = re.compile(r"[^，。；：、的]{0,10}的(?!是)")
_GOVERNS = re.compile(r"(?:对|将|把|抽查|清理|核查|回访|复查|排查|梳理|对照|收回|消化|偿还|清偿|化解)$")
# 1998年建成的老楼, 去年签下的合同: the time is the thing's.
_OF_A_THING = re.compile(
    r"[^，。；：、\d]{0,4}(?:建成|修建|修|建|成立|挂牌|创办|开业|投产|竣工|投用|动工|设立|签[下订署约]|入伍|参军|毕业|退役)的(?!是)"
)
_OPEN_ENDED = ("以来", "起", "前", "至今", "期间", "后")
# 胸痛中心2021年11月挂牌，…; 工作室成立于2018年，…
_FOUNDED = re.compile(
    r"(?:正式|获批|先后|全面|建成|开工)*(?:成立|挂牌|揭牌|建成|投用|投产|开业|开园|开馆|开诊|运营|启用|创办|组建|创建|建校|建院|建厂)"
    r"(?:投用|使用|投产|运营|运行|开放|开园|挂牌)?(?:以来)?，(?!(?:新增|共|累计|当年|总投资|投资))"
)
_FOUNDED_IN = re.compile(r"(?:成立|组建|始建|创建|创办|建成|建)于$")
# 福州5月6日电, 本报5月6日讯: when it was reported.
_REPORTED = re.compile(r"[ 　]?(?:电(?=[ 　（(，：:“])|讯(?![息问]))")
# 举办2019年业务培训班: the year is part of the name.
NAMES_EVENT = re.compile(r"(?:举办|召开|举行|承办|主办|参加)了?$")
# 启动2017年度补贴申报工作: likewise.
_NAMES_WORK = re.compile(r"(?:启动|开展|组织|完成|推进|实施|公布|印发|部署)了?$")
# 2021年“五一”劳动节将至, 端午节来临之际: what is near.
_NEARS = re.compile(r"[^，。；\d]{0,24}(?:来临|临近|将至|到来)(?:之际)?[，。]")
# 由去年的84分钟缩短到61分钟: what is told is of another time; 由2020年的95%提高到2022年的98% has one for each end.
_VALUE_THEN = re.compile(r"[由从]$")
_OF_A_VALUE = re.compile(r"的?(?:近|约|超|逾|不足|不到)?[\d百一二两三四五六七八九十](?![^，。；\n]{0,20}年)")
# 7月30日通报称，今年上半年…: likewise, and the figures are of the time told then.
_REPORTS = re.compile(
    r"[^，。；：\n]{0,16}?(?:通报|获悉|发布|公布|披露|介绍|了解到)[^。；\n]{0,50}?"
    r"(?:今年|去年|以来|上半年|季度|\d月(?!\d)|\d年)"
)
_STAMP = re.compile(r"[\d./-]+")
# 下达2022年中央补助资金, 用于2022年新增的…, 公布2021年考核结果: the year is the money's or the list's.
_GIVES = re.compile(
    r"(?:下达|拨付|拨|安排|分配|争取|发放|兑付|兑现|申报|用于|补助|支持|公布|公示)(?:[^，。；：、\d]{0,12})$"
)
_OF_MONEY = re.compile(r"度?[^，。；：、\d]{0,30}?(?:资金|补助|补贴|经费|预算|债券|[考核评]价?结果|名单|新增的)")
# 2022年度审计查出问题整改情况: the year is that of what was found, not of its mending.
_OF_FINDINGS = re.compile(
    r"度?[^，。；：、\d]{0,12}?(?:查出|发现|反馈|交办)的?[^，。；：、\d]{0,4}问题的?(?:整改|清单|销号)"
)


def is_aside(text: str, time: TimeExpression, earlier: TimeExpression | None) -> bool:
    """Whether `time` compares, limits, names or describes rather than dates what is reported.

    Args:
        text: the view's text.
        time: the expression in question.
        earlier: the sentence's last time before it that set a period.
    """
    start, end = time.start, time.end
    if _COMPARISON.fullmatch(time.text) or _BEFORE_COMPARISON.search(text, max(0, start - 3), start):
        return True
    if _DEADLINE.search(text, max(0, start - 4), start) or _TIMES_AS_MUCH.match(text, end):
        return True
    if _in_title(text, start) or _TARGET.match(text, end):
        return True
    if time.text.endswith(("年", "年度")) and _OF_A_TARGET.match(text, end):
        return True
    if _NEARS.match(text, end):
        return True
    if _VALUE_THEN.search(text, max(0, start - 1), start) and _OF_A_VALUE.match(text, end):
        return True
    if _OF_A_THING.match(text, end):
        return True
    if time.text.endswith(("日", "日前", "天")) and (_REPORTED.match(text, end) or _REPORTS.match(text, end)):
        return True
    if (text.startswith("第", end) and time.text.startswith("本")) or _STAMP.fullmatch(time.text):
        return True
    digits = time.text[0].isdigit() and time.text.endswith(("年", "年度"))
    if is_named_after(text, time):
        return True
    if _GOVERNS.search(text, max(0, start - 3), start) and _ATTRIBUTE.match(text, end):
        return True
    unknown = time.from_date is None and time.to_date is None
    if text.startswith("的", end) and (unknown or time.text.endswith(("年初", "上年末", "去年底"))):
        # 由年初的93.1%提至97.8%: what is told is of another time.
        return True
    if digits and earlier is not None and NAMES_EVENT.search(text, max(0, start - 4), start):
        # 10月31日举办2019年业务培训班: likewise.
        return True
    if text.startswith("“", end) and earlier is not None:
        # 启动2022年“某某”计划: the year is part of the name.
        return True
    quoted = time.text.startswith("“") and "期" not in time.text
    return quoted and not text.startswith(("，", "以来"), end)


def is_founding(text: str, time: TimeExpression, published: dt.date | None) -> bool:
    """Whether `time` only says when the institution told of was founded, in a year before that of the publication.

    胸痛中心2021年11月挂牌，5名医生轮流值守; 调解室成立于2018年，有调解员15人.
    """
    if published is None or time.to_date is None or time.to_date.year >= published.year or "年" not in time.text:
        return False
    if time.text.endswith(_OPEN_ENDED):
        return False
    return _FOUNDED_IN.search(text, max(0, time.start - 4), time.start) is not None or (
        _FOUNDED.match(text, time.end) is not None
    )


def is_named_after(text: str, time: TimeExpression) -> bool:
    """Whether the year `time` says which money, list or finding is meant (下达2022年补助资金, 公布2021年考核结果)."""
    year = time.text[0].isdigit() and time.text.endswith(("年", "年度"))
    if year and _OF_FINDINGS.match(text, time.end):
        return True
    annual = time.text.endswith("年度") or text.startswith("度", time.end)
    if year and annual and _NAMES_WORK.search(text, max(0, time.start - 4), time.start):
        return True
    given = year and _GIVES.search(text, max(0, time.start - 16), time.start) is not None
    return given and _OF_MONEY.match(text, time.end) is not None


def _in_title(text: str, offset: int) -> bool:
    floor = max(0, offset - 150)
    return text.rfind("《", floor, offset) > text.rfind("》", floor, offset)
