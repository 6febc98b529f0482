import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.segment.sentences import find_clauses, find_sentences

SENTENCES = {
    "marks": ("会议召开。会后调研！效果如何？很好", ["会议召开。", "会后调研！", "效果如何？", "很好"]),
    "closing quote stays": ("他说：“开始吧。”大家动手。", ["他说：“开始吧。”", "大家动手。"]),
    "lines": ("标题\n\n  正文。\n", ["标题", "正文。"]),
    "nothing": (" \n ", []),
}
CLAUSES = {
    "marks": ("今年以来，全市办案5件；调解3件。", ["今年以来", "全市办案5件", "调解3件"]),
    "brackets and quotes hold together": (
        "开展“查隐患，保平安”行动（含镇，街道），成效好",
        ["开展“查隐患，保平安”行动（含镇，街道）", "成效好"],
    ),
    "an open bracket swallows nothing": ("按照（办法，先行试点，再推开", ["按照（办法", "先行试点", "再推开"]),
    "a dateline is one": ("本报讯（记者 李明）县林业局造林，补植", ["本报讯（记者 李明）", "县林业局造林", "补植"]),
    "an agency's dateline": ("新华社昆明5月6日电 县林业局造林", ["新华社昆明5月6日电", "县林业局造林"]),
    "a dateline of a place": ("本报青禾讯 县林业局造林", ["本报青禾讯", "县林业局造林"]),
    "a day's dateline": ("青禾日报云岭7月16日电云岭海关查获", ["青禾日报云岭7月16日电", "云岭海关查获"]),
    "reporters alone": ("（通讯员 李明 王强）县林业局造林", ["（通讯员 李明 王强）", "县林业局造林"]),
    "what is told is no dateline": ("省电信公司传来消息 共架线", ["省电信公司传来消息 共架线"]),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == expected


@pytest.mark.parametrize(("text", "expected"), CLAUSES.values(), ids=CLAUSES)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_clauses(text, (0, len(text)))] == expected


@given(st.text(alphabet="甲乙，。！（）“”《》\n ", max_size=100))
def test_sentences_and_clauses_are_ordered_and_apart(text: str) -> None:
    sentences = find_sentences(text)
    clauses = [c for s in sentences for c in find_clauses(text, s)]
    for spans in (sentences, clauses):
        flat = [offset for span in spans for offset in span]
        assert flat == sorted(flat)
        assert all(start < end for start, end in spans)
