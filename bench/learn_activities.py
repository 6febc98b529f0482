"""Learns the weights of the activity scorer (extract/facts/activity_gate.py) from labelled bulletins.

usage: python bench/learn_activities.py [--write] [FOLDER...]   (default: corpus/gold/train corpus/gold/dev)

Every verb of the list in a clause that may report something is an example: an activity where a required label overlaps
it, none where no label does; verbs of optional labels are left out. Prints how well the scorer alone tells them apart,
by cross-validation over bulletins. With --write the weights replace extract/facts/data/activity_weights.tsv. Logistic
regression, L2, full batches, Adam: the same data give the same weights.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.gold import load_gold
from eval.matching import overlap
from extract.facts.activity_acts import proposed
from extract.facts.activity_clauses import candidates
from extract.facts.activity_gate import features_around, features_of
from extract.facts.activity_reading import Reading
from extract.facts.activity_triggers import reporting_clauses
from extract.layers import Layers
from extract.pipeline import Extractor
from extract.segment.view import make_view

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "extract" / "facts" / "data" / "activity_weights.tsv"
HEADER = """\
# What speaks for a verb telling of an activity: feature (activity_gate.features_of says which there are), weight.
# Learned from labelled bulletins by bench/learn_activities.py.
"""
FOLDS, STEPS, RATE, PENALTY = 9, 250, 0.05, 1.0
# A feature that fewer verbs have tells nothing.
LEAST = 3


@dataclass
class Verb:
    """A verb in a bulletin: its features, and whether a required label tells of it."""

    bulletin: str
    features: list[str]
    told: bool


def verbs_in(folder: Path) -> Iterator[Verb]:
    """The verbs of `folder`'s gold that may tell of an activity."""
    extractor = Extractor()
    for gold in load_gold(folder):
        view = make_view(gold.text)
        doc = extractor.nlp.make_doc(view.text)
        doc._.layers = layers = Layers(view=view)
        extractor.nlp(doc)
        reading = Reading(doc, layers)
        for clause in reporting_clauses(reading):
            around = features_around(reading, clause)
            for hit, later, phrase in candidates(reading, clause):
                # 对…进行了检查: the rules take the verbal noun for the trigger, and so do labels.
                act = proposed(reading, clause, hit, later, phrase)
                span = view.source(*(act.trigger if act else (hit.start, hit.end)))
                labels = [a for a in gold.activities if overlap(a.trigger, span) > 0]
                if not labels or not labels[0].optional:
                    yield Verb(gold.id, features_of(reading, clause, hit, later, phrase, around, act), bool(labels))


def learn(examples: list[Verb]) -> dict[str, float]:
    """The weights under which what is told is likeliest."""
    often = Counter(feature for example in examples for feature in set(example.features))
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in often.items() if n >= LEAST))}
    rows = [[index[f] for f in set(example.features) if f in index] for example in examples]
    at = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    column = np.array([c for r in rows for c in r])
    told = np.array([e.told for e in examples], float)
    weights: NDArray[Any] = np.zeros(len(index))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-np.bincount(at, weights[column], len(rows))))
        slope = np.bincount(column, (likely - told)[at], len(index)) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {feature: float(weights[i]) for feature, i in index.items()}


def cross_validated(examples: list[Verb]) -> float:
    """F1 of the verbs told likelier than not when each bulletin's weights are learned from the others."""
    bulletins = sorted({e.bulletin for e in examples})
    np.random.default_rng(0).shuffle(bulletins)
    right = found = 0
    for fold in range(FOLDS):
        held = set(bulletins[fold::FOLDS])
        weights = learn([e for e in examples if e.bulletin not in held])
        for example in examples:
            if example.bulletin in held and sum(weights.get(f, 0.0) for f in example.features) > 0:
                found += 1
                right += example.told
    return 2 * right / (found + sum(e.told for e in examples))


def main() -> None:
    """Learn, say how good it is, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    arguments = parser.parse_args()
    folders = arguments.folders or [ROOT / "corpus" / "gold" / s for s in ("train", "dev")]
    examples = [verb for folder in folders for verb in verbs_in(folder)]
    print(f"verbs that may tell of an activity         {len(examples)}")
    print(f"verbs that do                              {sum(e.told for e in examples)}")
    print(f"F1 of the scorer alone, cross-validated    {cross_validated(examples):.1%}")
    if arguments.write:
        weights = learn(examples)
        lines = [f"{feature}\t{w:.2f}\n" for feature, w in sorted(weights.items()) if abs(w) >= 0.005]
        WEIGHTS.write_text(HEADER + "".join(lines), encoding="utf-8")
        print(f"wrote {len(lines)} weights to {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
