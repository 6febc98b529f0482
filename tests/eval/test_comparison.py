"""What a second system does otherwise than a first."""

import pytest
from eval_support import TEXT, records
from hypothesis import given, settings

from eval import score
from eval.comparison import ComparisonError, compare
from schemas import Record

ORG = {"start": 0, "end": 6, "text": TEXT[:6], "type": "ORG"}
SHORT = {"start": 3, "end": 6, "text": TEXT[3:6], "type": "ORG"}
PLACE = {"start": 0, "end": 3, "text": TEXT[:3], "type": "PLACE"}


def record(*mentions: dict[str, object]) -> Record:
    return Record.model_validate({"id": "r", "text": TEXT, "mentions": mentions})


def test_items_won_and_lost() -> None:
    gold = record(ORG)
    comparison = compare(score([gold], [record(SHORT)]), score([gold], [record(ORG, PLACE)]))
    lines = [str(change) for change in comparison.changes]
    assert [line.split(" {")[0] for line in lines] == [
        "won  mention ORG strict missed [r] ⟦云岭县司法局⟧印发《调解办法》，调解纠",
        "won  mention ORG strict spurious [r] 云岭县⟦司法局⟧印发《调解办法》，调解纠",
        "lost mention PLACE strict spurious [r] ⟦云岭县⟧司法局印发《调解办法》，",
        "lost mention PLACE overlap spurious [r] ⟦云岭县⟧司法局印发《调解办法》，",
    ]
    assert comparison.balance("mention ORG strict") == (2, 0)
    assert comparison.balance("mention PLACE strict") == (0, 1)
    figures = comparison.to_json()["differences"]["mention ORG strict"]
    assert (figures["a"], figures["b"], figures["change"]) == (0.0, 100.0, 100.0)
    assert (figures["won"], figures["lost"]) == (2, 0)


def test_an_error_made_twice_and_once_is_won_once() -> None:
    gold = record()
    comparison = compare(score([gold], [record(ORG, ORG)]), score([gold], [record(ORG)]))
    assert comparison.balance("mention ORG strict") == (1, 0)


@settings(max_examples=40)
@given(records(), records(), records())
def test_won_less_lost_is_the_change_in_errors(gold: Record, one: Record, other: Record) -> None:
    before, after = score([gold], [one]), score([gold], [other])
    comparison = compare(before, after)
    for layer in before.layers:
        won, lost = comparison.balance(layer)
        errors = [sum(e.layer == layer for e in report.errors) for report in (before, after)]
        assert won - lost == errors[0] - errors[1]
    back = compare(after, before)
    assert len(back.changes) == len(comparison.changes)


def test_reports_on_different_gold_are_not_compared() -> None:
    with pytest.raises(ComparisonError, match="different gold"):
        compare(score([record(ORG)], []), score([record()], []))
