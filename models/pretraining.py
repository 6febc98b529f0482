"""Pretraining of the encoder: characters hidden in unlabelled text are to be guessed from what stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.encoded import Batch, Encoded, batches_of, make_batch
from models.features import MASK, Vocabulary
from models.network import Encoder
from models.optimising import Meter, Progress, cosine, optimizer_of, take_step

# Only the commonest are asked for: names of rare characters are learned from labels.
_GUESSED = 4096
_HIDDEN_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Hidden:
    """A batch with some characters hidden, where they are in the flattened batch, and what they were."""

    batch: Batch
    positions: npt.NDArray[np.int64]
    answers: npt.NDArray[np.int64]


class Guesser(nn.Module):
    """An encoder with an output over the commonest characters."""

    def __init__(self, encoder: Encoder, width: int, bottleneck: int = 128) -> None:
        super().__init__()
        self.encoder = encoder
        self.output = nn.Sequential(nn.Linear(width, bottleneck), nn.GELU(), nn.Linear(bottleneck, _GUESSED))

    def forward(self, hidden: Hidden) -> Tensor:
        """The mean loss of the guesses."""
        b = hidden.batch
        states = self.encoder(*(torch.from_numpy(a) for a in (b.chars, b.pairs, b.words, b.lengths)))
        at = torch.from_numpy(hidden.positions)
        scores = self.output(states.reshape(-1, states.shape[-1])[at])
        return nn.functional.cross_entropy(scores.float(), torch.from_numpy(hidden.answers))


def pretrain(
    encoder: Encoder,
    width: int,
    data: Encoded,
    vocabulary: Vocabulary,
    steps: int,
    characters: int,
    rate: float,
    on_progress: Progress = lambda step, steps, loss, rate: None,
) -> None:
    """Train `encoder`, whose states are `width` wide, for `steps` batches of about `characters` characters."""
    guesser = Guesser(encoder, width)
    optimizer = optimizer_of(guesser, rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine(steps, warmup=100))
    progress = Meter(steps, on_progress)
    for hidden in islice(_endless(data, vocabulary, characters, np.random.default_rng(0)), steps):
        with torch.autocast("cpu", torch.bfloat16):
            loss = guesser(hidden)
        take_step(optimizer, guesser.parameters(), loss)
        schedule.step()
        progress.tell(float(loss.detach()), int(hidden.batch.lengths.sum()))


def hide(batch: Batch, random: np.random.Generator) -> Hidden:
    """Hide about 15 % of the characters, alone or two together, with the pairs and word features they show in."""
    rows, columns = batch.chars.shape
    begins = random.random((rows, columns)) < _HIDDEN_SHARE / 1.5
    chosen = begins.copy()
    # Every second one takes its neighbour along.
    chosen[:, 1:] |= begins[:, :-1] & (random.random((rows, columns - 1)) < 0.5)
    chosen &= np.arange(columns)[None, :] < batch.lengths[:, None]
    answers = batch.chars[chosen]
    chars, pairs, words = batch.chars.copy(), batch.pairs.copy(), batch.words.copy()
    chars[chosen] = MASK
    words[chosen] = 0
    pairs[:, :-1][chosen] = 0
    pairs[:, 1:][chosen] = 0
    positions = np.flatnonzero(chosen)
    asked = answers < _GUESSED
    return Hidden(Batch(chars, pairs, words, batch.lengths, {}), positions[asked], answers[asked])


def _endless(data: Encoded, vocabulary: Vocabulary, characters: int, random: np.random.Generator) -> Iterator[Hidden]:
    """Batches of hidden characters from `data`, over and over."""
    while True:
        for chosen in batches_of(data, characters, random):
            yield hide(make_batch(data, chosen, vocabulary), random)
