"""The merge of candidates: longest first, then by type; titles are left out."""

import pytest

from extract.ner.candidates import Candidate
from extract.ner.merge import merge


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


def test_the_source_of_a_mention_is_told() -> None:
    (mention,) = merge("盐城市", [Candidate(0, 3, "PLACE", "rule:division", "盐城市")])
    assert mention.sources == ("rule:division",)
    assert mention.canonical == "盐城市"
