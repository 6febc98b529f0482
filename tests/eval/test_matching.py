import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.matching import comparable_unit, names_match, overlap, pair_up, same_subject, similar, similarity

NAMES = {
    "equal": ("云岭县司法局", "云岭县司法局", True),
    "equal but for a line break": ("云岭县\n司法局", "云岭县司法局", True),
    "one within the other": ("云岭县司法局", "司法局", True),
    "a short one within the other": ("云岭县司法局", "司法", False),
    "different": ("云岭县司法局", "青山县司法局", False),
    "one unknown": ("云岭县司法局", None, False),
    "both unknown": (None, "", False),
}


@pytest.mark.parametrize(("a", "b", "expected"), NAMES.values(), ids=NAMES)
def test_names_match(a: str | None, b: str | None, expected: bool) -> None:
    assert names_match(a, b) is expected
    assert names_match(b, a) is expected


def test_two_unknown_subjects_are_the_same() -> None:
    assert same_subject(None, None)
    assert same_subject(None, "")
    assert not same_subject(None, "云岭县")


SIMILAR = {
    "equal": ("提供法律咨询", "提供法律咨询", True),
    "one word more": ("提供法律咨询", "提供免费法律咨询", True),
    "half": ("办理民事案件", "办理行政复议", False),
    "nothing shared": ("调解纠纷", "植树", False),
    "nothing to compare": ("", "", False),
}


@pytest.mark.parametrize(("a", "b", "expected"), SIMILAR.values(), ids=SIMILAR)
def test_similar(a: str, b: str, expected: bool) -> None:
    assert similar(a, b) is expected


@pytest.mark.parametrize(
    ("unit", "comparable"),
    [
        ("个小时", "小时"),
        ("个", "个"),
        ("㎡", "平方米"),
        ("平米", "平方米"),
        ("％", "%"),
        ("元 / 人", "元/人"),
        ("", ""),
    ],
)
def test_comparable_unit(unit: str, comparable: str) -> None:
    assert comparable_unit(unit) == comparable


@pytest.mark.parametrize(
    ("a", "b", "shared"), [((0, 4), (2, 6), 2), ((0, 4), (4, 6), 0), ((0, 9), (3, 5), 2), ((0, 1), (5, 6), 0)]
)
def test_overlap(a: tuple[int, int], b: tuple[int, int], shared: int) -> None:
    assert overlap(a, b) == overlap(b, a) == shared


def test_the_heaviest_pair_is_taken_first() -> None:
    gold, predicted = [(0, 10), (8, 20)], [(7, 20), (0, 3)]
    assert pair_up(gold, predicted, lambda g, p: overlap(g, p) > 0, overlap) == [(1, 0), (0, 1)]


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_pairs_are_one_to_one_and_leave_no_match_behind(gold: list[int], predicted: list[int]) -> None:
    pairs = pair_up(gold, predicted, lambda g, p: g == p, lambda g, p: 1)
    left = [i for i, _ in pairs], [j for _, j in pairs]
    assert all(len(set(side)) == len(side) for side in left)
    assert len(pairs) == sum(min(gold.count(n), predicted.count(n)) for n in set(gold))


@given(st.text(), st.text())
def test_similarity_is_a_share(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
