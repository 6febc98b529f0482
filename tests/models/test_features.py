"""Features and pieces: one id per character, whatever the text."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features import UNKNOWN, Vocabulary, word_features
from models.pieces import LONGEST, pieces

VOCABULARY = Vocabulary.of("的县市年")


@given(st.text())
def test_every_character_has_an_id(text: str) -> None:
    ids = VOCABULARY.ids(text)
    assert len(ids) == len(text)
    assert len(VOCABULARY.pairs(ids)) == len(text) + 1
    assert ids.max(initial=0) < VOCABULARY.size


@pytest.mark.parametrize(("one", "other"), [("3", "8"), ("b", "x"), ("Q", "R"), (" ", "\n")])
def test_characters_of_a_group_are_one(one: str, other: str) -> None:
    assert VOCABULARY.ids(one) == VOCABULARY.ids(other) != UNKNOWN


def test_unknown_characters_share_an_id() -> None:
    assert set(VOCABULARY.ids("龘\U0001f600\ud800")) == {UNKNOWN}


def test_a_pair_is_the_same_wherever_it_stands() -> None:
    assert VOCABULARY.pairs(VOCABULARY.ids("年市县"))[2] == VOCABULARY.pairs(VOCABULARY.ids("的市县的"))[2]


def test_place_in_the_word_and_part_of_speech() -> None:
    single, first, last, other = word_features([1, 2, 1], ["n", "n", "no such tag"])
    assert len({single, first, last, other}) == 4
    assert word_features([1], ["x"]) == [other]
    three = word_features([3, 2], ["n", "n"])
    assert np.array_equal(three[[0, 2]], three[[3, 4]])
    assert three[1] not in three[[0, 2]]


@given(st.text("甲乙，。；\n ”", max_size=600))
def test_pieces_cover_all_but_blanks_in_order(text: str) -> None:
    spans = list(pieces(text))
    assert all(0 < end - start <= LONGEST + 2 for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
