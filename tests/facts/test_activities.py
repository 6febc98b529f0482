"""The activity rules on marked sentences, apart from the layers below them."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.facts import activity_clauses
from extract.facts.activities import find_activities
from extract.facts.activity_gate import KEPT, TAKEN, likelihood
from extract.facts.scopes import Scopes
from extract.layers import Layers
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.tokenizer import create_tokenizer
from extract.segment.view import make_view
from schemas import Mention, Quantity, TimeExpression

CASES = tomllib.loads(Path(__file__).with_name("activities_cases.toml").read_text(encoding="utf-8"))["case"]

_MARK = re.compile(r"\{([A-Z]) ([^}]*)\}")
_TYPES = {"O": "ORG", "P": "PLACE", "G": "PROGRAM", "N": "PERSON"}
_tokenizer = create_tokenizer()(spacy.blank("xx"))


def read(marked: str) -> tuple[Doc, Layers]:
    """The Doc and the layers below the activities of a text with marks such as {O 市教育局}."""
    text, at = "", 0
    mentions: list[Mention] = []
    times: list[TimeExpression] = []
    quantities: list[Quantity] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        words, *days = mark[2].split("|")
        span = {"start": len(text), "end": len(text) + len(words), "text": words}
        text += words
        if mark[1] == "T":
            times.append(TimeExpression(**span, **dict(zip(("from_date", "to_date"), days, strict=False))))
        elif mark[1] == "Q":
            quantities.append(Quantity(**span, dimension="age" if "岁" in words else "count"))
        else:
            mentions.append(Mention(**span, type=_TYPES[mark[1]]))
    text += marked[at:]
    view = make_view(text)
    assert view.text == text, "write the cases with the view's punctuation"
    layers = Layers(view=view, mentions=mentions, times=times, quantities=quantities)
    layers.sentences = find_sentences(text)
    layers.clauses = [clause for sentence in layers.sentences for clause in find_clauses(text, sentence)]
    layers.scopes = Scopes(layers)
    return _tokenizer(text), layers


def _found(layers: Layers, doc: Doc) -> list[tuple[str, ...]]:
    text = layers.view.text
    return [(text[slice(*a.trigger)], a.type, a.name, "、".join(a.actors)) for a in find_activities(doc, layers)]


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules without the scorer, which judges a sentence by the bulletin around it."""
    monkeypatch.setattr(activity_clauses, "likelihood", lambda features: 0.5)


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_sentence(case: dict[str, object]) -> None:
    doc, layers = read(str(case["text"]))
    expected = [tuple(part.strip() for part in act.split("|")) for act in case["acts"]]  # type: ignore[attr-defined]
    found = _found(layers, doc)
    # "-" stands for whatever was found.
    shown = [
        tuple("-" if e == "-" else f for f, e in zip(act, wanted, strict=True))
        for act, wanted in zip(found, expected, strict=False)
    ]
    assert shown + found[len(shown) :] == expected


def test_the_scorer_drops_a_line_of_statistics() -> None:
    told = ["verb 培训", "role deed", "next word", "count next", "sentence long", "summed True counted True"]
    assert likelihood(told) < TAKEN
    assert 0 < KEPT < TAKEN < 1


@pytest.mark.parametrize(
    ("likely", "found"),
    [(KEPT - 0.01, []), (KEPT + 0.01, ["举办"]), (TAKEN + 0.01, ["举办", "抓获"])],
    ids=["unlikely", "undecided", "likely"],
)
def test_the_scorer_has_the_last_word(monkeypatch: pytest.MonkeyPatch, likely: float, found: list[str]) -> None:
    monkeypatch.setattr(activity_clauses, "likelihood", lambda features: likely)
    doc, layers = read(
        "{T 5月9日}，{O 县司法局}举办人民调解员培训班。{T 上半年|2024-01-01|2024-06-30}，全市共抓获嫌疑人{Q 80名}。"
    )
    assert [a[0] for a in _found(layers, doc)] == found


def test_what_the_headline_says_is_told_once() -> None:
    doc, layers = read("县司法局举办人民调解员培训班\n{T 5月9日}，{O 县司法局}举办人民调解员培训班，{Q 80人}参加。")
    layers.head.body = layers.view.text.index("\n") + 1
    assert [a.trigger[0] > layers.head.body for a in find_activities(doc, layers)] == [True]


def test_a_speech_silences_its_paragraph_until_something_is_reported() -> None:
    doc, layers = read(
        "会议强调，要抓好落实。各单位成立工作专班，开展全面排查。\n{T 3月2日}，{O 市水利局}成立防汛工作专班。"
    )
    assert [a[0] for a in _found(layers, doc)] == ["成立"]


def test_a_section_of_plans_is_left_out() -> None:
    doc, layers = read("三、下一步工作打算\n组织开展“回头看”专项检查，建立长效机制。\n")
    assert _found(layers, doc) == []


ALPHABET = "检查在对市局，。、开展的了召开会《》“”要求活动签订协议成立中心\n3月"


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_any_text_gives_ordered_triggers_inside_it(text: str) -> None:
    seen = make_view(text).text
    assume(make_view(seen).text == seen)
    doc, layers = read(seen)
    triggers = [a.trigger for a in find_activities(doc, layers)]
    assert all(0 <= start < end <= len(doc.text) for start, end in triggers)
    assert all(a[0] <= b[0] for a, b in pairwise(triggers))


def test_what_a_sentence_goes_on_to_tell_happened_at_the_same_place() -> None:
    doc, layers = read(
        "{T 3月23日|2024-03-23|2024-03-23}，{O 县水政监察大队}在{P 白石镇}举办节水知识讲座，发放宣传手册{Q 300册}；"
        "{O 县司法局}印发《普法清单》。"
    )
    assert [(a.type, a.places) for a in find_activities(doc, layers)] == [
        ("publicity", ("白石镇",)),
        ("publicity", ("白石镇",)),
        ("issuance", ()),
    ]
