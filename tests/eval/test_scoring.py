"""What counts as right, wrong and neither, on one small bulletin."""

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval import RecordsError, Report, load_records, score
from eval.tables import score_tables
from schemas import Record

TEXT = "云岭县司法局印发《云岭县调解办法》，2023年调解纠纷1200余件，其中婚姻纠纷310件。"


def at(text: str, **fields: object) -> dict[str, object]:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text, **fields}


def offsets(text: str) -> tuple[int, int]:
    start = TEXT.index(text)
    return start, start + len(text)


YEAR = {"from_date": "2023-01-01", "to_date": "2023-12-31"}
ORG = at("云岭县司法局", type="ORG", canonical="云岭县司法局")
TOTAL = at("1200余件", value="1200", low="1200", high="1300", modifier="more_than", unit="件")
PART = at("310件", value="310", unit="件")
DOCUMENT = {"title": "云岭县调解办法", "kind": "policy", "action": "issued", "issuers": ["云岭县司法局"]}
METRIC = {
    "quantity": offsets("310件"),
    "name": "调解婚姻纠纷",
    "subject": "云岭县司法局",
    "part_of": offsets("1200余件"),
}
ACTIVITY = {"type": "issuance", "trigger": offsets("印发"), "name": "云岭县调解办法", "actors": ["云岭县司法局"]}


def record(**layers: Any) -> Record:
    return Record.model_validate({"id": "r", "text": TEXT, **layers})


def outcome(report: Report, layer: str) -> tuple[int, int, int]:
    counts = report.layers[layer]
    return counts.true_positives, counts.false_positives, counts.false_negatives


def judged(report: Report, attribute: str) -> tuple[int, int]:
    return report.accuracies[attribute].right, report.accuracies[attribute].total


# What gold says, what the record says, and (right, spurious, missed) in a layer.
LAYERS: dict[str, tuple[dict[str, Any], dict[str, Any], str, tuple[int, int, int]]] = {
    "mention found": ({"mentions": [ORG]}, {"mentions": [ORG]}, "mention ORG strict", (1, 0, 0)),
    "mention of another type": (
        {"mentions": [ORG]}, {"mentions": [{**ORG, "type": "PLACE"}]}, "mention ORG overlap", (0, 0, 1),
    ),
    "mention too short, strict": (
        {"mentions": [ORG]}, {"mentions": [at("司法局", type="ORG")]}, "mention ORG strict", (0, 1, 1),
    ),
    "mention too short, overlap": (
        {"mentions": [ORG]}, {"mentions": [at("司法局", type="ORG")]}, "mention ORG overlap", (1, 0, 0),
    ),
    "optional mention missed": ({"mentions": [{**ORG, "optional": True}]}, {}, "mention ORG strict", (0, 0, 0)),
    "optional mention found": (
        {"mentions": [{**ORG, "optional": True}]}, {"mentions": [ORG]}, "mention ORG strict", (0, 0, 0),
    ),
    "mention touching an optional one of another type": (
        {"mentions": [{**ORG, "optional": True}]},
        {"mentions": [at("云岭县", type="PLACE")]},
        "mention PLACE strict",
        (0, 0, 0),
    ),
    "quantity with other bounds": (
        {"quantities": [TOTAL]}, {"quantities": [{**TOTAL, "high": "2000"}]}, "quantity normalised", (0, 1, 1),
    ),
    "quantity with its value written otherwise": (
        {"quantities": [TOTAL]}, {"quantities": [{**TOTAL, "value": "1.2E+3"}]}, "quantity normalised", (1, 0, 0),
    ),
    "quantity one character short": (
        {"quantities": [TOTAL]},
        {"quantities": [{**TOTAL, **at("200余件")}]},
        "quantity normalised",
        (1, 0, 0),
    ),
    "time with another period": (
        {"times": [at("2023年", **YEAR)]}, {"times": [at("2023年")]}, "time normalised", (0, 1, 1),
    ),
    "time found with another period": (
        {"times": [at("2023年", **YEAR)]}, {"times": [at("2023年")]}, "time found", (1, 0, 0),
    ),
    "document with brackets in its title": (
        {"documents": [DOCUMENT]}, {"documents": [{**DOCUMENT, "title": "《云岭县调解\n办法》"}]}, "document", (1, 0, 0),
    ),
    "optional document found": (
        {"documents": [{**DOCUMENT, "optional": True}]}, {"documents": [DOCUMENT, DOCUMENT]}, "document", (0, 0, 0),
    ),
    "metric named otherwise": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "name": "发放补贴"}]}, "metric named", (0, 1, 1),
    ),
    "metric of another subject": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "subject": None}]}, "metric named+subject", (0, 1, 1),
    ),
    "metric on an optional quantity": (
        {"quantities": [{**PART, "optional": True}]}, {"metrics": [METRIC]}, "metric found", (0, 0, 0),
    ),
    "activity by its name, trigger elsewhere": (
        {"activities": [ACTIVITY]},
        {"activities": [{**ACTIVITY, "trigger": offsets("调解纠纷")}]},
        "activity found",
        (1, 0, 0),
    ),
    "activity of another type": (
        {"activities": [ACTIVITY]}, {"activities": [{**ACTIVITY, "type": "meeting"}]}, "activity typed+named", (0, 1, 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "layer", "expected"), LAYERS.values(), ids=LAYERS)
