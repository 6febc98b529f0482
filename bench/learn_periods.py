"""Learns the weights of the choice of periods (extract/facts/period_choice.py) from labelled bulletins.

usage: python bench/learn_periods.py [--write] [FOLDER...]   (default: corpus/gold/train corpus/gold/dev)

Prints how many of the figures found get their period from the scopes alone, from the weights in
extract/facts/data/period_weights.tsv as they are, and, by cross-validation over bulletins, from weights learned anew.
With --write these replace the file. A softmax over the candidates of each figure, L2, full batches, Adam: the same
data give the same weights.
"""

import argparse
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.gold import load_gold
from eval.matching import overlap
from extract.facts.period_choice import kind_of
from extract.layers import Layers
from extract.pipeline import Extractor
from extract.segment.view import make_view
from schemas import Record

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "extract" / "facts" / "data" / "period_weights.tsv"
HEADER = """\
# What speaks for a period of a figure: source, what it stands together with (a kind of period, a property of the clause
# or nothing), weight. Learned from corpus/gold/train and corpus/gold/dev by bench/learn_periods.py.
"""
FOLDS, STEPS, RATE, PENALTY = 5, 300, 0.05, 8e-3
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


def figures(folder: Path) -> Iterator[Figure]:
    """The figures of `folder`'s gold that the extractor finds too."""
    extractor = Extractor()
    for gold in load_gold(folder):
        view = make_view(gold.text)
        doc = extractor.nlp.make_doc(view.text)
        doc._.layers = Layers(view=view)
        extractor.nlp(doc)
        yield from _figures(gold, doc._.layers)


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
    weights: NDArray[Any] = np.zeros(len(index))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.bincount(at, weights[column], len(rows))
        highest = np.full(count, -np.inf)
        np.maximum.at(highest, groups, scores)
        odds = np.exp(scores - highest[groups])
        likely = odds / np.bincount(groups, odds, count)[groups]
        wanted = odds * hits
        wanted /= np.bincount(groups, wanted, count)[groups]
        slope = np.bincount(column, (likely - wanted)[at], len(index)) / count + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {feature: float(weights[i]) for feature, i in index.items()}


def is_right(weights: dict[Feature, float], example: Figure) -> bool:
    """Whether the candidate with the largest sum is right."""
    sums = [sum(weights.get(f, 0.0) for f in found) for found in example.features]
    return example.right[sums.index(max(sums))]


def cross_validated(examples: list[Figure]) -> float:
    """The share right when each bulletin's weights are learned from the others."""
    bulletins = sorted({e.bulletin for e in examples})
    np.random.default_rng(0).shuffle(bulletins)
    right = 0
    for fold in range(FOLDS):
        held = set(bulletins[fold::FOLDS])
        weights = learn([e for e in examples if e.bulletin not in held])
        right += sum(is_right(weights, e) for e in examples if e.bulletin in held)
    return right / len(examples)


def main() -> None:
    """Learn, say how good it is, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    arguments = parser.parse_args()
    folders = arguments.folders or [ROOT / "corpus" / "gold" / s for s in ("train", "dev")]
    examples = [figure for folder in folders for figure in figures(folder)]
    print(f"figures with a known period                {len(examples)}")
    print(f"a candidate is right                       {sum(any(e.right) for e in examples) / len(examples):.1%}")
    print(f"right by the scopes alone                  {sum(e.by_scopes for e in examples) / len(examples):.1%}")
    print(f"right by the weights that ship             {sum(e.by_record for e in examples) / len(examples):.1%}")
    print(f"right by learned weights, cross-validated  {cross_validated(examples):.1%}")
    if arguments.write:
        weights = learn(examples)
        lines = [f"{s}\t{word}\t{w:.3f}\n" for (s, word), w in sorted(weights.items()) if abs(w) >= 0.0005]
        WEIGHTS.write_text(HEADER + "".join(lines), encoding="utf-8")
        print(f"wrote {len(lines)} weights to {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
