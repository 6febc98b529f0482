"""A malformed import is one line that names the file, the item and the remedy, and changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import GoldError
from corpus.gold import GOLD
from corpus.tools.exchange import FORMATS, export_gold, import_gold

TEXT = "县局办案3件"
ORG = {"id": "r1", "type": "labels", "value": {"start": 0, "end": 2, "text": "县局", "labels": ["ORG"]}}


def studio(*results: Any, **task: Any) -> str:
    given = {"data": {"name": "a", "text": TEXT}, "annotations": [{"result": list(results)}], **task}
    return json.dumps([given])


def changed(**value: Any) -> dict[str, Any]:
    return {**ORG, "value": {**ORG["value"], **value}}  # type: ignore[dict-item]


def area(name: str, text: str, id: str = "r1") -> dict[str, Any]:
    return {"id": id, "from_name": name, "type": "textarea", "value": {"text": [text]}}


def link(label: str, source: str = "r1", target: str = "r1") -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "labels": [label]}


def doccano(**row: Any) -> str:
    return json.dumps({"name": "a", "text": TEXT, "entities": [], "relations": [], **row}, ensure_ascii=False)


METRIC = {"id": "r2", "type": "labels", "value": {"start": 2, "end": 4, "labels": ["METRIC"]}}
TIME = {"id": "r3", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["TIME"]}}
DOCUMENT = {"id": "r4", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["DOCUMENT"]}}

# format -> case -> (content of the file, what the message says)
CASES: dict[str, dict[str, tuple[str, str]]] = {
    "label-studio": {
        "not JSON": ("[", "is not JSON"),
        "nested too deeply": ("[" * 100_000, "export it again"),
        "no list": ("{}", "is no list of tasks"),
        "no data": ('[{"annotations": []}]', "task 0: lacks data.name"),
        "a task that is no object": ("[7]", "task 0: lacks data.name"),
        "not annotated": (studio(annotations=[]), "a has no annotation; submit the task"),
        "cancelled": (studio(annotations=[{"was_cancelled": True, "result": []}]), "a has no annotation"),
        "an unknown label": (studio(changed(labels=["TOWN"])), "TOWN r1 at 0..2 has the label 'TOWN'; use one of ORG"),
        "two labels": (studio(changed(labels=["ORG", "PLACE"])), "result 0 at 0 has 2 labels instead of one"),
        "other words": (studio(changed(text="市局")), "result 0 reads '市局' where the text has '县局'"),
        "outside the text": (studio(changed(end=99, text=TEXT)), "lies outside the text of 6 characters"),
        "no offsets": (studio({**ORG, "value": {}}), "result 0 is malformed"),
        "no object": (studio("r1"), "result 0 is malformed"),
        "an unknown type": (studio({**ORG, "type": "ellipse", "from_name": "x"}), "unknown type 'ellipse'"),
        "an unknown attribute": (studio(ORG, area("colour", "red")), "has the attribute 'colour'; ORG has canonical"),
        "an unknown head field": (studio(area("head_subtitle", "题")), "unknown head field 'subtitle'"),
        "an attribute of nothing": (studio(area("canonical", "县局", "r9")), "canonical of 'r9' belongs to no region"),
        "no date": (studio(TIME, area("from_date", "昨天", "r3")), "TIME r3 at 0..1: from_date: "),
        "no date in the head": (studio(area("head_published", "昨天")), "a: published: "),
        "one id twice": (studio(ORG, ORG), "two regions have one id"),
        "a metric on its own": (studio(METRIC), "has 0 relations 'quantity'; draw one from METRIC to QUANTITY"),
        "a relation to nothing": (studio(ORG, link("same_as", target="r9")), "leads to 'r9', which is no region"),
        "an unknown relation": (studio(ORG, link("likes")), "relation 'likes' is unknown; use one of quantity"),
        "a relation without label": (studio(ORG, {**link("x"), "labels": None}), "relation '(none)' is unknown"),
        "a relation of other labels": (studio(ORG, link("trigger")), "draw it from ACTIVITY to TRIGGER"),
        "a circle": (studio(DOCUMENT, link("same_as", "r4", "r4")), "DOCUMENT r4 at 0..1 is same_as itself"),
        "a name that leads elsewhere": (studio(data={"name": "../a", "text": TEXT}), "'../a' is no name for a file"),
        "an absolute name": (studio(data={"name": "/a", "text": TEXT}), "'/a' is no name for a file"),
        "a name beyond Unicode": (studio(data={"name": "\ud800", "text": TEXT}), "is no name for a file"),
        "half a surrogate pair": (studio(data={"name": "a", "text": "\ud800"}), "cannot be written"),
        "one bulletin twice": (json.dumps(json.loads(studio(ORG)) * 2), "a occurs twice"),
    },
    "doccano": {
        "not JSON": ("{", "line 1: is not JSON"),
        "no object": ("\n7", "line 2: lacks name, text or entities"),
        "no entities": ('{"name": "a", "text": "县"}', "line 1: lacks name, text or entities"),
        "an entity without offsets": (doccano(entities=[{"id": 1, "label": "ORG"}]), "a: entities[0] is malformed"),
        "an offset outside": (
            doccano(entities=[{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 9}]),
            "entities[0] has the offset 9",
        ),
        "an endless offset": (
            '{"name": "a", "text": "县", "entities": [{"id": 1, "label": "ORG", "start_offset": Infinity, "end_offset": 1}]}',
            "entities[0] is malformed",
        ),
        "half a character": (
            doccano(text="😀局", entities=[{"id": 1, "label": "ORG", "start_offset": 1, "end_offset": 3}]),
            "entities[0] has the offset 1",
        ),
        "a relation without ends": (doccano(relations=[{"type": "quantity"}]), "a: relations[0] is malformed"),
    },
    "brat": {
        "an unknown line": ("E1\tMeeting:T1", "line 1: 'E1\\tMeeting:T1' is no annotation"),
        "no offsets": ("T1\tORG\t县局", "line 1: 'T1\\tORG\\t县局' is no annotation"),
        "other words": ("T1\tORG 0 2\t市局", "it reads '市局' where the text has '县局'"),
        "far fragments": ("T1\tORG 0 1;3 4\t县 案", "its fragments are more than a line break apart"),
        "half a relation": ("T1\tORG 0 2\t县局\nR1\tsame_as Arg1:T1", "line 2: "),
        "a note that is not JSON": ("T1\tORG 0 2\t县局\n#1\tAnnotatorNotes T1\t县", "line 2: the note: is not JSON"),
        "a note that is no object": ("T1\tORG 0 2\t县局\n#1\tAnnotatorNotes T1\t7", "notes are JSON such as"),
        "a note on nothing": ("#1\tAnnotatorNotes\t{}", "line 1: "),
        "an attribute of nothing": ("A1\toptional T9", "attributes or notes of T9, which is no region"),
        "an attribute without target": ("A1\toptional", "line 1: "),
    },
    "conll": {
        "two characters": ("县局 -X- _ O", "line 1: '县局 -X- _ O' is not one character and its tag"),
        "no tag": ("县", "line 1: '县' is not one character and its tag"),
        "no escape": ("\\uzz -X- _ O", "line 1: "),
        "an unknown tag": ("县 -X- _ B-TOWN", "line 1: tag 'B-TOWN' is unknown"),
        "a tag that does not follow": ("县 -X- _ O\n\n局 -X- _ I-ORG", "line 3: tag 'I-ORG'"),
        "a name without end": ("县 -X- _ B-ORG", "line 1: tag 'B-ORG'"),
        "a change of type": ("县 -X- _ B-ORG\n局 -X- _ E-PLACE", "line 2: tag 'E-PLACE'"),
    },
}
FILES = {"label-studio": "a.json", "doccano": "a.jsonl", "brat": "a.ann", "conll": "a.conll"}
FLAT = [(name, case, *given) for name, cases in CASES.items() for case, given in cases.items()]


@pytest.mark.parametrize(
    ("name", "content", "cause"), [(n, *g) for n, _, *g in FLAT], ids=[f"{n}: {c}" for n, c, *_ in FLAT]
)
def test_malformed(name: str, content: str, cause: str, tmp_path: Path) -> None:
    source = tmp_path / "in" / FILES[name]
    source.parent.mkdir()
    source.write_text(content, encoding="utf-8")
    source.with_suffix(".txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        import_gold(source, name, tmp_path / "gold")
    message = str(caught.value)
    assert cause in message
    assert message.startswith((str(source), str(tmp_path / "gold")))
    assert caught.value.remedy
    assert "\n" not in message
    assert not list(tmp_path.glob("gold/**/*.json"))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no"):
        import_gold(tmp_path, name, tmp_path / "gold")
    (tmp_path / FILES[name]).write_bytes("县".encode("gb18030"))
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(GoldError, match="it is not UTF-8"):
        import_gold(tmp_path, name, tmp_path / "gold")


def test_brat_needs_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_bytes(b"")
    with pytest.raises(GoldError, match=r"a\.txt: cannot be read"):
        import_gold(tmp_path, "brat", tmp_path / "gold")


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_an_editor_does_to_a_file_is_read_or_refused(name: str, data: st.DataObject, tmp_path: Path) -> None:
    export_gold(GOLD / "dev" / "police-tianjin.json", name, tmp_path / "out")
    file = next(path for path in (tmp_path / "out").iterdir() if path.suffix == Path(FILES[name]).suffix)
    text = file.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    file.write_text(
        text[:start] + data.draw(st.text("T1#AR\t\n\\\"'{}[]:,局-", max_size=4)) + text[end:], encoding="utf-8"
    )
    refusal = ""
    try:
        import_gold(file, name, tmp_path / "gold")
    except GoldError as error:
        refusal = str(error)
    assert "\n" not in refusal
