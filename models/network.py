"""The tagger as a torch module: embeddings, dilated convolutions, one linear head per label scheme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.features import WORD_FEATURES

# What enters a product lies between this and its negative: six standard deviations.
LARGEST = 6.0


@dataclass(frozen=True, slots=True)
class Architecture:
    """The sizes of a network.

    Attributes:
        characters: how many ids of characters there are.
        pair_bits: the table of pairs has 2 to this power rows.
        channels: width of the convolutions and of the states that leave them.
        spans: how far apart the characters are that a convolution looks at, layer by layer.
        char_size, pair_size, word_size: widths of the embeddings.
    """

    characters: int
    pair_bits: int = 17
    channels: int = 192
    spans: tuple[int, ...] = (1, 2, 4, 8, 1)
    char_size: int = 80
    pair_size: int = 40
    word_size: int = 24


class Convolutions(nn.Module):
    """Dilated convolutions of width 3 with residuals.

    Each is one product over a character and its two neighbours at the layer's distance, side by side: quicker on a CPU
    than torch's convolutions, and what the exported graph does with 8-bit numbers. What enters a product is normalised
    and kept within `LARGEST`, so that one fixed scale brings it to 8 bits.
    """

    def __init__(self, inputs: int, channels: int, spans: Sequence[int], dropout: float) -> None:
        super().__init__()
        self.spans = tuple(spans)
        self.projection = nn.Linear(inputs, channels)
        self.products = nn.ModuleList(nn.Linear(3 * channels, channels) for _ in spans)
        # Its gains and shifts would be those of the products once more.
        self.norm = nn.LayerNorm(channels, elementwise_affine=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """(batch, longest, inputs) to (batch, longest, channels)."""
        longest = states.shape[1]
        present = (torch.arange(longest)[None, :] < lengths[:, None])[:, :, None]
        states = self.projection(states)
        for span, product in zip(self.spans, self.products, strict=True):
            # Beyond the ends of a sequence there is nothing, whatever its padding holds.
            here = (self.norm(states).clamp(-LARGEST, LARGEST) * present).to(states.dtype)
            padded = nn.functional.pad(here, (0, 0, span, span))
            three = torch.cat([padded[:, :longest], here, padded[:, 2 * span :]], dim=2)
            states = states + self.dropout(torch.relu(product(three)))
        return states


class Encoder(nn.Module):
    """From features to one state per character."""

    def __init__(self, architecture: Architecture, dropout: float = 0.35) -> None:
        super().__init__()
        a = architecture
        self.chars = nn.Embedding(a.characters, a.char_size, padding_idx=0)
        self.pairs = nn.Embedding(1 << a.pair_bits, a.pair_size)
        self.words = nn.Embedding(WORD_FEATURES, a.word_size, padding_idx=0)
        self.dropout = nn.Dropout(dropout)
        inputs = a.char_size + 2 * a.pair_size + a.word_size
        self.body = Convolutions(inputs, a.channels, a.spans, dropout)

    def start_from(self, chars: npt.NDArray[np.float32], pairs: npt.NDArray[np.float32]) -> None:
        """Take embeddings of characters and pairs made elsewhere."""
        with torch.no_grad():
            self.chars.weight.copy_(torch.from_numpy(chars))
            self.chars.weight[0] = 0
            self.pairs.weight.copy_(torch.from_numpy(pairs))
            # The words' embeddings begin as large as the others.
            self.words.weight.mul_(0.3)

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, lengths: Tensor) -> Tensor:
        """Ids (batch, longest; pairs one longer) and lengths (batch) to states (batch, longest, channels)."""
        pair_states = self.pairs(pairs)
        states = torch.cat(
            [self.chars(chars), pair_states[:, :-1], pair_states[:, 1:], self.words(words)],
            dim=2,
        )
        encoded: Tensor = self.body(self.dropout(states), lengths)
        return encoded


class Tagger(nn.Module):
    """An encoder and a linear head for each scheme of labels.

    Args:
        architecture: the sizes.
        heads: how many labels each scheme has, by its name.
        dropout: between layers and before the heads.
    """

    def __init__(self, architecture: Architecture, heads: dict[str, int], dropout: float = 0.35) -> None:
        super().__init__()
        self.architecture = architecture
        self.encoder = Encoder(architecture, dropout)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(architecture.channels, size) for name, size in heads.items()})

    def forward(
        self, chars: Tensor, pairs: Tensor, words: Tensor, lengths: Tensor, heads: Iterable[str]
    ) -> dict[str, Tensor]:
        """The scores (batch, longest, labels) of the schemes `heads`."""
        states = self.dropout(self.encoder(chars, pairs, words, lengths))
        return {head: self.heads[head](states) for head in heads}
