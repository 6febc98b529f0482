"""The exported graph computes what the network does, to the precision of 8 bits, several sequences in one row too."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from models.encoded import padded
from models.export import export
from models.features import WORD_FEATURES, Features, Vocabulary
from models.network import Architecture, Tagger

VOCABULARY = Vocabulary.of(map(chr, range(0x4E00, 0x4E00 + 200)), pair_bits=8)
SPANS = (1, 3, 2)


def test_the_graph_computes_what_the_network_does(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    architecture = Architecture(
        VOCABULARY.size, pair_bits=8, channels=32, spans=SPANS, char_size=16, pair_size=8, word_size=4
    )
    tagger = Tagger(architecture, {"one": 9, "two": 5}).eval()
    random = np.random.default_rng(0)
    sequences = []
    for size in (7, 40, 1):
        chars = random.integers(1, VOCABULARY.size, size)
        sequences.append(Features(chars, VOCABULARY.pairs(chars), random.integers(1, WORD_FEATURES, size)))
    lengths = [len(s.chars) for s in sequences]
    with torch.inference_mode():
        tensors = [torch.from_numpy(array) for array in (*padded(sequences), np.asarray(lengths))]
        wanted = tagger(*tensors, heads=["two"])["two"].numpy()
    export(tagger, tmp_path / "tagger.onnx", ("two",))
    session = onnxruntime.InferenceSession(tmp_path / "tagger.onnx", providers=["CPUExecutionProvider"])
    gap = np.zeros(max(SPANS), dtype=np.int64)
    chars = np.concatenate([part for s in sequences for part in (s.chars, gap)])
    words = np.concatenate([part for s in sequences for part in (s.words, gap)])
    row = session.run(["two"], {"chars": chars, "pairs": VOCABULARY.pairs(chars), "words": words})[0]
    starts = np.cumsum([0, *(length + len(gap) for length in lengths)])
    for index, (start, _) in enumerate(pairwise(starts)):
        found = row[start : start + lengths[index]]
        np.testing.assert_allclose(found, wanted[index, : lengths[index]], atol=0.05)
        alone = sequences[index]
        inputs = {"chars": alone.chars, "pairs": alone.pairs, "words": alone.words}
        np.testing.assert_array_equal(session.run(["two"], inputs)[0], found)
