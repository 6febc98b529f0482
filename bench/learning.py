"""What the benches that learn weights share: labelled bulletins with their layers, folds, descent, the file."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.gold import load_gold
from extract.layers import Layers
from extract.pipeline import Extractor
from extract.segment.view import make_view
from schemas import Record

ROOT = Path(__file__).parent.parent
Vector = NDArray[Any]


def arguments(usage: str | None) -> tuple[list[Path], bool]:
    """The folders of the command line (default: train and dev), and whether the weights that ship are replaced."""
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    found = parser.parse_args()
    return found.folders or [ROOT / "corpus" / "gold" / split for split in ("train", "dev")], found.write


def read(folders: Iterable[Path]) -> Iterator[tuple[Record, Doc, Layers]]:
    """Every labelled bulletin of `folders` with its words and the layers that the extractor finds."""
    extractor = Extractor()
    for folder in folders:
        for gold in load_gold(folder):
            view = make_view(gold.text)
            doc = extractor.nlp.make_doc(view.text)
            doc._.layers = layers = Layers(view=view)
            yield gold, extractor.nlp(doc), layers


def folds(bulletins: Iterable[str], count: int) -> Iterator[set[str]]:
    """`count` parts of the bulletins, shuffled the same way each time: each is held out once."""
    names = sorted(set(bulletins))
    np.random.default_rng(0).shuffle(names)
    for fold in range(count):
        yield set(names[fold::count])


def descend(slope: Callable[[Vector], Vector], size: int, steps: int, rate: float, memory: float) -> Vector:
    """The weights that Adam reaches from zero. `slope`: weights -> gradient; `memory`: of the squared gradient."""
    weights: Vector = np.zeros(size)
    mean, square = np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        found = slope(weights)
        mean, square = 0.9 * mean + 0.1 * found, memory * square + (1 - memory) * found**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - memory**step)) + 1e-8)
    return weights


def write(path: Path, header: str, lines: list[str]) -> None:
    """Replace the weights at `path`."""
    path.write_text(header + "".join(lines), encoding="utf-8")
    print(f"wrote {len(lines)} weights to {path.relative_to(ROOT)}")
