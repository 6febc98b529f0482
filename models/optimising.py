"""What pretraining and training share: the schedule of the learning rate, and steps in reduced precision."""

import math
import time
from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

# Called with step, steps, mean loss and characters per second.
Progress = Callable[[int, int, float, float], None]
_EVERY = 50


class Meter:
    """Tells the progress of a training every 50 steps.

    Args:
        steps: how many there will be.
        on_progress: whom to tell.
        done: steps done before, by a run that was interrupted.
    """

    def __init__(self, steps: int, on_progress: Progress, done: int = 0) -> None:
        self._steps, self._step, self._on_progress = steps, done, on_progress
        self._mean: float | None = None
        self._characters, self._began = 0, time.monotonic()

    def tell(self, loss: float, characters: int) -> None:
        """One step is done, with this loss, over so many characters."""
        self._step += 1
        self._characters += characters
        self._mean = loss if self._mean is None else 0.98 * self._mean + 0.02 * loss
        if self._step % _EVERY == 0 or self._step == self._steps:
            speed = self._characters / (time.monotonic() - self._began)
            self._on_progress(self._step, self._steps, self._mean, speed)


def optimizer_of(module: nn.Module, rate: float) -> torch.optim.Optimizer:
    """AdamW; embeddings and biases are not decayed."""
    decayed = [p for name, p in module.named_parameters() if p.ndim > 1 and not _is_embedding(name)]
    others = [p for name, p in module.named_parameters() if p.ndim <= 1 or _is_embedding(name)]
    return torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=rate, fused=True
    )


def _is_embedding(name: str) -> bool:
    return name.startswith(("encoder.chars.", "encoder.pairs.", "encoder.words."))


def cosine(steps: int, warmup: int, floor: float = 0.02) -> Callable[[int], float]:
    """The factor of the learning rate at a step: up in `warmup` steps, then down to `floor` along a cosine."""

    def factor(step: int) -> float:
        if step < warmup:
            return (step + 1) / warmup
        share = min(1.0, (step - warmup) / max(1, steps - warmup))
        return floor + (1 - floor) * (1 + math.cos(math.pi * share)) / 2

    return factor


def take_step(optimizer: torch.optim.Optimizer, parameters: Iterable[Tensor], loss: Tensor) -> None:
    """One step down `loss`, the gradients' norm clipped to 5."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(parameters, 5.0)
    optimizer.step()
