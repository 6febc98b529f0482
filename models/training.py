"""Training of the tagger: several labelled corpora at once, one head each, one encoder for all."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.encoded import IGNORED, Batch, Encoded, batches_of, make_batch
from models.features import UNKNOWN, Vocabulary
from models.labels import Scheme
from models.network import Tagger
from models.optimising import Meter, Progress, cosine, optimizer_of, take_step

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled sequences, how often an epoch takes each, and how much its labels count per head."""

    name: str
    data: Encoded
    repeat: int = 1
    weights: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a tagger is trained.

    Attributes:
        epochs: passes over all corpora.
        characters: in one batch.
        rate: the highest learning rate.
        decay: of the moving average of the weights, which is what is kept.
        seed: of everything random.
        checkpoint: steps between two checkpoints.
    """

    epochs: int = 10
    characters: int = 4096
    rate: float = 2e-3
    decay: float = 0.999
    seed: int = 0
    checkpoint: int = 500
    char_noise: float = 0.02
    pair_noise: float = 0.15
    word_noise: float = 0.1


def train(
    tagger: Tagger,
    corpora: Iterable[Corpus],
    vocabulary: Vocabulary,
    settings: Settings,
    checkpoint: Path,
    on_progress: Progress = lambda step, steps, loss, rate: None,
) -> Tagger:
    """Train `tagger` and return it with the averaged weights.

    What `checkpoint` holds of an earlier, interrupted run of the same settings is taken up; it is written every
    `settings.checkpoint` steps, in one step or not at all.

    Args:
        on_progress: told step, steps, mean loss and characters per second every 50 steps.
    """
    corpora = list(corpora)
    torch.manual_seed(settings.seed)
    plan = [list(_epoch(corpora, settings, epoch)) for epoch in range(settings.epochs)]
    steps = sum(map(len, plan))
    optimizer = optimizer_of(tagger, settings.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine(steps, warmup=200))
    averaged = AveragedModel(tagger, multi_avg_fn=get_ema_multi_avg_fn(settings.decay))  # type: ignore[no-untyped-call]
    done = _resume(checkpoint, tagger, averaged, optimizer, schedule)
    meter = Meter(steps, on_progress, done)
    tagger.train()
    flat = [item for epoch in plan for item in epoch]
    for step in range(done, steps):
        corpus, chosen = flat[step]
        random = np.random.default_rng((settings.seed, step))
        batch = _noisy(make_batch(corpus.data, chosen, vocabulary), settings, random)
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(tagger, batch, corpus.weights)
        take_step(optimizer, tagger.parameters(), loss)
        schedule.step()
        averaged.update_parameters(tagger)
        meter.tell(float(loss.detach()), int(batch.lengths.sum()))
        if (step + 1) % settings.checkpoint == 0:
            _save(checkpoint, step + 1, tagger, averaged, optimizer, schedule)
    _save(checkpoint, steps, tagger, averaged, optimizer, schedule)
    tagger.load_state_dict(averaged.module.state_dict())
    return tagger.eval()


def loss_of(tagger: Tagger, batch: Batch, weights: Mapping[str, float] | None = None) -> Tensor:
    """The mean loss over the labelled characters of `batch`, its heads weighted."""
    scores = tagger(*tensors_of(batch), heads=batch.labels)
    losses = [
        (weights or {}).get(head, 1.0)
        * nn.functional.cross_entropy(
            scores[head].float().flatten(0, 1), torch.from_numpy(labels).flatten(), ignore_index=IGNORED
        )
        for head, labels in batch.labels.items()
    ]
    return torch.stack(losses).sum()


def tensors_of(batch: Batch) -> tuple[Tensor, ...]:
    """Chars, pairs, words and lengths of `batch` for the network."""
    return tuple(torch.from_numpy(array) for array in (batch.chars, batch.pairs, batch.words, batch.lengths))


@torch.inference_mode()
def tag(
    tagger: Tagger, data: Encoded, vocabulary: Vocabulary, head: str, scheme: Scheme
) -> Iterator[tuple[int, list[int]]]:
    """The best labels of every sequence of `data`, with its index, in batches of similar length."""
    tagger.eval()
    for chosen in batches_of(data, 8192, np.random.default_rng(0)):
        batch = make_batch(data, chosen, vocabulary)
        scores = tagger(*tensors_of(batch), heads=[head])[head].float().numpy()
        for row, index in enumerate(chosen):
            length = int(batch.lengths[row])
            yield int(index), scheme.best(scores[row, :length], (0, length)).tolist()


def _epoch(corpora: list[Corpus], settings: Settings, epoch: int) -> Iterator[tuple[Corpus, list[int]]]:
    """The batches of one epoch: every corpus `repeat` times, all mixed."""
    random = np.random.default_rng((settings.seed, epoch))
    batches = [
        (corpus, chosen.tolist())
        for corpus in corpora
        for _ in range(corpus.repeat)
        for chosen in batches_of(corpus.data, settings.characters, random)
    ]
    for index in random.permutation(len(batches)):
        yield batches[index]


def _noisy(batch: Batch, settings: Settings, random: np.random.Generator) -> Batch:
    """Hide some of the features, so that each learns to do without the others."""
    chars, pairs, words = batch.chars.copy(), batch.pairs.copy(), batch.words.copy()
    chars[(random.random(chars.shape) < settings.char_noise) & (chars > 0)] = UNKNOWN
    pairs[random.random(pairs.shape) < settings.pair_noise] = 0
    words[random.random(words.shape) < settings.word_noise] = 0
    return Batch(chars, pairs, words, batch.lengths, batch.labels)


def _save(
    path: Path,
    step: int,
    tagger: Tagger,
    averaged: AveragedModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    state = {
        "step": step,
        "tagger": tagger.state_dict(),
        "averaged": averaged.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resume(
    path: Path,
    tagger: Tagger,
    averaged: AveragedModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    """The steps already done, their state taken up."""
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    tagger.load_state_dict(state["tagger"])
    averaged.load_state_dict(state["averaged"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    step: int = state["step"]
    _log.info("taking up the training at step %d", step)
    return step
