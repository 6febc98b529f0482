"""Intervals and tests of significance."""

import itertools

import numpy as np
import pytest
from eval_support import TEXT, records
from hypothesis import given, settings
from hypothesis import strategies as st

from eval import Report, score
from eval.resampling import CountArrays, differences, intervals
from schemas import Record


def bulletin(number: int, found: int, of: int = 4) -> tuple[Record, Record]:
    """Gold with `of` persons of one character, and a record that has the first `found` of them."""
    text = f"{TEXT}{number}"
    mentions = [{"start": i, "end": i + 1, "text": text[i], "type": "PERSON"} for i in range(of)]
    gold, predicted = (
        Record.model_validate({"id": str(number), "text": text, "mentions": mentions[:n], "title": "题"})
        for n in (of, found)
    )
    return gold, predicted


def report(*found: int) -> Report:
    gold, predicted = zip(*(bulletin(n, number) for n, number in enumerate(found)), strict=True)
    return score(gold, predicted)


PERSON = "mention PERSON strict"


def test_intervals_hold_the_figure_and_are_the_same_every_time() -> None:
    scored = report(0, 1, 2, 3, 4, 4, 4, 2)
    found = intervals(scored)
    for name, figure in scored.figures().items():
        if name in found:
            assert found[name][0] <= figure <= found[name][1]
    assert found == intervals(scored)
    assert found != intervals(scored, seed=1)
    assert set(found) <= set(scored.figures())


def test_bulletins_all_alike_leave_no_doubt() -> None:
    assert intervals(report(4, 4, 4))[PERSON] == (100.0, 100.0)


def test_what_does_not_occur_has_no_interval() -> None:
    assert "metric found" not in intervals(report(1, 2))


def test_more_bulletins_narrow_the_interval() -> None:
    few, many = (intervals(report(*[1, 4, 0, 3] * times))[PERSON] for times in (2, 20))
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.filterwarnings("error")
def test_no_bulletins_no_intervals() -> None:
    assert intervals(Report()) == {}
    assert differences(Report(), Report()) == []


@settings(max_examples=25)
@given(st.lists(st.tuples(records(optional=False), records()), min_size=1, max_size=3))
def test_figures_from_arrays_are_those_of_the_report(pairs: list[tuple[Record, Record]]) -> None:
    # The bootstrap's arithmetic is another than the report's: on the whole set they must agree.
    gold, predicted = (
        [pair[side].model_copy(update={"text": f"{TEXT}{n}"}) for n, pair in enumerate(pairs)] for side in (0, 1)
    )
    scored = score(gold, predicted)
    whole = CountArrays(scored, tuple(scored.accuracies)).figures(np.ones((1, len(pairs))))
    for name, figure in scored.figures().items():
        assert 100 * float(np.nan_to_num(whole[name][0])) == pytest.approx(figure, abs=0.0501)


def test_no_difference_is_no_difference() -> None:
    scored = report(1, 2, 3)
    for difference in differences(scored, scored):
        assert (difference.change, difference.interval, difference.p) == (0, (0, 0), 1)


def test_a_gain_in_every_bulletin_is_significant() -> None:
    (found,) = [d for d in differences(report(*[1] * 12), report(*[3] * 12)) if d.name == PERSON]
    assert found.change > 0
    assert found.interval[0] > 0
    assert found.p < 0.01


def test_a_gain_in_one_bulletin_is_not() -> None:
    (found,) = [d for d in differences(report(1, 2, 3, 1), report(1, 2, 3, 2)) if d.name == PERSON]
    assert found.change > 0
    assert found.p > 0.5


def test_p_is_that_of_all_exchanges() -> None:
    before, after = (1, 0, 3, 2, 1), (3, 2, 2, 4, 1)

    def f1(found: list[int]) -> float:
        return 2 * sum(found) / (sum(found) + 4 * len(found))

    seen = abs(f1(list(after)) - f1(list(before)))
    extreme = []
    for exchange in itertools.product((0, 1), repeat=5):
        one = [b if e else a for a, b, e in zip(before, after, exchange, strict=True)]
        other = [a if e else b for a, b, e in zip(before, after, exchange, strict=True)]
        extreme.append(abs(f1(other) - f1(one)) >= seen - 1e-12)
    (found,) = [d for d in differences(report(*before), report(*after)) if d.name == PERSON]
    assert found.p == pytest.approx(sum(extreme) / len(extreme), abs=0.02)
