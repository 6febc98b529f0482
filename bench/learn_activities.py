"""Learns the weights of the activity scorer (extract/facts/activity_gate.py) from labelled bulletins.

usage: python bench/learn_activities.py [--write] [FOLDER...]   (default: corpus/gold/train corpus/gold/dev)

Every verb of the list in a clause that may report something is an example: an activity where a required label overlaps
it, none where no label does; verbs of optional labels are left out. Prints how well the scorer alone tells them apart,
by cross-validation over bulletins. With --write the weights replace extract/facts/data/activity_weights.tsv. Logistic
regression, L2, full batches, Adam: the same data give the same weights.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learning import ROOT, Vector, arguments, descend, folds, read, write

from eval.matching import overlap
from extract.facts.activity_acts import proposed
from extract.facts.activity_clauses import candidates
from extract.facts.activity_gate import features_around, features_of
from extract.facts.activity_reading import Reading
from extract.facts.activity_triggers import reporting_clauses

WEIGHTS = ROOT / "extract" / "facts" / "data" / "activity_weights.tsv"
HEADER = """\
# What speaks for a verb telling of an activity: feature (activity_gate.features_of says which there are), weight.
# Learned by bench/learn_activities.py from labelled bulletins, the project's own and public press releases that it does
# not ship.
"""
FOLDS, STEPS, RATE, MEMORY, PENALTY = 9, 250, 0.05, 0.999, 1.0
# A feature that fewer verbs have tells nothing.
LEAST = 3


@dataclass
class Verb:
    """A verb in a bulletin: its features, and whether a required label tells of it."""

    bulletin: str
    features: list[str]
    told: bool


def verbs_in(folders: Iterable[Path]) -> Iterator[Verb]:
    """The verbs of the gold in `folders` that may tell of an activity."""
    for gold, doc, layers in read(folders):
        reading = Reading(doc, layers)
        for clause in reporting_clauses(reading):
            around = features_around(reading, clause)
            for hit, later, phrase in candidates(reading, clause):
                # 对…进行了检查: the rules take the verbal noun for the trigger, and so do labels.
                act = proposed(reading, clause, hit, later, phrase)
                span = layers.view.source(*(act.trigger if act else (hit.start, hit.end)))
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

    def slope(weights: Vector) -> Vector:
        likely = 1 / (1 + np.exp(-np.bincount(at, weights[column], len(rows))))
        return np.bincount(column, (likely - told)[at], len(index)) + PENALTY * weights

    weights = descend(slope, len(index), STEPS, RATE, MEMORY)
    return {feature: float(weights[i]) for feature, i in index.items()}


def cross_validated(examples: list[Verb]) -> float:
    """F1 of the verbs told likelier than not when each bulletin's weights are learned from the others."""
    right = found = 0
    for held in folds((e.bulletin for e in examples), FOLDS):
        weights = learn([e for e in examples if e.bulletin not in held])
        for example in examples:
            if example.bulletin in held and sum(weights.get(f, 0.0) for f in example.features) > 0:
                found += 1
                right += example.told
    return 2 * right / (found + sum(e.told for e in examples))


def main() -> None:
    """Learn, say how good it is, and write on demand."""
    folders, replace = arguments(__doc__)
    examples = list(verbs_in(folders))
    print(f"verbs that may tell of an activity         {len(examples)}")
    print(f"verbs that do                              {sum(e.told for e in examples)}")
    print(f"F1 of the scorer alone, cross-validated    {cross_validated(examples):.1%}")
    if replace:
        weights = learn(examples)
        write(WEIGHTS, HEADER, [f"{f}\t{w:.2f}\n" for f, w in sorted(weights.items()) if abs(w) >= 0.005])


if __name__ == "__main__":
    main()
