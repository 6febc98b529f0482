"""`check` finds each kind of fault, names the item, and finds none in the corpus."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import GoldError
from corpus.check import check, check_file, check_folder
from corpus.gold import GOLD, gold_paths, load_index
from schemas import Record

TEXT = "县司法局培训\n据《调解条例》，县司法局调解12件，其中矿山3件。"
QUANTITY = {"start": 21, "end": 24, "text": "12件", "value": "12", "unit": "件"}
PART = {"start": 29, "end": 31, "text": "3件", "value": "3", "unit": "件"}
LAW = {"title": "调解条例", "kind": "law", "mentions": [[8, 14]]}
OFFICE = {"start": 0, "end": 4, "text": "县司法局", "type": "ORG", "canonical": "县司法局"}
OFFICES = [OFFICE, {**OFFICE, "start": 15, "end": 19}]
FIGURE = {"quantity": [21, 24], "name": "调解"}
DEED = {"type": "training", "trigger": [4, 6], "name": "培训"}
SOUND: dict[str, Any] = {
    "id": "a",
    "title": "县司法局培训",
    "text": TEXT,
    "mentions": OFFICES,
    "quantities": [QUANTITY, PART],
    "documents": [LAW],
    "metrics": [FIGURE, {"quantity": [29, 31], "name": "调解矿山纠纷", "part_of": [21, 24]}],
    "activities": [DEED],
}

# case -> (fields that replace the sound ones, the item, what is said of it)
FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "title": ({"title": "市司法局培训"}, "title", "'市司法局培训' does not occur in the text"),
    "author": ({"authors": ["某人"]}, "authors", "'某人' does not occur in the text"),
    "blank publisher": ({"publisher": " "}, "publisher", "' ' does not occur in the text"),
    "no canonical": ({"mentions": [{**OFFICE, "canonical": None}, OFFICES[1]]}, "mentions[0]", "no canonical name"),
    "equal mentions": (
        {"mentions": [OFFICE, OFFICE, OFFICES[1]]},
        "mentions[1]",
        "'县司法局' at 0 overlaps '县司法局' at 0",
    ),
    "crossing mentions": (
        {"mentions": [OFFICE, {**OFFICE, "start": 3, "end": 5, "text": "局培"}, OFFICES[1]]},
        "mentions[1]",
        "'局培' at 3 overlaps",
    ),
    "mentions out of order": ({"mentions": OFFICES[::-1]}, "mentions[1]", "is out of order"),
    "an occurrence left out": ({"mentions": [OFFICE]}, "mentions[0]", "'县司法局' stands unlabelled at 15 too"),
    "white space": (
        {"mentions": [OFFICE, {**OFFICE, "start": 5, "end": 7, "text": "训\n"}, OFFICES[1]]},
        "mentions[1]",
        "begins or ends with white space",
    ),
    "backward time": (
        {"times": [{"start": 7, "end": 8, "text": "据", "from_date": "2024-02-01", "to_date": "2024-01-01"}]},
        "times[0]",
        "runs backwards, 2024-02-01 to 2024-01-01",
    ),
    "time over a quantity": ({"times": [{"start": 21, "end": 23, "text": "12"}]}, "quantities[0]", "overlaps the time"),
    "exact without value": (
        {"quantities": [{**QUANTITY, "value": None}, PART]},
        "quantities[0]",
        "is exact and lacks value",
    ),
    "exact with bound": ({"quantities": [{**QUANTITY, "low": "10"}, PART]}, "quantities[0]", "is exact and has low"),
    "range with value": (
        {"quantities": [{**QUANTITY, "modifier": "range", "low": "1", "high": "2"}, PART]},
        "quantities[0]",
        "is range and has value",
    ),
    "bounds the wrong way": (
        {"quantities": [{**QUANTITY, "modifier": "more_than", "low": "12", "high": "12"}, PART]},
        "quantities[0]",
        "has low 12 not below high 12",
    ),
    "a document twice": ({"documents": [LAW, LAW]}, "documents[1]", "'调解条例' is listed twice"),
    "a document nowhere": (
        {"documents": [LAW, {**LAW, "title": "约", "mentions": []}]},
        "documents[1]",
        "has no mentions",
    ),
    "another title": ({"documents": [{**LAW, "title": "调解法"}]}, "documents[0]", "is neither title nor alias"),
    "another number": ({"documents": [{**LAW, "number": "1号"}]}, "documents[0]", "number '1号' does not occur"),
    "a title in no document": ({"documents": []}, "documents", "'《调解条例》' at 8 belongs to none"),
    "no such quantity": (
        {"metrics": [{**FIGURE, "quantity": [0, 2]}]},
        "metrics[0]",
        "(0, 2), which is no labelled quantity",
    ),
    "no such total": (
        {"metrics": [{**FIGURE, "part_of": [0, 2]}]},
        "metrics[0]",
        "is part of (0, 2), which is no labelled",
    ),
    "two metrics of a figure": ({"metrics": [FIGURE, FIGURE]}, "metrics[1]", "as another metric does"),
    "part of itself": ({"metrics": [{**FIGURE, "part_of": [21, 24]}]}, "metrics[0]", "is part of itself"),
    "part of its part": (
        {"metrics": [{**FIGURE, "part_of": [29, 31]}, SOUND["metrics"][1]]},
        "metrics[1]",
        "is part of itself",
    ),
    "nameless metric": ({"metrics": [{**FIGURE, "name": " "}]}, "metrics[0]", "has no name"),
    "nameless activity": ({"activities": [{**DEED, "name": ""}]}, "activities[0]", "has no name"),
    "blank trigger": ({"activities": [{**DEED, "trigger": [6, 7]}]}, "activities[0]", "has a blank trigger"),
    "a trigger twice": ({"activities": [DEED, DEED]}, "activities[1]", "has the trigger (4, 6) of another activity"),
    "no such document": (
        {"activities": [{**DEED, "documents": ["法"]}]},
        "activities[0]",
        "document '法' is not among",
    ),
    "blank actor": ({"activities": [{**DEED, "actors": [""]}]}, "activities[0]", "has a blank actor"),
    "backward activity": (
        {"activities": [{**DEED, "from_date": "2024-02-01", "to_date": "2024-01-01"}]},
        "activities[0]",
        "runs backwards",
    ),
}


def test_a_sound_record_has_no_faults() -> None:
    assert check(Record.model_validate(SOUND)) == []


@pytest.mark.parametrize(("fields", "item", "cause"), FAULTS.values(), ids=FAULTS)
def test_fault(fields: dict[str, Any], item: str, cause: str) -> None:
    found = check(Record.model_validate({**SOUND, **fields}), "a.json")
    assert any(fault.item == item and cause in fault.cause for fault in found), found
    for fault in found:
        assert str(fault).startswith(f"a.json: {fault.item}: ")
        assert "\n" not in str(fault)


# case -> (content of the file, the items named)
SHAPES = {
    "no JSON": ("{", ["record"]),
    "wrong offsets": (json.dumps({**SOUND, "mentions": [{**OFFICE, "start": 1, "end": 5}]}), ["record"]),
    "outside the text": (json.dumps({**SOUND, "activities": [{**DEED, "trigger": [40, 99]}]}), ["record"]),
    "all at once": (
        json.dumps({**SOUND, "mentions": [{**OFFICE, "type": "TOWN"}], "activities": [{**DEED, "type": "party"}]}),
        ["mentions[0].type", "activities[0].type"],
    ),
    "another id": (json.dumps({**SOUND, "id": "b"}), ["id"]),
}


@pytest.mark.parametrize(("content", "items"), SHAPES.values(), ids=SHAPES)
def test_shape(content: str, items: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    found = check_file(path)
    assert [fault.item for fault in found] == items
    assert all(fault.where == str(path) for fault in found)


def test_the_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    assert "cannot be read" in str(check_file(tmp_path / "a.json")[0])


ROWS = {
    "sound": ("name\tsplit\na\tdev\n", []),
    "another split": ("name\tsplit\na\ttest\n", ["a: is of split 'test' but lies in 'dev'"]),
    "no file": ("name\tsplit\na\tdev\nb\tdev\n", ["b: has no gold file"]),
    "not listed": ("name\tsplit\n", ["a: is not listed"]),
    "no splits": ("name\na\n", []),
}


@pytest.mark.parametrize(("index", "faults"), ROWS.values(), ids=ROWS)
def test_index(index: str, faults: list[str], tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "a.json").write_text(json.dumps(SOUND), encoding="utf-8")
    (tmp_path / "INDEX.tsv").write_text(index, encoding="utf-8")
    count, found = check_folder(tmp_path)
    assert count == 1
    assert [str(fault) for fault in found] == [f"{tmp_path / 'INDEX.tsv'}: {line}" for line in faults]


BAD_INDEX = {"no names": "split\ndev", "short row": "name\tsplit\na", "twice": "name\na\na", "empty": ""}


@pytest.mark.parametrize("index", BAD_INDEX.values(), ids=BAD_INDEX)
def test_a_bad_index_is_one_line(index: str, tmp_path: Path) -> None:
    (tmp_path / "INDEX.tsv").write_text(index, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        load_index(tmp_path)
    assert caught.value.where == str(tmp_path / "INDEX.tsv")


@pytest.mark.parametrize("path", gold_paths(GOLD), ids=lambda path: path.stem)
def test_the_corpus_has_no_faults(path: Path) -> None:
    assert [str(fault) for fault in check_file(path)] == []


def test_the_index_of_the_corpus_is_complete() -> None:
    count, faults = check_folder(GOLD)
    assert faults == []
    assert count == len(load_index(GOLD)) >= 24
