import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.documents import find_documents
from extract.facts.titles import kind_of_title
from extract.layers import Layers
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.view import make_view

CASES = tomllib.loads(Path(__file__).with_name("documents_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_documents(case: dict[str, Any], layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    found = find_documents(layers_for(case))
    assert [[d.title, d.kind, d.action, d.number or "", list(d.issuers), d.alias or ""] for d in found] == case["docs"]


def test_all_mentions_of_a_document(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    text = "学习《法律援助法》（以下简称《援助法》），《援助法》共七章，法律援助法的知晓率达到九成。"
    [document] = find_documents(layers_for({"text": text}))
    assert [text[s:e] for s, e in document.mentions] == ["《法律援助法》", "《援助法》", "《援助法》", "法律援助法"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国反电信网络诈骗法", "law"),
        ("某省消防条例（2021年修订）", "law"),
        ("殡葬管理办法（试行）", "policy"),
        ("关于印发〈工作规则〉的通知", "policy"),
        ("十条措施", "policy"),
        ("战略合作协议", "agreement"),
        ("廉洁从业承诺书", "pledge"),
        ("云岭日报", "media"),
        ("情况通报", "policy"),
        ("责令整改通知书", "other"),
        ("公正司法", "other"),
        ("平凡的世界", None),
    ],
)
def test_kind_of_title(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind


@given(st.text(alphabet="《》〈〉（）〔2023〕6号，。印发关于的意见办法简称以下\n“”与县局", max_size=120))
def test_never_fails(text: str) -> None:
    view = make_view(text)
    layers = Layers(view=view, sentences=find_sentences(view.text))
    layers.clauses = [c for s in layers.sentences for c in find_clauses(view.text, s)]
    for document in find_documents(layers):
        assert document.mentions
        assert all(0 <= s < e <= len(view.text) for s, e in document.mentions)


@pytest.mark.parametrize("piece", ["《", "《办法", "》", "《一》", "《意见》（以下简称"])
def test_hostile_input_takes_linear_time(piece: str) -> None:
    text = piece * 5000
    layers = Layers(view=make_view(text), sentences=[(0, len(text))], clauses=[(0, len(text))])
    find_documents(layers)
