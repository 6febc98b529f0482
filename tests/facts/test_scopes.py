import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.places import at_level, division_at, divisions_of
from extract.facts.scopes import Scopes
from extract.layers import Layers
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.view import make_view
from extract.times import find_times
from schemas import Mention

CASES = tomllib.loads(Path(__file__).with_name("scopes_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_scopes(case: dict[str, Any], layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    layers = layers_for(case)
    scopes = layers.scopes
    assert scopes is not None
    for words, expected in case["at"].items():
        offset = layers.view.text.index(words)
        found = {
            "subject": scopes.subject(offset),
            "actors": list(scopes.actors(offset)),
            "period": [d.isoformat() if d else "" for d in scopes.period_in_force(offset)],
        }
        assert {k: found[k] for k in expected} == expected, words


def test_fall_backs(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    for text, subject in (("向全县群众发放。", "海丰县"), ("发放资料300份。", "海丰县司法局")):
        scopes = layers_for({"text": text, "place": "海丰县", "office": "海丰县司法局"}).scopes
        assert scopes is not None
        assert (scopes.subject(4), scopes.named(0)) == (subject, ())
        assert scopes.actor(4) == "海丰县司法局"


def test_nobody_known(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    scopes = layers_for({"text": "发放资料300份。"}).scopes
    assert scopes is not None
    assert (scopes.subject(3), scopes.actor(3), scopes.actors(3), scopes.period_in_force(3)) == (
        None,
        None,
        (),
        (None, None),
    )


@given(st.text(alphabet="全市该局其中被由的，。；：、\n 一是（）2023年1至6月截目前县院A", max_size=120), st.data())
def test_never_fails(text: str, data: st.DataObject) -> None:
    view = make_view(text)
    layers = Layers(view=view, sentences=find_sentences(view.text), times=find_times(view.text))
    layers.clauses = [c for s in layers.sentences for c in find_clauses(view.text, s)]
    for start in sorted(data.draw(st.sets(st.integers(0, max(0, len(view.text) - 2)), max_size=4))):
        if view.text[start : start + 1].strip():
            layers.mentions.append(Mention(start=start, end=start + 1, text=view.text[start], type="ORG"))
    scopes = Scopes(layers)
    assert all(a < b for a, b in pairwise(scopes._offsets))
    for offset in range(len(view.text) + 1):
        scopes.subject(offset)
        scopes.actors(offset)
        scopes.period(offset)


@pytest.mark.parametrize(
    ("name", "divisions"),
    [
        ("新疆维吾尔自治区哈密市律师协会", ("新疆维吾尔自治区", "哈密市")),
        ("嵩县消防救援大队", ("嵩县",)),
        ("盐城市人民检察院", ("盐城市",)),
        ("国家税务总局潍坊市税务局", ("潍坊市",)),
        ("苏州市吴江区市场监督管理局", ("苏州市", "吴江区")),
        ("凉山州司法局", ("凉山州",)),
        ("延边朝鲜族自治州", ("延边朝鲜族自治州",)),
        ("上海市浦东新区", ("上海市", "浦东新区")),
        ("自治区司法厅", ()),
        ("市救助管理站", ()),
        ("城市管理局", ()),
        ("社区服务中心", ()),
        ("经济技术开发区管委会", ()),
        ("县公安局石桥派出所", ()),
        ("", ()),
    ],
)
def test_divisions(name: str, divisions: tuple[str, ...]) -> None:
    assert divisions_of(name) == divisions


def test_levels() -> None:
    assert division_at("湖东省明德市司法局", "市") == "明德市"
    assert division_at("湖东省司法厅", "市") is None
    assert at_level("新疆维吾尔自治区", "区")
    assert not at_level(None, "县")


@pytest.mark.parametrize("piece", ["其中，", "来源：", "某县司法局，", "某县司法局\n", "2023年5月，", "全市开展检查"])
def test_long_input_takes_linear_time(piece: str, layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    layers_for({"text": piece * 4000, "orgs": ["某县司法局"]})
