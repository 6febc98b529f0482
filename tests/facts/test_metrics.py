import difflib
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extract.facts.metrics import find_metrics
from extract.facts.scopes import Scopes
from extract.layers import Layers
from extract.numbers import find_quantities
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.tokenizer import WordTokenizer
from extract.segment.view import make_view
from extract.times import find_times
from schemas import Metric

_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([^|\]]+))?\]")
_LINES = Path(__file__).with_name("metrics_cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if line and not line.startswith("#")]
SIMILAR = 0.6

words_of = WordTokenizer(Vocab())


def layers_of(text: str) -> Layers:
    view = make_view(text)
    layers = Layers(view=view, sentences=find_sentences(view.text), times=find_times(view.text))
    layers.clauses = [c for s in layers.sentences for c in find_clauses(view.text, s)]
    timed = {i for t in layers.times for i in range(t.start, t.end)}
    layers.quantities = [q for q in find_quantities(view.text) if q.start not in timed]
    layers.scopes = Scopes(layers)
    return layers


def metrics_of(layers: Layers) -> list[Metric]:
    return find_metrics(words_of(layers.view.text), layers)


@pytest.mark.parametrize(("case", "marked"), CASES, ids=[case for case, _ in CASES])
def test_sentences(case: str, marked: str) -> None:
    text, expected = "", []
    position = 0
    marked = marked.replace("\\n", "\n")
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()] + mark[1]
        expected.append((mark[1], mark[2], mark[3]))
        position = mark.end()
    text += marked[position:]
    found = [
        (text[slice(*m.quantity)], m.name, text[slice(*m.part_of)] if m.part_of else None)
        for m in metrics_of(layers_of(text))
    ]
    # The modifier belongs to the figure (近三成), the mark need not hold it.
    assert [(_core(q), _core(p)) for q, _, p in found] == [(_core(q), _core(p)) for q, _, p in expected]
    for (quantity, name, _), (_, indicator, _) in zip(found, expected, strict=True):
        assert difflib.SequenceMatcher(None, indicator, name, autojunk=False).ratio() >= SIMILAR, (quantity, name)


def _core(figure: str | None) -> str | None:
    return figure and re.sub("^(?:超过|突破|近|约)", "", figure)


# text and names as the layer fixture takes them, then per figure: subject, from, to, part_of.
SCOPED: dict[str, tuple[dict[str, Any], dict[str, tuple[str | None, str | None, str | None, str | None]]]] = {
    "named-doer": (
        {
            "text": "2023年，清河县司法局办理法律援助案件320件，其中刑事案件90件。",
            "orgs": ["清河县司法局"],
            "place": "清河县",
        },
        {
            "320件": ("清河县司法局", "2023-01-01", "2023-12-31", None),
            "90件": ("清河县司法局", "2023-01-01", "2023-12-31", "320件"),
        },
    ),
    "own-place": (
        {"text": "上半年，全县查处酒驾60起。", "place": "清河县", "published": "2024-07-10"},
        {"60起": ("清河县", "2024-01-01", "2024-06-30", None)},
    ),
    "start-of-a-change-has-no-period": (
        {"text": "2023年，全县登记失业率由4.1%降至3.6%。", "place": "清河县"},
        {"4.1%": ("清河县", None, None, None), "3.6%": ("清河县", "2023-01-01", "2023-12-31", None)},
    ),
    "listed-doers": (
        {
            "text": "东关派出所、西关派出所等4家单位入选全省示范名单。",
            "orgs": ["东关派出所", "西关派出所"],
            "place": "清河县",
        },
        {"4家": ("清河县", None, None, None)},
    ),
}


@pytest.mark.parametrize(("case", "expected"), SCOPED.values(), ids=SCOPED)
def test_subject_and_period(
    case: dict[str, Any],
    expected: dict[str, tuple[str | None, str | None, str | None, str | None]],
    layers_for: Callable[[dict[str, Any]], Layers],
) -> None:
    layers = layers_for(case)
    text = layers.view.text
    found = {
        text[slice(*m.quantity)]: (
            m.subject,
            m.from_date and m.from_date.isoformat(),
            m.to_date and m.to_date.isoformat(),
            text[slice(*m.part_of)] if m.part_of else None,
        )
        for m in metrics_of(layers)
    }
    assert found == expected