def test_layers(gold: dict[str, Any], predicted: dict[str, Any], layer: str, expected: tuple[int, int, int]) -> None:
    assert outcome(score([record(**gold)], [record(**predicted)]), layer) == expected


ATTRIBUTES: dict[str, tuple[dict[str, Any], dict[str, Any], str, tuple[int, int]]] = {
    "canonical is the text if not given": (
        {"mentions": [ORG]}, {"mentions": [{**ORG, "canonical": None}]}, "ORG canonical", (1, 1),
    ),
    "modifier": (
        {"quantities": [TOTAL]}, {"quantities": [{**TOTAL, "modifier": "exact"}]}, "quantity modifier", (0, 1),
    ),
    "issuers in any order": (
        {"documents": [{**DOCUMENT, "issuers": ["甲局", "乙局"]}]},
        {"documents": [{**DOCUMENT, "issuers": ["乙局", "甲局"]}]},
        "document issuers",
        (1, 1),
    ),
    "part_of overlapping": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "part_of": offsets("1200余")}]}, "metric part_of", (1, 1),
    ),
    "part_of missed": (
        {"metrics": [METRIC]}, {"metrics": [{**METRIC, "part_of": None}]}, "metric part_of", (0, 1),
    ),
    "actor by a part of its name": (
        {"activities": [ACTIVITY]}, {"activities": [{**ACTIVITY, "actors": ["司法局"]}]}, "activity actor", (1, 1),
    ),
    "publisher by a part of its name": (
        {"publisher": "云岭县司法局"}, {"publisher": "司法局"}, "head publisher", (1, 1),
    ),
    "title": ({"title": "题 目"}, {"title": "题目"}, "head title", (1, 1)),
    "published": ({"published": "2023-05-06"}, {}, "head published", (0, 1)),
    "authors": ({"authors": ["田禾", "江雨"]}, {"authors": ["田禾"]}, "head authors", (0, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "attribute", "expected"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes(gold: dict[str, Any], predicted: dict[str, Any], attribute: str, expected: tuple[int, int]) -> None:
    assert judged(score([record(**gold)], [record(**predicted)]), attribute) == expected


def test_attributes_without_gold_are_not_judged() -> None:
    assert not score([record()], [record(title="题", publisher="局", authors=["田禾"])]).accuracies


def test_a_record_is_matched_by_text_and_its_offsets_are_realigned() -> None:
    wrapped = TEXT.replace("司法局", "司\n法局", 1).replace("1200", "\n 1200")
    mention = {"start": 0, "end": 7, "text": "云岭县司\n法局", "type": "ORG", "canonical": "云岭县司法局"}
    start = wrapped.index("1200")
    quantity = {**TOTAL, "start": start, "end": start + 6}
    predicted = Record.model_validate({"id": "else", "text": wrapped, "mentions": [mention], "quantities": [quantity]})
    report = score([record(mentions=[ORG], quantities=[TOTAL])], [predicted])
    assert outcome(report, "mention ORG strict") == (1, 0, 0)
    assert outcome(report, "quantity span") == (1, 0, 0)
    assert not report.missing


def test_a_bulletin_without_a_record_counts_as_missed() -> None:
    other = Record(id="r", text="别的文章。")
    report = score([record(mentions=[ORG])], [other])
    assert report.missing == ["r"]
    assert outcome(report, "mention ORG strict") == (0, 0, 1)


def test_the_last_record_of_a_text_counts() -> None:
    report = score([record(mentions=[ORG])], [record(), record(mentions=[ORG])])
    assert outcome(report, "mention ORG strict") == (1, 0, 0)


def test_figures_are_per_cent_with_one_decimal() -> None:
    gold = record(quantities=[TOTAL, PART, at("2023", value="2023")], title="题")
    figures = score([gold], [record(quantities=[TOTAL, PART])]).to_json()
    assert figures["f1"]["quantity span"] == {"p": 100.0, "r": 66.7, "f": 80.0, "n": 3}
    assert figures["acc"]["head title"] == {"acc": 0.0, "n": 1}
    assert figures["missing"] == []


def test_micro_counts_items_and_macro_counts_families() -> None:
    gold = record(mentions=[ORG, at("云岭县", type="PLACE")], quantities=[TOTAL, PART])
    predicted = record(mentions=[ORG], quantities=[TOTAL, at("10件", value="10", unit="件")])
    averages = score([gold], [predicted]).averages()
    # ORG 1, PLACE 0, quantity span ½: two items right, one spurious, two missed.
    assert averages["all strict micro"] == 57.1
    assert averages["all strict macro"] == 50.0
    # 10件 shares characters with 310件.
    assert averages["all lenient micro"] == 85.7
    assert averages["all lenient macro"] == 66.7
    assert averages["mentions strict micro"] == 66.7
    assert averages["mentions strict macro"] == 50.0


def test_strict_and_lenient_layers_of_every_family() -> None:
    later = {**ACTIVITY, "trigger": offsets("印发《")}
    gold = record(documents=[DOCUMENT], metrics=[METRIC], activities=[ACTIVITY], times=[at("2023年", **YEAR)])
    predicted = record(
        documents=[{**DOCUMENT, "title": "调解办法"}],
        metrics=[{**METRIC, "name": "调解了婚姻纠纷"}],
        activities=[later],
        times=[at("2023", **YEAR)],
    )
    figures = score([gold], [predicted]).to_json()
    for family in ("time", "document", "metric", "activity"):
        assert (figures["strict"][family]["f"], figures["lenient"][family]["f"]) == (0.0, 100.0)
        assert score([gold], [gold]).to_json()["strict"][family]["f"] == 100.0


def test_published_figures_are_those_of_the_core_layers() -> None:
    figures = score([record(times=[at("2023年", **YEAR)])], []).to_json()
    assert "time found" in figures["f1"]
    assert not {"time span", "document similar", "metric exact", "activity exact"} & figures["f1"].keys()


def test_errors_are_listed_by_layer_with_their_words() -> None:
    report = score([record(mentions=[ORG], quantities=[PART])], [record(quantities=[TOTAL])])
    assert list(report.error_lines("ORG strict")) == [
        'mention ORG strict missed [r] ⟦云岭县司法局⟧印发《云岭县调解办法》， {"start": 0, "end": 6, '
        '"text": "云岭县司法局", "type": "ORG", "canonical": "云岭县司法局"}'
    ]
    assert [line.split()[2] for line in report.error_lines("quantity span")] == ["missed", "spurious"]
    assert not list(report.error_lines("no such layer"))


def test_the_table_shows_every_layer_and_what_is_missing() -> None:
    report = score([record(mentions=[ORG], title="题")], [])
    console = Console(width=100)
    with console.capture() as capture:
        console.print(score_tables(report))
    shown = capture.get()
    assert all(layer in shown for layer in report.layers)
    assert "head title" in shown
    assert "no record for: r" in shown


def test_records_come_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"{record(mentions=[ORG]).to_json()}\n\n{record().to_json()}\n", encoding="utf-8")
    assert [len(r.mentions) for r in load_records(path)] == [1, 0]


@pytest.mark.parametrize("line", ["{", '{"id": "r"}', '{"id": "r", "text": "甲", "mentions": [{"start": 0}]}'])
def test_a_bad_record_is_named_by_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"{record().to_json()}\n{line}\n", encoding="utf-8")
    with pytest.raises(RecordsError) as caught:
        list(load_records(path))
    assert caught.value.where == f"{path}:2"
    assert "\n" not in str(caught.value)


def test_a_missing_file_of_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="cannot be read"):
        list(load_records(tmp_path / "none.jsonl"))
