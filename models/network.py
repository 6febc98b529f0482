"""The tagger as a torch module: embeddings, an encoder (BiLSTM or dilated convolutions), one head per label scheme."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.features import WORD_FEATURES


@dataclass(frozen=True, slots=True)
class Architecture:
    """The sizes of a network.

    Attributes:
        characters: how many ids of characters there are.
        pair_bits: the table of pairs has 2 to this power rows.
        encoder: bilstm, or conv (dilated convolutions with residuals).
        hidden: width of one direction of the BiLSTM, half the channels of the convolutions.
        layers: of the encoder.
        char_size, pair_size, word_size: widths of the embeddings.
    """

    characters: int
    pair_bits: int = 17
    encoder: Literal["bilstm", "conv"] = "bilstm"
    hidden: int = 160
    layers: int = 2
    char_size: int = 80
    pair_size: int = 40
    word_size: int = 24

    def to_dict(self) -> dict[str, Any]:
        """As plain data, for a checkpoint."""
        return asdict(self)


class BiLstm(nn.Module):
    """Layers of two LSTMs each; the backward one reads every sequence from its own end, so padding has no effect."""

    def __init__(self, inputs: int, hidden: int, layers: int, dropout: float) -> None:
        super().__init__()
        sizes = [inputs] + [2 * hidden] * (layers - 1)
        self.forwards = nn.ModuleList(nn.LSTM(size, hidden, batch_first=True) for size in sizes)
        self.backwards = nn.ModuleList(nn.LSTM(size, hidden, batch_first=True) for size in sizes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """(batch, longest, inputs) to (batch, longest, 2 * hidden)."""
        steps = torch.arange(states.shape[1])[None, :]
        ends = lengths[:, None]
        turned = torch.where(steps < ends, ends - 1 - steps, steps)[:, :, None]
        for index, (ahead, back) in enumerate(zip(self.forwards, self.backwards, strict=True)):
            if index:
                states = self.dropout(states)
            there, _ = ahead(states)
            here, _ = back(states.gather(1, turned.expand_as(states)))
            states = torch.cat([there, here.gather(1, turned.expand_as(here))], dim=2)
        return states


class Convolutions(nn.Module):
    """Dilated convolutions of width 3 with residuals: 1, 2, 4, 1, 2, 4, … characters apart."""

    def __init__(self, inputs: int, channels: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.projection = nn.Linear(inputs, channels)
        spans = [2 ** (i % 3) for i in range(layers)]
        self.convolutions = nn.ModuleList(nn.Conv1d(channels, channels, 3, padding=d, dilation=d) for d in spans)
        self.norms = nn.ModuleList(nn.LayerNorm(channels) for _ in spans)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """(batch, longest, inputs) to (batch, longest, channels)."""
        present = (torch.arange(states.shape[1])[None, :] < lengths[:, None])[:, :, None]
        states = self.projection(states)
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            moved = convolution((norm(states) * present).transpose(1, 2)).transpose(1, 2)
            states = states + self.dropout(torch.relu(moved))
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
        self.body: nn.Module
        if a.encoder == "bilstm":
            self.body = BiLstm(inputs, a.hidden, a.layers, dropout)
        else:
            self.body = Convolutions(inputs, 2 * a.hidden, a.layers, dropout)

    def start_from(self, chars: npt.NDArray[np.float32], pairs: npt.NDArray[np.float32]) -> None:
        """Take embeddings of characters and pairs made elsewhere."""
        with torch.no_grad():
            self.chars.weight.copy_(torch.from_numpy(chars))
            self.chars.weight[0] = 0
            self.pairs.weight.copy_(torch.from_numpy(pairs))
            # The words' embeddings begin as large as the others.
            self.words.weight.mul_(0.3)

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, lengths: Tensor) -> Tensor:
        """Ids (batch, longest; pairs one longer) and lengths (batch) to states (batch, longest, 2 * hidden)."""
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
        self.heads = nn.ModuleDict({name: nn.Linear(2 * architecture.hidden, size) for name, size in heads.items()})

    def forward(
        self, chars: Tensor, pairs: Tensor, words: Tensor, lengths: Tensor, heads: Iterable[str]
    ) -> dict[str, Tensor]:
        """The scores (batch, longest, labels) of the schemes `heads`."""
        states = self.dropout(self.encoder(chars, pairs, words, lengths))
        return {head: self.heads[head](states) for head in heads}
