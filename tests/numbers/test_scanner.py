"""What holds for any text: spans fit, nothing overlaps, nothing raises, and the work grows with the length alone."""

import subprocess
import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.numbers import find_quantities, scan, scanner
from extract.segment.view import make_view

PIECES = (
    *"0123456789一二三四五六七八九十百千万亿两半几数余多〇壹贰拾佰点、，。；（）“”《》-—~至到和 \n年月日时分秒元角个件家名人%‰成折倍番",
    "分之", "百分之", "以上", "以下", "左右", "近", "约", "超过", "不少于", "上百", "第", "个多月", "个半小时", "三年六个月", "3元5角", "（含）",
    "之间", "千克", "平方米", "万吨", "PM2.5", "〔2015〕37号", "12345", "2023年", "若干", "成千上万", "对折", "公里/小时", "每亩", "零下", "负", "￥",
)  # fmt: skip
COMPANY = [
    "",
    "",
    "共",
    "达到",
    "第",
    "前",
    "近",
    "节约",
    "月",
    "和",
    "至3",
    "-",
    "以上",
    "（含",
    "多",
    "半",
    "个",
    "的",
    "，",
    "日内",
    "年",
    "以内",
    "3",
    "A",
    "不",
    "起",
]
UNITS = [
    "件",
    "个",
    "个月",
    "小时",
    "平方米",
    "元",
    "%",
    "人次",
    "国",
    "路",
    "岁",
    "千克",
    "万元",
    "天",
    "条",
    "年",
    "日",
    "成",
    "块",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@given(TEXTS)
@example("百分之零下0分")
def test_spans_fit_and_do_not_overlap(text: str) -> None:
    found = find_quantities(text)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low is None or quantity.high is None or quantity.low < quantity.high
        assert quantity.modifier not in ("range", "vague") or quantity.value is None
    for left, right in pairwise(found):
        assert left.end <= right.start


@given(TEXTS)
def test_a_view_gives_the_same_quantities_as_its_source(text: str) -> None:
    view = make_view(text)
    assert [(q.value, q.unit) for q in scan(view.text)] == [(q.value, q.unit) for q in find_quantities(text)]


@given(
    TEXTS
    | st.builds(
        "{}{}{}{}".format,
        st.sampled_from(COMPANY),
        st.integers(0, 3000),
        st.sampled_from(UNITS),
        st.sampled_from(COMPANY),
    )
)
def test_plain_quantities_are_what_the_rules_make_of_them(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanner, "plain_quantity", lambda text, start: None)
        by_rules = scan(text)
    assert scan(text) == by_rules


def steps(text: str) -> int:
    """The calls that scanning `text` makes, of Python functions and of built-in ones."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


HOSTILE = [
    "9", "一", "万", "十", "1,", "1.", "-", "（", "“", "《", "百分之", "一又", "1/", "3至", "3-", "三年", "3元", "亿万", "一点", "数", "半",
    "第1、", "5%-", "五千元以上", "1个多", "（含", "近", "不超过", "成千上万", "全市办理案件1889件，其中民事981件。",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    scan(piece)  # data files are loaded now
    once, twice = steps(piece * 500), steps(piece * 1000)
    assert twice <= 2 * once + 200


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_is_read(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text))


def test_import_is_light() -> None:
    heavy = "spacy", "jieba", "numpy", "torch"
    code = f"import sys, extract, extract.numbers; print([m for m in {heavy!r} if m in sys.modules])"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert output.stdout.strip() == "[]"
