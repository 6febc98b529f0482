"""The entity rules on sentences of many bureaus: `mentions.txt` holds the texts with their answers."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extract.layers import Layers
from extract.ner.canonical import with_canonical
from extract.ner.rules import find_mentions
from extract.segment.sentences import find_sentences
from extract.segment.tokenizer import WordTokenizer
from extract.segment.view import make_view

_MARKED = re.compile(r"\{([A-Z]+):([^{}=]+)(?:=([^{}]+))?\}")
_CASES = [
    line
    for line in Path(__file__).with_name("mentions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
_tokenizer = WordTokenizer(Vocab())


def layers_of(text: str, *, canonical: bool = True) -> Layers:
    view = make_view(text)
    layers = Layers(view=view, sentences=find_sentences(view.text))
    layers.mentions = find_mentions(_tokenizer(view.text), layers)
    if canonical:
        layers.mentions = with_canonical(layers)
    return layers


def unmark(marked: str) -> tuple[str, list[tuple[int, str, str, str]]]:
    """The text without its marks, and what they say: offset, type, words, canonical name."""
    text, answers, position = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[position : match.start()]
        answers.append((len(text), match[1], match[2], match[3] or match[2]))
        text += match[2]
        position = match.end()
    return text + marked[position:], answers


@pytest.mark.parametrize("marked", _CASES, ids=lambda marked: _MARKED.sub(r"\2", marked)[:24])
def test_mentions(marked: str) -> None:
    text, answers = unmark(marked)
    found = [(m.start, m.type, m.text, m.canonical) for m in layers_of(text).mentions]
    assert found == answers


def test_a_quarter_of_the_texts_that_could_mislead_hold_no_mention() -> None:
    assert sum("{" not in case for case in _CASES) >= len(_CASES) // 4


def _organisations(text: str) -> list[str]:
    return [m.text for m in layers_of(text).mentions if m.type == "ORG"]


def test_units_that_head_paragraphs_by_their_bare_names() -> None:
    text = "◆环卫站　清运垃圾30吨。\n◆市政管护所　修补人行道20块，由环卫站协助。\n"
    assert _organisations(text) == ["环卫站", "市政管护所", "环卫站"]
    assert _organisations("◆环卫站　清运垃圾30吨。\n◆安全生产　检查企业3家。\n") == []


def test_a_unit_that_signs_by_its_bare_name() -> None:
    assert _organisations("全市快件增长。\n（供稿：行业管理科　周立新）") == ["行业管理科"]
    assert _organisations("全市快件增长。\n（供稿：行业管理科　六月份）") == []


def test_a_name_that_runs_across_a_line_break() -> None:
    layers = layers_of(
        "\n".join(
            [
                "日前，盐城市消防救援支队按照省消防",
                "救援总队要求，在大丰区、亭湖区同时",
                "开展夜间检查，检查餐饮场所一百二十",
                "余家，发现并整改各类隐患一百余处，",
                "责令三家单位停业整改，现场教育店员",
                "六十余人次，发放宣传资料五百多份。",
            ]
        )
    )
    assert [m.text for m in layers.mentions if m.type == "ORG"] == ["盐城市消防救援支队", "省消防救援总队"]


def _invariants(text: str) -> None:
    layers = layers_of(text)
    for mention in layers.mentions:
        assert layers.view.text[mention.start : mention.end] == mention.text
        assert mention.canonical
        assert mention.sources[0].startswith("rule:")
    assert all(a.end <= b.start for a, b in pairwise(layers.mentions))


_PIECES = st.sampled_from(
    [
        "市",
        "省",
        "县",
        "区",
        "局",
        "司法局",
        "公安局",
        "“",
        "”",
        "《",
        "》",
        "、",
        "和",
        "等",
        "5家",
        "律师事务所",
        "王",
        "李国强",
        "记者",
        "局长",
        "（",
        "）",
        "·",
        "兰溪",
        "兰溪市",
        "内蒙古",
        "会同县",
        "镇",
        "村",
        "社区",
        "街道",
        "专项行动",
        "活动",
        "开展",
        "的",
        "\n",
        "。",
        "，",
        "委",
        "人民医院",
        "中国",
        "一带一路",
        "12345",
        "team",
        "路",
        "湖",
        "党委",
        "书记",
        "欧阳",
        "高",
        "第一",
        "国际",
        "机场",
        "𠮷",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_pieces_of_names_in_any_order_keep_the_invariants(text: str) -> None:
    _invariants(text)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_keeps_the_invariants(text: str) -> None:
    _invariants(text)


@pytest.mark.parametrize(
    "piece",
    [
        "市",
        "兰溪市",
        "、王",
        "“活动”",
        "王建国、",
        "市司法局、",
        "（市）",
        "·阿里",
        "明衡、等5家律师事务所",
        "和市疾控中心",
        "书记高",
        "专项行动",
    ],
)
def test_a_long_run_of_one_piece_is_read(piece: str) -> None:
    _invariants(piece * 3000)


def _timed(make: Callable[[int], str], size: int) -> float:
    import time

    text = make(size)
    view = make_view(text)
    doc = _tokenizer(view.text)
    layers = Layers(view=view, sentences=find_sentences(view.text))
    start = time.process_time()
    layers.mentions = find_mentions(doc, layers)
    with_canonical(layers)
    return time.process_time() - start


def test_time_grows_with_the_length_only() -> None:
    piece = "兰溪市司法局局长王建国在“送法下乡”活动中说，市民政局、婺城区、金东区司法局和东河镇参加。"
    _timed(lambda n: piece * n, 10)
    short, long = _timed(lambda n: piece * n, 200), _timed(lambda n: piece * n, 2000)
    assert long < 30 * short + 0.5
