"""How far a figure can be trusted: bootstrap intervals, and paired tests of two systems, both over documents.

Notes for a newcomer. The bulletins of a gold set are a sample, so every figure would come out a little different on
another set of the same kind. The bootstrap draws many such sets from the one at hand, with replacement, whole
documents at a time (items of one document are not independent), and takes the middle 95 % of the figures they give.
The permutation test asks whether two systems differ: if they did not, it would make no difference which of the two
gave which document's answer, so the answers are exchanged at random many times, and the p-value is the share of
exchanges that give a difference as large as the one seen (Noreen 1989, Computer-Intensive Methods, ch. 2).

All of it is counting: a document is a row of counts, a drawn set is a row of weights, and the counts of all drawn sets
are one matrix product.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.layers import FAMILIES
from eval.report import AVERAGED, Report

ROUNDS = 2000
PERMUTATIONS = 5000
LEVEL = 95

_Floats = NDArray[np.float64]
Interval = tuple[float, float]

_LAYERS = tuple(layer.name for family in FAMILIES for layer in family.layers)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of two systems on the same bulletins.

    Attributes:
        name: of the figure.
        before, after: its values in per cent for the first and the second system.
        interval: 95 % bootstrap interval of after minus before.
        p: two-sided p-value of the paired permutation test.
    """

    name: str
    before: float
    after: float
    interval: Interval
    p: float

    @property
    def change(self) -> float:
        """After minus before, in points."""
        return round(self.after - self.before, 1)


def intervals(report: Report, *, rounds: int = ROUNDS, seed: int = 0) -> dict[str, Interval]:
    """95 % bootstrap intervals, in per cent, of every figure of `report.figures()`.

    The percentile method, over documents. A figure that is undefined in a drawn set (no such items) leaves it out; one
    that is undefined in all of them has no interval. The same report and seed give the same intervals.
    """
    if not report.documents:
        return {}
    table = CountArrays(report, attributes=tuple(report.accuracies))
    drawn = table.figures(_draws(len(report.documents), rounds, seed))
    return {name: interval for name, column in drawn.items() if (interval := _middle(column)) is not None}


def differences(
    before: Report, after: Report, *, rounds: int = ROUNDS, permutations: int = PERMUTATIONS, seed: int = 0
) -> list[Difference]:
    """Every figure of two reports on the same gold, with an interval of the difference and its p-value."""
    attributes = tuple(dict.fromkeys([*before.accuracies, *after.accuracies]))
    one, other = CountArrays(before, attributes), CountArrays(after, attributes)
    size = len(before.documents)
    if not size:
        return []
    whole = np.ones((1, size))
    seen_one, seen_other = one.figures(whole), other.figures(whole)
    draws = _draws(size, rounds, seed)
    drawn_one, drawn_other = one.figures(draws), other.figures(draws)
    exchange = np.random.default_rng(seed).integers(0, 2, (permutations, size)).astype(np.float64)
    mixed_one, mixed_other = one.figures(1 - exchange, other, exchange), other.figures(1 - exchange, one, exchange)
    found = []
    for name in seen_one:
        seen = float(np.nan_to_num(seen_other[name][0]) - np.nan_to_num(seen_one[name][0]))
        permuted = np.nan_to_num(mixed_other[name]) - np.nan_to_num(mixed_one[name])
        # The exchange that happened counts too, so that p is never 0.
        p = (1 + int(np.sum(np.abs(permuted) >= abs(seen) - 1e-12))) / (permutations + 1)
        spread = _middle(drawn_other[name] - drawn_one[name]) or (0.0, 0.0)
        was, now = (round(100 * float(np.nan_to_num(values[name][0])), 1) for values in (seen_one, seen_other))
        found.append(Difference(name, was, now, spread, round(p, 4)))
    return found


class CountArrays:
    """The counts of a report as arrays: documents x layers x (right, spurious, missed), and attributes likewise."""

    def __init__(self, report: Report, attributes: tuple[str, ...]) -> None:
        self._layers = tuple(name for name in _LAYERS if name in report.layers)
        self._attributes = attributes
        self._items = _array(
            [[_triple(document.layers.get(name)) for name in self._layers] for document in report.documents],
            (len(report.documents), len(self._layers), 3),
        )
        self._judged = _array(
            [
                [(a.right, a.total) if (a := document.accuracies.get(name)) else (0, 0) for name in attributes]
                for document in report.documents
            ],
            (len(report.documents), len(attributes), 2),
        )

    def figures(
        self, weights: _Floats, other: "CountArrays | None" = None, other_weights: _Floats | None = None
    ) -> dict[str, _Floats]:
        """The figures, as shares, of every set of documents that a row of `weights` draws; nan where undefined.

        With `other`, the set also holds that report's documents, drawn by `other_weights`.
        """
        items = np.tensordot(weights, self._items, axes=1)
        judged = np.tensordot(weights, self._judged, axes=1)
        if other is not None and other_weights is not None:
            items += np.tensordot(other_weights, other._items, axes=1)
            judged += np.tensordot(other_weights, other._judged, axes=1)
        index = {name: at for at, name in enumerate(self._layers)}
        f1 = _f1(items)
        figures = {name: f1[:, at] for name, at in index.items()}
        for group, families in AVERAGED.items():
            for match in ("strict", "lenient"):
                at = [index[layer] for family in families if (layer := getattr(family, match)) in index]
                figures[f"{group} {match} micro"] = _f1(items[:, at].sum(axis=1))
                figures[f"{group} {match} macro"] = _mean_where_gold(f1[:, at], items[:, at])
        shares = _divided(judged[..., 0], judged[..., 1])
        return figures | {name: shares[:, at] for at, name in enumerate(self._attributes)}


def _triple(counts: Any) -> tuple[int, int, int]:
    return (counts.true_positives, counts.false_positives, counts.false_negatives) if counts else (0, 0, 0)


def _array(rows: list[list[Any]], shape: tuple[int, ...]) -> _Floats:
    return np.array(rows, dtype=np.float64).reshape(shape)


def _f1(counts: _Floats) -> _Floats:
    """F1 over the last axis (right, spurious, missed); nan where there is nothing at all."""
    double = 2 * counts[..., 0]
    whole = double + counts[..., 1] + counts[..., 2]
    return _divided(double, whole)


def _mean_where_gold(f1: _Floats, counts: _Floats) -> _Floats:
    gold = (counts[..., 0] + counts[..., 2]) > 0
    total, number = np.where(gold, np.nan_to_num(f1), 0.0).sum(axis=1), gold.sum(axis=1)
    return _divided(total, number)


def _divided(part: _Floats, whole: _Floats) -> _Floats:
    """`part / whole`, nan where `whole` is 0."""
    shares = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _draws(size: int, rounds: int, seed: int) -> _Floats:
    """How often each of `size` documents is in each of `rounds` sets of that size, drawn with replacement."""
    draws: _Floats = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), rounds).astype(np.float64)
    return draws


def _middle(values: _Floats) -> Interval | None:
    defined = values[~np.isnan(values)]
    if not defined.size:
        return None
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return round(100 * float(low), 1), round(100 * float(high), 1)
