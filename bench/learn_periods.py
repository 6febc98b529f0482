"""Learns the weights of the choice of periods (extract/facts/period_choice.py) from labelled bulletins.

usage: python bench/learn_periods.py [--write] [FOLDER...]   (default: corpus/gold/train corpus/gold/dev)

Prints how many of the figures found get their period from the scopes alone, from the weights in
extract/facts/data/period_weights.tsv as they are, and, by cross-validation over bulletins, from weights learned anew.
With --write these replace the file. A softmax over the candidates of each figure, L2, full batches, Adam: the same
data give the same weights.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learning import ROOT, Vector, arguments, descend, folds, read, write

from eval.matching import overlap
from extract.facts.period_choice import kind_of
from extract.layers import Layers
from schemas import Record

WEIGHTS = ROOT / "extract" / "facts" / "data" / "period_weights.tsv"
HEADER = """\
# What speaks for a period of a figure: source, what it stands together with (a kind of period, a property of the clause
# or nothing), weight. Learned from corpus/gold/train and corpus/gold/dev by bench/learn_periods.py.
"""
FOLDS, STEPS, RATE, MEMORY, PENALTY = 5, 300, 0.05, 0.99, 8e-3
# The properties of the clause are learned for these sources only: the others are too few to tell.
PAIRED = ("R", "none", "W", "clause", "combo", "last-range", "lead-since", "lead-range")

Period = tuple[dt.date | None, dt.date | None]
Feature = tuple[str, str]


@dataclass
class Figure:
    """A figure whose period is known: the features of each candidate, which are right, the scopes' and the record's."""

    bulletin: str
    features: list[list[Feature]]
    right: list[bool]
    by_scopes: bool
    by_record: bool


def figures(folders: Iterable[Path]) -> Iterator[Figure]:
    """The figures of the gold in `folders` that the extractor finds too."""
    for gold, _, layers in read(folders):
        yield from _figures(gold, layers)


def _figures(gold: Record, layers: Layers) -> Iterator[Figure]:
    scopes = layers.scopes
    found = [(layers.view.source(*m.quantity), m) for m in layers.metrics]
    for metric in gold.metrics:
        own = max(found, key=lambda f: overlap(f[0], metric.quantity), default=None)
        if metric.optional or scopes is None or own is None or overlap(own[0], metric.quantity) <= 0:
            continue
        start = own[1].quantity[0]
        wanted: Period = (metric.from_date, metric.to_date)
        candidates, about = scopes.candidates(start)
        yield Figure(
            gold.id,
            [_features(p, sources, about, scopes.choice.is_often(p)) for p, sources in candidates.items()],
            [p == wanted for p in candidates],
            scopes.period_in_force(start) == wanted,
            (own[1].from_date, own[1].to_date) == wanted,
        )


def _features(period: Period, sources: list[str], about: list[str], often: bool) -> list[Feature]:
    kind = kind_of(period)
    found = [("kind", kind), *([("often", "")] if often else [])]
    for source in sources:
        found += [(source, ""), (source, kind)]
        found += [(source, word) for word in about if source in PAIRED]
    return found


def learn(examples: list[Figure]) -> dict[Feature, float]:
    """The weights under which the right candidates are likeliest."""
    index: dict[Feature, int] = {}
    rows: list[list[int]] = []
    group: list[int] = []
    right: list[bool] = []
    count = 0
    for example in examples:
        if any(example.right):
            rows += [[index.setdefault(f, len(index)) for f in found] for found in example.features]
            group += [count] * len(example.right)
            right += example.right
            count += 1
    at = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    column = np.array([c for r in rows for c in r])
    groups, hits = np.array(group), np.array(right, float)

    def slope(weights: Vector) -> Vector:
        scores = np.bincount(at, weights[column], len(rows))
        highest = np.full(count, -np.inf)
        np.maximum.at(highest, groups, scores)
        odds = np.exp(scores - highest[groups])
        likely = odds / np.bincount(groups, odds, count)[groups]
        wanted = odds * hits
        wanted /= np.bincount(groups, wanted, count)[groups]
        return np.bincount(column, (likely - wanted)[at], len(index)) / count + PENALTY * weights

    weights = descend(slope, len(index), STEPS, RATE, MEMORY)
    return {feature: float(weights[i]) for feature, i in index.items()}


def is_right(weights: dict[Feature, float], example: Figure) -> bool:
    """Whether the candidate with the largest sum is right."""
    sums = [sum(weights.get(f, 0.0) for f in found) for found in example.features]
    return example.right[sums.index(max(sums))]


def cross_validated(examples: list[Figure]) -> float:
    """The share right when each bulletin's weights are learned from the others."""
    right = 0
    for held in folds((e.bulletin for e in examples), FOLDS):
        weights = learn([e for e in examples if e.bulletin not in held])
        right += sum(is_right(weights, e) for e in examples if e.bulletin in held)
    return right / len(examples)


def main() -> None:
    """Learn, say how good it is, and write on demand."""
    folders, replace = arguments(__doc__)
    examples = list(figures(folders))
    print(f"figures with a known period                {len(examples)}")
    print(f"a candidate is right                       {sum(any(e.right) for e in examples) / len(examples):.1%}")
    print(f"right by the scopes alone                  {sum(e.by_scopes for e in examples) / len(examples):.1%}")
    print(f"right by the weights that ship             {sum(e.by_record for e in examples) / len(examples):.1%}")
    print(f"right by learned weights, cross-validated  {cross_validated(examples):.1%}")
    if replace:
        weights = sorted(learn(examples).items())
        write(WEIGHTS, HEADER, [f"{s}\t{word}\t{w:.3f}\n" for (s, word), w in weights if abs(w) >= 0.0005])


if __name__ == "__main__":
    main()
