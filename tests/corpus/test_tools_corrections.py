"""What an annotator changes in a tool comes back; what the format does not carry stays as it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import GoldError
from corpus.gold import load_gold_file, write_gold_file
from corpus.tools.exchange import Exchanged, export_gold, import_gold
from schemas import Record

TEXT = "昨日，县司法局开展培训2期😀，培训调解员60余人，其中女调解员20人。"
GOLD = Record.model_validate(
    {
        "id": "a",
        "title": "县司法局开展培训",
        "text": TEXT,
        "mentions": [{"start": 3, "end": 7, "text": "县司法局", "type": "ORG", "canonical": "青禾县司法局"}],
        "times": [
            {"start": 0, "end": 2, "text": "昨日", "from_date": "2024-05-06", "to_date": "2024-05-06", "optional": True}
        ],
        "quantities": [
            {"start": 11, "end": 13, "text": "2期", "value": "2", "unit": "期"},
            {"start": 20, "end": 24, "text": "60余人", "value": "60", "low": "60", "high": "70", "modifier": "more_than", "unit": "人"},
            {"start": 31, "end": 34, "text": "20人", "value": "20", "unit": "人"},
        ],
        "metrics": [
            {"quantity": (20, 24), "name": "培训调解员", "subject": "青禾县司法局"},
            {"quantity": (31, 34), "name": "培训女调解员", "part_of": (20, 24)},
        ],
        "activities": [{"type": "training", "trigger": (7, 9), "name": "培训2期", "actors": ["青禾县司法局"]}],
    }
)  # fmt: skip


def through(folder: Path, name: str, correct: Callable[[Path], None]) -> tuple[Record, Exchanged]:
    """`GOLD` after a correction of its exported files."""
    gold = folder / "gold" / "dev"
    gold.mkdir(parents=True)
    write_gold_file(GOLD, gold / "a.json")
    export_gold(gold, name, folder / "out")
    correct(folder / "out")
    done = import_gold(folder / "out", name, folder / "gold")
    return load_gold_file(gold / "a.json"), done


def rewrite(file: str, *changes: tuple[str, str]) -> Callable[[Path], None]:
    def correct(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")

    return correct


def row(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def correct(folder: Path) -> None:
        data = json.loads((folder / "gold.jsonl").read_text(encoding="utf-8"))
        change(data)
        (folder / "gold.jsonl").write_text(json.dumps(data), encoding="utf-8")

    return correct


def test_conll_corrects_names_and_keeps_the_rest(tmp_path: Path) -> None:
    made, done = through(
        tmp_path,
        "conll",
        rewrite(
            "a.conll",
            ("司 -X- _ I-ORG\n法 -X- _ I-ORG", "司 -X- _ B-ORG\n法 -X- _ I-ORG"),
            ("县 -X- _ B-ORG", "县 -X- _ S-PLACE"),
        ),
    )
    assert [(m.type, m.text, m.canonical) for m in made.mentions] == [
        ("PLACE", "县", "县"),
        ("ORG", "司法局", "青禾县司法局"),
    ]
    assert made.model_copy(update={"mentions": GOLD.mentions}) == GOLD
    assert done.notes == [
        "a: PLACE '县' at 3 is new; see that its attributes fit",
        "a: ORG '司法局' at 4 was moved; see that its attributes fit",
    ]


def test_a_name_of_another_type_keeps_its_canonical_name(tmp_path: Path) -> None:
    made, done = through(tmp_path, "doccano", row(lambda data: data["entities"][0].update(label="PLACE")))
    assert [(m.type, m.canonical) for m in made.mentions] == [("PLACE", "青禾县司法局")]
    assert done.notes == []


def test_doccano_removes_a_relation(tmp_path: Path) -> None:
    def drop(data: dict[str, Any]) -> None:
        data["relations"] = [r for r in data["relations"] if r["type"] != "part_of"]

    made, done = through(tmp_path, "doccano", row(drop))
    assert [m.part_of for m in made.metrics] == [None, None]
    assert made.metrics[0] == GOLD.metrics[0]
    assert done.changed == 1


def test_doccano_moves_a_metric_onto_other_words(tmp_path: Path) -> None:
    def move(data: dict[str, Any]) -> None:
        (metric,) = [e for e in data["entities"] if e["label"] == "METRIC" and e["start_offset"] > 30]
        start = TEXT.index("女调解员") + 1  # the emoji counts double
        metric.update(start_offset=start, end_offset=start + 4)

    made, done = through(tmp_path, "doccano", row(move))
    assert made.metrics == (GOLD.metrics[0], GOLD.metrics[1].model_copy(update={"name": "女调解员"}))
    assert len(done.notes) == 1


def test_label_studio_corrects_an_attribute_and_the_head(tmp_path: Path) -> None:
    def correct(folder: Path) -> None:
        (task,) = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for result in task["annotations"][0]["result"]:
            if result.get("from_name") == "canonical":
                result["value"]["text"] = ["西河县司法局"]
            if result.get("from_name") == "optional":
                result["value"]["choices"] = []
            if result.get("from_name") == "head_title":
                result["value"]["text"] = "县司法局培训"
        (folder / "gold.json").write_text(json.dumps([task]), encoding="utf-8")

    made, done = through(tmp_path, "label-studio", correct)
    assert made.title == "县司法局培训"
    assert made.mentions[0].canonical == "西河县司法局"
    assert not made.times[0].optional
    assert made.model_copy(update={"mentions": GOLD.mentions, "times": GOLD.times, "title": GOLD.title}) == GOLD
    assert done.notes == []


def test_label_studio_takes_the_last_annotation(tmp_path: Path) -> None:
    def annotate_again(folder: Path) -> None:
        (task,) = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        first = task["annotations"][0]
        task["annotations"] = [{"result": []}, first, {"result": [], "was_cancelled": True}]
        (folder / "gold.json").write_text(json.dumps([task]), encoding="utf-8")

    made, done = through(tmp_path, "label-studio", annotate_again)
    assert made == GOLD
    assert done.changed == 0


def test_brat_corrects_a_span_an_attribute_and_a_note(tmp_path: Path) -> None:
    made, _ = through(
        tmp_path,
        "brat",
        rewrite(
            "a.ann",
            ("ORG 3 7\t县司法局", "ORG 4 7\t司法局"),
            ("more_than", "about"),
            ('"low": "60", "high": "70", ', '"low": null, '),
        ),
    )
    assert made.mentions[0].text == "司法局"
    assert made.mentions[0].canonical == "青禾县司法局"
    assert made.quantities[1].modifier == "about"
    assert made.quantities[1].low is None
    assert made.title == GOLD.title
    assert made.times == GOLD.times


def test_brat_writes_spans_over_line_breaks_in_fragments(tmp_path: Path) -> None:
    broken = Record.model_validate(
        {
            "id": "b",
            "text": "县司\n法局",
            "mentions": [{"start": 0, "end": 5, "text": "县司\n法局", "type": "ORG", "canonical": "县司法局"}],
        }
    )
    write_gold_file(broken, tmp_path / "b.json")
    export_gold(tmp_path / "b.json", "brat", tmp_path / "out")
    assert "T1\tORG 0 2;3 5\t县司 法局\n" in (tmp_path / "out" / "b.ann").read_text(encoding="utf-8")
    import_gold(tmp_path / "out", "brat", tmp_path / "back")
    assert load_gold_file(tmp_path / "back" / "b.json") == broken


def test_text_that_a_tool_changed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"a differs from the gold's at character 0 \('今日，县司法局开' for"):
        through(tmp_path, "conll", rewrite("a.conll", ("昨 -X-", "今 -X-")))


def test_an_id_with_folders_finds_its_gold(tmp_path: Path) -> None:
    record = GOLD.model_copy(update={"id": "2024/05/a"})
    path = tmp_path / "gold" / "2024" / "05" / "a.json"
    path.parent.mkdir(parents=True)
    write_gold_file(record, path)
    export_gold(tmp_path / "gold", "doccano", tmp_path / "out")
    assert import_gold(tmp_path / "out", "doccano", tmp_path / "gold").changed == 0