# What figures are called that have only a name before them: text and names as the layer fixture takes them, then names
# in the order of the figures, with the total of those that are parts.
OWNED: dict[str, tuple[dict[str, Any], list[tuple[str, str | None]]]] = {
    "others-do-the-same": (
        {
            "text": "分法院看，东河法院执结90件，西河法院60件，南河法院50件。",
            "orgs": ["东河法院", "西河法院", "南河法院"],
        },
        [("执结", None), ("执结", None), ("执结", None)],
    ),
    "parts-by-place": (
        {
            "text": "全县立案58件，罚款90万元。从地域看，东河镇31件，西河镇、南河镇合计27件。",
            "places": ["东河镇", "西河镇", "南河镇"],
        },
        [("立案", None), ("罚款", None), ("立案", "58件"), ("立案", "58件")],
    ),
    "growth-by-place": (
        {"text": "全县税收增长7.1%；分乡镇看，东河镇增长9.4%，西河镇增长6.6%。", "places": ["东河镇", "西河镇"]},
        [("税收增长", None), ("税收增长", None), ("税收增长", None)],
    ),
    "shares-of-honours": (
        {"text": "命名示范单位12个，东河镇、西河镇分别占去7个和5个。", "places": ["东河镇", "西河镇"]},
        [("命名示范单位", None), ("命名示范单位", None), ("命名示范单位", None)],
    ),
    "completed-by-place": (
        {
            "text": "全县税收收入90亿元。\n县区看，东河镇完成21亿元，增长12%；西河镇19亿元，增长10%。",
            "places": ["东河镇", "西河镇"],
        },
        [
            ("税收收入", None),
            ("完成税收收入", "90亿元"),
            ("完成税收收入增长", None),
            ("税收收入", "90亿元"),
            ("税收收入增长", None),
        ],
    ),
    "one-office-alone": (
        {"text": "全县破获案件402起，缴获毒品3吨；东河派出所一家就查破33起。", "orgs": ["东河派出所"]},
        [("破获案件", None), ("缴获毒品", None), ("查破案件", "402起")],
    ),
}


@pytest.mark.parametrize(("case", "expected"), OWNED.values(), ids=OWNED)
def test_figures_of_owners(
    case: dict[str, Any], expected: list[tuple[str, str | None]], layers_for: Callable[[dict[str, Any]], Layers]
) -> None:
    layers = layers_for({"office": None, **case})
    text = layers.view.text
    assert [(m.name, text[slice(*m.part_of)] if m.part_of else None) for m in metrics_of(layers)] == expected


def test_sums_stay_in_their_paragraph() -> None:
    text = "全县投资90万元。\n发放补助30万元，收缴罚款60万元。"
    assert [m.part_of for m in metrics_of(layers_of(text))] == [None, None, None]


def test_total_in_the_sentence_before() -> None:
    text = "全县共有学校86所。其中：小学50所，初中20所。"
    assert [m.part_of for m in metrics_of(layers_of(text))] == [None, (6, 9), (6, 9)]


def test_headline_is_no_source_of_metrics(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    layers = layers_for({"text": "清河县司法局办理案件90件\n清河县司法局办理案件90件。", "orgs": ["清河县司法局"]})
    layers.head.body = layers.view.text.index("\n")
    assert [m.quantity[0] > layers.head.body for m in metrics_of(layers)] == [True]


_PIECES = st.sampled_from(
    ["其中", "办理案件", "3件", "5.2%", "12万元", "、", "，", "；", "。", "（", "）", "“", "”", "分别", "同比增长", "占", "由", "升至",
     "对", "2家", "的", "中", "共", "等", "每", "65岁以上", "三年", "\n", "率", "全市", "为", "和", "高于", "A", "《", "倍"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_invariants(text: str) -> None:
    layers = layers_of(text)
    figures = {(q.start, q.end) for q in layers.quantities}
    found = metrics_of(layers)
    assert len({m.quantity for m in found}) == len(found)
    for metric in found:
        assert metric.name.strip()
        assert metric.quantity in figures
        assert metric.part_of is None or (metric.part_of in figures and metric.part_of != metric.quantity)


@pytest.mark.parametrize(
    "piece", ["3件、", "共5件中，", "（3件", "“3件", "增长5%、", "办理案件3件，其中2件，", "A、B分别为1件、2件"]
)
def test_hostile_repetition(piece: str) -> None:
    # Any cost that grows with the square of the text would show here as minutes.
    layers = layers_of(piece * (20_000 // len(piece)))
    assert all(m.name for m in metrics_of(layers))


def test_parts_never_exceed_their_total() -> None:
    layers = layers_of("培训干部300人，其中女干部400人、青年干部100人。")
    found = metrics_of(layers)
    values = {(q.start, q.end): q.value or Decimal(0) for q in layers.quantities}
    assert all(values[m.quantity] <= values[m.part_of] for m in found if m.part_of)


def test_names_that_a_list_leaves_short_are_completed_to_the_letter() -> None:
    text = "第一产业增加值28亿元；第二产业139亿元，增长7%。"
    names = [m.name for m in metrics_of(layers_of(text))]
    assert names == ["第一产业增加值", "第二产业增加值", "第二产业增加值增长"]
