import json
import os
from pathlib import Path

import pytest

from schemas import Record
from store import StoreError, replacing, write_record


def test_records_are_lines(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "records.jsonl"
    with replacing(path) as file:
        write_record(file, record)
        write_record(file, record)
        assert not path.exists()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [Record.model_validate(json.loads(line)) for line in lines] == [record, record]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("keep_partial", "expected"), [(False, "old"), (True, "new")], ids=["discard", "keep"])
def test_an_error_leaves_no_half_written_file(tmp_path: Path, keep_partial: bool, expected: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("old")

    def fail() -> None:
        with replacing(path, keep_partial=keep_partial) as file:
            file.write("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == expected
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"cannot write .*choose a place"),
        replacing(tmp_path / "none" / "records.jsonl"),
    ):
        pass


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "old.jsonl")
    with replacing(tmp_path / "link.jsonl") as file:
        file.write("new")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "old.jsonl").read_text() == "new"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_only_files_are_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "records.jsonl"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    with pytest.raises(StoreError, match="is no file that could be replaced"), replacing(path):
        pass
    assert list(tmp_path.iterdir()) == [path]
