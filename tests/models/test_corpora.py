"""Readers of labelled corpora."""

from pathlib import Path

import pytest

from models.corpora import Labelled, read_cluener, read_columns, read_slashed
from models.errors import TrainingDataError

CASES = {
    "bio": (
        read_columns,
        "在\tO\n甲\tB-LOC\n县\tI-LOC\n\n乙\tB-PER\n",
        [("在甲县", ((1, 3, "LOC"),)), ("乙", ((0, 1, "PER"),))],
    ),
    "bmes": (
        read_columns,
        "甲 B-ORG\n乙 M-ORG\n局 E-ORG\n丙 S-NAME\n",
        [("甲乙局丙", ((0, 3, "ORG"), (3, 4, "NAME")))],
    ),
    "two names that touch": (read_columns, "甲 B-LOC\n乙 B-LOC\n", [("甲乙", ((0, 1, "LOC"), (1, 2, "LOC")))]),
    "slashed": (read_slashed, "甲县/ns 的/o 乙局/nt \n\n", [("甲县的乙局", ((0, 2, "ns"), (3, 5, "nt")))]),
    "cluener": (
        read_cluener,
        '{"text": "甲乙在丙县", "label": {"name": {"甲乙": [[0, 1]]}, "address": {"丙县": [[3, 4]]}}}\n',
        [("甲乙在丙县", ((0, 2, "name"), (3, 5, "address")))],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_reads(case: str, tmp_path: Path) -> None:
    reader, text, expected = CASES[case]
    path = tmp_path / "corpus"
    path.write_text(text, encoding="utf-8")
    assert list(reader(path)) == [Labelled(text, spans) for text, spans in expected]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    path.write_text("甲\tO\n乙丙丁\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match="line 2"):
        list(read_columns(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="nowhere"):
        list(read_slashed(tmp_path / "nowhere"))
