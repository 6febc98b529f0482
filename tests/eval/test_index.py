"""The index beside the gold."""

from pathlib import Path

import pytest

from eval.index import Entry, load_index

ROWS = "name\tkind\tgenre\tprovince\nriver\t水利\tnews report\t江西\nforest\t林业\t\t\n\n"


@pytest.mark.parametrize("folder", ["gold", "."], ids=["in the folder", "above it"])
def test_entries_by_name(folder: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (tmp_path / folder / "INDEX.tsv").write_text(ROWS, encoding="utf-8")
    assert load_index(gold) == {"river": Entry("水利", "江西", "news report"), "forest": Entry("林业")}


def test_columns_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "INDEX.tsv").write_text("name\tgenre\nriver\tnotice\n", encoding="utf-8")
    assert load_index(tmp_path) == {"river": Entry(genre="notice")}


def test_no_index_no_entries(tmp_path: Path) -> None:
    assert load_index(tmp_path) == {}
