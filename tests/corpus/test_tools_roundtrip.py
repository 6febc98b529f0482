"""Out to a tool's format and back: what the format carries comes back as it was."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from xml.etree import ElementTree

import pytest
from corpus_strategies import records
from hypothesis import HealthCheck, given, settings

from corpus.gold import GOLD, gold_paths, load_gold, load_gold_file, write_gold_file
from corpus.tools.build import to_record
from corpus.tools.exchange import FORMATS, export_gold, import_gold
from corpus.tools.flatten import to_annotation
from corpus.tools.merge import merged
from schemas import Record

QUICK = settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def headless(record: Record) -> Record:
    return record.model_copy(update={"title": None, "publisher": None, "published": None, "authors": ()})


def spans_only(record: Record) -> object:
    return (
        [(m.start, m.end, m.type) for m in record.mentions],
        [(t.start, t.end) for t in record.times],
        [(q.start, q.end) for q in record.quantities],
        [(m.quantity, m.part_of) for m in record.metrics],
        [a.trigger for a in record.activities],
        sorted({place for d in record.documents for place in d.mentions}),
    )


def names_only(record: Record) -> object:
    return [(m.start, m.end, m.type) for m in record.mentions]


# What each format carries of a record that nothing else is known of.
CARRIED: dict[str, Callable[[Record], object]] = {
    "label-studio": lambda record: record,
    "brat": headless,
    "doccano": spans_only,
    "conll": names_only,
}


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def module(name: str) -> ModuleType:
    return FORMATS[name]


def sent_out_and_back(record: Record, module: ModuleType, folder: Path) -> tuple[object, list[str]]:
    annotation, lost = to_annotation(record)
    lost += module.write([annotation], folder)
    (back,) = module.read(folder)
    assert back.text == record.text
    assert back.id == record.id
    return back, lost


@QUICK
@given(record=records())
def test_regions_hold_everything(record: Record) -> None:
    annotation, lost = to_annotation(record)
    assert lost == []
    assert to_record(annotation, "here") == record


@pytest.mark.parametrize("name", FORMATS)
@QUICK
@given(record=records())
def test_generated_records(name: str, record: Record) -> None:
    with TemporaryDirectory() as folder:
        back, lost = sent_out_and_back(record, FORMATS[name], Path(folder))
    assert lost == []
    assert CARRIED[name](to_record(back, "here")) == CARRIED[name](record)


@pytest.mark.parametrize("name", FORMATS)
@QUICK
@given(record=records())
def test_generated_records_over_themselves_lose_nothing(name: str, record: Record) -> None:
    with TemporaryDirectory() as folder:
        back, _ = sent_out_and_back(record, FORMATS[name], Path(folder))
    assert merged(back, record, FORMATS[name].CARRIES, "here") == (record, [])


def test_the_corpus(name: str, tmp_path: Path) -> None:
    gold = load_gold(GOLD)
    assert len(gold) >= 24
    done = export_gold(GOLD, name, tmp_path / "out")
    assert done.bulletins == len(gold)
    assert len(done.notes) == 1  # what the format cannot carry in general, and nothing lost besides
    import_gold(tmp_path / "out", name, tmp_path / "back")
    back = load_gold(tmp_path / "back")
    assert [CARRIED[name](record) for record in back] == [CARRIED[name](record) for record in gold]


def test_the_corpus_over_itself_stays_as_it_is(name: str, tmp_path: Path) -> None:
    for path in gold_paths(GOLD):
        target = tmp_path / "gold" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    export_gold(GOLD, name, tmp_path / "out")
    done = import_gold(tmp_path / "out", name, tmp_path / "gold")
    assert done.changed == 0
    assert done.notes == []


@pytest.mark.parametrize("path", gold_paths(GOLD), ids=lambda path: path.stem)
def test_gold_is_written_as_it_is_read(path: Path, tmp_path: Path) -> None:
    write_gold_file(load_gold_file(path), tmp_path / "copy.json")
    assert load_gold_file(tmp_path / "copy.json") == load_gold_file(path)


def test_what_cannot_be_marked_is_said_and_kept(tmp_path: Path) -> None:
    record = Record.model_validate(
        {
            "id": "a",
            "text": "县局办案3件",
            "documents": [{"title": "无名之约", "kind": "agreement"}],
            "metrics": [{"quantity": (4, 6), "name": "办案"}],
            "mentions": [
                {"start": 0, "end": 2, "text": "县局", "type": "ORG", "canonical": "县局"},
                {
                    "start": 0,
                    "end": 4,
                    "text": "县局办案",
                    "type": "PROGRAM",
                    "canonical": "县局办案",
                    "optional": True,
                },
            ],
        }
    )
    annotation, lost = to_annotation(record)
    assert lost == ["document '无名之约' has no mention to mark", "metric '办案' hangs on no labelled quantity"]
    conll = FORMATS["conll"]
    assert list(conll.write([annotation], tmp_path)) == ["a: PROGRAM '县局办案' overlaps another name"]
    (back,) = conll.read(tmp_path)
    made, _ = merged(back, record, conll.CARRIES, "here")
    assert made.documents == record.documents


def test_the_labelling_interface_names_all_that_is_written(tmp_path: Path) -> None:
    export_gold(GOLD, "label-studio", tmp_path)
    interface = ElementTree.parse(tmp_path / "config.xml").getroot()  # noqa: S314  (made by ourselves)
    names = {tag.get("name") for tag in interface.iter()}
    values = {tag.get("value") for tag in interface.iter()}
    for task in json.loads((tmp_path / "gold.json").read_text(encoding="utf-8")):
        assert task["data"].keys() == {"name", "text"}
        for result in task["annotations"][0]["result"]:
            assert result["type"] == "relation" or result["from_name"] in names
            chosen = [*result.get("labels", []), *result.get("value", {}).get("labels", [])]
            assert {*chosen, *result.get("value", {}).get("choices", [])} <= values
