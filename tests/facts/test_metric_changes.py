from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from spacy.vocab import Vocab

from extract.facts.metrics import find_metrics
from extract.layers import Layers
from extract.segment.tokenizer import WordTokenizer

words_of = WordTokenizer(Vocab())

# text; per figure that has changed: basis, change, unit, and the figure that tells it.
CASES: dict[str, tuple[str, dict[str, tuple[str | None, str, str, str]]]] = {
    "rise": (
        "全年办结公证事项1.32万件，同比增长11.5%。",
        {"1.32万件": ("同比", "11.5", "%", "11.5%")},
    ),
    "fall": (
        "上半年接报火灾警情86起，较去年同期下降一成。",
        {"86起": ("较去年同期", "-10", "%", "一成")},
    ),
    "first-of-two": (
        "全区接报警情3520起，同比下降12.4%，环比上升3.1%。",
        {"3520起": ("同比", "-12.4", "%", "12.4%")},
    ),
    "absolute": (
        "截至6月末，存款余额1200亿元，比年初增加86亿元。",
        {"1200亿元": ("比年初", "8600000000", "元", "86亿元")},
    ),
    "points": (
        "空气优良天数比率92.3%，同比提高1.2个百分点。",
        {"92.3%": ("同比", "1.2", "个百分点", "1.2个百分点")},
    ),
    "no-basis": (
        "固定资产投资120亿元，下降3.1%；社会消费品零售总额46亿元，增长-0.4%。",
        {"120亿元": (None, "-3.1", "%", "3.1%"), "46亿元": (None, "-0.4", "%", "-0.4%")},
    ),
    "reckoned": (
        "规上工业增加值86亿元，按可比价格计算同比增长5.2%。",
        {"86亿元": ("同比", "5.2", "%", "5.2%")},
    ),
    "basis-clause": (
        "全年受理案件2100件，与上年同期相比，上升了15.3%。",
        {"2100件": ("与上年同期相比", "15.3", "%", "15.3%")},
    ),
    "former-figure": (
        "一季度，全区接报警情512起，比去年同期的640起减少128起。",
        {"512起": ("比去年同期", "-128", "起", "128起")},
    ),
    "each-its-own": (
        "共发生事故20起、死亡9人，同比分别下降10%和25%。",
        {"20起": ("同比", "-10", "%", "10%"), "9人": ("同比", "-25", "%", "25%")},
    ),
    "doubled": (
        "新登记经营主体1.2万户，较2022年同期翻了一番。",
        {"1.2万户": ("较2022年同期", "1", "番", "一番")},
    ),
    "own-indicator": ("检查企业320家，罚没款同比增长5%。", {}),
    "another-place": ("合格率98.2%，比全省平均水平高1.3个百分点。", {}),
    "other-unit": ("培训学员300人，增加教室4间。", {}),
    "reached": ("签约率由71%升至90%。", {}),
    "sentence-before": ("检查企业320家。同比增长5%。", {}),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_changes(
    text: str,
    expected: dict[str, tuple[str | None, str, str, str]],
    layers_for: Callable[[dict[str, Any]], Layers],
) -> None:
    layers = layers_for({"text": text})
    found = {
        text[slice(*m.quantity)]: (
            m.comparison.basis,
            m.comparison.change,
            m.comparison.unit,
            text[slice(*m.comparison.quantity)],
        )
        for m in find_metrics(words_of(layers.view.text), layers)
        if m.comparison
    }
    assert found == {
        figure: (basis, Decimal(change), unit, teller) for figure, (basis, change, unit, teller) in expected.items()
    }
