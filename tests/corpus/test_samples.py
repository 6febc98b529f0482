"""The shipped samples: each has gold, whose text is what the reader yields."""

from pathlib import Path

import pytest

import corpus
from corpus.gold import GOLD, gold_paths, load_gold_file
from corpus.samples import SAMPLES

SAMPLE_FILES = {path.stem: path for path in sorted(SAMPLES.iterdir())}
GOLD_FILES = {path.stem: path for path in gold_paths(GOLD)}


def test_every_sample_has_gold() -> None:
    assert len(SAMPLE_FILES) >= 14
    assert SAMPLE_FILES.keys() <= GOLD_FILES.keys()


@pytest.mark.parametrize("path", SAMPLE_FILES.values(), ids=SAMPLE_FILES)
def test_gold_text_is_what_the_reader_yields(path: Path) -> None:
    (bulletin,) = corpus.read(path)
    gold = load_gold_file(GOLD_FILES[path.stem])
    assert gold.text == bulletin.text
    assert gold.id == bulletin.id == path.stem
