"""Gold as a dataset."""

import sys
from pathlib import Path

import pytest
from corpus_strategies import records
from hypothesis import given, settings

import corpus
from corpus import GoldError, MissingExtraError
from corpus.gold import GOLD, load_gold
from corpus.tagging import TAGS, bioes, spans_of
from schemas import Record


@settings(max_examples=50, deadline=None)
@given(record=records())
def test_tags_tell_the_spans(record: Record) -> None:
    spans = [(m.start, m.end, m.type) for m in record.mentions]
    tags = bioes(len(record.text), spans)
    assert len(tags) == len(record.text)
    assert set(tags) <= set(TAGS)
    assert spans_of(tags) == spans


def test_of_overlapping_spans_the_first_counts() -> None:
    assert bioes(4, [(1, 4, "ORG"), (0, 2, "PLACE"), (0, 1, "PLACE")]) == ["S-PLACE", "B-ORG", "I-ORG", "E-ORG"]


@pytest.mark.parametrize(
    ("tags", "index"),
    [
        (["I-ORG"], 0),
        (["B-ORG", "O"], 1),
        (["B-ORG", "B-ORG"], 1),
        (["O", "B-ORG"], 1),
        (["B-ORG", "E-PLACE"], 1),
        (["X"], 0),
    ],
    ids=str,
)
def test_broken_tags(tags: list[str], index: int) -> None:
    with pytest.raises(ValueError, match=rf"^{index}$"):
        spans_of(tags)


def test_a_row_is_a_bulletin() -> None:
    data = corpus.load("dev")
    gold = load_gold(GOLD / "dev")
    assert data["id"] == [record.id for record in gold]
    names = data.features["tags"].feature.names
    assert names == list(TAGS)
    for row, record in zip(data, gold, strict=True):
        assert Record.model_validate_json(row["record"]) == record
        assert "".join(row["characters"]) == row["text"] == record.text
        spans = set(spans_of([names[tag] for tag in row["tags"]]))
        assert spans >= {(m.start, m.end, m.type) for m in record.mentions if not m.optional}
        for mention in record.mentions:
            assert row["optional"][mention.start : mention.end] == [mention.optional] * len(mention.text)
        assert row["kind"]
        assert row["province"]
        assert row["genre"]


def test_all_splits_are_a_dict() -> None:
    data = corpus.load()
    assert set(data) >= {"train", "dev"}
    ids = [id for split in data.values() for id in split["id"]]
    assert len(ids) == len(set(ids)) == len(load_gold(GOLD))


def test_an_unknown_split_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="there is no split 'valid'; give one of train, dev, test"):
        corpus.load("valid")
    for split in (None, "train"):
        with pytest.raises(GoldError, match="no gold files"):
            corpus.load(split, tmp_path)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'jianbao\[train\]'"):
        corpus.load("train")
