"""What became of items, which types are confused, and what errors have in common."""

from typing import Any

import pytest
from eval_support import records
from hypothesis import given, settings

from eval import score
from eval.confusion import confusions
from eval.document import score_document
from eval.findings import GROUP_NAMES, NOTHING, findings
from eval.patterns import patterns
from schemas import Record

TEXT = "青禾市水务局3月5日印发《河道管护办法》，1至2月清理河道1200余公里，其中干流310公里。"


def at(text: str, **fields: object) -> dict[str, object]:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text, **fields}


def offsets(text: str) -> tuple[int, int]:
    start = TEXT.index(text)
    return start, start + len(text)


ORG = at("青禾市水务局", type="ORG", canonical="青禾市水务局")
DAY = at("3月5日", from_date="2024-03-05", to_date="2024-03-05")
LENGTH = at("1200余公里", value="1200", low="1200", high="1300", modifier="more_than", unit="公里", dimension="length")
PART = at("310公里", value="310", unit="公里", dimension="length")
RULES = {"title": "河道管护办法", "kind": "policy", "action": "issued", "mentions": [offsets("《河道管护办法》")]}
METRIC = {"quantity": offsets("310公里"), "name": "清理干流河道", "subject": "青禾市", "part_of": offsets("1200余公里")}
ISSUANCE = {"type": "issuance", "trigger": offsets("印发"), "name": "河道管护办法", "actors": ["青禾市水务局"]}


def record(**fields: Any) -> Record:
    return Record.model_validate({"id": "r", "text": TEXT, **fields})


# Gold, the record, and for every fault (group, kind, what is wrong, gold's word, the record's word, its pattern).
FAULTS: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str, str, str, str, str]]]] = {
    "right": ({"mentions": [ORG], "times": [DAY]}, {"mentions": [ORG], "times": [DAY]}, []),
    "missed name": (
        {"mentions": [ORG]}, {},
        [("mention", "missed", "mention", "青禾市水务局", NOTHING, "ORG …务局")],
    ),
    "missed day": ({"times": [DAY]}, {}, [("time", "missed", "time", "3月5日", NOTHING, "0月0日")]),
    "spurious quantity": (
        {}, {"quantities": [PART]},
        [("quantity", "spurious", "quantity", NOTHING, "310公里", "0公里")],
    ),
    "name under another type": (
        {"mentions": [ORG]}, {"mentions": [{**ORG, "type": "PLACE"}]},
        [("mention", "type", "mention type", "ORG", "PLACE", "ORG taken for PLACE")],
    ),
    "name too short": (
        {"mentions": [ORG]}, {"mentions": [{**ORG, **at("水务局")}]},
        [("mention", "boundary", "mention span", "青禾市水务局", "水务局", "start −青禾市")],
    ),
    "day with a word too many and another date": (
        {"times": [DAY]}, {"times": [at("3月5日印发", from_date="2024-03-05", to_date="2024-03-31")]},
        [
            ("time", "boundary", "time span", "3月5日", "3月5日印发", "end +印发"),
            ("time", "value", "time period", "2024-03-05..2024-03-05", "2024-03-05..2024-03-31",
             "time period: ends on another day"),
        ],
    ),
    "quantity without its bounds and modifier": (
        {"quantities": [LENGTH]},
        {"quantities": [{**LENGTH, "low": None, "high": None, "modifier": "exact"}]},
        [
            ("quantity", "value", "quantity value", "1200 [1200..1300]", "1200", "quantity value: other bounds"),
            ("quantity", "value", "quantity modifier", "more_than", "exact", "quantity modifier: more_than → exact"),
        ],
    ),
    "document under a longer title": (
        {"documents": [RULES]}, {"documents": [{**RULES, "title": "市河道管护办法"}]},
        [("document", "boundary", "document span", "河道管护办法", "市河道管护办法", "named otherwise")],
    ),
    "metric without subject and total": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "subject": None, "part_of": None}]},
        [
            ("metric", "value", "metric subject", "青禾市", NOTHING, "metric subject: left empty"),
            ("metric", "value", "metric part_of", "1200余公里", NOTHING, "metric part_of: left empty"),
        ],
    ),
    "metric named too short": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "name": "清理"}]},
        [("metric", "value", "metric name", "清理干流河道", "清理", "metric name: too short")],
    ),
    "activity of another type and actor": (
        {"activities": [ISSUANCE]}, {"activities": [{**ISSUANCE, "type": "meeting", "actors": ["水利厅"]}]},
        [
            ("activity", "type", "activity type", "issuance", "meeting", "issuance taken for meeting"),
            ("activity", "value", "activity actor", "青禾市水务局", "水利厅", "activity actor: another"),
        ],
    ),
    "no title": (
        {"title": "题"}, {}, [("head", "missed", "head title", "题", NOTHING, "head title: left empty")],
    ),
    "another publisher": (
        {"publisher": "青禾日报"}, {"publisher": "水务局"},
        [("head", "value", "head publisher", "青禾日报", "水务局", "head publisher: another")],
    ),
    "optional items are no errors": (
        {"mentions": [{**ORG, "optional": True}], "quantities": [{**PART, "optional": True}]},
        {"mentions": [{**ORG, "type": "PLACE"}], "metrics": [METRIC]},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "expected"), FAULTS.values(), ids=FAULTS)
