import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.segment.view import fold, make_view

FOLDED = {
    "full-width digits and percent": ("２０２３年增长１２．５％", "2023年增长12.5%"),
    "half-width punctuation": ("一是学习;二是整改(共3项):全部完成!", "一是学习；二是整改（共3项）：全部完成！"),
    "thousands separator stays": ("收入1,234.5万元,增长", "收入1,234.5万元，增长"),
    "full-width thousands separator": ("收入１，２３４元", "收入1,234元"),
    "clock stays": ("8：30开始", "8:30开始"),
    "straight quotes pair up": ('开展"清风"行动和"净网"行动', "开展“清风”行动和“净网”行动"),
    "corner quotes": ("「清风」行动", "“清风”行动"),
    "half-width full stops": ("增长3.1%.\n投诉12件.市局办结9件.", "增长3.1%。\n投诉12件。市局办结9件。"),
    "a stop in a name stays": ("阿不都.买买提说。会后，他去了。", "阿不都.买买提说。会后，他去了。"),
    "commas after the numbers of headings": ("公报\n一,总量\n十二,热点", "公报\n一、总量\n十二、热点"),
    "ideographic space": ("　　今年", "  今年"),
}

PROSE = "全市各级调解组织共受理矛盾纠纷两千余件。调解员走村入户，把问题解决在家门口，群众的评价越来越"
JOINED = {
    "page break inside a sentence": (PROSE + "\n\n好。", PROSE + "好。"),
    "heading is not joined": ("工作有声有色\n\n今年以来，各地行动。", None),
    "publication line is not joined": (
        "发布时间：2024-07-19 16:42　信息来源：长岭市卫生健康委员会规划信息科　阅读次数：1283　字体：大 中 小　责任编辑：林知夏\n尊敬的市民",
        None,
    ),
    "full stop ends the line": ("会议结束。\n下午继续。", None),
    "numbered point opens a line": (PROSE + "\n一、加强领导", None),
    "hard-wrapped lines": (
        "    县里的供水管网年久失修，漏损率居高不\n下，居民的意见很大。今年三月起，水务集\n团分六个片区更换老旧管道，到十月底已经\n"
        "完成八成以上，水压和水质都有明显的好\n转，投诉量也随之减少。",
        "    县里的供水管网年久失修，漏损率居高不下，居民的意见很大。今年三月起，水务集团分六个片区更换老旧管道，到十月底已经"
        "完成八成以上，水压和水质都有明显的好转，投诉量也随之减少。",
    ),
    "wrapped lines keep their paragraphs": (
        "    县里的供水管网年久失修，漏损率居高不\n下，居民的意见很大，多次向县里反映情况\n"
        "    今年三月起，水务集团分六个片区更换老\n旧管道，到十月底已经完成八成以上的工程\n量，水压和水质都明显好转。",
        "    县里的供水管网年久失修，漏损率居高不下，居民的意见很大，多次向县里反映情况\n"
        "    今年三月起，水务集团分六个片区更换老旧管道，到十月底已经完成八成以上的工程量，水压和水质都明显好转。",
    ),
}

SPACED = {
    "spaces around digits throughout": (
        "2023 年 7 月 5 日，全县共办理案件 820 件，增长 12.3 个百分点，惠及 3.2 万人。",
        "2023年7月5日，全县共办理案件820件，增长12.3个百分点，惠及3.2万人。",
    ),
    "a name stays apart from a year": (
        "办理 20 件，调解 13 件，惠及 5 户，共 3 次。\n云溪市司法局 2023 年 7 月 5 日",
        "办理20件，调解13件，惠及5户，共3次。\n云溪市司法局 2023年7月5日",
    ),
    "now and then is no habit": ("办理 20 件，惠及5户。", None),
    "columns of a table": ("1 兴业县 23 44\n2 博白县 18 31\n3 陆川县 25 26\n4 北流市 27 28", None),
    "a caption ends its line": (PROSE + "王芳 摄\n金秋时节", None),
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.values(), ids=FOLDED)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("text", "expected"), JOINED.values(), ids=JOINED)
def test_lines_are_joined_inside_sentences_only(text: str, expected: str | None) -> None:
    assert make_view(text).text == (fold(text) if expected is None else expected)


@pytest.mark.parametrize(("text", "expected"), SPACED.values(), ids=SPACED)
def test_spaces_before_units_are_taken_out_where_they_are_a_habit(text: str, expected: str | None) -> None:
    assert make_view(text).text == (fold(text) if expected is None else expected)


@given(st.text(alphabet='甲件年1２，,。；:\n 　()（“"', max_size=200))
def test_every_character_leads_back_to_its_source(text: str) -> None:
    view = make_view(text)
    assert len(view.text) == len(view.plain)
    for i, char in enumerate(view.plain):
        start, end = view.source(i, i + 1)
        assert text[start:end] == char


@given(st.text(max_size=200))
def test_any_text_has_a_view_and_folding_twice_changes_nothing(text: str) -> None:
    view = make_view(text)
    assert fold(view.text) == view.text
