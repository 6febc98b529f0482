"""The merge of candidates: what rules and a model give, who gives way to whom, and what a mention tells of it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract.ner
from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.merge import merge
from schemas.record import ENTITY_TYPES


@pytest.mark.parametrize(
    ("text", "candidates", "kept"),
    [
        pytest.param(
            "兰溪市司法局",
            [Candidate(0, 3, "PLACE", "rule:division"), Candidate(0, 6, "ORG", "rule:place-office")],
            ["ORG:兰溪市司法局"],
            id="the longer name wins",
        ),
        pytest.param(
            "和平",
            [Candidate(0, 2, "PERSON", "rule:title-name"), Candidate(0, 2, "PLACE", "rule:division")],
            ["PLACE:和平"],
            id="of equal length a place before a person",
        ),
        pytest.param(
            "开展“爱盐城”活动",
            [Candidate(4, 6, "PLACE", "rule:division"), Candidate(2, 9, "PROGRAM", "rule:quoted-programme")],
            ["PROGRAM:“爱盐城”活动"],
            id="a programme swallows the place in it",
        ),
        pytest.param(
            "依据《盐城市条例》",
            [Candidate(3, 6, "PLACE", "rule:division")],
            [],
            id="no names in a title",
        ),
        pytest.param(
            "《盐城晚报》记者",
            [Candidate(1, 5, "ORG", "rule:media"), Candidate(1, 3, "PLACE", "rule:division")],
            ["ORG:盐城晚报"],
            id="but the medium whose reporter follows",
        ),
        pytest.param(
            "东台大丰",
            [Candidate(2, 4, "PLACE", "rule:division"), Candidate(0, 2, "PLACE", "rule:division")],
            ["PLACE:东台", "PLACE:大丰"],
            id="in the order of the text",
        ),
    ],
)
def test_merge(text: str, candidates: list[Candidate], kept: list[str]) -> None:
    assert [f"{m.type}:{m.text}" for m in merge(text, candidates)] == kept


_LINE = "兰溪市蓝天志愿者之家的王建国到石头屯宣讲"
_PLACE = Candidate(0, 3, "PLACE", "rule:division")
_OFFICE = Candidate(0, 6, "ORG", "rule:place-office")
_NAMED = Candidate(3, 8, "ORG", "rule:named-organisation")
_TITLED = Candidate(11, 14, "PERSON", "rule:title-name")
_WORD = Candidate(11, 14, "PERSON", "rule:name-word")
_ENDING = Candidate(16, 18, "PLACE", "rule:place-ending")


def _model(start: int, end: int, type: str, score: float) -> Candidate:
    return Candidate(start, end, next(t for t in ENTITY_TYPES if t == type), "model:tagger", score=score)


@pytest.mark.parametrize(
    ("candidates", "kept"),
    [
        pytest.param([_model(15, 18, "PLACE", 0.9)], ["PLACE:石头屯"], id="the model adds what no rule found"),
        pytest.param([_model(15, 18, "PLACE", 0.6)], [], id="but not what it is unsure of"),
        pytest.param([_OFFICE, _model(0, 5, "ORG", 0.99)], ["ORG:兰溪市蓝天志"], id="a certain rule keeps its border"),
        pytest.param([_OFFICE, _model(0, 10, "ORG", 0.99)], ["ORG:兰溪市蓝天志"], id="even to a longer name"),
        pytest.param([_TITLED, _model(11, 14, "ORG", 0.99)], ["PERSON:王建国"], id="and its type"),
        pytest.param(
            [_TITLED, _model(12, 14, "PERSON", 0.99)], ["PERSON:王建国"], id="a name after a title stays whole"
        ),
        pytest.param(
            [_PLACE, _model(0, 10, "ORG", 0.92)], ["ORG:兰溪市蓝天志愿者之家"], id="a longer name swallows a place"
        ),
        pytest.param([_PLACE, _model(0, 10, "ORG", 0.7)], ["PLACE:兰溪市"], id="unless the model is in doubt"),
        pytest.param(
            [Candidate(0, 1, "PLACE", "rule:letter"), _model(0, 10, "ORG", 0.95)],
            ["PLACE:兰"],
            id="a letter that names a place is not swallowed",
        ),
        pytest.param([_PLACE, _model(0, 10, "PERSON", 0.9)], ["PLACE:兰溪市"], id="no person swallows a place"),
        pytest.param(
            [Candidate(11, 13, "PLACE", "rule:division"), _model(11, 14, "PERSON", 0.99)],
            ["PERSON:王建国"],
            id="but a person of whom the model is sure is no place and a rest",
        ),
        pytest.param(
            [Candidate(11, 14, "PERSON", "rule:name-again"), _model(12, 14, "PERSON", 0.99)],
            ["PERSON:王建国"],
            id="a name told before keeps its surname",
        ),
        pytest.param([_PLACE, _model(2, 10, "ORG", 0.95)], ["PLACE:兰溪市"], id="nor a name that cuts the place"),
        pytest.param(
            [_NAMED, _model(3, 10, "ORG", 0.9)], ["ORG:蓝天志愿者之家"], id="the model settles a guessed border"
        ),
        pytest.param(
            [_NAMED, _model(3, 10, "ORG", 0.6)], ["ORG:蓝天志愿者"], id="not when it knows less than the rule"
        ),
        pytest.param([_ENDING, _model(15, 18, "PLACE", 0.9)], ["PLACE:石头屯"], id="the border of a place"),
        pytest.param([_WORD, _model(11, 13, "PERSON", 0.99)], ["PERSON:王建"], id="a name without a cue"),
        pytest.param([_WORD, _model(11, 14, "ORG", 0.7)], ["PERSON:王建国"], id="its type, when the rule knows more"),
        pytest.param(
            [_PLACE, Candidate(0, 8, "ORG", "rule:named-organisation"), _model(0, 10, "ORG", 0.95)],
            ["ORG:兰溪市蓝天志愿者之家"],
            id="a place and a guess at once",
        ),
        pytest.param(
            [_OFFICE, _NAMED, _model(3, 10, "ORG", 0.95)],
            ["ORG:兰溪市蓝天志"],
            id="overruled by one rule, the model displaces no other",
        ),
        pytest.param(
            [Candidate(0, 6, "ORG", "rule:founded"), _NAMED, _model(3, 8, "ORG", 0.8)],
            ["ORG:蓝天志愿者"],
            id="a guess that the model confirms displaces a longer one",
        ),
        pytest.param(
            [Candidate(15, 18, "PLACE", "rule:place-ending", score=0.3), _model(15, 18, "PLACE", 0.35)],
            ["PLACE:石头屯"],
            id="two weak witnesses together",
        ),
        pytest.param([Candidate(15, 18, "PLACE", "rule:place-ending", score=0.3)], [], id="one of them alone"),
    ],
)
def test_rules_and_a_model(candidates: list[Candidate], kept: list[str]) -> None:
    for order in (candidates, candidates[::-1]):
        assert [f"{m.type}:{m.text}" for m in merge(_LINE, order)] == kept


def test_alone_a_model_needs_less() -> None:
    candidates = [_model(15, 18, "PLACE", 0.6), _model(11, 14, "PERSON", 0.4)]
    assert [m.text for m in merge(_LINE, candidates, joined=False)] == ["石头屯"]


def test_a_model_finds_no_names_in_titles_and_no_places_in_quoted_phrases() -> None:
    text = "依据《盐城条例》建设“感动盐城”"
    assert merge(text, [_model(3, 5, "PLACE", 0.99), _model(13, 15, "PLACE", 0.99)]) == []


@pytest.mark.parametrize(
    ("candidates", "sources", "score"),
    [
        pytest.param([Candidate(0, 3, "PLACE", "rule:division", "盐城市")], ("rule:division",), 0.97, id="a rule"),
        pytest.param([_model(0, 3, "PLACE", 0.95)], ("model:tagger",), 0.95, id="a model"),
        pytest.param(
            [_model(0, 3, "PLACE", 0.5), Candidate(0, 3, "PLACE", "rule:division", "盐城市")],
            ("rule:division", "model:tagger"),
            0.985,
            id="both: less doubt than either",
        ),
        pytest.param(
            [Candidate(0, 3, "PLACE", "rule:place-ending"), Candidate(0, 3, "PLACE", "rule:division", "盐城市")],
            ("rule:division", "rule:place-ending"),
            0.97,
            id="two rules: the better counts",
        ),
    ],
)
def test_a_mention_tells_its_sources_and_a_score(
    candidates: list[Candidate], sources: tuple[str, ...], score: float
) -> None:
    (mention,) = merge("盐城市", candidates)
    assert mention.sources == sources
    assert mention.score == score
    assert mention.canonical in {"盐城市", None}


def test_every_rule_has_a_score() -> None:
    weights = load_toml("ner/data/merge.toml")
    scored = weights["certain"] | weights["guesses"]
    folder = Path(extract.ner.__file__).parent
    used = {s for file in folder.glob("*.py") for s in re.findall(r'"(rule:[a-z-]+)"', file.read_text("utf-8"))}
    assert used <= scored.keys()
    assert len(scored) == len(weights["certain"]) + len(weights["guesses"])
    assert all(weights["least"] <= score < 1 for score in scored.values())


_CANDIDATES = st.builds(
    lambda start, length, type, source, score: Candidate(
        start, start + length, type, source, score=score if source.startswith("model:") else None
    ),
    st.integers(0, 15),
    st.integers(1, 5),
    st.sampled_from(ENTITY_TYPES),
    st.sampled_from(["rule:division", "rule:place-office", "rule:firm", "rule:place-ending", "model:tagger"]),
    st.floats(0, 1),
)


@given(st.lists(_CANDIDATES, max_size=12))
def test_mentions_never_overlap_and_a_certain_rule_is_never_cut(candidates: list[Candidate]) -> None:
    mentions = merge(_LINE, candidates)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    alone = merge(_LINE, [c for c in candidates if c.source == "rule:place-office" and c.type != "PLACE"])
    for mention in mentions:
        if mention.sources == ("model:tagger",):
            assert all(mention.end <= m.start or m.end <= mention.start for m in alone)