def test_faults_and_their_patterns(
    gold: dict[str, Any], predicted: dict[str, Any], expected: list[tuple[str, str, str, str, str, str]]
) -> None:
    document = score_document(record(**gold), record(**predicted))
    faults = [(f.group, x.kind, x.what, x.expected, x.found) for f in findings(document) for x in f.faults]
    assert faults == [case[:5] for case in expected]
    made = {(p.group, p.kind, p.text): p.count for p in patterns([document])}
    assert made == {(case[0], case[1], case[5]): 1 for case in expected}


def test_errors_of_one_make_are_counted_together() -> None:
    gold = [
        Record.model_validate(
            {"id": f"r{n}", "text": f"{n}月{n}日晴", "times": [{"start": 0, "end": 4, "text": f"{n}月{n}日"}]}
        )
        for n in range(1, 6)
    ]
    (pattern,) = patterns(score(gold, []).documents)
    assert (pattern.text, pattern.count, len(pattern.documents), len(pattern.examples)) == ("0月0日", 5, 5, 3)
    assert pattern.examples[0] == ("r1", "⟦1月1日⟧晴", "1月1日", NOTHING)


def test_confusion_of_types_and_their_scores() -> None:
    place = {**at("青禾市"), "type": "PLACE"}
    org = {**at("水务局"), "type": "ORG"}
    gold = record(mentions=[place, org])
    found = findings(score_document(gold, record(mentions=[{**place, "type": "ORG"}, at("干流", type="PROGRAM")])))
    confusion = confusions(found)["mention"]
    assert dict(confusion.cells) == {("PLACE", "ORG"): 1, ("ORG", NOTHING): 1, (NOTHING, "PROGRAM"): 1}
    assert confusion.types() == ["ORG", "PLACE", "PROGRAM"]
    counts = confusion.counts()
    assert (counts["ORG"].false_negatives, counts["ORG"].false_positives) == (1, 1)
    assert (counts["PLACE"].false_negatives, counts["PROGRAM"].false_positives) == (1, 1)


def test_strictly_an_item_of_another_extent_is_another_item() -> None:
    predicted = record(mentions=[ORG | at("水务局")], quantities=[LENGTH, {**PART, "dimension": "count"}])
    found = findings(score_document(record(mentions=[ORG], quantities=[LENGTH, PART]), predicted))
    strict = confusions(found, strict=True)
    assert dict(confusions(found)["mention"].cells) == {("ORG", "ORG"): 1}
    assert dict(strict["mention"].cells) == {("ORG", NOTHING): 1, (NOTHING, "ORG"): 1}
    assert dict(strict["quantity"].cells) == {("length", "length"): 1, ("length", "count"): 1}
    # Of the types in gold only: length, with one of two found.
    assert strict["quantity"].macro() == pytest.approx(2 / 3)
    assert strict["document"].macro() == 0


@settings(max_examples=50)
@given(records(), records())
def test_every_item_is_in_one_finding(gold: Record, predicted: Record) -> None:
    found = findings(score_document(gold, predicted))
    assert {f.group for f in found} <= set(GROUP_NAMES)
    for layer in ("mentions", "times", "quantities", "documents", "metrics", "activities"):
        for record_, side in ((gold, "gold"), (predicted, "predicted")):
            items = [id(getattr(f, side)) for f in found if getattr(f, side) is not None]
            assert all(items.count(id(item)) == 1 for item in getattr(record_, layer))
    for finding in found:
        assert bool(finding.faults) == (finding.status not in ("right", "optional"))
