"""The index beside the gold."""

from pathlib import Path

import pytest

from eval.index import Entry, IndexFileError, load_index

ROWS = "name\tbureau kind\tgenre\tprovince\nriver\t水利\tnews report\t江西\nforest.json\t林业\n\n"


@pytest.mark.parametrize("folder", ["gold", "."], ids=["in the folder", "above it"])
def test_entries_by_name(folder: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (tmp_path / folder / "INDEX.tsv").write_text(ROWS, encoding="utf-8")
    assert load_index(gold) == {"river": Entry("水利", "江西", "news report"), "forest": Entry("林业")}


def test_no_index_no_entries(tmp_path: Path) -> None:
    assert load_index(tmp_path) == {}


BAD = {"empty": b"", "not utf-8": "name\t种类".encode("gb18030"), "no names": b"kind\tgenre\na\tb\n"}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_bad_index_is_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "INDEX.tsv").write_bytes(content)
    with pytest.raises(IndexFileError) as caught:
        load_index(tmp_path)
    assert caught.value.where == str(tmp_path / "INDEX.tsv")
    assert "\n" not in str(caught.value)
