"""Labels: spans to labels and back, and the best well-formed sequence."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.labels import Scheme, load_schemes

SCHEME = Scheme(("ORG", "PLACE"))


def test_spans_become_labels_and_spans_again() -> None:
    spans = [(0, 1, "PLACE"), (2, 4, "ORG"), (4, 9, "PLACE")]
    labels = SCHEME.encode(10, spans)
    assert [SCHEME.labels[i] for i in labels[:5]] == ["S-PLACE", "O", "B-ORG", "E-ORG", "B-PLACE"]
    assert list(SCHEME.decode(labels.tolist())) == spans


def test_labels_of_the_data_are_mapped_and_unknown_ones_left_out() -> None:
    scheme = load_schemes()["msra"]
    assert list(scheme.decode(scheme.encode(6, [(0, 2, "nt"), (3, 5, "position")]).tolist())) == [(0, 2, "ORG")]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_best_is_the_best_of_all_well_formed_sequences(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, SCHEME.size)).astype(np.float32)

    def formed(path: tuple[int, ...]) -> bool:
        steps = all(SCHEME.follows[a, b] for a, b in pairwise(path))
        return bool(SCHEME.begins[path[0]] and SCHEME.ends[path[-1]] and steps)

    paths = [path for path in product(range(SCHEME.size), repeat=size) if formed(path)]
    best = max(float(scores[range(size), path].sum()) for path in paths)
    found = SCHEME.best(scores, (0, size))
    assert formed(tuple(found))
    assert float(scores[range(size), found].sum()) == pytest.approx(best, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_sequences_together_have_the_labels_they_have_alone(sizes: list[int], seed: int) -> None:
    bounds = np.cumsum([0, *sizes])
    scores = np.random.default_rng(seed).normal(size=(bounds[-1], SCHEME.size)).astype(np.float32)
    alone = [SCHEME.best(scores[a:b], (0, b - a)) for a, b in pairwise(bounds)]
    assert SCHEME.best(scores, bounds).tolist() == np.concatenate(alone).tolist()
