"""Embeddings of characters and pairs before any training: what stands around them, in few dimensions.

Positive pointwise mutual information of a character (or hashed pair) with the characters at each of six places around
it, reduced by a truncated singular value decomposition (Levy and Goldberg 2014, "Neural Word Embedding as Implicit
Matrix Factorization"). Takes two minutes for thirty million characters, and training starts from there.
"""

import numpy as np
import numpy.typing as npt
import torch

from models.encoded import Encoded
from models.features import Vocabulary

# Only the commonest characters are told apart as surroundings.
_CONTEXTS = 2048
_PLACES = (-3, -2, -1, 1, 2, 3)
# Counts of surroundings below this are left out: they are most of the matrix and mostly chance.
_LEAST = 3
_ITERATIONS = 3


def context_embeddings(
    data: Encoded, vocabulary: Vocabulary, char_size: int, pair_size: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Embeddings of the characters and of the pairs, each row with a mean square of 0.1.

    Args:
        data: any text, labelled or not.
        vocabulary: whose characters have the commonest first.
        char_size, pair_size: the widths.
    """
    chars = data.chars.astype(np.int64)
    # Sequences run into each other at their ends, which is rare enough.
    pairs = vocabulary.pairs(chars)[1:-1]
    by_char = _reduced(_counts(chars, chars, vocabulary.size, (0, 0)), char_size)
    by_pair = _reduced(_counts(pairs, chars, 1 << vocabulary.pair_bits, (0, 1)), pair_size)
    return by_char, by_pair


def _counts(
    items: npt.NDArray[np.int64], chars: npt.NDArray[np.int64], rows: int, extent: tuple[int, int]
) -> torch.Tensor:
    """How often each item has each character at each place, as a sparse matrix (rows, places * contexts)."""
    indices, values = [], []
    size = len(items)
    for column, place in enumerate(_PLACES):
        # A pair covers two characters: its surroundings on the right begin one later.
        shift = place + (extent[1] if place > 0 else 0)
        first, last = max(0, -shift), min(size, len(chars) - shift)
        around = chars[first + shift : last + shift]
        known = around < _CONTEXTS
        keys = items[first:last][known] * _CONTEXTS + around[known]
        found, count = np.unique(keys, return_counts=True)
        often = count >= _LEAST
        found, count = found[often], count[often]
        indices.append(np.stack([found // _CONTEXTS, column * _CONTEXTS + found % _CONTEXTS]))
        values.append(count)
    counts = np.concatenate(values).astype(np.float64)
    at = np.concatenate(indices, axis=1)
    row_sums = np.bincount(at[0], counts, rows)
    column_sums = np.bincount(at[1], counts, len(_PLACES) * _CONTEXTS)
    # Contexts are smoothed by a power of 0.75, as usual for rare ones.
    smoothed = column_sums**0.75
    smoothed *= column_sums.sum() / smoothed.sum()
    information = np.log(counts * counts.sum() / (row_sums[at[0]] * smoothed[at[1]]))
    positive = information > 0
    return torch.sparse_coo_tensor(
        torch.from_numpy(at[:, positive]),
        torch.from_numpy(information[positive].astype(np.float32)),
        (rows, len(_PLACES) * _CONTEXTS),
        check_invariants=True,
    ).coalesce()


def _reduced(matrix: torch.Tensor, size: int) -> npt.NDArray[np.float32]:
    generator = torch.Generator().manual_seed(0)
    transposed = matrix.t().coalesce()
    basis = torch.randn(matrix.shape[1], size + 16, generator=generator)
    for _ in range(_ITERATIONS):
        basis, _ = torch.linalg.qr(torch.sparse.mm(matrix, basis))
        basis, _ = torch.linalg.qr(torch.sparse.mm(transposed, basis))
    projected = torch.sparse.mm(matrix, basis)
    left, strengths, _ = torch.linalg.svd(projected, full_matrices=False)
    # The root of the singular values weighs the first dimensions less than the values would.
    rows = (left[:, :size] * strengths[:size].sqrt()).numpy()
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-6) * np.sqrt(0.1 * size), dtype=np.float32)
