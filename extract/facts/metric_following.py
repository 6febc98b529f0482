"""The words after a figure that may be its own, up to those that belong to the next figure.

Notes for a newcomer. Between two figures stand the noun of the first and the indicator of the second: 10家机构 |
共有职工43名, 22个小区中 | 有3个, 18家企业 | 实现产值31亿元. Where the one ends and the other begins is told by a verb
of possession, by 中, by a mark of a list, or by a measure at the end.
"""

from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_place import AMONG
from extract.facts.metric_words import Word, is_separator
from schemas import Quantity

_POSSESSIONS = frozenset({"共有", "现有", "拥有", "设有"})
_AROUND = frozenset({"不等", "左右", "之间", "不", "等"})
EACH = frozenset({"每人", "每户", "每家", "每个", "每村", "每名", "人均", "户均"})
_SUMMED = frozenset({"共", "累计", "共计", "合计", "总共", "共同"})
_RATES = ("率", "比例", "比重", "占比")
_SUMS_OF_MONEY = ("额", "值", "收入", "投资", "资金", "利润", "支出", "余额")
_REACHING = frozenset({"实现", "完成", "达到", "合计", "总"})


def words_after(words: list[Word], index: int, end: int, lex: Lexicon) -> tuple[list[Word], int]:
    """The words after the figure at `index` that may be its own, and the index of the first word that is not.

    Args:
        words: the sentence's words.
        index: the figure's.
        end: the index at which its clause ends.
        lex: the word classes.
    """
    start = index + 1
    while start < end and (words[start].text in _AROUND or words[start].text[0] in "（("):
        start += 1
    stop = start
    while stop < end and words[stop].kind != "figure":
        stop += 1
    after = words[start:stop]
    following = words[stop].figure if stop < end else None
    if not after or is_separator(after[0]) or after[0].text in AMONG:
        return [], start
    if following is None:
        return after, start + len(after)
    if len(after) > 1 and after[-1].text in EACH:
        # 资助7名学生每人800元
        return after[:-1], start + len(after) - 1
    among = next((i for i, w in enumerate(after) if w.text in AMONG), None)
    if among is not None:
        # 22个小区中有3个…: what goes before 中 is the total.
        return after[: among + 1], start + among + 1
    if following.dimension == "ratio" and _names_rate(after, lex):
        # 10个断面达标率90%: the rate belongs to the figure after it.
        return after[:1], start
    owned = next((i for i, w in enumerate(after) if w.text in _POSSESSIONS or _sums_up(after, i, lex)), 0)
    owned = owned or _sum_begins(after, following, lex)
    if owned:
        # 10家机构共有职工43名
        return after[:owned], start + owned
    marks = [i for i, w in enumerate(after) if w.kind == "list"]
    if is_separator(after[-1]):
        marks.append(len(after) - 1)
    if marks:
        relative = lex.is_verb(after[0]) and any(w.text == "的" for w in after)
        after = after[: marks[-1] if relative else marks[0]]
    return after, start + len(after)


def _sums_up(words: list[Word], index: int, lex: Lexicon) -> bool:
    """16个地区共收到申请98件: 共 and its deed tell of the figure to come."""
    return words[index].text in _SUMMED and index + 1 < len(words) and lex.is_deed(words[index + 1])


def _names_rate(words: list[Word], lex: Lexicon) -> bool:
    rest = [w for w in words if w.text not in lex.copulas]
    return len(words) > 1 and bool(rest) and rest[-1].text.endswith(_RATES) and not any(map(is_separator, rest))


def _sum_begins(words: list[Word], following: Quantity, lex: Lexicon) -> int:
    """18家企业实现产值31亿元: the index at which the indicator of a sum of money begins, or 0."""
    if following.dimension != "money" or not words[-1].text.endswith(_SUMS_OF_MONEY):
        return 0
    reached = next((i for i, w in enumerate(words) if w.text in _REACHING), 0)
    if reached or any(map(lex.is_deed, words)):
        return reached
    return next((i + 1 for i, w in enumerate(words[:-1]) if len(w.text) > 1 and lex.is_agent(w)), 0)
